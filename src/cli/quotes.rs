//! `onrecord quotes`: lists quotes.

use crate::cli::Global;
use crate::cli::listing::Listing;
use crate::cli::outcome::Outcome;
use crate::cli::published::Published;
use crate::cli::table::{Column, Line, RULED, column, wide, words};
use crate::cli::values::{named, search, share};
use crate::cli::visible::one_line;
use crate::model::{CueClass, QuoteKind, QuoteState};
use crate::query::Reader;
use crate::query::quotes::{QuoteFilter, QuoteRow, Repeats};
use crate::query::search::Search;
use crate::query::speakers::SpeakerId;
use comfy_table::{Attribute, Cell, TableStyle};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Words of a speaker's name or alias; case and accents make no difference
    #[arg(long, value_name = "NAME")]
    pub speaker: Option<String>,
    /// Words that all stand in the quote; "in quotation marks" together, wor* for a beginning
    #[arg(long, value_name = "WORDS", value_parser = search)]
    pub search: Option<Search>,
    #[command(flatten)]
    pub published: Published,
    /// Types of quote, with commas between them; all but scare unless said
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',',
          value_parser = named::<QuoteKind>(QuoteKind::ALL.iter().map(|kind| kind.as_str())))]
    pub kinds: Vec<QuoteKind>,
    /// Quotes that are claimed, denied, asked, …
    #[arg(long, value_name = "CLASS",
          value_parser = named::<CueClass>(CueClass::ALL.iter().map(|class| class.as_str())))]
    pub cue_class: Option<CueClass>,
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
    let speakers = args.speaker.as_deref().map(|typed| speakers(&reader, typed)).transpose()?;
    let filter = QuoteFilter {
        speakers,
        search: args.search.clone(),
        outlet: args.published.outlet.clone(),
        since: args.published.since,
        until: args.published.until,
        kinds: args.kinds.clone(),
        states: args.states.clone(),
        cue_class: args.cue_class,
        min_confidence: args.min_confidence,
        article: None,
        repeats: if args.once { Repeats::Fold } else { Repeats::Keep },
        limit: args.listing.fetch(),
    };
    args.listing.print("quotes", |each| reader.quotes(&filter, each))?;
    Ok(Outcome::Done)
}

/// So many of the speakers that a word matches are named, those with the most quotes.
const NAMED: usize = 8;

/// Finds the speakers that `typed` means, and says on standard error whom when it isn't just one.
pub fn speakers(reader: &Reader, typed: &str) -> anyhow::Result<Vec<SpeakerId>> {
    let ids = reader.match_speakers(typed)?;
    let names = if ids.len() > 1 { reader.names(&ids)? } else { Vec::new() };
    let mut names: Vec<String> =
        names.iter().map(|(name, quotes)| format!("{} ({quotes})", one_line(name))).collect();
    match ids.len() {
        0 => say_nobody(reader, typed)?,
        1 => {}
        count => {
            let rest = if count > NAMED { format!(", and {} more", count - NAMED) } else { String::new() };
            names.truncate(NAMED);
            let names = names.join(", ");
            say!("«{}» matches {count} speakers: {names}{rest}", one_line(typed));
        }
    }
    Ok(ids)
}

fn say_nobody(reader: &Reader, typed: &str) -> anyhow::Result<()> {
    let names = reader.suggest_speakers(typed, 3)?;
    let names: Vec<String> = names.iter().map(|name| one_line(name)).collect();
    let hint = match names.is_empty() {
        true => "`onrecord speakers` lists them".to_owned(),
        false => format!("did you mean {}?", names.join(", ")),
    };
    say!("no speaker is named «{}»; {hint}", one_line(typed));
    Ok(())
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
