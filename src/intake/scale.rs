//! Scales of verdicts out of CSV and JSON files.

use crate::error::{Error, Result};
use crate::intake::folder::open;
use crate::lexicon::fold::fold;
use crate::model::verdicts::Rating;
use serde::{Deserialize, Deserializer};
use serde_json::Value;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

/// The longest file, in bytes, and the most ratings.
const MAX_BYTES: u64 = 1 << 20;
const MOST: usize = 100;

/// A rating as a file has it; the names of ClaimReview's properties are taken too.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    #[serde(default, alias = "alternateName")]
    alternate_name: Option<String>,
    #[serde(default, alias = "ratingValue", deserialize_with = "number")]
    value: Option<f64>,
    #[serde(default, alias = "worstRating", deserialize_with = "number")]
    worst: Option<f64>,
    #[serde(default, alias = "bestRating", deserialize_with = "number")]
    best: Option<f64>,
}

/// A number, also as a string; nothing where it is empty.
fn number<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Option<f64>, D::Error> {
    let refused = |value: &dyn std::fmt::Display| serde::de::Error::custom(format!("«{value}» is no number"));
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(None),
        Value::Number(number) => Ok(number.as_f64()),
        Value::String(written) if written.trim().is_empty() => Ok(None),
        Value::String(written) => written.trim().parse().map(Some).map_err(|_| refused(&written)),
        other => Err(refused(&other)),
    }
}

/// The ratings in the file at `path`, best first or however it lists them: a JSON list of objects, or CSV
/// with a line of names.
///
/// # Errors
/// [`Error::Io`], and [`Error::Input`] with the row that is wrong.
pub fn scale(path: &Path) -> Result<Vec<Rating>> {
    let refused = |reason: String| Error::Input { origin: path.display().to_string(), reason };
    let mut text = String::new();
    open(path)?.take(MAX_BYTES + 1).read_to_string(&mut text).map_err(Error::io(path))?;
    if text.len() as u64 > MAX_BYTES {
        return Err(refused("is longer than 1 MiB, so it is no scale".to_owned()));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let written = if text.trim_start().starts_with(['[', '{']) { json(text) } else { rows(text) };
    checked(written.map_err(&refused)?).map_err(refused)
}

fn json(text: &str) -> std::result::Result<Vec<Written>, String> {
    serde_json::from_str(text)
        .map_err(|error| format!("no list of ratings ({error}); see `onrecord verdict scale --help`"))
}

fn rows(text: &str) -> std::result::Result<Vec<Written>, String> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let rows = reader.deserialize().collect::<std::result::Result<_, csv::Error>>();
    rows.map_err(|error| format!("no table of ratings ({error}); see `onrecord verdict scale --help`"))
}

fn checked(written: Vec<Written>) -> std::result::Result<Vec<Rating>, String> {
    if written.is_empty() || written.len() > MOST {
        return Err(format!("has {} ratings; a scale has 1 to {MOST}", written.len()));
    }
    let mut names = BTreeSet::new();
    written
        .into_iter()
        .map(|row| {
            let alternate_name = row.alternate_name.filter(|name| !name.is_empty());
            let alternate_name = alternate_name.unwrap_or_else(|| row.name.clone());
            let rating =
                Rating { name: row.name, alternate_name, value: row.value, worst: row.worst, best: row.best };
            rating.check()?;
            if !names.insert(fold(&rating.name)) {
                return Err(format!("«{}» is there twice", rating.name));
            }
            Ok(rating)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{checked, json, rows};

    #[test]
    fn csv_and_json_give_the_same_scale() {
        let table = rows("name,alternate_name,value,worst,best\ntrue,Right,2,1,2\nno idea,,,,\n").unwrap();
        let list = json(
            r#"[{"name":"true","alternateName":"Right","ratingValue":"2","worstRating":1,"bestRating":2},{"name":"no idea"}]"#,
        );
        let (table, list) = (checked(table).unwrap(), checked(list.unwrap()).unwrap());
        assert_eq!(table, list);
        assert_eq!((table[0].value, table[1].alternate_name.as_str()), (Some(2.0), "no idea"));
    }

    #[test]
    fn what_is_wrong_is_said() {
        let refused = |text: &str| rows(text).and_then(checked).unwrap_err();
        assert!(refused("name\n").contains("1 to 100"));
        assert!(refused("name\ntrue\nTRUE\n").contains("twice"));
        assert!(refused("name,value\ntrue,x\n").contains("«x» is no number"));
        assert!(refused("name,colour\ntrue,red\n").contains("colour"));
        assert!(refused("name,value\ntrue,1\n").contains("or none of them"));
        assert!(json("{}").is_err());
    }
}
