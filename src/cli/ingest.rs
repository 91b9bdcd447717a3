//! `onrecord ingest`: articles into the database.

use crate::cli::Global;
use crate::cli::inputs::Inputs;
use crate::cli::outcome::{ERROR, Outcome};
use crate::cli::stream::for_each_article;
use crate::cli::visible::one_line;
use crate::error::{Error, Result};
use crate::model::{Analysis, Document, QuoteKind};
use crate::pipeline::Engine;
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
  curl -s https://example.org/a.txt | onrecord ingest -

An article that is there already changes nothing; one that was changed becomes a new version beside
the old one.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let engine = Engine::load()?;
    let mut store = Store::open(&global.db)?;
    let mut kept = Kept::default();
    let tally = for_each_article(&engine, &args.inputs, carried, |(document, analysis)| {
        Ok(kept.count(&analysis, store.write(&document, &analysis))?)
    })?;
    drop(store);
    anstream::eprintln!("{tally}: {kept}");
    if kept.new + kept.changed > 0 {
        hint(global)?;
    }
    Ok(if kept.failed > 0 { Outcome::SomeFailed } else { tally.outcome() })
}

/// What the database needs of an article, to be carried from the thread that analysed it.
fn carried(document: &Document, analysis: &Analysis) -> (Document, Analysis) {
    let found = Analysis {
        tokens: Vec::new(),
        sentences: Vec::new(),
        quotes: analysis.quotes.clone(),
        mentions: analysis.mentions.clone(),
        entities: analysis.entities.clone(),
        attributions: analysis.attributions.clone(),
    };
    (document.clone(), found)
}

/// What became of the articles that were read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
struct Kept {
    new: u64,
    changed: u64,
    same: u64,
    /// Read, but not to be kept; each was named on standard error.
    failed: u64,
    /// Statements of new and changed articles.
    quotes: u64,
}

impl Kept {
    /// Counts one article; passes on what keeps the database from being used at all.
    fn count(&mut self, analysis: &Analysis, ingested: Result<Ingested>) -> Result<()> {
        let statements = analysis.quotes.iter().filter(|quote| quote.kind != QuoteKind::Scare).count() as u64;
        match ingested {
            Ok(Ingested::New) => (self.new, self.quotes) = (self.new + 1, self.quotes + statements),
            Ok(Ingested::Changed) => {
                (self.changed, self.quotes) = (self.changed + 1, self.quotes + statements)
            }
            Ok(Ingested::Same) => self.same += 1,
            Err(error @ Error::Input { .. }) => {
                self.failed += 1;
                anstream::eprintln!("{ERROR}error:{ERROR:#} {error}");
            }
            Err(error) => return Err(error),
        }
        Ok(())
    }
}

impl fmt::Display for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { new, changed, same, failed, quotes } = self;
        write!(f, "{new} new, {changed} changed, {same} there already")?;
        if *failed > 0 {
            write!(f, ", {failed} not kept")?;
        }
        write!(f, "; {quotes} quotes found")
    }
}

/// Says what to type next, with the name of whoever said the most.
fn hint(global: &Global) -> Result<()> {
    let first = SpeakerFilter { limit: Some(1), ..SpeakerFilter::default() };
    Reader::open(&global.db)?.speakers(&first, |row| {
        let name = one_line(&row.name).replace('\'', "'\\''");
        anstream::eprintln!("next: onrecord quotes --speaker '{name}'");
        Ok(())
    })?;
    Ok(())
}
