//! What starts a sentence: the word behind a stop, and what needs no stop before it.

use crate::lexicon::spelling::Starter;
use crate::model::{Token, TokenKind};
use crate::segment::lines;
use crate::segment::lists::Marker;
use crate::segment::sequence::Sequence;

/// What stands behind it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    Lower,
    /// A capital that shows little: a name.
    Capital,
    /// `I`, which has a capital everywhere.
    Pronoun,
    /// A capitalised word that starts sentences.
    Starter,
    /// A capitalised word that goes on with one: `Monday`.
    Continuer,
    Number,
    /// Another script, a symbol.
    Other,
    /// Punctuation that no sentence starts with.
    Inner,
}

/// The shortest row of signs that is a ruler and no dash.
const RULER_BYTES: u32 = 5;

/// Marks, brackets and dashes that can stand in front of a sentence's first word, at most.
const MOST_BEFORE_WORD: usize = 4;

impl Sequence<'_> {
    /// What stands at token `at`, behind what may be the end of a sentence.
    pub fn next(&self, at: usize) -> Next {
        let tokens = self.tokens.get(at..).unwrap_or_default();
        for token in tokens.iter().take(MOST_BEFORE_WORD) {
            match token.kind {
                TokenKind::Word => return self.next_word(token),
                TokenKind::Number => return Next::Number,
                TokenKind::Link | TokenKind::Symbol => return Next::Other,
                TokenKind::Mark => {}
                TokenKind::Punctuation if leads(self.first_char(token)) => {}
                TokenKind::Punctuation => return Next::Inner,
            }
        }
        Next::Other
    }

    /// What `token`, a word, shows there.
    pub fn next_word(&self, token: &Token) -> Next {
        let word = &self.text[token.span.range()];
        match self.lexicon.spelling.starter(word) {
            Some(Starter::Starts | Starter::Credit) => return Next::Starter,
            Some(Starter::Continues) => return Next::Continuer,
            None if word == "I" => return Next::Pronoun,
            None => {}
        }
        let first = self.first_char(token);
        match first.is_uppercase() {
            true => Next::Capital,
            false if first.is_lowercase() => Next::Lower,
            false => Next::Other,
        }
    }

    /// Whether a sentence starts at token `next`, whatever stands before it.
    pub fn starts_by_itself(&self, next: usize, list: Option<&Marker>) -> bool {
        self.starts_entry(next, list)
            || self.starts_credit(next)
            || lines::breaks(self.text, self.tokens, next)
            || self.is_set_apart(next)
    }

    /// Steps over the list marker that a sentence starts with, and remembers it.
    pub fn skip_marker(&self, start: usize, list: &mut Option<Marker>) -> usize {
        let marker = self.tokens.get(start..).and_then(|tokens| Marker::read(self.text, tokens));
        let Some(marker) = marker.filter(|marker| start + marker.len < self.tokens.len()) else {
            return start;
        };
        *list = Some(marker);
        start + marker.len
    }

    /// Whether the token at `at` starts the next entry of a list running through the paragraph.
    fn starts_entry(&self, at: usize, list: Option<&Marker>) -> bool {
        let Some(list) = list else { return false };
        let marker = self.tokens.get(at..).and_then(|tokens| Marker::read(self.text, tokens));
        marker.is_some_and(|marker| {
            let capital = matches!(self.next(at + marker.len), Next::Capital | Next::Starter);
            marker.follows(list) && self.is_spaced(at) && capital
        })
    }

    /// Whether a ruler (`=====`) stands before or at token `at`, or one address behind another.
    fn is_set_apart(&self, at: usize) -> bool {
        let Some([before, after]) = self.tokens.get(at - 1..at + 1) else { return false };
        let links = before.kind == TokenKind::Link && after.kind == TokenKind::Link;
        let apart = self.is_ruler(before) || self.is_ruler(after) || (links && self.is_url(after));
        apart && self.is_spaced(at)
    }

    fn is_ruler(&self, token: &Token) -> bool {
        let sign = |byte: &u8| matches!(byte, b'=' | b'_' | b'*' | b'-' | b'#' | b'~');
        token.span.len() >= RULER_BYTES && self.text.as_bytes()[token.span.range()].iter().all(sign)
    }

    fn is_url(&self, token: &Token) -> bool {
        self.text[token.span.range()].contains("://")
    }

    /// Whether the credit of a picture starts at token `at`, behind its caption: `Photo: …`.
    fn starts_credit(&self, at: usize) -> bool {
        let Some([label, colon]) = self.tokens.get(at..at + 2) else { return false };
        let label = &self.text[label.span.range()];
        self.text.as_bytes()[colon.span.range().start] == b':'
            && self.lexicon.spelling.starter(label) == Some(Starter::Credit)
            && self.tokens[at - 1].kind != TokenKind::Punctuation
    }
}

/// Whether punctuation can stand in front of a sentence.
fn leads(first: char) -> bool {
    matches!(
        first,
        '(' | '[' | '{' | '-' | '¡' | '¿' | '•' | '‣' | '⁃' | '·' | '\u{2012}'..='\u{2015}' | '…' | '.'
    )
}
