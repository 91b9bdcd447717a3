//! A statement as it is compared: its words, and which of them are in quotation marks.

use crate::claims::words::{Word, words};
use crate::model::QuoteKind;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_128;

/// So many statements are remembered, of some kilobytes each.
const REMEMBERED: usize = 4096;

/// How verbatim a statement is printed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Verbatim {
    /// All in quotation marks, but nobody is seen to say it: a term, or words of a quotation printed elsewhere.
    Marked = 0,
    /// Reported in the writer's words.
    Reported = 1,
    /// In part in quotation marks.
    Part = 2,
    /// All in quotation marks.
    Whole = 3,
}

impl From<QuoteKind> for Verbatim {
    fn from(kind: QuoteKind) -> Self {
        match kind {
            QuoteKind::Direct => Self::Whole,
            QuoteKind::Mixed => Self::Part,
            QuoteKind::Indirect => Self::Reported,
            QuoteKind::Scare => Self::Marked,
        }
    }
}

/// A statement's words.
#[derive(Clone, PartialEq, Debug)]
pub struct Wording {
    pub words: Vec<Word>,
    /// The words in quotation marks of a statement printed in part in marks; all of one wholly in marks.
    pub fragments: Vec<Range<usize>>,
    pub verbatim: Verbatim,
}

/// How full a print is: how verbatim, and how many words it has that no writer put in.
pub fn fullness(text: &str, verbatim: Verbatim) -> (Verbatim, usize) {
    (verbatim, Wording::remembered(text, verbatim).own_words())
}

impl Wording {
    /// How many words it has that no writer put in.
    pub fn own_words(&self) -> usize {
        self.words.iter().filter(|word| !word.is_bracketed).count()
    }

    /// The words of a statement, as they are kept: parts between which the writer broke in are joined with « … ».
    pub fn new(text: &str, verbatim: Verbatim) -> Self {
        let (words, quoted) = words(text);
        let all = 0..words.len();
        let fragments = match verbatim {
            Verbatim::Whole | Verbatim::Marked => vec![all],
            Verbatim::Reported => Vec::new(),
            Verbatim::Part => runs(&quoted),
        };
        Self { words, fragments, verbatim }
    }

    /// As [`Self::new`]; of the statements read last on this thread they are remembered.
    pub fn remembered(text: &str, verbatim: Verbatim) -> Arc<Self> {
        thread_local! {
            static READ: RefCell<FxHashMap<(u128, Verbatim), Arc<Wording>>> = RefCell::default();
        }
        READ.with_borrow_mut(|read| {
            if read.len() >= REMEMBERED {
                read.clear();
            }
            let wording = read.entry((xxh3_128(text.as_bytes()), verbatim));
            Arc::clone(wording.or_insert_with(|| Arc::new(Self::new(text, verbatim))))
        })
    }

    /// How many words stand in quotation marks, and how many of these are telling.
    pub fn in_marks(&self) -> (usize, usize) {
        let words = || self.fragments.iter().flat_map(|fragment| &self.words[fragment.clone()]);
        (words().count(), words().filter(|word| word.is_telling()).count())
    }

    /// Whether it is a form of another statement when what stands in quotation marks is.
    pub const fn is_part(&self) -> bool {
        matches!(self.verbatim, Verbatim::Part | Verbatim::Marked)
    }

    /// Whether it is too short for words of a quotation that the writer doesn't say to be one: «a "grey" market».
    pub fn is_term(&self) -> bool {
        let (words, telling) = self.in_marks();
        self.verbatim == Verbatim::Marked && (words < 4 || telling < 2)
    }

    /// Whether it is a phrase for any occasion: «no comment», «one match at a time».
    ///
    /// Such a phrase on another day is another statement.
    pub fn is_stock(&self) -> bool {
        const SHORT: usize = 9;
        let telling = self.words.iter().filter(|word| word.is_telling() && word.form != "1");
        let stems: BTreeSet<&str> = telling.map(|word| word.stem.as_str()).collect();
        self.words.len() <= SHORT && stems.len() <= 3 && !self.words.iter().any(|word| word.is_name)
    }
}

/// The runs of `true`.
fn runs(quoted: &[bool]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in quoted.iter().enumerate().filter(|&(_, &is_quoted)| is_quoted) {
        match runs.last_mut().filter(|run| run.end == at) {
            Some(run) => run.end = at + 1,
            None => runs.push(at..at + 1),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::{Verbatim, Wording};

    #[test]
    fn fragments_stand_in_marks() {
        let wording = Wording::new("it was “a wasted meeting” and ‘no use’ at all", Verbatim::Part);
        assert_eq!(wording.fragments, [2..5, 6..8]);
    }

    #[test]
    fn names_are_told_from_the_beginnings_of_sentences() {
        let wording = Wording::new("“Pay in Corrin. We will.”", Verbatim::Whole);
        let names: Vec<&str> =
            wording.words.iter().filter(|word| word.is_name).map(|word| word.form.as_str()).collect();
        assert_eq!(names, ["corrin"]);
    }

    #[test]
    fn phrases_for_any_occasion() {
        for text in ["No comment", "We are ready for anything", "One match at a time", "It is what it is"] {
            assert!(Wording::new(text, Verbatim::Whole).is_stock(), "{text}");
        }
        assert!(!Wording::new("Tired pilots don't land safely", Verbatim::Whole).is_stock());
    }
}
