//! Parts of speech, verb groups and noun chunks.

pub mod chunks;
pub mod dictionary;
pub mod features;
pub mod signature;
pub mod tagger;

use crate::lexicon::Lexicon;
use crate::lexicon::word::{Function, Word};
use crate::model::{Document, Pos, Sentence, Token, TokenKind};
use crate::span::Span;
use crate::tagging::chunks::{NounChunk, VerbForm, VerbGroup};
use crate::tagging::signature::signatures;
use crate::tagging::tagger::Tagger;
use std::ops::Range;

/// How many tokens a rule looks away from where it stands; it bounds the work on a sentence that
/// never ends.
pub const REACH: usize = 300;

/// A segmented text with what the tables and the grammar say of its tokens.
#[derive(Debug)]
pub struct Tagged<'a> {
    pub document: &'a Document,
    pub lexicon: &'a Lexicon,
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
    /// One a token.
    pub words: Vec<&'a Word>,
    /// One a token: index into `sentences`.
    pub sentence_at: Vec<u32>,
    pub verb_groups: Vec<VerbGroup>,
    /// One a token: index into `verb_groups`.
    pub verb_group_at: Vec<Option<u32>>,
    pub noun_chunks: Vec<NounChunk>,
    /// One a token: index into `noun_chunks`.
    pub noun_chunk_at: Vec<Option<u32>>,
}

/// Tags the tokens and finds the verb groups and noun chunks of every sentence.
pub fn tag<'a>(
    document: &'a Document,
    mut tokens: Vec<Token>,
    sentences: Vec<Sentence>,
    lexicon: &'a Lexicon,
    tagger: &Tagger,
) -> Tagged<'a> {
    let text = &document.text;
    let words: Vec<&Word> = tokens.iter().map(|token| lexicon.words.get(text.slice(token.span))).collect();
    let ranges =
        sentences.iter().map(|sentence| sentence.tokens.start as usize..sentence.tokens.end as usize);
    let signatures = signatures(text, &tokens, &words, ranges.clone());
    let mut sentence_at = vec![0; tokens.len()];
    for (index, range) in (0..).zip(ranges) {
        let tokens = &mut tokens[range.clone()];
        tagger.tag(&signatures[range.clone()], |at, pos| tokens[at].pos = pos);
        sentence_at[range].fill(index);
    }
    let mut tagged = Tagged {
        document,
        lexicon,
        verb_group_at: vec![None; tokens.len()],
        noun_chunk_at: vec![None; tokens.len()],
        tokens,
        sentences,
        words,
        sentence_at,
        verb_groups: Vec::new(),
        noun_chunks: Vec::new(),
    };
    chunks::chunk(&mut tagged);
    tagged
}

impl<'a> Tagged<'a> {
    /// The words of token `i` as printed.
    pub fn text(&self, i: usize) -> &'a str {
        self.document.text.slice(self.tokens[i].span)
    }

    pub fn pos(&self, i: usize) -> Pos {
        self.tokens[i].pos
    }

    /// The class of token `i` among function words; `None` past the end, too.
    pub fn function(&self, i: usize) -> Option<Function> {
        self.words.get(i)?.function
    }

    pub fn is(&self, i: usize, function: Function) -> bool {
        self.function(i) == Some(function)
    }

    /// Whether token `i` is printed exactly as `mark`.
    pub fn is_mark(&self, i: usize, mark: &str) -> bool {
        self.tokens.get(i).is_some_and(|token| token.span.len() as usize == mark.len())
            && self.text(i) == mark
    }

    pub fn is_word(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|token| token.kind == TokenKind::Word)
    }

    /// Whether token `i` begins with a capital letter.
    pub fn is_capitalised(&self, i: usize) -> bool {
        self.text(i).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether token `i` is written in capitals alone, with or without stops: «FEMA», «U.S.».
    pub fn is_acronym(&self, i: usize) -> bool {
        let text = self.text(i);
        (2..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase() || b == b'.')
    }

    /// The tokens of the sentence that holds token `i`, at most [`REACH`] away from it.
    pub fn sentence(&self, i: usize) -> Range<usize> {
        let sentence = &self.sentences[self.sentence_at[i] as usize];
        let (start, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
        start.max(i.saturating_sub(REACH))..end.min(i + REACH)
    }

    pub fn paragraph_of(&self, i: usize) -> u32 {
        self.sentences[self.sentence_at[i] as usize].paragraph
    }

    /// The verb group that holds token `i`; `None` past the end, too.
    pub fn verb_group(&self, i: usize) -> Option<&VerbGroup> {
        self.verb_group_at.get(i).copied().flatten().map(|group| &self.verb_groups[group as usize])
    }

    /// Whether a finite verb stands among `tokens`.
    pub fn has_finite_verb(&self, tokens: Range<usize>) -> bool {
        tokens.into_iter().any(|i| self.is_finite_verb(i))
    }

    /// Whether token `i` belongs to a finite verb.
    pub fn is_finite_verb(&self, i: usize) -> bool {
        self.verb_group(i).is_some_and(|group| group.form == VerbForm::Finite)
    }

    /// The noun chunk that holds token `i`; `None` past the end, too.
    pub fn noun_chunk(&self, i: usize) -> Option<&NounChunk> {
        self.noun_chunk_at.get(i).copied().flatten().map(|chunk| &self.noun_chunks[chunk as usize])
    }

    /// The words of `tokens`, which isn't empty, as printed.
    pub fn printed(&self, tokens: Range<usize>) -> &'a str {
        self.document.text.slice(self.span(tokens))
    }

    /// The span of the text from the first to the last token of `tokens`, which isn't empty.
    pub fn span(&self, tokens: Range<usize>) -> Span {
        Span::new(self.tokens[tokens.start].span.start(), self.tokens[tokens.end - 1].span.end())
    }
}
