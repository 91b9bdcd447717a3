//! `onrecord train`: new weights from annotated articles.

use crate::cli::Global;
use crate::cli::outcome::Outcome;
use crate::error::Error;
use crate::learn::weights::Weights;
use crate::model::RawArticle;
use crate::pipeline::Engine;
use crate::quotes;
use crate::quotes::learned::view::View;
use crate::quotes::marks::{Region, regions};
use crate::quotes::scene::Scene;
use crate::record::Record;
use crate::segment::segment;
use crate::tagging::{Tagged, tag};
use crate::text::document;
use crate::training::gold;
use crate::training::statements::{FOLDS, Lesson, train};
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Annotated articles: JSON Lines in the format that `extract` prints
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub gold: Vec<PathBuf>,
    /// More weight for the articles of further files
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub more: Vec<PathBuf>,
    #[arg(long, default_value_t = 3.0)]
    pub more_weight: f32,
    /// Where the weights are written
    #[arg(long, short, value_name = "FILE")]
    pub output: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  onrecord train --gold articles.gold.jsonl -o my.weights";

pub fn run(args: &Args, _global: &Global) -> anyhow::Result<Outcome> {
    let start = std::time::Instant::now();
    let engine = Engine::load()?;
    let mut records = Vec::new();
    for (path, weight) in
        args.gold.iter().map(|path| (path, 1.0)).chain(args.more.iter().map(|path| (path, args.more_weight)))
    {
        let text = std::fs::read_to_string(path).map_err(Error::io(path))?;
        for line in text.lines() {
            records.push((serde_json::from_str::<Record>(line)?, weight));
        }
    }
    let documents: Vec<_> =
        records.iter().map(|(record, _)| document(RawArticle::plain(&*record.id, &*record.text))).collect();
    let tagged: Vec<Tagged> = documents
        .iter()
        .map(|document| {
            let (tokens, sentences) = segment(document, &engine.lexicon);
            tag(document, tokens, sentences, &engine.lexicon)
        })
        .collect();
    let regions: Vec<Vec<Region>> = tagged.iter().map(regions).collect();
    let region_at: Vec<Vec<Option<u32>>> =
        tagged.iter().zip(&regions).map(|(tagged, regions)| quotes::outermost(tagged, regions)).collect();
    let lessons: Vec<Lesson> = (0..records.len())
        .map(|i| {
            let scene = Scene { tagged: &tagged[i], regions: &regions[i], region_at: &region_at[i] };
            Lesson {
                view: View::new(scene),
                hints: quotes::hints(scene),
                gold: gold::statements(&records[i].0, &tagged[i].tokens),
                weight: records[i].1,
                fold: i % FOLDS,
            }
        })
        .collect();
    let models = train(&lessons, &|message| eprintln!("{:6.1}s {message}", start.elapsed().as_secs_f32()));
    let mut weights = Weights::default();
    models.write(&mut weights);
    std::fs::write(&args.output, weights.to_bytes()).map_err(Error::io(&args.output))?;
    Ok(Outcome::Done)
}
