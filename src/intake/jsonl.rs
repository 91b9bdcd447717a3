//! One line of JSON Lines: the record format's input fields.

use crate::error::{Error, Result};
use crate::intake::dates;
use crate::intake::headers::UNREAD_DATE;
use crate::lexicon::intake::IntakeWords;
use crate::model::{Keyed, Markup, RawArticle};
use serde::de::{Deserialize, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// Reads a record: `id` and `text` are needed, `text` is taken to the letter.
///
/// Fields that are none of onrecord's are kept in `extra`; `quotes` and `sentences` of the input
/// are not, because they are what onrecord finds itself. A `published` that is no date is kept as
/// `published_as_written`.
///
/// # Errors
/// [`Error::Input`] when the line is no such record.
pub fn article(origin: &str, line: &[u8], words: &IntakeWords) -> Result<RawArticle> {
    let refused = |reason| Error::Input { origin: origin.to_owned(), reason };
    let Fields { strings, mut extra, published } =
        serde_json::from_slice(line).map_err(|error| refused(reason(&error)))?;
    let [id, text, title, url, outlet, byline, language] = strings;
    let (Some(key), Some(body)) = (id.filter(|id| !id.is_empty()), text) else {
        return Err(refused(format!("lacks \"id\" or \"text\"; {NEEDED}")));
    };
    let date = published.as_str().and_then(|value| dates::date(value, words));
    if date.is_none() && !published.is_null() {
        extra.insert(UNREAD_DATE.to_owned(), published);
    }
    let named = |value: Option<String>| value.filter(|value| !value.is_empty());
    Ok(RawArticle {
        key,
        keyed: Keyed::Own,
        origin: origin.to_owned(),
        url: named(url),
        title: named(title),
        outlet: named(outlet),
        byline: named(byline),
        published: date,
        language: named(language),
        markup: Markup::Plain,
        body,
        extra,
    })
}

const NEEDED: &str = "a line is one JSON object with at least \"id\" and \"text\"";

/// Where and why the line is no record, without serde's count of lines (it always says 1).
fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let cause = message.rfind(" at line ").map_or(message.as_str(), |end| &message[..end]);
    format!("is no record: {cause} (column {}); {NEEDED}", error.column())
}

/// The fields whose values are strings, in the order of [`Fields::strings`].
const STRINGS: [&str; 7] = ["id", "text", "title", "url", "outlet", "byline", "language"];

#[derive(Default)]
struct Fields {
    strings: [Option<String>; STRINGS.len()],
    published: Value,
    extra: Map<String, Value>,
}

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        deserializer.deserialize_map(FieldsVisitor)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Fields, A::Error> {
        let mut fields = Fields::default();
        while let Some(name) = map.next_key::<String>()? {
            if let Some(field) = STRINGS.iter().position(|string| *string == name) {
                fields.strings[field] = string(&name, map.next_value()?).map_err(A::Error::custom)?;
            } else if name == "published" {
                fields.published = map.next_value()?;
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
fn string(name: &str, value: Value) -> std::result::Result<Option<String>, String> {
    match value {
        Value::Null => Ok(None),
        Value::String(value) => Ok(Some(value)),
        Value::Number(number) if name == "id" => Ok(Some(number.to_string())),
        _ => Err(format!("\"{name}\" is not a string")),
    }
}
