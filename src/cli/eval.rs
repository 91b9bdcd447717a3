//! `onrecord eval`: accuracy on annotated articles.

use crate::cli::Global;
use crate::cli::outcome::Outcome;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {}

const EXAMPLES: &str = "\
Examples:
  onrecord eval --gold samples/summit.gold.jsonl";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let _ = (args, global);
    anyhow::bail!("`eval` is not written yet")
}
