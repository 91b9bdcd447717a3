//! The likeliest readings of a cue: which words are its source and which its content.

use crate::learn::crf::{Best, Labelling, Lattice, Marginals};
use crate::learn::features::Sum;
use crate::quotes::learned::arguments::{ArgumentField, Scope};
use crate::quotes::learned::view::View;
use crate::quotes::learned::window::{NO_PROPOSAL, Window};
use std::ops::Range;

/// How many readings of a cue are weighed, beside that of the rules.
pub const READINGS: usize = 4;

/// One way to read a cue.
#[derive(Clone, PartialEq, Debug)]
pub struct Reading {
    /// Tokens, in text order, not touching.
    pub source: Vec<Range<usize>>,
    /// Tokens, in text order, not touching.
    pub content: Vec<Range<usize>>,
    /// Logarithm of the probability of the whole labelling.
    pub log_probability: f32,
    /// The least probability of a part of the source; 0 without one.
    pub least_source: f32,
    pub mean_source: f32,
    pub least_content: f32,
    pub mean_content: f32,
    pub shape: Shape,
}

/// How much of a content is quoted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Shape {
    Quoted,
    Mixed,
    Unquoted,
    Empty,
}

/// The buffers that go from one cue to the next.
#[derive(Debug, Default)]
pub struct ReadingWork {
    lattice: Lattice<5>,
    marginals: Marginals<5>,
    best: Best<5, READINGS>,
}

impl ReadingWork {
    /// The readings of the cue in `scope`, the likeliest first.
    pub fn readings(&mut self, view: &View, scope: &Scope, model: &ArgumentField) -> Vec<Reading> {
        self.lattice.clear();
        for i in 0..scope.window.items.len() {
            let (mut node, mut edge) = (Sum::of(&model.nodes), Sum::of(&model.edges));
            scope.edge(view, i, &mut edge);
            if scope.window.cue.contains(&i) {
                self.lattice.push(node.scores(), edge.scores());
                self.lattice.fix_outside(i);
                continue;
            }
            scope.node(view, i, &mut node);
            self.lattice.push(node.scores(), edge.scores());
        }
        self.marginals.compute(&self.lattice);
        let mut labellings = self.best.find(&self.lattice);
        labellings.extend(self.proposed(&scope.window, &labellings));
        labellings.iter().map(|best| self.reading(view, scope, &best.labels, best.score)).collect()
    }

    /// What the rules propose for the cue, where they propose a content and it isn't among the best.
    fn proposed(&self, window: &Window, best: &[Labelling]) -> Option<Labelling> {
        let labels = &window.proposed;
        let is_new = !labels.contains(&NO_PROPOSAL) && best.iter().all(|best| best.labels != *labels);
        (is_new && labels.contains(&3))
            .then(|| Labelling { score: self.lattice.score(labels), labels: labels.clone() })
    }

    fn reading(&self, view: &View, scope: &Scope, labels: &[u8], score: f32) -> Reading {
        let mut source = Role::default();
        let mut content = Role::default();
        for (i, &label) in labels.iter().enumerate() {
            let item = &scope.window.items[i];
            let marginals = &self.marginals.nodes[i];
            match label {
                1 | 2 => source.add(item.tokens(), marginals[1] + marginals[2]),
                3 | 4 => content.add(item.tokens(), marginals[3] + marginals[4]),
                _ => {}
            }
        }
        Reading {
            log_probability: score - self.marginals.log_total,
            least_source: source.least(),
            mean_source: source.mean(),
            least_content: content.least(),
            mean_content: content.mean(),
            shape: shape(view, &content.tokens),
            source: source.tokens,
            content: content.tokens,
        }
    }
}

/// The tokens of one role and how likely they are.
#[derive(Default)]
struct Role {
    tokens: Vec<Range<usize>>,
    least: f32,
    sum: f32,
    items: u32,
}

impl Role {
    fn add(&mut self, tokens: Range<usize>, probability: f32) {
        self.least = if self.items == 0 { probability } else { self.least.min(probability) };
        self.sum += probability;
        self.items += 1;
        match self.tokens.last_mut() {
            Some(last) if last.end == tokens.start => last.end = tokens.end,
            _ => self.tokens.push(tokens),
        }
    }

    const fn least(&self) -> f32 {
        self.least
    }

    fn mean(&self) -> f32 {
        if self.items == 0 { 0.0 } else { self.sum / self.items as f32 }
    }
}

/// How much of some tokens is quoted.
pub fn shape(view: &View, content: &[Range<usize>]) -> Shape {
    let (mut quoted, mut plain) = (0, 0);
    for i in content.iter().flat_map(|part| part.clone()).filter(|&i| view.is_word(i)) {
        *(if view.region(i) > 0 { &mut quoted } else { &mut plain }) += 1;
    }
    match (quoted, plain) {
        (0, 0) => Shape::Empty,
        (0, _) => Shape::Unquoted,
        (_, 0) => Shape::Quoted,
        _ => Shape::Mixed,
    }
}

/// How many tokens some ranges hold.
pub fn length(ranges: &[Range<usize>]) -> usize {
    ranges.iter().map(Range::len).sum()
}

/// Whether some ranges, in order, hold token `i`.
pub fn holds(ranges: &[Range<usize>], i: usize) -> bool {
    ranges.iter().any(|range| range.contains(&i))
}

/// How many tokens two lists of ranges share.
pub fn shared(a: &[Range<usize>], b: &[Range<usize>]) -> usize {
    a.iter().flat_map(|a| b.iter().map(|b| b.end.min(a.end).saturating_sub(b.start.max(a.start)))).sum()
}
