//! The tokens of one paragraph, as the rules for sentences look at them.

use crate::lexicon::Lexicon;
use crate::model::{Token, TokenKind};

/// One paragraph; indices are into its own tokens.
#[derive(Clone, Copy)]
pub struct Sequence<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub lexicon: &'a Lexicon,
}

impl<'a> Sequence<'a> {
    pub fn word(&self, token: &Token) -> &'a str {
        &self.text[token.span.range()]
    }

    pub fn first_char(&self, token: &Token) -> char {
        self.word(token).chars().next().unwrap_or_default()
    }

    /// Whether the token at `at` is one stop.
    pub fn is_single_stop(&self, at: usize) -> bool {
        let span = self.tokens[at].span;
        span.len() == 1 && self.text.as_bytes()[span.range().start] == b'.'
    }

    /// Whether the token at `at` is a word with a capital.
    pub fn is_capitalized(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        token.kind == TokenKind::Word && self.first_char(token).is_uppercase()
    }

    /// Whether white space stands before token `at`.
    pub fn is_spaced(&self, at: usize) -> bool {
        at > 0 && self.tokens[at - 1].span.end() < self.tokens[at].span.start()
    }
}
