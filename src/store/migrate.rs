//! Whose a file is, and which version: new files get `schema.sql`, earlier ones their upgrades.

use crate::error::{Error, Result};
use crate::store::failed;
use rusqlite::{Connection, ErrorCode, Row, TransactionBehavior};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// Marks a SQLite file as ours, for `file` and for [`check`]: the letters `onrc`.
pub const APPLICATION_ID: i64 = 0x6f6e_7263;

/// The version that this program reads and writes.
pub const VERSION: i64 = FIRST + UPGRADES.len() as i64;

/// The earliest version that can be brought up to date; those before it were never released.
const FIRST: i64 = 3;

const SCHEMA: &str = include_str!("../../schema.sql");

/// The way from [`FIRST`] to the present version: the step at index 0 leads from version 3 to 4.
/// A step is never changed once released; the same change is made in `schema.sql`.
const UPGRADES: &[&str] = &[];

/// Room for three articles of middling length on a page; on pages of SQLite's usual size there is room for one,
/// and a fifth of the file is air.
const PAGE_SIZE: u32 = 8192;

/// What a file is, before anything in it is touched.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum State {
    /// Nothing is in it yet.
    Empty,
    /// Ours, and of this version or an earlier one.
    Version(i64),
}

/// Brings the file to [`VERSION`] in one transaction, so that a failure leaves it as it was.
///
/// # Errors
/// As [`check`], or when SQLite can't write to the file.
pub fn migrate(connection: &mut Connection, path: &Path, patience: Duration) -> Result<()> {
    if check(connection, path)? == State::Empty {
        connection.pragma_update(None, "page_size", PAGE_SIZE).map_err(failed(path))?;
    }
    // Readers go on while a writer works; a copy made by `backup` has to be told again.
    keep_log(connection, patience).map_err(failed(path))?;
    if check(connection, path)? == State::Version(VERSION) {
        return Ok(());
    }
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Exclusive).map_err(failed(path))?;
    // Asked again: another program may have done it while this one waited for the lock.
    let state = check(&transaction, path)?;
    upgrade(&transaction, state).map_err(failed(path))?;
    transaction.commit().map_err(failed(path))
}

/// Keeps what is written in a log beside the file until it is folded in.
///
/// Two programs that make one file at the same moment stand in each other's way here, and SQLite gives up at once.
fn keep_log(connection: &Connection, patience: Duration) -> rusqlite::Result<()> {
    const PAUSE: Duration = Duration::from_millis(10);
    let started = Instant::now();
    loop {
        match connection.execute_batch("PRAGMA journal_mode = WAL") {
            Err(error) if is_busy(&error) && started.elapsed() < patience => thread::sleep(PAUSE),
            outcome => return outcome,
        }
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
}

fn upgrade(connection: &Connection, state: State) -> rusqlite::Result<()> {
    match state {
        State::Empty => connection.execute_batch(SCHEMA)?,
        State::Version(version) => {
            let done = usize::try_from(version - FIRST).unwrap_or(0);
            for step in &UPGRADES[done..] {
                connection.execute_batch(step)?;
            }
        }
    }
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", VERSION)
}

/// In one statement: another program may be making the tables at this moment.
const WHAT_IT_IS: &str = "SELECT (SELECT application_id FROM pragma_application_id),
                                 (SELECT user_version FROM pragma_user_version),
                                 (SELECT count(*) FROM sqlite_schema)";

/// Tells whether the file is ours and which version it has.
///
/// # Errors
/// [`Error::Database`] when it is no database, another program's, or newer than this program.
pub fn check(connection: &Connection, path: &Path) -> Result<State> {
    let refuse = |reason| Err(Error::Database { path: path.to_owned(), reason });
    let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let (application, version, tables): (i64, i64, i64) =
        connection.query_row(WHAT_IT_IS, [], read).map_err(failed(path))?;
    if application == APPLICATION_ID && (FIRST..=VERSION).contains(&version) {
        return Ok(State::Version(version));
    }
    if application == APPLICATION_ID && version < FIRST {
        let reason = "the database is from before the first release of onrecord and can't be read any more; \
                      move it away and ingest the articles again";
        return refuse(reason.to_owned());
    }
    if application == APPLICATION_ID {
        return refuse(format!(
            "the database has version {version}, this onrecord knows versions up to {VERSION}; \
             use a newer onrecord, or choose another file with --db"
        ));
    }
    let is_empty = application == 0 && version == 0 && tables == 0;
    if is_empty {
        return Ok(State::Empty);
    }
    refuse("the file is another program's SQLite database; choose another with --db".to_owned())
}
