//! Writes one article, what it says about itself and what was found in it.

use crate::error::{Error, Result};
use crate::model::{Analysis, Document};
use crate::pipeline::ANALYSER;
use crate::store::hash::{extra, hash};
use crate::store::{Store, failed, statements};
use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, OptionalExtension, TransactionBehavior, params};

/// What became of an article on its way into the database.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ingested {
    /// Its key wasn't there.
    New,
    /// Its key was there with another text or other particulars: there is a version more.
    Changed,
    /// It was there as it is, but another analysis had found its quotes: they were replaced.
    Reanalysed,
    /// It was there as it is; nothing was written.
    Same,
}

impl Store {
    /// Writes one article and its analysis in one transaction.
    ///
    /// An article is known by its key alone: the same words under another key are another article.
    ///
    /// # Errors
    /// [`Error::Input`] when this one article can't be kept, which leaves the others as they are;
    /// [`Error::Database`] when the file can't be written to.
    pub fn write(&mut self, document: &Document, analysis: &Analysis) -> Result<Ingested> {
        let path = self.path.clone();
        let kept = |error: rusqlite::Error| match error.sqlite_error_code() {
            Some(ErrorCode::ConstraintViolation | ErrorCode::TooBig) => Error::Input {
                origin: document.origin.clone(),
                reason: format!(
                    "can't be kept in the database ({error}); this is a mistake of onrecord, please report it"
                ),
            },
            _ => failed(&path)(error),
        };
        let transaction = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)
            .map_err(failed(&path))?;
        let ingested = article(&transaction, document, analysis).map_err(kept)?;
        transaction.commit().map_err(kept)?;
        Ok(ingested)
    }
}

/// The version that stands for an article now.
struct Current {
    article: i64,
    version: i64,
    number: i64,
    hash: String,
    analyser: String,
}

fn article(connection: &Connection, document: &Document, analysis: &Analysis) -> rusqlite::Result<Ingested> {
    let hash = hash(document);
    let now = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let (ingested, article, number) = match current(connection, &document.key)? {
        Some(current) if current.hash == hash => return again(connection, &current, document, analysis),
        Some(current) => {
            supersede(connection, current.version)?;
            (Ingested::Changed, current.article, current.number + 1)
        }
        None => (Ingested::New, insert_article(connection, &document.key, &now)?, 1),
    };
    let version = insert_version(connection, document, &Version { article, number, hash, now })?;
    statements::write(connection, version, document, analysis)?;
    Ok(ingested)
}

/// The same article again: its quotes are replaced when they are from another analysis.
fn again(
    connection: &Connection,
    current: &Current,
    document: &Document,
    analysis: &Analysis,
) -> rusqlite::Result<Ingested> {
    if current.analyser == ANALYSER {
        return Ok(Ingested::Same);
    }
    statements::replace(connection, current.version, document, analysis)?;
    connection
        .prepare_cached("UPDATE article_version SET analyser = ?2 WHERE id = ?1")?
        .execute(params![current.version, ANALYSER])?;
    Ok(Ingested::Reanalysed)
}

fn current(connection: &Connection, key: &str) -> rusqlite::Result<Option<Current>> {
    connection
        .prepare_cached(
            "SELECT v.article, v.id, v.number, v.hash, v.analyser
               FROM article AS a JOIN article_version AS v ON v.article = a.id AND v.is_current = 1
              WHERE a.key = ?1",
        )?
        .query_row([key], |row| {
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

fn supersede(connection: &Connection, version: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE article_version SET is_current = 0 WHERE id = ?1")?
        .execute([version])?;
    Ok(())
}

fn insert_article(connection: &Connection, key: &str, now: &str) -> rusqlite::Result<i64> {
    connection.prepare_cached("INSERT INTO article (key, first_seen) VALUES (?1, ?2)")?.insert([key, now])
}

/// What a version has beside its document.
struct Version {
    article: i64,
    number: i64,
    hash: String,
    now: String,
}

fn insert_version(connection: &Connection, document: &Document, version: &Version) -> rusqlite::Result<i64> {
    connection
        .prepare_cached(
            "INSERT INTO article_version (article, number, is_current, hash, origin, url, title, outlet, byline,
                                          published, language, extra, ingested, analyser, text)
             VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        )?
        .insert(params![
            version.article,
            version.number,
            version.hash,
            document.origin,
            document.url,
            document.title,
            document.outlet,
            document.byline,
            document.published.map(|date| date.to_string()),
            document.language,
            extra(document),
            version.now,
            ANALYSER,
            document.text.as_str(),
        ])
}
