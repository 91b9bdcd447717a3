//! Dates in a statement: «22 October 2025», «Monday», «since 2019», «last year», «ten years ago».

use crate::claims::phrase::Token;
use crate::claims::subjects::numbers::{is_digits, is_ordinal, is_plural};
use crate::lexicon::claim_words::{ClaimWords, WordClass};
use crate::lexicon::subject_words::{SubjectWord, SubjectWords};
use crate::lexicon::word::Function;
use std::ops::Range;

/// The dates among some words, in order.
pub fn dates(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut dates: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let date = date_at(tokens, at).filter(|date| dates.last().is_none_or(|last| last.end <= date.start));
        at = date.as_ref().map_or(at + 1, |date| date.end.max(at + 1));
        dates.extend(date);
    }
    dates
}

/// The date that the word at `at` makes known; it may begin before it.
fn date_at(tokens: &[Token], at: usize) -> Option<Range<usize>> {
    let (token, words) = (&tokens[at], SubjectWords::get());
    let class = words.class(&token.lower);
    if is_iso(token.text) || class == Some(SubjectWord::Day) || is_decade(token) || is_short_year(token) {
        return Some(at..at + 1);
    }
    if class == Some(SubjectWord::Which) {
        let is_period = tokens.get(at + 1).is_some_and(|next| next.follows() && is_period(next));
        return is_period.then_some(at..at + 2);
    }
    if ClaimWords::get().class(&token.lower) == WordClass::Weekday && token.is_capital() {
        return Some(at..at + 1);
    }
    if class == Some(SubjectWord::Ago) {
        return ago(tokens, at);
    }
    month(tokens, at).or_else(|| year(tokens, at))
}

/// «May 2030», «22 October», «October 22, 2025».
fn month(tokens: &[Token], at: usize) -> Option<Range<usize>> {
    let token = &tokens[at];
    if !token.is_capital() || !SubjectWords::get().is_month(&token.lower) {
        return None;
    }
    let mut range = at..at + 1;
    let is_of = at >= 2 && tokens[at - 1].is(Function::Of);
    let before = if is_of { at.checked_sub(2) } else { at.checked_sub(1) };
    if let Some(day) = before.filter(|&day| is_day(&tokens[day]) && tokens[day + 1].gap == " ") {
        range.start = day;
    }
    // «Feb. 11»
    let joins = |gap: &str| gap == " " || (gap == ". " && token.text.len() <= 4);
    if tokens.get(range.end).is_some_and(|next| joins(next.gap) && is_day(next)) && range.start == at {
        range.end += 1;
    }
    let is_of = tokens.get(range.end).is_some_and(|next| next.follows() && next.is(Function::Of));
    let year = range.end + usize::from(is_of);
    if tokens.get(year).is_some_and(|next| (joins(next.gap) || next.gap == ", ") && is_year(next)) {
        range.end = year + 1;
    }
    let is_bare = range.len() == 1;
    let is_dated = at > 0 && SubjectWords::get().class(&tokens[at - 1].lower) == Some(SubjectWord::When);
    // «May we», «March on»: a capital at the beginning of a sentence says nothing.
    (!is_bare || is_dated || !token.begins).then_some(range)
}

/// A year, unless it counts something: «in 2000», «2000 people».
fn year(tokens: &[Token], at: usize) -> Option<Range<usize>> {
    let token = &tokens[at];
    let is_money = token.gap.ends_with(['$', '€', '£', '¥']);
    if !is_year(token) || is_money {
        return None;
    }
    let is_dated = at > 0 && SubjectWords::get().class(&tokens[at - 1].lower) == Some(SubjectWord::When);
    let counts = tokens.get(at + 1).is_some_and(|next| {
        let measures = SubjectWords::get().class(&next.lower).is_some_and(|class| {
            use SubjectWord::{Currency, Percent, Scale, Span, Unit};
            matches!(class, Currency | Percent | Scale | Span | Unit)
        });
        (next.follows() && (measures || is_plural(next))) || next.gap.starts_with('%')
    });
    (is_dated || !counts).then_some(at..at + 1)
}

/// «ten years ago».
fn ago(tokens: &[Token], at: usize) -> Option<Range<usize>> {
    let count = at.checked_sub(2)?;
    let is_span = SubjectWords::get().class(&tokens[at - 1].lower) == Some(SubjectWord::Span);
    is_span.then_some(count..at + 1)
}

fn is_period(token: &Token) -> bool {
    let class = SubjectWords::get().class(&token.lower);
    matches!(class, Some(SubjectWord::Period | SubjectWord::Span))
        || SubjectWords::get().is_month(&token.lower)
        || ClaimWords::get().class(&token.lower) == WordClass::Weekday
}

fn is_year(token: &Token) -> bool {
    token.text.len() == 4
        && is_digits(token.text)
        && token.text.parse::<u32>().is_ok_and(|year| (1900..=2100).contains(&year))
}

fn is_day(token: &Token) -> bool {
    let digits = if is_ordinal(token.text) { &token.text[..token.text.len() - 2] } else { token.text };
    digits.len() <= 2 && is_digits(digits) && digits.parse::<u32>().is_ok_and(|day| (1..=31).contains(&day))
}

/// «’22».
fn is_short_year(token: &Token) -> bool {
    token.text.len() == 2 && is_digits(token.text) && token.gap.ends_with(['\'', '’', '‘'])
}

/// «1990s».
fn is_decade(token: &Token) -> bool {
    let digits = token.text.strip_suffix('s');
    digits.is_some_and(|digits| digits.len() == 4 && is_digits(digits) && digits.ends_with('0'))
}

/// «2026-01-31» or «2026-01».
fn is_iso(text: &str) -> bool {
    let mut parts = text.split('-');
    parts.next().is_some_and(|year| year.len() == 4 && is_digits(year))
        && matches!(text.len(), 7 | 10)
        && parts.all(|part| part.len() == 2 && is_digits(part))
}
