//! What a command that reads articles tells of its work: progress, each failure, and the end.

use crate::cli::outcome::{Outcome, complain};
use crate::cli::progress::{Progress, Standing, tell};
use crate::cli::tally::Tally;
use crate::cli::visible::whole_line;
use crate::error::{Error, Result};
use crate::export::csv::neutralise;
use crate::intake::Meter;
use serde_json::json;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::thread;

/// Counts what happens, and tells of it as it happens.
pub struct Report {
    pub tally: Tally,
    progress: Progress,
    meter: Meter,
    /// Bytes of all inputs, once they are counted.
    total: Arc<OnceLock<u64>>,
    failures: Option<Failures>,
}

/// A list of failed inputs that grows as they fail.
struct Failures {
    path: PathBuf,
    rows: csv::Writer<File>,
}

impl Report {
    pub fn new(progress: Progress) -> Self {
        Self {
            tally: Tally::default(),
            progress,
            meter: Meter::default(),
            total: Arc::default(),
            failures: None,
        }
    }

    /// Counts the bytes of all inputs on a thread of its own, for the time left.
    pub fn measuring(self, count: impl FnOnce() -> u64 + Send + 'static) -> Self {
        let total = Arc::clone(&self.total);
        thread::spawn(move || total.set(count()));
        self
    }

    /// Lists each failed input with its reason in a new CSV file at `path`.
    ///
    /// # Errors
    /// [`Error::Io`] when the file can't be written.
    pub fn with_failures(mut self, path: &Path) -> Result<Self> {
        let file = File::create(path).map_err(Error::io(path))?;
        let mut failures = Failures { path: path.to_owned(), rows: csv::Writer::from_writer(file) };
        failures.write(["input", "reason"])?;
        self.failures = Some(failures);
        Ok(self)
    }

    /// Counts the bytes of the inputs that are read.
    pub const fn meter(&self) -> &Meter {
        &self.meter
    }

    /// Counts a failed input and names it on standard error, to the program that listens, and in the list.
    ///
    /// # Errors
    /// [`Error::Io`] when the list of failures can't be written to.
    pub fn fail(&mut self, error: &Error) -> Result<()> {
        self.tally.failed += 1;
        self.progress.interrupt(|| complain(&whole_line(&error.to_string())));
        let (input, reason) = error.told();
        self.event(|| json!({ "event": "failed", "input": input, "reason": reason }));
        match &mut self.failures {
            Some(failures) => failures.write([&neutralise(&input), &neutralise(&reason)]),
            None => Ok(()),
        }
    }

    /// Counts an input that is no article, and names it to the program that listens.
    pub fn pass_over(&mut self, input: &str) {
        self.tally.passed_over += 1;
        self.event(|| json!({ "event": "skipped", "input": input }));
    }

    /// Tells a program that listens of one event.
    pub fn event(&self, event: impl FnOnce() -> serde_json::Value) {
        if self.progress.tells_events() {
            tell(&event());
        }
    }

    pub fn show(&mut self) {
        self.progress.show(|| Standing {
            tally: self.tally,
            done: self.meter.bytes(),
            total: self.total.get().copied(),
        });
    }

    /// Says how it ended where a program listens, takes the line of progress away, and gives the outcome.
    pub fn finish(&self) -> Outcome {
        let (done, total) = (self.meter.bytes(), self.total.get().copied());
        self.progress.finish(&Standing { tally: self.tally, done, total });
        self.tally.outcome()
    }
}

impl Failures {
    fn write(&mut self, row: [&str; 2]) -> Result<()> {
        let written = self.rows.write_record(row).map_err(std::io::Error::from);
        written.and_then(|()| self.rows.flush()).map_err(Error::io(&self.path))
    }
}
