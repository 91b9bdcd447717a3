//! Sources, cues and contents as runs of words, without asking which belong together.

use crate::evaluation::annotation::Annotated;
use crate::evaluation::comparison::Comparison;
use crate::evaluation::figures::Figures;
use crate::evaluation::tally::Tally;
use crate::evaluation::words::WordSet;
use std::collections::BTreeSet;

impl Comparison<'_> {
    pub fn count_spans(&self, figures: &mut Figures) {
        figures.spans.source += self.spans(|quote| &quote.source);
        figures.spans.cue += self.spans(|quote| &quote.cue);
        figures.spans.content += self.spans(|quote| &quote.words);
    }

    fn spans(&self, part: for<'q> fn(&'q Annotated<'_>) -> &'q WordSet) -> Tally {
        let all = |quotes: &[Annotated]| -> BTreeSet<_> {
            quotes.iter().flat_map(|quote| runs(part(quote))).collect()
        };
        let (gold, predicted) = (all(&self.gold), all(&self.predicted));
        let found = gold.intersection(&predicted).count();
        Tally { found, missed: gold.len() - found, spurious: predicted.len() - found }
    }
}

/// First and last word of each unbroken run.
fn runs(words: &WordSet) -> Vec<(u32, u32)> {
    words.chunk_by(|word, next| word + 1 == *next).map(|run| (run[0], run[run.len() - 1])).collect()
}

#[cfg(test)]
mod tests {
    use super::runs;

    #[test]
    fn a_gap_ends_a_run() {
        assert_eq!(runs(&vec![1, 2, 3, 5, 7, 8]), [(1, 3), (5, 5), (7, 8)]);
        assert!(runs(&vec![]).is_empty());
    }
}
