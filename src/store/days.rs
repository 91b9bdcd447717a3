//! The days of the statements of articles as they stand now, packed by the row ids of their quotes.
//!
//! A search for a common word finds a hundred thousand quotes and shows the earliest fifty. With a row for each it took
//! ten times as long to look up their days as to find them.

use jiff::civil::Date;
use rusqlite::{CachedStatement, Connection, OptionalExtension, params};

/// Quotes of a block: so many that their days fit on a page of the database. `schema.sql` and the rules of `check`
/// count with it too.
const BLOCK: i64 = 2000;
/// Bytes of a day.
const WIDTH: usize = 4;
/// The day of a statement without a date, after all others.
pub const UNDATED: u32 = 0x7fff_ffff;

/// A date as a number that keeps the order of days: 20251022.
pub fn day(date: Date) -> u32 {
    let part = |number: i64| u32::try_from(number).unwrap_or(0);
    part(date.year().into()) * 10_000 + part(date.month().into()) * 100 + part(date.day().into())
}

/// The days of a database, to be looked up by rising row ids.
pub struct Days<'c> {
    read: CachedStatement<'c>,
    block: i64,
    days: Vec<u8>,
}

impl<'c> Days<'c> {
    /// # Errors
    /// When the database can't be read.
    pub fn new(connection: &'c Connection) -> rusqlite::Result<Self> {
        let read = connection.prepare_cached("SELECT days FROM statement_day WHERE block = ?1")?;
        Ok(Self { read, block: -1, days: Vec::new() })
    }

    /// The day of a quote, [`UNDATED`] without a date; `None` when it is no statement of today: of an earlier version,
    /// a scare quote, rejected, or none at all.
    ///
    /// # Errors
    /// When the database can't be read.
    pub fn of(&mut self, quote: i64) -> rusqlite::Result<Option<u32>> {
        let (block, at) = place(quote);
        self.load(block)?;
        let day = self.days.get(at..).and_then(|days| days.first_chunk::<WIDTH>()).copied();
        Ok(day.map(u32::from_be_bytes).filter(|&day| day != 0))
    }

    fn load(&mut self, block: i64) -> rusqlite::Result<()> {
        if self.block != block {
            let days = self.read.query_row([block], |row| row.get(0)).optional()?;
            self.days = days.unwrap_or_default();
            self.block = block;
        }
        Ok(())
    }
}

/// The block of a quote, and where its day begins there, in bytes.
fn place(quote: i64) -> (i64, usize) {
    (quote.div_euclid(BLOCK), quote.rem_euclid(BLOCK) as usize * WIDTH)
}

/// Notes the days of the quotes from row id `first` on.
pub fn note(connection: &Connection, first: i64) -> rusqlite::Result<()> {
    let mut select = connection.prepare_cached(
        "SELECT q.id, coalesce(CAST(replace(q.published, '-', '') AS INTEGER), ?2)
           FROM quote AS q JOIN article_version AS v ON v.id = q.version
          WHERE q.id >= ?1 AND v.is_current = 1 AND q.type <> 'scare' AND q.state <> 'rejected' ORDER BY q.id",
    )?;
    let mut days = Days::new(connection)?;
    let mut rows = select.query(params![first, UNDATED])?;
    while let Some(row) = rows.next()? {
        let (block, at) = place(row.get(0)?);
        if block != days.block && !days.days.is_empty() {
            write(connection, &days)?;
        }
        days.load(block)?;
        days.days.resize(BLOCK as usize * WIDTH, 0);
        days.days[at..at + WIDTH].copy_from_slice(&row.get::<_, u32>(1)?.to_be_bytes());
    }
    if days.days.is_empty() { Ok(()) } else { write(connection, &days) }
}

/// Notes the day of one quote anew, after its state or type changed; of one that is no statement of today there is none.
pub fn renew(connection: &Connection, quote: i64) -> rusqlite::Result<()> {
    let day: u32 = connection
        .prepare_cached(
            "SELECT iif(v.is_current = 1 AND q.type <> 'scare' AND q.state <> 'rejected',
                        coalesce(CAST(replace(q.published, '-', '') AS INTEGER), ?2), 0)
               FROM quote AS q JOIN article_version AS v ON v.id = q.version WHERE q.id = ?1",
        )?
        .query_row(params![quote, UNDATED], |row| row.get(0))?;
    let (block, at) = place(quote);
    let mut days = Days::new(connection)?;
    days.load(block)?;
    if days.days.is_empty() && day == 0 {
        return Ok(());
    }
    days.days.resize(BLOCK as usize * WIDTH, 0);
    days.days[at..at + WIDTH].copy_from_slice(&day.to_be_bytes());
    write(connection, &days)
}

fn write(connection: &Connection, days: &Days<'_>) -> rusqlite::Result<()> {
    connection.prepare_cached(WRITE)?.execute(params![days.block, days.days]).map(drop)
}

const WRITE: &str = "\
    INSERT INTO statement_day (block, days) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET days = excluded.days";

/// Takes out the statements of a version that is no longer the current one; those of quotes that are deleted go by
/// themselves.
pub fn leave(connection: &Connection, version: i64) -> rusqlite::Result<()> {
    let mut clear = connection.prepare_cached(
        "UPDATE statement_day
            SET days = CAST(substr(days, 1, ?1 % 2000 * 4) || x'00000000' || substr(days, ?1 % 2000 * 4 + 5) AS BLOB)
          WHERE block = ?1 / 2000",
    )?;
    let mut select = connection.prepare_cached("SELECT id FROM quote WHERE version = ?1")?;
    let mut rows = select.query([version])?;
    while let Some(row) = rows.next()? {
        clear.execute([row.get::<_, i64>(0)?])?;
    }
    Ok(())
}
