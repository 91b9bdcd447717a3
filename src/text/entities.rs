//! Character entities: `&amp;`, `&#8217;`, `&rsquo;`.

use pulldown_cmark::{Event, Parser};
use std::ops::Range;

/// Cuts text at its character entities, each with what it stands for.
pub fn entities(text: &str) -> Vec<(Range<usize>, Option<String>)> {
    let mut pieces = Vec::new();
    let mut done = 0;
    for start in memchr::memchr_iter(b'&', text.as_bytes()) {
        let Some((end, decoded)) = (start >= done).then(|| entity(text, start)).flatten() else { continue };
        pieces.push((done..start, None));
        pieces.push((start..end, Some(decoded)));
        done = end;
    }
    pieces.push((done..text.len(), None));
    pieces.retain(|(range, _)| !range.is_empty());
    pieces
}

/// Decodes the entity that begins at `start`: the Markdown parser has the table of their names.
fn entity(text: &str, start: usize) -> Option<(usize, String)> {
    const LONGEST: usize = 33;
    let name = &text.as_bytes()[start..text.len().min(start + LONGEST)];
    let end = start + memchr::memchr(b';', name)? + 1;
    let source = &text[start..end];
    let decoded: String = Parser::new(source)
        .filter_map(|event| match event {
            Event::Text(text) => Some(text.into_string()),
            _ => None,
        })
        .collect();
    (decoded != source).then_some((end, decoded))
}
