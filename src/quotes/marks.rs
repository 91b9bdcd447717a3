//! Finds what stands between quotation marks: a small stack machine over each paragraph.
//!
//! Straight marks are told apart by their neighbours, apostrophes and inch marks are passed over,
//! and a mark without its partner costs at most its own paragraph.

use crate::model::{ParagraphKind, TokenKind};
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

/// What a mark can do where it stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Role {
    Open,
    Close,
    Neither,
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

/// How many tokens away a single mark looks for its partner.
const PARTNER_WITHIN: usize = 400;

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
        paragraph_regions(tagged, start..token, index as u32, left_open, &mut regions);
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
fn paragraph_regions(
    tagged: &Tagged,
    tokens: Range<usize>,
    paragraph: u32,
    mut left_open: Option<Style>,
    regions: &mut Vec<Region>,
) {
    let first = regions.len();
    let mut stack: Vec<Open> = Vec::new();
    for i in tokens.clone() {
        if tagged.tokens[i].kind != TokenKind::Mark {
            continue;
        }
        let (style, role) = role(tagged, i, &tokens, &stack);
        match role {
            Role::Open if stack.len() < DEEPEST => stack.push(Open { token: i, style }),
            Role::Open => {}
            Role::Close => {
                let at = stack.iter().rposition(|open| open.style == style);
                if let Some(at) = at {
                    push_region(tagged, regions, stack[at].token..i + 1, Ending::Mark, style, paragraph);
                    stack.truncate(at);
                } else if left_open == Some(style) {
                    push_region(tagged, regions, tokens.start..i + 1, Ending::Mark, style, paragraph);
                    regions[first].inside.start = tokens.start;
                }
            }
            Role::Neither => continue,
        }
        left_open = None;
    }
    let mut rest = tokens.end;
    for open in stack.into_iter().rev() {
        // A single mark without its partner is an apostrophe, not a quotation.
        if open.style == Style::Single || open.token + 1 >= rest {
            continue;
        }
        // One forgotten mark must not swallow the quotations that follow it.
        let next = regions[first..]
            .iter()
            .map(|region| region.tokens.start)
            .filter(|&start| start > open.token)
            .min();
        let end = next.unwrap_or(tokens.end).min(rest);
        push_region(tagged, regions, open.token..end, Ending::Open, open.style, paragraph);
        rest = open.token;
    }
}

fn push_region(
    tagged: &Tagged,
    regions: &mut Vec<Region>,
    tokens: Range<usize>,
    ending: Ending,
    style: Style,
    paragraph: u32,
) {
    let inside_end = if ending == Ending::Mark { tokens.end - 1 } else { tokens.end };
    regions.push(Region {
        span: tagged.span(tokens.clone()),
        inside: (tokens.start + 1).min(inside_end)..inside_end,
        tokens,
        paragraph,
        closed: ending == Ending::Mark,
        depth: 0,
        style,
        continues: false,
    });
}

fn role(tagged: &Tagged, i: usize, tokens: &Range<usize>, stack: &[Open]) -> (Style, Role) {
    let mark = tagged.text(i);
    let is_open = |style: Style| stack.iter().any(|open| open.style == style);
    let top = stack.last().map(|open| open.style);
    let sides = Sides::of(tagged, i, tokens);
    match mark {
        "“" if top == Some(Style::Low) => (Style::Low, Role::Close),
        "“" | "``" if is_open(Style::Double) && sides.ends() => (Style::Double, Role::Close),
        "“" | "``" => (Style::Double, Role::Open),
        "”" if is_open(Style::Low) && !is_open(Style::Double) => (Style::Low, Role::Close),
        "”" if !is_open(Style::Double) && sides.starts() => (Style::Double, Role::Open),
        "”" => (Style::Double, Role::Close),
        "\"" | "''" | "＂" => {
            let open = is_open(Style::Double);
            let inches = sides.measures && (!open || closes_later(tagged, i, tokens));
            (Style::Double, if inches { Role::Neither } else { straight(sides, open) })
        }
        "„" => (Style::Low, Role::Open),
        "‚" => (Style::Low, if sides.starts() { Role::Open } else { Role::Neither }),
        "«" | "‹" if is_open(Style::Angle) && sides.ends() => (Style::Angle, Role::Close),
        "«" | "‹" => (Style::Angle, Role::Open),
        "»" | "›" if !is_open(Style::Angle) && sides.starts() => (Style::Angle, Role::Open),
        "»" | "›" => (Style::Angle, Role::Close),
        "「" | "『" => (Style::Corner, Role::Open),
        "」" | "』" => (Style::Corner, Role::Close),
        "‘" if top == Some(Style::Low) && sides.ends() => (Style::Low, Role::Close),
        "‘" | "'" | "’" => (Style::Single, single(tagged, i, tokens, sides, is_open(Style::Single))),
        _ => (Style::Double, Role::Neither),
    }
}

