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
    end: End,
    /// Whether a closing mark or bracket stands behind the stop.
    closed: bool,
    /// The first token that is no part of the ending.
    next: usize,
}

/// The fewest tokens of a sentence that an abbreviation ends: «At 5 a.m. Mr. Reyes left.» is one.
const FEWEST_BEFORE_ABBREVIATION: usize = 4;

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
            if ends || self.starts_entry(next, list.as_ref()) || lines::breaks(self.text, self.tokens, next) {
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
                // «. . .» is an ellipsis, and «. . . .» a stop behind one.
                dots += 1;
                end = if dots > 3 { End::Stop } else { End::Ellipsis };
            } else if !spaced && token.kind == TokenKind::Punctuation && class::ends_sentence(first) {
                end = if first == '.' && end != End::Call { End::Stop } else { End::Call };
            } else if closes(first, token.kind, spaced) {
                closed = true;
            } else if !spaced && self.is_note(next) {
                next += 2;
            } else {
                break;
            }
            next += 1;
        }
        Some(Candidate { end, closed, next })
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
                '…' => Some(End::Ellipsis),
                '.' if word.len() > 1 => Some(End::Ellipsis),
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

    /// Whether the sentence that starts at token `start` ends at the candidate.
    fn ends(&self, start: usize, candidate: &Candidate) -> bool {
        let Candidate { end, closed, next } = *candidate;
        if next == self.tokens.len() {
            return true;
        }
        let follows = self.next(next);
        if !self.is_spaced(next) {
            return self.ends_tight(end, next, follows);
        }
        match (end, follows) {
            (_, Next::Inner) => false,
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
        let capital = matches!(follows, Next::Starter | Next::Capital);
        matches!(end, End::Stop | End::Call) && capital && self.tokens[next].kind == TokenKind::Word
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
            Some(Starter::Starts) => return Next::Starter,
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

    /// Whether the tokens from `at` are the number of a note: `[12]`.
    fn is_note(&self, at: usize) -> bool {
        let Some([open, number, close]) = self.tokens.get(at..at + 3) else { return false };
        let brackets = self.first_char(open) == '[' && self.first_char(close) == ']';
        brackets && number.kind == TokenKind::Number
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
        ')' | ']' | '}' | '）' | '〉' | '》' => !spaced,
        '“' | '„' | '«' | '‹' | '「' | '『' | '‘' | '‚' => false,
        _ => kind == TokenKind::Mark && !spaced,
    }
}

/// Whether punctuation can stand in front of a sentence.
fn leads(first: char) -> bool {
    matches!(first, '(' | '[' | '{' | '-' | '¡' | '¿' | '•' | '‣' | '⁃' | '·' | '\u{2012}'..='\u{2015}' | '…')
        || first == '.'
}
