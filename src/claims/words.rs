//! A text's words, written in one way for comparing.

use crate::lexicon::claim_words::{ClaimWords, WordClass};
use crate::lexicon::fold::fold;
use rust_stemmers::{Algorithm, Stemmer};
use std::borrow::Cow;

/// So many words of a statement are compared with others; what is behind them has to be equal.
const LONGEST: usize = 400;

/// So many stops tell that words are left out.
const ELLIPSIS: usize = 3;

/// A word as it is compared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word {
    /// In lower case, without accents, a number in digits.
    pub form: String,
    pub stem: String,
    pub class: WordClass,
    /// Written with a capital where a common word has none.
    pub is_name: bool,
    /// Written with a capital where every word has one.
    pub is_initial: bool,
    /// Put in by the writer: «[the council]».
    pub is_bracketed: bool,
    /// Whether the writer tells that words before it are left out.
    pub follows_ellipsis: bool,
}

impl Word {
    /// How much it tells that another statement has it too.
    pub const fn weight(&self) -> f64 {
        match self.class {
            WordClass::Function => 0.3,
            WordClass::Common | WordClass::Certain | WordClass::Possible => 0.6,
            WordClass::Negation | WordClass::Telling | WordClass::Number => 1.0,
            WordClass::Month | WordClass::Weekday | WordClass::Quantity => 1.0,
        }
    }

    /// Whether it says what the statement is about.
    pub const fn is_content(&self) -> bool {
        !matches!(
            self.class,
            WordClass::Function | WordClass::Negation | WordClass::Certain | WordClass::Possible
        )
    }

    /// Whether few statements have it.
    pub const fn is_telling(&self) -> bool {
        self.is_content() && !matches!(self.class, WordClass::Common)
    }
}

/// The words of a text, and whether each stands in quotation marks.
pub fn words(text: &str) -> (Vec<Word>, Vec<bool>) {
    let text = with_whole_words(text);
    let mut reading = Reading {
        words: Vec::new(),
        quoted: Vec::new(),
        stemmer: Stemmer::create(Algorithm::English),
        is_shouted: !text.chars().any(char::is_lowercase),
        is_parted: false,
    };
    reading.read(&text);
    reading.settle_negations();
    (reading.words, reading.quoted)
}

/// A text while it is read.
struct Reading {
    words: Vec<Word>,
    /// Whether each of the words stands in quotation marks.
    quoted: Vec<bool>,
    stemmer: Stemmer,
    is_shouted: bool,
    /// Whether something other than a space or hyphen stands behind the last word.
    is_parted: bool,
}

