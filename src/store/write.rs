//! Writes articles, what they say about themselves and what was found in them.

use crate::error::{Error, Result};
use crate::model::{Analysis, Document, Keyed};
use crate::pipeline::ANALYSER;
use crate::store::corrections::log::concerns;
use crate::store::corrections::replay::replay;
use crate::store::entry::Entry;
use crate::store::hash::{extra, hash};
use crate::store::known::{Current, known, was_so};
use crate::store::left::Claims;
use crate::store::statements::RowId;
use crate::store::wordings::Weighed;
use crate::store::{Store, claims, days, failed, statements, stories};
use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, ToSql, params};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// What became of an article on its way into the database.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ingested {
    /// It wasn't there.
    New,
    /// It was there with another text or other particulars: there is a version more.
    Changed,
    /// It was there as it is, but another analysis had found its quotes: they were replaced.
    Reanalysed,
    /// It was there as it is, or in these words before it changed; nothing was written.
    Same,
}

impl Store {
    /// Writes one article and its analysis in one transaction.
    ///
    /// # Errors
    /// [`Error::Input`] when this one article can't be kept; [`Error::Database`] when the file can't be
    /// written to.
    pub fn write(&mut self, document: &Document, analysis: &Analysis) -> Result<Ingested> {
        let entry = Entry::new(document.clone(), hash(document), analysis.clone(), ANALYSER);
        let mut outcomes = self.write_all(&[entry])?;
        outcomes.pop().expect("one entry has one outcome")
    }

    /// Writes several articles in one transaction, and gives what became of each: all are kept, or, when
    /// the file can't be written to, none.
    ///
    /// An article that can't be kept is an [`Error::Input`] in its place and leaves the others as they are.
    ///
    /// # Errors
    /// [`Error::Database`] when the file can't be written to.
    pub fn write_all(&mut self, entries: &[Entry]) -> Result<Vec<Result<Ingested>>> {
        self.write_all_with(entries, Claims::Kept)
    }

    /// As [`Store::write_all`]; the claims can be left for later.
    ///
    /// # Errors
    /// As [`Store::write_all`].
    pub fn write_all_with(&mut self, entries: &[Entry], claims: Claims) -> Result<Vec<Result<Ingested>>> {
        let path = self.path.clone();
        let whole = self.batch(entries, claims, |connection, entry, batch| {
            article(connection, entry, batch).map(Ok).map_err(|error| {
                if is_its_own(&error) { refusal(entry, &error) } else { failed(&path)(error) }
            })
        });
        match whole {
            Err(Error::Input { .. }) => {}
            outcome => return outcome,
        }
        // Slower: each article is a point to go back to.
        self.batch(entries, claims, |connection, entry, batch| match one(connection, entry, batch) {
            Err(error) if is_its_own(&error) => Ok(Err(refusal(entry, &error))),
            outcome => outcome.map(Ok).map_err(failed(&path)),
        })
    }

    /// Writes entries in one transaction, each as `write` does it; an error of one undoes all.
    fn batch<T>(
        &mut self,
        entries: &[Entry],
        claims: Claims,
        write: impl Fn(&Connection, &Entry, &mut Batch) -> Result<T>,
    ) -> Result<Vec<T>> {
        let path = self.path.clone();
        self.transaction(|connection| {
            let first = RowId::free(connection).map_err(failed(&path))?;
            let mut batch = Batch { next: first, corrected: BTreeMap::new(), weighed: FxHashMap::default() };
            let written = entries.iter().map(|entry| write(connection, entry, &mut batch));
            let written = written.collect::<Result<Vec<T>>>()?;
            statements::index(connection, first, claims, &batch.weighed).map_err(failed(&path))?;
            // Last of all: a correction finds its quote among all that else knows the quotes by.
            let replayed = batch.corrected.values().try_for_each(|&version| replay(connection, version));
            replayed.map_err(failed(&path))?;
            Ok(written)
        })
    }
}

/// What the articles of one transaction have in common.
struct Batch {
    /// The next free row id of a quote.
    next: RowId,
    /// The versions that corrections are to be put upon, by their articles: when all quotes of the batch can be found
    /// by their words, as a correction may change these.
    corrected: BTreeMap<i64, i64>,
    /// What is known of quotes, by their row ids.
    weighed: FxHashMap<i64, Weighed>,
}

impl Batch {
    /// Notes what is known of the quotes of an entry that is written next.
    fn weigh(&mut self, entry: &Entry) {
        let ids = self.next.number()..;
        self.weighed.extend(ids.zip(entry.weighed.iter().cloned()));
    }

    fn note(
        &mut self,
        connection: &Connection,
        key: &str,
        article: i64,
        version: i64,
    ) -> rusqlite::Result<()> {
        if concerns(connection, key)? {
            self.corrected.insert(article, version);
        }
        Ok(())
    }
}

/// Whether an error is the article's own and not the file's.
fn is_its_own(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::ConstraintViolation | ErrorCode::TooBig))
}

/// Says that an article can't be kept.
fn refusal(entry: &Entry, error: &rusqlite::Error) -> Error {
    Error::Input {
        origin: entry.document.origin.clone(),
        reason: format!(
            "can't be kept in the database ({error}); if `onrecord check` finds no damage, this is a mistake of \
             onrecord: please report it"
        ),
    }
}

