//! `onrecord train`: weights of the models from annotated articles.

use crate::cli::Global;
use crate::cli::outcome::{Outcome, STDOUT};
use crate::error::{Error, Result};
use crate::lexicon::Lexicon;
use crate::models::Models;
use crate::record::Record;
use crate::training::syntax::{self, TaggedText};
use crate::training::tagger::{Checked, Example, Settings, accuracy, example, train};
use crate::training::unpacked;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Texts with parts of speech: CoNLL-U (`.conllu`), or JSON Lines about the articles of --gold
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub tagged: Vec<PathBuf>,
    /// Annotated articles: JSON Lines in the format that `extract` prints
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub gold: Vec<PathBuf>,
    /// Where the order of the examples begins; the same number and files give the same weights
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// The weights file to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  onrecord train --tagged news.conllu -o my.weights
  onrecord train --tagged tags.jsonl.gz gum.conllu.gz --gold articles.jsonl.gz -o my.weights

Files may be packed with gzip. A line of JSON holds the `id` of an article and its `sentences`, each
a list of words `[start, end, Penn tag, entity, lemma, head, relation]`, offsets in code points.
CoNLL-U counts twice, because people checked it. A tenth of the texts is held out to measure the
accuracy that is printed; the weights written are trained on all of them.";

/// Texts are held out by turns: one of so many.
const FOLDS: usize = 10;

pub fn run(args: &Args, _global: &Global) -> anyhow::Result<Outcome> {
    let lexicon = Lexicon::load()?;
    let examples = examples(args, &lexicon)?;
    let settings = Settings { seed: args.seed, ..Settings::default() };
    let held_out = |index: usize| index % FOLDS == FOLDS - 1;
    let part = |out: bool| -> Vec<&Example> {
        let part = examples.iter().enumerate().filter(|(index, _)| held_out(*index) == out);
        part.map(|(_, example)| example).collect()
    };
    let figure = accuracy(&train(&part(false), settings), &part(true));
    let shown =
        format!("parts of speech: {:.2} % of {} held-out words right\n", 100.0 * figure.share(), figure.all);
    anstream::stdout().write_all(shown.as_bytes()).map_err(Error::io(STDOUT))?;
    let models = Models { tagger: train(&examples.iter().collect::<Vec<_>>(), settings) };
    fs::write(&args.output, models.to_bytes()).map_err(Error::io(&args.output))?;
    Ok(Outcome::Done)
}

fn examples(args: &Args, lexicon: &Lexicon) -> Result<Vec<Example>> {
    let mut texts = BTreeMap::new();
    for path in &args.gold {
        for (line, number) in unpacked(path)?.lines().zip(1_u32..) {
            let record: Record = serde_json::from_str(line).map_err(|error| Error::Input {
                origin: format!("{}:{number}", path.display()),
                reason: format!("no annotated article ({error})"),
            })?;
            texts.insert(record.id, record.text);
        }
    }
    let mut examples = Vec::new();
    for path in &args.tagged {
        let checked = if is_conllu(path) { Checked::ByPeople } else { Checked::ByMachine };
        examples.extend(tagged(path, &texts)?.into_iter().map(|text| example(text, checked, lexicon)));
    }
    Ok(examples)
}

fn is_conllu(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().contains(".conllu"))
}

fn tagged(path: &Path, texts: &BTreeMap<String, String>) -> Result<Vec<TaggedText>> {
    let (file, origin) = (unpacked(path)?, path.display().to_string());
    if is_conllu(path) {
        return syntax::conllu(&file, &origin);
    }
    let lines = file.lines().zip(1_u32..);
    lines
        .filter_map(|(line, number)| syntax::json(line, &format!("{origin}:{number}"), texts).transpose())
        .collect()
}
