//! Finds what stands between quotation marks: a small stack machine over each paragraph.
//!
//! Straight marks are told apart by their neighbours, apostrophes and inch marks are passed over,
//! and a mark without its partner costs at most its own paragraph.

mod roles;

use crate::model::{ParagraphKind, TokenKind};
use crate::quotes::marks::roles::Role;
use crate::span::Span;
use crate::tagging::Tagged;
use std::ops::Range;

/// A stretch of text between quotation marks, the marks included.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Region {
    pub span: Span,
    /// The tokens from the opening to the closing mark.
    pub tokens: Range<usize>,
    /// The tokens between the marks.
    pub inside: Range<usize>,
    /// Index into [`crate::model::Document::paragraphs`].
    pub paragraph: u32,
    /// Whether the closing mark was found.
    pub closed: bool,
    /// How many regions it stands inside of.
    pub depth: u32,
    pub style: Style,
    /// Whether it goes on from the paragraph before, which left its quotation open.
    pub continues: bool,
}

/// The pair of marks around a region.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// “…”, "…", ``…'', ''…''
    Double,
    /// ‘…’, '…'
    Single,
    /// «…», ‹…›
    Angle,
    /// „…“, ‚…‘
    Low,
    /// 「…」, 『…』
    Corner,
    /// A block quotation, which has no marks.
    Block,
}

struct Open {
    token: usize,
    style: Style,
}

/// How a region ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Mark,
    /// Its closing mark is missing.
    Open,
}

/// Marks nested deeper than this open nothing; it bounds the work on hostile text.
const DEEPEST: usize = 16;

/// The regions of a text, in the order of their opening marks.
pub fn regions(tagged: &Tagged) -> Vec<Region> {
    let mut regions = Vec::new();
    let mut left_open = None;
    let mut token = 0;
    for (index, paragraph) in tagged.document.paragraphs.iter().enumerate() {
        let start = token;
        while token < tagged.tokens.len() && tagged.tokens[token].span.end() <= paragraph.span.end() {
            token += 1;
        }
        if start == token {
            continue;
        }
        let first = regions.len();
        let scan = Scan { tagged, tokens: start..token, paragraph: index as u32 };
        paragraph_regions(&scan, left_open, &mut regions);
        regions[first..].sort_by_key(|region| (region.tokens.start, std::cmp::Reverse(region.tokens.end)));
        set_depths(&mut regions[first..]);
        if paragraph.kind == ParagraphKind::BlockQuote && !covers_most(&regions[first..], start..token) {
            regions.truncate(first);
            regions.push(block(tagged, start..token, index as u32));
        }
        if let Some(region) = regions.get_mut(first).filter(|region| region.tokens.start == start) {
            region.continues = left_open == Some(region.style);
        }
        left_open = open_at_end(tagged, &regions[first..], start..token);
    }
    regions
}

/// The style of the quotation that a paragraph leaves open for the next one.
fn open_at_end(tagged: &Tagged, regions: &[Region], tokens: Range<usize>) -> Option<Style> {
    let last = regions.iter().rev().find(|region| region.depth == 0)?;
    let open = !last.closed && last.tokens.end == tokens.end;
    (open && tagged.tokens[tokens.end - 1].kind != TokenKind::Mark).then_some(last.style)
}

fn covers_most(regions: &[Region], tokens: Range<usize>) -> bool {
    let covered: usize =
        regions.iter().filter(|region| region.depth == 0).map(|region| region.tokens.len()).sum();
    covered * 2 > tokens.len()
}

fn block(tagged: &Tagged, tokens: Range<usize>, paragraph: u32) -> Region {
    Region {
        span: tagged.span(tokens.clone()),
        inside: tokens.clone(),
        tokens,
        paragraph,
        closed: true,
        depth: 0,
        style: Style::Block,
        continues: false,
    }
}

fn set_depths(regions: &mut [Region]) {
    let mut open: Vec<usize> = Vec::new();
    for region in regions {
        open.retain(|&end| end > region.tokens.start);
        region.depth = open.len() as u32;
        open.push(region.tokens.end);
    }
}

/// The regions of one paragraph; `left_open` is the style of the quotation that the one before
/// left open, which may close here without an opening mark of its own.
fn paragraph_regions(scan: &Scan, mut left_open: Option<Style>, regions: &mut Vec<Region>) {
    let first = regions.len();
    let mut stack: Vec<Open> = Vec::new();
    for i in scan.tokens.clone() {
        let Some((style, role)) = roles::role(scan.tagged, i, &scan.tokens, &stack) else { continue };
        match role {
            Role::Open if stack.len() < DEEPEST => stack.push(Open { token: i, style }),
            Role::Open => {}
            Role::Close => match stack.iter().rposition(|open| open.style == style) {
                Some(at) => {
                    regions.push(scan.region(stack[at].token..i + 1, Ending::Mark, style));
                    stack.truncate(at);
                }
                None if left_open == Some(style) => {
                    let region = scan.region(scan.tokens.start..i + 1, Ending::Mark, style);
                    regions.push(Region { inside: scan.tokens.start..i, ..region });
                }
                None => {}
            },
        }
        left_open = None;
    }
    add_unclosed(scan, stack, first, regions);
}

/// Adds the regions whose closing mark is missing: each ends where the next one begins, so that
/// one forgotten mark doesn't swallow the quotations that follow it.
fn add_unclosed(scan: &Scan, stack: Vec<Open>, first: usize, regions: &mut Vec<Region>) {
    let mut rest = scan.tokens.end;
    for open in stack.into_iter().rev() {
        // A single mark without its partner is an apostrophe, not a quotation.
        if open.style == Style::Single || open.token + 1 >= rest {
            continue;
        }
        let starts = regions[first..].iter().map(|region| region.tokens.start);
        let next = starts.filter(|&start| start > open.token).min();
        let end = next.unwrap_or(rest).min(rest);
        regions.push(scan.region(open.token..end, Ending::Open, open.style));
        rest = open.token;
    }
}

/// The paragraph that is scanned.
struct Scan<'a> {
    tagged: &'a Tagged<'a>,
    tokens: Range<usize>,
    paragraph: u32,
}

impl Scan<'_> {
    fn region(&self, tokens: Range<usize>, ending: Ending, style: Style) -> Region {
        let inside_end = if ending == Ending::Mark { tokens.end - 1 } else { tokens.end };
        Region {
            span: self.tagged.span(tokens.clone()),
            inside: (tokens.start + 1).min(inside_end)..inside_end,
            tokens,
            paragraph: self.paragraph,
            closed: ending == Ending::Mark,
            depth: 0,
            style,
            continues: false,
        }
    }
}
