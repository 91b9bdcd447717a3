//! `onrecord backup`: copies the database.

use crate::cli::Global;
use crate::cli::outcome::{Outcome, Usage};
use crate::cli::visible::whole_line;
use crate::error::Error;
use crate::export::file::put_whole;
use crate::store::backup::backup;
use crate::store::log;
use crate::store::place::Place;
use indicatif::{HumanBytes, ProgressBar};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The file to write, put in its place when it is complete
    #[arg(value_name = "FILE")]
    pub copy: PathBuf,
    /// Replace a file that is there
    #[arg(long)]
    pub replace: bool,
}

const EXAMPLES: &str = "\
Examples:
  onrecord backup onrecord-2025-10-22.db
  onrecord backup /mnt/safe/news.db --db news.db --replace

The copy is the database as it stands at one moment, whole and compact, whoever reads or writes it meanwhile.
Copying the file by other means while an ingest runs may give a damaged one.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let shown = whole_line(&args.copy.to_string_lossy());
    if let Some(reason) = refusal(args, global) {
        return Err(Usage(format!("{shown} {reason}")).into());
    }
    let bar = ProgressBar::new_spinner().with_message("copying");
    bar.enable_steady_tick(Duration::from_millis(200));
    let outcome = put_whole(&args.copy, |draft| {
        backup(&global.db, draft).map_err(|error| named_as(&args.copy, draft, error))
    });
    bar.finish_and_clear();
    outcome?;
    let size = fs::metadata(&args.copy).map_or(0, |copy| copy.len());
    say!("{} written to {shown}", HumanBytes(size));
    Ok(Outcome::Done)
}

/// Why nothing may be put in the place of the file.
fn refusal(args: &Args, global: &Global) -> Option<&'static str> {
    let copy = &args.copy;
    if copy.is_dir() {
        return Some("is a folder; name a file");
    }
    if !copy.exists() {
        // Of a database that was deleted, its log may be left: SQLite would take it for that of the copy.
        return log(copy).exists().then_some(
            "isn't there, but the log of a database of this name (…-wal) is; choose another name, or delete that",
        );
    }
    if !args.replace {
        return Some("is there already; --replace writes over it");
    }
    if Place::of(copy).is(Place::of(&global.db)) {
        return Some("is the database itself; choose another name");
    }
    log(copy).exists().then_some(
        "is a database in use, or one whose program was ended at once; choose another name, or run `onrecord check` \
         with it as --db first",
    )
}

/// The error as it is about the file that was asked for, not the draft of it.
fn named_as(copy: &Path, draft: &Path, error: Error) -> Error {
    match error {
        Error::Database { path, reason } if path == draft => {
            Error::Database { path: copy.to_owned(), reason }
        }
        Error::Io { path, error } if path == draft => Error::Io { path: copy.to_owned(), error },
        error => error,
    }
}
