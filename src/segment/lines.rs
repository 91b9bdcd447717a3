//! Line ends inside a paragraph: mostly the wrapping of a program, sometimes the writer's own.

use crate::model::{Token, TokenKind};
use crate::segment::lists::Marker;

/// A line is its writer's own when the next line's first word would have left it shorter than
/// this share of the longer of the two.
const OWN_LINE: f64 = 0.6;

/// Whether a line of the writer's own ends before token `next`: the next line is an entry of a
/// list, or this one is far too short to have been wrapped and the next starts like a sentence.
pub fn breaks(text: &str, tokens: &[Token], next: usize) -> bool {
    let Some(after) = tokens.get(next).filter(|_| next > 0) else { return false };
    let before = &tokens[next - 1];
    let gap = before.span.range().end..after.span.range().start;
    if gap.is_empty() || !text.as_bytes()[gap].contains(&b'\n') {
        return false;
    }
    Marker::read(text, &tokens[next..]).is_some() || is_own_line(text, before, after)
}

fn is_own_line(text: &str, before: &Token, after: &Token) -> bool {
    let open = before.kind == TokenKind::Punctuation;
    let word = &text[after.span.range()];
    if open || !word.starts_with(char::is_uppercase) {
        return false;
    }
    let line = line_start(text, before.span.range().end)..before.span.range().end;
    let next = after.span.range().start..line_end(text, after.span.range().start);
    ((line.len() + word.len()) as f64) < OWN_LINE * next.len() as f64
}

fn line_start(text: &str, at: usize) -> usize {
    text.as_bytes()[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text.as_bytes()[at..].iter().position(|byte| *byte == b'\n').map_or(text.len(), |newline| at + newline)
}
