//! Small tables that the segmentation reads words by: sentence starters, clitics, domain endings.

use crate::error::Result;
use crate::lexicon::table;
use crate::named::named;
use rustc_hash::{FxHashMap, FxHashSet};

named! {
/// What a capitalised word shows where it isn't sure that a sentence ended.
Starter {
    /// A sentence starts: `The`.
    Starts = "starts",
    /// The sentence goes on: `Monday`.
    Continues = "continues",
    /// With a colon, the credit under a picture starts: `Photo: …`.
    Credit = "credit",
}
}

/// The tables of single words that segmentation needs.
#[derive(Debug, Default)]
pub struct Spelling {
    starters: FxHashMap<&'static str, Starter>,
    clitics: Vec<Clitic>,
    domain_endings: FxHashSet<&'static str>,
}

/// An ending that is a token of its own: `n` and `t` of `n't`.
#[derive(Debug)]
struct Clitic {
    before: &'static str,
    after: &'static str,
}

impl Spelling {
    pub(super) fn load() -> Result<Self> {
        let endings = include_str!("../../data/domain_endings.tsv");
        let endings = table::rows("domain_endings.tsv", endings, &["ending"])?;
        Ok(Self {
            starters: starters()?,
            clitics: clitics()?,
            domain_endings: endings.iter().map(|row| row.cell(0)).collect(),
        })
    }

    /// What `word`, capitalised as printed, shows where it isn't sure that a sentence ended.
    pub fn starter(&self, word: &str) -> Option<Starter> {
        self.starters.get(word).copied()
    }

    /// Whether `label` ends web addresses; lower case.
    pub fn ends_domain(&self, label: &str) -> bool {
        self.domain_endings.contains(label)
    }

    /// How many letters of `before` leave it for the clitic that goes on with `after` behind the
    /// apostrophe; `None` when there is no such clitic. Takes any case.
    ///
    /// `do` + `n` ’ `t`: (`don`, `t`) gives 1; (`she`, `s`) gives 0.
    pub fn clitic(&self, before: &str, after: &str) -> Option<usize> {
        let ends =
            |clitic: &&Clitic| clitic.after.eq_ignore_ascii_case(after) && ends_with(before, clitic.before);
        self.clitics.iter().find(ends).map(|clitic| clitic.before.len())
    }
}

fn starters() -> Result<FxHashMap<&'static str, Starter>> {
    let text = include_str!("../../data/sentence_starters.tsv");
    let rows = table::rows("sentence_starters.tsv", text, &["word", "class"])?;
    rows.iter().map(|row| Ok((row.cell(0), row.class(1)?))).collect()
}

fn clitics() -> Result<Vec<Clitic>> {
    let rows = table::rows("clitics.tsv", include_str!("../../data/clitics.tsv"), &["clitic"])?;
    let clitic = |row: &table::Row| {
        let (before, after) =
            row.cell(0).split_once('\'').ok_or_else(|| row.error("a clitic has an apostrophe"))?;
        Ok(Clitic { before, after })
    };
    rows.iter().map(clitic).collect()
}

fn ends_with(word: &str, ending: &str) -> bool {
    let tail = word.len().checked_sub(ending.len()).and_then(|start| word.as_bytes().get(start..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(ending.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clitics_take_their_letters_along() {
        let spelling = Spelling::load().unwrap();
        assert_eq!(spelling.clitic("don", "t"), Some(1));
        assert_eq!(spelling.clitic("CAN", "T"), Some(1));
        assert_eq!(spelling.clitic("she", "s"), Some(0));
        assert_eq!(spelling.clitic("it", "t"), None);
        assert_eq!(spelling.clitic("o", "clock"), None);
    }
}
