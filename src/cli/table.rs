//! Rows as a table fitted to the terminal.

use crate::cli::visible::one_line;
use anstream::AutoStream;
use comfy_table::{
    Attribute, Cell, ColumnConstraint, ContentArrangement, LineStyle, Table, TableStyle, Width,
};
use std::io::{self, IsTerminal, Write, stdout};

/// A row that can stand in a table: fewer columns than an export has, for eyes.
pub trait Line {
    const HEAD: &'static [Column];
    const STYLE: TableStyle = PLAIN;

    /// One cell for each column, in their order.
    fn line(&self) -> Vec<Cell>;
}

/// A line below the head.
pub const PLAIN: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─').junction('─'));

/// A line below every row, for rows of several lines.
pub const RULED: TableStyle = PLAIN.row_separator(LineStyle::none().fill('┈').junction('┈'));

/// One column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub name: &'static str,
    /// At most so many characters wide; `None` takes what is left.
    pub width: Option<u16>,
    /// Left out of tables narrower than this, so that the others can be read.
    pub from: u16,
}

/// Declares a column at most `width` characters wide.
pub const fn column(name: &'static str, width: u16) -> Column {
    Column { name, width: Some(width), from: 0 }
}

/// Declares a column that takes the width left.
pub const fn wide(name: &'static str) -> Column {
    Column { name, width: None, from: 0 }
}

impl Column {
    /// The same column, left out of tables narrower than `width` characters.
    pub const fn from(self, width: u16) -> Column {
        Column { from: width, ..self }
    }
}

/// A cell of plain words, made safe for the terminal, shortened at `most` characters.
pub fn words(words: &str, most: usize) -> Cell {
    Cell::new(shortened(one_line(words), most))
}

/// Prints the rows, in colours where standard output takes them.
///
/// # Errors
/// As standard output fails.
pub fn print<R: Line>(rows: &[R]) -> io::Result<()> {
    let table = fitted(rows, width());
    let mut out = AutoStream::auto(stdout().lock());
    out.write_all(table.trim_fmt().as_bytes())?;
    out.write_all(b"\n")?;
    out.flush()
}

fn fitted<R: Line>(rows: &[R], width: u16) -> Table {
    let mut table = Table::new();
    table.load_style(R::STYLE).set_content_arrangement(ContentArrangement::Dynamic);
    // Styles are always put in; the stream takes them out where they aren't wanted.
    table.set_width(width).enforce_styling().style_text_only();
    table.set_header(R::HEAD.iter().map(|column| Cell::new(column.name).add_attribute(Attribute::Bold)));
    for (column, shown) in R::HEAD.iter().zip(table.column_iter_mut()) {
        match column.width {
            _ if width < column.from => drop(shown.set_constraint(ColumnConstraint::Hidden)),
            Some(most) => drop(shown.set_constraint(ColumnConstraint::UpperBoundary(Width::Fixed(most)))),
            None => {}
        }
    }
    table.add_rows(rows.iter().map(Line::line));
    table
}

/// Width where standard output is no terminal: fits a page, an e-mail or a README.
const PAGE: u16 = 110;

fn width() -> u16 {
    let terminal = if stdout().is_terminal() { Table::new().width() } else { None };
    terminal.unwrap_or(PAGE)
}

/// `words`, at most that many characters of them and then `…`.
pub fn shortened(words: String, most: usize) -> String {
    match words.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, Line, column, fitted, wide};
    use comfy_table::Cell;

    struct Said;

    impl Line for Said {
        const HEAD: &'static [Column] = &[column("date", 12), wide("quote"), column("where", 20).from(60)];

        fn line(&self) -> Vec<Cell> {
            ["2025-10-22", "“We will rebuild it.”", "The Harbour Herald"].map(Cell::new).into()
        }
    }

    #[test]
    fn a_narrow_table_leaves_columns_out_and_keeps_words_whole() {
        let lines = |width| fitted(&[Said], width).trim_fmt().lines().map(str::to_owned).collect::<Vec<_>>();
        assert!(lines(60)[2].ends_with("The Harbour Herald"), "{:?}", lines(60));
        assert!(lines(59)[2].ends_with("rebuild it.”"), "{:?}", lines(59));
        assert!(lines(30)[2].contains("2025-10-22"), "{:?}", lines(30));
    }
}
