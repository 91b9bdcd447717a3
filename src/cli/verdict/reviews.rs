//! `onrecord verdict reviews`: lists the reviews of others.

use crate::cli::Global;
use crate::cli::listing::Listing;
use crate::cli::outcome::Outcome;
use crate::cli::table::{Column, Line, column, wide, words};
use crate::cli::verdict::Days;
use crate::query::Reader;
use crate::query::reviews::{ReviewFilter, ReviewRow};
use comfy_table::Cell;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Only of reviewers with these words in their name
    #[arg(long, value_name = "WORDS")]
    pub by: Option<String>,
    /// Only of claims by people with these words in their name
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    #[command(flatten)]
    pub days: Days,
    #[command(flatten)]
    pub listing: Listing,
}

const EXAMPLES: &str = "\
Examples:
  onrecord verdict reviews
  onrecord verdict reviews --by 'fact desk' --since 2025-10 --format jsonl

The last column names the claim in this database that is in the words reviewed, if there is one: the same
words without regard to case and marks, and no other speaker than the one that the review names.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let reader = Reader::open(&global.db)?;
    let filter = ReviewFilter {
        reviewer: args.by.clone(),
        claimant: args.speaker.clone(),
        since: args.days.since,
        until: args.days.until,
        limit: args.listing.fetch(),
    };
    args.listing.print("reviews", |each| reader.reviews(&filter, each))?;
    Ok(Outcome::Done)
}

impl Line for ReviewRow {
    const HEAD: &'static [Column] = &[
        column("date", 12),
        column("reviewer", 20),
        column("rating", 18),
        column("claimant", 20).from(80),
        wide("words"),
        column("claim", 19).from(90),
    ];

    fn line(&self) -> Vec<Cell> {
        let or_none = |cell: &Option<String>, most| words(cell.as_deref().unwrap_or("–"), most);
        vec![
            or_none(&self.published, 12),
            or_none(&self.reviewer, 60),
            or_none(&self.rating, 60),
            or_none(&self.claimant, 60),
            words(&self.words, 200),
            Cell::new(self.claim.map_or_else(|| "–".to_owned(), |claim| claim.to_string())),
        ]
    }
}
