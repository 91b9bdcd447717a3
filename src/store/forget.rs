//! Forgets articles: their versions, quotes, marks and links, and the speakers whom only they knew.

use crate::error::Result;
use crate::store::corrections::log;
use crate::store::{Store, claims, failed, people, stories};
use rusqlite::{Connection, OptionalExtension};

impl Store {
    /// Forgets articles by their row ids, all in one transaction; ids that aren't there are passed over.
    ///
    /// Returns how many there were.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be written to.
    pub fn forget(&mut self, articles: &[i64]) -> Result<u64> {
        let path = self.path.clone();
        self.transaction(|connection| {
            let mut count = 0;
            for &article in articles {
                count += u64::from(forget(connection, article).map_err(failed(&path))?);
            }
            Ok(count)
        })
    }
}

fn forget(connection: &Connection, article: i64) -> rusqlite::Result<bool> {
    if !connection.prepare_cached("SELECT 1 FROM article WHERE id = ?1")?.exists([article])? {
        return Ok(false);
    }
    let speakers: Vec<i64> = connection
        .prepare_cached(
            "SELECT DISTINCT p.speaker FROM appearance AS p
               JOIN article_version AS v ON v.id = p.version WHERE v.article = ?1",
        )?
        .query_map([article], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let current: Option<i64> = connection
        .prepare_cached("SELECT id FROM article_version WHERE article = ?1 AND is_current = 1")?
        .query_row([article], |row| row.get(0))
        .optional()?;
    current.map_or(Ok(()), |version| claims::leave_version(connection, version))?;
    stories::leave(connection, article)?;
    log::forget(connection, article)?;
    connection.prepare_cached("DELETE FROM article WHERE id = ?1")?.execute([article])?;
    people::forget(connection, &speakers)?;
    Ok(true)
}
