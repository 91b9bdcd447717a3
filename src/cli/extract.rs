//! `onrecord extract`: articles to the record format on standard output.

use crate::cli::Global;
use crate::cli::outcome::Outcome;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {}

const EXAMPLES: &str = "\
Examples:
  onrecord extract article.txt";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let _ = (args, global);
    anyhow::bail!("`extract` is not written yet")
}
