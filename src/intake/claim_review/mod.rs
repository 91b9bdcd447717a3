//! Reviews of claims as fact-checkers publish them: schema.org's ClaimReview in JSON-LD.
//!
//! A file holds one object, a list, an `@graph`, a data feed, one object a line, or a web page with such
//! scripts; it may be compressed. What is published is often not quite what schema.org says: strings where
//! objects belong, numbers as strings, types left out. All of that is taken; only a review that doesn't say
//! what it reviews is refused.

mod fields;
mod tree;

use crate::error::{Error, Result};
use crate::intake::claim_review::tree::found;
use crate::intake::containers::compressed::unpacked;
use crate::intake::folder::open;
use crate::intake::html;
use crate::intake::lines::{Line, next_line};
use crate::model::verdicts::Review;
use dom_query::Document;
use serde_json::Value;
use std::io::{BufRead, Read};
use std::path::Path;

/// The longest file that is one document, and the longest line, in bytes.
const MAX_DOCUMENT_BYTES: usize = 64 << 20;

/// What a file may unpack to, in bytes.
const MAX_FILE_BYTES: u64 = 8 << 30;

/// The longest review, as JSON, in bytes.
const MAX_REVIEW_BYTES: usize = 1 << 20;

/// How deep a review may be nested.
const MAX_DEPTH: usize = 40;

/// Gives `each` the reviews in the file at `path`, and in their place what is wrong with those that can't be
/// taken.
///
/// # Errors
/// [`Error::Io`] and [`Error::Input`] when nothing in the file can be read, and what `each` returns.
pub fn reviews(path: &Path, mut each: impl FnMut(Result<Review>) -> Result<()>) -> Result<()> {
    let stream = unpacked(open(path)?).map_err(Error::io(path))?;
    let mut stream = stream.take(MAX_FILE_BYTES + 1);
    let outcome = read(path, &mut stream, &mut each);
    if stream.limit() == 0 {
        let reason = format!("unpacks to more than {} GiB; the rest was left", MAX_FILE_BYTES >> 30);
        return Err(Error::Input { origin: path.display().to_string(), reason });
    }
    outcome
}

fn read(
    path: &Path,
    mut stream: &mut dyn BufRead,
    each: &mut dyn FnMut(Result<Review>) -> Result<()>,
) -> Result<()> {
    let origin = path.display().to_string();
    let refused = |reason: String| Error::Input { origin: origin.clone(), reason };
    let first = loop {
        match next_line(&mut stream, MAX_DOCUMENT_BYTES).map_err(Error::io(path))? {
            None => return Err(refused("is empty".to_owned())),
            Some(Line::TooLong) => return Err(refused(too_long())),
            Some(Line::Whole(line)) if line.trim_ascii().is_empty() => {}
            Some(Line::Whole(line)) => break line,
        }
    };
    let is_markup = first.trim_ascii_start().trim_prefix_mark().starts_with(b"<");
    if !is_markup && let Ok(value) = parsed(&first) {
        return lines(&origin, value, stream, each);
    }
    let mut bytes = first;
    bytes.push(b'\n');
    let room = (MAX_DOCUMENT_BYTES - bytes.len().min(MAX_DOCUMENT_BYTES)) as u64;
    (&mut stream).take(room + 1).read_to_end(&mut bytes).map_err(Error::io(path))?;
    if bytes.len() > MAX_DOCUMENT_BYTES {
        return Err(refused(too_long()));
    }
    if is_markup { page(&origin, &bytes, each) } else { document(&origin, &bytes, each) }
}

fn too_long() -> String {
    format!("is longer than {} MiB; cut it into one review a line", MAX_DOCUMENT_BYTES >> 20)
}

/// A byte order mark is no part of what stands behind it.
trait Marked {
    fn trim_prefix_mark(&self) -> &[u8];
}

impl Marked for [u8] {
    fn trim_prefix_mark(&self) -> &[u8] {
        self.strip_prefix(b"\xef\xbb\xbf").unwrap_or(self)
    }
}

fn parsed(bytes: &[u8]) -> std::result::Result<Value, String> {
    serde_json::from_slice(bytes.trim_prefix_mark()).map_err(|error| error.to_string())
}

/// One document a line, the first one read already.
fn lines(
    origin: &str,
    first: Value,
    stream: &mut dyn BufRead,
    each: &mut dyn FnMut(Result<Review>) -> Result<()>,
) -> Result<()> {
    let mut next = next_line(&mut &mut *stream, MAX_DOCUMENT_BYTES).map_err(Error::io(origin))?;
    if next.is_none() {
        return found(origin, vec![first], each);
    }
    found(&format!("{origin}:1"), vec![first], each)?;
    let mut number = 1;
    while let Some(line) = next {
        number += 1;
        let place = format!("{origin}:{number}");
        one_line(&place, &line, each)?;
        next = next_line(&mut &mut *stream, MAX_DOCUMENT_BYTES).map_err(Error::io(origin))?;
    }
    Ok(())
}

fn one_line(place: &str, line: &Line, each: &mut dyn FnMut(Result<Review>) -> Result<()>) -> Result<()> {
    let refused = |reason| Err(Error::Input { origin: place.to_owned(), reason });
    match line {
        Line::TooLong => each(refused(too_long())),
        Line::Whole(line) if line.trim_ascii().is_empty() => Ok(()),
        Line::Whole(line) => match parsed(line) {
            Ok(value) => found(place, vec![value], each),
            Err(reason) => each(refused(format!("no JSON ({reason})"))),
        },
    }
}

