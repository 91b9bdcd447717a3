//! Words by which numbers, dates and places are known in a statement.

use crate::error::Result;
use crate::lexicon::table::rows;
use crate::named::named;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

named! {
/// What a word does beside a number, a date or a name.
SubjectWord {
    Currency = "currency",
    /// «percent», «percentage points».
    Percent = "percent",
    /// What is counted or measured: «kilometres», «votes».
    Unit = "unit",
    /// A length of time by the calendar: «years».
    Span = "span",
    /// A part of a year or day: «summer».
    Period = "period",
    /// A day by itself: «yesterday».
    Day = "day",
    /// «last» summer.
    Which = "which",
    /// Stands before a date: «since» 2019.
    When = "when",
    /// Makes a length of time before it a date: «ten years ago».
    Ago = "ago",
    /// A part that needs no article: «half of».
    Part = "part",
    /// Goes on with a number: «million».
    Scale = "scale",
    /// The last word of a place's name: «Varn Valley».
    Place = "place",
    /// The first, or the last: «Lake Varn».
    PlaceBefore = "place before",
}
}

/// The tables `subject_words.tsv` and, for the names of months, `months.tsv`.
#[derive(Debug, Default)]
pub struct SubjectWords {
    classes: FxHashMap<&'static str, SubjectWord>,
    months: FxHashSet<&'static str>,
}

static WORDS: LazyLock<SubjectWords> =
    LazyLock::new(|| SubjectWords::load().expect("the tables are read by the tests"));

impl SubjectWords {
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
        let table = include_str!("../../data/subject_words.tsv");
        for row in rows("subject_words.tsv", table, &["word", "class"])? {
            words.classes.insert(row.cell(0), row.class(1)?);
        }
        let table = include_str!("../../data/months.tsv");
        words.months = rows("months.tsv", table, &["name", "month"])?.iter().map(|row| row.cell(0)).collect();
        Ok(words)
    }

    /// What a word in lower case does, or two with a space between.
    pub fn class(&self, word: &str) -> Option<SubjectWord> {
        self.classes.get(word).copied()
    }

    /// Whether a word in lower case is the name of a month, or short for one.
    pub fn is_month(&self, word: &str) -> bool {
        self.months.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::{SubjectWord, SubjectWords};

    #[test]
    fn the_tables_load() {
        let words = SubjectWords::load().unwrap();
        assert_eq!(words.class("crowns"), Some(SubjectWord::Currency));
        assert_eq!(words.class("percentage points"), Some(SubjectWord::Percent));
        assert!(words.is_month("may") && !words.is_month("monday"));
    }
}
