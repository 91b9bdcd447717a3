//! Words of an article: what the evaluation counts in, so that marks and spaces never matter.

use crate::error::Result;
use crate::evaluation::regions::regions;
use crate::lexicon::table::rows;
use crate::record::code_points::CodePoints;
use std::collections::HashSet;

/// Words that don't tell one source from another.
#[derive(Debug)]
pub struct SourceWords {
    function: HashSet<&'static str>,
    titles: HashSet<&'static str>,
}

impl SourceWords {
    /// Reads the table built into the program.
    ///
    /// # Errors
    /// [`crate::error::Error::Table`] when a row breaks the table's rules.
    pub fn load() -> Result<Self> {
        let mut words = Self { function: HashSet::new(), titles: HashSet::new() };
        let text = include_str!("../../data/source_words.tsv");
        for row in rows("source_words.tsv", text, &["word", "class"])? {
            match row.cell(1) {
                "function" => words.function.insert(row.cell(0)),
                "title" => words.titles.insert(row.cell(0)),
                class => return Err(row.error(format!("unknown class «{class}»"))),
            };
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
}

/// Indices of words of one article: sorted, each once.
pub type WordSet = Vec<u32>;

/// The words of one article: the longest runs of letters and digits.
pub struct Words<'a> {
    source_words: &'a SourceWords,
    text: Vec<char>,
    words: Vec<CodePoints>,
    /// For each word, the stretch between quotation marks that it stands in.
    region: Vec<Option<u32>>,
}

impl<'a> Words<'a> {
    pub fn new(text: &str, source_words: &'a SourceWords) -> Self {
        let text: Vec<char> = text.chars().collect();
        let words = bounds(&text);
        let mut found = Self { source_words, region: vec![None; words.len()], text, words };
        for (number, region) in (0..).zip(regions(&found.text)) {
            for word in found.touched(&[region]) {
                found.region[word as usize] = Some(number);
            }
        }
        found
    }

    /// The words that the spans touch, be it with one letter.
    pub fn touched(&self, spans: &[CodePoints]) -> WordSet {
        let mut touched = WordSet::new();
        for &[start, end] in spans.iter().filter(|[start, end]| start < end) {
            let first = self.words.partition_point(|word| word[1] <= start) as u32;
            let behind = self.words.partition_point(|word| word[0] < end) as u32;
            touched.extend(first..behind);
        }
        touched.sort_unstable();
        touched.dedup();
        touched
    }

    /// The words of a source that can identify it: all of them when it has function words only.
    pub fn head(&self, source: &WordSet) -> WordSet {
        let tells =
            |word: &&u32| !self.source_words.function.contains(self.spelled(**word).to_lowercase().as_str());
        let head: WordSet = source.iter().filter(tells).copied().collect();
        if head.is_empty() { source.clone() } else { head }
    }

    /// The words as they are spelled, with spaces between.
    pub fn surface(&self, words: &WordSet) -> String {
        words.iter().map(|&word| self.spelled(word)).collect::<Vec<_>>().join(" ")
    }

    /// The parts of `words` that stand between quotation marks, one for each pair of marks.
    pub fn quoted_units(&self, words: &WordSet) -> Vec<WordSet> {
        let quoted = words.iter().filter_map(|&word| Some((self.region[word as usize]?, word)));
        let mut units: Vec<(u32, WordSet)> = Vec::new();
        for (region, word) in quoted {
            match units.last_mut() {
                Some((last, unit)) if *last == region => unit.push(word),
                _ => units.push((region, vec![word])),
            }
        }
        units.into_iter().map(|(_, unit)| unit).collect()
    }

    fn spelled(&self, word: u32) -> String {
        let [start, end] = self.words[word as usize];
        self.text[start as usize..end as usize].iter().collect()
    }
}

fn bounds(text: &[char]) -> Vec<CodePoints> {
    let mut words: Vec<CodePoints> = Vec::new();
    for (at, _) in (0..).zip(text).filter(|&(_, &c)| is_of_word(c)) {
        match words.last_mut() {
            Some(word) if word[1] == at => word[1] = at + 1,
            _ => words.push([at, at + 1]),
        }
    }
    words
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::{SourceWords, Words};

    #[test]
    fn a_word_is_touched_by_one_letter_of_it() {
        let tables = SourceWords::load().unwrap();
        let words = Words::new("Don’t say é_so.", &tables);
        assert_eq!(words.touched(&[[0, 5]]), [0, 1]);
        assert_eq!(words.touched(&[[4, 7]]), [1, 2]);
        assert_eq!(words.touched(&[[9, 11], [7, 8]]), [2, 3]);
        assert!(words.touched(&[[3, 3], [5, 6]]).is_empty());
        assert_eq!(words.surface(&vec![0, 3, 4]), "Don é so");
    }

    #[test]
    fn function_words_count_only_alone() {
        let tables = SourceWords::load().unwrap();
        let words = Words::new("His lawyer; some of those", &tables);
        assert_eq!(words.head(&vec![0, 1]), [1]);
        assert_eq!(words.head(&vec![2, 3, 4]), [2, 3, 4]);
    }

    #[test]
    fn units_are_parted_by_their_marks() {
        let tables = SourceWords::load().unwrap();
        let words = Words::new("“A b,” she said, “c.” D", &tables);
        assert_eq!(words.quoted_units(&vec![0, 1, 2, 4, 5]), [vec![0, 1], vec![4]]);
    }

    #[test]
    fn names_lose_their_titles() {
        let tables = SourceWords::load().unwrap();
        assert_eq!(tables.name("Sen. Ann  Reyes-Dahl"), ["ann", "reyes", "dahl"]);
        assert_eq!(tables.name("The President"), ["the", "president"]);
    }
}
