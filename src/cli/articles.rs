//! `onrecord articles`: lists articles.

use crate::cli::Global;
use crate::cli::listing::Listing;
use crate::cli::outcome::Outcome;
use crate::cli::table::{Column, Line, column, wide, words};
use crate::query::Reader;
use crate::query::articles::{ArticleFilter, ArticleRow};
use crate::query::dates::{first_day, last_day};
use comfy_table::{Cell, CellAlignment};
use jiff::civil::Date;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Words of the outlet's name
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,
    /// Articles published on this day or later: 2025-10-22, 2025-10 or 2025
    #[arg(long, value_name = "DATE", value_parser = first_day)]
    pub since: Option<Date>,
    /// Articles published up to this day, month or year
    #[arg(long, value_name = "DATE", value_parser = last_day)]
    pub until: Option<Date>,
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
        outlet: args.outlet.clone(),
        since: args.since,
        until: args.until,
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
