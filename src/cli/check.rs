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
damaged to be read to its end. Where claims are out of step, `onrecord claims rebuild` groups them anew; that
statements wait for it after `ingest --no-claims` is a remark and nothing wrong.";

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
    let checked = checked?;
    let versions = counted(versions, "article version");
    let left_out = left_out(checked.left_out);
    if findings.is_empty() {
        say!("{versions} looked at: nothing is wrong{left_out}");
        return Ok(Outcome::Done);
    }
    let others = findings.len() as u64 - checked.claims;
    say!("{versions} looked at: {}{left_out}", advice(checked.claims, others));
    Ok(Outcome::SomeFailed)
}

/// A remark on statements that were left out.
fn left_out(statements: u64) -> String {
    let are = if statements == 1 { "isn't" } else { "aren't" };
    match statements {
        0 => String::new(),
        _ => format!(
            "\n{} {are} among the claims yet; `onrecord claims rebuild` puts them there",
            counted(statements, "statement")
        ),
    }
}

/// What to do about so many findings.
fn advice(claims: u64, others: u64) -> String {
    let mend = "put back a copy made by `onrecord backup`, or ingest the articles into a new file";
    let rebuild = "`onrecord claims rebuild` groups the statements anew";
    match (claims, others) {
        (0, others) => format!("{}; {mend}", counted(others, "finding")),
        (claims, 0) => format!("{}, all of claims out of step; {rebuild}", counted(claims, "finding")),
        (claims, others) => format!(
            "{}; {mend}; {claims} of them are of claims out of step, and for those alone {rebuild}",
            counted(claims + others, "finding")
        ),
    }
}
