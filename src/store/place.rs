//! Notices when a database is moved or deleted while it is being written to.

use crate::error::{Error, Result};
use std::path::Path;

/// Which file a path led to.
///
/// SQLite goes on writing to a file that has no name any more, and all of it would be gone with the program's end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place(Option<(u64, u64)>);

impl Place {
    /// The file at `path`; on systems where an open file can't be moved away, none.
    pub fn of(path: &Path) -> Self {
        Self(identity(path))
    }

    /// Whether two paths lead to one file, as far as can be told.
    pub fn is(self, other: Self) -> bool {
        self.0.is_some() && self == other
    }

    /// Asks whether `path` still leads to the same file.
    ///
    /// # Errors
    /// [`Error::Database`] when it leads to another one or to none.
    pub fn still_holds(self, path: &Path) -> Result<()> {
        if Self::of(path) == self {
            return Ok(());
        }
        let reason = "was moved, replaced or deleted while it was being written to, so nothing more is stored; if there \
                      is a file with this name and `-wal` behind it, keep the two together, and give the same command \
                      again";
        Err(Error::Database { path: path.to_owned(), reason: reason.to_owned() })
    }
}

#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|found| (found.dev(), found.ino()))
}

#[cfg(not(unix))]
fn identity(_path: &Path) -> Option<(u64, u64)> {
    None
}
