//! The quotes of one article from both sides, and how they pair.

use crate::evaluation::annotation::{Annotated, gold, predicted};
use crate::evaluation::figures::{Counts, Figures};
use crate::evaluation::matching::pairs;
use crate::evaluation::scope::{Scope, keep};
use crate::evaluation::sources::Likeness;
use crate::evaluation::tally::Tally;
use crate::evaluation::words::{WordSet, Words};
use crate::lexicon::source_words::SourceWords;
use crate::record::Record;

/// What was annotated in an article, and what was found in it.
pub struct Comparison<'a> {
    pub article: &'a Record,
    pub words: &'a Words<'a>,
    pub tables: &'a SourceWords,
    pub gold: Vec<Annotated<'a>>,
    pub predicted: Vec<Annotated<'a>>,
    /// Words of annotated quotes that are out of scope: to find them is neither right nor wrong.
    pub free: WordSet,
}

/// The words that are compared, and the quote that they are of.
pub type Side<'a> = (&'a WordSet, &'a Annotated<'a>);

/// Indices of a gold quote and of the prediction paired with it.
pub type Pair = (usize, usize);

impl<'a> Comparison<'a> {
    pub fn new(
        article: &'a Record,
        found: &'a Record,
        words: &'a Words<'a>,
        tables: &'a SourceWords,
        scope: &Scope,
    ) -> Self {
        let (gold, predicted) = (gold(article, words), predicted(found, words));
        let (gold, predicted, free) = match scope {
            Scope::Everything => (gold, predicted, WordSet::new()),
            Scope::Claims(reporting) => keep(gold, predicted, words, reporting),
        };
        Self { article, words, tables, gold, predicted, free }
    }

    pub fn gold_contents(&self) -> Vec<Side<'_>> {
        contents(&self.gold)
    }

    pub fn predicted_contents(&self) -> Vec<Side<'_>> {
        contents(&self.predicted)
    }

    pub fn pairs(&self, gold: &[Side], predicted: &[Side], least: f64) -> Vec<Pair> {
        let is_right = |row: usize, column: usize| self.is_right(gold[row], predicted[column]);
        pairs(&word_sets(gold), &word_sets(predicted), least, is_right)
    }

    /// Those pairs that have the right source.
    pub fn attributed(&self, gold: &[Side], predicted: &[Side], pairs: &[Pair]) -> Vec<Pair> {
        let is_right = |&(row, column): &Pair| self.is_right(gold[row], predicted[column]);
        pairs.iter().copied().filter(is_right).collect()
    }

    pub fn is_right(&self, gold: Side, predicted: Side) -> bool {
        gold.1.has_source_of(predicted.1, Likeness::Head, self.tables)
    }
}

/// Counts, by type, what the pairs found, missed, and left spurious.
pub fn tally(
    figures: &mut Figures,
    gold: &[Side],
    predicted: &[Side],
    pairs: &[Pair],
    place: impl Fn(&mut Counts) -> &mut Tally,
) {
    for (row, (_, quote)) in gold.iter().enumerate() {
        let is_found = pairs.iter().any(|pair| pair.0 == row);
        figures.count(quote.group, |counts| {
            let tally = place(counts);
            *(if is_found { &mut tally.found } else { &mut tally.missed }) += 1;
        });
    }
    for (column, (_, quote)) in predicted.iter().enumerate() {
        if pairs.iter().all(|pair| pair.1 != column) {
            figures.count(quote.group, |counts| place(counts).spurious += 1);
        }
    }
}

fn contents<'q>(quotes: &'q [Annotated<'q>]) -> Vec<Side<'q>> {
    quotes.iter().map(|quote| (&quote.words, quote)).collect()
}

fn word_sets<'q>(side: &[Side<'q>]) -> Vec<&'q WordSet> {
    side.iter().map(|(words, _)| *words).collect()
}
