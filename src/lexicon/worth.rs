//! What makes a statement worth checking: the words that show it, and what each thing weighs.

use crate::error::{Error, Result};
use crate::lexicon::table::rows;
use crate::named::named;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

named! {
/// What is seen of a statement that makes it more or less worth checking.
Mark {
    Number = "number",
    Money = "money",
    Percentage = "percentage",
    Date = "date",
    Comparison = "comparison",
    /// Something rose, fell, was cut.
    Change = "change",
    /// The most, the first ever.
    Record = "record",
    Cause = "cause",
    Vote = "vote",
    Promise = "promise",
    Prediction = "prediction",
    PastEvent = "past event",
    Law = "law",
    Evidence = "evidence",
    Wrongdoing = "wrongdoing",
    /// Everyone, nobody, never.
    Sweeping = "all or none",
    /// A person, organisation or place is named.
    Named = "a name",
    /// What another person said.
    Saying = "what another said",
    Denial = "denial",
    /// Many telling words.
    Detail = "detail",
    /// A cue such as «denied», «accused», «announced».
    PutAsFact = "put as a fact",
    /// A cue such as «thinks», «praised», «demanded».
    PutAsAttitude = "put as an attitude",
    Opinion = "opinion",
    Feeling = "feeling",
    Thanks = "thanks or greeting",
    Question = "question",
    Request = "request",
    Hypothetical = "hypothetical",
    FewWords = "few words",
}
}

/// The tables `worth_words.tsv` and `worth_weights.tsv`.
#[derive(Debug)]
pub struct WorthTables {
    /// By first word: the words behind it, and what they show; the longest first.
    phrases: Phrases,
    /// By mark, in its order.
    weights: Vec<f64>,
    pub bias: f64,
}

/// By first word: the words behind it, and what they show.
type Phrases = FxHashMap<&'static str, Vec<(Vec<&'static str>, Shows)>>;

/// What words show.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shows {
    Mark(Mark),
    /// What is to come: a promise or a prediction, as the subject is.
    Future,
}

static TABLES: LazyLock<WorthTables> =
    LazyLock::new(|| WorthTables::load().expect("the tables are read by the tests"));

impl WorthTables {
    /// The tables built into the program.
    pub fn get() -> &'static Self {
        &TABLES
    }

    /// Reads the tables built into the program.
    ///
    /// # Errors
    /// [`Error::Table`] when a row breaks its table's rules, or a mark has no weight.
    pub fn load() -> Result<Self> {
        let (weights, bias) = weights()?;
        Ok(Self { phrases: phrases()?, weights, bias })
    }

    /// What a mark weighs, in log-odds.
    pub fn weight(&self, mark: Mark) -> f64 {
        Mark::ALL
            .iter()
            .zip(&self.weights)
            .find(|(known, _)| **known == mark)
            .map_or(0.0, |(_, weight)| *weight)
    }

    /// What the words at the beginning of `words`, in lower case, show, and how many they are.
    pub fn shown(&self, words: &[&str]) -> Option<(Shows, usize)> {
        let (first, rest) = words.split_first()?;
        let phrases = self.phrases.get(first)?;
        let phrase = phrases.iter().find(|(behind, _)| rest.starts_with(behind))?;
        Some((phrase.1, phrase.0.len() + 1))
    }
}

fn phrases() -> Result<Phrases> {
    let table = include_str!("../../data/worth_words.tsv");
    let mut phrases = Phrases::default();
    for row in rows("worth_words.tsv", table, &["words", "class"])? {
        let shows = match row.cell(1) {
            "future" => Shows::Future,
            _ => Shows::Mark(row.class(1)?),
        };
        let mut words = row.cell(0).split(' ');
        let first = words.next().unwrap_or_default();
        phrases.entry(first).or_default().push((words.collect::<Vec<_>>(), shows));
    }
    phrases.values_mut().for_each(|list| list.sort_by_key(|(behind, _)| std::cmp::Reverse(behind.len())));
    Ok(phrases)
}

fn weights() -> Result<(Vec<f64>, f64)> {
    const TABLE: &str = "worth_weights.tsv";
    let text = include_str!("../../data/worth_weights.tsv");
    let mut found = FxHashMap::default();
    for row in rows(TABLE, text, &["mark", "weight", "by_hand"])? {
        let weight: Option<f64> = row.cell(1).parse().ok().filter(|weight: &f64| weight.is_finite());
        if row.cell(0) != "bias" {
            row.class::<Mark>(0)?;
        }
        found.insert(row.cell(0), weight.ok_or_else(|| row.error("the weight is no number"))?);
    }
    let weight = |name: &str| {
        let reason = format!("there is no row «{name}»");
        found.get(name).copied().ok_or(Error::Table { table: TABLE, line: 1, reason })
    };
    let weights = Mark::ALL.iter().map(|mark| weight(mark.as_str())).collect::<Result<_>>()?;
    Ok((weights, weight("bias")?))
}

#[cfg(test)]
mod tests {
    use super::{Mark, Shows, WorthTables};

    #[test]
    fn the_tables_load_and_the_longest_words_count() {
        let tables = WorthTables::load().unwrap();
        assert_eq!(tables.shown(&["going", "up", "fast"]), Some((Shows::Mark(Mark::Change), 2)));
        assert_eq!(tables.shown(&["going", "to", "be"]), Some((Shows::Future, 2)));
        assert_eq!(tables.shown(&["going"]), None);
        assert!(tables.weight(Mark::Number) > 0.0 && tables.weight(Mark::Thanks) < 0.0);
    }
}
