//! CSV after RFC 4180 in UTF-8, safe to open in a spreadsheet.

use crate::export::Cell;
use std::borrow::Cow;

/// Makes a cell that no spreadsheet takes for a formula.
///
/// A cell that begins with `=`, `+`, `-`, `@`, a tab, a carriage return or a line feed gets a `'`
/// before it; so does a cell that begins with `'`, so that taking one leading `'` away
/// ([`restore`]) always gives back what was there.
pub fn neutralise(cell: &str) -> Cow<'_, str> {
    match cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\'']) {
        true => Cow::Owned(format!("'{cell}")),
        false => Cow::Borrowed(cell),
    }
}

/// What stood in a cell before [`neutralise`].
pub fn restore(cell: &str) -> &str {
    cell.strip_prefix('\'').unwrap_or(cell)
}

/// The cell as it is written, before quoting: a missing one is empty, a number is as JSON has it.
pub fn written<'a>(cell: &'a Cell<'a>) -> Cow<'a, str> {
    match cell {
        Cell::Missing => Cow::Borrowed(""),
        Cell::Text(words) => neutralise(words),
        Cell::Count(count) => Cow::Owned(count.to_string()),
        Cell::Share(share) => Cow::Owned(number(*share)),
        Cell::List(values) => Cow::Borrowed(values),
    }
}

/// A number as JSON writes it: `0.93`, `1.0`.
fn number(share: f64) -> String {
    serde_json::Number::from_f64(share).map_or_else(String::new, |number| number.to_string())
}
