//! Reads wordings and the statements that have them.

use crate::claims::name::Name;
use crate::claims::nearness::{Method, Nearness};
use crate::claims::node::{Node, Shared, key};
use crate::claims::wording::{Verbatim, Wording};
use crate::claims::worth::worth;
use crate::lexicon::fold::fold;
use crate::model::{CueClass, EntityKind, QuoteKind};
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, params};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A statement as it stands.
pub struct Statement {
    pub quote: i64,
    pub speaker: Option<i64>,
    pub name: Option<Name>,
    pub text: String,
    pub wording: Arc<Wording>,
    pub published: Option<Date>,
    pub public_id: String,
    pub cue_class: Option<CueClass>,
    /// How much it is worth checking, where that was worked out already.
    pub worth: Option<f64>,
}

/// What is worked out of a statement's words before it is stored.
#[derive(Clone, PartialEq, Debug)]
pub struct Weighed {
    pub wording: Arc<Wording>,
    pub worth: f64,
}

impl Weighed {
    pub fn new(text: &str, kind: QuoteKind, class: Option<CueClass>) -> Self {
        Self { wording: Arc::new(Wording::new(text, Verbatim::from(kind))), worth: worth(text, class).score }
    }
}

/// Selects statements of articles as they stand now that aren't among the claims yet, one condition left to say.
pub const STATEMENT: &str = "\
    SELECT q.id, s.id, s.kind, s.name, s.qualifier, q.text, q.type, q.published, q.public_id, q.cue_class
      FROM quote AS q
      JOIN article_version AS v ON v.id = q.version AND v.is_current = 1
      LEFT JOIN speaker AS o ON o.id = q.speaker
      LEFT JOIN speaker AS s ON s.id = o.person
     WHERE q.state <> 'rejected'
       AND NOT EXISTS (SELECT 1 FROM sighting AS g WHERE g.quote = q.id) AND";

/// The statement of a quote; `None` for a rejected one, one of an earlier version, and one that is among
/// the claims.
///
/// # Errors
/// When the database can't be read.
pub fn statement(connection: &Connection, quote: i64) -> rusqlite::Result<Option<Statement>> {
    connection
        .prepare_cached(&format!("{STATEMENT} q.id = ?1"))?
        .query_row([quote], read_statement)
        .optional()
}

/// Reads a row of [`STATEMENT`].
///
/// # Errors
/// When the database can't be read.
pub fn read_statement(row: &Row<'_>) -> rusqlite::Result<Statement> {
    read_weighed(row, None)
}

/// As [`read_statement`], with what is known of its words.
///
/// # Errors
/// As [`read_statement`].
pub fn read_weighed(row: &Row<'_>, weighed: Option<&Weighed>) -> rusqlite::Result<Statement> {
    let text: String = row.get(5)?;
    let kind: QuoteKind = row.get_ref(6)?.as_str()?.parse().unwrap_or(QuoteKind::Indirect);
    Ok(Statement {
        quote: row.get(0)?,
        speaker: row.get(1)?,
        name: name(row, 2)?,
        wording: weighed.map_or_else(
            || Wording::remembered(&text, Verbatim::from(kind)),
            |weighed| Arc::clone(&weighed.wording),
        ),
        worth: weighed.map(|weighed| weighed.worth),
        text,
        published: date(row, 7)?,
        public_id: row.get(8)?,
        cue_class: row.get_ref(9)?.as_str_or_null()?.and_then(|class| class.parse().ok()),
    })
}

