//! Trains the tagger on texts whose words have parts of speech.

use crate::learn::perceptron::Perceptron;
use crate::learn::random::Random;
use crate::lexicon::Lexicon;
use crate::lexicon::word::{Function, Word};
use crate::model::{Pos, RawArticle};
use crate::segment::segment;
use crate::span::Span;
use crate::tagging::dictionary::Dictionary;
use crate::tagging::features::COUNT;
use crate::tagging::signature::{Signature, signatures};
use crate::tagging::tagger::{LABELS, Tagger, walk};
use crate::text::document;
use crate::training::mend;
use crate::training::syntax::TaggedText;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A text cut into our tokens, with the parts of speech of those that the annotators cut likewise.
#[derive(Clone, Debug)]
pub struct Example {
    pub signatures: Vec<Signature>,
    pub sentences: Vec<Range<usize>>,
    /// One a token.
    pub tags: Vec<Option<Pos>>,
    /// How often it is learnt from in each pass.
    pub weight: usize,
}

/// Who gave a text its parts of speech.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Checked {
    /// Known mistakes are mended.
    ByMachine,
    /// Counts twice.
    ByPeople,
}

/// How the tagger is trained.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    pub seed: u64,
    /// Times that all examples are gone through.
    pub passes: usize,
    /// The table has `1 << bits` rows.
    pub bits: u32,
    /// Features seen less often change nothing.
    pub least: u32,
    /// A decision counts as right when it leads by that much.
    pub margin: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { seed: 1, passes: 5, bits: 16, least: 4, margin: 8.0 }
    }
}

/// Right tags of all that are known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Accuracy {
    pub right: usize,
    pub all: usize,
}

impl Accuracy {
    pub fn share(self) -> f64 {
        self.right as f64 / self.all.max(1) as f64
    }
}

/// Cuts a text into tokens and takes over the tags of those that are cut likewise.
pub fn example(tagged: TaggedText, checked: Checked, lexicon: &Lexicon) -> Example {
    let document = document(RawArticle::plain(tagged.id, tagged.text));
    let (tokens, sentences) = segment(&document, lexicon);
    let text = &document.text;
    let words: Vec<&Word> = tokens.iter().map(|token| lexicon.words.get(text.slice(token.span))).collect();
    let known: FxHashMap<Span, Pos> = tagged.tags.into_iter().collect();
    let tags = tokens.iter().zip(&words).map(|(token, word)| gold(*known.get(&token.span)?, word));
    let ranges =
        sentences.iter().map(|sentence| sentence.tokens.start as usize..sentence.tokens.end as usize);
    let mut tags: Vec<Option<Pos>> = tags.collect();
    if checked == Checked::ByMachine {
        ranges.clone().for_each(|range| mend::past_tenses(&mut tags[range.clone()], &words[range]));
    }
    Example {
        tags,
        signatures: signatures(text, &tokens, &words, ranges.clone()),
        sentences: ranges.collect(),
        weight: match checked {
            Checked::ByMachine => 1,
            Checked::ByPeople => 2,
        },
    }
}

/// «to» has one tag here, whatever it leads, and «according to» is no verb.
fn gold(tag: Pos, word: &Word) -> Option<Pos> {
    match (word.function, tag) {
        (Some(Function::To), Pos::Preposition) => Some(Pos::To),
        (Some(Function::According), Pos::VerbIng) => Some(Pos::Preposition),
        _ => Some(tag),
    }
}

/// Trains a tagger; the same examples and settings give the same bytes.
pub fn train(examples: &[&Example], settings: Settings) -> Tagger {
    let dictionary = Dictionary::of(examples.iter().flat_map(|example| {
        let seen = example.signatures.iter().zip(&example.tags);
        let seen = seen.filter_map(|(signature, tag)| Some((*signature, (*tag)?)));
        seen.flat_map(|seen| std::iter::repeat_n(seen, example.weight))
    }));
    let counts = counts(examples, &dictionary);
    let mut model = Perceptron::new(settings.bits);
    let mut random = Random::new(settings.seed);
    let mut order: Vec<(&Example, Range<usize>)> = examples
        .iter()
        .flat_map(|example| std::iter::repeat_n(*example, example.weight))
        .flat_map(|example| example.sentences.iter().map(move |range| (example, range.clone())))
        .collect();
    for _ in 0..settings.passes {
        random.shuffle(&mut order);
        for (example, range) in &order {
            learn(&mut model, example, range, &dictionary, &counts, settings);
        }
    }
    Tagger { table: model.average(), dictionary }
}

