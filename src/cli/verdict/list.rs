//! `onrecord verdict list`: lists verdicts.

use crate::cli::Global;
use crate::cli::listing::Listing;
use crate::cli::outcome::Outcome;
use crate::cli::table::{Column, Line, column, wide, words};
use crate::cli::values::named;
use crate::cli::verdict::Days;
use crate::model::verdicts::{Status, Verdict};
use crate::query::Reader;
use crate::query::verdicts::{Entries, VerdictFilter};
use comfy_table::Cell;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Only claims of this status
    #[arg(long, value_name = "STATUS", value_parser = named::<Status>(statuses()))]
    pub status: Option<Status>,
    /// Only this rating
    #[arg(long, value_name = "NAME")]
    pub rating: Option<String>,
    /// Only verdicts of reviewers with these words in their name
    #[arg(long, value_name = "WORDS")]
    pub by: Option<String>,
    /// Only claims of speakers with these words in their name
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    #[command(flatten)]
    pub days: Days,
    /// Every entry of each claim, not only the latest
    #[arg(long)]
    pub history: bool,
    #[command(flatten)]
    pub listing: Listing,
}

const EXAMPLES: &str = "\
Examples:
  onrecord verdict list
  onrecord verdict list --status in_progress --by lund
  onrecord verdict list --speaker Reyes --since 2025 --format csv > verdicts.csv";

fn statuses() -> impl Iterator<Item = &'static str> {
    Status::ALL.iter().map(|status| status.as_str())
}

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let reader = Reader::open(&global.db)?;
    let filter = VerdictFilter {
        status: args.status,
        rating: args.rating.clone(),
        reviewer: args.by.clone(),
        speaker: args.speaker.clone(),
        since: args.days.since,
        until: args.days.until,
        entries: if args.history { Entries::All } else { Entries::Latest },
        limit: args.listing.fetch(),
    };
    args.listing.print("verdicts", |each| reader.verdicts(&filter, each))?;
    Ok(Outcome::Done)
}

impl Line for Verdict {
    const HEAD: &'static [Column] = &[
        column("claim", 19),
        column("date", 12),
        column("verdict", 18),
        column("reviewer", 18).from(80),
        column("speaker", 20).from(70),
        wide("words"),
    ];

    fn line(&self) -> Vec<Cell> {
        let decision = &self.decision;
        vec![
            Cell::new(self.claim.claim),
            Cell::new(decision.date),
            words(decision.rating.as_ref().map_or(decision.status.as_str(), |rating| &rating.name), 60),
            words(&decision.reviewer, 60),
            words(self.claim.speaker.as_ref().map_or("–", |(name, _)| name), 60),
            words(&self.claim.words, 200),
        ]
    }
}
