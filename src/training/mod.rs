//! Training of the models from annotated articles.

pub mod confidence;
pub mod folds;
pub mod gold;
pub mod lesson;
pub mod mend;
pub mod speech;
pub mod statements;
pub mod syntax;
pub mod tagger;

use crate::lexicon::Lexicon;
use crate::models::Models;
use crate::segment::segment;
use crate::tagging::tagger::Tagger;
use crate::tagging::{Tagged, tag};
use crate::training::folds::{Trained, fold_of, folds};
use crate::training::lesson::{Annotated, Lesson, Quotations, lesson};
use crate::training::tagger::Example;

/// Trains every model in a row, each on what the one before makes of articles that it hasn't seen.
///
/// `tagged` are texts with parts of speech, with their ids; `say` is told how far it is.
pub fn train(
    articles: &[Annotated],
    tagged: &[(String, Example)],
    lexicon: &Lexicon,
    seed: u64,
    say: &(dyn Fn(&str) + Sync),
) -> Trained<Models> {
    let taggers = taggers(tagged, seed);
    say("parts of speech trained");
    let texts: Vec<Tagged> = articles.iter().map(|article| tag_text(article, &taggers, lexicon)).collect();
    let quotations: Vec<Quotations> = texts.iter().map(Quotations::of).collect();
    let lessons = articles.iter().zip(&texts).zip(&quotations);
    let lessons: Vec<Lesson> =
        lessons.map(|((article, text), quotations)| lesson(article, text, quotations)).collect();
    let mut statements = statements::train(&lessons, seed, say);
    speech::train(&lessons, &mut statements, seed);
    let confidence = confidence::train(&lessons, &statements, seed);
    say("confidence trained");
    let models = |(tagger, statements)| Models { tagger, statements, confidence: confidence.clone() };
    Trained {
        whole: models((taggers.whole, statements.whole)),
        folds: taggers.folds.into_iter().zip(statements.folds).map(models).collect(),
    }
}

fn taggers(tagged: &[(String, Example)], seed: u64) -> Trained<Tagger> {
    let settings = tagger::Settings { seed, ..tagger::Settings::default() };
    folds(|fold| {
        let chosen = tagged.iter().filter(|(id, _)| fold != Some(fold_of(id)));
        tagger::train(&chosen.map(|(_, example)| example).collect::<Vec<_>>(), settings)
    })
}

/// The text with parts of speech by a tagger that hasn't seen it.
fn tag_text<'a>(article: &'a Annotated, taggers: &Trained<Tagger>, lexicon: &'a Lexicon) -> Tagged<'a> {
    let (tokens, sentences) = segment(&article.document, lexicon);
    tag(&article.document, tokens, sentences, lexicon, &taggers.folds[article.fold])
}
