//! Writes what people want to be told of, and how far they were told.

use crate::error::Result;
use crate::model::watches::{Mark, Wanted, WatchId};
use crate::store::corrections::Reviewer;
use crate::store::{Store, failed};
use jiff::{Timestamp, ToSpan};
use rusqlite::{Connection, Row, params};

impl Store {
    /// Adds a watch. `wanted` has to ask for something.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be written to.
    pub fn add_watch(
        &mut self,
        name: Option<&str>,
        wanted: &Wanted,
        at_least: u64,
        by: &Reviewer,
    ) -> Result<WatchId> {
        let path = self.path.clone();
        self.transaction(|connection| add(connection, name, wanted, at_least, by).map_err(failed(&path)))
    }

    /// Takes a watch away, with how far it was told; says whether there was one.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be written to.
    pub fn remove_watch(&mut self, WatchId(id): WatchId) -> Result<bool> {
        let path = self.path.clone();
        self.transaction(|connection| {
            let removed = connection.execute("DELETE FROM watch WHERE id = ?1", [id]);
            removed.map(|count| count > 0).map_err(failed(&path))
        })
    }

    /// Notes how far watches, and with `None` the last digest of all, were told. A watch that was removed
    /// meanwhile is passed over.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be written to.
    pub fn mark_told(&mut self, marks: &[(Option<WatchId>, Mark)]) -> Result<()> {
        let path = self.path.clone();
        self.transaction(|connection| {
            marks.iter().try_for_each(|(watch, told)| mark(connection, *watch, told)).map_err(failed(&path))
        })
    }
}

fn add(
    connection: &Connection,
    name: Option<&str>,
    wanted: &Wanted,
    at_least: u64,
    by: &Reviewer,
) -> rusqlite::Result<WatchId> {
    let added = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let sql = "INSERT INTO watch (name, speaker, search, outlet, claim, claim_words, at_least, added,
                                  added_by, note)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    let id = connection.prepare_cached(sql)?.insert(params![
        name,
        wanted.speaker,
        wanted.search,
        wanted.outlet,
        wanted.claim.as_ref().map(|(claim, _)| claim.key()),
        wanted.claim.as_ref().map(|(_, words)| words),
        i64::try_from(at_least).unwrap_or(i64::MAX),
        added,
        by.name,
        by.note,
    ])?;
    mark(connection, Some(WatchId(id)), &now(connection)?)?;
    Ok(WatchId(id))
}

/// The moment behind all that is in a database now.
///
/// # Errors
/// When the database can't be read.
pub fn now(connection: &Connection) -> rusqlite::Result<Mark> {
    let sql = "SELECT (SELECT max(ingested) FROM article_version),
                      coalesce((SELECT max(id) FROM article_version), 0),
                      coalesce((SELECT max(id) FROM verdict), 0)";
    let read = |row: &Row<'_>| Ok((row.get::<_, Option<String>>(0)?, row.get(1)?, row.get(2)?));
    let (last, version, verdict) = connection.query_row(sql, [], read)?;
    let last: Option<Timestamp> = last.and_then(|last| last.parse().ok());
    let next = last.and_then(|last| last.checked_add(1.second()).ok()).unwrap_or_else(Timestamp::now);
    let since = next.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    Ok(Mark { since, version: Some(version), verdict: Some(verdict) })
}

fn mark(connection: &Connection, watch: Option<WatchId>, told: &Mark) -> rusqlite::Result<()> {
    let watch = watch.map(|WatchId(id)| id);
    connection.execute("DELETE FROM digest_mark WHERE watch IS ?1", [watch])?;
    connection
        .execute(
            "INSERT INTO digest_mark (watch, since, version, verdict)
             SELECT ?1, ?2, ?3, ?4 WHERE ?1 IS NULL OR EXISTS (SELECT 1 FROM watch WHERE id = ?1)",
            params![watch, told.since, told.version, told.verdict],
        )
        .map(drop)
}