fn straight(sides: Sides, open: bool) -> Role {
    match (sides.starts(), sides.ends()) {
        (true, false) => Role::Open,
        (false, true) => Role::Close,
        _ if open => Role::Close,
        _ => Role::Open,
    }
}

/// «"The pipe is 6" wide," she said.»: whether the next straight mark closes too, so that this one
/// can be an inch mark.
fn closes_later(tagged: &Tagged, i: usize, tokens: &Range<usize>) -> bool {
    let next = (i + 1..tokens.end.min(i + PARTNER_WITHIN)).find(|&j| tagged.is_mark(j, tagged.text(i)));
    next.is_some_and(|next| Sides::of(tagged, next, tokens).ends())
}

/// Single marks: an opening one needs a left edge and a partner; the rest are apostrophes.
fn single(tagged: &Tagged, i: usize, tokens: &Range<usize>, sides: Sides, open: bool) -> Role {
    if sides.measures {
        return Role::Neither;
    }
    if open && sides.ends() && tagged.text(i) != "‘" {
        return if is_plural_possessive(tagged, i, tokens) { Role::Neither } else { Role::Close };
    }
    let opens = match tagged.text(i) {
        "‘" => sides.left_edge,
        "'" => sides.starts(),
        _ => false,
    };
    if opens && has_partner(tagged, i, tokens) { Role::Open } else { Role::Neither }
}

/// «the farmers’ market»: an s before, a small letter after, and a later mark that can close.
fn is_plural_possessive(tagged: &Tagged, i: usize, tokens: &Range<usize>) -> bool {
    let after_s = i > tokens.start && tagged.text(i - 1).ends_with(['s', 'S']);
    let before_word = i + 1 < tokens.end
        && tagged.is_word(i + 1)
        && tagged.text(i + 1).starts_with(char::is_lowercase)
        && tagged.verb_group(i + 1).is_none();
    after_s && before_word && has_partner(tagged, i, tokens)
}

/// Whether a single mark that can close stands after token `i`, before the next that can open.
fn has_partner(tagged: &Tagged, i: usize, tokens: &Range<usize>) -> bool {
    for j in i + 1..tokens.end.min(i + PARTNER_WITHIN) {
        if tagged.tokens[j].kind != TokenKind::Mark || !matches!(tagged.text(j), "'" | "’" | "‘") {
            continue;
        }
        let sides = Sides::of(tagged, j, tokens);
        if sides.measures {
            continue;
        }
        if tagged.text(j) != "‘" && sides.ends() {
            return true;
        }
        if tagged.text(j) == "‘" || sides.starts() {
            return false;
        }
    }
    false
}

/// What stands on the two sides of a mark.
#[derive(Clone, Copy, Debug)]
struct Sides {
    /// White space, the paragraph's edge or an opening bracket, mark or dash before it.
    left_edge: bool,
    /// The same after it, or closing punctuation.
    right_edge: bool,
    /// A digit before it: feet or inches.
    measures: bool,
}

impl Sides {
    fn of(tagged: &Tagged, i: usize, tokens: &Range<usize>) -> Self {
        let text = tagged.document.text.as_str();
        let span = tagged.tokens[i].span;
        let before = text[..span.range().start].chars().next_back();
        let after = text[span.range().end..].chars().next();
        let left_edge =
            i == tokens.start || before.is_none_or(|c| c.is_whitespace() || "([{—–-‘'“\"„«‹/".contains(c));
        let right_edge = i + 1 == tokens.end
            || after.is_none_or(|c| c.is_whitespace() || ".,;:!?)]}—–-’'”\"»›/…".contains(c));
        let is_measure_mark = matches!(&text[span.range()], "'" | "\"" | "’" | "”" | "''");
        let measures = is_measure_mark
            && before.is_some_and(|c| c.is_ascii_digit())
            && !after.is_some_and(char::is_alphabetic);
        Self { left_edge, right_edge, measures }
    }

    fn starts(self) -> bool {
        self.left_edge && !self.right_edge
    }

    fn ends(self) -> bool {
        self.right_edge && !self.left_edge
    }
}
