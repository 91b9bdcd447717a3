//! Verdicts as schema.org's ClaimReview in JSON-LD, for a newsroom's pages and feeds.
//!
//! `docs/claimreview.schema.json` is what comes out; only names that schema.org defines are used.

use crate::model::EntityKind;
use crate::model::verdicts::{Printed, Rating, Snapshot, Verdict};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;
use std::io::{self, Write};

type Object = Map<String, Value>;

/// An entry as a ClaimReview; `publisher` is the organisation that publishes it, where there is one to name.
pub fn claim_review(verdict: &Verdict, publisher: Option<&str>) -> Value {
    let decision = &verdict.decision;
    let mut review = object("ClaimReview");
    put(&mut review, "identifier", Some(verdict.id()));
    put(&mut review, "claimReviewed", Some(&verdict.claim.words));
    put(&mut review, "creativeWorkStatus", Some(decision.status.as_str()));
    put(&mut review, "datePublished", Some(decision.date.to_string()));
    put(&mut review, "dateCreated", Some(&verdict.entered));
    put(&mut review, "author", Some(named("Person", &decision.reviewer)));
    put(&mut review, "publisher", publisher.map(|name| named("Organization", name)));
    put(&mut review, "url", decision.published_at.as_deref());
    put(&mut review, "reviewBody", decision.note.as_deref());
    put(&mut review, "citation", (!decision.evidence.is_empty()).then_some(decision.evidence.as_slice()));
    put(&mut review, "reviewRating", decision.rating.as_ref().map(rating));
    put(&mut review, "itemReviewed", Some(claim(&verdict.claim)));
    Value::Object(review)
}

/// A claim as a Claim, with the articles in which it appears and the words quoted there.
pub fn claim(claim: &Snapshot) -> Value {
    let author = claim.speaker.as_ref().map(|(name, kind)| named(kind_of(*kind), name));
    let mut seen = BTreeSet::new();
    let articles: Vec<Value> =
        claim.printed.iter().filter(|one| seen.insert(&one.article)).map(article).collect();
    let quotations: Vec<Value> =
        claim.printed.iter().map(|printed| quotation(printed, author.as_ref())).collect();
    let first = claim.printed.iter().find_map(|printed| printed.published.as_deref());
    let mut item = object("Claim");
    put(&mut item, "identifier", Some(claim.claim.to_string()));
    put(&mut item, "text", Some(&claim.words));
    put(&mut item, "author", author);
    put(&mut item, "datePublished", first);
    put(&mut item, "firstAppearance", articles.first().cloned());
    put(&mut item, "appearance", (!articles.is_empty()).then_some(articles));
    put(&mut item, "hasPart", (!quotations.is_empty()).then_some(quotations));
    Value::Object(item)
}

fn article(printed: &Printed) -> Value {
    let mut article = object("NewsArticle");
    put(&mut article, "identifier", Some(&printed.article));
    put(&mut article, "url", printed.url.as_deref());
    put(&mut article, "headline", printed.title.as_deref());
    put(&mut article, "publisher", printed.outlet.as_deref().map(|name| named("Organization", name)));
    put(&mut article, "datePublished", printed.published.as_deref());
    Value::Object(article)
}

fn quotation(printed: &Printed, speaker: Option<&Value>) -> Value {
    let mut quotation = object("Quotation");
    put(&mut quotation, "identifier", Some(&printed.quote));
    put(&mut quotation, "text", Some(&printed.words));
    put(&mut quotation, "spokenByCharacter", speaker);
    let mut source = object("NewsArticle");
    put(&mut source, "identifier", Some(&printed.article));
    put(&mut quotation, "isPartOf", Some(source));
    Value::Object(quotation)
}

fn rating(rating: &Rating) -> Value {
    let mut value = object("Rating");
    put(&mut value, "name", Some(&rating.name));
    put(&mut value, "alternateName", Some(&rating.alternate_name));
    put(&mut value, "ratingValue", rating.value.map(number));
    put(&mut value, "worstRating", rating.worst.map(number));
    put(&mut value, "bestRating", rating.best.map(number));
    Value::Object(value)
}

/// A whole number without a point, as most who read ratings expect it.
fn number(number: f64) -> Value {
    let is_whole = number.fract() == 0.0 && number.abs() < 1e15;
    if is_whole { json!(number as i64) } else { json!(number) }
}

/// schema.org knows two kinds of authors.
const fn kind_of(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "Person",
        EntityKind::Organisation | EntityKind::Group | EntityKind::Document => "Organization",
    }
}

fn object(kind: &str) -> Object {
    Object::from_iter([("@type".to_owned(), json!(kind))])
}

fn named(kind: &str, name: &str) -> Value {
    let mut named = object(kind);
    put(&mut named, "name", Some(name));
    Value::Object(named)
}

fn put(object: &mut Object, name: &str, value: Option<impl serde::Serialize>) {
    if let Some(value) = value {
        object.insert(name.to_owned(), json!(value));
    }
}

/// Writes a JSON-LD document of reviews, each of them JSON already, one a line.
///
/// `<` is written as `\u003c`, so that no review can end the script of a page that it is pasted into.
#[derive(Debug)]
pub struct Document<W: Write> {
    out: W,
    count: u64,
}

impl<W: Write> Document<W> {
    /// Writes what stands before the first review.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all(b"{\"@context\":\"https://schema.org\",\"@graph\":[")?;
        Ok(Self { out, count: 0 })
    }

    /// Writes one review.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&mut self, review: &str) -> io::Result<()> {
        self.out.write_all(if self.count == 0 { b"\n" } else { b",\n" })?;
        self.count += 1;
        // A `<` can only stand inside a string.
        self.out.write_all(review.replace('<', "\\u003c").as_bytes())
    }

    /// Writes what stands behind the last review; gives how many there were.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn finish(mut self) -> io::Result<u64> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()?;
        Ok(self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, number};

    #[test]
    fn a_document_cannot_end_the_script_around_it() {
        let mut out = Vec::new();
        let mut document = Document::new(&mut out).unwrap();
        document.write(r#"{"claimReviewed":"</script><b>"}"#).unwrap();
        document.write("{}").unwrap();
        assert_eq!(document.finish().unwrap(), 2);
        let text = String::from_utf8(out).unwrap();
        assert!(!text.contains('<'));
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["@graph"][0]["claimReviewed"], "</script><b>");
    }

    #[test]
    fn whole_numbers_have_no_point() {
        assert_eq!(number(5.0).to_string(), "5");
        assert_eq!(number(2.5).to_string(), "2.5");
    }
}
