//! Writes entries of verdicts, and the scale that they are given on.

use crate::error::Result;
use crate::model::EntityKind;
use crate::model::verdicts::{ClaimId, Decision, Rating, Snapshot, Verdict};
use crate::store::claimed::{nonsense, root, snapshot, speaker, wordings};
use crate::store::{Store, failed};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::de::DeserializeOwned;

impl Store {
    /// Adds an entry to the history of the claim that has a wording of this id. Nothing is ever taken away
    /// from it.
    ///
    /// `None` when there is no such claim, and none that a verdict was given on before.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be written to.
    pub fn decide(&mut self, claim: ClaimId, decision: &Decision) -> Result<Option<Verdict>> {
        let path = self.path.clone();
        self.transaction(|connection| enter(connection, claim, decision).map_err(failed(&path)))
    }

    /// Puts another scale in the place of the one there is; an empty one stands for the one that comes with
    /// the program. Verdicts that were given keep their meaning.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be written to.
    pub fn set_scale(&mut self, scale: &[Rating]) -> Result<()> {
        let path = self.path.clone();
        self.transaction(|connection| write_scale(connection, scale).map_err(failed(&path)))
    }
}

fn enter(connection: &Connection, claim: ClaimId, decision: &Decision) -> rusqlite::Result<Option<Verdict>> {
    let Some(claim) = present_or_past(connection, claim)? else { return Ok(None) };
    let sql = "SELECT coalesce(max(number), 0) + 1 FROM verdict WHERE claim = ?1";
    let number = connection.prepare_cached(sql)?.query_row([claim.claim.key()], |row| row.get(0))?;
    let entered = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let verdict = Verdict { claim, number, entered, decision: decision.clone() };
    insert(connection, &verdict)?;
    Ok(Some(verdict))
}

/// The claim as it is now, else as it was when a verdict was given on it last.
fn present_or_past(connection: &Connection, claim: ClaimId) -> rusqlite::Result<Option<Snapshot>> {
    if let Some(root) = root(connection, claim)? {
        return snapshot(connection, root).map(Some);
    }
    Ok(entries(connection, &[claim])?.pop().map(|verdict| verdict.claim))
}

fn insert(connection: &Connection, verdict: &Verdict) -> rusqlite::Result<()> {
    let Verdict { claim, number, entered, decision } = verdict;
    connection
        .prepare_cached(
            "INSERT INTO verdict (claim, number, status, rating, reviewer, date, entered, note, evidence,
                                  published_at, words, speaker, speaker_kind, printed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            claim.claim.key(),
            number,
            decision.status.as_str(),
            decision.rating.as_ref().map(json),
            decision.reviewer,
            decision.date.to_string(),
            entered,
            decision.note,
            json(&decision.evidence),
            decision.published_at,
            claim.words,
            claim.speaker.as_ref().map(|(name, _)| name),
            claim.speaker.as_ref().map(|(_, kind)| EntityKind::as_str(*kind)),
            json(&claim.printed),
        ])?;
    Ok(())
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("strings and finite numbers are JSON")
}

/// The columns of an entry, for [`entry`].
pub const COLUMNS: &str = "claim, number, status, rating, reviewer, date, entered, note, evidence, published_at, \
                           words, speaker, speaker_kind, printed";

/// Reads an entry out of a row of [`COLUMNS`].
///
/// # Errors
/// When the row holds what nobody writes there.
pub fn entry(row: &Row<'_>) -> rusqlite::Result<Verdict> {
    let decision = Decision {
        status: row.get::<_, String>(2)?.parse().map_err(nonsense)?,
        rating: row.get::<_, Option<String>>(3)?.map(|rating| parsed(&rating)).transpose()?,
        reviewer: row.get(4)?,
        date: row.get::<_, String>(5)?.parse().map_err(nonsense)?,
        note: row.get(7)?,
        evidence: parsed(&row.get::<_, String>(8)?)?,
        published_at: row.get(9)?,
    };
    let claim = Snapshot {
        claim: ClaimId::from_key(row.get(0)?),
        words: row.get(10)?,
        speaker: speaker(row.get(11)?, row.get(12)?)?,
        printed: parsed(&row.get::<_, String>(13)?)?,
    };
    Ok(Verdict { claim, number: row.get(1)?, entered: row.get(6)?, decision })
}

fn parsed<T: DeserializeOwned>(json: &str) -> rusqlite::Result<T> {
    serde_json::from_str(json).map_err(nonsense)
}

/// The entries under some ids, in the order in which they were made.
///
/// # Errors
/// When the database can't be read.
pub fn entries(connection: &Connection, claims: &[ClaimId]) -> rusqlite::Result<Vec<Verdict>> {
    let keys: Vec<i64> = claims.iter().map(|claim| claim.key()).collect();
    let sql =
        format!("SELECT {COLUMNS} FROM verdict WHERE claim IN (SELECT value FROM json_each(?1)) ORDER BY id");
    connection.prepare_cached(&sql)?.query_map([json(&keys)], entry)?.collect()
}

/// The history of the claim that a wording belongs to, whichever of its wordings the entries were made under.
///
/// # Errors
/// When the database can't be read.
pub fn history(connection: &Connection, claim: ClaimId) -> rusqlite::Result<Vec<Verdict>> {
    match root(connection, claim)? {
        Some((root, _)) => entries(connection, &wordings(connection, root)?),
        None => entries(connection, &[claim]),
    }
}

/// The scale that was set, if there is one.
///
/// # Errors
/// When the database can't be read.
pub fn scale(connection: &Connection) -> rusqlite::Result<Option<Vec<Rating>>> {
    let sql = "SELECT name, alternate_name, value, worst, best FROM rating ORDER BY position";
    let rating = |row: &Row<'_>| {
        Ok(Rating {
            name: row.get(0)?,
            alternate_name: row.get(1)?,
            value: row.get(2)?,
            worst: row.get(3)?,
            best: row.get(4)?,
        })
    };
    let scale = connection.prepare(sql)?.query_map([], rating)?.collect::<rusqlite::Result<Vec<_>>>()?;
    Ok((!scale.is_empty()).then_some(scale))
}

fn write_scale(connection: &Connection, scale: &[Rating]) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM rating", [])?;
    let mut insert = connection.prepare(
        "INSERT INTO rating (position, name, alternate_name, value, worst, best) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (rating, position) in scale.iter().zip(1_i64..) {
        let Rating { name, alternate_name, value, worst, best } = rating;
        insert.execute(params![position, name, alternate_name, value, worst, best])?;
    }
    Ok(())
}

/// Whether there is such an entry, made at that time.
///
/// # Errors
/// When the database can't be read.
pub fn has_entry(
    connection: &Connection,
    (claim, number): (ClaimId, u32),
    entered: Option<&str>,
) -> rusqlite::Result<bool> {
    let sql = "SELECT 1 FROM verdict WHERE claim = ?1 AND number = ?2 AND entered = ?3";
    let found = connection.prepare_cached(sql)?.query_row((claim.key(), number, entered), |_| Ok(()));
    Ok(found.optional()?.is_some())
}
