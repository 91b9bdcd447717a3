//! The forms in which a quotation is printed elsewhere, and others that only look like it.

use crate::news::calendar::MONTHS;
use crate::news::names::Gender;
use crate::news::random::Random;
use std::collections::BTreeMap;

const VARIANTS: &str = include_str!("variants.tsv");

/// What another outlet makes of a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Same,
    /// Its beginning or its end.
    Cut,
    /// With words left out in the middle.
    Elided,
    /// With words of the writer's put in.
    Bracketed,
    /// In other spelling or grammar.
    Corrected,
    /// In part in marks.
    Mixed,
    Indirect,
    /// From here on another statement: with another number,
    Number,
    Negation,
    Year,
    Place,
    /// or a phrase for any occasion, on another one.
    Stock,
}

impl Kind {
    pub const FORMS: [Self; 7] =
        [Self::Same, Self::Cut, Self::Elided, Self::Bracketed, Self::Corrected, Self::Mixed, Self::Indirect];
    pub const NEAR_MISSES: [Self; 5] = [Self::Number, Self::Negation, Self::Year, Self::Place, Self::Stock];

    /// Whether it is another statement.
    pub const fn is_near_miss(self) -> bool {
        matches!(self, Self::Number | Self::Negation | Self::Year | Self::Place | Self::Stock)
    }
}

/// The tables of this page.
pub struct Variants {
    rows: BTreeMap<&'static str, Vec<Row>>,
}

struct Row {
    word: &'static str,
    instead: &'static str,
    she: &'static str,
}

impl Variants {
    pub fn load() -> Self {
        let mut rows: BTreeMap<&str, Vec<Row>> = BTreeMap::new();
        for line in VARIANTS.lines().skip(1) {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().unwrap_or_default();
            let class = cell();
            rows.entry(class).or_default().push(Row { word: cell(), instead: cell(), she: cell() });
        }
        Self { rows }
    }

    /// A phrase for any occasion.
    pub fn stock(&self, random: &mut Random) -> &'static str {
        let rows = &self.rows["stock"];
        rows[random.below(rows.len())].word
    }

    /// A quotation without its last mark in another form; `None` where it can't be printed in this one.
    ///
    /// `place` names another place.
    pub fn form(
        &self,
        kind: Kind,
        said: &str,
        random: &mut Random,
        place: impl FnOnce(&mut Random) -> String,
    ) -> Option<String> {
        match kind {
            Kind::Same | Kind::Mixed | Kind::Indirect | Kind::Stock => Some(said.to_owned()),
            Kind::Cut => cut(said),
            Kind::Elided => elided(said, random),
            Kind::Bracketed => self.replaced("bracketed", said),
            Kind::Corrected => self.replaced("corrected", said),
            Kind::Negation => self.replaced("negated", said),
            Kind::Number => other_number(said, random),
            Kind::Year => other_year(said, random),
            Kind::Place => other_place(said, place(random)),
        }
    }

    /// The first of a class of words that stands in a text, with others in its place.
    fn replaced(&self, class: &str, said: &str) -> Option<String> {
        self.rows[class].iter().find_map(|row| {
            let word = format!(" {} ", row.word);
            said.contains(&word).then(|| said.replacen(&word, &format!(" {} ", row.instead), 1))
        })
    }

    /// As a reporter has it behind «said that».
    pub fn reported(&self, said: &str, gender: Gender) -> String {
        let words = self.within(said);
        let shift = |word: &str| {
            let (bare, rest) = word.split_at(word.trim_end_matches([',', '.', ';']).len());
            let row = self.rows["report"].iter().find(|row| row.word == bare);
            let shifted = row.map_or(bare, |row| if gender == Gender::He { row.instead } else { row.she });
            format!("{shifted}{rest}")
        };
        let words: Vec<String> = words.split(' ').map(shift).collect();
        words.join(" ")
    }

    /// As it stands within a sentence.
    pub fn within(&self, said: &str) -> String {
        let first = said.split([' ', '’']).next().unwrap_or_default().to_lowercase();
        if !self.rows["opener"].iter().any(|row| row.word == first) {
            return said.to_owned();
        }
        let mut small = said.to_owned();
        small[..1].make_ascii_lowercase();
        small
    }
}

/// Words that a cut leaves at least.
const LEAST: usize = 6;

fn cut(said: &str) -> Option<String> {
    let count = |text: &str| text.split(' ').count();
    let places = said.rmatch_indices(", ").map(|(at, _)| at);
    places.map(|at| &said[..at]).find(|head| count(head) >= LEAST).map(str::to_owned)
}

/// Leaves two to four words out behind the first third.
fn elided(said: &str, random: &mut Random) -> Option<String> {
    let words: Vec<&str> = said.split(' ').collect();
    let left = random.between(2, 4);
    let from = words.len() / 3 + 1;
    if words.len() < from + left + 4 {
        return None;
    }
    let dots = random.pick(&["…", "..."]);
    Some(format!("{} {dots} {}", words[..from].join(" "), words[from + left..].join(" ")))
}

fn year(word: &str) -> Option<u16> {
    let is_year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    word.parse().ok().filter(|_| is_year)
}

/// The first word for which there is another, with that in its place.
fn exchanged(said: &str, mut other: impl FnMut(usize, &str) -> Option<String>) -> Option<String> {
    let mut words: Vec<String> = said.split(' ').map(str::to_owned).collect();
    let (at, instead) = words.iter().enumerate().find_map(|(at, word)| {
        let (bare, rest) = word.split_at(word.trim_end_matches([',', '.', ';']).len());
        Some((at, format!("{}{rest}", other(at, bare)?)))
    })?;
    words[at] = instead;
    Some(words.join(" "))
}

fn other_number(said: &str, random: &mut Random) -> Option<String> {
    exchanged(said, |_, word| {
        let end = word.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(word.len());
        let number: usize = word[..end].parse().ok()?;
        let is_other = year(word).is_none();
        is_other.then(|| format!("{}{}", number + random.between(3, 20), &word[end..]))
    })
}

fn other_year(said: &str, random: &mut Random) -> Option<String> {
    exchanged(said, |_, word| Some(format!("{}", usize::from(year(word)?) - random.between(1, 8))))
}

fn other_place(said: &str, place: String) -> Option<String> {
    let words: Vec<&str> = said.split(' ').collect();
    exchanged(said, |at, word| {
        let is_name = word.starts_with(|letter: char| letter.is_ascii_uppercase()) && !MONTHS.contains(&word);
        let follows = at.checked_sub(1).map(|before| words[before]);
        let is_long = words.get(at + 1).is_some_and(|next| next.starts_with(char::is_uppercase));
        (is_name && matches!(follows, Some("in" | "from" | "of")) && !is_long).then(|| place.clone())
    })
}
