//! Where sentences end: stops, what stands behind them, lists and line ends.

use crate::lexicon::Lexicon;
use crate::lexicon::abbreviations::Ending;
use crate::lexicon::spelling::Starter;
use crate::model::{Sentence, Token, TokenKind};
use crate::segment::class;
use crate::segment::lines;
use crate::segment::lists::Marker;

/// Appends the sentences of the paragraph whose tokens are `tokens[first..]`.
pub fn split(
    text: &str,
    tokens: &[Token],
    first: usize,
    paragraph: u32,
    lexicon: &Lexicon,
    sentences: &mut Vec<Sentence>,
) {
    let splitter = Splitter { text, tokens: &tokens[first..], lexicon };
    splitter.each(|start, end| {
        let span = tokens[first + start].span.cover(tokens[first + end - 1].span);
        let tokens = (first + start) as u32..(first + end) as u32;
        sentences.push(Sentence { span, tokens, paragraph });
    });
}

/// One paragraph; indices are into its own tokens.
struct Splitter<'a> {
    text: &'a str,
    tokens: &'a [Token],
    lexicon: &'a Lexicon,
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

/// What stands behind it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Next {
    Lower,
    /// A capital that shows little: a name.
    Capital,
    /// `I`, which has a capital everywhere.
    Pronoun,
    /// A capitalised word that starts sentences.
    Starter,
    /// A capitalised word that goes on with one: `Monday`.
    Continuer,
    Number,
    /// Another script, a symbol.
    Other,
    /// Punctuation that no sentence starts with.
    Inner,
}

/// A place where a sentence may end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Candidate {
    at: usize,
    end: End,
    /// Whether a closing mark or bracket stands behind the stop.
    closed: bool,
    /// The first token that is no part of the ending.
    next: usize,
}

/// The fewest tokens of a sentence that an abbreviation ends: «At 5 a.m. Mr. Reyes left.» is one.
const FEWEST_BEFORE_ABBREVIATION: usize = 4;

/// The shortest row of signs that is a ruler and no dash.
const RULER_BYTES: u32 = 5;

/// Marks, brackets and dashes that can stand in front of a sentence's first word, at most.
const MOST_BEFORE_WORD: usize = 4;

