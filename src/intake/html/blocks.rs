//! A page's text as a list of paragraphs, and back to a small, clean page.

use crate::intake::html::furniture::{Place, next};
use crate::model::ParagraphKind;
use dom_query::{NodeId, NodeRef};

/// How many elements around a paragraph are remembered.
pub const PATH: usize = 12;

/// A paragraph of a page.
#[derive(Clone, PartialEq, Debug)]
pub struct Block {
    pub kind: ParagraphKind,
    /// White space collapsed; `<br>` is a line feed.
    pub text: String,
    /// Bytes of the text that stand in links.
    pub links: usize,
    /// The elements around it, the outermost first; at most the [`PATH`] innermost.
    pub path: Vec<NodeId>,
    /// Whether the page itself marks it as the article's (`itemprop="articleBody"`).
    pub is_marked: bool,
}

/// Elements that stand in a line.
const INLINE: [&str; 40] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "label", "mark", "nobr", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "o:p",
];

/// Cuts the text below `root` into paragraphs.
pub fn blocks(root: NodeRef) -> Vec<Block> {
    let mut cutter = Cutter::default();
    let mut place = Some(Place::Enter(root));
    while let Some(at) = place {
        match at {
            Place::Enter(node) if node.is_text() => cutter.text(&node.text()),
            Place::Enter(node) => cutter.tag(&node, 1),
            Place::Leave(node) => cutter.tag(&node, -1),
        }
        place = next(at, &root);
    }
    cutter.boundary();
    cutter.blocks
}

/// Writes paragraphs as a fragment of HTML, one a line.
pub fn fragment(blocks: &[Block]) -> String {
    let mut html = String::new();
    for block in blocks {
        push(&mut html, block.kind, &block.text);
    }
    html
}

/// Adds a paragraph to a fragment of HTML.
pub fn push(html: &mut String, kind: ParagraphKind, text: &str) {
    let (start, end) = match kind {
        ParagraphKind::Body => ("<p>", "</p>\n"),
        ParagraphKind::Heading => ("<h2>", "</h2>\n"),
        ParagraphKind::Bullet => ("<li>", "</li>\n"),
        ParagraphKind::BlockQuote => ("<blockquote>", "</blockquote>\n"),
    };
    html.push_str(start);
    push_escaped(html, text);
    html.push_str(end);
}

/// Writes text as HTML, line feeds as `<br>`.
fn push_escaped(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '\n' => html.push_str("<br>"),
            c => html.push(c),
        }
    }
}

/// What stands around the text that comes next: how many open elements of each sort.
#[derive(Default)]
struct Cutter {
    blocks: Vec<Block>,
    text: String,
    linked: usize,
    path: Vec<NodeId>,
    headings: i32,
    quotes: i32,
    items: i32,
    pre: i32,
    links: i32,
    marked: i32,
    space: bool,
    breaks: u32,
}

impl Cutter {
    fn tag(&mut self, node: &NodeRef, step: i32) {
        let Some(name) = node.node_name() else { return };
        let name: &str = &name;
        let is_body = node
            .attr("itemprop")
            .is_some_and(|value| value.split_whitespace().any(|one| one == "articleBody"));
        if !INLINE.contains(&name) && name != "br" {
            self.boundary();
        }
        match name {
            "br" if step > 0 => self.breaks += 1,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.headings += step,
            "blockquote" => self.quotes += step,
            "li" => self.items += step,
            "pre" => self.pre += step,
            "a" => self.links += step,
            _ => {}
        }
        self.marked += if is_body { step } else { 0 };
        if step > 0 {
            self.path.push(node.id);
        } else {
            self.path.pop();
        }
    }

    fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
                '\n' if self.pre > 0 => self.breaks = 1,
                ' ' | '\t' | '\n' | '\r' | '\x0c' => self.space = true,
                c if c.is_control() => {}
                c => self.push(c),
            }
        }
    }

    fn push(&mut self, c: char) {
        let (breaks, space) = (std::mem::take(&mut self.breaks), std::mem::take(&mut self.space));
        if breaks > 1 {
            self.boundary();
        }
        let start = self.text.len();
        match breaks {
            _ if self.text.is_empty() => {}
            0 if space => self.text.push(' '),
            0 => {}
            _ => self.text.push('\n'),
        }
        self.text.push(c);
        if self.links > 0 {
            self.linked += self.text.len() - start;
        }
    }

    fn boundary(&mut self) {
        self.space = false;
        self.breaks = 0;
        let links = std::mem::take(&mut self.linked);
        let text = std::mem::take(&mut self.text);
        if text.trim().is_empty() {
            return;
        }
        let kind = match self {
            Self { headings: 1.., .. } => ParagraphKind::Heading,
            Self { quotes: 1.., .. } => ParagraphKind::BlockQuote,
            Self { items: 1.., .. } => ParagraphKind::Bullet,
            _ => ParagraphKind::Body,
        };
        let is_marked = self.marked > 0;
        let path = self.path[self.path.len().saturating_sub(PATH)..].to_vec();
        self.blocks.push(Block { kind, text, links, path, is_marked });
    }
}
