//! From what was found to an article.

use crate::error::Error;
use crate::intake::headers::{self, Header};
use crate::intake::pieces::{Content, Leaf, Unread};
use crate::intake::{Parts, encoding, html, jsonl, mail, office, rows};
use crate::lexicon::intake::IntakeWords;
use crate::model::{Keyed, Markup, RawArticle};
use sha2::{Digest, Sha256};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads one article.
///
/// Its key is the id it carries (a record's `id`, `id:` in front matter), else its URL, else its place: its path written
/// with `/` and without `.` and `..`, with the line or member behind it; else (standard input) `stdin:` and a hash of its
/// bytes. What it tells of itself comes before what its surroundings tell.
///
/// # Errors
/// [`Error::Input`], with the reason and what to do, when it isn't what it was taken for or has no words.
pub fn article(unread: Unread, words: &IntakeWords) -> Result<RawArticle, Error> {
    let Unread { origin, place, header, content } = unread;
    let place = place.unwrap_or_else(|| hashed_key(&content));
    let is_record = matches!(content, Content::Line(..));
    let parts = guarded(|| parts(content, words))
        .map_err(|reason| Error::Input { origin: origin.clone(), reason })?;
    // A record says in full what its text is, be it nothing.
    if !is_record && parts.body.trim().is_empty() {
        let reason = "has no text, so there is nothing to find in it".to_owned();
        return Err(Error::Input { origin, reason });
    }
    let Header { id, title, url, outlet, byline, published, language, extra } = parts.header.or(header);
    let own = id.or_else(|| url.clone());
    let keyed = if own.is_some() { Keyed::Own } else { Keyed::Place };
    let (key, markup, body) = (own.unwrap_or(place), parts.markup, parts.body);
    Ok(RawArticle {
        key,
        keyed,
        origin,
        url,
        title,
        outlet,
        byline,
        published,
        language,
        markup,
        body,
        extra,
    })
}

/// Runs a reader whose panic must cost one input and no more.
pub(crate) fn guarded<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        Err("made onrecord stumble, which is a mistake in onrecord; please report it with this file"
            .to_owned())
    })
}

fn parts(content: Content, words: &IntakeWords) -> Result<Parts, String> {
    match content {
        Content::Ready(parts) => Ok(*parts),
        Content::Line(line, mapping) => jsonl::parts(&line, mapping.as_deref(), words),
        Content::Row(row, columns) => rows::parts(row, &columns, words),
        Content::Leaf(bytes, leaf) => match leaf {
            Leaf::Text => text(bytes, Markup::Plain, words),
            Leaf::Markdown => text(bytes, Markup::Markdown, words),
            Leaf::Html(charset) => html::read(&bytes, charset.as_deref(), words),
            Leaf::Mail => mail::read(&bytes, words),
            Leaf::Office => office::read(&bytes, words),
            Leaf::Pdf => pdf(&bytes, words),
        },
    }
}

fn text(bytes: Vec<u8>, markup: Markup, words: &IntakeWords) -> Result<Parts, String> {
    let mut body = encoding::decode(bytes, &words.signatures)?;
    let (header, start) = headers::split(&body, words);
    body.drain(..start);
    Ok(Parts { header, markup, body })
}

#[cfg(feature = "pdf")]
fn pdf(bytes: &[u8], words: &IntakeWords) -> Result<Parts, String> {
    crate::intake::pdf::read(bytes, words)
}

#[cfg(not(feature = "pdf"))]
fn pdf(_: &[u8], _: &IntakeWords) -> Result<Parts, String> {
    Err("is a PDF, which this build of onrecord can't read; save the article as plain text or Markdown"
        .to_owned())
}

fn hashed_key(content: &Content) -> String {
    let bytes = match content {
        Content::Leaf(bytes, _) | Content::Line(bytes, _) | Content::Row(bytes, _) => bytes.as_slice(),
        Content::Ready(parts) => parts.body.as_bytes(),
    };
    let hash = Sha256::digest(bytes);
    let digits: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("stdin:{digits}")
}
