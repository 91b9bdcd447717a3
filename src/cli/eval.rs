//! `onrecord eval`: accuracy on annotated articles.

mod errors;
mod matching;
mod tables;
mod variants;

use crate::cli::Global;
use crate::cli::outcome::{Outcome, STDOUT};
use crate::error::Error;
use crate::evaluation::scope::Scope;
use crate::evaluation::{Options, evaluate};
use crate::intake::records::records;
use crate::lexicon::reporting_words::ReportingWords;
use crate::lexicon::source_words::SourceWords;
use crate::model::{Document, RawArticle};
use crate::pipeline::{Engine, analyse};
use crate::record::{self, Record, Sentences};
use crate::text::document;
use clap::ValueEnum;
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Annotated articles: JSON Lines in the format that `extract` prints, also compressed with gzip
    #[arg(long, required_unless_present_any = ["variants", "matching"], num_args = 1.., value_name = "FILE")]
    pub gold: Vec<PathBuf>,
    /// Measure how printed forms of one quotation are brought together, on articles as in samples/variants/
    #[arg(long, conflicts_with_all = ["gold", "core", "errors", "matching"], num_args = 1.., value_name = "FILE")]
    pub variants: Vec<PathBuf>,
    /// Measure instead how well checked claims are found: statements with their claims,
    /// `{"id","text","matches"}` a line
    #[arg(long, value_name = "FILE", requires = "claims", conflicts_with_all = ["gold", "core", "errors"])]
    pub matching: Option<PathBuf>,
    /// The checked claims that those statements are compared with, `{"id","text","title"}` a line
    #[arg(long, value_name = "FILE", requires = "matching")]
    pub claims: Option<PathBuf>,
    /// Count claims only: what is quoted, and what is reported with a word such as «said»; attitudes
    /// and plans («supports», «hopes to») are neither right nor wrong then
    #[arg(long)]
    pub core: bool,
    /// Show the worst errors with their text: the N surest of those predicted wrongly, and N of the
    /// missed quotes [10 without a number]
    #[arg(long, num_args = 0..=1, default_missing_value = "10", value_name = "N")]
    pub errors: Option<usize>,
    /// How the figures are printed
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum Format {
    /// Percentages for people
    #[default]
    Table,
    /// All counts, one JSON object
    Json,
}

const EXAMPLES: &str = "\
Examples:
  onrecord eval --gold samples/harbour-lease.gold.jsonl --errors
  onrecord eval --gold samples/*.gold.jsonl --core --format json
  onrecord eval --gold samples/*.gold.jsonl --errors 500 --format json | jq '.errors[]'
  onrecord eval --matching statements.jsonl --claims collection.jsonl

Reads the text of each annotated article, looks for quotes in it, and compares them with the
annotated ones, word by word: marks, commas and spaces never matter. P is precision, R recall, F1
their harmonic mean. To make annotated articles of your own: `extract`, correct the lines, and keep
them in a file.

  end to end     shares half of its words with the annotated quote, and the source is right
  exactly        has the very same words, of the source too
  overlapping    shares half of its words, whatever the source
  word by word   words of quotes, whichever quote they are of
  unknown        predicted quotes for which no source is given

Sources of the overlapping quotes:
  right          the mention shares a telling word (no «the») with the annotated one; where only
                 the speaker is annotated, the names fit; where neither is, none is given
  half, exact    the mentions share half of their words, or all
  spelled        they share the spelling of a word, wherever in the text the two stand
  speaker right  of those with an annotated speaker: the name, or a part of it; same name: all of it
  cue right      of those with an annotated cue: shares a word

Confidence: a quote is right here when it is right end to end. The expected calibration error is how
far the confidence is from the share that is right, on average.

With --matching: MAP@5 is the mean average precision over the first five claims, P@1 how often the
first is right, MRR the mean of one over the rank of the first right one, R@5 and R@20 the share of
right claims among the first five and twenty; beside them what BM25 over stems alone would do.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    if !args.variants.is_empty() {
        return variants::run(&args.variants, args.format, &global.engine()?);
    }
    if let (Some(statements), Some(claims)) = (&args.matching, &args.claims) {
        return matching::run(statements, claims, args.format);
    }
    let (engine, tables) = (global.engine()?, SourceWords::load()?);
    let scope = if args.core { Scope::Claims(ReportingWords::load()?) } else { Scope::Everything };
    let options = Options { scope, errors: args.errors.unwrap_or(0) };
    let articles = args.gold.iter().flat_map(|path| records(path));
    let figures = evaluate(articles, &tables, &options, |gold| Ok(extract(gold, &engine)))?;
    let shown = match args.format {
        Format::Table => tables::shown(&figures, &options.scope) + &errors::shown(&figures.errors),
        Format::Json => serde_json::to_string_pretty(&figures)? + "\n",
    };
    anstream::stdout().write_all(shown.as_bytes()).map_err(Error::io(STDOUT))?;
    Ok(Outcome::Done)
}

/// What the program finds in the text of an annotated article.
fn extract(gold: &Record, engine: &Engine) -> Record {
    let document = unannotated(gold);
    record::record(&document, &analyse(&document, engine), Sentences::Leave)
}

/// The article without its annotations.
fn unannotated(gold: &Record) -> Document {
    document(RawArticle {
        url: gold.url.clone(),
        title: gold.title.clone(),
        outlet: gold.outlet.clone(),
        byline: gold.byline.clone(),
        published: gold.published.as_deref().and_then(|date| date.parse().ok()),
        language: gold.language.clone(),
        ..RawArticle::plain(gold.id.clone(), gold.text.clone())
    })
}
