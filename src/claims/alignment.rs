//! Two statements laid side by side, word by word.

use crate::claims::words::Word;
use std::ops::Range;

/// The words that two statements have in common, in order, and what stands between them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Alignment {
    /// Places in the one and in the other, both rising.
    pub pairs: Vec<(usize, usize)>,
}

/// What stands in one statement and in the other between two common words, or before the first or behind the last.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gap {
    pub one: Range<usize>,
    pub other: Range<usize>,
    /// Whether common words stand on both sides.
    pub is_inner: bool,
}

impl Alignment {
    /// The longest sequence of words that both have, in order; of several the one that weighs most, and
    /// has the longest runs.
    ///
    /// The method is that of Wagner and Fischer (1974): time and memory grow with the product of the lengths,
    /// which [`crate::claims::wording`] bounds.
    pub fn new(one: &[Word], other: &[Word]) -> Self {
        let width = other.len() + 1;
        // From each place on: the best, and the best that begins with a pair here.
        let mut best = vec![0_u32; (one.len() + 1) * width];
        let mut paired = vec![0_u32; (one.len() + 1) * width];
        for (i, word) in one.iter().enumerate().rev() {
            for (j, candidate) in other.iter().enumerate().rev() {
                let (here, next) = (i * width + j, (i + 1) * width + j + 1);
                if is_same(word, candidate) {
                    let run = if paired[next] > 0 { paired[next] + RUN } else { 0 };
                    paired[here] = value(word) + best[next].max(run);
                }
                best[here] = paired[here].max(best[here + width]).max(best[here + 1]);
            }
        }
        let mut pairs = Vec::new();
        let (mut i, mut j, mut in_run) = (0, 0, false);
        while i < one.len() && j < other.len() {
            let here = i * width + j;
            if paired[here] > 0 && (in_run || paired[here] == best[here]) {
                pairs.push((i, j));
                let next = here + width + 1;
                in_run = paired[next] > 0 && paired[next] + RUN >= best[next];
                (i, j) = (i + 1, j + 1);
            } else if best[here] == best[here + width] {
                i += 1;
            } else {
                j += 1;
            }
        }
        Self { pairs }
    }

    /// What stands between the common words of statements so long.
    pub fn gaps(&self, one: usize, other: usize) -> Vec<Gap> {
        let mut gaps = Vec::new();
        let (mut i, mut j) = (0, 0);
        for (at, &(next_i, next_j)) in self.pairs.iter().enumerate() {
            if next_i > i || next_j > j {
                gaps.push(Gap { one: i..next_i, other: j..next_j, is_inner: at > 0 });
            }
            (i, j) = (next_i + 1, next_j + 1);
        }
        if i < one || j < other {
            gaps.push(Gap { one: i..one, other: j..other, is_inner: false });
        }
        gaps
    }
}

/// A word counts, and a telling one breaks a tie, as does a word that follows another in both.
fn value(word: &Word) -> u32 {
    10_000 + u32::from(word.is_telling()) * 100
}

const RUN: u32 = 20;

/// Whether two words are one: equal but for inflection or a slip of the pen.
pub fn is_same(one: &Word, other: &Word) -> bool {
    one.stem == other.stem || one.form == other.form || is_misspelt(one, other)
}

/// «Sollis» for «Solis», «birth-right» for «birthright»; no numbers, and no short words.
fn is_misspelt(one: &Word, other: &Word) -> bool {
    const SHORTEST: usize = 5;
    /// The distance takes time in the product of the lengths.
    const LONGEST: usize = 40;
    let (a, b) = (one.form.as_str(), other.form.as_str());
    let may_be = one.class == other.class
        && one.is_telling()
        && !a.starts_with(|letter: char| letter.is_ascii_digit())
        && a.len().min(b.len()) >= SHORTEST
        && a.len().max(b.len()) <= LONGEST
        && a.len().abs_diff(b.len()) <= 2
        && a.as_bytes().first() == b.as_bytes().first();
    may_be && strsim::osa_distance(a, b) <= if a.len().min(b.len()) >= 8 { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::Alignment;
    use crate::claims::wording::{Verbatim, Wording};

    #[test]
    fn common_words_and_gaps() {
        let wording = |text| Wording::new(text, Verbatim::Whole);
        let (one, other) = (wording("we will build new homes here"), wording("We build 300 homes"));
        let alignment = Alignment::new(&one.words, &other.words);
        assert_eq!(alignment.pairs, [(0, 0), (2, 1), (4, 3)]);
        let gaps = alignment.gaps(one.words.len(), other.words.len());
        let places: Vec<_> =
            gaps.iter().map(|gap| (gap.one.clone(), gap.other.clone(), gap.is_inner)).collect();
        assert_eq!(places, [(1..2, 1..1, true), (3..4, 2..3, true), (5..6, 4..4, false)]);
    }
}
