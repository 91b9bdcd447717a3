//! Published collections of quotations, as their files come.
//!
//! Field names are those that the collections' own pages give: the Global Quotation Graph's announcement at
//! <https://blog.gdeltproject.org/announcing-the-global-quotation-graph/> and Quotebank's record at
//! <https://zenodo.org/records/4277311>.

use crate::intake::Parts;
use crate::intake::dates;
use crate::intake::headers::{Header, UNREAD_DATE, set_extra};
use crate::intake::mapping::Dataset;
use crate::lexicon::intake::IntakeWords;
use crate::model::Markup;
use memchr::memmem;
use serde_json::{Map, Value};

/// Which collection a line of JSON may be from, by the names in it.
pub fn looks_like(line: &[u8]) -> Option<Dataset> {
    let has = |name: &str| memmem::find(line, name.as_bytes()).is_some();
    if has("\"quotes\"") && has("\"quote\"") && has("\"pre\"") && has("\"post\"") {
        Some(Dataset::GdeltGqg)
    } else if (has("\"quoteID\"") && has("\"quotation\"")) || (has("\"articleID\"") && has("\"quotations\""))
    {
        Some(Dataset::Quotebank)
    } else {
        None
    }
}

/// Reads a record of a collection as an article: a paragraph a quotation, with the words around it or its signature,
/// by which the speaker is found.
///
/// # Errors
/// Which field is missing.
pub fn parts(record: Map<String, Value>, dataset: Dataset, words: &IntakeWords) -> Result<Parts, String> {
    let mut record = record;
    let body = match dataset {
        Dataset::GdeltGqg => graph(&mut record)?,
        Dataset::Quotebank if record.contains_key("quotations") => by_article(&mut record)?,
        Dataset::Quotebank => by_quotation(&mut record)?,
    };
    let mut header = Header {
        id: taken(&mut record, "quoteID").or_else(|| taken(&mut record, "articleID")),
        url: taken(&mut record, "url"),
        title: taken(&mut record, "title"),
        ..Header::default()
    };
    if let Some(date) = taken(&mut record, "date") {
        // Quotebank writes `2019-05-12 07:00:00`.
        header.published = dates::date(&date, words);
        if header.published.is_none() {
            header.extra.insert(UNREAD_DATE.to_owned(), date.into());
        }
    }
    if let Some(language) = taken(&mut record, "lang")
        && !header.set_language(&language, words)
    {
        header.extra.insert("lang".to_owned(), language.into());
    }
    for (name, value) in record {
        set_extra(&mut header.extra, name, value);
    }
    Ok(Parts { header, markup: Markup::Plain, body })
}

/// `quotes`: what stands before each quotation, its words, what stands after it.
fn graph(record: &mut Map<String, Value>) -> Result<String, String> {
    let quotes = list(record, "quotes")?;
    let paragraphs = quotes.iter().map(|quote| around(quote, ["pre", "quote", "post"]));
    Ok(paragraphs.flatten().collect::<Vec<_>>().join("\n\n"))
}

/// `quotations` with their contexts; what else stands in them is kept.
fn by_article(record: &mut Map<String, Value>) -> Result<String, String> {
    const WORDS: [&str; 3] = ["leftContext", "quotation", "rightContext"];
    let mut quotations = list(record, "quotations")?;
    let body: Vec<String> = quotations.iter().filter_map(|quotation| around(quotation, WORDS)).collect();
    for quotation in &mut quotations {
        if let Value::Object(fields) = quotation {
            fields.retain(|name, _| !WORDS.contains(&name.as_str()));
        }
    }
    record.insert("quotations".to_owned(), Value::Array(quotations));
    Ok(body.join("\n\n"))
}

/// One `quotation` and its likeliest `speaker`.
fn by_quotation(record: &mut Map<String, Value>) -> Result<String, String> {
    let quotation = taken(record, "quotation").ok_or("has no words in \"quotation\"")?;
    let speaker = record.get("speaker").and_then(Value::as_str).unwrap_or_default().trim();
    // The collection writes so where it knows of none.
    if speaker.is_empty() || speaker == "None" {
        return Ok(quoted(&quotation));
    }
    Ok(format!("{} — {speaker}", quoted(&quotation)))
}

