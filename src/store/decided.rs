//! What people said of claims, as the grouping asks for it.

use crate::claims::decision::{Decision, Decisions, Said};
use crate::store::wordings::find;
use rusqlite::{Connection, Row};
use std::collections::BTreeSet;

/// What holds now of a wording, by its key, and others.
///
/// # Errors
/// When the database can't be read.
pub fn of(connection: &Connection, key: i64) -> rusqlite::Result<Said> {
    // The later one takes the place of the earlier.
    connection
        .prepare_cached(
            "SELECT b, what, correction FROM claim_decision WHERE a = ?1
              UNION ALL SELECT a, what, correction FROM claim_decision WHERE b = ?1 ORDER BY correction",
        )?
        .query_map([key], |row| Ok((row.get(0)?, decision(row, 1)?)))?
        .collect()
}

/// What holds now of all wordings.
///
/// # Errors
/// When the database can't be read.
pub fn all(connection: &Connection) -> rusqlite::Result<Decisions> {
    let mut decisions = Decisions::default();
    let mut select = connection.prepare("SELECT a, b, what FROM claim_decision ORDER BY correction, a, b")?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        decisions.note(row.get(0)?, row.get(1)?, decision(row, 2)?);
    }
    Ok(decisions)
}

/// Candidates, by row ids, and those beside them that a person said to be one with the wording.
///
/// # Errors
/// When the database can't be read.
pub fn with_partners(
    connection: &Connection,
    said: &Said,
    mut candidates: Vec<i64>,
) -> rusqlite::Result<Vec<i64>> {
    let there: BTreeSet<i64> =
        if said.is_empty() { BTreeSet::new() } else { candidates.iter().copied().collect() };
    for (&key, _) in said.iter().filter(|(_, decision)| **decision == Decision::Together) {
        candidates.extend(find(connection, key)?.filter(|id| !there.contains(id)));
    }
    Ok(candidates)
}

fn decision(row: &Row<'_>, column: usize) -> rusqlite::Result<Decision> {
    Ok(row.get_ref(column)?.as_str()?.parse().unwrap_or(Decision::Apart))
}
