//! Copies a database while it is in use.

use crate::error::{Error, Result};
use crate::store::migrate::{State, check};
use crate::store::{connect, failed, refuse_folder};
use rusqlite::OpenFlags;
use std::fs::File;
use std::path::Path;

/// Writes a copy of the database at `path` to `copy`, where nothing must be yet, as it stands at one moment; others
/// may read and write it meanwhile. The copy is without the room that forgotten articles left.
///
/// # Errors
/// [`Error::Database`] when `path` is no database of ours, or the copy can't be written.
pub fn backup(path: &Path, copy: &Path) -> Result<()> {
    if !path.exists() {
        let reason = "there is no such database".to_owned();
        return Err(Error::Database { path: path.to_owned(), reason });
    }
    refuse_folder(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = connect(path.as_os_str(), flags).map_err(failed(path))?;
    if check(&connection, path)? == State::Empty {
        let reason = "nothing is in it yet".to_owned();
        return Err(Error::Database { path: path.to_owned(), reason });
    }
    let name = copy.to_str().ok_or_else(|| Error::Database {
        path: copy.to_owned(),
        reason: "its name is not in Unicode, which SQLite wants; choose another".to_owned(),
    })?;
    connection.execute("VACUUM INTO ?1", [name]).map_err(failed(copy))?;
    // SQLite leaves it to the operating system when a copy reaches the disk.
    File::open(copy).and_then(|file| file.sync_all()).map_err(Error::io(copy))
}
