//! The one error of the library; every variant says which file, line or document.

use std::io;
use std::path::PathBuf;

pub type Result<T> = std::result::Result<T, Error>;

/// What can go wrong outside the analysis, which can't fail.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or stream that couldn't be read or written.
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: io::Error },
    /// An input that is not an article; it is skipped and named.
    #[error("{origin}: {reason}")]
    Input { origin: String, reason: String },
    /// A row of a table in `data/` that breaks the table's rules.
    #[error("data/{table}, line {line}: {reason}")]
    Table { table: &'static str, line: usize, reason: String },
    /// The database can't be used.
    #[error("{path}: {reason}")]
    Database { path: PathBuf, reason: String },
}

impl Error {
    /// Wraps an I/O error with the path that it happened on.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Error {
        let path = path.into();
        move |source| Error::Io { path, source }
    }
}
