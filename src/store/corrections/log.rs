//! The log: what was said, by whom and when. Rows are added; what they say is never changed.

use crate::anchor::Anchor;
use crate::model::{CorrectionKind, CorrectionStatus, EntityKind, OrphanReason, QuoteKind};
use jiff::Timestamp;
use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// Who corrects, and what for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reviewer {
    pub name: String,
    pub note: Option<String>,
}

/// Where in an article something was said of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    pub article: String,
    pub hash: Vec<u8>,
    /// The words, for people.
    pub words: String,
    /// One for each part.
    pub anchors: Vec<Anchor>,
}

/// What a correction of a quote says.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Says {
    /// The speaker's name, and the kind of speaker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<(String, String)>,
    /// The article names nobody.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub nobody: bool,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The right words, where they are others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub span: Option<Vec<Anchor>>,
    /// The right words, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

impl Says {
    /// The speaker's name and kind.
    pub fn speaker(&self) -> Option<(&str, EntityKind)> {
        let (name, kind) = self.speaker.as_ref()?;
        Some((name, kind.parse().unwrap_or(EntityKind::Person)))
    }

    pub fn quote_kind(&self) -> Option<QuoteKind> {
        self.kind.as_deref()?.parse().ok()
    }
}

/// A row of the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Correction {
    pub id: i64,
    pub kind: CorrectionKind,
    pub place: Option<Place>,
    /// As JSON.
    pub says: String,
    pub status: CorrectionStatus,
}

impl Correction {
    /// What it says, as a type that fits its kind.
    ///
    /// # Errors
    /// When another program wrote nonsense there.
    pub fn says<T: DeserializeOwned>(&self) -> rusqlite::Result<T> {
        serde_json::from_str(&self.says).map_err(nonsense)
    }
}

/// Adds a correction to the log; gives its id.
pub fn add(
    connection: &Connection,
    by: &Reviewer,
    kind: CorrectionKind,
    place: Option<&Place>,
    says: &impl Serialize,
) -> rusqlite::Result<i64> {
    let anchors = place.map(|place| json(&place.anchors));
    insert(connection, by, kind, place, anchors, &json(says), None)
}

/// Adds to the log that a correction is taken back, and marks that one as undone.
pub fn add_undo(connection: &Connection, by: &Reviewer, undone: i64) -> rusqlite::Result<i64> {
    let id = insert(connection, by, CorrectionKind::Undo, None, None, "{}", Some(undone))?;
    mark(connection, undone, CorrectionStatus::Undone, None)?;
    Ok(id)
}

fn insert(
    connection: &Connection,
    by: &Reviewer,
    kind: CorrectionKind,
    place: Option<&Place>,
    anchors: Option<String>,
    says: &str,
    undoes: Option<i64>,
) -> rusqlite::Result<i64> {
    connection
        .prepare_cached(
            "INSERT INTO correction (made, reviewer, kind, note, article, hash, words, anchors, says, undoes, status)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 'applied')",
        )?
        .insert(params![
            Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            by.name,
            kind.as_str(),
            by.note,
            place.map(|place| &place.article),
            place.map(|place| &place.hash),
            place.map(|place| &place.words),
            anchors,
            says,
            undoes,
        ])
}

/// Notes what the program made of a correction.
pub fn mark(
    connection: &Connection,
    id: i64,
    status: CorrectionStatus,
    reason: Option<OrphanReason>,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE correction SET status = ?2, reason = ?3 WHERE id = ?1 AND (status, reason) IS NOT (?2, ?3)",
        )?
        .execute(params![id, status.as_str(), reason.map(OrphanReason::as_str)])
        .map(drop)
}

const COLUMNS: &str = "SELECT id, kind, article, hash, words, anchors, says, status FROM correction";

/// One correction, if it is there.
pub fn get(connection: &Connection, id: i64) -> rusqlite::Result<Option<Correction>> {
    connection.prepare_cached(&format!("{COLUMNS} WHERE id = ?1"))?.query_row([id], read).optional()
}

/// The corrections of an article's quotes that hold or wait, in their order.
pub fn of_article(connection: &Connection, key: &str) -> rusqlite::Result<Vec<Correction>> {
    connection
        .prepare_cached(&format!("{COLUMNS} WHERE article = ?1 AND status <> 'undone' ORDER BY id"))?
        .query_map([key], read)?
        .collect()
}

/// The corrections that stand on a quote, in their order, each with where it puts it.
pub fn on_quote(connection: &Connection, quote: i64) -> rusqlite::Result<Vec<(Correction, Option<String>)>> {
    connection
        .prepare_cached(
            "SELECT c.id, c.kind, c.article, c.hash, c.words, c.anchors, c.says, c.status, k.parts
               FROM correction_quote AS k JOIN correction AS c ON c.id = k.correction WHERE k.quote = ?1 ORDER BY c.id",
        )?
        .query_map([quote], |row| Ok((read(row)?, row.get(8)?)))?
        .collect()
}

/// Whether anything was said of an article's quotes.
pub fn concerns(connection: &Connection, key: &str) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM correction WHERE article = ?1")?.exists([key])
}

/// An article is about to be forgotten: what was said of it waits until it comes again.
pub fn forget(connection: &Connection, article: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE correction SET status = 'orphan', reason = 'forgotten'
              WHERE article = (SELECT key FROM article WHERE id = ?1) AND status <> 'undone'",
        )?
        .execute([article])
        .map(drop)
}

fn read(row: &Row<'_>) -> rusqlite::Result<Correction> {
    let place = match row.get::<_, Option<String>>(2)? {
        Some(article) => {
            let anchors: String = row.get(5)?;
            let anchors = serde_json::from_str(&anchors).map_err(nonsense)?;
            Some(Place { article, hash: row.get(3)?, words: row.get(4)?, anchors })
        }
        None => None,
    };
    Ok(Correction { id: row.get(0)?, kind: named(row, 1)?, place, says: row.get(6)?, status: named(row, 7)? })
}

fn named<T: FromStr<Err: std::error::Error + Send + Sync + 'static>>(
    row: &Row<'_>,
    column: usize,
) -> rusqlite::Result<T> {
    row.get_ref(column)?.as_str()?.parse().map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(FromSqlError::other(error)))
    })
}

/// A column of JSON that holds something else.
pub fn nonsense(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(error))
}

/// As the schema wants lists and objects.
pub fn json(value: &(impl Serialize + ?Sized)) -> String {
    serde_json::to_string(value).expect("strings, numbers and lists of them are JSON")
}
