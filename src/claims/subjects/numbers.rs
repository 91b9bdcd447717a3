//! Numbers in a statement, with their units. «One» alone and «third» alone are none.

use crate::claims::phrase::Token;
use crate::lexicon::claim_words::{ClaimWords, WordClass};
use crate::lexicon::subject_words::{SubjectWord, SubjectWords};
use crate::lexicon::word::Function;
use crate::lexicon::words::Words;
use crate::model::Pos;
use std::ops::Range;

/// A number at its place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Number {
    pub tokens: Range<usize>,
}

impl Number {
    /// Where it is printed, with the currency sign before it and the percent sign behind it.
    pub fn bytes(&self, text: &str, tokens: &[Token]) -> Range<usize> {
        let (first, last) = (&tokens[self.tokens.start], &tokens[self.tokens.end - 1]);
        let sign = first.gap.chars().next_back().filter(|sign| is_money(*sign));
        let percent = usize::from(text[last.end..].starts_with('%'));
        first.start - sign.map_or(0, char::len_utf8)..last.end + percent
    }
}

/// The numbers among the words that aren't `used` yet, in order.
pub fn numbers(tokens: &[Token], used: &[bool]) -> Vec<Number> {
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match number_at(tokens, used, at) {
            Some(end) => {
                numbers.push(Number { tokens: at..end });
                at = end;
            }
            None => at += 1,
        }
    }
    numbers
}

/// Where the number ends that begins at `at`.
fn number_at(tokens: &[Token], used: &[bool], at: usize) -> Option<usize> {
    let is_free = |at: usize| at < tokens.len() && !used[at];
    if !is_free(at) {
        return None;
    }
    if let Some(end) = part_of(tokens, at) {
        return Some(end);
    }
    let is_clock = |at: usize| tokens.get(at).is_some_and(|token| token.gap == ":" && token.is_figure());
    if !is_number(&tokens[at]) || is_clock(at) || is_clock(at + 1) {
        return None;
    }
    let mut end = at + 1;
    while is_free(end) && tokens[end].follows() && goes_on(tokens, end) {
        end += 1;
    }
    if is_free(end) && tokens[end].follows() && is_quantity(&tokens[end]) {
        return Some(end + 1);
    }
    let counted = if is_free(end) { unit(tokens, end) } else { 0 };
    let is_one = end == at + 1 && is_one(&tokens[at]);
    let is_measure = counted > 0 && tokens.get(end).is_some_and(|next| measure(next).is_some());
    (!is_one || is_measure).then_some(end + counted)
}

/// How many words behind a number say what it counts: «crowns», «percentage points», «new schools», «of homes».
fn unit(tokens: &[Token], at: usize) -> usize {
    let Some(next) = tokens.get(at).filter(|next| next.follows()) else { return 0 };
    let after = tokens.get(at + 1).filter(|after| after.follows());
    if let Some(after) = after {
        let pair = format!("{} {}", next.lower, after.lower);
        let is_pair = SubjectWords::get().class(&pair) == Some(SubjectWord::Percent);
        let is_of = next.is(Function::Of) && at > 0 && tokens[at - 1].lower.ends_with('s');
        let is_described = Words::shared().get(&next.lower).tags.contains(&Some(Pos::Adjective));
        if is_pair || ((is_of || is_described) && is_plural(after)) {
            return 2;
        }
    }
    usize::from(measure(next).is_some() || is_plural(next))
}

/// «A third of», «half of».
fn part_of(tokens: &[Token], at: usize) -> Option<usize> {
    let is_led = tokens[at].is(Function::Indefinite) || is_one(&tokens[at]);
    let part = if is_led { at + 1 } else { at };
    let is_of = tokens.get(part + 1).is_some_and(|next| next.follows() && next.is(Function::Of));
    let is_part = tokens.get(part).is_some_and(|token| is_quantity(token));
    // «Third of all» is a place in a row.
    (is_part
        && is_of
        && (is_led || SubjectWords::get().class(&tokens[part].lower) == Some(SubjectWord::Part)))
    .then_some(part + 1)
}

fn is_number(token: &Token) -> bool {
    if token.is_figure() {
        let digits =
            token.text.trim_start_matches(|letter: char| letter.is_ascii_digit() || ".,-".contains(letter));
        return digits.is_empty() || (!is_ordinal(token.text) && is_measure(&digits.to_lowercase()));
    }
    let words = ClaimWords::get();
    token.lower.split('-').all(|part| words.class(part) == WordClass::Number)
}

/// Whether the word at `at`, behind a number, belongs to it: «million», «twenty» «five», «and» «ten».
fn goes_on(tokens: &[Token], at: usize) -> bool {
    let token = &tokens[at];
    let is_scale =
        SubjectWords::get().class(&token.lower) == Some(SubjectWord::Scale) && token.text.len() > 1;
    let is_and = token.is(Function::And)
        && SubjectWords::get().class(&tokens[at - 1].lower) == Some(SubjectWord::Scale)
        && tokens.get(at + 1).is_some_and(|next| next.follows() && !next.is_figure() && is_number(next));
    is_scale || is_and || (!token.is_figure() && is_number(token) && !is_one(token))
}

/// «One», which stands for somebody more often than for a number.
fn is_one(token: &Token) -> bool {
    ClaimWords::get().value(&token.lower) == Some(1)
}

fn is_quantity(token: &Token) -> bool {
    ClaimWords::get().class(&token.lower) == WordClass::Quantity
}

/// Whether it is a scale or unit that may stand close behind the digits: «4bn», «5km».
fn is_measure(suffix: &str) -> bool {
    use SubjectWord::{Currency, Percent, Scale, Unit};
    matches!(SubjectWords::get().class(suffix), Some(Currency | Percent | Scale | Unit))
}

/// What a word measures in.
pub fn measure(token: &Token) -> Option<SubjectWord> {
    use SubjectWord::{Currency, Percent, Span, Unit};
    SubjectWords::get().class(&token.lower).filter(|class| matches!(class, Currency | Percent | Span | Unit))
}

/// Whether it is a noun in the plural, as far as can be told from the word.
pub fn is_plural(token: &Token) -> bool {
    let word = Words::shared().get(&token.lower);
    let is_known = word.tags[0].is_some() || word.function.is_some();
    let is_unknown_plural =
        !is_known && !token.is_capital() && token.lower.len() > 3 && token.lower.ends_with('s');
    word.tags.contains(&Some(Pos::NounPlural)) || word.group || is_unknown_plural
}

pub fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// «20th».
pub fn is_ordinal(text: &str) -> bool {
    let ending = text.len().checked_sub(2).and_then(|at| text.split_at_checked(at));
    ending.is_some_and(|(digits, end)| is_digits(digits) && matches!(end, "st" | "nd" | "rd" | "th"))
}

pub const fn is_money(sign: char) -> bool {
    matches!(sign, '$' | '€' | '£' | '¥' | '₽' | '₹' | '₩' | '₺' | '₴')
}
