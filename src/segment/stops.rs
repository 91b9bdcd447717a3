//! Whose stop is it: the word's («Mr.», «U.S.»), the sentence's, or a part of an address.

use crate::lexicon::abbreviations::Ending;
use crate::lexicon::spelling::Starter;
use crate::model::TokenKind;
use crate::segment::links;
use crate::segment::tokens::Scanner;

/// What a stop behind a word is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stop {
    /// Punctuation of its own.
    Sentence,
    /// Inside the word, which goes on: `U.S`.
    Inner,
    /// The last of an abbreviation, with the end of the word.
    Final(usize),
    /// Inside a web address, with its end.
    Link(usize),
}

/// The longest unknown abbreviation that a comma behind the stop makes one.
const SHORT: usize = 5;

/// Tells what the stop at `at` is, behind the word that starts at `start` and whose part after
/// its last stop starts at `segment`.
pub fn stop(scanner: &Scanner, start: usize, segment: usize, at: usize) -> Stop {
    if scanner.is_word_at(at + 1) {
        return tight(scanner, start, segment, at);
    }
    let dotted = scanner.text.as_bytes()[start..at].contains(&b'.');
    let next = scanner.byte(at + 1);
    // `D-Mo.` is known by its last part.
    let known = ending(scanner, start, at + 1).or_else(|| ending(scanner, segment, at + 1));
    let kept = match known {
        _ if dotted => true,
        _ if next == b'.' => false,
        Some(Ending::Number) if number_follows(scanner, at + 1) => true,
        None | Some(Ending::Number) if is_capital(scanner, start, at) => is_initial(scanner, start, at),
        Some(Ending::Number) => false,
        Some(_) => true,
        None => at - start <= SHORT && matches!(next, b',' | b';'),
    };
    if kept { Stop::Final(at + 1) } else { Stop::Sentence }
}

fn number_follows(scanner: &Scanner, at: usize) -> bool {
    upcoming(scanner, at).starts_with(|next: char| next.is_ascii_digit())
}

/// The rest of the paragraph behind white space.
fn upcoming<'a>(scanner: &Scanner<'a>, at: usize) -> &'a str {
    scanner.text[at..].trim_start()
}

/// A stop with a letter or digit right behind it.
fn tight(scanner: &Scanner, start: usize, segment: usize, at: usize) -> Stop {
    let letter = |at: usize| scanner.byte(at).is_ascii_alphabetic();
    let digit = |at: usize| scanner.byte(at).is_ascii_digit();
    let letters = at - segment == 1 && letter(segment) && letter(at + 1);
    if letters && !scanner.is_word_at(at + 2) {
        return Stop::Inner;
    }
    if digit(at - 1) && digit(at + 1) {
        return Stop::Inner;
    }
    if let Some(end) = two_parts(scanner, start, at) {
        return Stop::Final(end);
    }
    if ending(scanner, start, at + 1).is_some() || scanner.text[start..at].contains('.') {
        return Stop::Final(at + 1);
    }
    links::domain(scanner, start, at).map_or(Stop::Sentence, Stop::Link)
}

/// Where an abbreviation of two parts ends, the first of which ends at `at`: `Ph.D.`
fn two_parts(scanner: &Scanner, start: usize, at: usize) -> Option<usize> {
    let parts = at + 1..at + 1 + SHORT;
    let end = parts.into_iter().find(|end| !scanner.byte(*end).is_ascii_alphabetic())? + 1;
    (scanner.byte(end - 1) == b'.' && ending(scanner, start, end).is_some()).then_some(end)
}

fn ending(scanner: &Scanner, start: usize, end: usize) -> Option<Ending> {
    scanner.lexicon.abbreviations.ending(&scanner.text[start..end])
}

fn is_capital(scanner: &Scanner, start: usize, at: usize) -> bool {
    let mut chars = scanner.text[start..at].chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

/// Whether the capital `start..at` with a stop behind it shortens a name: `J. Reyes`, `Ana B. Reyes`.
fn is_initial(scanner: &Scanner, start: usize, at: usize) -> bool {
    let next = upcoming(scanner, at + 1);
    let word = &next[..next.find(|char: char| !char.is_alphanumeric()).unwrap_or(next.len())];
    match next.chars().next() {
        Some('-' | ',' | ';') => true,
        Some(char) if char.is_uppercase() => {
            // «you and I. Did you» is no name.
            let pronoun = &scanner.text[start..at] == "I";
            let starts = scanner.lexicon.spelling.starter(word) == Some(Starter::Starts);
            !starts && (!pronoun || follows_name(scanner))
        }
        // «Ana B. and Mia C. Ode»
        Some(char) if char.is_lowercase() => follows_name(scanner),
        Some('"' | '“' | '(' | '‘') => follows_name(scanner),
        _ => false,
    }
}

fn follows_name(scanner: &Scanner) -> bool {
    scanner.tokens.last().is_some_and(|token| {
        let name = scanner.text[token.span.range()].starts_with(char::is_uppercase);
        token.kind == TokenKind::Word && name
    })
}
