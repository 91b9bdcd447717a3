//! `onrecord history`: how an article changed.

use crate::cli::Global;
use crate::cli::listing::Listing;
use crate::cli::outcome::Outcome;
use crate::cli::show::found;
use crate::cli::table::{Column, Line, RULED, column, wide, words};
use crate::query::Reader;
use crate::query::history::{HistoryRow, How, What};
use comfy_table::{Cell, TableStyle};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The article's id, its key, or a part of its key or title
    #[arg(value_name = "ARTICLE")]
    pub article: String,
    #[command(flatten)]
    pub listing: Listing,
}

const EXAMPLES: &str = "\
Examples:
  onrecord history 1
  onrecord history 'Mayor vows' --format jsonl

Each time an article is read with other words or particulars than before, a version is kept beside the old
ones. Quotes are the same as long as their words are; one that went and one that came are told as one
reworded quote when they share at least half of their words.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let reader = Reader::open(&global.db)?;
    let article = found(&reader, &args.article)?;
    args.listing.print("versions", |each| {
        let limit = args.listing.fetch().unwrap_or(u64::MAX);
        let mut count = 0;
        reader.history(article.id, |row| {
            count += 1;
            if count <= limit { each(row) } else { Ok(()) }
        })
    })?;
    Ok(Outcome::Done)
}

/// A table shows so many characters of words.
const WORDS: usize = 200;

impl Line for HistoryRow {
    const HEAD: &'static [Column] = &[
        column("version", 9),
        column("read", 12).from(90),
        column("change", 18),
        column("speaker", 20).from(70),
        wide("words"),
    ];
    const STYLE: TableStyle = RULED;

    fn line(&self) -> Vec<Cell> {
        vec![
            Cell::new(self.version),
            Cell::new(self.read.split('T').next().unwrap_or_default()),
            Cell::new(format!("{} {}", self.what, self.how)),
            words(self.speaker.as_deref().unwrap_or("–"), 60),
            words(&self.told(), 2 * WORDS),
        ]
    }
}

impl HistoryRow {
    /// The change in one line.
    fn told(&self) -> String {
        let change = match (&self.before, &self.after) {
            (Some(before), Some(after)) => format!("{before} → {after}"),
            (None, Some(words)) | (Some(words), None) => words.clone(),
            (None, None) => "–".to_owned(),
        };
        match (&self.quote, self.what, self.how) {
            (Some(quote), What::Speaker | What::Cue, How::Changed) => format!("{change}: {quote}"),
            _ => change,
        }
    }
}