/// Writes one article wholly or not at all.
fn one(connection: &Connection, entry: &Entry, batch: &mut Batch) -> rusqlite::Result<Ingested> {
    let run = |sql| connection.prepare_cached(sql)?.execute([]);
    run("SAVEPOINT article")?;
    let outcome = article(connection, entry, batch);
    // When the file itself failed, a full disk say, SQLite may have rolled back everything: then there is no savepoint
    // any more, and to hear that would hide the failure.
    if outcome.is_err() && connection.is_autocommit() {
        return outcome;
    }
    if outcome.is_err() {
        run("ROLLBACK TO article")?;
    }
    run("RELEASE article").and(outcome)
}

fn article(connection: &Connection, entry: &Entry, batch: &mut Batch) -> rusqlite::Result<Ingested> {
    let document = &entry.document;
    let now = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let current = known(connection, document, &entry.hash)?;
    let key = current.as_ref().map_or(&document.key, |current| &current.key).clone();
    let ids = entry.ids_under(&key);
    let (ingested, article, number) = match current {
        Some(current) => {
            remember(connection, &current, document)?;
            if current.hash == entry.hash {
                return again(connection, &current, entry, &ids, batch);
            }
            if was_so(connection, current.article, &entry.hash)? {
                return Ok(Ingested::Same);
            }
            supersede(connection, current.version)?;
            (Ingested::Changed, current.article, current.number + 1)
        }
        None => (Ingested::New, insert_article(connection, &document.key, &now)?, 1),
    };
    mark(connection, article, entry)?;
    let version = insert_version(connection, entry, &Version { article, number, now })?;
    batch.weigh(entry);
    statements::write(connection, version, entry, &ids, &mut batch.next)?;
    batch.note(connection, &key, article, version)?;
    if let Some(sketch) = &entry.sketch {
        stories::join(connection, article, version, document.published, sketch)?;
    }
    Ok(ingested)
}

/// The same article again: its quotes are replaced when they are from another analysis.
fn again(
    connection: &Connection,
    current: &Current,
    entry: &Entry,
    ids: &[String],
    batch: &mut Batch,
) -> rusqlite::Result<Ingested> {
    if current.analyser == entry.analyser {
        return Ok(Ingested::Same);
    }
    batch.weigh(entry);
    statements::replace(connection, current.version, entry, ids, &mut batch.next)?;
    batch.note(connection, &current.key, current.article, current.version)?;
    connection
        .prepare_cached("UPDATE article_version SET analyser = ?2 WHERE id = ?1")?
        .execute(params![current.version, entry.analyser])?;
    Ok(Ingested::Reanalysed)
}

fn supersede(connection: &Connection, version: i64) -> rusqlite::Result<()> {
    claims::leave_version(connection, version)?;
    days::leave(connection, version)?;
    connection
        .prepare_cached("UPDATE article_version SET is_current = 0 WHERE id = ?1")?
        .execute([version])?;
    Ok(())
}

fn insert_article(connection: &Connection, key: &str, now: &str) -> rusqlite::Result<i64> {
    connection.prepare_cached("INSERT INTO article (key, first_seen) VALUES (?1, ?2)")?.insert([key, now])
}

/// Notes the id of a document that was recognised by something else.
fn remember(connection: &Connection, current: &Current, document: &Document) -> rusqlite::Result<()> {
    let is_other = document.keyed == Keyed::Own && current.key != document.key;
    if is_other { note(connection, &document.key, current.article) } else { Ok(()) }
}

/// Notes what else the article will be recognised by.
fn mark(connection: &Connection, article: i64, entry: &Entry) -> rusqlite::Result<()> {
    let document = &entry.document;
    match (document.keyed, &document.url) {
        (Keyed::Place, _) => note(connection, &entry.hash, article),
        (Keyed::Own, Some(url)) if *url != document.key => note(connection, url, article),
        (Keyed::Own, _) => Ok(()),
    }
}

/// A mark that is another article's already stays that one's.
fn note(connection: &Connection, mark: &dyn ToSql, article: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO known_as (mark, article) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
        .execute(params![mark, article])
        .map(drop)
}

/// What a version has beside its entry.
struct Version {
    article: i64,
    number: i64,
    now: String,
}

fn insert_version(connection: &Connection, entry: &Entry, version: &Version) -> rusqlite::Result<i64> {
    let document = &entry.document;
    connection
        .prepare_cached(
            "INSERT INTO article_version (article, number, is_current, hash, origin, url, title, outlet, byline,
                                          published, language, extra, ingested, analyser, sketch, text)
             VALUES (?1, ?2, 1, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
        )?
        .insert(params![
            version.article,
            version.number,
            entry.hash,
            document.origin,
            document.url,
            document.title,
            document.outlet,
            document.byline,
            document.published.map(|date| date.to_string()),
            document.language,
            extra(document),
            version.now,
            entry.analyser,
            entry.sketch.as_ref().map(|sketch| sketch.bytes()),
            document.text.as_str(),
        ])
}
