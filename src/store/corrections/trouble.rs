//! What can go wrong with a correction: the file fails, or it can't be made as it was told.

use crate::error::{Error, Result};
use crate::store::{Store, failed};
use rusqlite::Connection;

/// Why a correction was not made.
#[derive(Debug)]
pub enum Trouble {
    Sql(rusqlite::Error),
    Refused { what: String, reason: String },
}

impl From<rusqlite::Error> for Trouble {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

/// What making a correction gives.
pub type Made<T> = std::result::Result<T, Trouble>;

/// Refuses a correction.
pub fn refused<T>(what: impl Into<String>, reason: impl Into<String>) -> Made<T> {
    Err(Trouble::Refused { what: what.into(), reason: reason.into() })
}

impl Store {
    /// Makes corrections in one transaction: all that `make` does, or nothing of it.
    pub(crate) fn correcting<T>(&mut self, make: impl FnOnce(&Connection) -> Made<T>) -> Result<T> {
        let path = self.path.clone();
        self.transaction(|connection| {
            make(connection).map_err(|trouble| match trouble {
                Trouble::Sql(error) => failed(&path)(error),
                Trouble::Refused { what, reason } => Error::Refused { what, reason },
            })
        })
    }
}
