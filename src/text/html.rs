//! HTML without a tree: tags are found and named, all else is text.
//!
//! Good for the little HTML that stands in Markdown and for fragments that hold an article alone; a whole
//! page is read by [`crate::intake::html`].

use crate::model::ParagraphKind;
use crate::text::builder::{Builder, Canonical};
use crate::text::entities::entities;
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
    HeadingStart,
    HeadingEnd,
    ItemStart,
    ItemEnd,
    ListEnd,
    /// `<pre>`: its line breaks and spaces count.
    PreStart,
    PreEnd,
    /// Begins or ends a paragraph, table cell, …
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
const HIDDEN: [&str; 5] = ["script", "style", "template", "textarea", "title"];
const BLOCKS: [&str; 22] = [
    "address",
    "article",
    "aside",
    "caption",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "form",
    "header",
    "hr",
    "main",
    "nav",
    "p",
    "section",
    "table",
    "td",
    "th",
    "tr",
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
    let is_end = name.starts_with('/');
    let either = |start, end| if is_end { end } else { start };
    match element {
        "blockquote" => either(Tag::BlockQuoteStart, Tag::BlockQuoteEnd),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => either(Tag::HeadingStart, Tag::HeadingEnd),
        "li" => either(Tag::ItemStart, Tag::ItemEnd),
        "ol" | "ul" => either(Tag::Block, Tag::ListEnd),
        "pre" => either(Tag::PreStart, Tag::PreEnd),
        "br" => Tag::LineBreak,
        _ if BLOCKS.contains(&element) => Tag::Block,
        _ => Tag::Inline,
    }
}

/// Turns a fragment of HTML into text.
///
/// White space collapses as in a browser; `<br>` is a line break, two of them end the paragraph; soft hyphens
/// and zero-width spaces are dropped. Headings, list items and block quotations are marked as such.
/// A block quotation that is never closed is none, and a heading ends with its first paragraph.
pub fn canonical(raw: &str) -> Canonical {
    let mut reader = Reader::new(raw);
    for scrap in Scanner::default().scan(raw, 0) {
        match scrap {
            Scrap::Text(range) => reader.text(range),
            Scrap::Tag(tag) => reader.tag(tag),
        }
    }
    reader.builder.finish(None)
}

/// What stands around the text that comes next.
struct Reader<'a> {
    raw: &'a str,
    builder: Builder<'a>,
    quotes: u32,
    /// Ends of block quotations still to come: one opened behind the last is never closed, and ignored.
    quote_ends: usize,
    item: bool,
    heading: bool,
    pre: u32,
    /// White space and `<br>` since the last word of the open paragraph.
    space: Option<Range<usize>>,
    breaks: u32,
    is_open: bool,
}

impl<'a> Reader<'a> {
    fn new(raw: &'a str) -> Self {
        let quote_ends = raw.to_ascii_lowercase().matches("</blockquote").count();
        let builder = Builder::new(raw);
        Self {
            raw,
            builder,
            quotes: 0,
            quote_ends,
            item: false,
            heading: false,
            pre: 0,
            space: None,
            breaks: 0,
            is_open: false,
        }
    }

    fn kind(&self) -> ParagraphKind {
        if self.heading {
            ParagraphKind::Heading
        } else if self.quotes > 0 {
            ParagraphKind::BlockQuote
        } else if self.item {
            ParagraphKind::Bullet
        } else {
            ParagraphKind::Body
        }
    }

    fn tag(&mut self, tag: Tag) {
        match tag {
            Tag::Inline => return,
            Tag::LineBreak => {
                self.breaks += 1;
                return;
            }
            _ => self.boundary(),
        }
        match tag {
            Tag::BlockQuoteStart => self.quotes += u32::from(self.quotes < self.quote_ends as u32),
            Tag::BlockQuoteEnd => {
                self.quotes = self.quotes.saturating_sub(1);
                self.quote_ends = self.quote_ends.saturating_sub(1);
            }
            Tag::HeadingStart => self.heading = true,
            Tag::HeadingEnd => self.heading = false,
            Tag::ItemStart => self.item = true,
            Tag::ItemEnd | Tag::ListEnd => self.item = false,
            Tag::PreStart => self.pre += 1,
            Tag::PreEnd => self.pre = self.pre.saturating_sub(1),
            Tag::Block | Tag::Inline | Tag::LineBreak => {}
        }
    }

    fn boundary(&mut self) {
        let ended = self.builder.end_paragraph().is_some();
        // One that is never closed would make headings of all that follows.
        self.heading &= !ended;
        self.space = None;
        self.breaks = 0;
        self.is_open = false;
    }

    fn text(&mut self, range: Range<usize>) {
        for (piece, decoded) in entities(&self.raw[range.clone()]) {
            let piece = range.start + piece.start..range.start + piece.end;
            match decoded {
                Some(decoded) => self.decoded(&decoded),
                None => self.plain(piece),
            }
        }
    }

    fn decoded(&mut self, decoded: &str) {
        let shown: String = decoded.chars().filter(|&c| !is_invisible(c)).collect();
        if !shown.is_empty() {
            self.gap();
            self.builder.put(&shown, self.kind());
            self.is_open = true;
        }
    }

