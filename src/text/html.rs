//! The little HTML that stands in Markdown: tags are found and named, all else is text.

use std::ops::Range;

/// A stretch of HTML source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Scrap {
    /// Text, by its place in the source; entities not decoded.
    Text(Range<usize>),
    Tag(Tag),
}

/// What a tag does to the text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tag {
    BlockQuoteStart,
    BlockQuoteEnd,
    /// `<br>`
    LineBreak,
    /// Begins or ends a paragraph, list item, table cell, …
    Block,
    /// Changes nothing: `<b>`, `<span>`.
    Inline,
}

/// Cuts HTML that comes in parts (lines) into text and tags; a tag may run over parts.
#[derive(Debug, Default)]
pub struct Scanner {
    state: State,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Text,
    /// Behind `<`, with what of the tag has come so far.
    Tag(String),
    Comment,
    /// Inside an element whose text nobody reads, up to its end tag.
    Hidden(&'static str),
}

/// Elements whose content is no text of the article.
const HIDDEN: [&str; 2] = ["script", "style"];
const BLOCKS: [&str; 24] = [
    "article",
    "aside",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "ol",
    "p",
    "section",
    "table",
    "tr",
    "ul",
];

impl Scanner {
    /// Cuts the next part; `start` is where it stands in the source.
    pub fn scan(&mut self, part: &str, start: usize) -> Vec<Scrap> {
        let mut scraps = Vec::new();
        let mut at = 0;
        while at < part.len() {
            at = self.step(part, at, start, &mut scraps);
        }
        scraps
    }

    fn step(&mut self, part: &str, at: usize, start: usize, scraps: &mut Vec<Scrap>) -> usize {
        let rest = &part[at..];
        match &mut self.state {
            State::Text => {
                let end = tag_start(rest).map_or(part.len(), |end| at + end);
                if end > at {
                    scraps.push(Scrap::Text(start + at..start + end));
                    return end;
                }
                self.state =
                    if rest.starts_with("<!--") { State::Comment } else { State::Tag(String::new()) };
                at + 1
            }
            State::Tag(so_far) => {
                let end = rest.find('>');
                so_far.push_str(&rest[..end.unwrap_or(rest.len())]);
                let Some(end) = end else { return part.len() };
                let name = name(so_far);
                scraps.push(Scrap::Tag(tag(&name)));
                let hidden = HIDDEN.into_iter().find(|hidden| *hidden == name);
                self.state = hidden.map_or(State::Text, State::Hidden);
                at + end + 1
            }
            State::Comment => self.skip_to(rest, "-->").map_or(part.len(), |end| at + end),
            State::Hidden(element) => {
                let close = format!("</{element}>");
                self.skip_to(rest, &close).map_or(part.len(), |end| at + end)
            }
        }
    }

    /// Goes back to text behind `close`, if it stands in `rest`.
    fn skip_to(&mut self, rest: &str, close: &str) -> Option<usize> {
        let mut places = rest.as_bytes().windows(close.len());
        let end = places.position(|place| place.eq_ignore_ascii_case(close.as_bytes()))? + close.len();
        self.state = State::Text;
        Some(end)
    }
}

/// Where the next tag or comment begins; a lone `<` is text.
fn tag_start(text: &str) -> Option<usize> {
    let opens = |at: &usize| {
        let next = text.as_bytes().get(at + 1);
        next.is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?'))
    };
    memchr::memchr_iter(b'<', text.as_bytes()).find(opens)
}

/// The name of a tag in lower case, with `/` before it in an end tag.
fn name(inside: &str) -> String {
    let name = inside.trim_start();
    let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '/').unwrap_or(name.len());
    name[..end].to_ascii_lowercase()
}

fn tag(name: &str) -> Tag {
    let element = name.trim_matches('/');
    match name {
        "blockquote" => Tag::BlockQuoteStart,
        "/blockquote" => Tag::BlockQuoteEnd,
        _ if element == "br" => Tag::LineBreak,
        _ if BLOCKS.contains(&element) => Tag::Block,
        _ => Tag::Inline,
    }
}

/// The text of a fragment of HTML.
pub fn canonical(raw: &str) -> crate::text::builder::Canonical {
    crate::text::markdown::canonical(raw)
}

#[cfg(test)]
mod tests {
    use super::{Scanner, Scrap, Tag};

    #[test]
    fn text_and_tags_are_told_apart_over_parts() {
        let parts = ["<p class=\n", "'x'>2 < 3</p><!-- no\n", "no --><script>if (a<b) {}</SCRIPT>end<br/>"];
        let source = parts.concat();
        let mut scanner = Scanner::default();
        let mut start = 0;
        let mut seen = Vec::new();
        for part in parts {
            for scrap in scanner.scan(part, start) {
                seen.push(match scrap {
                    Scrap::Text(range) => source[range].to_owned(),
                    Scrap::Tag(tag) => format!("<{tag:?}>"),
                });
            }
            start += part.len();
        }
        assert_eq!(seen, ["<Block>", "2 < 3", "<Block>", "<Inline>", "end", "<LineBreak>"]);
    }

    #[test]
    fn many_comments_on_one_line_cost_no_more_than_their_length() {
        let started = std::time::Instant::now();
        for piece in ["<!---->", "<script></script>"] {
            let tags = Scanner::default().scan(&piece.repeat(400_000), 0);
            assert!(tags.iter().all(|tag| *tag == Scrap::Tag(Tag::Inline)));
        }
        assert!(started.elapsed().as_secs() < 10, "{:?}", started.elapsed());
    }

    #[test]
    fn block_quotations_are_known() {
        let scraps = Scanner::default().scan("<BLOCKQUOTE cite=x></blockquote >", 0);
        assert_eq!(scraps, [Scrap::Tag(Tag::BlockQuoteStart), Scrap::Tag(Tag::BlockQuoteEnd)]);
    }
}
