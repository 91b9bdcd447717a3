//! From a raw article to a document: canonical text, paragraphs, and the map back.

use crate::model::{Document, Paragraph, ParagraphKind, RawArticle};
use crate::span::Span;

/// Turns a raw article into a document.
pub fn document(raw: RawArticle) -> Document {
    todo!("{}", raw.key)
}

/// Columns of a line that a writer's program wrapped.
const WRAPPED: std::ops::RangeInclusive<usize> = 45..=100;

/// Cuts a plain text into paragraphs: at blank lines, and at every line end where the lines of
/// the text aren't hard-wrapped.
///
/// Lines are hard-wrapped when most that another line follows are 45 to 100 columns wide and end
/// in the middle of a sentence.
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

fn is_wrapped(text: &str) -> bool {
    let lines: Vec<&str> = lines(text).map(|line| &text[line.range()]).collect();
    let followed = || lines.windows(2).filter(|pair| !pair[0].is_empty() && !pair[1].is_empty());
    let inner = followed().filter(|pair| {
        let columns = pair[0].chars().count();
        WRAPPED.contains(&columns) && !pair[0].ends_with(['.', '!', '?', '"', '”', ':'])
    });
    inner.count() * 2 > followed().count()
}

fn is_bullet(line: &str) -> bool {
    line.starts_with(['•', '‣', '⁃', '▪', '●']) || line.starts_with("* ") || line.starts_with("- ")
}
