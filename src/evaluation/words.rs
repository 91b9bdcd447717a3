//! Words of an article: what the evaluation counts in, so that marks and spaces never matter.

use crate::evaluation::figures::SourceKind;
use crate::evaluation::regions::regions;
use crate::lexicon::source_words::{SourceWords, is_of_word};
use crate::record::code_points::CodePoints;

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
        let tells = |word: &&u32| !self.source_words.is_function(&self.spelled(**word));
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

    /// What a source is, by its words: a name as soon as one that tells has a capital.
    pub fn source_kind(&self, source: &WordSet) -> SourceKind {
        let words: Vec<String> = source.iter().map(|&word| self.spelled(word)).collect();
        let names = |word: &String| {
            let is_known = self.source_words.is_function(word) || self.source_words.is_pronoun(word);
            word.starts_with(char::is_uppercase) && !is_known
        };
        if words.is_empty() {
            SourceKind::None
        } else if words.iter().all(|word| self.source_words.is_pronoun(word)) {
            SourceKind::Pronoun
        } else if words.iter().any(names) {
            SourceKind::Name
        } else {
            SourceKind::Nominal
        }
    }

    pub fn spelled(&self, word: u32) -> String {
        let [start, end] = self.words[word as usize];
        self.text[start as usize..end as usize].iter().collect()
    }

    /// The text of the spans, ` … ` between them; what lies behind the end of the text is left out.
    pub fn printed(&self, spans: &[CodePoints]) -> String {
        let parts = spans.iter().map(|&[start, end]| {
            let letters = self.text.iter().skip(start as usize).take(end.saturating_sub(start) as usize);
            letters.collect::<String>()
        });
        parts.collect::<Vec<_>>().join(" … ")
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

#[cfg(test)]
mod tests {
    use super::Words;
    use crate::evaluation::figures::SourceKind;
    use crate::lexicon::source_words::SourceWords;

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
    fn a_source_is_of_the_kind_that_its_words_tell() {
        let tables = SourceWords::load().unwrap();
        let kind = |source: &str| {
            let words = Words::new(source, &tables);
            words.source_kind(&words.touched(&[[0, source.chars().count() as u32]]))
        };
        assert_eq!(kind("“”"), SourceKind::None);
        assert_eq!(kind("She herself"), SourceKind::Pronoun);
        assert_eq!(kind("His lawyer"), SourceKind::Nominal);
        assert_eq!(kind("the Skerry harbour office"), SourceKind::Name);
    }

    #[test]
    fn spans_are_printed_with_a_gap_and_never_beyond_the_text() {
        let tables = SourceWords::load().unwrap();
        let words = Words::new("“Zoë, go.”", &tables);
        assert_eq!(words.printed(&[[1, 4], [6, 99], [50, 60], [4, 1]]), "Zoë … go.” …  … ");
    }

    #[test]
    fn units_are_parted_by_their_marks() {
        let tables = SourceWords::load().unwrap();
        let words = Words::new("“A b,” she said, “c.” D", &tables);
        assert_eq!(words.quoted_units(&vec![0, 1, 2, 4, 5]), [vec![0, 1], vec![4]]);
    }
}