fn around(quote: &Value, [before, words, after]: [&str; 3]) -> Option<String> {
    let part = |name: &str| quote.get(name).and_then(Value::as_str).map(one_line).unwrap_or_default();
    let (before, words, after) = (part(before), part(words), part(after));
    // The marks around the quotation may stand at the edges of its surroundings, or of itself.
    let before = before.trim_end_matches(['"', '“', ' ']);
    let after = after.trim_start_matches(['"', '”', ' ']);
    let close_up = after.starts_with([',', '.', ';', ':', '!', '?', ')']);
    let glue = if after.is_empty() || close_up { "" } else { " " };
    let space = if before.is_empty() { "" } else { " " };
    (!words.is_empty()).then(|| format!("{before}{space}{}{glue}{after}", quoted(&words)))
}

fn quoted(words: &str) -> String {
    format!("“{}”", one_line(words).trim_start_matches(['"', '“']).trim_end_matches(['"', '”']))
}

/// A quotation is one paragraph, whatever line breaks came with it.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn taken(record: &mut Map<String, Value>, name: &str) -> Option<String> {
    match record.get(name) {
        Some(Value::String(value)) if !value.trim().is_empty() => {}
        _ => return None,
    }
    match record.remove(name) {
        Some(Value::String(value)) => Some(value),
        _ => None,
    }
}

fn list(record: &mut Map<String, Value>, name: &str) -> Result<Vec<Value>, String> {
    match record.remove(name) {
        Some(Value::Array(values)) => Ok(values),
        _ => Err(format!("has no list \"{name}\"")),
    }
}

#[cfg(test)]
mod tests {
    use super::{looks_like, parts};
    use crate::intake::Parts;
    use crate::lexicon::intake::IntakeWords;
    use serde_json::Value;

    fn read(line: &str) -> Parts {
        let dataset = looks_like(line.as_bytes()).unwrap();
        let Value::Object(record) = serde_json::from_str(line).unwrap() else { panic!("{line}") };
        parts(record, dataset, &IntakeWords::load().unwrap()).unwrap()
    }

    #[test]
    fn the_quotation_graph_is_one_paragraph_a_quotation() {
        let parts = read(
            r#"{"date":"2020-03-04T00:01:00Z","url":"https://orbo.example/1","title":"Bridge","lang":"English",
            "quotes":[{"pre":"Mayor Ann Reyes said on Monday: \"","quote":"The bridge stays shut","post":"\", and left."},
                      {"pre":"","quote":"No\nway","post":"said Tom Vries"},{"pre":"x","quote":"","post":"y"}]}"#,
        );
        assert_eq!(
            parts.body,
            "Mayor Ann Reyes said on Monday: “The bridge stays shut”, and left.\n\n“No way” said Tom Vries"
        );
        assert_eq!(parts.header.url.as_deref(), Some("https://orbo.example/1"));
        assert_eq!(parts.header.published.unwrap().to_string(), "2020-03-04");
        assert_eq!(parts.header.language.as_deref(), Some("en"));
        assert!(parts.header.extra.is_empty(), "{:?}", parts.header.extra);
    }

    #[test]
    fn quotebank_by_quotation_is_signed() {
        let line = |speaker: &str| {
            format!(
                r#"{{"quoteID":"2019-05-12-000007","quotation":"We will not close.","speaker":"{speaker}","date":"2019-05-12 07:00:00",
                "numOccurrences":2,"probas":[["Ann Reyes","0.9"]],"urls":["https://orbo.example/2"],"phase":"E","qids":[]}}"#
            )
        };
        let parts = read(&line("Ann Reyes"));
        assert_eq!(parts.body, "“We will not close.” — Ann Reyes");
        assert_eq!(parts.header.id.as_deref(), Some("2019-05-12-000007"));
        assert_eq!(parts.header.published.unwrap().to_string(), "2019-05-12");
        assert_eq!((parts.header.url, parts.header.extra["numOccurrences"].as_u64()), (None, Some(2)));
        assert_eq!(read(&line("None")).body, "“We will not close.”");
    }

    #[test]
    fn quotebank_by_article_has_contexts() {
        let parts = read(
            r#"{"articleID":"2019-1","url":"https://orbo.example/3","date":"2019-05-12 00:00:00","title":"Bridge","phase":"E",
            "quotations":[{"quoteID":"q","leftContext":"Reyes said ,","quotation":"Shut .","rightContext":"Then she left .",
                           "localTopSpeaker":"Ann Reyes"}]}"#,
        );
        assert_eq!(parts.body, "Reyes said , “Shut .” Then she left .");
        assert_eq!(parts.header.id.as_deref(), Some("2019-1"));
        let kept = parts.header.extra["quotations"].to_string();
        assert_eq!(kept, r#"[{"localTopSpeaker":"Ann Reyes","quoteID":"q"}]"#);
    }
}
