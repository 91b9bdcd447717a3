//! The text as the models see it: a few hashes and small numbers a token, made once an article.

use crate::learn::hash;
use crate::lexicon::word::Word;
use crate::model::{Pos, TokenKind};
use crate::quotes::scene::Scene;
use crate::tagging::Tagged;
use crate::tagging::chunks::{NounChunk, VerbGroup, Voice};
use std::ops::Range;

/// What the models know of one token.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Clue {
    /// Hash of the word in small letters; of its class for a name or a number.
    pub word: u32,
    /// Hash of the dictionary form.
    pub lemma: u32,
    /// Part of speech, or which punctuation.
    pub pos: u32,
    /// Hash of capitals, letters, digits and marks: `Xx`, `XX`, `d.d`.
    pub shape: u32,
    /// Hash of the last three letters.
    pub ending: u32,
    /// What the tables know of it as a cue: 0 nothing, else class and kind.
    pub cue_class: u32,
    pub kind: Kind,
    pub quoted: Quoted,
    pub capital: bool,
}

/// What a token is, coarsely.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Kind {
    Edge,
    Verb,
    Name,
    Noun,
    Pronoun,
    Comma,
    Stop,
    Colon,
    Preposition,
    Conjunction,
    Wh,
    Adverb,
    Modifier,
    Genitive,
    Mark,
    Quotation,
    Other,
}

/// How a token stands to quotation marks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[repr(u8)]
pub enum Quoted {
    No,
    Inside,
    Opens,
    Closes,
    /// Last token of a quotation whose closing mark is missing.
    Ends,
    Edge,
}

/// Beyond the edge of a sentence or window.
pub const EDGE: Clue = Clue {
    word: 1,
    lemma: 1,
    pos: 63,
    shape: 1,
    ending: 1,
    cue_class: 0,
    kind: Kind::Edge,
    quoted: Quoted::Edge,
    capital: false,
};

/// A text with its clues.
#[derive(Debug)]
pub struct View<'a> {
    pub scene: Scene<'a>,
    pub clues: Vec<Clue>,
    /// The tokens of each paragraph of the document.
    pub paragraphs: Vec<Range<usize>>,
}

impl<'a> View<'a> {
    pub fn new(scene: Scene<'a>) -> Self {
        let clues = (0..scene.tagged.tokens.len()).map(|i| clue(scene, i)).collect();
        Self { scene, clues, paragraphs: paragraphs(scene.tagged) }
    }

    pub const fn tagged(&self) -> &'a Tagged<'a> {
        self.scene.tagged
    }

    /// The clue of token `i`, or [`EDGE`] outside of `start..end`.
    #[inline]
    pub fn within(&self, start: usize, end: usize, i: isize) -> &Clue {
        if i >= start as isize && i < end as isize { &self.clues[i as usize] } else { &EDGE }
    }

    /// The clue of token `i`, or [`EDGE`] past the ends of the text.
    pub fn clue(&self, i: isize) -> &Clue {
        self.within(0, self.clues.len(), i)
    }

    /// Index of the outermost quotation that holds token `i`, plus one; 0 outside.
    pub fn region(&self, i: usize) -> u32 {
        self.scene.region_at[i].map_or(0, |region| region + 1)
    }

    pub fn sentence(&self, i: usize) -> u32 {
        self.tagged().sentence_at[i]
    }

    pub fn paragraph(&self, i: usize) -> u32 {
        self.tagged().paragraph_of(i)
    }

    pub fn verb_group(&self, i: usize) -> Option<&VerbGroup> {
        self.tagged().verb_group(i)
    }

    pub fn noun_chunk(&self, i: usize) -> Option<&NounChunk> {
        self.tagged().noun_chunk(i)
    }

    /// The verb, else the noun, else the last word of a cue: what it is filed under.
    pub fn cue_head(&self, start: usize, end: usize) -> usize {
        let last = |kind: Kind| (start..end).rev().find(|&i| self.clues[i].kind == kind);
        last(Kind::Verb).or_else(|| last(Kind::Noun)).unwrap_or(end - 1)
    }

    pub fn is_passive(&self, i: usize) -> bool {
        self.verb_group(i).is_some_and(|group| group.voice == Voice::Passive)
    }

    /// Whether token `i` counts as a word when spans are compared.
    pub fn is_word(&self, i: usize) -> bool {
        !matches!(self.tagged().tokens[i].kind, TokenKind::Punctuation | TokenKind::Mark | TokenKind::Symbol)
    }
}

fn paragraphs(tagged: &Tagged) -> Vec<Range<usize>> {
    let mut paragraphs = vec![0..0; tagged.document.paragraphs.len()];
    for sentence in &tagged.sentences {
        let tokens = &mut paragraphs[sentence.paragraph as usize];
        let start = if tokens.end == 0 { sentence.tokens.start as usize } else { tokens.start };
        *tokens = start..sentence.tokens.end as usize;
    }
    paragraphs
}

fn clue(scene: Scene, i: usize) -> Clue {
    let tagged = scene.tagged;
    let text = tagged.text(i);
    let token = &tagged.tokens[i];
    let kind = kind(tagged, i, text);
    let word = match token.kind {
        TokenKind::Number => NUMBER,
        TokenKind::Punctuation if is_dash(text) => DASH,
        _ if token.pos == Pos::Proper && token.kind == TokenKind::Word => name_class(tagged.words[i]),
        _ => lower(text),
    };
    Clue {
        word,
        lemma: if token.pos == Pos::Proper { word } else { lemma(tagged.words[i], word) },
        pos: pos(token.pos, kind, text),
        shape: shape(text),
        ending: ending(text),
        cue_class: cue_class(tagged, i),
        kind,
        quoted: quoted(scene, i),
        capital: tagged.is_capitalised(i),
    }
}

