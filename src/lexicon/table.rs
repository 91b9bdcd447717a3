//! The reader of tab-separated tables.
//!
//! The first line of a table names its columns; every other line is a row, one cell a column.
//! Rows stand in bytewise order of their first cell, which is unique.

use crate::error::{Error, Result};
use std::str::FromStr;

/// One row of a table, with its line for messages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// File name below `data/`.
    pub table: &'static str,
    /// Line in the file, the header being line 1.
    pub line: usize,
    /// As many as the table has columns; may be empty strings.
    pub cells: Vec<&'static str>,
}

impl Row {
    /// The cell in `column`, which is one of the columns the table was read with.
    pub fn cell(&self, column: usize) -> &'static str {
        self.cells[column]
    }

    /// Reads the cell in `column` as a class.
    ///
    /// # Errors
    /// [`Error::Table`] when the cell names no class of `T`.
    pub fn class<T: FromStr>(&self, column: usize) -> Result<T> {
        let cell = self.cell(column);
        cell.parse().map_err(|_| self.error(format!("unknown class «{cell}»")))
    }

    /// The error that names this row.
    pub fn error(&self, reason: impl Into<String>) -> Error {
        Error::Table { table: self.table, line: self.line, reason: reason.into() }
    }
}

/// Reads the rows of `text`, the table stored in `data/` under the name `table`.
///
/// # Errors
/// [`Error::Table`] when the header isn't `columns`, a row has another number of cells, its first
/// cell is empty, or it isn't after the row before it.
pub fn rows(table: &'static str, text: &'static str, columns: &[&str]) -> Result<Vec<Row>> {
    let mut lines = text.lines().zip(1..);
    let header = lines.next().map_or("", |(header, _)| header);
    if !header.split('\t').eq(columns.iter().copied()) {
        let reason = format!("the header should be «{}»", columns.join("<tab>"));
        return Err(Error::Table { table, line: 1, reason });
    }
    let mut before = "";
    lines
        .map(|(line, number)| {
            let row = Row { table, line: number, cells: line.split('\t').collect() };
            check(&row, columns, before)?;
            before = row.cell(0);
            Ok(row)
        })
        .collect()
}

fn check(row: &Row, columns: &[&str], before: &str) -> Result<()> {
    if row.cells.len() != columns.len() {
        return Err(row.error(format!("{} cells, {} expected", row.cells.len(), columns.len())));
    }
    let key = row.cell(0);
    if key.is_empty() {
        return Err(row.error("the first cell is empty"));
    }
    if key == before {
        return Err(row.error(format!("«{key}» stands there twice")));
    }
    if key < before {
        return Err(row.error(format!("«{key}» should stand before «{before}»")));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(text: &'static str) -> String {
        rows("words.tsv", text, &["word", "class"]).map(|_| ()).unwrap_err().to_string()
    }

    #[test]
    fn rows_keep_their_lines() {
        let rows = rows("words.tsv", "word\tclass\na\t1\nb\t\n", &["word", "class"]).unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!((rows[0].line, rows[0].class::<u8>(1).unwrap()), (2, 1));
        assert_eq!(rows[1].cells, ["b", ""]);
    }

    #[test]
    fn a_bad_row_is_named_with_its_line() {
        assert_eq!(reason("word\n"), "data/words.tsv, line 1: the header should be «word<tab>class»");
        assert_eq!(reason("word\tclass\na\n"), "data/words.tsv, line 2: 1 cells, 2 expected");
        assert_eq!(reason("word\tclass\n\t1\n"), "data/words.tsv, line 2: the first cell is empty");
        assert_eq!(reason("word\tclass\nb\t1\nb\t1\n"), "data/words.tsv, line 3: «b» stands there twice");
        assert_eq!(
            reason("word\tclass\nb\t1\nB\t1\n"),
            "data/words.tsv, line 3: «B» should stand before «b»"
        );
    }

    #[test]
    fn an_unknown_class_is_named_with_its_line() {
        let rows = rows("words.tsv", "word\tclass\na\tx\n", &["word", "class"]).unwrap();
        let error = rows[0].class::<u8>(1).unwrap_err();
        assert_eq!(error.to_string(), "data/words.tsv, line 2: unknown class «x»");
    }
}
