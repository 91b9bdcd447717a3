//! The tokeniser: one pass over a paragraph, by hand for English, by the Unicode rules for the rest.

use crate::lexicon::Lexicon;
use crate::model::{Pos, Token, TokenKind};
use crate::segment::class::{self, Byte, Wide};
use crate::segment::{foreign, links, words};
use crate::span::Span;

/// Appends the tokens of `span` to `tokens`.
pub fn tokenize(text: &str, span: Span, lexicon: &Lexicon, tokens: &mut Vec<Token>) {
    let range = span.range();
    // Cutting the text at the paragraph's end saves a bound in every look ahead.
    let mut scanner = Scanner { text: &text[..range.end], floor: range.start, lexicon, tokens };
    let mut at = range.start;
    while at < range.end {
        at = scanner.token(at);
    }
}

/// A paragraph being cut up.
// Invariant: `text` ends where the paragraph does, and every offset handed on is on a char boundary.
pub struct Scanner<'a> {
    pub text: &'a str,
    /// Where the paragraph starts.
    pub floor: usize,
    pub lexicon: &'a Lexicon,
    pub tokens: &'a mut Vec<Token>,
}

impl Scanner<'_> {
    /// Appends a token.
    pub fn push(&mut self, start: usize, end: usize, kind: TokenKind) {
        self.tokens.push(Token { span: Span::from_bounds(start, end), kind, pos: Pos::Other });
    }

    /// The byte at `at`, 0 beyond the end.
    pub fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    /// The character at `at`.
    pub fn char(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// The token just before `at`, when nothing stands between.
    pub fn adjacent(&self, at: usize) -> Option<&Token> {
        let touches = |token: &&Token| token.span.range().end == at && token.span.range().start >= self.floor;
        self.tokens.last().filter(touches)
    }

    /// Whether a letter or digit of any script stands at `at`.
    pub fn is_word_at(&self, at: usize) -> bool {
        match self.byte(at) {
            0x80.. => self.char(at).is_some_and(char::is_alphanumeric),
            byte => class::is_word(byte),
        }
    }

    /// Takes the token or the white space at `at`; gives where it ends.
    fn token(&mut self, at: usize) -> usize {
        match class::byte(self.byte(at)) {
            Byte::Space => at + 1,
            Byte::Upper | Byte::Lower | Byte::Underscore => words::word(self, at),
            Byte::Digit => words::number(self, at),
            Byte::Stop => self.stop(at),
            Byte::Punctuation => self.run(at, TokenKind::Punctuation),
            Byte::Mark => self.mark(at),
            Byte::Symbol => self.symbol(at),
            Byte::Wide => self.wide(at),
        }
    }

    fn stop(&mut self, at: usize) -> usize {
        let leads = self.adjacent(at).is_none_or(|token| token.kind == TokenKind::Symbol);
        if leads && self.byte(at + 1).is_ascii_digit() {
            return words::number(self, at);
        }
        self.run(at, TokenKind::Punctuation)
    }

    /// A run of one ASCII character; brackets stand alone, so that each finds its partner.
    fn run(&mut self, at: usize, kind: TokenKind) -> usize {
        let first = self.byte(at);
        let mut end = at + 1;
        if !matches!(first, b'(' | b')' | b'[' | b']' | b'{' | b'}') {
            while self.byte(end) == first && end < self.text.len() {
                end += 1;
            }
        }
        self.push(at, end, kind);
        end
    }

    /// `"`, `'` or a backtick; `''` and ` `` ` are one mark each.
    fn mark(&mut self, at: usize) -> usize {
        let first = self.byte(at);
        let doubled = first != b'"' && self.byte(at + 1) == first;
        let end = at + 1 + usize::from(doubled);
        self.push(at, end, TokenKind::Mark);
        end
    }

    fn symbol(&mut self, at: usize) -> usize {
        if let Some(end) = links::handle_or_tag(self, at) {
            return end;
        }
        self.run(at, TokenKind::Symbol)
    }

    fn wide(&mut self, at: usize) -> usize {
        let Some(char) = self.char(at) else { return self.text.len() };
        let end = at + char.len_utf8();
        match class::wide(char) {
            Wide::Space => end,
            Wide::Latin => words::word(self, at),
            Wide::Apostrophe | Wide::Mark => {
                self.push(at, end, TokenKind::Mark);
                end
            }
            Wide::Hyphen | Wide::Punctuation => {
                let run = self.text[at..].chars().take_while(|next| *next == char).count();
                let end = at + run * char.len_utf8();
                self.push(at, end, TokenKind::Punctuation);
                end
            }
            Wide::Joiner | Wide::Foreign => foreign::run(self, at),
        }
    }
}
