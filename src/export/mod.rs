//! Rows to CSV, JSON and JSON Lines, one at a time, into anything that can be written to.

pub mod csv;
pub mod json;
pub mod rows;
pub mod verdict_rows;
pub mod watch_rows;
pub mod rebuilt_rows;
pub mod digest;
pub mod claim_review;
pub mod stream;
pub mod file;

use std::borrow::Cow;

/// What stands in one cell.
#[derive(Clone, PartialEq, Debug)]
pub enum Cell<'a> {
    /// Unknown or not there: an empty cell in CSV, `null` in JSON.
    Missing,
    Text(Cow<'a, str>),
    Count(i64),
    Share(f64),
    /// A list, as JSON; it stands as that inside a CSV cell.
    List(String),
}

impl<'a> Cell<'a> {
    /// A list of anything.
    pub fn list(values: &impl serde::Serialize) -> Self {
        Cell::List(serde_json::to_string(values).expect("lists of strings and numbers are JSON"))
    }

    /// The words, or [`Cell::Missing`].
    pub fn text(words: Option<&'a str>) -> Self {
        words.map_or(Cell::Missing, |words| Cell::Text(Cow::Borrowed(words)))
    }
}

/// A row with named columns, the same in every format.
pub trait Row {
    /// The names of the columns.
    const COLUMNS: &'static [&'static str];

    /// One cell for each column, in their order.
    fn cells(&self) -> Vec<Cell<'_>>;
}
