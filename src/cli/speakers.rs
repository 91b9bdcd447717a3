//! `onrecord speakers`: lists speakers.

use crate::cli::Global;
use crate::cli::outcome::Outcome;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {}

const EXAMPLES: &str = "\
Examples:
  onrecord speakers";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let _ = (args, global);
    anyhow::bail!("`speakers` is not written yet")
}
