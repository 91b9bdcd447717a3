//! Groups all statements anew from what is stored.
//!
//! The new claims are built beside the old ones, in temporary tables of the same names: SQLite takes an unqualified name for the
//! temporary table while there is one, so that the code which keeps claims step by step ([`crate::store::claims`]) does
//! the work. All is one transaction: until its last moment others read the old claims, and a stop or a crash leaves these.

use crate::error::Result;
use crate::store::{Store, claims, failed, left};
use rusqlite::{Connection, TransactionBehavior};
use std::cmp::Ordering;
use std::ops::ControlFlow;
use xxhash_rust::xxh3::xxh3_64;

/// Where claims are kept, and all that is kept of them. What people said of claims stands elsewhere, and counts in the new ones.
const TABLES: [&str; 3] = ["wording", "sighting", "anchor"];

/// Statements entered between two looks at whether to go on.
const AT_ONCE: i64 = 500;

/// What became of the claims.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Rebuilt {
    /// Statements among the claims, before and now.
    pub statements: [u64; 2],
    /// Claims, before and now.
    pub claims: [u64; 2],
    /// Claims of now that weren't there before with the same id and the same statements.
    pub changed: u64,
}

impl Store {
    /// Groups all statements anew; `None` when `seen`, which is told how many of how many quotes were looked at, says to
    /// stop: then nothing is changed.
    ///
    /// What people decided of claims counts; verdicts and watches are bound to words and stay.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be written to; nothing is changed.
    pub fn rebuild_claims(
        &mut self,
        seen: impl FnMut(u64, u64) -> ControlFlow<()>,
    ) -> Result<Option<Rebuilt>> {
        let path = self.path.clone();
        let failed = failed(&path);
        // Without foreign keys a table is emptied page by page and filled by pages; what they would see to, the
        // old tables are left without a row that refers to the new ones. Neither can be set in a transaction.
        let set = "PRAGMA foreign_keys = OFF; PRAGMA temp_store = FILE; PRAGMA temp.cache_size = -131072";
        self.connection.execute_batch(set).map_err(&failed)?;
        let rebuilt = self.rebuild(seen);
        let reset = "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY";
        let is_reset = self.connection.execute_batch(reset).map_err(&failed);
        let rebuilt = rebuilt?;
        is_reset.map(|()| rebuilt)
    }

    fn rebuild(&mut self, mut seen: impl FnMut(u64, u64) -> ControlFlow<()>) -> Result<Option<Rebuilt>> {
        let path = self.path.clone();
        let failed = failed(&path);
        let begun = self.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = begun.map_err(&failed)?;
        let before = Groups::read(&transaction, "main").map_err(&failed)?;
        beside(&transaction).map_err(&failed)?;
        if enter_all(&transaction, &mut seen).map_err(&failed)?.is_break() {
            transaction.rollback().map_err(&failed)?;
            return Ok(None);
        }
        let now = Groups::read(&transaction, "temp").map_err(&failed)?;
        put_in_place(&transaction).map_err(&failed)?;
        self.place.still_holds(&self.path)?;
        transaction.commit().map_err(&failed)?;
        Ok(Some(now.since(&before)))
    }
}

