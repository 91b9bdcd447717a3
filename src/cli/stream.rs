//! Articles from the inputs through the analysis to a command, in order, on many threads.

use crate::cli::inputs::Inputs;
use crate::cli::interrupt;
use crate::cli::ordered::ordered;
use crate::cli::report::Report;
use crate::error::{Error, Result};
use crate::intake::{self, Piece};
use crate::lexicon::intake::IntakeWords;
use crate::model::Document;
use crate::text::document;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// What comes next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step<T> {
    Article(T),
    /// Nothing is ready, and may not be for long: whoever collects should look after what was collected.
    Idle,
}

/// Reads every article, has `work` make a `T` of it, and gives those to `sink` in the order of the input, whatever
/// the number of threads.
///
/// `work` runs on the worker threads and should do all that it can (analysis, writing JSON, hashing); `sink`
/// runs on the calling thread. An input that fails is reported and counted, and so is one that makes `work`
/// panic. Ctrl-C ends the loop behind the current article.
///
/// # Errors
/// Those of `work` and `sink`, which end the loop; but [`Error::Input`] costs one article, as it does in reading.
pub fn for_each_article<T: Send + 'static>(
    words: &Arc<IntakeWords>,
    inputs: &Inputs,
    report: &mut Report,
    work: impl Fn(Document) -> Result<T> + Sync,
    mut sink: impl FnMut(&mut Report, Step<T>) -> Result<()>,
) -> Result<()> {
    let stop = interrupt::flag();
    let mut outcome = Ok(());
    let work = |piece| finish(piece, words, &work);
    let feed = inputs.feed(words, report.meter());
    ordered(feed, weight, inputs.jobs().get(), stop, work, |end| {
        outcome = match end {
            Some(end) => take(end, report, &mut sink),
            None => sink(report, Step::Idle),
        };
        report.show();
        if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    report.tally.interrupted = stop.load(Ordering::Relaxed);
    outcome
}

/// What became of one piece.
type End<T> = Result<Worked<T>>;

/// A piece that didn't fail.
enum Worked<T> {
    Article(T),
    /// No article; this input.
    PassedOver(String),
}

fn take<T>(
    end: End<T>,
    report: &mut Report,
    sink: impl FnOnce(&mut Report, Step<T>) -> Result<()>,
) -> Result<()> {
    match end {
        Ok(Worked::Article(article)) => {
            report.tally.articles += 1;
            match sink(report, Step::Article(article)) {
                Err(error @ Error::Input { .. }) => report.fail(&error),
                outcome => outcome,
            }
        }
        Ok(Worked::PassedOver(input)) => {
            report.pass_over(&input);
            Ok(())
        }
        Err(error @ Error::Database { .. }) => Err(error),
        Err(error) => report.fail(&error),
    }
}

/// Reads and works on one piece.
fn finish<T>(piece: Result<Piece>, words: &IntakeWords, work: impl Fn(Document) -> Result<T>) -> End<T> {
    let unread = match piece? {
        Piece::Article(unread) => unread,
        Piece::PassedOver(input) => return Ok(Worked::PassedOver(input)),
    };
    let raw = intake::article(unread, words)?;
    let origin = raw.origin.clone();
    // A mistake of ours in one article must not cost the others.
    let result = catch_unwind(AssertUnwindSafe(|| work(document(raw))));
    let stumbled = |_| Error::Input {
        origin,
        reason: "made onrecord stumble, which is a mistake in onrecord; please report it with this article"
            .to_owned(),
    };
    result.map_err(stumbled)?.map(Worked::Article)
}

/// Bytes that a piece stands for.
fn weight(piece: &Result<Piece>) -> usize {
    match piece {
        Ok(Piece::Article(unread)) => unread.weight(),
        Ok(Piece::PassedOver(_)) | Err(_) => 1 << 10,
    }
}
