//! By which words a statement is found that another may be a form of.

use crate::claims::wording::{Verbatim, Wording};
use crate::claims::words::Word;
use std::collections::BTreeSet;
use xxhash_rust::xxh3::xxh3_64;

/// So many anchors a statement has at most.
const MOST: usize = 64;

/// The anchors of a statement: its telling words, and pairs of neighbouring common ones.
///
/// Two forms of one statement share one of them or more, nearly always.
pub fn anchors(wording: &Wording) -> BTreeSet<u32> {
    let content: Vec<&Word> = wording.words.iter().filter(|word| word.is_content()).collect();
    let alone = content.iter().filter(|word| word.is_telling()).map(|word| hash(&[word]));
    let pairs = content
        .windows(2)
        .filter(|pair| pair.iter().any(|word| !word.is_telling()))
        .map(|pair| hash(&[pair[0], pair[1]]));
    let mut anchors: BTreeSet<u32> = alone.chain(pairs).collect();
    if let ([only], true) = (content.as_slice(), anchors.is_empty()) {
        anchors.insert(hash(&[only]));
    }
    while anchors.len() > MOST {
        anchors.pop_last();
    }
    anchors
}

/// The anchors by which a statement in quotation marks is found whoever is named for it: its pairs of neighbouring
/// telling words.
pub fn wide_anchors(wording: &Wording) -> BTreeSet<u32> {
    if wording.verbatim == Verbatim::Reported { BTreeSet::new() } else { telling_pairs(wording) }
}

/// The pairs of neighbouring telling words, by which the quotations are found that a report may be of.
pub fn telling_pairs(wording: &Wording) -> BTreeSet<u32> {
    let telling: Vec<&Word> = wording.words.iter().filter(|word| word.is_telling()).collect();
    telling.windows(2).map(|pair| hash(&[pair[0], pair[1]])).take(MOST).collect()
}

fn hash(words: &[&Word]) -> u32 {
    let stems: Vec<&str> = words.iter().map(|word| word.stem.as_str()).collect();
    xxh3_64(stems.join(" ").as_bytes()) as u32
}
