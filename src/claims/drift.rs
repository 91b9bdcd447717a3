//! How a statement's words drift from one print to another.

use crate::claims::alignment::Alignment;
use crate::claims::wording::{Verbatim, Word, Wording};

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

/// The way from one print to another, word by word. Words that differ in case, marks or inflection alone are kept.
pub fn drift(from: &str, to: &str) -> Vec<Piece> {
    let ((old, old_words), (new, new_words)) = (read(from), read(to));
    let alignment = Alignment::new(&old_words, &new_words);
    let mut pieces = Vec::new();
    let mut at = (0, 0);
    for (i, j) in alignment.pairs.iter().copied().chain([(old.len(), new.len())]) {
        let run = |words: &[&str]| words.join(" ");
        if i > at.0 {
            pieces.push(Piece::Dropped(run(&old[at.0..i])));
        }
        if j > at.1 {
            pieces.push(Piece::Added(run(&new[at.1..j])));
        }
        if let Some(word) = new.get(j).filter(|_| i < old.len()) {
            match pieces.last_mut() {
                Some(Piece::Kept(words)) => *words = format!("{words} {word}"),
                _ => pieces.push(Piece::Kept((*word).to_owned())),
            }
        }
        at = (i + 1, j + 1);
    }
    pieces
}

/// The words as printed and as they are compared; what has no letter or digit goes.
fn read(text: &str) -> (Vec<&str>, Vec<Word>) {
    let words = text.split_whitespace().take(400).filter_map(|printed| {
        let word = Wording::new(printed, Verbatim::Whole).words.into_iter().next()?;
        Some((printed, word))
    });
    words.unzip()
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
}
