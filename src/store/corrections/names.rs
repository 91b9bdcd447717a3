//! What people say of names: who is whom, who is not, and who is who in Wikidata.

use crate::error::Result;
use crate::lexicon::fold::fold;
use crate::model::{CorrectionKind, EntityKind};
use crate::store::corrections::log::{self, Correction, Reviewer};
use crate::store::corrections::trouble::{Made, refused};
use crate::store::rules::{Who, root};
use crate::store::{Store, persons};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};

/// A name that is a person's, as `speakers alias` and its CSV files have it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Alias {
    /// The person's name.
    pub name: String,
    /// Another name of the person; without it only the Wikidata id is noted.
    pub alias: Option<String>,
    pub kind: EntityKind,
    /// The person's id in Wikidata: `Q42`.
    pub wikidata: Option<String>,
}

/// By what one of several people of one name is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part {
    /// Words of the outlet's name.
    Outlet(String),
    /// Words of the role.
    Role(String),
    /// The article's key.
    Article(String),
}

/// What a merge or an alias says.
#[derive(Serialize, Deserialize)]
struct Is {
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    alias: Option<String>,
    person: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    wikidata: Option<String>,
}

/// What a split says.
#[derive(Serialize, Deserialize)]
struct Splits {
    kind: String,
    name: String,
    what: String,
    value: String,
}

/// What a refused suggestion says.
#[derive(Serialize)]
struct Keeps<'a> {
    kind: &'a str,
    a: &'a str,
    b: &'a str,
}

impl Store {
    /// Makes two speakers, by their row ids, one person under the name of the first; gives the correction's id.
    ///
    /// # Errors
    /// [`crate::error::Error::Refused`] when they are of two kinds, or one already; [`crate::error::Error::Database`] when
    /// the file can't be written to.
    pub fn merge_speakers(&mut self, person: i64, other: i64, by: &Reviewer) -> Result<i64> {
        self.correcting(|connection| {
            let (person, other) = (known(connection, person)?, known(connection, other)?);
            merge(connection, &person, &other, by)
        })
    }

    /// Says that a name is a person's, wherever it is met, now and later; or what the person's Wikidata id is. Gives the
    /// correction's id, `None` when that was said already.
    ///
    /// # Errors
    /// As [`Store::merge_speakers`], and when the name is another person's by an earlier alias.
    pub fn alias(&mut self, alias: &Alias, by: &Reviewer) -> Result<Option<i64>> {
        self.correcting(|connection| name(connection, alias, by))
    }

    /// As [`Store::alias`], for many, all or none; gives how many of them were new.
    ///
    /// # Errors
    /// As [`Store::alias`].
    pub fn aliases(&mut self, aliases: &[Alias], by: &Reviewer) -> Result<u64> {
        self.correcting(|connection| {
            let mut count = 0;
            for alias in aliases {
                count += u64::from(name(connection, alias, by)?.is_some());
            }
            Ok(count)
        })
    }

    /// Says that a speaker, by its row id, is somebody else in one outlet, in one role or in one article, now and
    /// later. Gives the correction's id, and in how many article versions it is so.
    ///
    /// # Errors
    /// As [`Store::merge_speakers`], and when nothing tells the part.
    pub fn split_speaker(&mut self, speaker: i64, part: &Part, by: &Reviewer) -> Result<(i64, u64)> {
        self.correcting(|connection| split(connection, &known(connection, speaker)?, part, by))
    }

