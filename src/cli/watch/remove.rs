//! `onrecord watch remove`: takes off the watch list.

use crate::cli::Global;
use crate::cli::outcome::{Outcome, Usage};
use crate::cli::patience::Patience;
use crate::cli::values::count;
use crate::model::watches::WatchId;
use crate::store::Store;
use std::num::NonZeroU64;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The watch's number, as `onrecord watch` lists it
    #[arg(value_name = "ID", value_parser = count, allow_negative_numbers = true)]
    pub id: NonZeroU64,
    #[command(flatten)]
    pub patience: Patience,
}

const EXAMPLES: &str = "\
Examples:
  onrecord watch remove 2

Its number is never given to another watch.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let mut store = Store::open_existing(&global.db, args.patience.time())?;
    let id = i64::try_from(args.id.get()).unwrap_or(i64::MAX);
    if !store.remove_watch(WatchId(id))? {
        return Err(Usage(format!("there is no watch {id}; `onrecord watch` lists them")).into());
    }
    say!("watch {id} removed");
    Ok(Outcome::Done)
}