    /// Copies words and collapses what stands between them.
    fn plain(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let rest = &self.raw[at..range.end];
            let is_space = rest.starts_with(is_collapsible);
            let is_hidden = rest.starts_with(is_invisible);
            let same = |c: char| is_collapsible(c) == is_space && is_invisible(c) == is_hidden;
            let end = at + rest.find(|c| !same(c)).unwrap_or(rest.len());
            match (is_hidden, is_space) {
                (true, _) => {}
                (false, true) => self.white_space(at..end),
                (false, false) => {
                    self.gap();
                    self.builder.copy(at..end, self.kind());
                    self.is_open = true;
                }
            }
            at = end;
        }
    }

    fn white_space(&mut self, range: Range<usize>) {
        if self.pre > 0 && self.is_open {
            self.builder.copy(range, self.kind());
        } else if self.space.is_none() {
            self.space = Some(range);
        }
    }

    /// Puts what stands between the last word and the next.
    fn gap(&mut self) {
        let (space, breaks) = (self.space.take(), std::mem::take(&mut self.breaks));
        match (breaks, space) {
            (2.., _) => drop(self.builder.end_paragraph()),
            _ if !self.is_open => {}
            (1, _) => self.builder.put("\n", self.kind()),
            (0, Some(space)) => self.builder.copy_or_put(space, " ", self.kind()),
            (0, None) => {}
        }
    }
}

/// What a browser makes one space of; a no-break space is none of it.
fn is_collapsible(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

/// Soft hyphens, zero-width spaces and control characters.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}') || (c.is_control() && !is_collapsible(c))
}

#[cfg(test)]
mod tests {
    use super::{Scanner, Scrap, Tag, canonical};
    use crate::model::ParagraphKind::{self, BlockQuote, Body, Bullet, Heading};
    use proptest::prelude::*;

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

    fn paragraphs(raw: &str) -> Vec<(ParagraphKind, String)> {
        let canonical = canonical(raw);
        for run in &canonical.raw_map.runs {
            let (text, source, len) = (run.text_start as usize, run.raw_start as usize, run.len as usize);
            assert_eq!(canonical.text.as_str()[text..text + len], raw[source..source + len]);
        }
        let words = |span| canonical.text.slice(span).to_owned();
        canonical.paragraphs.iter().map(|paragraph| (paragraph.kind, words(paragraph.span))).collect()
    }

    fn check(raw: &str, expected: &[(ParagraphKind, &str)]) {
        let expected: Vec<_> = expected.iter().map(|&(kind, words)| (kind, words.to_owned())).collect();
        assert_eq!(paragraphs(raw), expected, "{raw}");
    }

    #[test]
    fn kinds_of_paragraphs() {
        check(
            "<h2>The <em>vote</em></h2>\n<p>It was\n   close.</p><ul><li>One<li>Two</ul>Text\
             <blockquote><p>We won’t.</p><p>Ever.</p></blockquote><p>She left.",
            &[
                (Heading, "The vote"),
                (Body, "It was close."),
                (Bullet, "One"),
                (Bullet, "Two"),
                (Body, "Text"),
                (BlockQuote, "We won’t."),
                (BlockQuote, "Ever."),
                (Body, "She left."),
            ],
        );
        check(
            "<h2>Never closed<p>Text.<p>More.",
            &[(Heading, "Never closed"), (Body, "Text."), (Body, "More.")],
        );
        check("<blockquote>Never closed<p>Text.", &[(Body, "Never closed"), (Body, "Text.")]);
    }

    #[test]
    fn breaks_and_white_space_as_a_browser_shows_them() {
        check("One<br>\n two<br/><br>three <br>", &[(Body, "One\ntwo"), (Body, "three")]);
        check("a\u{a0}\u{a0}b &nbsp; c", &[(Body, "a\u{a0}\u{a0}b \u{a0} c")]);
        check("<pre>a\n  b</pre>", &[(Body, "a\n  b")]);
        check("un\u{ad}break&shy;able\u{200b} <b> x</b>", &[(Body, "unbreakable x")]);
        check("<p> </p>&nbsp;<div>\u{200b}</div>", &[]);
    }

    #[test]
    fn entities_are_decoded_once() {
        check(
            "&ldquo;Tom &amp;amp; I,&rdquo; &#8212; &lt;b&gt; AT&T",
            &[(Body, "“Tom &amp; I,” — <b> AT&T")],
        );
    }

    #[test]
    fn the_way_back_leads_to_the_source() {
        let raw = "<p>“We &amp; they”\n said</p>";
        let canonical = canonical(raw);
        let runs: Vec<&str> = canonical
            .raw_map
            .runs
            .iter()
            .map(|run| &raw[run.raw_start as usize..][..run.len as usize])
            .collect();
        assert_eq!(runs, ["“We ", " they”", "said"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(raw in "[ \\n<>/&;a“”]{0,40}|(<(/?(p|li|h2|pre|br|blockquote|script))>| |a|&amp;){0,30}") {
            let canonical = canonical(&raw);
            let text = canonical.text.as_str();
            for (paragraph, _) in paragraphs(&raw).iter().zip(0..).map(|((_, words), at)| (words, at)) {
                prop_assert!(!paragraph.is_empty() && paragraph.trim() == paragraph);
            }
            prop_assert!(text.len() <= 3 * raw.len() + 3);
        }
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
