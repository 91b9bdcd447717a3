//! Articles from the inputs through the analysis to a command, in order, on many threads.

use crate::cli::inputs::Inputs;
use crate::cli::interrupt;
use crate::cli::ordered::ordered;
use crate::cli::outcome::Outcome;
use crate::cli::progress::Progress;
use crate::error::{Error, Result};
use crate::intake::{self, Meter, Piece};
use crate::model::{Analysis, Document};
use crate::pipeline::{Engine, analyse};
use crate::text::document;
use std::fmt;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::Ordering;

/// What became of the inputs.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    pub articles: u64,
    /// Inputs that failed; each was named on standard error.
    pub failed: u64,
    /// Files of folders whose names are no article's.
    pub passed_over: u64,
    /// Whether the person at the keyboard stopped the work (Ctrl-C).
    pub interrupted: bool,
}

impl Tally {
    pub fn outcome(self) -> Outcome {
        if self.failed > 0 || self.interrupted { Outcome::SomeFailed } else { Outcome::Done }
    }

    fn fail(&mut self, error: &Error, progress: &Progress) {
        self.failed += 1;
        progress.error(error);
    }

    /// Whether there is more to tell than that every input was read.
    pub fn is_notable(self) -> bool {
        self.articles == 0 || self.failed > 0 || self.passed_over > 0 || self.interrupted
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.interrupted {
            f.write_str("stopped: ")?;
        }
        write!(f, "{} read", counted(self.articles, "article"))?;
        if self.failed > 0 {
            write!(f, ", {} failed", self.failed)?;
        }
        if self.passed_over > 0 {
            let files = counted(self.passed_over, "file");
            write!(f, ", {files} passed over (no articles by content or name)")?;
        }
        Ok(())
    }
}

fn counted(number: u64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Reads and analyses every article, turns it into a `T`, and gives those to `sink` in the order
/// of the input, whatever the number of threads.
///
/// `work` runs on the worker threads and should do all that it can (writing JSON, hashing); `sink`
/// runs on the calling thread. An input that fails is named on standard error and counted. Ctrl-C
/// ends the loop behind the current article.
///
/// # Errors
/// Those of `sink`, which end the loop; but [`Error::Input`] costs one article, as it does in reading.
pub fn for_each_article<T: Send + 'static>(
    engine: &Engine,
    inputs: &Inputs,
    mut progress: Progress,
    work: impl Fn(Document, Analysis) -> T + Sync,
    mut sink: impl FnMut(T) -> Result<()>,
) -> Result<Tally> {
    let stop = interrupt::flag();
    let mut tally = Tally::default();
    let mut outcome = Ok(());
    let work = |piece| finish(piece, engine, &work);
    let feed = inputs.feed(&engine.lexicon.intake, &Meter::default());
    ordered(feed, weight, inputs.jobs().get(), stop, work, |end| {
        match end {
            Ok(Some(article)) => match sink(article) {
                Ok(()) => tally.articles += 1,
                Err(error @ Error::Input { .. }) => tally.fail(&error, &progress),
                Err(error) => outcome = Err(error),
            },
            Ok(None) => tally.passed_over += 1,
            Err(error) => tally.fail(&error, &progress),
        }
        progress.show(&tally);
        if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    progress.clear();
    tally.interrupted = stop.load(Ordering::Relaxed);
    outcome.map(|()| tally)
}

/// Reads and analyses one piece; `None` for one that is passed over.
fn finish<T>(
    piece: Result<Piece>,
    engine: &Engine,
    work: impl Fn(Document, Analysis) -> T,
) -> Result<Option<T>> {
    let Piece::Article(unread) = piece? else { return Ok(None) };
    let document = document(intake::article(unread, &engine.lexicon.intake)?);
    let origin = document.origin.clone();
    // A mistake of ours in one article must not cost the others.
    let result = catch_unwind(AssertUnwindSafe(|| {
        let analysis = analyse(&document, engine);
        work(document, analysis)
    }));
    result.map(Some).map_err(|_| Error::Input {
        origin,
        reason: "made onrecord stumble, which is a mistake in onrecord; please report it with this article"
            .to_owned(),
    })
}

/// Bytes that a piece stands for.
fn weight(piece: &Result<Piece>) -> usize {
    match piece {
        Ok(Piece::Article(unread)) => unread.weight(),
        Ok(Piece::PassedOver(_)) | Err(_) => 1 << 10,
    }
}
