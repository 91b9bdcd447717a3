//! The database: open, migrate, write. The only writer of SQL beside `schema.sql`.

pub mod place;
pub mod hash;
pub mod entry;
pub mod known;
pub mod migrate;
pub mod rules;
pub mod people;
pub mod wordings;
pub mod worths;
pub mod decided;
pub mod claims;
pub mod left;
pub mod statements;
pub mod stories;
pub mod days;
pub mod claimed;
pub mod verdicts;
pub mod reviews;
pub mod persons;
pub mod corrections;
pub mod watches;
pub mod write;
pub mod forget;
pub mod rebuild;
pub mod backup;
pub mod claim_check;
pub mod check;

use crate::error::{Error, Result};
use crate::store::check::Checked;
use crate::store::place::Place;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long to wait, unless said, for another program that is writing to the same file.
pub const BUSY: Duration = Duration::from_secs(30);

/// NORMAL can lose the last articles when the power fails, but never breaks the file in WAL mode.
///
/// Room for 128 MiB of pages, and the log folded in every 256 MiB: pages that many articles change are written once
/// for all of them. What undoes a single article stays in memory: in a temporary file it made twenty times
/// as many writes as all the rest.
const SETTINGS: &str = "\
    PRAGMA foreign_keys = ON;
    PRAGMA synchronous = NORMAL;
    PRAGMA cache_size = -131072;
    PRAGMA wal_autocheckpoint = 32768;
    PRAGMA temp_store = MEMORY;";

/// A database open for writing.
// Invariant: the file is ours and of the present version, with foreign keys on.
#[derive(Debug)]
pub struct Store {
    connection: Connection,
    path: PathBuf,
    place: Place,
}

impl Store {
    /// Opens the database at `path`, making it when it isn't there and bringing an earlier version
    /// up to date.
    ///
    /// # Errors
    /// [`Error::Database`] when the file can't be opened, is no database, belongs to another
    /// program, or was made by a newer onrecord.
    pub fn open(path: &Path) -> Result<Self> {
        Self::open_waiting(path, BUSY)
    }

    /// As [`Store::open`], but waits for other programs, now and at every transaction, no longer than `patience`.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_waiting(path: &Path, patience: Duration) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        refuse_folder(path)?;
        let mut connection = connect(path.as_os_str(), flags).map_err(failed(path))?;
        connection.busy_timeout(patience).map_err(failed(path))?;
        migrate::migrate(&mut connection, path, patience)?;
        connection.execute_batch(SETTINGS).map_err(failed(path))?;
        Ok(Self { connection, path: path.to_owned(), place: Place::of(path) })
    }

    /// As [`Store::open_waiting`], for a file that must be there.
    ///
    /// # Errors
    /// As [`Store::open`], and when there is none.
    pub fn open_existing(path: &Path, patience: Duration) -> Result<Self> {
        if !path.exists() {
            let reason = "there is no such database; `onrecord ingest PATH` makes one".to_owned();
            return Err(Error::Database { path: path.to_owned(), reason });
        }
        Self::open_waiting(path, patience)
    }

    /// Looks for what is broken in the whole file: see [`check::check`].
    ///
    /// # Errors
    /// [`Error::Database`] when the file can't be read on.
    pub fn check(&self, seen: impl FnMut(u64), found: impl FnMut(String)) -> Result<Checked> {
        check::check(&self.connection, seen, found).map_err(failed(&self.path))
    }

    /// Writes in one transaction: what `write` does is kept, or, when it fails, nothing of it.
    pub(crate) fn transaction<T>(&mut self, write: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let failed = failed(&self.path);
        // At once: a transaction that becomes a writer's later can find the file changed and fail.
        let begun = self.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = begun.map_err(&failed)?;
        let done = write(&transaction)?;
        self.place.still_holds(&self.path)?;
        transaction.commit().map_err(&failed)?;
        Ok(done)
    }

    /// The connection, for reading.
    pub const fn connection(&self) -> &Connection {
        &self.connection
    }
}

/// Opens a file with what reading and writing have in common.
pub fn connect(name: &OsStr, flags: OpenFlags) -> rusqlite::Result<Connection> {
    let connection = Connection::open_with_flags(name, flags)?;
    connection.set_prepared_statement_cache_capacity(64);
    connection.busy_timeout(BUSY)?;
    // Else SQLite plans a statement anew for every value bound to it: half the time of an export.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(connection)
}

/// Refuses a folder, of which SQLite would only say that it can't be read.
pub fn refuse_folder(path: &Path) -> Result<()> {
    if path.is_dir() {
        let reason = "is a folder; name a file with --db".to_owned();
        return Err(Error::Database { path: path.to_owned(), reason });
    }
    Ok(())
}

/// Where SQLite keeps what isn't in the file yet.
pub fn log(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

/// Wraps an error of SQLite with the file that it happened on, in words that say what to do.
pub fn failed(path: &Path) -> impl Fn(rusqlite::Error) -> Error {
    move |error| Error::Database { path: path.to_owned(), reason: reason(&error) }
}

fn reason(error: &rusqlite::Error) -> String {
    use rusqlite::ErrorCode::{
        CannotOpen, DatabaseBusy, DatabaseCorrupt, DiskFull, NotADatabase, ReadOnly, SystemIoFailure,
    };
    match error.sqlite_error_code() {
        Some(NotADatabase) => "the file is no SQLite database; choose another with --db".to_owned(),
        Some(DatabaseBusy) => "another program is writing to it; try again when it is done".to_owned(),
        Some(ReadOnly) => {
            "the file can't be written to; check its permissions and its folder's, or choose another with --db".to_owned()
        }
        Some(CannotOpen) => "can't be opened; check that the folder exists and can be written to".to_owned(),
        Some(DatabaseCorrupt) => DAMAGED.to_owned(),
        Some(DiskFull) => {
            "the disk is full; what is stored stays. Make room and give the same command again".to_owned()
        }
        Some(SystemIoFailure) => "the system can't read or write more of it; what is stored stays. Look after the \
                                  disk, its room and limits on the size of files, and give the same command again"
            .to_owned(),
        None if is_nonsense(error) => DAMAGED.to_owned(),
        _ => error.to_string(),
    }
}

const DAMAGED: &str = "the file is damaged; put back a copy, or move it away and ingest the articles again";

/// Whether a row holds what nobody writes there.
const fn is_nonsense(error: &rusqlite::Error) -> bool {
    use rusqlite::Error::{FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, Utf8Error};
    matches!(
        error,
        FromSqlConversionFailure(..) | IntegralValueOutOfRange(..) | InvalidColumnType(..) | Utf8Error(..)
    )
}
