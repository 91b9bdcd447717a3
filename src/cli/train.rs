//! `onrecord train`: weights of the models from annotated articles.

use crate::cli::Global;
use crate::cli::outcome::{Outcome, STDOUT};
use crate::error::{Error, Result};
use crate::intake::records::{records, text};
use crate::lexicon::Lexicon;
use crate::model::RawArticle;
use crate::models::Models;
use crate::pipeline::{ANALYSER, Engine, analyse};
use crate::record::{Sentences, record};
use crate::text::document;
use crate::training;
use crate::training::folds::{Trained, fold_of};
use crate::training::lesson::{Annotated, weigh};
use crate::training::syntax::{self, TaggedText};
use crate::training::tagger::{Checked, Example, example};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Instant;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Annotated articles: JSON Lines in the format that `extract` prints
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub gold: Vec<PathBuf>,
    /// Texts with parts of speech: CoNLL-U (`.conllu`), or JSON Lines about the articles of --gold
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub tagged: Vec<PathBuf>,
    /// Where the order of the examples begins; the same number and files give the same weights
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// Write what is found in each article by models that haven't seen it, to measure with
    #[arg(long, value_name = "FILE")]
    pub cross_fitted: Option<PathBuf>,
    /// The weights file to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  onrecord train --gold mine.jsonl --tagged news.conllu -o my.weights
  onrecord extract article.txt --weights my.weights

Files may be packed with gzip. Each file of --gold is one collection: a small one counts more than its size.
A line of JSON with parts of speech holds the `id` of an article and its `sentences`, each a list of words
`[start, end, Penn tag, entity, lemma, head, relation]`. CoNLL-U counts twice: people checked it.
The program's own weights were made with the files that models/README.md names, in under fifteen minutes.";

pub fn run(args: &Args, _global: &Global) -> anyhow::Result<Outcome> {
    let started = Instant::now();
    let say = |done: &str| say!("{:5.0} s  {done}", started.elapsed().as_secs_f32());
    let lexicon = Lexicon::load()?;
    let articles = articles(&args.gold)?;
    let tagged = tagged(&args.tagged, &articles, &lexicon)?;
    say(&format!("{} annotated articles and {} tagged texts read", articles.len(), tagged.len()));
    let trained = training::train(&articles, &tagged, &lexicon, args.seed, &say);
    fs::write(&args.output, trained.whole.to_bytes()).map_err(Error::io(&args.output))?;
    if let Some(path) = &args.cross_fitted {
        fs::write(path, cross_fitted(&articles, trained, lexicon)?).map_err(Error::io(path))?;
    }
    let done = format!("weights written to {}\n", args.output.display());
    anstream::stdout().write_all(done.as_bytes()).map_err(Error::io(STDOUT))?;
    Ok(Outcome::Done)
}

fn articles(files: &[PathBuf]) -> Result<Vec<Annotated>> {
    let mut articles = Vec::new();
    for (collection, path) in files.iter().enumerate() {
        for record in records(path) {
            let record = record?;
            let document = document(RawArticle::plain(&*record.id, &*record.text));
            let fold = fold_of(&record.id);
            articles.push(Annotated { record, document, weight: 1.0, collection, fold });
        }
    }
    weigh(&mut articles);
    Ok(articles)
}

/// The texts with parts of speech, each with its id.
fn tagged(files: &[PathBuf], articles: &[Annotated], lexicon: &Lexicon) -> Result<Vec<(String, Example)>> {
    let texts = articles.iter().map(|article| (article.record.id.clone(), article.record.text.clone()));
    let texts: BTreeMap<String, String> = texts.collect();
    let mut examples = Vec::new();
    for path in files {
        let checked = if is_conllu(path) { Checked::ByPeople } else { Checked::ByMachine };
        let found = tagged_texts(path, &texts)?.into_iter();
        examples.extend(found.map(|text| (text.id.clone(), example(text, checked, lexicon))));
    }
    Ok(examples)
}

fn is_conllu(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().contains(".conllu"))
}

fn tagged_texts(path: &Path, texts: &BTreeMap<String, String>) -> Result<Vec<TaggedText>> {
    let (file, origin) = (text(path)?, path.display().to_string());
    if is_conllu(path) {
        return syntax::conllu(&file, &origin);
    }
    let lines = file.lines().zip(1_u32..);
    lines
        .filter_map(|(line, number)| syntax::json(line, &format!("{origin}:{number}"), texts).transpose())
        .collect()
}

/// One record a line: what models that haven't seen an article find in it.
fn cross_fitted(
    articles: &[Annotated],
    trained: Trained<Models>,
    lexicon: Lexicon,
) -> anyhow::Result<Vec<u8>> {
    let mut engine = Engine { analyser: ANALYSER.to_owned(), lexicon, models: trained.whole };
    let mut lines = vec![Vec::new(); articles.len()];
    for (fold, models) in trained.folds.into_iter().enumerate() {
        engine.models = models;
        for (article, line) in articles.iter().zip(&mut lines).filter(|(article, _)| article.fold == fold) {
            let analysis = analyse(&article.document, &engine);
            *line = serde_json::to_vec(&record(&article.document, &analysis, Sentences::Leave))?;
            line.push(b'\n');
        }
    }
    Ok(lines.concat())
}