/// A document over several lines; where it is none, one document a line of which the first is broken.
fn document(origin: &str, bytes: &[u8], each: &mut dyn FnMut(Result<Review>) -> Result<()>) -> Result<()> {
    let reason = match parsed(bytes) {
        Ok(value) => return found(origin, vec![value], each),
        Err(reason) => reason,
    };
    let whole = |line: &&[u8]| serde_json::from_slice::<Value>(line).is_ok_and(|value| value.is_object());
    if !bytes.split(|&byte| byte == b'\n').any(|line| whole(&line)) {
        let reason = format!("is neither JSON ({reason}) nor a web page");
        return Err(Error::Input { origin: origin.to_owned(), reason });
    }
    for (line, number) in bytes.split(|&byte| byte == b'\n').zip(1..) {
        one_line(&format!("{origin}:{number}"), &Line::Whole(line.to_vec()), each)?;
    }
    Ok(())
}

/// The scripts of a web page.
fn page(origin: &str, bytes: &[u8], each: &mut dyn FnMut(Result<Review>) -> Result<()>) -> Result<()> {
    let refused = |reason| Error::Input { origin: origin.to_owned(), reason };
    let page = html::charset::decode(bytes, None).map_err(refused)?;
    html::limits::check(&page).map_err(refused)?;
    let scripts = html::metadata::json_ld_scripts(&Document::from(page));
    let values: Vec<Value> = scripts.iter().filter_map(|script| html::json_ld::parsed(script)).collect();
    if values.is_empty() {
        return Err(refused("is a web page without JSON-LD that can be read".to_owned()));
    }
    found(origin, values, each)
}

#[cfg(test)]
mod tests {
    use super::reviews;
    use crate::model::verdicts::Review;

    fn read(content: &str) -> (Vec<Review>, Vec<String>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("reviews");
        std::fs::write(&path, content).unwrap();
        let (mut taken, mut failed) = (Vec::new(), Vec::new());
        let outcome = reviews(&path, |review| {
            match review {
                Ok(review) => taken.push(review),
                Err(error) => failed.push(error.to_string()),
            }
            Ok(())
        });
        failed.extend(outcome.err().map(|error| error.to_string()));
        let failed = failed.iter().map(|error| error.rsplit('/').next().unwrap().to_owned()).collect();
        (taken, failed)
    }

    #[test]
    fn every_shape_gives_the_same_review() {
        let one = r#"{"@type":"ClaimReview","claimReviewed":"The bridge is safe.","author":"Fact Desk"}"#;
        let shapes = [
            one.to_owned(),
            format!("[{one}]"),
            format!("\u{feff}{{\n\"@context\":\"https://schema.org\",\"@graph\":[\n{one}]}}"),
            format!(
                r#"{{"@type":"DataFeed","dataFeedElement":[{{"@type":"DataFeedItem","item":[{one}]}}]}}"#
            ),
            format!(r#"{{"@type":"DataFeed","dataFeedElement":[{one}]}}"#),
            format!("{one}\n\n"),
            format!("<html><script type='application/ld+json'>{one}</script><p>x"),
            format!(r#"{{"@type":"NewsArticle","review":{one}}}"#),
            one.replace("\"ClaimReview\"", "[\"Review\",\"https://schema.org/ClaimReview\"]"),
            one.replace(r#""@type":"ClaimReview","#, ""),
        ];
        for shape in shapes {
            let (taken, failed) = read(&shape);
            assert!(failed.is_empty(), "{shape}: {failed:?}");
            assert_eq!(taken.len(), 1, "{shape}");
            assert_eq!(taken[0].words, "The bridge is safe.");
            assert_eq!(taken[0].reviewer.as_deref(), Some("Fact Desk"));
        }
    }

    #[test]
    fn each_failure_is_named_and_the_others_are_kept() {
        let good = r#"{"@type":"ClaimReview","claimReviewed":"The bridge is safe."}"#;
        let (taken, failed) = read(&format!("{good}\n{{oops\n{{\"@type\":\"ClaimReview\"}}\n{good}\n"));
        assert_eq!(taken.len(), 2);
        assert!(failed[0].starts_with("reviews:2: no JSON ("), "{failed:?}");
        assert!(failed[1].starts_with("reviews:3: review 1 doesn't say what it reviews"), "{failed:?}");
        let (taken, failed) = read(&format!("{{oops\n{good}\n"));
        assert_eq!((taken.len(), failed.len()), (1, 1), "{failed:?}");
        for (content, reason) in [
            ("", "is empty"),
            ("oops", "is neither JSON"),
            ("{}", "holds no ClaimReview"),
            ("<p>hello", "without JSON-LD"),
            (&"[".repeat(1000), "recursion limit"),
        ] {
            let (taken, failed) = read(content);
            assert!(
                taken.is_empty() && failed.len() == 1 && failed[0].contains(reason),
                "{content}: {failed:?}"
            );
        }
    }

    #[test]
    fn a_review_too_large_or_too_deep_is_refused() {
        let long = "x".repeat(super::MAX_REVIEW_BYTES);
        let (_, failed) = read(&format!(r#"{{"@type":"ClaimReview","claimReviewed":"{long}"}}"#));
        assert!(failed[0].contains("longer than 1 MiB"), "{failed:?}");
        let deep = format!("{}1{}", "[".repeat(60), "]".repeat(60));
        let (_, failed) = read(&format!(r#"{{"@type":"ClaimReview","claimReviewed":"a b","x":{deep}}}"#));
        assert!(failed[0].contains("more than 40 deep"), "{failed:?}");
    }
}
