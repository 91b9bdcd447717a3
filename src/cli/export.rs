//! `onrecord export`: rows to a file.

use crate::cli::Global;
use crate::cli::outcome::Outcome;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {}

const EXAMPLES: &str = "\
Examples:
  onrecord export quotes --format csv -o quotes.csv";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let _ = (args, global);
    anyhow::bail!("`export` is not written yet")
}