/// The name in a column of kinds and the two behind it: the name, and what tells its bearer from others.
fn name(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Name>> {
    let Some(kind) = row.get_ref(column)?.as_str_or_null()? else { return Ok(None) };
    let kind: EntityKind = kind.parse().unwrap_or(EntityKind::Person);
    let mut name = Name::new(kind, row.get_ref(column + 1)?.as_str()?);
    if let Some(qualifier) = row.get_ref(column + 2)?.as_str_or_null()? {
        name.folded = format!("{} {}", name.folded, fold(qualifier));
    }
    Ok(Some(name))
}

pub fn date(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Date>> {
    Ok(row.get_ref(column)?.as_str_or_null()?.and_then(|date| date.parse().ok()))
}

impl Statement {
    /// The key of its wording.
    pub fn key(&self) -> i64 {
        key(self.name.as_ref(), &self.text, &self.wording, self.published)
    }
}

/// A wording as it is kept.
pub struct Kept {
    pub id: i64,
    pub node: Node,
    /// The fuller wording that it is a form of.
    pub parent: Option<(i64, Nearness)>,
}

const WORDING: &str = "\
    SELECT w.id, w.key, s.kind, s.name, s.qualifier, q.text, w.verbatim, w.first, w.last, w.parent, w.method, w.score
      FROM wording AS w JOIN quote AS q ON q.id = w.quote LEFT JOIN speaker AS s ON s.id = w.speaker
     WHERE w.id = ?1";

/// A wording by its row id.
///
/// # Errors
/// When the database can't be read.
pub fn kept(connection: &Connection, id: i64) -> rusqlite::Result<Kept> {
    connection.prepare_cached(WORDING)?.query_row([id], |row| {
        let verbatim = match row.get(6)? {
            3 => Verbatim::Whole,
            2 => Verbatim::Part,
            0 => Verbatim::Marked,
            _ => Verbatim::Reported,
        };
        let parent: Option<i64> = row.get(9)?;
        let nearness = |row: &Row<'_>| -> rusqlite::Result<Nearness> {
            let method = row.get_ref(10)?.as_str()?.parse().unwrap_or(Method::Overlap);
            Ok(Nearness { method, score: row.get(11)? })
        };
        Ok(Kept {
            id: row.get(0)?,
            node: Node {
                key: row.get(1)?,
                name: name(row, 2)?,
                wording: Wording::remembered(row.get_ref(5)?.as_str()?, verbatim),
                days: date(row, 7)?.zip(date(row, 8)?),
            },
            parent: parent.map(|parent| nearness(row).map(|nearness| (parent, nearness))).transpose()?,
        })
    })
}

/// The row id of the wording with a key.
///
/// # Errors
/// When the database can't be read.
pub fn find(connection: &Connection, key: i64) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT id FROM wording WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()
}

/// The row id of the wording that a quote has.
///
/// # Errors
/// When the database can't be read.
pub fn wording_of(connection: &Connection, quote: i64) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT wording FROM sighting WHERE quote = ?1")?
        .query_row([quote], |row| row.get(0))
        .optional()
}

/// Which wordings are candidates.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whom {
    /// Those that may be forms of one statement.
    Near,
    /// Others of nearly the same words, too.
    Alike,
}

/// The wordings that share enough anchors with one.
///
/// # Errors
/// When the database can't be read.
pub fn candidates(connection: &Connection, kept: &Kept, only: Whom) -> rusqlite::Result<Vec<i64>> {
    let (places, contested) = (kept.node.places(), only == Whom::Alike);
    let numbers = if contested { 0 } else { kept.node.numbers() };
    // What makes two statements of wordings with other numbers is in `may_agree`.
    let mut select = connection.prepare_cached(
        "SELECT wording, among, in_part FROM anchor
          WHERE owner = ?1 AND anchor = ?2 AND (?3 = 0 OR numbers = 0 OR numbers & ?3 <> 0)",
    )?;
    let mut shared: FxHashMap<i64, (Shared, Shared)> = FxHashMap::default();
    for (owner, anchor) in kept.node.places_of_others(&places, contested) {
        let mut rows = select.query(params![owner, anchor, numbers])?;
        while let Some(row) = rows.next()? {
            let (shared, all) = shared.entry(row.get(0)?).or_default();
            shared.count(owner);
            *all.of(owner) = row.get::<_, i64>(1)? as usize;
            all.in_part = row.get(2)?;
        }
    }
    let mine = Shared::all(&places, &kept.node.wording);
    let enough =
        shared.into_iter().filter(|(id, (shared, all))| *id != kept.id && shared.is_enough(mine, *all));
    let mut enough: Vec<i64> = enough.map(|(id, _)| id).collect();
    enough.sort_unstable();
    Ok(enough)
}