/// Makes the temporary tables, with the indexes of those they stand for.
fn beside(connection: &Connection) -> rusqlite::Result<()> {
    for table in TABLES {
        let sql = "SELECT type, sql FROM main.sqlite_schema
                    WHERE tbl_name = ?1 AND type IN ('table', 'index') AND sql IS NOT NULL ORDER BY type DESC, name";
        let made: Vec<(String, String)> = connection
            .prepare(sql)?
            .query_map([table], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (kind, sql) in made {
            let sql = match kind.as_str() {
                "table" => sql.replacen("CREATE TABLE ", "CREATE TEMP TABLE ", 1),
                _ => sql.replacen(" INDEX ", " INDEX temp.", 1),
            };
            connection.execute_batch(&sql)?;
        }
    }
    Ok(())
}

/// Enters all statements, in the order in which they were stored.
fn enter_all(
    connection: &Connection,
    seen: &mut impl FnMut(u64, u64) -> ControlFlow<()>,
) -> rusqlite::Result<ControlFlow<()>> {
    let sql = "SELECT coalesce(min(id), 1), coalesce(max(id), 0) FROM quote";
    let (first, last): (i64, i64) = connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let all = last.abs_diff(first).saturating_add(1);
    let sql = "SELECT id FROM quote WHERE id >= ?1 ORDER BY id LIMIT ?2";
    let mut next = Some(first);
    while let Some(from) = next {
        let quotes: Vec<i64> = connection
            .prepare_cached(sql)?
            .query_map([from, AT_ONCE], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        claims::enter(connection, &quotes)?;
        let Some(&end) = quotes.last() else { break };
        if seen(end.abs_diff(first).saturating_add(1), all).is_break() {
            return Ok(ControlFlow::Break(()));
        }
        next = end.checked_add(1);
    }
    Ok(ControlFlow::Continue(()))
}

/// Puts the new claims in the place of the old ones.
fn put_in_place(connection: &Connection) -> rusqlite::Result<()> {
    for table in TABLES {
        connection.execute_batch(&format!(
            "DELETE FROM main.{table}; INSERT INTO main.{table} SELECT * FROM temp.{table}; DROP TABLE temp.{table};"
        ))?;
    }
    left::clear(connection)
}

/// Which statements are one claim, told by a sum for each claim.
struct Groups {
    statements: u64,
    /// Ascending.
    sums: Vec<u64>,
}

impl Groups {
    fn read(connection: &Connection, schema: &str) -> rusqlite::Result<Self> {
        let wordings = Wordings::read(connection, schema)?;
        let mut sums = vec![0_u64; wordings.rows.len()];
        let mut statements = 0;
        let mut select = connection.prepare(&format!("SELECT wording, quote FROM {schema}.sighting"))?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            statements += 1;
            if let Some(root) = wordings.root(row.get(0)?) {
                let quote: i64 = row.get(1)?;
                sums[root] = sums[root].wrapping_add(xxh3_64(&quote.to_le_bytes()));
            }
        }
        let claims = wordings.rows.iter().zip(&sums).filter(|(wording, _)| wording.parent.is_none());
        let mut sums: Vec<u64> =
            claims.map(|(wording, sum)| sum.wrapping_add(xxh3_64(&wording.key.to_be_bytes()))).collect();
        sums.sort_unstable();
        Ok(Self { statements, sums })
    }

    fn since(&self, before: &Self) -> Rebuilt {
        let mut old = before.sums.iter().peekable();
        let mut is_new = |sum: &&u64| loop {
            match old.peek().map_or(Ordering::Greater, |old| old.cmp(sum)) {
                Ordering::Less => drop(old.next()),
                Ordering::Equal => {
                    old.next();
                    return false;
                }
                Ordering::Greater => return true,
            }
        };
        let changed = self.sums.iter().filter(|sum| is_new(sum)).count() as u64;
        Rebuilt {
            statements: [before.statements, self.statements],
            claims: [before.sums.len() as u64, self.sums.len() as u64],
            changed,
        }
    }
}

/// All wordings by their row ids.
struct Wordings {
    /// Ascending by row id.
    rows: Vec<Row>,
}

struct Row {
    id: i64,
    key: i64,
    parent: Option<i64>,
}

/// No claim is so deep; in a damaged file two wordings can be forms of each other.
const DEEPEST: usize = 10_000;

impl Wordings {
    fn read(connection: &Connection, schema: &str) -> rusqlite::Result<Self> {
        let sql = format!("SELECT id, key, parent FROM {schema}.wording ORDER BY id");
        let rows = connection
            .prepare(&sql)?
            .query_map([], |row| Ok(Row { id: row.get(0)?, key: row.get(1)?, parent: row.get(2)? }))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(Self { rows })
    }

    /// The place of the fullest wording of a claim; `None` where there is none.
    fn root(&self, wording: i64) -> Option<usize> {
        let mut at = self.at(wording)?;
        for _ in 0..DEEPEST {
            match self.rows[at].parent {
                Some(parent) => at = self.at(parent)?,
                None => return Some(at),
            }
        }
        None
    }

    fn at(&self, id: i64) -> Option<usize> {
        self.rows.binary_search_by_key(&id, |row| row.id).ok()
    }
}
