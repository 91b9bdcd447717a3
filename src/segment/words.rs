//! Words and numbers: hyphens, apostrophes, clitics and units.

use crate::model::TokenKind;
use crate::segment::class::{self, Wide};
use crate::segment::stops::{self, Stop};
use crate::segment::tokens::Scanner;
use crate::segment::{foreign, links};

/// Letters that a clitic has behind its apostrophe, at most.
const CLITIC_LETTERS: usize = 2;

/// Takes the word at `start`, with its clitics; gives where they end.
pub fn word(scanner: &mut Scanner, start: usize) -> usize {
    let mut word = Word { start, at: start, segment: start, joined: false };
    match word.extend(scanner) {
        Found::Word => close(scanner, start, word.at, TokenKind::Word),
        Found::Link(end) => {
            scanner.push(start, end, TokenKind::Link);
            end
        }
        Found::Foreign => foreign::run(scanner, start),
    }
}

/// Takes the number at `start` with its unit; a hyphen and letters behind it make it a word
/// (`14-year-old`).
pub fn number(scanner: &mut Scanner, start: usize) -> usize {
    let digits = digits_end(scanner, start);
    let at = if is_dotted_unit(scanner, digits) { digits } else { unit_end(scanner, digits) };
    match scanner.byte(at) {
        b'-' if scanner.is_word_at(at + 1) => word_from(scanner, start, at),
        b'.' if scanner.byte(at + 1).is_ascii_lowercase() => match links::domain(scanner, start, at) {
            Some(end) => {
                scanner.push(start, end, TokenKind::Link);
                end
            }
            None => close(scanner, start, at, TokenKind::Number),
        },
        0x80.. if at == digits && is_foreign_letter(scanner, at) => {
            scanner.push(start, at, TokenKind::Number);
            foreign::run(scanner, at)
        }
        _ => close(scanner, start, at, TokenKind::Number),
    }
}

/// A word as far as it has been read.
// Invariant: start <= segment <= at.
struct Word {
    start: usize,
    at: usize,
    /// Where the part behind the last stop or hyphen starts.
    segment: usize,
    /// Whether a hyphen, apostrophe or stop has been passed.
    joined: bool,
}

enum Found {
    /// `start..at`
    Word,
    /// A web address, with its end.
    Link(usize),
    /// Letters of several scripts.
    Foreign,
}

impl Word {
    fn extend(&mut self, scanner: &Scanner) -> Found {
        loop {
            self.skip_letters(scanner);
            let goes_on = match scanner.byte(self.at) {
                b'\'' => self.apostrophe(scanner, 1),
                b'-' => self.join(scanner, 1),
                b'&' => self.ampersand(scanner),
                b'.' => match self.stop(scanner) {
                    Ok(goes_on) => goes_on,
                    Err(end) => return Found::Link(end),
                },
                b'!' => self.call(scanner),
                b':' => match links::url(scanner, self.start, self.at) {
                    Some(end) => return Found::Link(end),
                    None => false,
                },
                0x80.. => match self.wide(scanner) {
                    Some(goes_on) => goes_on,
                    None => return Found::Foreign,
                },
                _ => false,
            };
            if !goes_on {
                return Found::Word;
            }
        }
    }

    fn skip_letters(&mut self, scanner: &Scanner) {
        let rest = &scanner.text.as_bytes()[self.at..];
        self.at += rest.iter().position(|byte| !class::is_word(*byte)).unwrap_or(rest.len());
    }

    /// Passes a joining character of `width` bytes when a word follows it.
    fn join(&mut self, scanner: &Scanner, width: usize) -> bool {
        let joins = scanner.is_word_at(self.at + width);
        if joins {
            self.at += width;
            self.segment = self.at;
            self.joined = true;
        }
        joins
    }

    /// Passes an apostrophe inside a word (`O'Neill`), but none that starts a clitic.
    fn apostrophe(&mut self, scanner: &Scanner, width: usize) -> bool {
        clitic(scanner, self.start, self.at, width).is_none() && self.join(scanner, width)
    }

    /// `AT&T`
    fn ampersand(&mut self, scanner: &Scanner) -> bool {
        let capitals =
            scanner.byte(self.at - 1).is_ascii_uppercase() && scanner.byte(self.at + 1).is_ascii_uppercase();
        capitals && self.join(scanner, 1)
    }

    /// Takes the mark of a name that has one: `Yahoo!`
    fn call(&mut self, scanner: &Scanner) -> bool {
        let named = &scanner.text[self.start..self.at + 1];
        self.at += usize::from(scanner.lexicon.abbreviations.ending(named).is_some());
        false
    }

    /// Whether the word goes on behind its stop; a web address gives `Err` with its end.
    fn stop(&mut self, scanner: &Scanner) -> Result<bool, usize> {
        match stops::stop(scanner, self.start, self.segment, self.at) {
            Stop::Sentence => Ok(false),
            Stop::Inner => Ok(self.join(scanner, 1)),
            Stop::Link(end) => Err(end),
            Stop::Final(end) => {
                self.at = end;
                // `U.S.-led` and `Jr.'s`, but not `Mr.Reyes`.
                Ok(match scanner.byte(end) {
                    b'-' => self.join(scanner, 1),
                    b'\'' => self.apostrophe(scanner, 1),
                    _ => false,
                })
            }
        }
    }

