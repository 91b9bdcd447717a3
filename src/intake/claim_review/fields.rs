//! What of a ClaimReview can be compared and listed, however it is written.

use crate::model::verdicts::{ClaimId, Review};
use jiff::civil::Date;
use serde_json::{Map, Value};

/// Reads a review.
///
/// # Errors
/// When it doesn't say what it reviews.
pub fn review(document: Map<String, Value>) -> Result<Review, String> {
    let get = |name: &str| document.get(name);
    let item = get("itemReviewed").map(first);
    let of_item = |name: &str| item.and_then(|item| item.get(name));
    let words = get("claimReviewed").and_then(words);
    let words = words
        .or_else(|| ["text", "name", "headline"].iter().find_map(|name| of_item(name).and_then(self::words)));
    let Some(words) = words else {
        return Err(
            "doesn't say what it reviews: it has no claimReviewed, and its itemReviewed no text".to_owned()
        );
    };
    let claimant = of_item("author").or_else(|| of_item("creator")).and_then(names);
    let reviewers = ["author", "publisher", "creator", "sdPublisher"];
    let url = get("url").and_then(address).or_else(|| get("mainEntityOfPage").and_then(address));
    let reviewer = reviewers.iter().find_map(|name| get(name).and_then(names));
    let reviewer = reviewer.or_else(|| url.as_deref().and_then(host));
    let published =
        ["datePublished", "dateCreated", "dateModified"].iter().find_map(|name| get(name).and_then(day));
    let rating = get("reviewRating").and_then(rating);
    let entry = get("identifier").and_then(Value::as_str).and_then(entry);
    let created = get("dateCreated").and_then(Value::as_str).map(str::to_owned);
    Ok(Review { words, claimant, reviewer, rating, published, url, entry, created, document })
}

/// The first of a list, else the value itself.
fn first(value: &Value) -> &Value {
    value.as_array().and_then(|list| list.first()).unwrap_or(value)
}

/// A string, also inside a list or as the value of an object.
fn words(value: &Value) -> Option<String> {
    let value = first(value);
    let string = value.as_str().or_else(|| value.get("@value").and_then(Value::as_str));
    let string = string.map(|string| string.split_whitespace().collect::<Vec<_>>().join(" "));
    string.filter(|string| !string.is_empty())
}

/// Most names that are put together.
const MOST_NAMES: usize = 20;

/// The names in a string, an object, or a list of them.
fn names(value: &Value) -> Option<String> {
    let list = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
    let name = |one: &Value| {
        let named =
            ["name", "legalName", "alternateName"].iter().find_map(|name| one.get(name).and_then(words));
        words(one).or(named).or_else(|| address(one).and_then(|url| host(&url)))
    };
    let mut names: Vec<String> = Vec::new();
    for name in list.iter().filter_map(name).take(MOST_NAMES) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| names.join(", "))
}

/// A web address, also as the `url` or `@id` of an object; nothing that a reader could not open.
fn address(value: &Value) -> Option<String> {
    let value = first(value);
    let written =
        words(value).or_else(|| ["url", "@id"].iter().find_map(|name| value.get(name).and_then(words)))?;
    let lower = written.get(..8).unwrap_or(&written).to_ascii_lowercase();
    let is_web = lower.starts_with("http://") || lower.starts_with("https://");
    (is_web && !written.contains(|c: char| c.is_control() || c.is_whitespace())).then_some(written)
}

fn host(url: &str) -> Option<String> {
    let host = url.split_once("://")?.1.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then(|| host.to_owned())
}

/// The day printed there, without regard to its time zone.
fn day(value: &Value) -> Option<String> {
    let written = words(value)?;
    let date: Date = written.get(..10)?.parse().ok()?;
    let text = date.to_string();
    (text.len() == 10 && written.starts_with(&text)).then_some(text)
}

/// A rating in words, else in numbers.
fn rating(value: &Value) -> Option<String> {
    let value = first(value);
    if let Some(said) = words(value).or_else(|| number(value)) {
        return Some(said);
    }
    let said = ["alternateName", "name", "ratingExplanation"]
        .iter()
        .find_map(|name| value.get(name).and_then(words));
    said.or_else(|| {
        let part = |name| value.get(name).map(first).and_then(number);
        let given = part("ratingValue")?;
        Some(part("bestRating").map_or_else(|| given.clone(), |best| format!("{given} of {best}")))
    })
}

fn number(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(number.to_string()),
        value => words(value),
    }
}

/// The name of an entry of onrecord, `c0123456789abcdef/2`.
fn entry(name: &str) -> Option<(ClaimId, u32)> {
    let (claim, number) = name.split_once('/')?;
    Some((claim.parse().ok()?, number.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::review;
    use crate::model::verdicts::Review;

    fn read(json: &str) -> Review {
        review(serde_json::from_str(json).unwrap()).unwrap()
    }

    #[test]
    fn a_review_as_schema_org_has_it() {
        let review = read(
            r#"{"claimReviewed":"The bridge  is\nsafe.","datePublished":"2025-05-03T10:00:00+02:00",
            "url":"https://www.facts.example/bridge","author":{"@type":"Organization","name":"Fact Desk"},
            "reviewRating":{"@type":"Rating","ratingValue":"1","bestRating":5,"alternateName":"False"},
            "itemReviewed":{"@type":"Claim","author":{"name":"Ann Reyes"}},"identifier":"c0123456789abcdef/2"}"#,
        );
        assert_eq!(review.words, "The bridge is safe.");
        assert_eq!(review.published.as_deref(), Some("2025-05-03"));
        assert_eq!(review.reviewer.as_deref(), Some("Fact Desk"));
        assert_eq!(review.rating.as_deref(), Some("False"));
        assert_eq!(review.claimant.as_deref(), Some("Ann Reyes"));
        assert_eq!(review.entry.unwrap().1, 2);
    }

    #[test]
    fn a_review_as_it_is_often_found() {
        let review = read(
            r#"{"claimReviewed":[{"@value":"The bridge is safe."}],"datePublished":"soon","dateModified":["2025-05-03"],
            "url":{"@id":"https://www.facts.example/bridge"},"reviewRating":{"ratingValue":2.0,"bestRating":"5"},
            "itemReviewed":[{"@type":"CreativeWork","author":[{"@type":"Person","name":["Ann Reyes"]},"Bo Lund"]}]}"#,
        );
        assert_eq!(review.words, "The bridge is safe.");
        assert_eq!(review.published.as_deref(), Some("2025-05-03"));
        assert_eq!(review.reviewer.as_deref(), Some("facts.example"));
        assert_eq!(review.rating.as_deref(), Some("2.0 of 5"));
        assert_eq!(review.claimant.as_deref(), Some("Ann Reyes, Bo Lund"));
    }

    #[test]
    fn odd_values_are_passed_over() {
        let review = read(
            r#"{"claimReviewed":"é","datePublished":"2025é-05-03","url":"javascript:alert(1)","author":7,
            "reviewRating":"Pants on fire","itemReviewed":"a claim","identifier":"c1/2"}"#,
        );
        assert_eq!((review.published, review.url, review.reviewer), (None, None, None));
        assert_eq!(review.rating.as_deref(), Some("Pants on fire"));
        assert_eq!((review.claimant, review.entry), (None, None));
        let item = read(r#"{"itemReviewed":{"text":"The bridge is safe."}}"#);
        assert_eq!(item.words, "The bridge is safe.");
        let nothing = serde_json::from_str(r#"{"claimReviewed":" ","itemReviewed":{}}"#).unwrap();
        assert!(super::review(nothing).is_err());
    }
}
