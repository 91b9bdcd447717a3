//! `onrecord ingest`: articles into the database.

use crate::cli::inputs::Inputs;
use crate::cli::keeper::{Keeper, Work};
use crate::cli::outcome::Outcome;
use crate::cli::patience::Patience;
use crate::cli::progress::Progress;
use crate::cli::report::Report;
use crate::cli::stream::{Step, for_each_article};
use crate::cli::values::count;
use crate::cli::visible::{one_line, whole_line};
use crate::cli::{DEFAULT_DB, Global};
use crate::error::{Error, Result};
use crate::pipeline::Engine;
use crate::query::Reader;
use crate::store::left::Claims;
use std::num::NonZeroU64;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    pub inputs: Inputs,
    /// List each failed input and its reason in a CSV file
    #[arg(long, value_name = "FILE")]
    pub failures: Option<PathBuf>,
    /// Print what happens on standard output as JSON Lines, for a program to follow
    #[arg(long)]
    pub json: bool,
    /// Most articles written at once: fewer take more time, and less is read again after a crash
    #[arg(long, value_name = "N", value_parser = count, default_value = "1000", allow_negative_numbers = true)]
    pub batch: NonZeroU64,
    /// Leave the claims for later: no new statement is put among them until `onrecord claims rebuild`
    #[arg(long)]
    pub no_claims: bool,
    #[command(flatten)]
    pub patience: Patience,
}

const EXAMPLES: &str = "\
Examples:
  onrecord ingest articles/                    a folder, into onrecord.db
  onrecord ingest corpus.jsonl --db news.db    JSON Lines, into another database
  onrecord ingest archive.warc.gz --failures failed.csv
  onrecord ingest https://example.org/feed.xml --follow     a feed, and the pages that it links to
  onrecord ingest archive/ --no-claims && onrecord claims rebuild
  curl -s https://example.org/a.txt | onrecord ingest -

An article that is there already changes nothing, unless this version of onrecord finds quotes in
another way: then its quotes are replaced. One that was changed becomes a new version beside the old.
Stopped by Ctrl-C or worse, the same command goes on where it was.

--no-claims is for a first fill of many articles: all quotes are stored, and grouping them into claims waits
for `onrecord claims rebuild`. What one such ingest left out, a later one without --no-claims leaves out,
too: it puts only its own statements among the claims.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let engine = global.engine()?;
    let is_first = !global.db.exists();
    let most = usize::try_from(args.batch.get()).unwrap_or(usize::MAX);
    let claims = if args.no_claims { Claims::Left } else { Claims::Kept };
    let mut keeper = Keeper::open(&global.db, most, claims, args.patience.time())?;
    let progress = if args.json { Progress::events() } else { Progress::alone() };
    let inputs = args.inputs.clone();
    let mut report = Report::new(progress).measuring(move || inputs.total());
    if let Some(path) = &args.failures {
        report = report.with_failures(path)?;
    }
    let kept = keep_all(args, &engine, &mut keeper, &mut report);
    drop(keeper);
    report.tally.interrupted |= kept.is_err();
    let outcome = report.finish();
    say!("{}", report.tally);
    kept?;
    if args.no_claims && report.tally.kept.is_some_and(|kept| kept.quotes > 0) {
        say!("claims were left for later: `onrecord claims rebuild{}`", where_else(global));
    }
    if is_first && report.tally.kept.is_some_and(|kept| kept.new > 0) {
        // All is stored, whether or not it can be said what to type next.
        let _ = hint(global);
    }
    Ok(outcome)
}

/// Reads all inputs and writes what they are.
fn keep_all(args: &Args, engine: &Engine, keeper: &mut Keeper, report: &mut Report) -> Result<()> {
    let known = keeper.known();
    let work = |document| known.work(document, engine);
    let outcome = for_each_article(&engine.lexicon.intake, &args.inputs, report, work, |report, step| {
        match step {
            Step::Article(Work::Same) => keeper.count_same(report),
            Step::Article(Work::Keep(entry)) => keeper.keep(*entry, report)?,
            Step::Idle => keeper.rest(report)?,
        }
        Ok(())
    });
    match outcome {
        // Waiting for the same once more would help nobody.
        Err(error @ Error::Database { .. }) => Err(error),
        // What was read before another failure is kept, too.
        outcome => outcome.and(keeper.flush(report)),
    }
}

/// Says what to type next, with the name of whoever said the most.
fn hint(global: &Global) -> Result<()> {
    if let Some(name) = Reader::open(&global.db)?.most_quoted()? {
        say!("next: onrecord quotes --speaker {}{}", quoted(&one_line(&name)), where_else(global));
    }
    Ok(())
}

/// The flag that leads to the database, where it isn't the one that is looked for without.
fn where_else(global: &Global) -> String {
    let db = global.db.to_string_lossy();
    if db == DEFAULT_DB { String::new() } else { format!(" --db {}", quoted(&whole_line(&db))) }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}