impl Splitter<'_> {
    fn each(&self, mut found: impl FnMut(usize, usize)) {
        let mut start = 0;
        let mut list = None;
        let mut at = self.skip_marker(0, &mut list);
        while at < self.tokens.len() {
            let candidate = self.candidate(at);
            let next = candidate.map_or(at + 1, |candidate| candidate.next);
            let ends = candidate.is_some_and(|candidate| self.ends(start, &candidate));
            at = next;
            if ends || self.starts_by_itself(next, list.as_ref()) {
                found(start, next);
                start = next;
                at = self.skip_marker(next, &mut list);
            }
        }
        if start < self.tokens.len() {
            found(start, self.tokens.len());
        }
    }

    /// Steps over the list marker that a sentence starts with, and remembers it.
    fn skip_marker(&self, start: usize, list: &mut Option<Marker>) -> usize {
        let marker = self.tokens.get(start..).and_then(|tokens| Marker::read(self.text, tokens));
        let Some(marker) = marker.filter(|marker| start + marker.len < self.tokens.len()) else {
            return start;
        };
        *list = Some(marker);
        start + marker.len
    }

    /// Whether the token at `at` starts the next entry of a list running through the paragraph.
    fn starts_entry(&self, at: usize, list: Option<&Marker>) -> bool {
        let Some(list) = list else { return false };
        let marker = self.tokens.get(at..).and_then(|tokens| Marker::read(self.text, tokens));
        marker.is_some_and(|marker| {
            let capital = matches!(self.next(at + marker.len), Next::Capital | Next::Starter);
            marker.follows(list) && self.is_spaced(at) && capital
        })
    }

    /// Whether a sentence starts at token `next`, whatever stands before it.
    fn starts_by_itself(&self, next: usize, list: Option<&Marker>) -> bool {
        self.starts_entry(next, list)
            || self.starts_credit(next)
            || lines::breaks(self.text, self.tokens, next)
            || self.is_set_apart(next)
    }

    /// Whether a ruler (`=====`) stands before or at token `at`, or one address behind another.
    fn is_set_apart(&self, at: usize) -> bool {
        let Some([before, after]) = self.tokens.get(at - 1..at + 1) else { return false };
        let links = before.kind == TokenKind::Link && after.kind == TokenKind::Link;
        let apart = self.is_ruler(before) || self.is_ruler(after) || (links && self.is_url(after));
        apart && self.is_spaced(at)
    }

    fn is_ruler(&self, token: &Token) -> bool {
        let sign = |byte: &u8| matches!(byte, b'=' | b'_' | b'*' | b'-' | b'#' | b'~');
        token.span.len() >= RULER_BYTES && self.text.as_bytes()[token.span.range()].iter().all(sign)
    }

    fn is_url(&self, token: &Token) -> bool {
        self.text[token.span.range()].contains("://")
    }

    /// Whether the credit of a picture starts at token `at`, behind its caption: `Photo: …`.
    fn starts_credit(&self, at: usize) -> bool {
        let Some([label, colon]) = self.tokens.get(at..at + 2) else { return false };
        let label = &self.text[label.span.range()];
        self.text.as_bytes()[colon.span.range().start] == b':'
            && self.lexicon.spelling.starter(label) == Some(Starter::Credit)
            && self.tokens[at - 1].kind != TokenKind::Punctuation
    }

    /// What ends at token `at`, with the marks, brackets and further stops that belong to it.
    fn candidate(&self, at: usize) -> Option<Candidate> {
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
            } else if closes(first, token.kind, spaced) {
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

    /// Whether the three stops from `at` are an omission at the start of the next sentence, the
    /// stop before them being the end of a sentence: «compounds. . . . The».
    fn omission_starts(&self, at: usize) -> bool {
        let stops = (at..at + 3).all(|at| at < self.tokens.len() && self.is_single_stop(at));
        stops && !self.is_spaced(at - 1) && matches!(self.next(at + 3), Next::Starter | Next::Capital)
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

    /// Whether the sentence that starts at token `start` ends at the candidate.
    fn ends(&self, start: usize, candidate: &Candidate) -> bool {
        let Candidate { at: _, end, closed, next } = *candidate;
        if next == self.tokens.len() {
            return true;
        }
        let follows = self.next(next);
        if !self.is_spaced(next) {
            return self.ends_tight(end, next, follows);
        }
        match (end, follows) {
            (_, Next::Inner) => false,
            (End::Ellipsis, _) if candidate.at == start => false,
            (End::Abbreviation(_), _) if next - start < FEWEST_BEFORE_ABBREVIATION => false,
            (End::Abbreviation(Ending::Never | Ending::Number), _) => false,
            (End::Abbreviation(Ending::Seldom), _) => matches!(follows, Next::Starter | Next::Pronoun),
            (End::Abbreviation(Ending::Often), _) => {
                matches!(follows, Next::Starter | Next::Pronoun | Next::Capital)
            }
            (End::Ellipsis, _) => matches!(follows, Next::Starter | Next::Capital),
            (_, Next::Lower) => !closed,
            (End::Stop, Next::Number) => true,
            _ => true,
        }
    }

    /// Whether a sentence ends with no white space behind it: «… the end.The next …».
    fn ends_tight(&self, end: End, next: usize, follows: Next) -> bool {
        let capital = matches!(follows, Next::Starter | Next::Capital | Next::Pronoun);
        !matches!(end, End::Abbreviation(_)) && capital && self.tokens[next].kind == TokenKind::Word
    }

    fn next(&self, at: usize) -> Next {
        let tokens = self.tokens.get(at..).unwrap_or_default();
        for token in tokens.iter().take(MOST_BEFORE_WORD) {
            match token.kind {
                TokenKind::Word => return self.next_word(token),
                TokenKind::Number => return Next::Number,
                TokenKind::Link | TokenKind::Symbol => return Next::Other,
                TokenKind::Mark => {}
                TokenKind::Punctuation if leads(self.first_char(token)) => {}
                TokenKind::Punctuation => return Next::Inner,
            }
        }
        Next::Other
    }

    fn next_word(&self, token: &Token) -> Next {
        let word = &self.text[token.span.range()];
        match self.lexicon.spelling.starter(word) {
            Some(Starter::Starts | Starter::Credit) => return Next::Starter,
            Some(Starter::Continues) => return Next::Continuer,
            None if word == "I" => return Next::Pronoun,
            None => {}
        }
        let first = self.first_char(token);
        match first.is_uppercase() {
            true => Next::Capital,
            false if first.is_lowercase() => Next::Lower,
            false => Next::Other,
        }
    }

    fn first_char(&self, token: &Token) -> char {
        self.text[token.span.range()].chars().next().unwrap_or_default()
    }

    fn is_single_stop(&self, at: usize) -> bool {
        let span = self.tokens[at].span;
        span.len() == 1 && self.text.as_bytes()[span.range().start] == b'.'
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
            [number, ..] if number.kind == TokenKind::Number && number.span.len() <= 2 => {
                usize::from(self.next(at + 1) == Next::Starter)
            }
            _ => 0,
        }
    }

    /// Whether white space stands before token `at`.
    fn is_spaced(&self, at: usize) -> bool {
        at > 0 && self.tokens[at - 1].span.end() < self.tokens[at].span.start()
    }
}

/// Whether a mark or bracket behind a stop belongs to the sentence before it.
fn closes(first: char, kind: TokenKind, spaced: bool) -> bool {
    match first {
        '”' | '»' | '›' | '」' | '』' => true,
        ')' | ']' | '}' | '）' | '〉' | '》' => true,
        '“' | '„' | '«' | '‹' | '「' | '『' | '‘' | '‚' => false,
        _ => kind == TokenKind::Mark && !spaced,
    }
}

/// Whether punctuation can stand in front of a sentence.
fn leads(first: char) -> bool {
    matches!(first, '(' | '[' | '{' | '-' | '¡' | '¿' | '•' | '‣' | '⁃' | '·' | '\u{2012}'..='\u{2015}' | '…')
        || first == '.'
}
