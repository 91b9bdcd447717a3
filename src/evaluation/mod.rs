//! Accuracy against annotated articles.
//!
//! The unit is the word, so marks, commas and spaces at the edge of a quote never matter. A quote
//! counts for the type of its gold, a spurious one for the type it claims. Marks that are nobody's
//! statement (`scare`) are left out on both sides.

pub mod annotation;
pub mod matching;
pub mod regions;
pub mod scores;
pub mod words;

use crate::evaluation::annotation::{Annotated, gold, predicted};
use crate::evaluation::matching::pairs;
use crate::evaluation::scores::{Counts, Figures, Group, Tally};
use crate::evaluation::words::{WordSet, Words};
use crate::lexicon::source_words::SourceWords;
use crate::record::Record;

/// Compares what `extract` finds in each annotated article with its annotations.
///
/// `extract` sees the annotated record and is trusted to look at its text only.
///
/// # Errors
/// The first error among the `articles`, which ends the evaluation.
pub fn evaluate<E>(
    articles: impl IntoIterator<Item = Result<Record, E>>,
    tables: &SourceWords,
    mut extract: impl FnMut(&Record) -> Result<Record, E>,
) -> Result<Figures, E> {
    let mut figures = Figures::default();
    for article in articles {
        let article = article?;
        let found = extract(&article)?;
        count_article(&article, &found, tables, &mut figures);
    }
    Ok(figures)
}

/// The least overlap at which two quotes are taken for the same one.
const LEAST_OVERLAP: f64 = 0.5;

fn count_article(article: &Record, found: &Record, tables: &SourceWords, figures: &mut Figures) {
    let words = Words::new(&article.text, tables);
    let comparison = Comparison {
        gold: gold(article, &words),
        predicted: predicted(found, &words),
        words: &words,
        tables,
    };
    figures.articles += 1;
    comparison.count_quotes(figures);
    comparison.count_contents(figures);
    comparison.count_units(figures);
}

/// The quotes of one article from both sides.
struct Comparison<'a> {
    gold: Vec<Annotated>,
    predicted: Vec<Annotated>,
    words: &'a Words<'a>,
    tables: &'a SourceWords,
}

/// A stretch between quotation marks with the quote that it is of.
type Unit<'a> = (WordSet, &'a Annotated);