    /// Whether the word goes on; `None` when a letter of another script follows.
    fn wide(&mut self, scanner: &Scanner) -> Option<bool> {
        let Some(char) = scanner.char(self.at) else { return Some(false) };
        match class::wide(char) {
            Wide::Latin | Wide::Joiner => {
                self.at += char.len_utf8();
                Some(true)
            }
            Wide::Apostrophe => Some(self.apostrophe(scanner, char.len_utf8())),
            Wide::Hyphen => Some(self.join(scanner, char.len_utf8())),
            Wide::Foreign if char == '°' => Some(self.numero(scanner)),
            // Behind a joint the word is cut, so that no text is read more than twice.
            Wide::Foreign if char.is_alphanumeric() && !self.joined => None,
            _ => Some(false),
        }
    }

    /// `N°`, often written with a degree sign.
    fn numero(&mut self, scanner: &Scanner) -> bool {
        let sign = scanner.text[self.start..self.at].eq_ignore_ascii_case("n");
        self.at += if sign { '°'.len_utf8() } else { 0 };
        sign
    }
}

/// Goes on with a word whose beginning was read as a number.
fn word_from(scanner: &mut Scanner, start: usize, at: usize) -> usize {
    let mut word = Word { start, at, segment: at, joined: true };
    match word.extend(scanner) {
        Found::Link(end) => {
            scanner.push(start, end, TokenKind::Link);
            end
        }
        Found::Word | Found::Foreign => close(scanner, start, word.at, TokenKind::Word),
    }
}

/// Appends the word `start..end` and the clitics that follow it; gives where they end.
fn close(scanner: &mut Scanner, mut start: usize, mut end: usize, kind: TokenKind) -> usize {
    let mut kind = kind;
    loop {
        let width = apostrophe_width(scanner, end);
        let Some(clitic) = width.and_then(|width| clitic(scanner, start, end, width)) else {
            scanner.push(start, end, kind);
            return end;
        };
        if clitic.start > start {
            scanner.push(start, clitic.start, kind);
        }
        (start, end, kind) = (clitic.start, clitic.end, TokenKind::Word);
    }
}

/// The clitic whose apostrophe of `width` bytes stands at `at`, behind the word `start..at`.
fn clitic(scanner: &Scanner, start: usize, at: usize, width: usize) -> Option<std::ops::Range<usize>> {
    let from = at + width;
    let letters = |end: &usize| scanner.byte(*end).is_ascii_alphabetic();
    let end = (from..=from + CLITIC_LETTERS).find(|end| !letters(end))?;
    if end == from || scanner.is_word_at(end) {
        return None;
    }
    let before = &scanner.text[start..at];
    let taken = scanner.lexicon.spelling.clitic(before, &scanner.text[from..end])?;
    Some(at - taken..end)
}

/// Length of the apostrophe at `at`, when one stands there.
fn apostrophe_width(scanner: &Scanner, at: usize) -> Option<usize> {
    match scanner.byte(at) {
        b'\'' => Some(1),
        0x80.. if scanner.text[at..].starts_with('’') => Some('’'.len_utf8()),
        _ => None,
    }
}

/// Where the digits at `start` end, with the separators between them: `2,500.75`, `2025-10-22`.
fn digits_end(scanner: &Scanner, start: usize) -> usize {
    let mut at = start;
    loop {
        let separator = matches!(scanner.byte(at), b'.' | b',' | b':' | b'/' | b'-')
            && scanner.byte(at + 1).is_ascii_digit();
        if !separator && !scanner.byte(at).is_ascii_digit() {
            return at;
        }
        at += 1;
    }
}

/// Where the letters of a unit at `start` end: `16th`, `5km`.
fn unit_end(scanner: &Scanner, start: usize) -> usize {
    let letter = |char: char| match class::wide(char) {
        _ if char.is_ascii() => class::is_word(char as u8),
        Wide::Latin | Wide::Joiner => true,
        _ => false,
    };
    let rest = &scanner.text[start..];
    start + rest.find(|char| !letter(char)).unwrap_or(rest.len())
}

/// `a.m.` written against its number: `10a.m.`
fn is_dotted_unit(scanner: &Scanner, at: usize) -> bool {
    let letter = |at| scanner.byte(at).is_ascii_alphabetic();
    letter(at) && letter(at + 2) && scanner.byte(at + 1) == b'.' && scanner.byte(at + 3) == b'.'
}

fn is_foreign_letter(scanner: &Scanner, at: usize) -> bool {
    let foreign = |char: char| class::wide(char) == Wide::Foreign && char.is_alphanumeric();
    scanner.char(at).is_some_and(foreign)
}
