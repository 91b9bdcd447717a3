//! Typed filters over the database, typed rows back. Never writes.

pub mod dates;
pub mod search;
pub mod earliest;
pub mod conditions;
pub mod speakers;
pub mod articles;
pub mod quotes;
pub mod history;
pub mod statements;
pub mod verdicts;
pub mod reviews;
pub mod checked;
pub mod claims;
pub mod corrections;
pub mod records;
pub mod doubts;
pub mod suggestions;
pub mod profile;
pub mod aliases;
pub mod watches;
pub mod digest;

use crate::error::{Error, Result};
use crate::lexicon::fold::fold;
use crate::model::EntityKind;
use crate::query::conditions::Conditions;
use crate::speakers::matching::has_words;
use crate::store::migrate::{State, VERSION, check};
use crate::store::{connect, failed, log, refuse_folder};
use rusqlite::functions::FunctionFlags;
use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Connection, ErrorCode, OpenFlags, Row};
use std::cell::RefCell;
use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

/// A person's name, the speaker's own, and its kind.
type Named = (Option<Arc<str>>, Option<Arc<str>>, Option<EntityKind>);

/// A database open for reading only.
// Invariant: the file is ours and of the present version.
#[derive(Debug)]
pub struct Reader {
    connection: Connection,
    path: PathBuf,
    /// Names and kinds of speakers met so far.
    speakers: RefCell<HashMap<i64, Named>>,
}

impl Reader {
    /// Opens the database at `path`, which must be there. From the first question on, what is written meanwhile is not
    /// seen: all answers are of one moment.
    ///
    /// # Errors
    /// [`Error::Database`] when there is no file, or not one of ours in the present version.
    pub fn open(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Err(unready(path, "there is no such database; `onrecord ingest PATH` makes one"));
        }
        refuse_folder(path)?;
        let connection = connection(path).map_err(failed(path))?;
        match check(&connection, path)? {
            State::Version(VERSION) => {}
            State::Version(_) => {
                return Err(unready(
                    path,
                    "made by an earlier onrecord; `onrecord ingest` brings it up to date",
                ));
            }
            State::Empty => {
                return Err(unready(path, "nothing is in it yet; `onrecord ingest PATH` fills it"));
            }
        }
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
        connection
            .create_scalar_function("has_words", 2, flags, |call| {
                let (name, wanted): (Option<String>, String) = (call.get(0)?, call.get(1)?);
                Ok(name.is_some_and(|name| has_words(&fold(&name), &wanted)))
            })
            .map_err(failed(path))?;
        connection.execute_batch("BEGIN").map_err(failed(path))?;
        Ok(Self { connection, path: path.to_owned(), speakers: RefCell::default() })
    }

    /// Reads the file where it lies in memory from now on: for who looks at many rows all over it.
    pub(crate) fn map_file(&self) -> Result<()> {
        self.connection.pragma_update(None, "mmap_size", MAPPED).map_err(failed(&self.path))
    }

    /// Opens the database `count` times, all at the same moment of its life and for as long as they live: what is
    /// written meanwhile none of them sees. Fewer, where another program keeps writing. They read the file where it
    /// lies in memory: for who reads all of it.
    ///
    /// # Errors
    /// As [`Reader::open`].
    pub fn open_together(path: &Path, count: usize) -> Result<Vec<Self>> {
        let readers = (0..count.max(1)).map(|_| Self::open(path)).collect::<Result<Vec<_>>>()?;
        for reader in &readers {
            reader.map_file()?;
        }
        // Whoever may write can keep all others from writing while the readers begin. Where nobody may, nobody does.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let gate = connect(path.as_os_str(), flags)
            .and_then(|gate| gate.execute_batch("BEGIN IMMEDIATE").map(|()| gate));
        let is_shut = match gate.as_ref().map_err(rusqlite::Error::sqlite_error_code) {
            Ok(_) | Err(Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen)) => true,
            Err(_) => false,
        };
        for reader in &readers {
            let begun = reader.connection.execute_batch("SELECT count(*) FROM sqlite_schema");
            begun.map_err(failed(path))?;
        }
        Ok(if is_shut { readers } else { readers.into_iter().take(1).collect() })
    }

    /// Gives `each` the rows of a statement one by one, as `read` makes them; returns how many.
    fn rows<T>(
        &self,
        sql: &str,
        conditions: &Conditions,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
        mut each: impl FnMut(T) -> Result<()>,
    ) -> Result<u64> {
        let failed = |error| self.failed(error);
        let mut statement = self.connection.prepare(sql).map_err(failed)?;
        let mut rows = statement.query(conditions.values()).map_err(failed)?;
        let mut count = 0;
        while let Some(row) = rows.next().map_err(failed)? {
            each(read(row).map_err(failed)?)?;
            count += 1;
        }
        Ok(count)
    }

    fn failed(&self, error: rusqlite::Error) -> Error {
        failed(&self.path)(error)
    }
}

/// Opens a file to be read, also one that, or the folder of which, this user can't write to.
fn connection(path: &Path) -> rusqlite::Result<Connection> {
    // To read what another program is still writing SQLite needs a file of its own beside the database,
    // and to take that away it must have been let in as a writer.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = connect(path.as_os_str(), flags)?;
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    let Err(error) = first_read(&connection) else { return Ok(connection) };
    let cannot_write = matches!(error.sqlite_error_code(), Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen));
    // Without a log beside it nobody is writing, and all there is stands in the file itself.
    if cannot_write && !log(path).exists() {
        connect(&unchanging(path), flags | OpenFlags::SQLITE_OPEN_URI)
    } else {
        Err(error)
    }
}

/// Room for pages of the file, in KiB. A program that answers and ends reads them anew from the system's memory in less
/// time than it takes to be given memory of its own for more.
const CACHE_KIB: i64 = 1 << 10;

/// Bytes of a file that may be read where they lie in memory, not copied page by page: as many as SQLite was built for
/// (`.cargo/config.toml`).
const MAPPED: i64 = 1 << 40;

fn first_read(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
}

/// The path as SQLite takes it with the promise that nobody writes to the file.
fn unchanging(path: &Path) -> OsString {
    let escaped: String =
        path.as_os_str().as_encoded_bytes().iter().map(|byte| format!("%{byte:02X}")).collect();
    format!("file:{escaped}?immutable=1").into()
}

fn unready(path: &Path, reason: &str) -> Error {
    Error::Database { path: path.to_owned(), reason: reason.to_owned() }
}

/// Reads a column that holds a name of one of the closed lists of [`crate::model`].
fn named<T>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>>
where
    T: FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    let parsed = row.get_ref(column)?.as_str_or_null()?.map(str::parse).transpose();
    parsed.map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(FromSqlError::other(error)))
    })
}