const NUMBER: u32 = 2;
const DASH: u32 = 3;

/// Names are seen by what the tables know of them, so that a model learns how people are quoted and not whom
/// one year's news quoted.
fn name_class(word: &Word) -> u32 {
    let bits = [
        word.given_name.is_some(),
        word.title.is_some() || word.role.is_some(),
        word.organisation.is_some(),
        word.place,
        word.demonym,
        word.calendar,
        word.group,
    ];
    16 + bits.iter().fold(0, |sum, &bit| 2 * sum + u32::from(bit))
}

fn lemma(word: &Word, lower: u32) -> u32 {
    if word.lemma == 0 { lower } else { word.lemma }
}

fn is_dash(text: &str) -> bool {
    text.starts_with(['-', '–', '—', '―', '‒', '−'])
}

/// The hash of a word in small letters, with typewriter apostrophes.
fn lower(text: &str) -> u32 {
    if text.is_ascii() {
        return text.bytes().fold(hash::of(""), |sum, byte| step(sum, byte.to_ascii_lowercase()));
    }
    let mut sum = hash::of("");
    let mut buffer = [0; 4];
    for c in text.chars().flat_map(char::to_lowercase) {
        let c = if c == '’' { '\'' } else { c };
        sum = c.encode_utf8(&mut buffer).bytes().fold(sum, step);
    }
    sum
}

const fn step(sum: u32, byte: u8) -> u32 {
    (sum ^ byte as u32).wrapping_mul(0x0100_0193)
}

fn ending(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let tail = &bytes[bytes.len().saturating_sub(3)..];
    tail.iter().fold(5, |sum, byte| step(sum, byte.to_ascii_lowercase()))
}

fn shape(text: &str) -> u32 {
    let (mut sum, mut last, mut length) = (7, 0, 0);
    for byte in text.bytes() {
        let class = match byte {
            b'A'..=b'Z' => b'X',
            b'a'..=b'z' => b'x',
            b'0'..=b'9' => b'd',
            128.. => b'u',
            other => other,
        };
        if class != last {
            sum = step(sum, class);
            length += 1;
        }
        if length == 6 {
            break;
        }
        last = class;
    }
    sum
}

fn kind(tagged: &Tagged, i: usize, text: &str) -> Kind {
    match tagged.tokens[i].kind {
        TokenKind::Mark => return Kind::Mark,
        TokenKind::Punctuation => {
            return match text {
                "," => Kind::Comma,
                "." | "!" | "?" | "..." | "…" => Kind::Stop,
                ":" | ";" => Kind::Colon,
                _ if is_dash(text) => Kind::Colon,
                _ => Kind::Other,
            };
        }
        _ => {}
    }
    match tagged.pos(i) {
        pos if pos.is_verb() || pos == Pos::Modal => Kind::Verb,
        Pos::Proper => Kind::Name,
        Pos::Noun | Pos::NounPlural => Kind::Noun,
        Pos::Pronoun => Kind::Pronoun,
        Pos::Preposition | Pos::To => Kind::Preposition,
        Pos::Conjunction => Kind::Conjunction,
        Pos::WhPronoun | Pos::WhAdverb => Kind::Wh,
        Pos::Adverb | Pos::Particle => Kind::Adverb,
        Pos::Adjective | Pos::Determiner | Pos::Cardinal | Pos::PossessivePronoun => Kind::Modifier,
        Pos::PossessiveEnding => Kind::Genitive,
        _ => Kind::Other,
    }
}

/// The part of speech as a number below 64; punctuation by what it is.
fn pos(pos: Pos, kind: Kind, text: &str) -> u32 {
    match kind {
        Kind::Comma | Kind::Stop | Kind::Colon | Kind::Mark => {
            32 + kind as u32 + u32::from(text.starts_with([':', ';', '?'])) * 12
        }
        _ => pos as u32,
    }
}

fn cue_class(tagged: &Tagged, i: usize) -> u32 {
    let word = tagged.words[i];
    let verb = word.cue_verb.and_then(|verb| tagged.lexicon.words.verbs[usize::from(verb)].last());
    if let Some(verb) = verb.filter(|_| tagged.pos(i).is_verb()) {
        return 1 + verb.class as u32;
    }
    if let Some(class) = word.cue_noun.filter(|_| tagged.pos(i).is_noun()) {
        return 33 + class as u32;
    }
    if let Some(class) = word.cue_adjective {
        return 65 + class as u32;
    }
    // «Woman *claims* firm held her back»: in headlines verbs pass for nouns.
    verb.map_or(0, |verb| 97 + verb.class as u32)
}

fn quoted(scene: Scene, i: usize) -> Quoted {
    let Some(region) = scene.region(i) else { return Quoted::No };
    if region.tokens.start == i {
        Quoted::Opens
    } else if region.tokens.end != i + 1 {
        Quoted::Inside
    } else if region.closed {
        Quoted::Closes
    } else {
        Quoted::Ends
    }
}
