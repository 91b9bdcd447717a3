//! What the tagger sees of one token by itself: hashes of its letters, its shape, and what the tables say.

use crate::learn::hash::{mix, of_bytes};
use crate::lexicon::word::Word;
use crate::lexicon::words::{LONGEST, fold};
use crate::model::{Pos, Token, TokenKind};
use crate::span::Text;
use rustc_hash::FxHashSet;

/// A token in hashes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Signature {
    /// The word in lower case.
    pub word: u32,
    /// Its last two bytes.
    pub suffix2: u32,
    /// Its last three bytes.
    pub suffix3: u32,
    /// The word as printed.
    pub printed: u32,
    /// Tags that the tables allow, commonest first.
    pub tags: u32,
    /// Classes of the tables that the word belongs to, a bit each.
    pub classes: u32,
    /// Kind, letter case, hyphens and digits, length, and where it stands.
    pub shape: u32,
    /// What needs no model: plain numbers, punctuation.
    pub fixed: Option<Pos>,
}

impl Signature {
    /// What stands before the first and behind the last token of a sentence.
    pub const EDGE: Self =
        Self { word: 1, suffix2: 1, suffix3: 1, printed: 1, tags: 1, classes: 1, shape: 1, fixed: None };
}

/// Letter case, the low bits of [`Signature::shape`].
const CAPITAL: u32 = 1;
const ALL_CAPITALS: u32 = 2;
const MIXED: u32 = 3;
const CASES: u32 = 3;
/// The first word of its sentence or of a quotation: its capital says nothing.
const STARTS: u32 = 1 << 2;
/// Its capital isn't due to its place: the word is capitalised elsewhere in the text.
const NAMED: u32 = 1 << 3;
/// Nearly every long word of the sentence has a capital.
const HEADLINE: u32 = 1 << 4;
/// What the dictionary tells words apart by.
pub const PLACE: u32 = CASES | STARTS | NAMED | HEADLINE;
const HYPHEN: u32 = 1 << 5;
const DIGIT: u32 = 1 << 6;
const STOP: u32 = 1 << 7;
const JOINED: u32 = 1 << 8;
const KIND: u32 = 9;
const LENGTH: u32 = 12;

/// The signatures of all tokens of a text, sentence by sentence, as `sentences` cuts them.
pub fn signatures(
    text: &Text,
    tokens: &[Token],
    words: &[&Word],
    sentences: impl Iterator<Item = std::ops::Range<usize>> + Clone,
) -> Vec<Signature> {
    let mut all = Vec::with_capacity(tokens.len());
    for i in 0..tokens.len() {
        let joined = i > 0 && tokens[i - 1].span.end() == tokens[i].span.start();
        let mut signature = alone(text.slice(tokens[i].span), &tokens[i], words[i]);
        signature.shape |= if joined { JOINED } else { 0 };
        if tokens[i].kind == TokenKind::Mark && !(joined && ends_in_s(text, &tokens[i - 1])) {
            signature.fixed = Some(Pos::Punctuation);
        }
        all.push(signature);
    }
    let mut names = FxHashSet::default();
    for range in sentences.clone() {
        read_names(&mut all[range.clone()], &tokens[range.clone()], &words[range], &mut names);
    }
    for range in sentences {
        place(&mut all[range.clone()], &tokens[range], &names);
    }
    all
}

/// What can be seen of a token without its neighbours.
fn alone(printed: &str, token: &Token, word: &Word) -> Signature {
    let mut buffer = [0; LONGEST];
    let folded = fold(printed, &mut buffer).unwrap_or(printed).as_bytes();
    let suffix = |length: usize| of_bytes(&folded[folded.len().saturating_sub(length)..]);
    let hash = of_bytes(folded);
    let shape = shape(printed.as_bytes(), printed) | (token.kind as u32) << KIND;
    Signature {
        word: hash,
        suffix2: suffix(2),
        suffix3: suffix(3),
        printed: mix(hash, shape & CASES),
        tags: tags(word),
        classes: classes(word),
        shape,

        fixed: fixed(printed, token.kind),
    }
}

/// Letter case, hyphens, digits and length.
fn shape(bytes: &[u8], printed: &str) -> u32 {
    let mut shape = (bytes.len() as u32).min(7) << LENGTH;
    let (mut upper, mut lower) = (0, 0);
    for byte in bytes {
        match byte {
            b'A'..=b'Z' => upper += 1,
            b'a'..=b'z' => lower += 1,
            b'0'..=b'9' => shape |= DIGIT,
            b'-' => shape |= HYPHEN,
            b'.' => shape |= STOP,
            _ => {}
        }
    }
    let capital = match bytes.first() {
        Some(0x80..) => printed.chars().next().is_some_and(char::is_uppercase),
        first => first.is_some_and(u8::is_ascii_uppercase),
    };
    shape
        | match (capital, upper) {
            (true, 2..) if lower == 0 => ALL_CAPITALS,
            (true, _) => CAPITAL,
            (false, 1..) => MIXED,
            (false, _) => 0,
        }
}