impl Comparison<'_> {
    fn count_quotes(&self, figures: &mut Figures) {
        for quote in &self.gold {
            figures.count(quote.group, |counts| counts.gold += 1);
        }
        for quote in &self.predicted {
            let is_unknown = quote.source.is_empty() && quote.speaker.is_none();
            figures.count(quote.group, |counts| {
                counts.predicted += 1;
                counts.unknown.add(is_unknown);
            });
        }
    }

    fn count_contents(&self, figures: &mut Figures) {
        let gold: Vec<_> = self.gold.iter().map(|quote| (&quote.words, quote)).collect();
        let predicted: Vec<_> = self.predicted.iter().map(|quote| (&quote.words, quote)).collect();
        let exact = self.pairs(&gold, &predicted, 1.0);
        tally(figures, &gold, &predicted, &exact, |counts| &mut counts.content_exact);
        let overlapping = self.pairs(&gold, &predicted, LEAST_OVERLAP);
        tally(figures, &gold, &predicted, &overlapping, |counts| &mut counts.content_overlap);
        let right = self.attributed(&gold, &predicted, &overlapping);
        tally(figures, &gold, &predicted, &right, |counts| &mut counts.end_to_end);
        for &(row, column) in &overlapping {
            self.count_attribution(figures, &self.gold[row], &self.predicted[column]);
        }
    }

    fn count_attribution(&self, figures: &mut Figures, gold: &Annotated, predicted: &Annotated) {
        let is_right = gold.has_source_of(predicted, self.tables);
        figures.count(gold.group, |counts| counts.source.add(is_right));
        if gold.speaker.is_some() {
            let is_same = gold.has_name(&predicted.name, self.tables);
            let is_like = gold.has_name_like(&predicted.name, self.tables);
            figures.count(gold.group, |counts| {
                counts.speaker_exact.add(is_same);
                counts.speaker.add(is_like);
            });
        }
    }

    fn count_units(&self, figures: &mut Figures) {
        let is_quoting = |quote: &&Annotated| matches!(quote.group, Group::Direct | Group::Mixed);
        let gold = self.units(self.gold.iter().filter(is_quoting));
        let predicted = self.units(self.predicted.iter());
        let aside = self.quoted_elsewhere(self.gold.iter().filter(|quote| !is_quoting(quote)));
        let gold: Vec<_> = gold.iter().map(|(unit, quote)| (unit, *quote)).collect();
        let predicted: Vec<_> = predicted.iter().map(|(unit, quote)| (unit, *quote)).collect();
        let found = self.pairs(&gold, &predicted, LEAST_OVERLAP);
        // Marks inside a statement that isn't annotated as quoted: neither rewarded nor punished.
        let is_free = |index: usize| {
            let unit: &WordSet = predicted[index].0;
            let outside = unit.iter().filter(|word| aside.binary_search(word).is_err()).count();
            2 * outside <= unit.len() && found.iter().all(|&(_, column)| column != index)
        };
        let counted: Vec<_> = (0..predicted.len()).map(|index| !is_free(index)).collect();
        let (kept, found) = without(&predicted, &found, &counted);
        tally(figures, &gold, &kept, &found, |counts| &mut counts.units_found);
        let right = self.attributed(&gold, &kept, &found);
        tally(figures, &gold, &kept, &right, |counts| &mut counts.units_attributed);
    }

    /// The quoted stretches of some quotes; a direct quote without marks is one as a whole.
    fn units<'q>(&self, quotes: impl Iterator<Item = &'q Annotated>) -> Vec<Unit<'q>> {
        let mut units: Vec<Unit> = Vec::new();
        for quote in quotes {
            let mut quoted = self.words.quoted_units(&quote.words);
            if quoted.is_empty() && quote.group == Group::Direct {
                quoted.push(quote.words.clone());
            }
            for unit in quoted {
                let is_same = |(other, by): &Unit| {
                    *other == unit && by.source == quote.source && by.speaker == quote.speaker
                };
                if !units.iter().any(is_same) {
                    units.push((unit, quote));
                }
            }
        }
        units
    }

    fn quoted_elsewhere<'q>(&self, quotes: impl Iterator<Item = &'q Annotated>) -> WordSet {
        let mut words: WordSet =
            quotes.flat_map(|quote| self.words.quoted_units(&quote.words)).flatten().collect();
        words.sort_unstable();
        words.dedup();
        words
    }

    fn pairs(&self, gold: &[Side], predicted: &[Side], least: f64) -> Vec<(usize, usize)> {
        let is_right = |row: usize, column: usize| self.is_right(gold[row], predicted[column]);
        pairs(&word_sets(gold), &word_sets(predicted), least, is_right)
    }

    fn attributed(&self, gold: &[Side], predicted: &[Side], pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
        let is_right = |&(row, column): &(usize, usize)| self.is_right(gold[row], predicted[column]);
        pairs.iter().copied().filter(is_right).collect()
    }

    fn is_right(&self, gold: Side, predicted: Side) -> bool {
        gold.1.has_source_of(predicted.1, self.tables)
    }
}

/// The words that are compared, and the quote that they are of.
type Side<'a> = (&'a WordSet, &'a Annotated);

fn word_sets<'a>(side: &[Side<'a>]) -> Vec<&'a WordSet> {
    side.iter().map(|(words, _)| *words).collect()
}

/// Leaves out what isn't `counted`; nothing paired is left out.
fn without<'a>(
    predicted: &[Side<'a>],
    pairs: &[(usize, usize)],
    counted: &[bool],
) -> (Vec<Side<'a>>, Vec<(usize, usize)>) {
    let kept =
        predicted.iter().zip(counted).filter(|(_, counted)| **counted).map(|(side, _)| *side).collect();
    let before = |column: usize| counted[..column].iter().filter(|counted| **counted).count();
    (kept, pairs.iter().map(|&(row, column)| (row, before(column))).collect())
}

