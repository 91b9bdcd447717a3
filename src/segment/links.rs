//! URLs, e-mail addresses, handles and tags.

use crate::model::TokenKind;
use crate::segment::foreign;
use crate::segment::tokens::Scanner;

/// The longest host name there is, in bytes (RFC 1035).
const HOST_BYTES: usize = 253;

/// Takes `@handle`, `#tag`, or the address whose `@` stands at `at`; gives where it ends.
pub fn handle_or_tag(scanner: &mut Scanner, at: usize) -> Option<usize> {
    match scanner.byte(at) {
        b'@' if scanner.is_word_at(at + 1) => {
            let named = at > scanner.floor && scanner.byte(at - 1).is_ascii_alphanumeric();
            let start = if named && scanner.byte(at + 1) < 0x80 { local_part(scanner, at) } else { at };
            let end = match start < at {
                true => host_end(scanner, at + 1),
                false => name_end(scanner, at + 1),
            };
            scanner.push(start, end, TokenKind::Link);
            Some(end)
        }
        b'#' => {
            let end = name_end(scanner, at + 1);
            let letters = scanner.text[at + 1..end].contains(char::is_alphabetic);
            letters.then(|| {
                scanner.push(at, end, TokenKind::Link);
                end
            })
        }
        _ => None,
    }
}

/// Where the URL ends whose first word is `start..colon`, when one starts there.
pub fn url(scanner: &Scanner, start: usize, colon: usize) -> Option<usize> {
    scanner.text[colon..].starts_with("://").then(|| url_end(scanner, start))
}

/// Where the web address without a scheme ends whose first label is `start..stop`: `www.…`, or
/// labels of which the last is a known domain.
pub fn domain(scanner: &Scanner, start: usize, stop: usize) -> Option<usize> {
    if scanner.text[start..stop].eq_ignore_ascii_case("www") {
        return Some(url_end(scanner, start));
    }
    let host = host_end(scanner, start);
    let (_, ending) = scanner.text[start..host].rsplit_once('.')?;
    if host <= stop || !scanner.lexicon.spelling.ends_domain(ending) {
        return None;
    }
    match scanner.byte(host) {
        b'/' => Some(url_end(scanner, start)),
        _ => Some(host),
    }
}

/// Takes back the tokens that touch the `@` at `at` and can be the name before it.
fn local_part(scanner: &mut Scanner, at: usize) -> usize {
    let mut start = at;
    while let Some(token) = scanner.adjacent(start) {
        let words = &scanner.text[token.span.range()];
        let named = match token.kind {
            TokenKind::Word | TokenKind::Number => words.is_ascii(),
            _ => words == "." || words == "-" || words == "+",
        };
        if !named {
            break;
        }
        start = token.span.range().start;
        scanner.tokens.pop();
    }
    start
}

fn name_end(scanner: &Scanner, start: usize) -> usize {
    let stop = |char: char| !char.is_alphanumeric() && char != '_';
    let end = scanner.text[start..].find(stop).map_or(scanner.text.len(), |at| start + at);
    if end == start { end } else { foreign::grapheme_end(scanner.text, end) }
}

/// Where the host name at `start` ends: letters, digits, hyphens, and stops between them.
fn host_end(scanner: &Scanner, start: usize) -> usize {
    let mut end = start;
    while end - start <= HOST_BYTES {
        let byte = scanner.byte(end);
        let inner = matches!(byte, b'.' | b'-') && scanner.byte(end + 1).is_ascii_alphanumeric();
        if !byte.is_ascii_alphanumeric() && !inner && byte != b'_' {
            break;
        }
        end += 1;
    }
    end
}

/// Where the URL at `start` ends: before white space or a bracket or mark that can't be part of
/// it, and without the punctuation of the sentence around it.
fn url_end(scanner: &Scanner, start: usize) -> usize {
    let rest = &scanner.text[start..];
    let stop = |char: char| {
        char.is_whitespace()
            || matches!(char, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '…' | '’' | '‘' | '—')
    };
    let mut url = &rest[..rest.find(stop).unwrap_or(rest.len())];
    let mut opened = url.matches('(').count();
    let mut closed = url.matches(')').count();
    while let Some(last) = url.chars().next_back() {
        match last {
            ')' if closed > opened => closed -= 1,
            '(' => opened -= 1,
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | ']' | '}' | '*' => {}
            _ => break,
        }
        url = &url[..url.len() - 1];
    }
    foreign::grapheme_end(scanner.text, start + url.len())
}
