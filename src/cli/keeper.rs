//! Keeps articles in the database, many in one transaction, and passes over those that are there.

use crate::cli::report::Report;
use crate::cli::tally::Kept;
use crate::error::Result;
use crate::model::Document;
use crate::pipeline::{Engine, analyse};
use crate::store::Store;
use crate::store::entry::Entry;
use crate::store::hash::hash;
use crate::store::known::Known;
use crate::store::left::Claims;
use crate::store::write::Ingested;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What is to be done with an article.
#[derive(Clone, PartialEq, Debug)]
pub enum Work {
    /// Nothing: it is there.
    Same,
    Keep(Box<Entry>),
}

/// Collects articles and writes them batch by batch.
///
/// Nothing is held open between two batches, so that another program can write, too.
pub struct Keeper {
    store: Store,
    path: PathBuf,
    batch: Vec<Entry>,
    weight: usize,
    most: usize,
    claims: Claims,
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
    pub fn open(path: &Path, most: usize, claims: Claims, patience: Duration) -> Result<Self> {
        let store = Store::open_waiting(path, patience)?;
        let path = path.to_owned();
        Ok(Self { store, path, batch: Vec::new(), weight: 0, most, claims, since: Instant::now() })
    }

    /// What is in the database, for the threads that analyse.
    pub fn known(&self) -> SharedKnown {
        SharedKnown { path: self.path.clone(), claims: self.claims, idle: Mutex::new(Vec::new()) }
    }

    pub fn count_same(&mut self, report: &mut Report) {
        kept(report).count(Ingested::Same, 0);
    }

    /// Takes an article, and writes the batch when it is full.
    ///
    /// # Errors
    /// As [`Store::write_all`].
    pub fn keep(&mut self, entry: Entry, report: &mut Report) -> Result<()> {
        if self.batch.is_empty() {
            self.since = Instant::now();
        }
        self.weight += entry.weight();
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
        let outcomes = self.store.write_all_with(&self.batch, self.claims)?;
        self.weight = 0;
        for (entry, outcome) in self.batch.drain(..).zip(outcomes) {
            match outcome {
                Ok(ingested) => {
                    kept(report).count(ingested, entry.statements());
                    tell(report, &entry, ingested);
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

/// Tells a program that listens what was written; an article that was there already was not.
fn tell(report: &Report, entry: &Entry, ingested: Ingested) {
    if ingested != Ingested::Same {
        let key = &entry.document.key;
        report.event(|| json!({ "event": "stored", "article": key, "as": name(ingested) }));
    }
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
    claims: Claims,
    idle: Mutex<Vec<Known>>,
}

impl SharedKnown {
    /// Makes an entry of a document, unless it is in the database as it is.
    ///
    /// # Errors
    /// As [`Known::is_there`].
    pub fn work(&self, document: Document, engine: &Engine) -> Result<Work> {
        let hash = hash(&document);
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let known = idle.map_or_else(|| Known::open(&self.path), Ok)?;
        let is_there = known.is_there(&document, &hash, &engine.analyser);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(known);
        if is_there? {
            return Ok(Work::Same);
        }
        let analysis = analyse(&document, engine);
        let entry = Entry::new(document, hash, analysis, &engine.analyser);
        Ok(Work::Keep(Box::new(if self.claims == Claims::Kept { entry.weighed() } else { entry })))
    }
}
