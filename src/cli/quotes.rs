//! `onrecord quotes`: lists quotes.

use crate::cli::Global;
use crate::cli::listing::Listing;
use crate::cli::outcome::Outcome;
use crate::cli::quote_filter::Which;
use crate::cli::table::{Column, Line, RULED, column, wide, words};
use crate::cli::values::{named, share};
use crate::model::QuoteState;
use crate::query::Reader;
use crate::query::quotes::{QuoteFilter, QuoteRow, Repeats};
use comfy_table::{Attribute, Cell, TableStyle};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    pub which: Which,
    /// Quotes as the program found them (machine), that a person confirmed, mended or added (reviewed), or said to be
    /// none (rejected), with commas between them; all but rejected ones unless said
    #[arg(long = "state", value_name = "STATE", value_delimiter = ',',
          value_parser = named::<QuoteState>(QuoteState::ALL.iter().map(|state| state.as_str())))]
    pub states: Vec<QuoteState>,
    /// Quotes whose speaker the program is at least this sure of, and those that a person has looked at
    #[arg(long, value_name = "0..1", value_parser = share)]
    pub min_confidence: Option<f64>,
    /// List a statement once, not again in copies of the same story
    #[arg(long)]
    pub once: bool,
    #[command(flatten)]
    pub listing: Listing,
}

const EXAMPLES: &str = "\
Examples:
  onrecord quotes --speaker 'Ann Reyes'
  onrecord quotes --search 'bridge \"whatever it costs\"' --since 2025-10
  onrecord quotes --outlet herald --type direct,mixed --min-confidence 0.8
  onrecord quotes --cue-class deny --format csv > denials.csv
  onrecord quotes --state reviewed             what people have looked at";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let reader = Reader::open(&global.db)?;
    let filter = QuoteFilter {
        states: args.states.clone(),
        min_confidence: args.min_confidence,
        repeats: if args.once { Repeats::Fold } else { Repeats::Keep },
        limit: args.listing.fetch(),
        ..args.which.filter(&reader)?
    };
    args.listing.print("quotes", |each| reader.quotes(&filter, each))?;
    Ok(Outcome::Done)
}

/// A table shows so many characters of a quote.
const QUOTE: usize = 280;

impl Line for QuoteRow {
    const HEAD: &'static [Column] = &[
        column("date", 12),
        column("speaker", 20),
        column("type", 10).from(70),
        column("cue", 15).from(60),
        wide("quote"),
        column("where", 18).from(90),
    ];
    const STYLE: TableStyle = RULED;

    fn line(&self) -> Vec<Cell> {
        vec![
            Cell::new(self.published.as_deref().unwrap_or("–")),
            speaker(self),
            Cell::new(kind(self)),
            words(self.cue.as_deref().unwrap_or("–"), 60),
            words(&self.words, QUOTE),
            words(place(self), 60),
        ]
    }
}

/// The type, and below it whose word it is, where that is a person's.
fn kind(row: &QuoteRow) -> String {
    match row.state {
        QuoteState::Machine => row.kind.to_string(),
        state => format!("{}\n{state}", row.kind),
    }
}

fn speaker(row: &QuoteRow) -> Cell {
    match (&row.speaker, &row.role, &row.source) {
        (Some(name), Some(role), _) => words(&format!("{name}, {role}"), 80).add_attribute(Attribute::Bold),
        (Some(name), None, _) => words(name, 80).add_attribute(Attribute::Bold),
        (None, _, Some(source)) => words(&format!("({source})"), 80),
        (None, _, None) => Cell::new("–"),
    }
}

/// The outlet, else the title, else the end of a path or an address.
fn place(row: &QuoteRow) -> &str {
    let key = row.article.trim_end_matches('/');
    let name = key.rsplit(['/', '\\']).next().unwrap_or(key);
    row.outlet.as_deref().or(row.title.as_deref()).unwrap_or(name)
}
