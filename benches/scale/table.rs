//! The figures as a table in Markdown: one column a size.

use crate::figures::{Figures, Scale};
use crate::queries::Query;
use std::fmt::Write;

pub fn table(scale: &Scale) -> String {
    let mut table = String::new();
    let machine = &scale.machine;
    let processor = machine.processor.as_deref().unwrap_or("a processor without a name");
    writeln!(table, "{}, {}, {} cores of {processor}\n", scale.version, scale.date, machine.cores)
        .expect("a String takes everything");
    row(&mut table, "articles", scale, |step| thousands(step.articles as f64));
    row(&mut table, "---", scale, |_| "---:".to_owned());
    row(&mut table, "words", scale, |step| thousands(step.words as f64));
    row(&mut table, "extract, 1 thread, words/s", scale, |step| thousands(step.extract[0]));
    row(&mut table, "extract, 2 threads, words/s", scale, |step| thousands(step.extract[1]));
    row(&mut table, "ingest, 1 thread, words/s", scale, |step| known(step.ingest[0], thousands));
    row(&mut table, "ingest, 2 threads, words/s", scale, |step| known(step.ingest[1], thousands));
    row(&mut table, "ingest ÷ extract, 2 threads", scale, |step| two(step.ratios.ingest_over_extract));
    row(&mut table, "ingest, 2 threads ÷ 1", scale, |step| {
        known(step.ratios.ingest_two_threads_over_one, two)
    });
    row(&mut table, "peak memory of ingest, MiB", scale, |step| known(step.ingest_peak_mib, thousands));
    row(&mut table, "database, MB", scale, |step| thousands(step.database_bytes as f64 / 1e6));
    row(&mut table, "database ÷ text", scale, |step| two(step.ratios.database_over_text));
    row(&mut table, "export, quotes", scale, |step| thousands(step.export_rows as f64));
    row(&mut table, "export as CSV, rows/s", scale, |step| thousands(step.export_rows_a_second));
    let first = scale.steps.first().map(|step| step.queries.as_slice()).unwrap_or_default();
    for (at, Query { name, .. }) in first.iter().enumerate() {
        row(&mut table, &format!("{name}, ms (worst)"), scale, |step| {
            step.queries
                .get(at)
                .map_or_else(String::new, |query| format!("{:.1} ({:.1})", query.median_ms, query.worst_ms))
        });
    }
    table
}

fn row(table: &mut String, name: &str, scale: &Scale, cell: impl Fn(&Figures) -> String) {
    let cells: Vec<String> = scale.steps.iter().map(cell).collect();
    writeln!(table, "| {name} | {} |", cells.join(" | ")).expect("a String takes everything");
}

fn known(figure: Option<f64>, show: impl Fn(f64) -> String) -> String {
    figure.map_or_else(|| "–".to_owned(), show)
}

fn two(figure: f64) -> String {
    format!("{figure:.2}")
}

/// Whole, with commas.
fn thousands(figure: f64) -> String {
    let digits = format!("{figure:.0}");
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
