//! `onrecord extract`: articles to the record format on standard output.

use crate::cli::Global;
use crate::cli::inputs::Inputs;
use crate::cli::outcome::{Outcome, STDOUT};
use crate::cli::progress::Progress;
use crate::cli::report::Report;
use crate::cli::stream::{Step, for_each_article};
use crate::cli::values::share;
use crate::error::Error;
use crate::model::{Analysis, Document};
use crate::pipeline::analyse;
use crate::record::{self, Sentences};
use std::io::{self, Write};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    pub inputs: Inputs,
    /// Print where each sentence stands, too
    #[arg(long)]
    pub sentences: bool,
    /// Leave out quotes that the program is less sure of than this, and those that nobody says
    #[arg(long, value_name = "0..1", value_parser = share)]
    pub min_confidence: Option<f64>,
}

const EXAMPLES: &str = "\
Examples:
  onrecord extract article.txt                          one article, as one line of JSON
  onrecord extract articles/ > quotes.jsonl             a folder of articles
  onrecord extract corpus.jsonl --min-confidence 0.8    only what is nearly sure
  curl -s https://example.org/a.txt | onrecord extract -

Prints one line of JSON an article, in the order of the input: its fields and text, and \"quotes\" with
their type, words, cue, source, speaker and confidence. Offsets count Unicode code points.";

pub fn run(args: &Args, global: &Global) -> anyhow::Result<Outcome> {
    let engine = global.engine()?;
    let mut out = io::stdout().lock();
    let inputs = args.inputs.clone();
    let mut report = Report::new(Progress::beside_results()).measuring(move || inputs.total());
    let work = |document| Ok(line(args, &document, &analyse(&document, &engine)));
    for_each_article(&engine.lexicon.intake, &args.inputs, &mut report, work, |_, step| match step {
        Step::Article(line) => out.write_all(&line).map_err(Error::io(STDOUT)),
        Step::Idle => out.flush().map_err(Error::io(STDOUT)),
    })?;
    out.flush().map_err(Error::io(STDOUT))?;
    let outcome = report.finish();
    if report.tally.is_notable() {
        say!("{}", report.tally);
    }
    Ok(outcome)
}

fn line(args: &Args, document: &Document, analysis: &Analysis) -> Vec<u8> {
    let sentences = if args.sentences { Sentences::Include } else { Sentences::Leave };
    let mut record = record::record(document, analysis, sentences);
    if let Some(least) = args.min_confidence {
        record.quotes.retain(|quote| quote.confidence.is_some_and(|confidence| confidence >= least as f32));
    }
    let mut line = serde_json::to_vec(&record).expect("a record is made of strings, numbers and lists");
    line.push(b'\n');
    line
}
