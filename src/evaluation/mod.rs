//! Accuracy against annotated articles.
//!
//! The unit is the word, so marks, commas and spaces at the edge of a quote never matter. A quote
//! counts for the type of its gold, a spurious one for the type it claims. Marks that are nobody's
//! statement (`scare`) are left out on both sides.

pub mod annotation;
pub mod comparison;
pub mod confidence;
pub mod contents;
pub mod figures;
pub mod matching;
pub mod mistakes;
pub mod ranking;
pub mod regions;
pub mod scope;
pub mod sources;
pub mod spans;
pub mod tally;
pub mod units;
pub mod variants;
pub mod words;

use crate::evaluation::comparison::Comparison;
use crate::evaluation::figures::Figures;
use crate::evaluation::mistakes::Mistakes;
use crate::evaluation::scope::Scope;
use crate::evaluation::words::Words;
use crate::lexicon::source_words::SourceWords;
use crate::record::Record;

/// What is asked of an evaluation.
#[derive(Debug, Default)]
pub struct Options {
    pub scope: Scope,
    /// How many errors of each kind are kept with their text.
    pub errors: usize,
}

/// Compares what `extract` finds in each annotated article with its annotations.
///
/// `extract` sees the annotated record and is trusted to look at its text only. Holds one article at
/// a time, and the errors asked for.
///
/// # Errors
/// The first error among the `articles`, which ends the evaluation.
pub fn evaluate<E>(
    articles: impl IntoIterator<Item = Result<Record, E>>,
    tables: &SourceWords,
    options: &Options,
    mut extract: impl FnMut(&Record) -> Result<Record, E>,
) -> Result<Figures, E> {
    let mut figures = Figures { errors: Mistakes::keeping(options.errors), ..Figures::default() };
    for article in articles {
        let article = article?;
        let found = extract(&article)?;
        let words = Words::new(&article.text, tables);
        let comparison = Comparison::new(&article, &found, &words, tables, &options.scope);
        figures.articles += 1;
        comparison.count_quotes(&mut figures);
        comparison.count_contents(&mut figures);
        comparison.count_words(&mut figures);
        comparison.count_units(&mut figures);
        comparison.count_spans(&mut figures);
        comparison.count_confidence(&mut figures);
        comparison.note_mistakes(&mut figures.errors);
    }
    Ok(figures)
}

