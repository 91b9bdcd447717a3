//! What people say of claims: which are one, and which are not.

use crate::error::Result;
use crate::model::CorrectionKind;
use crate::store::corrections::log::{self, Correction, Reviewer};
use crate::store::corrections::trouble::{Made, refused};
use crate::store::{Store, claims};
use rusqlite::{Connection, params};
use serde_json::{Value, json};

impl Store {
    /// Says that two claims, by the keys of their wordings, are one; gives the correction's id.
    ///
    /// # Errors
    /// [`crate::error::Error::Refused`] when they are one wording; [`crate::error::Error::Database`] when the file can't be
    /// written to.
    pub fn merge_claims(&mut self, a: i64, b: i64, by: &Reviewer) -> Result<i64> {
        self.correcting(|connection| decide(connection, a, b, CorrectionKind::MergeClaims, by))
    }

    /// Says that a claim is not the same as another, by the keys of their wordings; gives the correction's id.
    ///
    /// # Errors
    /// As [`Store::merge_claims`].
    pub fn split_claim(&mut self, claim: i64, other: i64, by: &Reviewer) -> Result<i64> {
        self.correcting(|connection| decide(connection, claim, other, CorrectionKind::SplitClaim, by))
    }
}

/// The id of a claim as people cite it.
pub fn cited(key: i64) -> String {
    format!("c{:016x}", key.cast_unsigned())
}

fn decide(connection: &Connection, a: i64, b: i64, kind: CorrectionKind, by: &Reviewer) -> Made<i64> {
    if a == b {
        return refused(cited(a), "this is one claim; name two");
    }
    let (a, b) = (a.min(b), a.max(b));
    let what = if kind == CorrectionKind::MergeClaims { "together" } else { "apart" };
    let id = log::add(connection, by, kind, None, &json!({ "a": cited(a), "b": cited(b) }))?;
    regroup(connection, [a, b], |connection| {
        connection
            .prepare_cached("INSERT INTO claim_decision (a, b, what, correction) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![a, b, what, id])
            .map(drop)
    })?;
    Ok(id)
}

/// Takes back what a correction said of claims.
pub fn take_back(connection: &Connection, correction: &Correction) -> rusqlite::Result<()> {
    let says: Value = correction.says()?;
    let key = |field: &str| {
        let cited = says.get(field).and_then(Value::as_str)?.strip_prefix('c')?;
        u64::from_str_radix(cited, 16).ok().map(u64::cast_signed)
    };
    let keys = [key("a").unwrap_or(0), key("b").unwrap_or(0)];
    regroup(connection, keys, |connection| {
        connection
            .prepare_cached("DELETE FROM claim_decision WHERE correction = ?1")?
            .execute([correction.id])
            .map(drop)
    })
}

/// Changes what is said of two wordings while their statements are out of the claims.
fn regroup(
    connection: &Connection,
    keys: [i64; 2],
    change: impl FnOnce(&Connection) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let quotes: Vec<i64> = connection
        .prepare_cached(
            "SELECT s.quote FROM wording AS w JOIN sighting AS s ON s.wording = w.id WHERE w.key IN (?1, ?2)
              ORDER BY s.quote",
        )?
        .query_map(keys, |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    claims::leave(connection, &quotes)?;
    change(connection)?;
    claims::enter(connection, &quotes)
}
