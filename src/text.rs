//! From a raw article to a document: canonical text, paragraphs, and the map back.

pub mod builder;
pub mod entities;
pub mod html;
pub mod markdown;

use crate::intake::LARGEST_ARTICLE_BYTES;
use crate::model::{Document, Markup, Paragraph, ParagraphKind, RawArticle, RawMap};
use crate::span::{Span, Text};
use crate::text::builder::Canonical;

/// Turns a raw article into a document.
///
/// Plain text is taken to the letter. Markdown loses its markup; its first heading becomes the
/// title when the article has none, and stays in the text. A body longer than
/// [`LARGEST_ARTICLE_BYTES`], which intake doesn't let in, is cut there.
pub fn document(raw: RawArticle) -> Document {
    let mut body = raw.body;
    let end = (0..=body.len().min(LARGEST_ARTICLE_BYTES)).rfind(|&end| body.is_char_boundary(end));
    body.truncate(end.unwrap_or(0));
    let canonical = match raw.markup {
        Markup::Plain => plain(body),
        Markup::Markdown => markdown::canonical(&body),
        Markup::Html => html::canonical(&body),
    };
    Document {
        key: raw.key,
        keyed: raw.keyed,
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
    let apart = paragraphs(&body).into_iter().flat_map(|paragraph| quoted_lines(&body, paragraph));
    let mut paragraphs = apart.collect();
    join_block_quotes(&body, &mut paragraphs);
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

/// Joins quoted lines that follow one another: mail wraps them.
fn join_block_quotes(text: &str, paragraphs: &mut Vec<Paragraph>) {
    use ParagraphKind::BlockQuote;
    paragraphs.dedup_by(|next, last| {
        let gap = &text[last.span.range().end..next.span.range().start];
        let joins = last.kind == BlockQuote && next.kind == BlockQuote && gap.matches('\n').count() < 2;
        if joins {
            last.span = last.span.cover(next.span);
        }
        joins
    });
}

fn is_quoted(line: &str) -> bool {
    line.trim_start_matches([' ', '\t']).strip_prefix('>').is_some_and(|rest| rest.starts_with([' ', '>']))
}

fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let words = &text[start..end];
    let start = start + (words.len() - words.trim_start().len());
    Span::from_bounds(start, start + words.trim().len())
}

/// Columns of a line that a writer's program wrapped.
const WRAPPED: std::ops::RangeInclusive<usize> = 45..=100;

/// Cuts a plain text into paragraphs: at blank lines, and at every line end where the lines of
/// the text aren't hard-wrapped.
///
/// Lines are hard-wrapped when most that another line follows are 45 to 100 columns wide and end
/// in the middle of a sentence, a third of the lines after them start in lower case, and at most
/// a quarter of all lines are wider.
pub fn paragraphs(text: &str) -> Vec<Paragraph> {
    let wrapped = is_wrapped(text);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut goes_on = false;
    for line in lines(text) {
        let words = &text[line.range()];
        let bullet = is_bullet(words);
        match paragraphs.last_mut() {
            _ if line.is_empty() => {}
            Some(paragraph) if goes_on && !bullet => paragraph.span = paragraph.span.cover(line),
            _ => {
                let kind = if bullet { ParagraphKind::Bullet } else { ParagraphKind::Body };
                paragraphs.push(Paragraph { span: line, kind });
            }
        }
        goes_on = wrapped && !line.is_empty();
    }
    paragraphs
}

/// The lines of `text` without the white space at their edges.
fn lines(text: &str) -> impl Iterator<Item = Span> {
    text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at + (line.len() - line.trim_start().len());
        *at += line.len();
        let len = line.trim().len();
        // A blank line trims to nothing at its end.
        Some(Span::from_bounds(start.min(*at), start.min(*at) + len))
    })
}

/// Whether a program wrapped the lines of `text`: where a line follows another, the first is
/// mostly as wide as such lines are and ends inside a sentence, the second often starts in the
/// middle of one, and few lines are wider.
fn is_wrapped(text: &str) -> bool {
    let lines: Vec<&str> = lines(text).map(|line| &text[line.range()]).collect();
    let written = lines.iter().filter(|line| !line.is_empty());
    let (mut count, mut wide) = (0, 0);
    for line in written {
        count += 1;
        wide += usize::from(line.chars().count() > *WRAPPED.end());
    }
    let (mut pairs, mut inner, mut lower) = (0, 0, 0);
    for pair in lines.windows(2).filter(|pair| !pair[0].is_empty() && !pair[1].is_empty()) {
        let ends = pair[0].ends_with(['.', '!', '?', ';', ':', '"', '”']);
        pairs += 1;
        inner += usize::from(!ends && WRAPPED.contains(&pair[0].chars().count()));
        lower += usize::from(pair[1].starts_with(char::is_lowercase));
    }
    inner * 2 > pairs && lower * 3 >= pairs && wide * 4 <= count
}

fn is_bullet(line: &str) -> bool {
    line.starts_with(['•', '‣', '⁃', '▪', '●']) || line.starts_with("* ") || line.starts_with("- ")
}

#[cfg(test)]
mod tests {
    use super::plain;
    use crate::model::ParagraphKind;

    fn kinds(body: &str) -> Vec<(ParagraphKind, String)> {
        let canonical = plain(body.to_owned());
        assert_eq!(canonical.text.as_str(), body);
        let words = |span| canonical.text.slice(span).to_owned();
        canonical.paragraphs.iter().map(|paragraph| (paragraph.kind, words(paragraph.span))).collect()
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
        let apart = "> One,\n> two.\n\n> Three.";
        assert_eq!(
            kinds(apart),
            [(BlockQuote, "> One,\n> two.".to_owned()), (BlockQuote, "> Three.".to_owned())]
        );
        assert_eq!(kinds(">50 people came"), [(Body, ">50 people came".to_owned())]);
    }
}
