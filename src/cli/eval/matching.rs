//! `onrecord eval --matching`: how well checked claims are found.

use crate::claims::matching::{Collection, Ranked};
use crate::cli::eval::Format;
use crate::cli::outcome::{Outcome, STDOUT};
use crate::error::Error;
use crate::evaluation::ranking::{Figures, Tally};
use crate::intake::claim_sets::{Entry, entries};
use crate::lexicon::claim_matching::MatchingTables;
use comfy_table::{CellAlignment, Table, presets};
use serde_json::json;
use std::io::Write;
use std::path::Path;

/// So many claims are ranked for each statement.
const MOST: usize = 20;

/// Measures the procedure, and BM25 alone, on annotated statements.
pub fn run(statements: &Path, claims: &Path, format: Format) -> anyhow::Result<Outcome> {
    let tables = MatchingTables::load()?;
    let (statements, claims) = (entries(statements)?, entries(claims)?);
    let texts = claims.iter().map(|claim| (claim.text.as_str(), claim.title.as_deref()));
    let collection = Collection::new(texts, &tables);
    let (mut procedure, mut words) = (Tally::default(), Tally::default());
    for statement in &statements {
        let ids = |ranked: &[Ranked]| ids(ranked, &claims);
        procedure.count(&statement.matches, &ids(&collection.rank(&statement.text, MOST)));
        words.count(&statement.matches, &ids(&collection.rank_by_words(&statement.text, MOST)));
    }
    let shown = match format {
        Format::Table => table(&procedure, &words),
        Format::Json => {
            let (figures, bm25) = (procedure.figures(), words.figures());
            let all = json!({
                "statements": procedure.statements,
                "claims": claims.len(),
                "procedure": figures,
                "bm25": bm25,
            });
            serde_json::to_string_pretty(&all)? + "\n"
        }
    };
    anstream::stdout().write_all(shown.as_bytes()).map_err(Error::io(STDOUT))?;
    Ok(Outcome::Done)
}

fn ids<'c>(ranked: &[Ranked], claims: &'c [Entry]) -> Vec<&'c str> {
    ranked.iter().map(|one| claims[one.claim].id.as_str()).collect()
}

fn table(procedure: &Tally, words: &Tally) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header(["", "MAP@5", "P@1", "MRR", "R@5", "R@20"]);
    table.add_row(row("onrecord", procedure.figures()));
    table.add_row(row("BM25 alone", words.figures()));
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    format!("{} statements with their claims\n{}\n", procedure.statements, table.trim_fmt())
}

fn row(name: &str, figures: Option<Figures>) -> Vec<String> {
    let shown = |figure: f64| format!("{figure:.4}");
    let figures = figures.map_or_else(
        || vec!["–".to_owned(); 5],
        |Figures { map, first, mrr, recall_5, recall_20 }| {
            [map, first, mrr, recall_5, recall_20].map(shown).into()
        },
    );
    std::iter::once(name.to_owned()).chain(figures).collect()
}
