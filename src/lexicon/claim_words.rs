//! Words by what they weigh when two statements are compared, and other ways to write them.

use crate::error::Result;
use crate::lexicon::table::rows;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// What a word does in a statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WordClass {
    /// Holds the sentence together: «the», «of».
    Function,
    /// Has a meaning, but stands in every other statement: «people», «good».
    Common,
    /// Any other word.
    Telling,
    Negation,
    /// A modal or adverb of what is to be: «will», «must».
    Certain,
    /// A modal or adverb of what may be: «could», «perhaps».
    Possible,
    Number,
    /// A part, a multiple or an order: «half», «twice», «third».
    Quantity,
    Month,
    Weekday,
}

/// The tables `claim_words.tsv`, `spoken_forms.tsv`, `clitics.tsv`, `currencies.tsv` and `opposites.tsv`.
#[derive(Debug, Default)]
pub struct ClaimWords {
    classes: FxHashMap<&'static str, WordClass>,
    values: FxHashMap<&'static str, u64>,
    stems: FxHashMap<&'static str, &'static str>,
    before: FxHashMap<&'static str, &'static str>,
    spoken: FxHashMap<&'static str, Vec<&'static str>>,
    opposites: FxHashMap<&'static str, Vec<&'static str>>,
    clitics: Vec<&'static str>,
    currencies: FxHashSet<&'static str>,
}

static WORDS: LazyLock<ClaimWords> =
    LazyLock::new(|| ClaimWords::load().expect("the tables are read by the tests"));

impl ClaimWords {
    /// The tables built into the program.
    pub fn get() -> &'static Self {
        &WORDS
    }

    /// Reads the tables built into the program.
    ///
    /// # Errors
    /// [`crate::error::Error::Table`] when a row breaks its table's rules.
    pub fn load() -> Result<Self> {
        let mut words = Self::default();
        let table = include_str!("../../data/claim_words.tsv");
        for row in rows("claim_words.tsv", table, &["word", "class", "value"])? {
            let class = match row.cell(1) {
                "function" => WordClass::Function,
                "common" => WordClass::Common,
                "negation" => WordClass::Negation,
                "certain" => WordClass::Certain,
                "possible" => WordClass::Possible,
                "number" => WordClass::Number,
                "quantity" => WordClass::Quantity,
                "month" => WordClass::Month,
                "weekday" => WordClass::Weekday,
                class => return Err(row.error(format!("unknown class «{class}»"))),
            };
            words.classes.insert(row.cell(0), class);
            match (class, row.cell(2)) {
                (WordClass::Number, value) => {
                    let value = value.parse().map_err(|_| row.error("a number needs its value"))?;
                    words.values.insert(row.cell(0), value);
                }
                (_, "") => {}
                (WordClass::Function, stem) => drop(words.stems.insert(row.cell(0), stem)),
                (WordClass::Negation, next) => drop(words.before.insert(row.cell(0), next)),
                _ => return Err(row.error("such a word has no value")),
            }
        }
        let table = include_str!("../../data/spoken_forms.tsv");
        for row in rows("spoken_forms.tsv", table, &["form", "words"])? {
            words
                .spoken
                .insert(row.cell(0), row.cell(1).split(' ').filter(|word| !word.is_empty()).collect());
        }
        let table = include_str!("../../data/clitics.tsv");
        words.clitics = rows("clitics.tsv", table, &["clitic"])?.iter().map(|row| row.cell(0)).collect();
        let table = include_str!("../../data/currencies.tsv");
        let currencies = rows("currencies.tsv", table, &["letters"])?;
        words.currencies = currencies.iter().map(|row| row.cell(0)).collect();
        let table = include_str!("../../data/opposites.tsv");
        for row in rows("opposites.tsv", table, &["word", "opposites"])? {
            words.opposites.insert(row.cell(0), row.cell(1).split(',').collect());
        }
        Ok(words)
    }

    /// A word in lower case without its clitic, and the words that this stands for: `do`, `not` of `don't`.
    pub fn parted<'w>(&self, word: &'w str) -> Option<(&'w str, &[&'static str])> {
        let mut parted =
            self.clitics.iter().filter_map(|clitic| Some((word.strip_suffix(clitic)?, self.spoken(clitic)?)));
        parted.find(|(stem, _)| !stem.is_empty())
    }

    /// Whether two words in lower case are opposites: «left», «right».
    pub fn are_opposites(&self, word: &str, other: &str) -> bool {
        self.opposites.get(word).is_some_and(|opposites| opposites.contains(&other))
    }

    /// What a word in lower case does.
    pub fn class(&self, word: &str) -> WordClass {
        self.classes.get(word).copied().unwrap_or(WordClass::Telling)
    }

    /// What a number word in lower case counts.
    pub fn value(&self, word: &str) -> Option<u64> {
        self.values.get(word).copied()
    }

    /// Whether letters, in lower case, stand for money before a sum: «sh», «rs».
    pub fn is_currency(&self, letters: &str) -> bool {
        self.currencies.contains(letters)
    }

    /// The form under which the forms of a function word are one: «be» of «was».
    pub fn stem(&self, word: &str) -> Option<&'static str> {
        self.stems.get(word).copied()
    }

    /// The word that has to follow a negation, if one has to: «to» behind «fails».
    pub fn denies_before(&self, word: &str) -> Option<&'static str> {
        self.before.get(word).copied()
    }

    /// The words that a short or spoken form in lower case stands for; an ending, such as `n't`, is asked for alone.
    pub fn spoken(&self, form: &str) -> Option<&[&'static str]> {
        self.spoken.get(form).map(Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::{ClaimWords, WordClass};

    #[test]
    fn the_tables_are_whole() {
        let words = ClaimWords::load().unwrap();
        assert_eq!(words.class("the"), WordClass::Function);
        assert_eq!(words.class("birthright"), WordClass::Telling);
        assert!(words.are_opposites("left", "right") && words.are_opposites("right", "left"));
        assert_eq!(words.value("twelve"), Some(12));
        assert_eq!(words.spoken("gonna"), Some(&["going", "to"][..]));
    }
}