fn tags(word: &Word) -> u32 {
    word.tags.iter().fold(0, |tags, tag| tags << 5 | tag.map_or(0, |tag| tag as u32 + 1))
}

fn classes(word: &Word) -> u32 {
    [
        word.given_name.is_some(),
        word.title.is_some(),
        word.role.is_some(),
        word.group,
        word.organisation.is_some(),
        word.document,
        word.place,
        word.demonym,
        word.calendar,
        word.cue_verb.is_some(),
    ]
    .iter()
    .fold(0, |classes, &class| classes << 1 | u32::from(class))
}

/// The part of speech of what needs no model. An apostrophe may be a genitive: «the voters’ choice».
fn fixed(printed: &str, kind: TokenKind) -> Option<Pos> {
    match kind {
        TokenKind::Punctuation => Some(Pos::Punctuation),
        TokenKind::Mark if !matches!(printed, "'" | "’") => Some(Pos::Punctuation),
        TokenKind::Link => Some(Pos::Proper),
        TokenKind::Number if !printed.bytes().any(|byte| byte.is_ascii_alphabetic()) => Some(Pos::Cardinal),
        _ => None,
    }
}

fn ends_in_s(text: &Text, token: &Token) -> bool {
    token.kind == TokenKind::Word && text.slice(token.span).ends_with(['s', 'S'])
}

fn is_capital(signature: &Signature) -> bool {
    matches!(signature.shape & CASES, CAPITAL | ALL_CAPITALS)
}

/// Marks a sentence of headline case; of another, takes the words capitalised inside it as names.
fn read_names(sentence: &mut [Signature], tokens: &[Token], words: &[&Word], names: &mut FxHashSet<u32>) {
    let is_long = |i: &usize| tokens[*i].kind == TokenKind::Word && words[*i].function.is_none();
    let (mut all, mut capitals) = (0, 0);
    for i in (0..tokens.len()).filter(is_long) {
        all += 1;
        capitals += usize::from(is_capital(&sentence[i]));
    }
    if all >= 4 && capitals * 10 >= all * 9 {
        sentence.iter_mut().for_each(|signature| signature.shape |= HEADLINE);
        return;
    }
    let inside = (1..tokens.len()).filter(|&i| tokens[i - 1].kind == TokenKind::Word).filter(is_long);
    names.extend(inside.filter(|&i| is_capital(&sentence[i])).map(|i| sentence[i].printed));
}

/// Marks the words that start a sentence or quotation, and those that are names elsewhere.
fn place(sentence: &mut [Signature], tokens: &[Token], names: &FxHashSet<u32>) {
    let mut before_words = true;
    for (i, signature) in sentence.iter_mut().enumerate() {
        let starts = before_words || tokens[i - 1].kind == TokenKind::Mark;
        signature.shape |= if starts { STARTS } else { 0 };
        if starts && is_capital(signature) && names.contains(&signature.printed) {
            signature.shape |= NAMED;
        }
        before_words &= tokens[i].kind != TokenKind::Word;
    }
}

#[cfg(test)]
mod tests {
    use super::{NAMED, STARTS, Signature, signatures};
    use crate::lexicon::Lexicon;
    use crate::lexicon::word::Word;
    use crate::model::{Pos, RawArticle};
    use crate::segment::segment;
    use crate::text::document;

    fn of(text: &str) -> Vec<Signature> {
        let lexicon = Lexicon::load().unwrap();
        let document = document(RawArticle::plain("a", text));
        let (tokens, sentences) = segment(&document, &lexicon);
        let words: Vec<&Word> =
            tokens.iter().map(|token| lexicon.words.get(document.text.slice(token.span))).collect();
        let ranges =
            sentences.iter().map(|sentence| sentence.tokens.start as usize..sentence.tokens.end as usize);
        signatures(&document.text, &tokens, &words, ranges)
    }

    #[test]
    fn a_first_word_that_is_a_name_elsewhere_is_known_as_one() {
        let all = of("Wood fell. They saw Wood again.");
        assert_eq!(all[0].shape & (STARTS | NAMED), STARTS | NAMED);
        let all = of("Wood fell. They saw wood again.");
        assert_eq!(all[0].shape & (STARTS | NAMED), STARTS);
    }

    #[test]
    fn only_an_apostrophe_behind_an_s_may_be_a_genitive() {
        let fixed = |text, at: usize| of(text)[at].fixed;
        assert_eq!(fixed("the voters’ choice", 2), None);
        assert_eq!(fixed("the voter’ choice", 2), Some(Pos::Punctuation));
        assert_eq!(fixed("at 2,500 metres", 1), Some(Pos::Cardinal));
    }
}
