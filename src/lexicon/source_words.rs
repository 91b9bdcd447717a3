//! Words that the evaluation knows when it compares sources and names.

use crate::error::Result;
use crate::lexicon::table::rows;
use std::collections::HashSet;

/// Words that don't tell one source from another, and pronouns.
#[derive(Debug, Default)]
pub struct SourceWords {
    function: HashSet<&'static str>,
    titles: HashSet<&'static str>,
    pronouns: HashSet<&'static str>,
}

impl SourceWords {
    /// Reads the table built into the program.
    ///
    /// # Errors
    /// [`crate::error::Error::Table`] when a row breaks the table's rules.
    pub fn load() -> Result<Self> {
        let mut words = Self::default();
        let text = include_str!("../../data/source_words.tsv");
        for row in rows("source_words.tsv", text, &["word", "classes"])? {
            for class in row.cell(1).split(',') {
                match class {
                    "function" => words.function.insert(row.cell(0)),
                    "title" => words.titles.insert(row.cell(0)),
                    "pronoun" => words.pronouns.insert(row.cell(0)),
                    class => return Err(row.error(format!("unknown class «{class}»"))),
                };
            }
        }
        Ok(words)
    }

    /// The words of a name in lower case, without titles and «the» unless nothing else is there.
    pub fn name(&self, name: &str) -> Vec<String> {
        let all: Vec<String> = name.split(|c| !is_of_word(c)).map(str::to_lowercase).collect();
        let all: Vec<String> = all.into_iter().filter(|word| !word.is_empty()).collect();
        let kept: Vec<String> = all
            .iter()
            .filter(|word| !self.titles.contains(word.as_str()) && *word != "the")
            .cloned()
            .collect();
        if kept.is_empty() { all } else { kept }
    }

    /// Whether the word, in any case, is one of those that every source may have.
    pub fn is_function(&self, word: &str) -> bool {
        self.function.contains(word.to_lowercase().as_str())
    }

    /// Whether the word, in any case, is a pronoun.
    pub fn is_pronoun(&self, word: &str) -> bool {
        self.pronouns.contains(word.to_lowercase().as_str())
    }
}

/// Whether the evaluation takes a character as part of a word.
pub fn is_of_word(c: char) -> bool {
    c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::SourceWords;

    #[test]
    fn names_lose_their_titles() {
        let tables = SourceWords::load().unwrap();
        assert_eq!(tables.name("Sen. Ann  Reyes-Dahl"), ["ann", "reyes", "dahl"]);
        assert_eq!(tables.name("The President"), ["the", "president"]);
    }
}