/// Counts what the pairs found, missed, and left spurious.
fn tally(
    figures: &mut Figures,
    gold: &[Side],
    predicted: &[Side],
    pairs: &[(usize, usize)],
    place: impl Fn(&mut Counts) -> &mut Tally,
) {
    for (row, (_, quote)) in gold.iter().enumerate() {
        let is_found = pairs.iter().any(|pair| pair.0 == row);
        figures.count(quote.group, |counts| {
            let tally = place(counts);
            *(if is_found { &mut tally.found } else { &mut tally.missed }) += 1;
        });
    }
    for (column, (_, quote)) in predicted.iter().enumerate() {
        if pairs.iter().all(|pair| pair.1 != column) {
            figures.count(quote.group, |counts| place(counts).spurious += 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::evaluate;
    use crate::evaluation::scores::{Figures, Group};
    use crate::lexicon::source_words::SourceWords;
    use crate::record::{Record, RecordQuote};

    const TEXT: &str = "“We stay,” said Ann Reyes. The aide said she may go. “Never.” He called it “odd”.";

    /// A quote whose content and source are the words given, where they first stand in the text.
    fn quote(kind: &str, content: &str, source: &str, speaker: Option<&str>) -> RecordQuote {
        let span = |words: &str| {
            let start = TEXT[..TEXT.find(words).unwrap()].chars().count() as u32;
            [start, start + words.chars().count() as u32]
        };
        RecordQuote {
            kind: Some(kind.to_owned()),
            content: vec![span(content)],
            source: if source.is_empty() { Vec::new() } else { vec![span(source)] },
            speaker: speaker.map(str::to_owned),
            ..RecordQuote::default()
        }
    }

    fn figures(gold: Vec<RecordQuote>, predicted: Vec<RecordQuote>) -> Figures {
        let record = |quotes| {
            let line = serde_json::json!({"id": "a", "text": TEXT}).to_string();
            Record { quotes, ..serde_json::from_str(&line).unwrap() }
        };
        let articles = [Ok::<_, ()>(record(gold))];
        evaluate(articles, &SourceWords::load().unwrap(), |_| Ok(record(predicted.clone()))).unwrap()
    }

    #[test]
    fn the_same_quotes_are_all_right() {
        let quotes = vec![
            quote("direct", "“We stay,”", "Ann Reyes", Some("Ann Reyes")),
            quote("indirect", "she may go", "The aide", None),
        ];
        let all = figures(quotes.clone(), quotes).groups[&Group::All];
        assert_eq!(all.content_exact.f1(), Some(1.0));
        assert_eq!(all.end_to_end.f1(), Some(1.0));
        assert_eq!((all.speaker.right, all.speaker.of), (1, 1));
        assert_eq!((all.units_attributed.found, all.units_attributed.spurious), (1, 0));
    }

    #[test]
    fn a_wrong_source_is_found_and_not_end_to_end() {
        let gold = vec![quote("indirect", "she may go", "The aide", None)];
        let predicted = vec![quote("indirect", "she may go", "Ann Reyes", None)];
        let indirect = figures(gold, predicted).groups[&Group::Indirect];
        assert_eq!((indirect.content_exact.found, indirect.source.right), (1, 0));
        assert_eq!((indirect.end_to_end.missed, indirect.end_to_end.spurious), (1, 1));
    }

    #[test]
    fn half_of_the_words_is_overlap_and_not_exact() {
        let gold = vec![quote("indirect", "said she may go", "The aide", None)];
        let predicted = vec![quote("indirect", "may go", "aide", None)];
        let all = figures(gold, predicted).groups[&Group::All];
        assert_eq!((all.content_exact.found, all.content_overlap.found, all.end_to_end.found), (0, 1, 1));
    }

    #[test]
    fn a_quote_without_a_mention_is_judged_by_its_speaker() {
        let gold = vec![quote("direct", "“Never.”", "", Some("Ann Reyes"))];
        let named = vec![quote("direct", "“Never.”", "", Some("Ms Reyes"))];
        let unknown = vec![quote("direct", "“Never.”", "", None)];
        let all = figures(gold.clone(), named).groups[&Group::All];
        assert_eq!((all.source.right, all.speaker.right, all.speaker_exact.right), (1, 1, 0));
        let all = figures(gold, unknown).groups[&Group::All];
        assert_eq!((all.source.right, all.unknown.right), (0, 1));
    }

    #[test]
    fn scare_marks_are_nobodys_statement_on_either_side() {
        let scare = || vec![quote("scare", "“odd”", "", None)];
        assert!(figures(scare(), scare()).groups.is_empty());
        let all = figures(scare(), vec![quote("direct", "“odd”", "He", None)]).groups[&Group::All];
        assert_eq!((all.units_found.spurious, all.content_overlap.spurious), (1, 1));
    }

    #[test]
    fn marks_inside_an_indirect_gold_are_free() {
        let gold = vec![quote("indirect", "it “odd”", "He", None)];
        let predicted = vec![quote("mixed", "“odd”", "He", None)];
        let all = figures(gold, predicted).groups[&Group::All];
        assert_eq!((all.units_found.found, all.units_found.spurious), (0, 0));
    }
}
