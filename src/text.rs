//! From a raw article to a document: canonical text, paragraphs, and the map back.

pub mod builder;
pub mod html;
pub mod markdown;

use crate::intake::MAX_ARTICLE_BYTES;
use crate::model::{Document, Markup, Paragraph, ParagraphKind, RawArticle, RawMap};
use crate::span::{Span, Text};
use crate::text::builder::Canonical;

/// Turns a raw article into a document.
///
/// Plain text is taken to the letter. Markdown loses its markup; its first heading becomes the
/// title when the article has none, and stays in the text. A body longer than
/// [`MAX_ARTICLE_BYTES`], which intake doesn't let in, is cut there.
pub fn document(raw: RawArticle) -> Document {
    let mut body = raw.body;
    let end = (0..=body.len().min(MAX_ARTICLE_BYTES)).rfind(|&end| body.is_char_boundary(end));
    body.truncate(end.unwrap_or(0));
    let canonical = match raw.markup {
        Markup::Plain => plain(body),
        Markup::Markdown => markdown::canonical(&body),
    };
    Document {
        key: raw.key,
        origin: raw.origin,
        url: raw.url,
        title: raw.title.or(canonical.title),
        outlet: raw.outlet,
        byline: raw.byline,
        published: raw.published,
        language: raw.language,
        text: canonical.text,
        paragraphs: canonical.paragraphs,
        raw_map: canonical.raw_map,
        extra: raw.extra,
    }
}

fn plain(body: String) -> Canonical {
    let paragraphs =
        paragraphs(&body).into_iter().flat_map(|paragraph| quoted_lines(&body, paragraph)).collect();
    // Text::new takes it: `document` has cut it.
    let text = Text::new(body).unwrap_or_default();
    Canonical { text, paragraphs, raw_map: RawMap::default(), title: None }
}

/// Splits a paragraph of plain text where lines that begin with `>`, as in mail, begin or end.
fn quoted_lines(text: &str, paragraph: Paragraph) -> Vec<Paragraph> {
    let words = &text[paragraph.span.range()];
    if !words.lines().any(is_quoted) {
        return vec![paragraph];
    }
    let mut parts: Vec<Paragraph> = Vec::new();
    let mut start = paragraph.span.range().start;
    for line in words.split_inclusive('\n') {
        let span = trimmed(text, start, start + line.len());
        let kind = if is_quoted(line) { ParagraphKind::BlockQuote } else { paragraph.kind };
        start += line.len();
        match parts.last_mut() {
            _ if span.is_empty() => {}
            Some(last) if last.kind == kind => last.span = last.span.cover(span),
            _ => parts.push(Paragraph { span, kind }),
        }
    }
    parts
}

fn is_quoted(line: &str) -> bool {
    line.trim_start_matches([' ', '\t']).strip_prefix('>').is_some_and(|rest| rest.starts_with([' ', '>']))
}

fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let words = &text[start..end];
    let start = start + (words.len() - words.trim_start().len());
    Span::from_bounds(start, start + words.trim().len())
}

/// Splits plain text into paragraphs at blank lines.
pub fn paragraphs(text: &str) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut open: Option<Span> = None;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = trimmed(text, start, start + line.len());
        start += line.len();
        if span.is_empty() {
            paragraphs.extend(open.take().map(|span| Paragraph { span, kind: ParagraphKind::Body }));
        } else {
            open = Some(open.map_or(span, |open| open.cover(span)));
        }
    }
    paragraphs.extend(open.map(|span| Paragraph { span, kind: ParagraphKind::Body }));
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::{paragraphs, plain};
    use crate::model::ParagraphKind;

    fn kinds(body: &str) -> Vec<(ParagraphKind, String)> {
        let canonical = plain(body.to_owned());
        assert_eq!(canonical.text.as_str(), body);
        let words = |span| canonical.text.slice(span).to_owned();
        canonical.paragraphs.iter().map(|paragraph| (paragraph.kind, words(paragraph.span))).collect()
    }

    #[test]
    fn blank_lines_part_paragraphs() {
        let text = " One\r\ntwo \r\n \t\r\n\r\nthree\n";
        let spans: Vec<_> = paragraphs(text).iter().map(|paragraph| &text[paragraph.span.range()]).collect();
        assert_eq!(spans, ["One\r\ntwo", "three"]);
        assert!(paragraphs(" \n\n ").is_empty());
    }

    #[test]
    fn quoted_lines_are_block_quotations() {
        use ParagraphKind::{BlockQuote, Body};
        let expected = [
            (Body, "She wrote:".to_owned()),
            (BlockQuote, "> We will stay.\n> All of us.".to_owned()),
            (Body, "Then she left.".to_owned()),
        ];
        assert_eq!(kinds("She wrote:\n> We will stay.\n> All of us.\nThen she left.\n"), expected);
        assert_eq!(kinds(">50 people came"), [(Body, ">50 people came".to_owned())]);
    }
}
