//! `onrecord undo`: takes a correction back.

use crate::cli::Global;
use crate::cli::outcome::Outcome;
use crate::cli::patience::Patience;
use crate::cli::reviewer::By;
use crate::cli::values::count;
use crate::store::Store;
use std::num::NonZeroU64;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The correction's id, as `corrections` lists it
    #[arg(value_name = "ID", value_parser = count, allow_negative_numbers = true)]
    pub id: NonZeroU64,
    #[command(flatten)]
    pub by: By,
    #[command(flatten)]
    pub patience: Patience,
}

const EXAMPLES: &str = "\
Examples:
  onrecord undo 3
  onrecord undo 3 --note 'it was his twin brother'

All is then as it would be without the correction; later ones of the same quote stay. The log keeps
both the correction and that it was taken back.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let by = args.by.reviewer()?;
    let mut store = Store::open_existing(&global.db, args.patience.time())?;
    store.undo(i64::try_from(args.id.get()).unwrap_or(i64::MAX), &by)?;
    say!("correction {} taken back", args.id);
    Ok(Outcome::Done)
}
