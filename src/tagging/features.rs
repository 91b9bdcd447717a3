//! The features of one decision of the tagger.

use crate::learn::hash::{one, three, two};
use crate::model::Pos;
use crate::tagging::signature::{PLACE, Signature};

/// How many features a decision has.
pub const COUNT: usize = 30;

/// A token between its neighbours, of which those before it have their tags already.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    pub sentence: &'a [Signature],
    pub at: usize,
    /// The tag before, and the one before that; `None` at the start of the sentence.
    pub before: [Option<Pos>; 2],
    pub clause: Clause,
}

/// What the clause holds so far: what tells «Reyes *said*» from «the words *said*».
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Clause {
    /// The last verb or modal.
    verb: Option<Pos>,
    /// Whether punctuation or a word that opens or joins clauses stands behind that verb.
    opened: Option<Pos>,
}

impl Clause {
    /// Takes the tag of the next word.
    pub fn push(&mut self, tag: Pos) {
        if tag.is_verb() || tag == Pos::Modal {
            *self = Self { verb: Some(tag), opened: None };
        } else if matches!(
            tag,
            Pos::Punctuation | Pos::WhPronoun | Pos::WhAdverb | Pos::Conjunction | Pos::Preposition
        ) {
            self.opened = Some(tag);
        }
    }

    fn key(self) -> u32 {
        let number = |tag: Option<Pos>| tag.map_or(31, |tag| tag as u32);
        number(self.verb) << 5 | number(self.opened)
    }
}

impl Context<'_> {
    fn behind(&self, by: usize) -> &Signature {
        self.at.checked_sub(by).map_or(&Signature::EDGE, |at| &self.sentence[at])
    }

    fn ahead(&self, by: usize) -> &Signature {
        self.sentence.get(self.at + by).unwrap_or(&Signature::EDGE)
    }
}

/// The hashed features, in no order that counts.
pub fn features(context: &Context) -> [u32; COUNT] {
    let word = &context.sentence[context.at];
    let (last, second_last) = (context.behind(1), context.behind(2));
    let (next, second_next) = (context.ahead(1), context.ahead(2));
    let [tag, second_tag] = context.before.map(|tag| tag.map_or(31, |tag| tag as u32));
    let tags = tag << 5 | second_tag;
    let clause = context.clause.key();
    [
        one(1, word.printed),
        two(2, word.word, tag),
        two(3, word.suffix3, word.shape & PLACE),
        one(4, word.suffix2),
        one(5, word.shape),
        two(6, word.shape, word.classes),
        one(7, tag),
        one(8, tags),
        one(9, last.word),
        one(10, second_last.word),
        one(11, next.word),
        one(12, second_next.word),
        two(13, word.word, next.word),
        two(14, last.word, word.word),
        two(15, tag, next.word),
        two(16, tag, word.suffix3),
        two(17, word.suffix3, next.suffix3),
        two(18, word.shape & PLACE, next.shape & PLACE),
        one(19, word.tags),
        two(20, tags, word.tags),
        two(21, word.tags, next.tags),
        three(22, tag, word.tags, next.tags),
        two(23, word.tags, word.shape & PLACE),
        three(24, word.tags, next.tags, second_next.tags),
        one(25, next.suffix3),
        two(26, last.word, next.word),
        two(27, word.tags, second_last.word),
        two(28, tag, next.suffix2),
        two(29, clause, word.tags),
        three(30, clause, tag, word.tags),
    ]
}
