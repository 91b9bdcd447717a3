//! The tagger: from left to right, one decision a word (Collins 2002, greedy).

use crate::error::{Error, Result};
use crate::learn::table::Table;
use crate::learn::weights::{Weights, Writer};
use crate::model::Pos;
use crate::tagging::dictionary::Dictionary;
use crate::tagging::features::{COUNT, Clause, Context, features};
use crate::tagging::signature::Signature;

/// Labels of a row of weights: the parts of speech, and room for more.
pub const LABELS: usize = 32;

/// The section of the weights file.
const SECTION: &str = "tagger";

/// Gives every word its part of speech: by the dictionary, else by the table of weights.
#[derive(Clone, Debug)]
pub struct Tagger {
    pub table: Table<LABELS>,
    pub dictionary: Dictionary,
}

impl Tagger {
    /// The parts of speech of one sentence.
    pub fn tag(&self, sentence: &[Signature], set: impl FnMut(usize, Pos)) {
        walk(sentence, &self.dictionary, |_, features| self.best(features), set);
    }

    fn best(&self, features: &[u32; COUNT]) -> Pos {
        let mut sums = [0; LABELS];
        features.iter().for_each(|&feature| self.table.add(feature, &mut sums));
        let sums = &sums[..Pos::ALL.len()];
        let most = sums.iter().copied().max().unwrap_or_default();
        Pos::ALL[sums.iter().position(|&sum| sum == most).unwrap_or_default()]
    }

    /// Reads the tagger of a weights file.
    ///
    /// # Errors
    /// [`Error::Weights`] naming `origin` when it has none, or one of other parts of speech.
    pub fn read(weights: &Weights, origin: &str) -> Result<Self> {
        let mut section = weights.section(SECTION);
        let mut read = || {
            let dictionary = Dictionary::read(&mut section)?;
            Some(Self { dictionary, table: Table::read(&mut section)? })
        };
        let reason = "holds no tagger that this version can use: train again".to_owned();
        read().ok_or_else(|| Error::Weights { origin: origin.to_owned(), reason })
    }

    pub fn write(&self, weights: &mut Weights) {
        let mut writer = Writer::default();
        self.dictionary.write(&mut writer);
        self.table.write(&mut writer);
        weights.put(SECTION, writer);
    }
}

/// Goes through a sentence from left to right: what the dictionary doesn't know `decide` does, given the
/// token's index and features; `set` gets every tag.
pub fn walk(
    sentence: &[Signature],
    dictionary: &Dictionary,
    mut decide: impl FnMut(usize, &[u32; COUNT]) -> Pos,
    mut set: impl FnMut(usize, Pos),
) {
    let (mut before, mut clause) = ([None; 2], Clause::default());
    for (at, signature) in sentence.iter().enumerate() {
        let known = signature.fixed.or_else(|| dictionary.get(signature));
        let tag = known.unwrap_or_else(|| decide(at, &features(&Context { sentence, at, before, clause })));
        set(at, tag);
        before = [Some(tag), before[0]];
        clause.push(tag);
    }
}
