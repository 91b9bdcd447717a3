//! Words that make what an annotator marked as reported a claim.

use crate::error::Result;
use crate::lexicon::table::rows;
use std::collections::HashSet;

/// The words of a cue with which somebody says something: `said`, `according`, not `criticized`.
#[derive(Debug)]
pub struct ReportingWords {
    words: HashSet<&'static str>,
}

impl ReportingWords {
    /// Reads the table built into the program.
    ///
    /// # Errors
    /// [`crate::error::Error::Table`] when a row breaks the table's rules.
    pub fn load() -> Result<Self> {
        let text = include_str!("../../data/reporting_words.tsv");
        let rows = rows("reporting_words.tsv", text, &["word"])?;
        Ok(Self { words: rows.iter().map(|row| row.cell(0)).collect() })
    }

    /// Whether the word, in any case, is one of them.
    pub fn has(&self, word: &str) -> bool {
        self.words.contains(word.to_lowercase().as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::ReportingWords;

    #[test]
    fn a_form_is_known_in_any_case() {
        let words = ReportingWords::load().unwrap();
        assert!(words.has("said") && words.has("According"));
        assert!(!words.has("criticized"));
    }
}
