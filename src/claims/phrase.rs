//! The words of a statement at their places, for what is looked up in its text.

use crate::lexicon::claim_words::ClaimWords;
use crate::lexicon::word::Function;
use crate::lexicon::words::Words;

/// So many words of a statement are looked at.
const LONGEST: usize = 400;

/// A word or number at its place.
#[derive(Clone, Debug)]
pub struct Token<'t> {
    /// As printed, without the `’s` of a possessive.
    pub text: &'t str,
    /// The whole word in lower case.
    pub lower: String,
    /// Bytes of the statement.
    pub start: usize,
    pub end: usize,
    /// What stands between it and the word before it.
    pub gap: &'t str,
    /// Whether a sentence or quotation begins with it, so that its capital says nothing.
    pub begins: bool,
}

impl Token<'_> {
    pub fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    pub fn is_figure(&self) -> bool {
        self.text.starts_with(|letter: char| letter.is_ascii_digit())
    }

    /// Whether it is a word of the grammar.
    pub fn is(&self, function: Function) -> bool {
        Words::shared().get(&self.lower).function == Some(function)
    }

    /// Whether nothing but a space parts it from the word before it.
    pub fn follows(&self) -> bool {
        matches!(self.gap, " " | "\u{a0}" | "\u{202f}")
    }
}

/// The words of a statement, the first four hundred of them.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].find(char::is_alphanumeric).filter(|_| tokens.len() < LONGEST) {
        let gap = &text[at..at + first];
        let start = at + first;
        let end = start + word_end(&text[start..]);
        let word = text[start..end].strip_suffix("'s").or_else(|| text[start..end].strip_suffix("’s"));
        let word = word.unwrap_or(&text[start..end]);
        let begins = tokens.last().is_none_or(|last| is_new(last, gap));
        let lower = lowered(&text[start..end]);
        tokens.push(Token { text: word, lower, start, end: start + word.len(), gap, begins });
        at = end;
    }
    tokens
}

/// In lower case, with typewriter apostrophes.
fn lowered(word: &str) -> String {
    if word.is_ascii() {
        word.to_ascii_lowercase()
    } else {
        word.to_lowercase().replace(['’', '‘', 'ʼ'], "'")
    }
}

/// Whether another sentence, or a quotation, begins behind `last`.
fn is_new(last: &Token, gap: &str) -> bool {
    let stops = gap.contains(['!', '?', '…', ':', '\n', '“', '‘', '"', '«', '„']);
    let is_title = || Words::shared().get(&format!("{}.", last.lower)).title.is_some();
    let is_short = || last.text.contains('.') || (last.text.chars().count() == 1 && last.is_capital());
    stops || (gap.starts_with('.') && !is_title() && !is_short())
}

/// Where the word at the beginning of `text` ends.
fn word_end(text: &str) -> usize {
    let mut letters = text.char_indices().peekable();
    let (mut before, mut older) = (' ', ' ');
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|&(_, next)| next);
        let joins = match letter {
            '\'' | '’' | 'ʼ' | '-' | '‐' | '‑' => {
                before.is_alphanumeric() && next.is_some_and(char::is_alphanumeric)
            }
            '.' | ',' if before.is_ascii_digit() => next.is_some_and(|next| next.is_ascii_digit()),
            // «U.S.»
            '.' => {
                let is_initial = before.is_uppercase() && matches!(older, ' ' | '.');
                is_initial && next.is_some_and(char::is_uppercase)
            }
            _ => letter.is_alphanumeric(),
        };
        if !joins {
            return at;
        }
        (older, before) = (before, letter);
    }
    text.len()
}

/// The words in lower case, short forms written out: «we’ll» is `we`, `will`.
pub fn forms<'t>(tokens: &'t [Token]) -> Vec<&'t str> {
    let words = ClaimWords::get();
    let mut forms = Vec::with_capacity(tokens.len() + 4);
    for token in tokens {
        let lower = token.lower.as_str();
        if let Some(spoken) = words.spoken(lower) {
            forms.extend(spoken.iter().copied());
        } else if let Some((stem, clitic)) = words.parted(lower) {
            forms.push(stem);
            forms.extend(clitic.iter().copied());
        } else if token.is_figure() {
            forms.push(lower);
        } else {
            forms.extend(lower.split(['-', '‐', '‑']));
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::{forms, tokens};

    #[test]
    fn words_stand_at_their_places() {
        let text = "“We’ll pay €1,500.50,” Mr. Lund’s U.S. lawyer said. Twenty-five didn't.";
        let tokens = tokens(text);
        let words: Vec<&str> = tokens.iter().map(|token| token.text).collect();
        assert_eq!(
            words,
            ["We’ll", "pay", "1,500.50", "Mr", "Lund", "U.S", "lawyer", "said", "Twenty-five", "didn't"]
        );
        assert!(tokens.iter().all(|token| &text[token.start..token.end] == token.text));
        let begin: Vec<&str> = tokens.iter().filter(|token| token.begins).map(|token| token.text).collect();
        assert_eq!(begin, ["We’ll", "Twenty-five"]);
        assert_eq!(forms(&tokens)[..3], ["we", "will", "pay"]);
        assert!(forms(&tokens).ends_with(&["twenty", "five", "did", "not"]));
    }
}
