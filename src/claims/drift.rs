//! How a statement's words drift from one print to another.

use crate::claims::alignment::Alignment;
use crate::claims::wording::{Verbatim, Wording};
use crate::claims::words::Word;

/// A run of words of two prints.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// In both, as the second has it.
    Kept(String),
    /// In the first alone.
    Dropped(String),
    /// In the second alone.
    Added(String),
}

/// The way from one print to another, word by word. Words that differ in case, marks, contraction or inflection alone are
/// kept.
pub fn drift(from: &str, to: &str) -> Vec<Piece> {
    let (old, new) = (Printed::of(from), Printed::of(to));
    let alignment = Alignment::new(&old.words, &new.words);
    let common = alignment.pairs.iter().map(|&(i, j)| (old.of[i], new.of[j]));
    let mut pieces = Vec::new();
    let mut at = (0, 0);
    for (i, j) in common.chain([(old.printed.len(), new.printed.len())]) {
        if i > at.0 {
            pieces.push(Piece::Dropped(old.printed[at.0..i].join(" ")));
        }
        if j > at.1 {
            pieces.push(Piece::Added(new.printed[at.1..j].join(" ")));
        }
        if let Some(word) = new.printed.get(j).filter(|_| j >= at.1) {
            match pieces.last_mut() {
                Some(Piece::Kept(words)) => *words = format!("{words} {word}"),
                _ => pieces.push(Piece::Kept((*word).to_owned())),
            }
        }
        at = (at.0.max(i + 1), at.1.max(j + 1));
    }
    pieces
}

/// A print word by word.
#[derive(Default)]
struct Printed<'t> {
    /// As printed; what has no letter or digit goes.
    printed: Vec<&'t str>,
    /// As compared: «we’re» is two.
    words: Vec<Word>,
    /// One a word: of which printed one it is.
    of: Vec<usize>,
}

impl<'t> Printed<'t> {
    fn of(text: &'t str) -> Self {
        const LONGEST: usize = 400;
        let mut read = Self::default();
        for printed in text.split_whitespace().take(LONGEST) {
            let words = Wording::new(printed, Verbatim::Whole).words;
            if words.is_empty() {
                continue;
            }
            read.of.extend(words.iter().map(|_| read.printed.len()));
            read.words.extend(words);
            read.printed.push(printed);
        }
        read
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, drift};

    #[test]
    fn words_dropped_and_added() {
        let pieces = drift("“We will build 300 homes here.”", "we will build … new homes");
        let [kept, dropped, added] = [Piece::Kept, Piece::Dropped, Piece::Added];
        let expected = [
            kept("we will build".into()),
            dropped("300".into()),
            added("new".into()),
            kept("homes".into()),
            dropped("here.”".into()),
        ];
        assert_eq!(pieces, expected);
    }

    #[test]
    fn contractions_are_no_drift() {
        let kept = |words: &str| vec![Piece::Kept(words.to_owned())];
        assert_eq!(drift("We’re not gonna pay", "we are not going to pay"), kept("we are not going to pay"));
        assert_eq!(drift("it is not so", "It isn't so"), kept("It isn't so"));
    }
}
