//! The one error of the library; every variant says which file, line or document.

use std::io;
use std::path::PathBuf;

pub type Result<T> = std::result::Result<T, Error>;

/// What can go wrong outside the analysis, which can't fail.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or stream that couldn't be read or written.
    #[error("{path}: {}", told(error))]
    Io { path: PathBuf, error: io::Error },
    /// An input that is not an article; it is skipped and named.
    #[error("{origin}: {reason}")]
    Input { origin: String, reason: String },
    /// A row of a table in `data/` that breaks the table's rules.
    #[error("data/{table}, line {line}: {reason}")]
    Table { table: &'static str, line: usize, reason: String },
    /// A weights file that can't be used.
    #[error("{origin}: {reason}")]
    Weights { origin: String, reason: String },
    /// The database can't be used.
    #[error("{path}: {reason}")]
    Database { path: PathBuf, reason: String },
    /// A correction that can't be made as it was told; nothing was changed.
    #[error("{what}: {reason}")]
    Refused { what: String, reason: String },
}

impl Error {
    /// Where it happened, and what: the two halves of its words.
    pub fn told(&self) -> (String, String) {
        match self {
            Self::Io { path, error } => (path.display().to_string(), told(error)),
            Self::Input { origin, reason }
            | Self::Weights { origin, reason }
            | Self::Refused { what: origin, reason } => (origin.clone(), reason.clone()),
            Self::Table { table, line, reason } => (format!("data/{table}, line {line}"), reason.clone()),
            Self::Database { path, reason } => (path.display().to_string(), reason.clone()),
        }
    }

    /// Wraps an I/O error with the path that it happened on.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Error {
        let path = path.into();
        move |error| Error::Io { path, error }
    }
}

/// What happened, in words for the usual things and without the number of the rest.
fn told(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied; check who may read and write it".to_owned(),
        io::ErrorKind::IsADirectory => "is a folder and no file".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => {
            let message = error.to_string();
            let cause = message.find(" (os error").map_or(message.as_str(), |end| &message[..end]);
            cause.to_owned()
        }
    }
}
