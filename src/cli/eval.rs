//! `onrecord eval`: accuracy on annotated articles.

use crate::cli::Global;
use crate::cli::outcome::{Outcome, STDOUT};
use crate::error::Error;
use crate::evaluation::evaluate;
use crate::evaluation::scores::{Counts, Figures, Group, Share, Tally};
use crate::intake::records::records;
use crate::lexicon::source_words::SourceWords;
use crate::model::{Markup, RawArticle};
use crate::pipeline::{Engine, analyse};
use crate::record::{self, Record, Sentences};
use crate::text::document;
use clap::ValueEnum;
use comfy_table::{CellAlignment, Table, presets};
use std::io::Write;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Annotated articles: JSON Lines in the format that `extract` prints, also compressed with gzip
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub gold: Vec<PathBuf>,
    /// How the figures are printed
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, ValueEnum)]
pub enum Format {
    /// Percentages for people
    #[default]
    Table,
    /// All counts, one JSON object
    Json,
}

const EXAMPLES: &str = "\
Examples:
  onrecord eval --gold samples/harbour-lease.gold.jsonl
  onrecord eval --gold samples/*.gold.jsonl --format json

Reads the text of each annotated article, looks for quotes in it, and compares them with the
annotated ones. P is precision, R recall, F1 their harmonic mean. A quote is «overlapping» when it
shares half of its words with the annotated one, «end to end» when its source is right as well;
«source right» and «speaker right» are shares of the overlapping ones. «Quoted» counts only what
stands in quotation marks. To make your own: `extract`, correct the lines, and keep them in a file.";

pub fn run(args: &Args, _global: &Global) -> anyhow::Result<Outcome> {
    let (engine, tables) = (Engine::load()?, SourceWords::load()?);
    let articles = args.gold.iter().flat_map(|path| records(path));
    let figures = evaluate(articles, &tables, |gold| Ok(extract(gold, &engine)))?;
    let shown = match args.format {
        Format::Table => table(&figures),
        Format::Json => serde_json::to_string_pretty(&figures)? + "\n",
    };
    anstream::stdout().write_all(shown.as_bytes()).map_err(Error::io(STDOUT))?;
    Ok(Outcome::Done)
}

/// What the program finds in the text of an annotated article.
fn extract(gold: &Record, engine: &Engine) -> Record {
    let document = document(RawArticle {
        key: gold.id.clone(),
        origin: gold.id.clone(),
        url: gold.url.clone(),
        title: gold.title.clone(),
        outlet: gold.outlet.clone(),
        byline: gold.byline.clone(),
        published: gold.published.as_deref().and_then(|date| date.parse().ok()),
        language: gold.language.clone(),
        markup: Markup::Plain,
        body: gold.text.clone(),
        extra: serde_json::Map::new(),
    });
    record::record(&document, &analyse(&document, engine), Sentences::Leave)
}

fn table(figures: &Figures) -> String {
    let statements = [
        "",
        "annotated",
        "predicted",
        "exact P",
        "R",
        "F1",
        "overlapping P",
        "R",
        "F1",
        "END TO END P",
        "R",
        "F1",
    ];
    let sources = [
        "",
        "source right",
        "speaker right",
        "same name",
        "unknown",
        "quoted: found P",
        "R",
        "F1",
        "with source P",
        "R",
        "F1",
    ];
    let (statements, sources) =
        (grid(figures, &statements, statement_cells), grid(figures, &sources, source_cells));
    format!("{} annotated articles, figures in percent\n\n{statements}\n\n{sources}\n", figures.articles)
}

fn grid(figures: &Figures, header: &[&str], cells: fn(&Counts) -> Vec<String>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(header);
    for (group, counts) in &figures.groups {
        table.add_row([vec![group_name(*group).to_owned()], cells(counts)].concat());
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table.trim_fmt()
}

fn group_name(group: Group) -> &'static str {
    match group {
        Group::All => "all",
        Group::Direct => "direct",
        Group::Mixed => "mixed",
        Group::Indirect => "indirect",
        Group::Untyped => "untyped",
    }
}

fn statement_cells(counts: &Counts) -> Vec<String> {
    let numbers = vec![counts.gold.to_string(), counts.predicted.to_string()];
    let tallies = [counts.content_exact, counts.content_overlap, counts.end_to_end];
    [numbers, tallies.iter().flat_map(|&tally| tally_cells(tally)).collect()].concat()
}

fn source_cells(counts: &Counts) -> Vec<String> {
    let shares = [counts.source, counts.speaker, counts.speaker_exact, counts.unknown];
    let shares = shares.map(Share::rate).map(percent);
    let units = [counts.units_found, counts.units_attributed];
    [shares.to_vec(), units.iter().flat_map(|&tally| tally_cells(tally)).collect()].concat()
}

fn tally_cells(tally: Tally) -> [String; 3] {
    [tally.precision(), tally.recall(), tally.f1()].map(percent)
}

fn percent(rate: Option<f64>) -> String {
    rate.map_or_else(|| "-".to_owned(), |rate| format!("{:.1}", 100.0 * rate))
}

#[cfg(test)]
mod tests {
    use super::{percent, table};
    use crate::evaluation::scores::{Figures, Group};

    #[test]
    fn nothing_to_count_is_a_dash() {
        assert_eq!(percent(None), "-");
        assert_eq!(percent(Some(0.4567)), "45.7");
    }

    #[test]
    fn every_group_has_a_row_in_both_tables() {
        let mut figures = Figures { articles: 1, ..Figures::default() };
        figures.count(Group::Mixed, |counts| counts.gold += 3);
        let shown = table(&figures);
        assert_eq!(shown.lines().filter(|line| line.trim_start().starts_with("mixed")).count(), 2, "{shown}");
    }
}
