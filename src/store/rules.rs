//! What people said of names, as it is asked for each name that an article brings. The tables are mostly empty.

use crate::lexicon::fold::fold;
use crate::model::EntityKind;
use crate::speakers::matching::has_words;
use rusqlite::{Connection, OptionalExtension, params};

/// What a row of `speaker` is known by.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Who {
    pub name: String,
    pub folded: String,
    pub kind: EntityKind,
    /// Tells several people of one name apart.
    pub qualifier: Option<String>,
}

impl Who {
    /// A name that is one person's only.
    pub fn new(name: &str, kind: EntityKind) -> Self {
        Self { name: name.to_owned(), folded: fold(name), kind, qualifier: None }
    }

    /// Whether both are one row.
    pub fn is(&self, other: &Self) -> bool {
        (&self.folded, self.kind, &self.qualifier) == (&other.folded, other.kind, &other.qualifier)
    }

    /// The qualifier as keys of tables have it.
    pub fn part(&self) -> &str {
        self.qualifier.as_deref().unwrap_or_default()
    }

    /// The name as it is shown: «Ann Reyes (Valley Gazette)».
    pub fn shown(&self) -> String {
        match &self.qualifier {
            Some(qualifier) => format!("{} ({qualifier})", self.name),
            None => self.name.clone(),
        }
    }
}

/// A name can lead to another, and that to a third: no further than this, whatever a damaged file says.
const LONGEST: usize = 1000;

/// The name that stands for the person who is called `who`: itself, unless people said otherwise.
pub fn root(connection: &Connection, who: &Who) -> rusqlite::Result<Who> {
    let mut next = connection.prepare_cached(
        "SELECT person_name, person_folded, person_qualifier FROM name_rule
          WHERE folded = ?1 AND kind = ?2 AND qualifier = ?3",
    )?;
    let mut root = who.clone();
    for _ in 0..LONGEST {
        let found = next.query_row(params![root.folded, root.kind.as_str(), root.part()], |row| {
            let qualifier: String = row.get(2)?;
            let qualifier = Some(qualifier).filter(|qualifier| !qualifier.is_empty());
            Ok(Who { name: row.get(0)?, folded: row.get(1)?, kind: who.kind, qualifier })
        });
        match found.optional()? {
            Some(found) => root = found,
            None => break,
        }
    }
    Ok(root)
}

/// Which of several people of one name is meant in an article version; `None` where people said nothing of it.
///
/// What was said last counts.
pub fn qualifier(
    connection: &Connection,
    version: i64,
    folded: &str,
    kind: EntityKind,
    role: Option<&str>,
) -> rusqlite::Result<Option<String>> {
    let mut rules = connection.prepare_cached(
        "SELECT what, value, qualifier FROM split_rule WHERE folded = ?1 AND kind = ?2 ORDER BY correction DESC",
    )?;
    let mut rules = rules.query(params![folded, kind.as_str()])?;
    let mut article: Option<(String, Option<String>)> = None;
    while let Some(rule) = rules.next()? {
        let (key, outlet) = match &article {
            Some(known) => known,
            None => article.insert(particulars(connection, version)?),
        };
        let value: String = rule.get(1)?;
        let holds = match rule.get_ref(0)?.as_str()? {
            "article" => *key == value,
            "outlet" => outlet.as_deref().is_some_and(|outlet| has_words(&fold(outlet), &value)),
            _ => role.is_some_and(|role| has_words(&fold(role), &value)),
        };
        if holds {
            return rule.get(2).map(Some);
        }
    }
    Ok(None)
}

/// An article version's key and outlet.
fn particulars(connection: &Connection, version: i64) -> rusqlite::Result<(String, Option<String>)> {
    connection
        .prepare_cached(
            "SELECT a.key, v.outlet FROM article_version AS v JOIN article AS a ON a.id = v.article WHERE v.id = ?1",
        )?
        .query_row([version], |row| Ok((row.get(0)?, row.get(1)?)))
}
