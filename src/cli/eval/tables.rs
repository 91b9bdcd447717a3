//! The figures as small tables, one a question.

use crate::evaluation::confidence::{Calibration, Thresholds};
use crate::evaluation::figures::{Counts, Figures, Group};
use crate::evaluation::scope::Scope;
use crate::evaluation::tally::{Share, Tally};
use comfy_table::{CellAlignment, Table, presets};

/// Every table, with a line above it that says what it is about.
pub fn shown(figures: &Figures, scope: &Scope) -> String {
    let scope = match scope {
        Scope::Everything => "",
        Scope::Claims(_) => ", claims only",
    };
    let articles = if figures.articles == 1 { "article" } else { "articles" };
    let title = format!("{} annotated {articles}{scope}, figures in percent\n", figures.articles);
    let tables = [
        by_type(figures, &QUOTES, quotes),
        by_type(figures, &CONTENT, content),
        by_type(figures, &SOURCES, sources),
        by_type(figures, &QUOTED, quoted),
        source_kinds(figures),
        spans(figures),
        calibration(&figures.calibration),
        thresholds(&figures.min_confidence),
    ];
    title + &tables.concat()
}

/// What a table is about, and its columns but the first.
struct Head<const N: usize> {
    title: &'static str,
    columns: [&'static str; N],
}

const QUOTES: Head<9> = Head {
    title: "Quotes with their sources",
    columns: ["annotated", "predicted", "unknown", "END TO END P", "R", "F1", "exactly P", "R", "F1"],
};

const CONTENT: Head<9> = Head {
    title: "Content alone",
    columns: ["exactly P", "R", "F1", "overlapping P", "R", "F1", "word by word P", "R", "F1"],
};

const SOURCES: Head<8> = Head {
    title: "Sources of the overlapping quotes",
    columns: ["quotes", "right", "half", "exact", "spelled", "speaker right", "same name", "cue right"],
};

const QUOTED: Head<7> = Head {
    title: "Between quotation marks",
    columns: ["found P", "R", "F1", "with source P", "R", "F1", "source right"],
};

const SOURCE_KINDS: Head<2> =
    Head { title: "Sources by what the annotated one is", columns: ["quotes", "right"] };

const SPANS: Head<3> = Head { title: "Spans of the very same words, unlinked", columns: ["P", "R", "F1"] };

const CALIBRATION: Head<3> = Head {
    title: "Confidence, and how many are right end to end",
    columns: ["predicted", "mean confidence", "right"],
};

const THRESHOLDS: Head<4> =
    Head { title: "End to end with --min-confidence", columns: ["predicted", "P", "R", "F1"] };

/// A row: its name, and one cell for each of the other columns.
type Row<const N: usize> = (String, [String; N]);

fn table<const N: usize>(head: &Head<N>, rows: impl IntoIterator<Item = Row<N>>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(std::iter::once("").chain(head.columns));
    for (name, cells) in rows {
        table.add_row(std::iter::once(name).chain(cells));
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    format!("\n{}\n{}\n", head.title, table.trim_fmt())
}

fn by_type<const N: usize>(
    figures: &Figures,
    head: &Head<N>,
    cells: fn(&Counts) -> Option<[String; N]>,
) -> String {
    let rows = figures.by_type.iter();
    table(head, rows.filter_map(|(group, counts): (&Group, _)| Some((group.to_string(), cells(counts)?))))
}

fn quotes(counts: &Counts) -> Option<[String; 9]> {
    let quotes = counts.quotes;
    let [p, r, f1] = tally(counts.end_to_end.overlapping);
    let [exact_p, exact_r, exact_f1] = tally(counts.end_to_end.exact);
    let [annotated, predicted] = [quotes.annotated, quotes.predicted].map(|count| count.to_string());
    Some([annotated, predicted, share(quotes.unknown), p, r, f1, exact_p, exact_r, exact_f1])
}

fn content(counts: &Counts) -> Option<[String; 9]> {
    let [exact_p, exact_r, exact_f1] = tally(counts.content.exact);
    let [p, r, f1] = tally(counts.content.overlapping);
    let [words_p, words_r, words_f1] = tally(counts.content.words);
    Some([exact_p, exact_r, exact_f1, p, r, f1, words_p, words_r, words_f1])
}

fn sources(counts: &Counts) -> Option<[String; 8]> {
    let source = counts.source;
    let quotes = source.right.of.to_string();
    let mentions = [source.right, source.half, source.exact, source.spelled].map(share);
    let names = [source.speaker, source.speaker_exact, source.cue].map(share);
    let ([right, half, exact, spelled], [speaker, same, cue]) = (mentions, names);
    (source.right.of > 0).then_some([quotes, right, half, exact, spelled, speaker, same, cue])
}

/// Nothing for a type that has nothing between quotation marks.
fn quoted(counts: &Counts) -> Option<[String; 7]> {
    let [found_p, found_r, found_f1] = tally(counts.quoted.found);
    let [p, r, f1] = tally(counts.quoted.with_source);
    counts.quoted.found.f1()?;
    Some([found_p, found_r, found_f1, p, r, f1, share(counts.quoted.source)])
}

fn source_kinds(figures: &Figures) -> String {
    let rows = figures.source_kinds.iter();
    table(&SOURCE_KINDS, rows.map(|(kind, right)| (kind.to_string(), [right.of.to_string(), share(*right)])))
}

fn spans(figures: &Figures) -> String {
    let spans = figures.spans;
    let rows = [("source", spans.source), ("cue", spans.cue), ("content", spans.content)];
    table(&SPANS, rows.map(|(name, spans)| (name.to_owned(), tally(spans))))
}

fn calibration(calibration: &Calibration) -> String {
    let rows = calibration.bounded().map(|(from, to, bin)| {
        let cells = [bin.right.of.to_string(), percent(bin.mean_confidence()), share(bin.right)];
        (format!("{from:.1} to {to:.1}"), cells)
    });
    let error = percent(calibration.expected_error());
    format!("{}expected calibration error: {error}\n", table(&CALIBRATION, rows))
}

fn thresholds(thresholds: &Thresholds) -> String {
    let rows = thresholds.tallies().map(|(least, end_to_end)| {
        let [p, r, f1] = tally(end_to_end);
        let predicted = end_to_end.found + end_to_end.spurious;
        (format!("{least:.2}"), [predicted.to_string(), p, r, f1])
    });
    table(&THRESHOLDS, rows)
}

fn tally(tally: Tally) -> [String; 3] {
    [tally.precision(), tally.recall(), tally.f1()].map(percent)
}

fn share(share: Share) -> String {
    percent(share.rate())
}

fn percent(rate: Option<f64>) -> String {
    rate.map_or_else(|| "-".to_owned(), |rate| format!("{:.1}", 100.0 * rate))
}

#[cfg(test)]
mod tests {
    use super::{percent, shown};
    use crate::evaluation::figures::{Figures, Group, SourceKind};
    use crate::evaluation::scope::Scope;

    #[test]
    fn nothing_to_count_is_a_dash() {
        assert_eq!(percent(None), "-");
        assert_eq!(percent(Some(0.4567)), "45.7");
    }

    fn filled() -> String {
        let mut figures = Figures { articles: 1000, ..Figures::default() };
        for group in [Group::Direct, Group::Mixed, Group::Indirect, Group::Untyped] {
            figures.count(group, |counts| {
                counts.quotes.annotated += 1_000_000;
                counts.source.right.add(true);
                counts.quoted.found.missed += 1;
            });
        }
        figures.source_kinds.entry(SourceKind::Nominal).or_default().add(true);
        shown(&figures, &Scope::Everything)
    }

    #[test]
    fn every_type_has_a_row_where_it_counts() {
        let rows = |shown: &str| shown.lines().filter(|line| line.trim_start().starts_with("mixed")).count();
        assert_eq!(rows(&filled()), 4);
        let mut figures = Figures::default();
        figures.count(Group::Mixed, |counts| counts.quotes.annotated += 1);
        assert_eq!(rows(&shown(&figures, &Scope::Everything)), 2);
    }

    #[test]
    fn the_tables_can_be_read_at_100_columns() {
        let widest = filled().lines().map(|line| line.chars().count()).max();
        assert!(widest <= Some(100), "{widest:?}");
    }
}
