//! Words of other scripts, symbols and emoji, by the Unicode rules for word and character bounds.

use crate::model::{Token, TokenKind};
use crate::segment::class::{self, Wide};
use crate::segment::tokens::Scanner;
use crate::span::Span;
use unicode_segmentation::UnicodeSegmentation;

/// Takes everything from `start` to the next white space or plain punctuation, cut at those word
/// bounds that split no grapheme; gives where it ends.
pub fn run(scanner: &mut Scanner, start: usize) -> usize {
    let at = attach(scanner, start);
    if at > start {
        return at;
    }
    let end = run_end(scanner.text, start);
    let run = &scanner.text[start..end];
    let mut graphemes = run.grapheme_indices(true).map(|(at, _)| start + at).peekable();
    let mut from = start;
    for (at, piece) in run.split_word_bound_indices() {
        let to = start + at + piece.len();
        while graphemes.next_if(|bound| *bound < to).is_some() {}
        let bound = to == end || graphemes.peek() == Some(&to);
        if bound {
            scanner.push(from, to, kind(&scanner.text[from..to]));
            from = to;
        }
    }
    end
}

/// Lets a character that combines with the token before it join that token.
fn attach(scanner: &mut Scanner, at: usize) -> usize {
    let Some(before) = scanner.adjacent(at).copied() else { return at };
    let end = grapheme_end(scanner.text, at);
    if end > at
        && let Some(token) = scanner.tokens.last_mut()
    {
        *token = Token { span: Span::new(before.span.start(), end as u32), ..before };
        return end;
    }
    at
}

/// Where the run that starts at `start` ends: before the next white space or plain punctuation
/// that combines with nothing before it.
fn run_end(text: &str, start: usize) -> usize {
    let mut last = start;
    let mut end = text.len();
    for (at, char) in text[start..].char_indices() {
        if at > 0 && !runs_on(char) {
            end = start + at;
            break;
        }
        last = start + at;
    }
    end.max(whole(text, last))
}

/// Where the grapheme that starts at `at` ends, or the white space in it starts.
fn whole(text: &str, at: usize) -> usize {
    let grapheme = text[at..].graphemes(true).next().unwrap_or_default();
    at + visible(grapheme)
}

/// `end`, or where the grapheme ends that reaches beyond it.
pub fn grapheme_end(text: &str, end: usize) -> usize {
    let last = text[..end].chars().next_back().map_or(0, char::len_utf8);
    end.max(whole(text, end - last))
}

fn runs_on(char: char) -> bool {
    if char.is_ascii() {
        return class::is_word(char as u8);
    }
    matches!(class::wide(char), Wide::Latin | Wide::Joiner | Wide::Foreign)
}

/// Length of `grapheme` up to white space: a few characters take even that to themselves.
fn visible(grapheme: &str) -> usize {
    grapheme.find(char::is_whitespace).unwrap_or(grapheme.len())
}

fn kind(piece: &str) -> TokenKind {
    match piece.chars().find(|char| char.is_alphanumeric()) {
        Some(char) if char.is_numeric() => TokenKind::Number,
        Some(_) => TokenKind::Word,
        None => TokenKind::Symbol,
    }
}