impl Reading {
    fn read(&mut self, text: &str) {
        let (mut in_marks, mut in_brackets, mut begins) = (false, false, true);
        let mut dots = 0;
        let mut last = ' ';
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let before = std::mem::replace(&mut last, first);
            if self.words.len() >= LONGEST {
                return;
            }
            if first.is_alphanumeric() {
                let end = word_end(rest);
                let (word, behind) = rest.split_at(end);
                let from = self.words.len();
                self.word(word, begins, before);
                let from = from.min(self.words.len());
                for word in &mut self.words[from..] {
                    word.is_bracketed = in_brackets;
                    word.is_initial = begins && !self.is_shouted && word.is_telling();
                }
                if let Some(word) = self.words.get_mut(from) {
                    word.follows_ellipsis = dots >= ELLIPSIS;
                }
                dots = 0;
                self.quoted.resize(self.words.len(), in_marks);
                (begins, self.is_parted) = (false, false);
                rest = behind;
                continue;
            }
            dots += match first {
                '…' => ELLIPSIS,
                '.' => 1,
                _ => 0,
            };
            match first {
                '"' => in_marks = !in_marks,
                '“' | '«' | '„' => in_marks = true,
                '”' | '»' => in_marks = false,
                '‘' | '\'' | '’'
                    if !in_marks && rest[first.len_utf8()..].starts_with(char::is_alphanumeric) =>
                {
                    in_marks = true;
                }
                '’' | '\'' if in_marks => in_marks = false,
                '[' | '(' => in_brackets = true,
                ']' | ')' => in_brackets = false,
                '.' | '!' | '?' | ':' | ';' | '…' => begins = true,
                _ => {}
            }
            self.is_parted |= !matches!(first, ' ' | '-' | '‐' | '‑');
            begins |= is_opening(first);
            rest = &rest[first.len_utf8()..];
        }
    }

    fn word(&mut self, word: &str, begins: bool, before: char) {
        let lexicon = ClaimWords::get();
        let lower = word.to_lowercase().replace(['’', '‘', 'ʼ'], "'");
        if lower == "sic" {
            return;
        }
        let is_name = !begins
            && !self.is_shouted
            && word.starts_with(char::is_uppercase)
            && word != "I"
            && !word.starts_with("I’")
            && !word.starts_with("I'");
        if let Some(spoken) = lexicon.spoken(&lower) {
            return spoken.iter().for_each(|form| self.push((*form).to_owned(), false));
        }
        if let Some((stem, clitic)) = lexicon.parted(&lower) {
            self.push(folded(stem), is_name);
            clitic.iter().for_each(|form| self.push((*form).to_owned(), false));
            return;
        }
        if lower.starts_with(|letter: char| letter.is_ascii_digit()) {
            return self.figure(&lower, before);
        }
        if let Some((currency, figure)) = with_currency(&lower) {
            self.push(currency.to_owned(), false);
            return self.figure(figure, '$');
        }
        for part in folded(&lower).split(' ') {
            match lexicon.spoken(part) {
                Some(spoken) => spoken.iter().for_each(|form| self.push((*form).to_owned(), is_name)),
                None => self.push(part.to_owned(), is_name),
            }
        }
    }

    /// «1,500», «4.5», «20th», «5pm»; of money also «9m».
    fn figure(&mut self, lower: &str, before: char) {
        let is_money = is_currency(before);
        let end = lower.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, '.' | ','));
        let (digits, unit) = lower.split_at(end.unwrap_or(lower.len()));
        let mut digits = digits.trim_end_matches(['.', ',']).replace(',', "");
        if before == '’' || before == '\'' {
            digits = whole_year(&digits).unwrap_or(digits);
        }
        self.push(digits, false);
        self.is_parted = false;
        let unit = folded(unit.trim_matches('-'));
        match unit.as_str() {
            "st" | "nd" | "rd" | "th" => {}
            unit if is_money && unit.len() == 1 && ClaimWords::get().value(unit).is_some() => {
                let number = self.number(unit);
                self.add(number, WordClass::Number, false);
            }
            _ => self.push(unit, false),
        }
    }

    fn push(&mut self, form: String, is_name: bool) {
        if form.is_empty() {
            return;
        }
        let is_figure = form.starts_with(|letter: char| letter.is_ascii_digit());
        let class = match ClaimWords::get().class(&form) {
            _ if is_figure => WordClass::Number,
            // «K» counts thousands behind money only.
            WordClass::Number if form.len() == 1 => WordClass::Telling,
            // «May» in the middle of a sentence.
            WordClass::Possible if is_name => WordClass::Month,
            class => class,
        };
        let form = if class == WordClass::Number && !is_figure { self.number(&form) } else { form };
        self.add(form, class, is_name);
    }

    fn add(&mut self, form: String, class: WordClass, is_name: bool) {
        if form.is_empty() {
            return;
        }
        let form = form.trim_end_matches(".0").to_owned();
        let stem = match ClaimWords::get().stem(&form) {
            Some(stem) => stem.to_owned(),
            None if class == WordClass::Number => form.clone(),
            None => american(&self.stemmer.stem(&form)),
        };
        let is_name = is_name && class == WordClass::Telling;
        self.words.push(Word {
            form,
            stem,
            class,
            is_name,
            is_initial: false,
            is_bracketed: false,
            follows_ellipsis: false,
        });
    }

    /// A number word in figures. One that goes on with the number before it, as «million» and «five» behind «twenty» do, is
    /// taken into that.
    fn number(&mut self, word: &str) -> String {
        let value = ClaimWords::get().value(word).unwrap_or(0);
        let is_parted = self.is_parted;
        if value < 100 && !is_parted {
            self.drop_and();
        }
        let last = self.words.last_mut().filter(|last| last.class == WordClass::Number && !is_parted);
        let Some(last) = last else { return value.to_string() };
        let Ok(before) = last.form.parse::<f64>() else { return value.to_string() };
        let Some(joined) = joined(before, value) else { return value.to_string() };
        last.form = joined.to_string();
        last.stem.clone_from(&last.form);
        String::new()
    }

    /// «A hundred *and* eighty», of which the «eighty» comes next.
    fn drop_and(&mut self) {
        let [.., hundreds, and] = self.words.as_slice() else { return };
        let is_hundreds = hundreds.class == WordClass::Number
            && hundreds.form.parse().is_ok_and(|number: u64| number >= 100 && number.is_multiple_of(100));
        if is_hundreds && and.form == "and" {
            self.words.pop();
        }
    }

    /// «The bridge fails on Thursday» denies nothing.
    fn settle_negations(&mut self) {
        for at in 0..self.words.len() {
            let next = ClaimWords::get().denies_before(&self.words[at].form);
            if next.is_some_and(|next| self.words.get(at + 1).is_none_or(|word| word.form != next)) {
                self.words[at].class = WordClass::Telling;
            }
        }
    }
}

