//! `onrecord verdict scale`: the scale that verdicts are given on.

use crate::cli::Global;
use crate::cli::listing::Listing;
use crate::cli::outcome::Outcome;
use crate::cli::patience::Patience;
use crate::cli::table::{Column, Line, column, wide, words};
use crate::cli::tally::counted;
use crate::intake::scale::scale;
use crate::lexicon::verdict_scale;
use crate::model::verdicts::Rating;
use crate::query::Reader;
use crate::store::Store;
use comfy_table::{Cell, CellAlignment};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Put the scale in this CSV or JSON file in the place of the one there is
    #[arg(long, value_name = "FILE", conflicts_with = "reset")]
    pub set: Option<PathBuf>,
    /// Go back to the scale that comes with the program
    #[arg(long)]
    pub reset: bool,
    #[command(flatten)]
    pub patience: Patience,
    #[command(flatten)]
    pub listing: Listing,
}

const EXAMPLES: &str = "\
Examples:
  onrecord verdict scale
  onrecord verdict scale --format csv > scale.csv
  onrecord verdict scale --set scale.csv

A scale is a table with the columns name, alternate_name (what readers see), value, worst and best: the
numbers that ClaimReview gives as ratingValue, worstRating and bestRating, all three or none. In JSON it
is a list of objects with these names. The order of the file is the order of the list. Verdicts that were
given keep the name and numbers that they were given with.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    if let Some(path) = &args.set {
        let scale = scale(path)?;
        Store::open_waiting(&global.db, args.patience.time())?.set_scale(&scale)?;
        say!("{} on the scale now", counted(scale.len() as u64, "rating"));
        return Ok(Outcome::Done);
    }
    if args.reset {
        Store::open_waiting(&global.db, args.patience.time())?.set_scale(&[])?;
    }
    let scale =
        if global.db.exists() { Reader::open(&global.db)?.scale()? } else { verdict_scale::built_in()? };
    let limit = args.listing.fetch().map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
    args.listing.print("ratings", |each| {
        let count = scale.len().min(limit) as u64;
        scale.into_iter().take(limit).try_for_each(each)?;
        Ok(count)
    })?;
    Ok(Outcome::Done)
}

impl Line for Rating {
    const HEAD: &'static [Column] = &[
        column("name", 30),
        wide("alternate name"),
        column("value", 8),
        column("worst", 8),
        column("best", 8),
    ];

    fn line(&self) -> Vec<Cell> {
        let number = |number: Option<f64>| {
            let shown = number.map_or_else(|| "–".to_owned(), |number| number.to_string());
            Cell::new(shown).set_alignment(CellAlignment::Right)
        };
        vec![
            words(&self.name, 100),
            words(&self.alternate_name, 100),
            number(self.value),
            number(self.worst),
            number(self.best),
        ]
    }
}