/// How often each feature is met, with the right tags before it.
fn counts(examples: &[&Example], dictionary: &Dictionary) -> FxHashMap<u32, u32> {
    let mut counts = FxHashMap::default();
    for example in examples {
        for range in &example.sentences {
            let tags = &example.tags[range.clone()];
            let count = |at: usize, features: &[u32; COUNT]| {
                features
                    .iter()
                    .for_each(|&feature| *counts.entry(feature).or_default() += example.weight as u32);
                tags[at].unwrap_or(Pos::Noun)
            };
            walk(&example.signatures[range.clone()], dictionary, count, |_, _| {});
        }
    }
    counts
}

/// Tags one sentence and mends the weights where a tag is wrong.
fn learn(
    model: &mut Perceptron<LABELS>,
    example: &Example,
    range: &Range<usize>,
    dictionary: &Dictionary,
    counts: &FxHashMap<u32, u32>,
    settings: Settings,
) {
    let tags = &example.tags[range.clone()];
    let mut often = Vec::with_capacity(COUNT);
    let decide = |at: usize, features: &[u32; COUNT]| {
        often.clear();
        often.extend(
            features
                .iter()
                .filter(|feature| counts.get(feature).is_some_and(|&count| count >= settings.least)),
        );
        let mut scores = model.scores(&often);
        let guess = best(&scores);
        let Some(right) = tags[at] else { return guess };
        model.decide();
        scores[right as usize] -= settings.margin;
        let rival = best(&scores);
        if rival != right {
            model.correct(&often, right as usize, rival as usize);
        }
        guess
    };
    walk(&example.signatures[range.clone()], dictionary, decide, |_, _| {});
}

fn best(scores: &[f32; LABELS]) -> Pos {
    let best = Pos::ALL.iter().zip(scores).max_by(|a, b| a.1.total_cmp(b.1));
    best.map_or(Pos::Noun, |(pos, _)| *pos)
}

/// How many of the known tags the tagger finds.
pub fn accuracy(tagger: &Tagger, examples: &[&Example]) -> Accuracy {
    let mut accuracy = Accuracy::default();
    for example in examples {
        for range in &example.sentences {
            let tags = &example.tags[range.clone()];
            tagger.tag(&example.signatures[range.clone()], |at, tag| {
                accuracy.all += usize::from(tags[at].is_some());
                accuracy.right += usize::from(tags[at] == Some(tag));
            });
        }
    }
    accuracy
}

#[cfg(test)]
mod tests {
    use super::{Checked, Example, Settings, accuracy, example, train};
    use crate::learn::weights::Weights;
    use crate::lexicon::Lexicon;
    use crate::model::Pos;
    use crate::span::Span;
    use crate::training::syntax::TaggedText;

    fn examples() -> Vec<Example> {
        let lexicon = Lexicon::load().unwrap();
        let words = [
            ("Reyes", Pos::Proper),
            ("plans", Pos::VerbThird),
            ("the", Pos::Determiner),
            ("plans", Pos::NounPlural),
        ];
        let (mut text, mut tags) = (String::new(), Vec::new());
        for (word, pos) in words {
            tags.push((Span::from_bounds(text.len(), text.len() + word.len()), pos));
            text.push_str(word);
            text.push(' ');
        }
        let tagged = TaggedText { id: "a".to_owned(), text, tags };
        (0..8).map(|_| example(tagged.clone(), Checked::ByPeople, &lexicon)).collect()
    }

    #[test]
    fn the_same_examples_give_the_same_bytes() {
        let (examples, settings) = (examples(), Settings { bits: 8, ..Settings::default() });
        let examples: Vec<&Example> = examples.iter().collect();
        let bytes = || {
            let mut weights = Weights::default();
            train(&examples, settings).write(&mut weights);
            weights.to_bytes()
        };
        assert_eq!(bytes(), bytes());
    }

    #[test]
    fn a_word_is_told_by_its_neighbours() {
        let (examples, settings) = (examples(), Settings { bits: 8, ..Settings::default() });
        let examples: Vec<&Example> = examples.iter().collect();
        let figure = accuracy(&train(&examples, settings), &examples);
        assert_eq!((figure.right, figure.all), (32, 32));
    }
}
