//! Collections of claims and statements to compare them with: JSON Lines, plain or compressed.

use crate::error::{Error, Result};
use crate::intake::containers::compressed::unpacked;
use crate::intake::folder::open;
use crate::intake::lines::{Line, next_line};
use serde::Deserialize;
use serde_json::Value;
use std::path::Path;

/// The longest line, in bytes, and the most lines of a file.
const MAX_LINE: usize = 1 << 20;
const MOST_LINES: usize = 5_000_000;

/// A claim or a statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    pub id: String,
    pub text: String,
    pub title: Option<String>,
    /// The ids of the claims that a statement repeats, where people said so.
    pub matches: Vec<String>,
}

#[derive(Deserialize)]
struct Written {
    id: Value,
    text: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    matches: Vec<Value>,
}

/// The entries of the file at `path`, `{"id","text"}` a line, with `title` and `matches` where they are
/// there.
///
/// # Errors
/// [`Error::Io`], and [`Error::Input`] with the first line that is none.
pub fn entries(path: &Path) -> Result<Vec<Entry>> {
    let mut stream = unpacked(open(path)?).map_err(Error::io(path))?;
    let mut entries = Vec::new();
    let mut number = 0;
    while let Some(line) = next_line(&mut stream, MAX_LINE).map_err(Error::io(path))? {
        number += 1;
        let refused = |reason| Error::Input { origin: format!("{}:{number}", path.display()), reason };
        if number > MOST_LINES {
            return Err(refused(format!("has more than {MOST_LINES} lines; cut it into several files")));
        }
        match line {
            Line::TooLong => return Err(refused("longer than 1 MiB, so it is no claim".to_owned())),
            Line::Whole(line) if line.trim_ascii().is_empty() => {}
            Line::Whole(line) => entries.push(entry(&line).map_err(refused)?),
        }
    }
    Ok(entries)
}

fn entry(line: &[u8]) -> std::result::Result<Entry, String> {
    let written: Written = serde_json::from_slice(line).map_err(|error| {
        format!("no claim ({error}); a line looks like {{\"id\":\"7\",\"text\":\"The bridge is safe.\"}}")
    })?;
    let matches = written.matches.into_iter().map(id).collect::<std::result::Result<_, _>>()?;
    Ok(Entry { id: id(written.id)?, text: written.text, title: written.title, matches })
}

/// An id may be written as a number.
fn id(value: Value) -> std::result::Result<String, String> {
    match value {
        Value::String(id) => Ok(id),
        Value::Number(id) => Ok(id.to_string()),
        other => Err(format!("an id should be a string, not {other}")),
    }
}

#[cfg(test)]
mod tests {
    use super::entry;

    #[test]
    fn ids_may_be_numbers_and_the_rest_is_optional() {
        let read = entry(br#"{"id":7,"text":"x","matches":["1",2],"labels":[]}"#).unwrap();
        assert_eq!((read.id.as_str(), read.matches.as_slice()), ("7", &["1".to_owned(), "2".to_owned()][..]));
        assert!(entry(b"{}").unwrap_err().contains("a line looks like"));
        assert!(entry(br#"{"id":[],"text":"x"}"#).unwrap_err().contains("should be a string"));
    }
}
