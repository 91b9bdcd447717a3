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
