//! What a model looks at around a cue: its paragraph as items, each quotation beside it made one.

use crate::quotes::learned::hints::Hints;
use crate::quotes::learned::view::{Clue, EDGE, Kind, View};
use std::ops::Range;

/// At most this many items on either side.
const REACH: usize = 50;

/// A signature («— Reyes») has its cue within this many tokens of the start of its paragraph.
const SIGNATURE: usize = 3;

/// A token, or a whole quotation that doesn't hold the cue.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    pub start: u32,
    /// One past the last token.
    pub end: u32,
    pub clue: Clue,
    pub sentence: u32,
    pub paragraph: u32,
    /// Index of the quotation that holds it, plus one.
    pub region: u32,
    /// Whether it belongs to a likely cue.
    pub in_cue: bool,
    pub is_quotation: bool,
}

impl Item {
    pub const fn tokens(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The items around a cue, kept to be used again for the next one.
#[derive(Debug, Default)]
pub struct Window {
    pub items: Vec<Item>,
    /// The items of the cue.
    pub cue: Range<usize>,
    /// One an item: its label in what the rules propose for the cue; 5 where they propose nothing.
    pub proposed: Vec<u8>,
}

/// What the rules propose where they propose nothing.
pub const NO_PROPOSAL: u8 = 5;

impl Window {
    /// Fills the window of the cue at tokens `cue`. `likely` says of each token whether it belongs to a likely cue.
    pub fn fill(&mut self, view: &View, hints: &Hints, cue: &Range<usize>, likely: &[bool]) {
        let extent = extent(view, cue);
        let region = view.region(cue.start);
        self.items.clear();
        let mut i = cue.start;
        while i > extent.start && self.items.len() < REACH {
            let item = item(view, i - 1, &extent, region, likely);
            i = item.start as usize;
            self.items.push(item);
        }
        self.items.reverse();
        let first = self.items.len();
        self.items.extend(cue.clone().map(|i| token(view, i, likely)));
        self.cue = first..self.items.len();
        let mut i = cue.end;
        while i < extent.end && self.items.len() < self.cue.end + REACH {
            let item = item(view, i, &extent, region, likely);
            i = item.end as usize;
            self.items.push(item);
        }
        self.propose(hints, cue);
    }

    fn propose(&mut self, hints: &Hints, cue: &Range<usize>) {
        self.proposed.clear();
        let Some(proposal) = hints.proposal(cue.start, cue.end) else {
            self.proposed.resize(self.items.len(), NO_PROPOSAL);
            return;
        };
        let source = proposal.subject.as_ref().map(|subject| subject.tokens.clone());
        let mut before = 0;
        for (index, item) in self.items.iter().enumerate() {
            let middle = ((item.start + item.end) / 2) as usize;
            let base = if self.cue.contains(&index) {
                0
            } else if proposal.parts.iter().any(|part| part.contains(&middle)) {
                3
            } else if source.as_ref().is_some_and(|source| source.contains(&middle)) {
                1
            } else {
                0
            };
            let goes_on = base > 0 && (before == base || before == base + 1);
            before = base + u8::from(goes_on);
            self.proposed.push(before);
        }
    }

    /// The clue of item `i`, or [`EDGE`] beyond the window.
    #[inline]
    pub fn clue(&self, i: isize) -> &Clue {
        usize::try_from(i).ok().and_then(|i| self.items.get(i)).map_or(&EDGE, |item| &item.clue)
    }
}

/// The tokens that a cue may have its source and content among: its paragraph, the next one where that is
/// announced by a colon, and the one before where this is its signature.
fn extent(view: &View, cue: &Range<usize>) -> Range<usize> {
    let paragraph = view.paragraph(cue.start) as usize;
    let mut extent = view.paragraphs[paragraph].clone();
    let last = (cue.end..extent.end).rev().take(REACH).find(|&i| view.clues[i].kind != Kind::Mark);
    let announces = view.tagged().is_mark(last.unwrap_or(cue.end - 1), ":");
    if let Some(next) = view.paragraphs.get(paragraph + 1).filter(|_| announces) {
        extent.end = next.end;
    }
    let signs = cue.start - extent.start <= SIGNATURE && view.clues[extent.start].kind == Kind::Colon;
    if signs && paragraph > 0 {
        extent.start = view.paragraphs[paragraph - 1].start;
    }
    extent.start.min(cue.start)..extent.end.max(cue.end)
}

fn token(view: &View, i: usize, likely: &[bool]) -> Item {
    Item {
        start: i as u32,
        end: i as u32 + 1,
        clue: view.clues[i],
        sentence: view.sentence(i),
        paragraph: view.paragraph(i),
        region: view.region(i),
        in_cue: likely[i],
        is_quotation: false,
    }
}

/// The item that holds token `i`: the token, or the quotation around it unless it is the cue's own.
fn item(view: &View, i: usize, extent: &Range<usize>, own: u32, likely: &[bool]) -> Item {
    let single = token(view, i, likely);
    match view.scene.region(i) {
        Some(region) if single.region != own => {
            let start = region.tokens.start.max(extent.start);
            let first = token(view, start, likely);
            Item {
                end: region.tokens.end.min(extent.end) as u32,
                clue: Clue { kind: Kind::Quotation, ..QUOTATION },
                is_quotation: true,
                in_cue: false,
                ..first
            }
        }
        _ => single,
    }
}

/// The clue of a quotation as a whole.
const QUOTATION: Clue = Clue { word: 4, lemma: 4, pos: 62, ..EDGE };