#[cfg(test)]
mod tests {
    use super::{Options, evaluate};
    use crate::evaluation::figures::{Figures, Group, SourceKind};
    use crate::evaluation::mistakes::{Mistake, MistakeKind};
    use crate::evaluation::scope::Scope;
    use crate::evaluation::tally::Tally;
    use crate::lexicon::reporting_words::ReportingWords;
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
        asked(&Options { errors: 9, ..Options::default() }, gold, predicted)
    }

    fn asked(options: &Options, gold: Vec<RecordQuote>, predicted: Vec<RecordQuote>) -> Figures {
        let record = |quotes| {
            let line = serde_json::json!({"id": "a", "text": TEXT}).to_string();
            Record { quotes, ..serde_json::from_str(&line).unwrap() }
        };
        let articles = [Ok::<_, ()>(record(gold))];
        evaluate(articles, &SourceWords::load().unwrap(), options, |_| Ok(record(predicted.clone()))).unwrap()
    }

    #[test]
    fn the_same_quotes_are_all_right() {
        let quotes = vec![
            quote("direct", "“We stay,”", "Ann Reyes", Some("Ann Reyes")),
            quote("indirect", "she may go", "The aide", None),
        ];
        let all = figures(quotes.clone(), quotes).by_type[&Group::All];
        assert_eq!(all.content.exact.f1(), Some(1.0));
        assert_eq!(all.end_to_end.overlapping.f1(), Some(1.0));
        assert_eq!((all.source.speaker.right, all.source.speaker.of), (1, 1));
        assert_eq!((all.quoted.with_source.found, all.quoted.with_source.spurious), (1, 0));
    }

    #[test]
    fn a_wrong_source_is_found_and_not_end_to_end() {
        let gold = vec![quote("indirect", "she may go", "The aide", None)];
        let predicted = vec![quote("indirect", "she may go", "Ann Reyes", None)];
        let indirect = figures(gold, predicted).by_type[&Group::Indirect];
        assert_eq!((indirect.content.exact.found, indirect.source.right.right), (1, 0));
        assert_eq!(
            (indirect.end_to_end.overlapping.missed, indirect.end_to_end.overlapping.spurious),
            (1, 1)
        );
    }

    #[test]
    fn half_of_the_words_is_overlap_and_not_exact() {
        let gold = vec![quote("indirect", "said she may go", "The aide", None)];
        let predicted = vec![quote("indirect", "may go", "aide", None)];
        let all = figures(gold, predicted).by_type[&Group::All];
        assert_eq!(
            (all.content.exact.found, all.content.overlapping.found, all.end_to_end.overlapping.found),
            (0, 1, 1)
        );
    }

    #[test]
    fn a_quote_without_a_mention_is_judged_by_its_speaker() {
        let gold = vec![quote("direct", "“Never.”", "", Some("Ann Reyes"))];
        let named = vec![quote("direct", "“Never.”", "", Some("Ms Reyes"))];
        let unknown = vec![quote("direct", "“Never.”", "", None)];
        let all = figures(gold.clone(), named).by_type[&Group::All];
        assert_eq!(
            (all.source.right.right, all.source.speaker.right, all.source.speaker_exact.right),
            (1, 1, 0)
        );
        let all = figures(gold, unknown).by_type[&Group::All];
        assert_eq!((all.source.right.right, all.quotes.unknown.right), (0, 1));
    }

    #[test]
    fn scare_marks_are_nobodys_statement_on_either_side() {
        let scare = || vec![quote("scare", "“odd”", "", None)];
        assert!(figures(scare(), scare()).by_type.is_empty());
        let all = figures(scare(), vec![quote("direct", "“odd”", "He", None)]).by_type[&Group::All];
        assert_eq!((all.quoted.found.spurious, all.content.overlapping.spurious), (1, 1));
    }

    #[test]
    fn marks_inside_an_indirect_gold_are_free() {
        let gold = vec![quote("indirect", "it “odd”", "He", None)];
        let predicted = vec![quote("mixed", "“odd”", "He", None)];
        let all = figures(gold, predicted).by_type[&Group::All];
        assert_eq!((all.quoted.found.found, all.quoted.found.spurious), (0, 0));
    }

    fn reported(content: &str, cue: &str, source: &str) -> RecordQuote {
        RecordQuote { cue: quote("", cue, "", None).content, ..quote("indirect", content, source, None) }
    }

    #[test]
    fn sources_are_compared_in_four_senses() {
        let gold = vec![quote("indirect", "she may go", "said Ann Reyes", None)];
        let predicted = vec![quote("indirect", "she may go", "Reyes. The aide said", None)];
        let figures = figures(gold, predicted);
        let source = figures.by_type[&Group::All].source;
        let rights = [source.right, source.half, source.exact, source.spelled].map(|share| share.right);
        assert_eq!(rights, [1, 0, 0, 1]);
        assert_eq!(figures.source_kinds[&SourceKind::Name].right, 1);
    }

    #[test]
    fn a_word_of_two_quotes_counts_once_for_all_and_once_for_each_type() {
        let gold = vec![quote("direct", "“We stay,”", "", None), quote("indirect", "We stay", "", None)];
        let figures = figures(gold, vec![quote("direct", "stay,” said", "", None)]);
        let words = |group| figures.by_type[&group].content.words;
        let tally = |found, missed, spurious| Tally { found, missed, spurious };
        assert_eq!(words(Group::All), tally(1, 1, 1));
        assert_eq!(words(Group::Direct), tally(1, 1, 1));
        assert_eq!(words(Group::Indirect), tally(1, 1, 0));
    }

    #[test]
    fn a_cue_that_shares_a_word_is_right() {
        let gold = vec![reported("she may go", "aide said", "The")];
        let predicted = vec![reported("she may go", "The aide", "The")];
        let figures = figures(gold, predicted);
        assert_eq!(figures.by_type[&Group::Indirect].source.cue.right, 1);
        assert_eq!(
            (figures.spans.cue.found, figures.spans.cue.missed, figures.spans.source.found),
            (0, 1, 1)
        );
    }

    #[test]
    fn attitudes_are_free_where_claims_count() {
        let claims = Options { scope: Scope::Claims(ReportingWords::load().unwrap()), errors: 9 };
        let gold = || vec![reported("she may go", "said", "The aide"), reported("it “odd”", "called", "He")];
        let all = |predicted| asked(&claims, gold(), predicted).by_type[&Group::All];
        let found = all(gold());
        assert_eq!((found.quotes.annotated, found.quotes.predicted), (1, 1));
        assert_eq!((found.content.words.spurious, found.quoted.found.spurious), (0, 0));
        // A cue of its own tells an attitude where nothing is annotated.
        assert_eq!(all(vec![reported("We stay", "called", "He")]).quotes.predicted, 0);
        assert_eq!(all(vec![reported("We stay", "said", "He")]).quotes.predicted, 1);
    }

    #[test]
    fn errors_come_with_the_surest_first_and_the_missed_last() {
        let sure = |confidence, quote| RecordQuote { confidence: Some(confidence), ..quote };
        let gold = vec![
            quote("direct", "“We stay,”", "Ann Reyes", None),
            quote("indirect", "The aide said she may go", "The aide", None),
            quote("indirect", "it “odd”", "He", None),
            quote("direct", "“Never.”", "", None),
        ];
        let predicted = vec![
            sure(0.4, quote("direct", "“We stay,”", "The aide", None)),
            sure(0.9, quote("indirect", "go", "The aide", None)),
            sure(0.6, quote("indirect", "said Ann", "He", None)),
        ];
        let figures = figures(gold, predicted);
        let kinds = |mistakes: &[Mistake]| mistakes.iter().map(|mistake| mistake.error).collect::<Vec<_>>();
        let wrong = [MistakeKind::WrongContent, MistakeKind::Spurious, MistakeKind::WrongSource];
        assert_eq!(kinds(&figures.errors.wrong), wrong);
        assert_eq!(kinds(&figures.errors.missed), [MistakeKind::Missed; 2]);
        assert_eq!(figures.errors.missed[0].group, Group::Direct, "words in marks first");
        let annotated = figures.errors.wrong[0].annotated.as_ref().unwrap();
        assert_eq!(annotated.content, "The aide said she may go");
    }

    #[test]
    fn a_threshold_leaves_less_sure_quotes_out() {
        let sure = |confidence, quote| RecordQuote { confidence: Some(confidence), ..quote };
        let gold =
            || vec![quote("direct", "“We stay,”", "Ann Reyes", None), quote("direct", "“Never.”", "", None)];
        let right = sure(0.7, quote("direct", "“We stay,”", "Ann Reyes", None));
        let wrong = sure(0.4, quote("direct", "“Never.”", "The aide", None));
        let figures = figures(gold(), vec![right, wrong]);
        let at =
            |wanted: f64| figures.min_confidence.tallies().find(|(least, _)| *least == wanted).unwrap().1;
        assert_eq!(at(0.0), Tally { found: 1, missed: 1, spurious: 1 });
        assert_eq!(at(0.5), Tally { found: 1, missed: 1, spurious: 0 });
        assert_eq!(at(0.7), Tally { found: 1, missed: 1, spurious: 0 });
        assert_eq!(at(0.8), Tally { found: 0, missed: 2, spurious: 0 });
        assert_eq!(figures.calibration.bins[7].right.right, 1);
        assert_eq!(figures.calibration.bins[4].right.right, 0);
    }
}
