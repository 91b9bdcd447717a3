//! What a document of a word processor says about itself.

use crate::intake::dates;
use crate::intake::headers::Header;
use crate::intake::html::metadata::byline;
use crate::intake::office::xml::{Step, walk};
use crate::lexicon::intake::{HeaderField, IntakeWords};
use std::collections::BTreeMap;

/// Reads `docProps/core.xml` or `meta.xml`; what can't be read is unknown.
pub fn header(xml: &str, words: &IntakeWords) -> Header {
    let mut values: BTreeMap<String, String> = BTreeMap::new();
    let mut open = String::new();
    let walked = walk(xml, &[], |step| match step {
        Step::Start(name, _) => open = name.to_owned(),
        Step::End(_) => open.clear(),
        Step::Text(text) if !open.is_empty() => values.entry(open.clone()).or_default().push_str(text),
        Step::Text(_) => {}
    });
    let mut header = Header::default();
    if walked.is_err() {
        return header;
    }
    let value = |name: &str| values.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
    header.title = value("title").map(str::to_owned);
    header.byline = value("initial-creator").or(value("creator")).and_then(byline);
    let made = ["created", "creation-date", "modified", "date"];
    header.published = made.iter().filter_map(|name| value(name)).find_map(|date| dates::date(date, words));
    if let Some(language) = value("language") {
        header.set(HeaderField::Language, language, words);
    }
    header
}
