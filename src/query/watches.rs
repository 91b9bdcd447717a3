//! What people want to be told of, and how far they were.

use crate::error::Result;
use crate::model::verdicts::ClaimId;
use crate::model::watches::{Mark, Wanted, Watch, WatchId};
use crate::query::Reader;
use crate::query::conditions::Conditions;
use crate::store::watches::now;
use rusqlite::{OptionalExtension, Row};

impl Reader {
    /// All watches, in the order in which they were made.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be read.
    pub fn watches(&self) -> Result<Vec<Watch>> {
        let sql =
            "SELECT w.id, w.name, w.speaker, w.search, w.outlet, w.claim, w.claim_words, w.at_least, w.added,
                          w.added_by, w.note, m.since, m.version, m.verdict
                     FROM watch AS w LEFT JOIN digest_mark AS m ON m.watch = w.id ORDER BY w.id";
        let mut watches = Vec::new();
        self.rows(sql, &Conditions::default(), watch, |watch| {
            watches.push(watch);
            Ok(())
        })?;
        Ok(watches)
    }

    /// How far the last digest told that was marked; `None` when none was.
    ///
    /// # Errors
    /// As [`Reader::watches`].
    pub fn last_digest(&self) -> Result<Option<Mark>> {
        let sql = "SELECT since, version, verdict FROM digest_mark WHERE watch IS NULL";
        let mark = self.connection.query_row(sql, [], |row| {
            Ok(Mark { since: row.get(0)?, version: row.get(1)?, verdict: row.get(2)? })
        });
        mark.optional().map_err(|error| self.failed(error))
    }

    /// The moment behind all that is in the database now.
    ///
    /// # Errors
    /// As [`Reader::watches`].
    pub fn mark(&self) -> Result<Mark> {
        now(&self.connection).map_err(|error| self.failed(error))
    }
}

fn watch(row: &Row<'_>) -> rusqlite::Result<Watch> {
    let claim: Option<i64> = row.get(5)?;
    let words: Option<String> = row.get(6)?;
    let since: Option<String> = row.get(11)?;
    let (version, verdict) = (row.get(12)?, row.get(13)?);
    let added: String = row.get(8)?;
    let told = match since {
        Some(since) => Mark { since, version, verdict },
        None => Mark::at(added.clone()),
    };
    Ok(Watch {
        id: WatchId(row.get(0)?),
        name: row.get(1)?,
        wanted: Wanted {
            speaker: row.get(2)?,
            search: row.get(3)?,
            outlet: row.get(4)?,
            claim: claim.map(ClaimId::from_key).zip(words),
        },
        at_least: row.get::<_, i64>(7)?.unsigned_abs(),
        added,
        added_by: row.get(9)?,
        note: row.get(10)?,
        told,
    })
}