    /// Refuses a suggestion: two names, folded, are not one person's; or, both equal, one name is one person's. It is
    /// not made again. Gives the correction's id.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be written to.
    pub fn refuse_suggestion(&mut self, a: &str, b: &str, kind: EntityKind, by: &Reviewer) -> Result<i64> {
        self.correcting(|connection| {
            let (a, b) = if a <= b { (a, b) } else { (b, a) };
            let says = Keeps { kind: kind.as_str(), a, b };
            let what = if a == b { CorrectionKind::KeepTogether } else { CorrectionKind::KeepApart };
            let id = log::add(connection, by, what, None, &says)?;
            connection
                .prepare_cached(
                    "INSERT INTO refused_suggestion (a, b, kind, correction) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![a, b, kind.as_str(), id])?;
            Ok(id)
        })
    }
}

fn known(connection: &Connection, speaker: i64) -> Made<Who> {
    match persons::who(connection, speaker)? {
        Some(who) => Ok(who),
        None => refused(format!("speaker {speaker}"), "there is none; `onrecord speakers` lists them"),
    }
}

fn merge(connection: &Connection, person: &Who, other: &Who, by: &Reviewer) -> Made<i64> {
    let what = format!("{} and {}", person.shown(), other.shown());
    if person.kind != other.kind {
        let reason = format!(
            "one is a {}, the other a {}; only speakers of one kind are one",
            person.kind, other.kind
        );
        return refused(what, reason);
    }
    let (person, other) = (root(connection, person)?, root(connection, other)?);
    if person.is(&other) {
        return refused(what, "they are one already");
    }
    let says = Is {
        kind: person.kind.to_string(),
        alias: Some(other.shown()),
        person: person.shown(),
        wikidata: None,
    };
    let id = log::add(connection, by, CorrectionKind::MergeSpeakers, None, &says)?;
    persons::link(connection, &other, &person, id)?;
    Ok(id)
}

fn name(connection: &Connection, alias: &Alias, by: &Reviewer) -> Made<Option<i64>> {
    let person = root(connection, &typed(&alias.name, alias.kind)?)?;
    let other = alias.alias.as_deref().map(|name| typed(name, alias.kind)).transpose()?;
    let wikidata = alias.wikidata.as_deref().map(item).transpose()?;
    let other = match other {
        Some(other) if is_new(connection, &other, &person)? => Some(other),
        _ => None,
    };
    let before = known_item(connection, &person)?;
    let wikidata = wikidata.filter(|item| before.as_ref() != Some(item));
    if other.is_none() && wikidata.is_none() {
        return Ok(None);
    }
    let says = Is {
        kind: person.kind.to_string(),
        alias: other.as_ref().map(|other| other.name.clone()),
        person: person.shown(),
        wikidata: wikidata.clone(),
    };
    let id = log::add(connection, by, CorrectionKind::Alias, None, &says)?;
    if let Some(other) = &other {
        persons::link(connection, other, &person, id)?;
    }
    if let Some(item) = &wikidata {
        connection
            .prepare_cached(
                "INSERT INTO wikidata (folded, kind, qualifier, correction, item) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![person.folded, person.kind.as_str(), person.part(), id, item])?;
    }
    Ok(Some(id))
}

/// Whether a name isn't the person's yet. It must be nobody else's by an earlier alias.
fn is_new(connection: &Connection, other: &Who, person: &Who) -> Made<bool> {
    let root = root(connection, other)?;
    if !root.is(other) && !root.is(person) {
        let shown = root.shown();
        let reason = format!("is another name of {shown} already; `onrecord speakers merge` makes them one");
        return refused(other.shown(), reason);
    }
    Ok(!root.is(person))
}

/// What was said last of a person's id in Wikidata.
fn known_item(connection: &Connection, person: &Who) -> rusqlite::Result<Option<String>> {
    connection
        .prepare_cached(
            "SELECT item FROM wikidata WHERE folded = ?1 AND kind = ?2 AND qualifier = ?3 ORDER BY correction DESC LIMIT 1",
        )?
        .query_row(params![person.folded, person.kind.as_str(), person.part()], |row| row.get(0))
        .optional()
}

/// A name as a person types it. Nobody needs to be called so yet.
fn typed(name: &str, kind: EntityKind) -> Made<Who> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if !name.chars().any(char::is_alphanumeric) || name.len() > LONGEST {
        return refused(format!("«{}»", name.chars().take(80).collect::<String>()), "this is no name");
    }
    Ok(Who::new(&name, kind))
}

/// Bytes of a name at most.
const LONGEST: usize = 500;

/// An id of Wikidata: a Q and a number.
fn item(typed: &str) -> Made<String> {
    let digits = typed.trim().strip_prefix(['Q', 'q']).unwrap_or_default();
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit()) && (1..=12).contains(&digits.len());
    if !is_number || digits.starts_with('0') {
        return refused(format!("«{}»", typed.trim()), "an id of Wikidata is a Q and a number, such as Q42");
    }
    Ok(format!("Q{digits}"))
}

fn split(connection: &Connection, who: &Who, part: &Part, by: &Reviewer) -> Made<(i64, u64)> {
    let (what, value, qualifier) = match part {
        Part::Outlet(words) => ("outlet", fold(words), words),
        Part::Role(words) => ("role", fold(words), words),
        Part::Article(key) => ("article", key.clone(), key),
    };
    let qualifier = qualifier.split_whitespace().collect::<Vec<_>>().join(" ");
    if value.is_empty() || qualifier.is_empty() {
        return refused(who.shown(), "words of an outlet's name, of a role, or an article tell who is meant");
    }
    let name = Who { qualifier: None, ..who.clone() };
    let says = Splits {
        kind: who.kind.to_string(),
        name: who.name.clone(),
        what: what.to_owned(),
        value: value.clone(),
    };
    let id = log::add(connection, by, CorrectionKind::SplitSpeaker, None, &says)?;
    connection
        .prepare_cached(
            "INSERT INTO split_rule (folded, kind, correction, what, value, qualifier) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![who.folded, who.kind.as_str(), id, what, value, qualifier])?;
    let moved = persons::settle(connection, &name)?;
    Ok((id, moved))
}

/// Takes back what a correction said of names.
pub fn take_back(connection: &Connection, correction: &Correction) -> rusqlite::Result<()> {
    let id = correction.id;
    let delete = |sql: &str| connection.prepare_cached(sql)?.execute([id]);
    match correction.kind {
        CorrectionKind::MergeSpeakers | CorrectionKind::Alias => {
            delete("DELETE FROM wikidata WHERE correction = ?1")?;
            persons::unlink(connection, id)
        }
        CorrectionKind::SplitSpeaker => {
            delete("DELETE FROM split_rule WHERE correction = ?1")?;
            let says: Splits = correction.says()?;
            let kind = says.kind.parse().unwrap_or(EntityKind::Person);
            persons::settle(connection, &Who::new(&says.name, kind)).map(drop)
        }
        _ => delete("DELETE FROM refused_suggestion WHERE correction = ?1").map(drop),
    }
}
