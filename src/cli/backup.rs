//! `onrecord backup`: copies the database.

use crate::cli::Global;
use crate::cli::outcome::{Outcome, Usage};
use crate::cli::visible::whole_line;
use crate::export::file::put_whole;
use crate::store::backup::backup;
use indicatif::{HumanBytes, ProgressBar};
use std::fs;
use std::path::PathBuf;
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
    if args.copy.exists() && !args.replace {
        return Err(Usage(format!("{shown} is there already; --replace writes over it")).into());
    }
    let bar = ProgressBar::new_spinner().with_message("copying");
    bar.enable_steady_tick(Duration::from_millis(200));
    let outcome = put_whole(&args.copy, |draft| backup(&global.db, draft));
    bar.finish_and_clear();
    outcome?;
    let size = fs::metadata(&args.copy).map_or(0, |copy| copy.len());
    anstream::eprintln!("{} written to {shown}", HumanBytes(size));
    Ok(Outcome::Done)
}
