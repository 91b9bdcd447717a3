//! Keeps articles in the database, many in one transaction, and passes over those that are there.

use crate::cli::report::Report;
use crate::cli::tally::Kept;
use crate::error::Result;
use crate::model::Document;
use crate::pipeline::{Engine, analyse};
use crate::store::Store;
use crate::store::entry::Entry;
use crate::store::hash::hash;
use crate::store::known::{Known, Presence};
use crate::store::write::Ingested;
use serde_json::json;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What is to be done with an article.
#[derive(Clone, PartialEq, Debug)]
pub enum Work {
    /// Nothing: when a thread looked, it was there as it is, as this article.
    Same(Box<Document>, i64),
    /// To be written; where a thread saw an article that it is a version of, with that.
    Keep(Box<Entry>, Option<i64>),
}

/// Collects articles and writes them batch by batch.
///
/// Nothing is held open between two batches, so that another program can write, too.
pub struct Keeper {
    store: Store,
    path: PathBuf,
    batch: Vec<Entry>,
    /// Articles of which there will be another version with this batch, as far as is known.
    changing: BTreeSet<i64>,
    weight: usize,
    most: usize,
    /// When the first of the batch came.
    since: Instant,
}

/// A batch is written when it weighs so many bytes, or its first article has waited so long.
const HEAVIEST: usize = 8 << 20;
const LONGEST: Duration = Duration::from_secs(1);

impl Keeper {
    /// Batches will have `most` articles at most.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open(path: &Path, most: usize, patience: Duration) -> Result<Self> {
        let store = Store::open_waiting(path, patience)?;
        let path = path.to_owned();
        let (batch, changing) = (Vec::new(), BTreeSet::new());
        Ok(Self { store, path, batch, changing, weight: 0, most, since: Instant::now() })
    }

    /// What is in the database, for the threads that analyse.
    pub fn known(&self) -> SharedKnown {
        SharedKnown { path: self.path.clone(), idle: Mutex::new(Vec::new()) }
    }

    /// Takes an article that was there as it is when a thread looked, and keeps it where that isn't so any more: an
    /// earlier version of it may have come in between, that stands before it in the input.
    ///
    /// # Errors
    /// As [`Store::write_all`].
    pub fn keep_same(
        &mut self,
        document: Document,
        article: i64,
        engine: &Engine,
        report: &mut Report,
    ) -> Result<()> {
        let is_like_it = |entry: &Entry| may_be_one(&entry.document, &document);
        if self.changing.contains(&article) || self.batch.iter().any(is_like_it) {
            self.flush(report)?;
        }
        // As long as nothing changed, what was there is there.
        let is_there = kept(report).changed == 0
            || matches!(self.store.presence(&document, &hash(&document))?, Presence::Same(_));
        if is_there {
            kept(report).count(Ingested::Same, 0);
            return Ok(());
        }
        self.keep(entry(document, engine), Some(article), report)
    }

    /// Takes an article, a version of `article` if that is known, and writes the batch when it is full.
    ///
    /// # Errors
    /// As [`Store::write_all`].
    pub fn keep(&mut self, entry: Entry, article: Option<i64>, report: &mut Report) -> Result<()> {
        if self.batch.is_empty() {
            self.since = Instant::now();
        }
        self.weight += entry.weight();
        self.changing.extend(article);
        self.batch.push(entry);
        if self.batch.len() >= self.most || self.weight >= HEAVIEST {
            self.flush(report)
        } else {
            self.rest(report)
        }
    }

    /// Writes the batch when its articles have waited long enough.
    ///
    /// # Errors
    /// As [`Store::write_all`].
    pub fn rest(&mut self, report: &mut Report) -> Result<()> {
        let waits = !self.batch.is_empty() && self.since.elapsed() >= LONGEST;
        if waits { self.flush(report) } else { Ok(()) }
    }

    /// Writes what was collected. Only what is in the database is counted as kept.
    ///
    /// # Errors
    /// As [`Store::write_all`].
    pub fn flush(&mut self, report: &mut Report) -> Result<()> {
        // Also when nothing was kept: a count of nothing is told, too.
        kept(report);
        if self.batch.is_empty() {
            return Ok(());
        }
        let outcomes = self.store.write_all(&self.batch)?;
        self.weight = 0;
        self.changing.clear();
        for (entry, outcome) in self.batch.drain(..).zip(outcomes) {
            match outcome {
                Ok(ingested) => {
                    kept(report).count(ingested, entry.statements());
                    report.event(
                        || json!({ "event": "stored", "article": entry.document.key, "as": name(ingested) }),
                    );
                }
                Err(error) => report.fail(&error)?,
            }
        }
        Ok(())
    }
}

fn kept(report: &mut Report) -> &mut Kept {
    report.tally.kept.get_or_insert_default()
}

const fn name(ingested: Ingested) -> &'static str {
    match ingested {
        Ingested::New => "new",
        Ingested::Changed => "changed",
        Ingested::Reanalysed => "reanalysed",
        Ingested::Same => "same",
    }
}

/// Looks articles up from many threads, each with a connection of its own.
pub struct SharedKnown {
    path: PathBuf,
    idle: Mutex<Vec<Known>>,
}

impl SharedKnown {
    /// Makes an entry of a document, unless it is in the database as it is.
    ///
    /// # Errors
    /// As [`Known::presence`].
    pub fn work(&self, document: Document, engine: &Engine) -> Result<Work> {
        let hash = hash(&document);
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let known = idle.map_or_else(|| Known::open(&self.path), Ok)?;
        let presence = known.presence(&document, &hash);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(known);
        Ok(match presence? {
            Presence::Same(article) => Work::Same(Box::new(document), article),
            Presence::Other(article) => Work::Keep(Box::new(entry(document, engine)), Some(article)),
            Presence::Absent => Work::Keep(Box::new(entry(document, engine)), None),
        })
    }
}

fn entry(document: Document, engine: &Engine) -> Entry {
    let (hash, analysis) = (hash(&document), analyse(&document, engine));
    Entry::new(document, hash, analysis)
}

/// Whether two may be versions of one article.
fn may_be_one(one: &Document, other: &Document) -> bool {
    let others = names(other);
    names(one).iter().flatten().any(|name| others.contains(&Some(name)))
}

fn names(document: &Document) -> [Option<&str>; 2] {
    [Some(&document.key), document.url.as_deref()]
}
