//! Which annotated quotes count.

use crate::evaluation::annotation::Annotated;
use crate::evaluation::figures::Group;
use crate::evaluation::matching::{LEAST_OVERLAP, pairs};
use crate::evaluation::units::lies_in;
use crate::evaluation::words::{WordSet, Words};
use crate::lexicon::reporting_words::ReportingWords;

/// Which quotes the evaluation is about.
#[derive(Debug, Default)]
pub enum Scope {
    #[default]
    Everything,
    /// Quotes with something in quotation marks, and reported ones whose cue has a reporting word:
    /// «said», not «supports» or «plans to». To find one of the others is neither right nor wrong.
    Claims(ReportingWords),
}

/// The claims among `gold`, the predictions that are to be judged by them, and the words of the
/// other gold quotes.
///
/// Not judged is a prediction that is paired with another gold quote or lies by half in one, and
/// one that is paired with none and whose own cue has no reporting word.
pub fn keep<'a>(
    gold: Vec<Annotated<'a>>,
    predicted: Vec<Annotated<'a>>,
    words: &Words,
    reporting: &ReportingWords,
) -> (Vec<Annotated<'a>>, Vec<Annotated<'a>>, WordSet) {
    let is_claim = |quote: &Annotated| {
        let reports = |&word: &u32| reporting.has(&words.spelled(word));
        quote.group != Group::Indirect || quote.cue.iter().any(reports)
    };
    let free = words_of(gold.iter().filter(|quote| !is_claim(quote)));
    let paired = pairs(&contents(&gold), &contents(&predicted), LEAST_OVERLAP, |_, _| false);
    let is_judged = |column: usize, quote: &Annotated| match paired.iter().find(|pair| pair.1 == column) {
        Some(pair) => is_claim(&gold[pair.0]),
        None => !lies_in(&quote.words, &free) && (quote.cue.is_empty() || is_claim(quote)),
    };
    let judged = predicted.into_iter().enumerate().filter(|(column, quote)| is_judged(*column, quote));
    let judged = judged.map(|(_, quote)| quote).collect();
    (gold.into_iter().filter(is_claim).collect(), judged, free)
}

fn contents<'q>(quotes: &'q [Annotated]) -> Vec<&'q WordSet> {
    quotes.iter().map(|quote| &quote.words).collect()
}

fn words_of<'q>(quotes: impl Iterator<Item = &'q Annotated<'q>>) -> WordSet {
    let mut words: WordSet = quotes.flat_map(|quote| &quote.words).copied().collect();
    words.sort_unstable();
    words.dedup();
    words
}
