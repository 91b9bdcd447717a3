//! Suggestions of who is whom, from all names that articles print as they stand now.

use crate::error::Result;
use crate::lexicon::fold::fold;
use crate::lexicon::sounds::Sounds;
use crate::model::EntityKind;
use crate::named::named as named_enum;
use crate::query::speakers::SpeakerId;
use crate::query::{Reader, named};
use crate::speakers::splits::{Called, Split, split};
use crate::speakers::suggestions::{Known, Likeness, Suggestion, suggest};
use std::collections::{BTreeMap, BTreeSet};

named_enum! {
/// What is suggested.
Suggested {
    /// Two names may be one person's.
    Merge = "merge",
    /// One name may be two people's.
    Split = "split",
}
}

/// A suggestion, for a person to accept or to refuse.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SuggestionRow {
    pub what: Suggested,
    pub speaker: SpeakerId,
    pub name: String,
    /// The other name; of a split none.
    pub other: Option<(SpeakerId, String)>,
    pub kind: EntityKind,
    /// Why, in words.
    pub why: String,
    /// Of a split: the word of the role by which the second person is told.
    pub by: Option<String>,
    /// In how many articles the rarer name stands.
    pub articles: u32,
    /// The folded names, equal for a split: what is remembered of a refusal.
    pub folded: (String, String),
}

/// A name with what outlets call it.
struct Name {
    known: Known,
    shown: String,
    called: Vec<Called>,
    is_split: bool,
}

impl Reader {
    /// Suggests merges, the likeliest first, then splits; those that somebody refused are left out.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be read.
    pub fn suggestions(&self, sounds: &Sounds) -> Result<Vec<SuggestionRow>> {
        let failed = |error| self.failed(error);
        let (names, refused) = (self.names_called().map_err(failed)?, self.refused().map_err(failed)?);
        let known: Vec<Known> = names.iter().map(|name| name.known.clone()).collect();
        let merges = suggest(&known, sounds).into_iter().map(|suggestion| merge(&names, &suggestion));
        let splits = names.iter().filter(|name| !name.is_split && name.known.kind == EntityKind::Person);
        let splits = splits.filter_map(|name| Some(two(name, &split(&name.called)?)));
        let is_open = |row: &SuggestionRow| {
            let (a, b) = row.folded.clone();
            let (a, b) = if a <= b { (a, b) } else { (b, a) };
            !refused.contains(&(a, b, row.kind.to_string()))
        };
        Ok(merges.chain(splits).filter(is_open).collect())
    }

    fn refused(&self) -> rusqlite::Result<BTreeSet<(String, String, String)>> {
        let mut select = self.connection.prepare("SELECT a, b, kind FROM refused_suggestion")?;
        select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
    }

    /// What outlets call each speaker.
    fn called(&self) -> rusqlite::Result<BTreeMap<i64, Vec<Called>>> {
        let mut called: BTreeMap<i64, Vec<Called>> = BTreeMap::new();
        let mut select = self.connection.prepare(CALLED)?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let (role, outlet): (Option<String>, Option<String>) = (row.get(1)?, row.get(2)?);
            called.entry(row.get(0)?).or_default().push(Called {
                role: role.unwrap_or_default(),
                outlet: outlet.unwrap_or_default(),
                first: row.get(3)?,
                last: row.get(4)?,
                articles: row.get(5)?,
            });
        }
        Ok(called)
    }

    /// All names in articles as they stand now.
    fn names_called(&self) -> rusqlite::Result<Vec<Name>> {
        let mut called = self.called()?;
        let mut names = Vec::new();
        let mut select = self.connection.prepare(NAMES)?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let shown: String = row.get(4)?;
            let Some(called) = called.remove(&id).filter(|_| is_name(&shown)) else { continue };
            let words = |text: &str| fold(text).split(' ').map(str::to_owned).collect::<Vec<_>>();
            let known = Known {
                id,
                person: row.get(1)?,
                folded: row.get(2)?,
                kind: named(row, 3)?.unwrap_or(EntityKind::Person),
                articles: called.iter().map(|called| called.articles).sum(),
                roles: called
                    .iter()
                    .flat_map(|called| words(&called.role))
                    .filter(|word| !word.is_empty())
                    .collect(),
                outlets: called
                    .iter()
                    .map(|called| fold(&called.outlet))
                    .filter(|name| !name.is_empty())
                    .collect(),
            };
            names.push(Name { known, shown, called, is_split: row.get(5)? });
        }
        Ok(names)
    }
}

const CALLED: &str = "\
    SELECT p.speaker, p.role, v.outlet, min(v.published), max(v.published), count(*)
      FROM appearance AS p JOIN article_version AS v ON v.id = p.version AND v.is_current = 1
     GROUP BY p.speaker, p.role, v.outlet";

const NAMES: &str = "\
    SELECT s.id, s.person, s.folded, s.kind, s.name || coalesce(' (' || s.qualifier || ')', ''),
           EXISTS (SELECT 1 FROM split_rule AS r WHERE r.folded = s.folded AND r.kind = s.kind)
      FROM speaker AS s ORDER BY s.id";

/// Whether it is a name, and no «plant manager».
fn is_name(shown: &str) -> bool {
    !shown.starts_with(char::is_lowercase)
}

fn merge(names: &[Name], suggestion: &Suggestion) -> SuggestionRow {
    let (one, other) = (&names[suggestion.pair.0], &names[suggestion.pair.1]);
    let likeness = match suggestion.why {
        Likeness::Inside => "one name is inside the other",
        Likeness::SecondSurname => "the same names, one with a second surname",
        Likeness::Initial => "the same surname, and the initial fits",
        Likeness::Sound => "two ways to write the same sounds",
        Likeness::Letter => "the names differ in one letter",
    };
    let role = suggestion.role.as_ref().map(|role| format!("both are «{role}»"));
    let outlet = suggestion.outlet.as_ref().map(|outlet| format!("both in {outlet}"));
    let why = [Some(likeness.to_owned()), role, outlet].into_iter().flatten().collect::<Vec<_>>();
    SuggestionRow {
        what: Suggested::Merge,
        speaker: SpeakerId(one.known.id),
        name: one.shown.clone(),
        other: Some((SpeakerId(other.known.id), other.shown.clone())),
        kind: one.known.kind,
        why: why.join("; "),
        by: None,
        articles: other.known.articles,
        folded: (one.known.folded.clone(), other.known.folded.clone()),
    }
}

fn two(name: &Name, split: &Split) -> SuggestionRow {
    let told = |role: &str, outlet: &str| {
        if outlet.is_empty() { format!("«{role}»") } else { format!("«{role}» in {outlet}") }
    };
    let why = [told(&split.roles.0, &split.outlets.0), told(&split.roles.1, &split.outlets.1)]
        .join(" and at that time ");
    let by = |called: &&Called| fold(&called.role).split(' ').any(|word| word == split.by);
    SuggestionRow {
        what: Suggested::Split,
        speaker: SpeakerId(name.known.id),
        name: name.shown.clone(),
        other: None,
        kind: name.known.kind,
        why,
        by: Some(split.by.clone()),
        articles: name.called.iter().filter(by).map(|called| called.articles).sum(),
        folded: (name.known.folded.clone(), name.known.folded.clone()),
    }
}