/// «Four thousand» and «one», «four thousand one» and «hundred», «twenty» and «five»; `None` for two numbers.
fn joined(before: f64, value: u64) -> Option<f64> {
    let number = value as f64;
    if value < 100 {
        let room = if value < 10 { 10.0 } else { 100.0 };
        return (before >= 20.0 && before % room == 0.0).then_some(before + number);
    }
    // What is below a thousand of the number before is multiplied, the rest stays.
    let low = before % 1000.0;
    match value {
        100 if (1.0..100.0).contains(&low) => Some(before - low + low * number),
        1000.. if before < number => Some(before * number),
        _ => None,
    }
}

/// A text without the brackets that change a word: «ha[ve]», «[W]e».
fn with_whole_words(text: &str) -> Cow<'_, str> {
    let mut whole = String::new();
    // What stands before it is in `whole`.
    let mut kept = 0;
    for (open, _) in text.match_indices('[') {
        let inside = &text[open + 1..];
        let Some((letters, behind)) = inside.split_once(|letter: char| !letter.is_alphabetic()) else {
            break;
        };
        let closes = inside[letters.len()..].starts_with(']');
        let is_joined =
            text[..open].ends_with(char::is_alphabetic) || behind.starts_with(char::is_alphabetic);
        if closes && is_joined {
            whole.push_str(&text[kept..open]);
            whole.push_str(letters);
            kept = open + 1 + letters.len() + 1;
        }
    }
    if kept == 0 {
        return Cow::Borrowed(text);
    }
    whole.push_str(&text[kept..]);
    Cow::Owned(whole)
}

/// «'99» in full; of 30 and above it is of the last century.
fn whole_year(digits: &str) -> Option<String> {
    let year: u32 = digits.parse().ok().filter(|_| digits.len() == 2)?;
    Some((if year >= 30 { 1900 + year } else { 2000 + year }).to_string())
}

/// The letters of a currency and the sum of «sh4,000», «rs500».
fn with_currency(lower: &str) -> Option<(&str, &str)> {
    let at = lower.find(|letter: char| letter.is_ascii_digit())?;
    let (currency, sum) = lower.split_at(at);
    ClaimWords::get().is_currency(currency).then_some((currency, sum))
}

fn is_currency(letter: char) -> bool {
    matches!(letter, '$' | '€' | '£' | '¥' | '₹')
}

fn is_opening(letter: char) -> bool {
    matches!(letter, '“' | '«' | '„' | '‘' | '"' | '[')
}

/// Where the word at the beginning of `text` ends: apostrophes, and commas and stops between digits, belong to it.
fn word_end(text: &str) -> usize {
    let mut letters = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|&(_, next)| next);
        let joins = match letter {
            '\'' | '’' | 'ʼ' => next.is_some_and(char::is_alphabetic) && before.is_alphanumeric(),
            '.' | ',' => before.is_ascii_digit() && next.is_some_and(|next| next.is_ascii_digit()),
            _ => letter.is_alphanumeric(),
        };
        if !joins {
            return at;
        }
        before = letter;
    }
    text.len()
}

fn folded(word: &str) -> String {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) { word.to_owned() } else { fold(word) }
}

/// British spellings made American ones.
fn american(stem: &str) -> String {
    if let Some(start) = stem.strip_suffix("our").filter(|start| start.len() >= 3) {
        return format!("{start}or");
    }
    if let Some(start) = stem.strip_suffix("is").filter(|start| start.len() >= 4) {
        return format!("{start}iz");
    }
    stem.to_owned()
}

#[cfg(test)]
mod tests {
    use super::words;

    fn forms(text: &str) -> String {
        words(text).0.iter().map(|word| word.form.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn one_spelling_for_all_ways_to_write_it() {
        assert_eq!(forms("“We’re not gonna pay €1,500,” it’s said"), "we are not going to pay 1500 it said");
        assert_eq!(forms("twenty-five homes, 4.5 million in two hundred"), "25 homes 4500000 in 200");
        assert_eq!(forms("5 or five"), "5 or 5");
        assert_eq!(forms("four thousand one hundred in forty, two of them"), "4100 in 40 2 of them");
        assert_eq!(forms("[sic] can't won’t O'Neill"), "can not will not oneill");
        assert_eq!(forms("£9m, $1.5bn, 9m wide, Sh4,000, M25"), "9000000 1500000000 9 m wide sh 4000 m25");
        assert_eq!(forms("a hundred and eighty-one and two, in ’99"), "a 181 and 2 in 1999");
        assert_eq!(forms("[W]e ha[ve] [the] [é] a[b]c[d]"), "we have the e abcd");
    }
}
