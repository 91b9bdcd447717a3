//! Words that have one part of speech wherever they stand: the tagger needn't ask its model.

use crate::learn::hash::mix;
use crate::learn::weights::{Section, Writer};
use crate::model::Pos;
use crate::tagging::signature::{PLACE, Signature};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Parts of speech by word, letter case and place in the sentence.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    tags: FxHashMap<u32, Pos>,
}

/// A word goes in when it was seen so often …
const LEAST: u32 = 12;

/// … and at most this share of the times with another tag.
const OTHERS: f64 = 0.005;

impl Dictionary {
    pub fn get(&self, signature: &Signature) -> Option<Pos> {
        self.tags.get(&key(signature)).copied()
    }

    /// Takes the words that were seen often, and nearly always with one tag.
    pub fn of(seen: impl Iterator<Item = (Signature, Pos)>) -> Self {
        let mut counts = BTreeMap::<u32, [u32; Pos::ALL.len()]>::new();
        for (signature, tag) in seen {
            counts.entry(key(&signature)).or_insert([0; Pos::ALL.len()])[tag as usize] += 1;
        }
        let tags = counts.iter().filter_map(|(&key, counts)| Some((key, only(counts)?))).collect();
        Self { tags }
    }

    /// Reads a dictionary that [`Dictionary::write`] wrote; `None` when it is cut off or of other tags.
    pub fn read(section: &mut Section) -> Option<Self> {
        let length = section.u32()? as usize;
        let keys = section.bytes(length.checked_mul(4)?)?;
        let tags = section.bytes(length)?;
        let keys = keys.chunks_exact(4).map(|key| u32::from_le_bytes([key[0], key[1], key[2], key[3]]));
        let tags = tags.iter().map(|&tag| Pos::ALL.get(usize::from(tag)).copied());
        let tags = keys.zip(tags).map(|(key, tag)| Some((key, tag?))).collect::<Option<_>>()?;
        Some(Self { tags })
    }

    pub fn write(&self, writer: &mut Writer) {
        let sorted: BTreeMap<u32, Pos> = self.tags.iter().map(|(&key, &tag)| (key, tag)).collect();
        writer.u32(sorted.len() as u32);
        sorted.keys().for_each(|&key| writer.u32(key));
        writer.bytes(&sorted.values().map(|&tag| tag as u8).collect::<Vec<u8>>());
    }

    pub fn len(&self) -> usize {
        self.tags.len()
    }

    pub fn is_empty(&self) -> bool {
        self.tags.is_empty()
    }
}

fn key(signature: &Signature) -> u32 {
    mix(signature.word, signature.shape & PLACE)
}

/// The one tag of a word, counted by tag.
fn only(counts: &[u32; Pos::ALL.len()]) -> Option<Pos> {
    let all: u32 = counts.iter().sum();
    let (tag, &most) = Pos::ALL.iter().zip(counts).max_by_key(|(_, count)| **count)?;
    (all >= LEAST && f64::from(all - most) <= OTHERS * f64::from(all)).then_some(*tag)
}

#[cfg(test)]
mod tests {
    use super::Dictionary;
    use crate::learn::weights::{Weights, Writer};
    use crate::model::Pos;
    use crate::tagging::signature::Signature;

    fn word(word: u32) -> Signature {
        Signature { word, ..Signature::EDGE }
    }

    #[test]
    fn words_of_two_tags_and_rare_words_are_left_out() {
        let often = [(word(1), Pos::Noun), (word(2), Pos::Noun)];
        let seen = often.into_iter().cycle().take(40);
        let dictionary = Dictionary::of(seen.chain([(word(2), Pos::VerbBase), (word(3), Pos::Noun)]));
        assert_eq!([1, 2, 3].map(|known| dictionary.get(&word(known))), [Some(Pos::Noun), None, None]);
    }

    #[test]
    fn what_was_written_is_read_back() {
        let dictionary = Dictionary::of((0..40).map(|at| (word(at % 2), Pos::ALL[at as usize % 2])));
        let mut writer = Writer::default();
        dictionary.write(&mut writer);
        let mut weights = Weights::default();
        weights.put("dictionary", writer);
        let read = Dictionary::read(&mut weights.section("dictionary")).unwrap();
        assert_eq!(read.len(), 2);
        assert_eq!([0, 1].map(|known| read.get(&word(known))), [Some(Pos::ALL[0]), Some(Pos::ALL[1])]);
        assert!(Dictionary::read(&mut weights.section("none")).is_none());
    }
}
