//! `patterns.tsv` and `topics.tsv`, read once into pieces that are quick to write out.
//!
//! In a pattern, `{name}` stands for another symbol of the table, a class of words of the topic or a fact
//! of the story; `{Name}` has a capital, `{a_name}` the article that fits.

use std::collections::BTreeMap;

const PATTERNS: &str = include_str!("patterns.tsv");
const TOPICS: &str = include_str!("topics.tsv");

pub enum Piece {
    Literal(&'static str),
    OpenMark,
    CloseMark,
    Apostrophe,
    Slot(Slot, Article, Letter),
}

#[derive(Clone, Copy)]
pub enum Slot {
    Symbol(usize),
    Fact(Fact),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Article {
    None,
    Fitting,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Letter {
    Small,
    Capital,
}

/// What the writer knows of the story, its topic and whoever is speaking.
#[derive(Clone, Copy)]
pub enum Fact {
    Thing,
    Things,
    Act,
    Acted,
    Adj,
    /// The speaker as the subject of a clause: in full, by surname, by role or as a pronoun.
    Who,
    /// The speaker where no pronoun can stand.
    Name,
    He,
    Full,
    Last,
    Role,
    Title,
    Body,
    Paper,
    Place,
    Elsewhere,
    Surname,
    Term,
    Weekday,
    Date,
    Month,
    Year,
    YearNext,
    Number,
    Small,
    Big,
    Percent,
    Money,
}

/// All that can be written, by topic and symbol.
pub struct Grammar {
    /// Alternatives by symbol.
    patterns: Vec<Vec<Vec<Piece>>>,
    symbols: BTreeMap<&'static str, usize>,
    pub topics: Vec<Topic>,
}

/// The words of one subject.
#[derive(Default)]
pub struct Topic {
    pub thing: Vec<&'static str>,
    pub things: Vec<&'static str>,
    /// Present and past.
    pub act: Vec<(&'static str, &'static str)>,
    pub adj: Vec<&'static str>,
    pub body: Vec<&'static str>,
    pub role: Vec<&'static str>,
}

impl Grammar {
    pub fn load() -> Self {
        let mut symbols: BTreeMap<&'static str, usize> = BTreeMap::new();
        for (symbol, _) in rows(PATTERNS) {
            let next = symbols.len();
            symbols.entry(symbol).or_insert(next);
        }
        let mut patterns: Vec<Vec<Vec<Piece>>> = Vec::new();
        patterns.resize_with(symbols.len(), Vec::new);
        for (symbol, pattern) in rows(PATTERNS) {
            patterns[symbols[symbol]].push(pieces(pattern, &symbols));
        }
        Self { patterns, symbols, topics: topics() }
    }

    pub fn symbol(&self, name: &str) -> usize {
        self.symbols[name]
    }

    pub fn alternatives(&self, symbol: usize) -> &[Vec<Piece>] {
        &self.patterns[symbol]
    }
}

fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    table.lines().skip(1).map(|row| row.split_once('\t').expect("cells divided by tabs"))
}

fn topics() -> Vec<Topic> {
    let mut topics: BTreeMap<&str, Topic> = BTreeMap::new();
    for (topic, rest) in rows(TOPICS) {
        let topic = topics.entry(topic).or_default();
        let (class, words) = rest.split_once('\t').expect("three cells a row");
        let words = words.split(", ");
        match class {
            "thing" => topic.thing = words.collect(),
            "things" => topic.things = words.collect(),
            "act" => topic.act = words.map(|word| word.split_once('/').expect("present/past")).collect(),
            "adj" => topic.adj = words.collect(),
            "body" => topic.body = words.collect(),
            "role" => topic.role = words.collect(),
            other => panic!("topics.tsv: no such class of words: {other}"),
        }
    }
    topics.into_values().collect()
}

fn pieces(pattern: &'static str, symbols: &BTreeMap<&'static str, usize>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(['{', '“', '”', '’']) {
        literal(&rest[..at], &mut pieces);
        rest = &rest[at..];
        let mark = rest.chars().next().expect("found just now");
        rest = &rest[mark.len_utf8()..];
        pieces.push(match mark {
            '“' => Piece::OpenMark,
            '”' => Piece::CloseMark,
            '’' => Piece::Apostrophe,
            _ => {
                let (name, behind) = rest.split_once('}').expect("patterns.tsv: a { has its }");
                rest = behind;
                slot(name, symbols)
            }
        });
    }
    literal(rest, &mut pieces);
    pieces
}

fn literal(text: &'static str, pieces: &mut Vec<Piece>) {
    if !text.is_empty() {
        pieces.push(Piece::Literal(text));
    }
}

fn slot(name: &str, symbols: &BTreeMap<&'static str, usize>) -> Piece {
    let small = name.to_lowercase();
    let letter = if small == name { Letter::Small } else { Letter::Capital };
    let (article, small) = match small.strip_prefix("a_") {
        Some(bare) => (Article::Fitting, bare),
        None => (Article::None, small.as_str()),
    };
    let slot = symbols.get(small).map_or_else(|| Slot::Fact(fact(small)), |&symbol| Slot::Symbol(symbol));
    Piece::Slot(slot, article, letter)
}

fn fact(name: &str) -> Fact {
    match name {
        "thing" => Fact::Thing,
        "things" => Fact::Things,
        "act" => Fact::Act,
        "acted" => Fact::Acted,
        "adj" => Fact::Adj,
        "who" => Fact::Who,
        "name" => Fact::Name,
        "he" => Fact::He,
        "full" => Fact::Full,
        "last" => Fact::Last,
        "role" => Fact::Role,
        "title" => Fact::Title,
        "bodyname" => Fact::Body,
        "paper" => Fact::Paper,
        "place" => Fact::Place,
        "elsewhere" => Fact::Elsewhere,
        "surname" => Fact::Surname,
        "term" => Fact::Term,
        "weekday" => Fact::Weekday,
        "date" => Fact::Date,
        "month" => Fact::Month,
        "year" => Fact::Year,
        "year_next" => Fact::YearNext,
        "num" => Fact::Number,
        "small" => Fact::Small,
        "big" => Fact::Big,
        "pct" => Fact::Percent,
        "money" => Fact::Money,
        other => panic!("patterns.tsv: nothing is called {other}"),
    }
}
