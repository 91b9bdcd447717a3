//! Markdown to canonical text: the words stay, the markup goes.

use crate::model::ParagraphKind;
use crate::text::builder::{Builder, Canonical};
use crate::text::html::{Scanner, Scrap, Tag as HtmlTag};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Strips the markup of `raw`; paragraphs of the result stand apart by blank lines.
///
/// Links leave their words, images nothing, code its content. Headings, list items and block
/// quotations (also in HTML, `<blockquote>`) are marked as such; other tags are dropped. The title
/// is the heading of the first level that the text begins with.
pub fn canonical(raw: &str) -> Canonical {
    let mut reader = Reader::new(raw);
    for (event, range) in Parser::new_ext(raw, Options::ENABLE_STRIKETHROUGH).into_offset_iter() {
        reader.take(event, range);
    }
    reader.builder.finish(reader.title)
}

/// What stands around the text that comes next.
struct Reader<'a> {
    raw: &'a str,
    builder: Builder<'a>,
    title: Option<String>,
    heading: Option<HeadingLevel>,
    /// Block quotations around it, in Markdown and in HTML.
    quotes: u32,
    html_quotes: u32,
    items: u32,
    images: u32,
    html: Scanner,
    /// Where the last `</blockquote` stands: one opened behind it is never closed, and ignored.
    last_quote_end: usize,
}

impl<'a> Reader<'a> {
    fn new(raw: &'a str) -> Self {
        Self {
            raw,
            builder: Builder::new(raw),
            title: None,
            heading: None,
            quotes: 0,
            html_quotes: 0,
            items: 0,
            images: 0,
            html: Scanner::default(),
            last_quote_end: raw.to_ascii_lowercase().rfind("</blockquote").unwrap_or(0),
        }
    }

    fn take(&mut self, event: Event, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Html(html) => self.html(&html, range),
            Event::InlineHtml(html) => self.html(&html, range),
            _ if self.images > 0 => {}
            Event::Text(text) => self.builder.copy_or_put(range, &text, self.kind()),
            Event::Code(code) => self.code(&code, range),
            Event::SoftBreak | Event::HardBreak => self.line_break(range),
            Event::Rule => self.boundary(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } => return,
            Tag::Image { .. } => {
                self.images += 1;
                return;
            }
            _ => self.boundary(),
        }
        match tag {
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::Item => self.items += 1,
            Tag::Heading { level, .. } => self.heading = Some(*level),
            Tag::HtmlBlock => self.html = Scanner::default(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => return,
            TagEnd::Image => {
                self.images -= 1;
                return;
            }
            TagEnd::Heading(level) => self.end_heading(level),
            _ => self.boundary(),
        }
        match tag {
            TagEnd::BlockQuote(_) => self.quotes -= 1,
            TagEnd::Item => self.items -= 1,
            _ => {}
        }
    }

    fn end_heading(&mut self, level: HeadingLevel) {
        let is_title = level == HeadingLevel::H1 && self.builder.count() == 0;
        let words = self.builder.end_paragraph().map(str::to_owned);
        if is_title {
            self.title = words;
        }
        self.heading = None;
    }

    fn boundary(&mut self) {
        self.builder.end_paragraph();
    }

    fn kind(&self) -> ParagraphKind {
        if self.heading.is_some() {
            ParagraphKind::Heading
        } else if self.quotes + self.html_quotes > 0 {
            ParagraphKind::BlockQuote
        } else if self.items > 0 {
            ParagraphKind::Bullet
        } else {
            ParagraphKind::Body
        }
    }

    /// The content of `code` between its backticks.
    fn code(&mut self, code: &str, range: Range<usize>) {
        let inside = self.raw[range.clone()].find(code).map_or(range.clone(), |offset| {
            let start = range.start + offset;
            start..start + code.len()
        });
        self.builder.copy_or_put(inside, code, self.kind());
    }

    fn line_break(&mut self, range: Range<usize>) {
        self.builder.copy_or_put(range, "\n", self.kind());
    }

    fn html(&mut self, html: &str, range: Range<usize>) {
        // A line may be indented or end in CR LF, which the parser has changed: then its place in
        // the source is not known byte by byte, and the text is put without a way back.
        let source = (&self.raw[range.clone()] == html).then_some(range.start);
        for scrap in self.html.scan(html, 0) {
            match scrap {
                Scrap::Tag(tag) => self.html_tag(tag, range.start),
                Scrap::Text(_) if self.images > 0 => {}
                Scrap::Text(text) => self.html_text(html, text, source),
            }
        }
    }

    fn html_text(&mut self, html: &str, text: Range<usize>, source: Option<usize>) {
        let kind = self.kind();
        for (range, decoded) in entities(&html[text.clone()]) {
            let range = text.start + range.start..text.start + range.end;
            match (source, decoded) {
                (_, Some(decoded)) => self.builder.put(&decoded, kind),
                (Some(start), None) => self.builder.copy(start + range.start..start + range.end, kind),
                (None, None) => self.builder.put(&html[range], kind),
            }
        }
    }

    fn html_tag(&mut self, tag: HtmlTag, at: usize) {
        match tag {
            HtmlTag::Inline => {}
            HtmlTag::LineBreak => self.builder.put("\n", self.kind()),
            HtmlTag::Block => self.boundary(),
            HtmlTag::BlockQuoteStart => {
                self.boundary();
                self.html_quotes += u32::from(at <= self.last_quote_end);
            }
            HtmlTag::BlockQuoteEnd => {
                self.boundary();
                self.html_quotes = self.html_quotes.saturating_sub(1);
            }
        }
    }
}

/// Cuts text at its character entities, each with what it stands for.
fn entities(text: &str) -> Vec<(Range<usize>, Option<String>)> {
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
