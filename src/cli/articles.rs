//! `onrecord articles`: lists articles.

use crate::cli::Global;
use crate::cli::listing::Listing;
use crate::cli::outcome::Outcome;
use crate::cli::published::Published;
use crate::cli::table::{Column, Line, column, wide, words};
use crate::query::Reader;
use crate::query::articles::{ArticleFilter, ArticleRow};
use comfy_table::{Cell, CellAlignment};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    pub published: Published,
    #[command(flatten)]
    pub listing: Listing,
}

const EXAMPLES: &str = "\
Examples:
  onrecord articles
  onrecord articles --outlet herald --since 2025-10
  onrecord articles --format jsonl";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let reader = Reader::open(&global.db)?;
    let filter = ArticleFilter {
        outlet: args.published.outlet.clone(),
        since: args.published.since,
        until: args.published.until,
        limit: args.listing.fetch(),
    };
    args.listing.print("articles", |each| reader.articles(&filter, each))?;
    Ok(Outcome::Done)
}

impl Line for ArticleRow {
    const HEAD: &'static [Column] = &[
        column("id", 8),
        column("date", 12),
        column("outlet", 22).from(70),
        wide("title"),
        column("quotes", 8).from(50),
        column("versions", 10).from(90),
        column("key", 34).from(90),
    ];

    fn line(&self) -> Vec<Cell> {
        vec![
            Cell::new(self.id.0).set_alignment(CellAlignment::Right),
            Cell::new(self.published.as_deref().unwrap_or("–")),
            words(self.outlet.as_deref().unwrap_or("–"), 60),
            words(self.title.as_deref().unwrap_or("–"), 120),
            Cell::new(self.quotes).set_alignment(CellAlignment::Right),
            Cell::new(self.versions).set_alignment(CellAlignment::Right),
            words(&self.key, 120),
        ]
    }
}
