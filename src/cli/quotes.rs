//! `onrecord quotes`: lists quotes.

use crate::cli::Global;
use crate::cli::outcome::Outcome;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {}

const EXAMPLES: &str = "\
Examples:
  onrecord quotes --speaker 'Ann Reyes'";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let _ = (args, global);
    anyhow::bail!("`quotes` is not written yet")
}
