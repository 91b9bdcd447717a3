//! `onrecord check`: looks for damage in the database.

use crate::cli::Global;
use crate::cli::outcome::{Outcome, STDOUT};
use crate::cli::patience::Patience;
use crate::cli::tally::counted;
use crate::cli::visible::visible;
use crate::error::Error;
use crate::store::Store;
use indicatif::ProgressBar;
use std::io::{Write, stdout};
use std::time::Duration;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    pub patience: Patience,
}

const EXAMPLES: &str = "\
Examples:
  onrecord check
  onrecord check --db news.db && onrecord backup news-backup.db --db news.db

Prints a line for each thing that is wrong: broken pages and references, quotes that don't stand in their
article, texts that differ from their hash, indexes out of step. Exit code 1 when there is any, 3 when the file is too
damaged to be read to its end.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let store = Store::open_existing(&global.db, args.patience.time())?;
    let bar = ProgressBar::new_spinner();
    bar.enable_steady_tick(Duration::from_millis(200));
    bar.set_message("looking at the tables");
    let mut findings = Vec::new();
    let mut versions = 0;
    let seen = |count| {
        versions = count;
        if count % 1000 == 0 {
            bar.set_message(format!("{count} article versions looked at"));
        }
    };
    let checked = store.check(seen, |finding| findings.push(finding));
    bar.finish_and_clear();
    let mut out = stdout().lock();
    for finding in &findings {
        writeln!(out, "{}", visible(finding)).map_err(Error::io(STDOUT))?;
    }
    out.flush().map_err(Error::io(STDOUT))?;
    checked?;
    let versions = counted(versions, "article version");
    if findings.is_empty() {
        say!("{versions} looked at: nothing is wrong");
        return Ok(Outcome::Done);
    }
    say!(
        "{versions} looked at: {}; put back a copy made by `onrecord backup`, or ingest the articles into a new file",
        counted(findings.len() as u64, "finding")
    );
    Ok(Outcome::SomeFailed)
}
