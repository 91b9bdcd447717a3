//! What became of the inputs, counted.

use crate::cli::outcome::Outcome;
use crate::store::write::Ingested;
use serde::Serialize;
use std::fmt;

/// What became of the inputs so far.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Tally {
    /// Articles read.
    #[serde(rename = "read")]
    pub articles: u64,
    /// What the database made of them, where one is written.
    #[serde(flatten)]
    pub kept: Option<Kept>,
    /// Files and records that are no article's and were left alone.
    #[serde(rename = "skipped")]
    pub passed_over: u64,
    /// Inputs that failed; each was named on standard error.
    pub failed: u64,
    /// Whether the person at the keyboard stopped the work (Ctrl-C).
    #[serde(skip)]
    pub interrupted: bool,
}

/// What became of articles in the database.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Kept {
    pub new: u64,
    pub changed: u64,
    /// There already, but with quotes that another version of the analysis had found.
    pub reanalysed: u64,
    pub same: u64,
    /// Statements of all but those that are the same.
    pub quotes: u64,
}

impl Tally {
    pub fn outcome(self) -> Outcome {
        if self.failed > 0 || self.interrupted { Outcome::SomeFailed } else { Outcome::Done }
    }

    /// Whether there is more to tell than that every input was read.
    pub fn is_notable(self) -> bool {
        self.articles == 0 || self.failed > 0 || self.passed_over > 0 || self.interrupted
    }
}

impl Kept {
    pub fn count(&mut self, ingested: Ingested, statements: usize) {
        match ingested {
            Ingested::New => self.new += 1,
            Ingested::Changed => self.changed += 1,
            Ingested::Reanalysed => self.reanalysed += 1,
            Ingested::Same => self.same += 1,
        }
        if ingested != Ingested::Same {
            self.quotes += statements as u64;
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.interrupted {
            f.write_str("stopped: ")?;
        }
        write!(f, "{} read", counted(self.articles, "article"))?;
        if let Some(kept) = self.kept {
            write!(f, ": {kept}")?;
        }
        if self.passed_over > 0 {
            write!(f, ", {} skipped (no articles by name or content)", self.passed_over)?;
        }
        if self.failed > 0 {
            write!(f, ", {} failed", self.failed)?;
        }
        if let Some(kept) = self.kept {
            write!(f, "; {} found", counted(kept.quotes, "quote"))?;
        }
        Ok(())
    }
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { new, changed, reanalysed, same, .. } = self;
        write!(f, "{new} new, {changed} changed, ")?;
        if *reanalysed > 0 {
            write!(f, "{reanalysed} reanalysed, ")?;
        }
        write!(f, "{same} there already")
    }
}

/// A number with its noun: `1 article`, `2 articles`.
pub fn counted(number: u64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
