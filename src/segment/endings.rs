//! What ends a sentence: stops, and the marks, brackets and notes behind them.

use crate::lexicon::abbreviations::Ending;
use crate::model::TokenKind;
use crate::segment::class;
use crate::segment::sequence::Sequence;
use crate::segment::starts::Next;

/// A place where a sentence may end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// The token that has the stop.
    at: usize,
    end: End,
    /// Whether a closing mark or bracket stands behind the stop.
    closed: bool,
    /// The first token that is no part of the ending.
    pub next: usize,
}

/// What stands at the end of what may be a sentence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum End {
    Stop,
    /// `!` or `?`
    Call,
    Ellipsis,
    Abbreviation(Ending),
}

/// The fewest tokens of a sentence that an abbreviation ends: «At 5 a.m. Mr. Reyes left.» is one.
const FEWEST_BEFORE_ABBREVIATION: usize = 4;

impl Sequence<'_> {
    /// What ends at token `at`, with the marks, brackets and further stops that belong to it.
    pub fn candidate(&self, at: usize) -> Option<Candidate> {
        let mut end = self.end(at)?;
        let mut closed = false;
        let mut next = at + 1;
        let mut dots = 1;
        while let Some(token) = self.tokens.get(next) {
            let spaced = self.is_spaced(next);
            let first = self.first_char(token);
            if self.is_single_stop(next) && self.is_single_stop(next - 1) && spaced {
                if dots == 1 && self.omission_starts(next) {
                    break;
                }
                // «. . .» is an ellipsis, and «. . . .» a stop behind one.
                dots += 1;
                end = if dots > 3 { End::Stop } else { End::Ellipsis };
            } else if !spaced && token.kind == TokenKind::Punctuation && class::ends_sentence(first) {
                end = if first == '.' && end != End::Call { End::Stop } else { End::Call };
            } else if self.closes(next) {
                closed = true;
            } else {
                match self.note_len(next) {
                    0 => break,
                    len => next += len - 1,
                }
            }
            next += 1;
        }
        Some(Candidate { at, end, closed, next })
    }

    /// Whether the sentence that starts at token `start` ends at the candidate.
    pub fn ends(&self, start: usize, candidate: &Candidate) -> bool {
        let Candidate { at, end, closed, next } = *candidate;
        if next == self.tokens.len() {
            return true;
        }
        let follows = self.next(next);
        if !self.is_spaced(next) {
            return self.ends_tight(end, next, follows);
        }
        match (end, follows) {
            (_, Next::Inner) => false,
            (End::Ellipsis, _) if at == start => false,
            (End::Abbreviation(_), _) if next - start < FEWEST_BEFORE_ABBREVIATION => false,
            (End::Abbreviation(Ending::Never), _) => false,
            (End::Abbreviation(Ending::Seldom | Ending::Number), _) => {
                matches!(follows, Next::Starter | Next::Pronoun)
            }
            (End::Abbreviation(Ending::Often), _) => {
                matches!(follows, Next::Starter | Next::Pronoun | Next::Capital)
            }
            (End::Ellipsis, _) => matches!(follows, Next::Starter | Next::Capital),
            (End::Call, Next::Lower) => !closed && !self.is_name(start, at),
            (End::Stop, Next::Lower) => !closed,
            _ => true,
        }
    }

    /// Whether the call at `at` is part of a name («the Rock! award»): it stands behind a
    /// capitalised word that has no capital from starting the sentence.
    fn is_name(&self, start: usize, at: usize) -> bool {
        at > start + 1 && self.is_capitalized(at - 1)
    }

    /// Whether a sentence ends with no white space behind it: «… the end.The next …».
    fn ends_tight(&self, end: End, next: usize, follows: Next) -> bool {
        let capital = matches!(follows, Next::Starter | Next::Capital | Next::Pronoun);
        !matches!(end, End::Abbreviation(_)) && capital && self.tokens[next].kind == TokenKind::Word
    }

    /// What the token `at` itself ends with.
    fn end(&self, at: usize) -> Option<End> {
        let token = &self.tokens[at];
        if !class::may_end(self.text.as_bytes()[token.span.range().end - 1]) {
            return None;
        }
        let word = &self.text[token.span.range()];
        match token.kind {
            TokenKind::Punctuation => match word.chars().next()? {
                '…' => self.ellipsis(at),
                '.' if word.len() > 1 => self.ellipsis(at),
                '.' | '。' | '۔' | '।' | '॥' => Some(End::Stop),
                first => class::ends_sentence(first).then_some(End::Call),
            },
            TokenKind::Word if word.ends_with(['.', '!']) => {
                let known = self.lexicon.abbreviations.ending(word);
                Some(End::Abbreviation(known.unwrap_or(Ending::Seldom)))
            }
            _ => None,
        }
    }

    /// The omission sign `[...]` ends nothing.
    fn ellipsis(&self, at: usize) -> Option<End> {
        let bracketed = at > 0 && self.first_char(&self.tokens[at - 1]) == '[';
        (!bracketed).then_some(End::Ellipsis)
    }

    /// Whether the three stops from `at` are an omission at the start of the next sentence, the
    /// stop before them being the end of a sentence: «compounds. . . . The».
    fn omission_starts(&self, at: usize) -> bool {
        let stops = (at..at + 3).all(|at| at < self.tokens.len() && self.is_single_stop(at));
        stops && !self.is_spaced(at - 1) && matches!(self.next(at + 3), Next::Starter | Next::Capital)
    }

    /// How many tokens from `at` are the number of a note: three for `[12]`, one for a raised
    /// number that lost its height («… minority rights. 4 Even though …»), else none.
    fn note_len(&self, at: usize) -> usize {
        let tokens = self.tokens.get(at..).unwrap_or_default();
        match tokens {
            [open, number, close, ..] if self.first_char(open) == '[' => {
                let closed = self.first_char(close) == ']';
                if closed && number.kind == TokenKind::Number { 3 } else { 0 }
            }
            [number, word, ..] if number.kind == TokenKind::Number && number.span.len() <= 2 => {
                let starts = self.is_spaced(at + 1) && self.next_word(word) == Next::Starter;
                usize::from(starts)
            }
            _ => 0,
        }
    }

    /// Whether the mark or bracket at `at`, behind a stop, belongs to the sentence before it.
    fn closes(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        match self.first_char(token) {
            '”' | '»' | '›' | '」' | '』' => true,
            ')' | ']' | '}' | '）' | '〉' | '》' => true,
            '“' | '„' | '«' | '‹' | '「' | '『' | '‘' | '‚' => false,
            // White space on both sides: no opening mark has it behind.
            _ => token.kind == TokenKind::Mark && (!self.is_spaced(at) || self.is_spaced_after(at)),
        }
    }

    fn is_spaced_after(&self, at: usize) -> bool {
        at + 1 == self.tokens.len() || self.is_spaced(at + 1)
    }
}
