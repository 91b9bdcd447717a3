//! One line of JSON Lines: a record of onrecord's, of somebody else's, or of a published collection.

use crate::intake::Parts;
use crate::intake::datasets;
use crate::intake::dates;
use crate::intake::headers::{Header, UNREAD_DATE, set_extra};
use crate::intake::mapping::{ArticleField, Mapping};
use crate::lexicon::intake::IntakeWords;
use crate::model::Markup;
use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// Reads a record: `text` is needed, and taken to the letter.
///
/// Fields that are none of onrecord's are kept in `extra`; `quotes` and `sentences` of the input are not, because they
/// are what onrecord finds itself. A `published` that is no date is kept as `published_as_written`. Records of a
/// [`crate::intake::mapping::Dataset`] are known by their fields.
///
/// # Errors
/// Why the line is no such record, and at which column.
pub fn parts(line: &[u8], mapping: Option<&Mapping>, words: &IntakeWords) -> Result<Parts, String> {
    let fields = match mapping {
        Some(Mapping::Dataset(dataset)) => return datasets::parts(object(line)?, *dataset, words),
        Some(mapping @ Mapping::Fields(_)) => mapped(object(line)?, mapping)?,
        None => {
            if let Some(dataset) = datasets::looks_like(line) {
                let record = object(line)?;
                if !record.contains_key("text") {
                    return datasets::parts(record, dataset, words);
                }
            }
            serde_json::from_slice(line).map_err(|error| reason(&error))?
        }
    };
    let text = mapping.and_then(|mapping| mapping.name(ArticleField::Text)).unwrap_or("text");
    fields.parts(words).ok_or_else(|| format!("lacks \"{text}\"; {NEEDED}"))
}

const NEEDED: &str = "a line is one JSON object with at least \"text\", or --map says which field holds it";

/// Where and why the line is no record, without serde's count of lines (it always says 1).
fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let mut cause = message.rfind(" at line ").map_or(message.as_str(), |end| &message[..end]);
    if cause.contains("surrogate") || cause.contains("end of hex escape") {
        cause = "half of a surrogate pair stands alone, such as \\ud800; write the whole character";
    } else if error.is_eof() {
        cause = "it ends in the middle";
    }
    format!("is no record: {cause} (column {}); {NEEDED}", error.column())
}

fn object(line: &[u8]) -> Result<Map<String, Value>, String> {
    serde_json::from_slice(line).map_err(|error| reason(&error))
}

/// The fields whose values are strings, in the order of [`Fields::strings`].
const STRINGS: [ArticleField; 7] = [
    ArticleField::Id,
    ArticleField::Text,
    ArticleField::Title,
    ArticleField::Url,
    ArticleField::Outlet,
    ArticleField::Byline,
    ArticleField::Language,
];

#[derive(Default)]
struct Fields {
    strings: [Option<String>; STRINGS.len()],
    published: Value,
    extra: Map<String, Value>,
}

impl Fields {
    fn parts(self, words: &IntakeWords) -> Option<Parts> {
        let Self { strings, mut extra, published } = self;
        let [id, text, title, url, outlet, byline, language] = strings;
        let body = text?;
        let date = published.as_str().and_then(|value| dates::date(value, words));
        if date.is_none() && !published.is_null() {
            extra.insert(UNREAD_DATE.to_owned(), published);
        }
        let named = |value: Option<String>| value.filter(|value| !value.is_empty());
        let header = Header {
            id: named(id),
            url: named(url),
            title: named(title),
            outlet: named(outlet),
            byline: named(byline),
            published: date,
            language: named(language),
            extra,
        };
        Some(Parts { header, markup: Markup::Plain, body })
    }

    fn set(&mut self, field: ArticleField, name: &str, value: Value) -> Result<(), String> {
        match STRINGS.iter().position(|string| *string == field) {
            Some(at) => self.strings[at] = string(field, name, value)?,
            None => self.published = value,
        }
        Ok(())
    }
}

/// Takes the fields that `mapping` names, and those that have onrecord's own names and no other.
fn mapped(mut record: Map<String, Value>, mapping: &Mapping) -> Result<Fields, String> {
    let mut fields = Fields::default();
    for &field in ArticleField::ALL {
        if let Some(name) = mapping.name(field) {
            let value = taken(&mut record, name).unwrap_or_default();
            fields.set(field, name, value)?;
        }
    }
    for (name, value) in record {
        match name.parse::<ArticleField>() {
            Ok(field) if mapping.name(field).is_none() => fields.set(field, &name, value)?,
            _ if matches!(name.as_str(), "quotes" | "sentences") => {}
            _ => set_extra(&mut fields.extra, name, value),
        }
    }
    Ok(fields)
}

/// The value of a field by its name, or by the path that its name is.
fn taken(record: &mut Map<String, Value>, name: &str) -> Option<Value> {
    if let Some(value) = record.remove(name) {
        return Some(value);
    }
    let (first, rest) = name.split_once('.')?;
    taken(record.get_mut(first)?.as_object_mut()?, rest)
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut fields = Fields::default();
        while let Some(name) = map.next_key::<String>()? {
            if let Ok(field) = name.parse::<ArticleField>() {
                fields.set(field, &name, map.next_value()?).map_err(A::Error::custom)?;
            } else if matches!(name.as_str(), "quotes" | "sentences") {
                map.next_value::<IgnoredAny>()?;
            } else {
                fields.extra.insert(name, map.next_value()?);
            }
        }
        Ok(fields)
    }
}

/// A string or nothing; a number will do for an id.
fn string(field: ArticleField, name: &str, value: Value) -> Result<Option<String>, String> {
    match value {
        Value::Null => Ok(None),
        Value::String(value) => Ok(Some(value)),
        Value::Number(number) if field == ArticleField::Id => Ok(Some(number.to_string())),
        _ => Err(format!("\"{name}\" is not a string")),
    }
}
