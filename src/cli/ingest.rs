//! `onrecord ingest`: articles into the database.

use crate::cli::inputs::Inputs;
use crate::cli::outcome::Outcome;
use crate::cli::progress::Progress;
use crate::cli::stream::for_each_article;
use crate::cli::visible::{one_line, whole_line};
use crate::cli::{DEFAULT_DB, Global};
use crate::error::Result;
use crate::model::{Analysis, Document, QuoteKind};
use crate::query::Reader;
use crate::query::speakers::SpeakerFilter;
use crate::store::Store;
use crate::store::write::Ingested;
use std::fmt;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    pub inputs: Inputs,
}

const EXAMPLES: &str = "\
Examples:
  onrecord ingest articles/                    a folder, into onrecord.db
  onrecord ingest corpus.jsonl --db news.db    JSON Lines, into another database
  onrecord ingest https://example.org/feed.xml --follow     a feed, and the pages that it links to
  curl -s https://example.org/a.txt | onrecord ingest -

An article that is there already changes nothing, unless this version of onrecord finds quotes in
another way: then its quotes are replaced. One that was changed becomes a new version beside the old.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let engine = global.engine()?;
    let is_first = !global.db.exists();
    let mut store = Store::open(&global.db)?;
    let mut kept = Kept::default();
    let tally =
        for_each_article(&engine, &args.inputs, Progress::alone(), carried, |(document, analysis)| {
            kept.count(store.write(&document, &analysis)?, &analysis);
            Ok(())
        })?;
    drop(store);
    anstream::eprintln!("{tally}: {kept}");
    if is_first && kept.new > 0 {
        hint(global)?;
    }
    Ok(tally.outcome())
}

/// What the database needs of an article, to be carried from the thread that analysed it.
fn carried(document: Document, analysis: Analysis) -> (Document, Analysis) {
    (document, Analysis { tokens: Vec::new(), sentences: Vec::new(), ..analysis })
}

/// What became of the articles that were read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Kept {
    new: u64,
    changed: u64,
    /// There already, but with quotes that another version of the analysis had found.
    reanalysed: u64,
    same: u64,
    /// Statements of all but those that are the same.
    quotes: u64,
}

impl Kept {
    fn count(&mut self, ingested: Ingested, analysis: &Analysis) {
        match ingested {
            Ingested::New => self.new += 1,
            Ingested::Changed => self.changed += 1,
            Ingested::Reanalysed => self.reanalysed += 1,
            Ingested::Same => self.same += 1,
        }
        if ingested != Ingested::Same {
            let statements = analysis.quotes.iter().filter(|quote| quote.kind != QuoteKind::Scare);
            self.quotes += statements.count() as u64;
        }
    }
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { new, changed, reanalysed, same, quotes } = self;
        write!(f, "{new} new, {changed} changed, ")?;
        if *reanalysed > 0 {
            write!(f, "{reanalysed} reanalysed, ")?;
        }
        write!(f, "{same} there already; {quotes} quotes found")
    }
}

/// Says what to type next, with the name of whoever said the most.
fn hint(global: &Global) -> Result<()> {
    let first = SpeakerFilter { limit: Some(1), ..SpeakerFilter::default() };
    Reader::open(&global.db)?.speakers(&first, |row| {
        let speaker = quoted(&one_line(&row.name));
        anstream::eprintln!("next: onrecord quotes --speaker {speaker}{}", where_else(global));
        Ok(())
    })?;
    Ok(())
}

/// The flag that leads to the database, where it isn't the one that is looked for without.
fn where_else(global: &Global) -> String {
    let db = global.db.to_string_lossy();
    if db == DEFAULT_DB { String::new() } else { format!(" --db {}", quoted(&whole_line(&db))) }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', "'\\''"))
}
