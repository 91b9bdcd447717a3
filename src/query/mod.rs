//! Typed filters over the database, typed rows back. Never writes.

pub mod dates;
pub mod search;
pub mod conditions;
pub mod speakers;
pub mod articles;
pub mod quotes;

use crate::error::{Error, Result};
use crate::lexicon::fold::fold;
use crate::speakers::matching::has_words;
use crate::store::migrate::{State, VERSION, check};
use crate::store::{BUSY, failed};
use rusqlite::config::DbConfig;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Connection, OpenFlags, Row};
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// A database open for reading only.
// Invariant: the file is ours and of the present version.
#[derive(Debug)]
pub struct Reader {
    connection: Connection,
    path: PathBuf,
}

impl Reader {
    /// Opens the database at `path`, which must be there.
    ///
    /// # Errors
    /// [`Error::Database`] when there is no file, or not one of ours in the present version.
    pub fn open(path: &Path) -> Result<Self> {
        if !path.exists() {
            return Err(unready(path, "there is no such database; `onrecord ingest PATH` makes one"));
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(failed(path))?;
        connection.busy_timeout(BUSY).map_err(failed(path))?;
        // Else SQLite plans a statement anew for every value bound to it: half the time of an export.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(failed(path))?;
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
        Ok(Self { connection, path: path.to_owned() })
    }

    fn failed(&self, error: rusqlite::Error) -> Error {
        failed(&self.path)(error)
    }
}

fn unready(path: &Path, reason: &str) -> Error {
    Error::Database { path: path.to_owned(), reason: reason.to_owned() }
}

/// Reads a column that holds a name of one of the closed lists of [`crate::model`].
fn named<T>(row: &Row<'_>, column: &str) -> rusqlite::Result<Option<T>>
where
    T: FromStr<Err: std::error::Error + Send + Sync + 'static>,
{
    let name: Option<String> = row.get(column)?;
    let parsed = name.map(|name| name.parse()).transpose();
    parsed.map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(FromSqlError::other(error)))
    })
}
