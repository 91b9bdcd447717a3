//! Tells whether an article is there, and as what.

use crate::error::Result;
use crate::model::{Document, Keyed};
use crate::store::hash::Hash;
use crate::store::{connect, failed};
use rusqlite::{Connection, OpenFlags, OptionalExtension, ToSql, params};
use std::path::{Path, PathBuf};

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

    /// Whether there is nothing to do for an article: it is there under its key as it is, its quotes found by this
    /// analysis, or was there in these words before it changed.
    ///
    /// One that may be there under another key is for the writer to tell: an article before it, on its way there, can
    /// make it another.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be read.
    pub fn is_there(&self, document: &Document, hash: &Hash, analyser: &str) -> Result<bool> {
        is_there(&self.connection, &document.key, hash, analyser).map_err(failed(&self.path))
    }
}

fn is_there(connection: &Connection, key: &str, hash: &Hash, analyser: &str) -> rusqlite::Result<bool> {
    match keyed(connection, key)? {
        Some(current) if current.hash == *hash => Ok(current.analyser == analyser),
        Some(current) => was_so(connection, current.article, hash),
        None => Ok(false),
    }
}

/// Whether the article has a version of these words and particulars. An input that holds two versions of an article
/// can be read again: neither is a change.
pub fn was_so(connection: &Connection, article: i64, hash: &Hash) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM article_version WHERE article = ?1 AND hash = ?2")?
        .exists(params![article, hash])
}

/// The version that stands for an article now.
pub struct Current {
    pub article: i64,
    /// The article's key.
    pub key: String,
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
    if document.keyed == Keyed::Place {
        return marked(connection, hash);
    }
    // An id that came later than the article, or a URL that an article with an id had.
    let marked = marked(connection, &document.key)?;
    match &document.url {
        Some(url) if marked.is_none() && *url != document.key => keyed(connection, url),
        _ => Ok(marked),
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
            "SELECT v.article, v.id, v.number, v.hash, v.analyser, a.key
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
                key: row.get(5)?,
            })
        })
        .optional()
}
