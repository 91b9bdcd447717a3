//! Markdown to canonical text: the words stay, the markup goes.

use crate::model::ParagraphKind;
use crate::text::builder::{Builder, Canonical};
use crate::text::entities::entities;
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
    last_quote_end: Option<usize>,
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
            last_quote_end: raw.to_ascii_lowercase().rfind("</blockquote"),
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
            HtmlTag::Block
            | HtmlTag::HeadingStart
            | HtmlTag::HeadingEnd
            | HtmlTag::ItemStart
            | HtmlTag::ItemEnd
            | HtmlTag::ListEnd
            | HtmlTag::PreStart
            | HtmlTag::PreEnd => self.boundary(),
            HtmlTag::BlockQuoteStart => {
                self.boundary();
                let is_closed = self.last_quote_end.is_some_and(|end| at < end);
                self.html_quotes += u32::from(is_closed);
            }
            HtmlTag::BlockQuoteEnd => {
                self.boundary();
                self.html_quotes = self.html_quotes.saturating_sub(1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::canonical;
    use crate::model::ParagraphKind::{self, BlockQuote, Body, Bullet, Heading};
    use proptest::prelude::*;

    fn paragraphs(raw: &str) -> Vec<(ParagraphKind, String)> {
        let canonical = canonical(raw);
        let words = |span| canonical.text.slice(span).to_owned();
        canonical.paragraphs.iter().map(|paragraph| (paragraph.kind, words(paragraph.span))).collect()
    }

    fn check(raw: &str, expected: &[(ParagraphKind, &str)]) {
        let expected: Vec<_> = expected.iter().map(|&(kind, words)| (kind, words.to_owned())).collect();
        assert_eq!(paragraphs(raw), expected, "{raw}");
    }

    /// Whether every run is a true copy and every paragraph what the model says it is.
    fn is_true(raw: &str) -> bool {
        let canonical = canonical(raw);
        let text = canonical.text.as_str();
        let copies = canonical.raw_map.runs.iter().all(|run| {
            let (start, from, len) = (run.text_start as usize, run.raw_start as usize, run.len as usize);
            len > 0
                && text.get(start..start + len).is_some_and(|words| raw.get(from..from + len) == Some(words))
        });
        let mut end = 0;
        let paragraphs = canonical.paragraphs.iter().all(|paragraph| {
            let range = paragraph.span.range();
            let gap = &text[end..range.start];
            end = range.end;
            let words = &text[range];
            gap.trim().is_empty() && !words.is_empty() && words.trim() == words
        });
        copies && paragraphs && text[end..].trim().is_empty()
    }

    #[test]
    fn markup_goes_and_words_stay() {
        let raw = "# The *long* road\n\n“We **will**,” said [Ann Reyes](https://x.example), ![a bridge](b.png)\n\
                   `mayor` &amp; ~~friend~~ \\*here\\*.\n\n- One\n- Two\n\n  more\n\n---\n\n> Quoted\n> twice.\n";
        check(
            raw,
            &[
                (Heading, "The long road"),
                (Body, "“We will,” said Ann Reyes, \nmayor & friend *here*."),
                (Bullet, "One"),
                (Bullet, "Two"),
                (Bullet, "more"),
                (BlockQuote, "Quoted\ntwice."),
            ],
        );
        assert!(is_true(raw));
    }

    #[test]
    fn html_block_quotations_are_known() {
        let raw = "Before.\n\n<blockquote class='x'>\n<p>We &ldquo;will&rdquo; stay &nope;.</p>\n\nAll *of* us.\n\n\
                   </blockquote>\n\nAfter<br>all, <b>yes</b>.<!-- no -->\n";
        check(
            raw,
            &[
                (Body, "Before."),
                (BlockQuote, "We “will” stay &nope;."),
                (BlockQuote, "All of us."),
                (Body, "After\nall, yes."),
            ],
        );
        check("<blockquote>\n\nNever closed.\n", &[(Body, "Never closed.")]);
        assert!(is_true(raw));
    }

    #[test]
    fn a_leading_heading_is_the_title() {
        assert_eq!(canonical("# *Bridge* shut\n\nToday.").title.as_deref(), Some("Bridge shut"));
        assert_eq!(canonical("## Bridge shut\n\nToday.").title, None);
        assert_eq!(canonical("Today.\n\n# Bridge shut").title, None);
    }

    #[test]
    fn the_way_back_skips_the_markup() {
        let raw = "A **b** c";
        let canonical = canonical(raw);
        let runs: Vec<_> =
            canonical.raw_map.runs.iter().map(|run| (run.text_start, run.raw_start, run.len)).collect();
        assert_eq!(canonical.text.as_str(), "A b c");
        assert_eq!(runs, [(0, 0, 2), (2, 4, 1), (3, 7, 2)]);
    }

    #[test]
    fn odd_markdown_costs_no_time() {
        for piece in ["> ", "*a ", "[", "<blockquote>", "&a;", "- ", "`", "![", "<!--", "&"] {
            assert!(is_true(&piece.repeat(20_000)), "{piece}");
        }
    }

    proptest! {
        #[test]
        fn any_text_keeps_the_map_true(raw in "(\\PC|[#>*_`&;<!/\\[\\]() \n\r-]|<blockquote>|</p>|<br>|&amp;|\n\n> |\n- ){0,60}") {
            prop_assert!(is_true(&raw), "{}", raw);
        }
    }
}
