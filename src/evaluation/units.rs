//! Stretches between quotation marks, and the sources of those found.

use crate::evaluation::annotation::Annotated;
use crate::evaluation::comparison::{Comparison, Side, tally};
use crate::evaluation::figures::{Figures, Group};
use crate::evaluation::matching::LEAST_OVERLAP;
use crate::evaluation::words::WordSet;

/// A stretch with the quote that it is of.
type Unit<'a> = (WordSet, &'a Annotated<'a>);

impl Comparison<'_> {
    pub fn count_units(&self, figures: &mut Figures) {
        let is_quoting = |quote: &&Annotated| matches!(quote.group, Group::Direct | Group::Mixed);
        let gold = self.units(self.gold.iter().filter(is_quoting));
        let predicted = self.units(self.predicted.iter());
        let (gold, predicted) = (sides(&gold), sides(&predicted));
        let paired = self.pairs(&gold, &predicted, LEAST_OVERLAP);
        // Marks inside a statement that isn't annotated as quoted: neither rewarded nor punished.
        let aside = self.quoted_elsewhere(self.gold.iter().filter(|quote| !is_quoting(quote)));
        let is_kept = |column: &usize| {
            let is_paired = paired.iter().any(|pair| pair.1 == *column);
            is_paired || !lies_in(predicted[*column].0, &aside)
        };
        let kept: Vec<usize> = (0..predicted.len()).filter(is_kept).collect();
        let left = |column: usize| kept.partition_point(|&other| other < column);
        let paired: Vec<_> = paired.iter().map(|&(row, column)| (row, left(column))).collect();
        let predicted: Vec<Side> = kept.iter().map(|&column| predicted[column]).collect();
        tally(figures, &gold, &predicted, &paired, |counts| &mut counts.quoted.found);
        let right = self.attributed(&gold, &predicted, &paired);
        tally(figures, &gold, &predicted, &right, |counts| &mut counts.quoted.with_source);
        for pair in &paired {
            figures.count(gold[pair.0].1.group, |counts| counts.quoted.source.add(right.contains(pair)));
        }
    }

    /// The quoted stretches of some quotes; a direct quote without marks is one as a whole.
    fn units<'q>(&self, quotes: impl Iterator<Item = &'q Annotated<'q>>) -> Vec<Unit<'q>> {
        let mut units: Vec<Unit> = Vec::new();
        for quote in quotes {
            let mut quoted = self.words.quoted_units(&quote.words);
            if quoted.is_empty() && quote.group == Group::Direct {
                quoted.push(quote.words.clone());
            }
            for unit in quoted {
                let is_same = |(other, by): &Unit| {
                    *other == unit && by.source == quote.source && by.speaker == quote.speaker
                };
                if !units.iter().any(is_same) {
                    units.push((unit, quote));
                }
            }
        }
        units
    }

    /// The words between marks in some quotes, and all those of quotes out of scope.
    fn quoted_elsewhere<'q>(&self, quotes: impl Iterator<Item = &'q Annotated<'q>>) -> WordSet {
        let quoted = quotes.flat_map(|quote| self.words.quoted_units(&quote.words)).flatten();
        let mut words: WordSet = quoted.chain(self.free.iter().copied()).collect();
        words.sort_unstable();
        words.dedup();
        words
    }
}

/// Whether at least half of `words` are among `others`.
pub fn lies_in(words: &WordSet, others: &WordSet) -> bool {
    2 * words.iter().filter(|word| others.binary_search(word).is_ok()).count() >= words.len()
}

fn sides<'q>(units: &'q [Unit<'q>]) -> Vec<Side<'q>> {
    units.iter().map(|(words, quote)| (words, *quote)).collect()
}
