//! Tells whether an article is there, and as what.

use crate::error::Result;
use crate::model::{Document, Keyed};
use crate::pipeline::ANALYSER;
use crate::store::hash::Hash;
use crate::store::{Store, connect, failed};
use rusqlite::{Connection, OpenFlags, OptionalExtension, ToSql};
use std::path::{Path, PathBuf};

/// How an article is there, and its row id.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Presence {
    Absent,
    /// With other words or particulars, or with quotes that another analysis found.
    Other(i64),
    /// As it is, its quotes found by this analysis: there is nothing to do.
    Same(i64),
}

/// Looks articles up, beside a [`crate::store::Store`] that writes to the same file.
#[derive(Debug)]
pub struct Known {
    connection: Connection,
    path: PathBuf,
}

impl Known {
    /// Opens the database at `path`, which must be there.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when it can't be opened.
    pub fn open(path: &Path) -> Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = connect(path.as_os_str(), flags).map_err(failed(path))?;
        connection.pragma_update(None, "query_only", true).map_err(failed(path))?;
        Ok(Self { connection, path: path.to_owned() })
    }

    /// Looks an article up.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be read.
    pub fn presence(&self, document: &Document, hash: &Hash) -> Result<Presence> {
        presence(&self.connection, document, hash).map_err(failed(&self.path))
    }
}

impl Store {
    /// As [`Known::presence`], with all that was written through this store.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be read.
    pub fn presence(&self, document: &Document, hash: &Hash) -> Result<Presence> {
        presence(self.connection(), document, hash).map_err(failed(&self.path))
    }
}

fn presence(connection: &Connection, document: &Document, hash: &Hash) -> rusqlite::Result<Presence> {
    let current = known(connection, document, hash)?;
    Ok(current.map_or(Presence::Absent, |current| {
        let is_same = current.hash == *hash && current.analyser == ANALYSER;
        if is_same { Presence::Same(current.article) } else { Presence::Other(current.article) }
    }))
}

/// The version that stands for an article now.
pub struct Current {
    pub article: i64,
    pub version: i64,
    pub number: i64,
    pub hash: Hash,
    pub analyser: String,
}

/// Finds the article that a document is: by its key; else by its URL, where either of them came without an id;
/// else, where only its place is known, by its words.
pub fn known(connection: &Connection, document: &Document, hash: &Hash) -> rusqlite::Result<Option<Current>> {
    if let Some(current) = keyed(connection, &document.key)? {
        return Ok(Some(current));
    }
    match (document.keyed, &document.url) {
        (Keyed::Place, _) => marked(connection, hash),
        (Keyed::Own, Some(url)) if *url == document.key => marked(connection, url),
        (Keyed::Own, Some(url)) => keyed(connection, url),
        (Keyed::Own, None) => Ok(None),
    }
}

fn keyed(connection: &Connection, key: &str) -> rusqlite::Result<Option<Current>> {
    current(connection, "a.key = ?1", &key)
}

fn marked(connection: &Connection, mark: &dyn ToSql) -> rusqlite::Result<Option<Current>> {
    current(connection, "a.id = (SELECT article FROM known_as WHERE mark = ?1)", mark)
}

fn current(connection: &Connection, which: &str, value: &dyn ToSql) -> rusqlite::Result<Option<Current>> {
    connection
        .prepare_cached(&format!(
            "SELECT v.article, v.id, v.number, v.hash, v.analyser
               FROM article AS a JOIN article_version AS v ON v.article = a.id AND v.is_current = 1
              WHERE {which}"
        ))?
        .query_row([value], |row| {
            Ok(Current {
                article: row.get(0)?,
                version: row.get(1)?,
                number: row.get(2)?,
                hash: row.get(3)?,
                analyser: row.get(4)?,
            })
        })
        .optional()
}
