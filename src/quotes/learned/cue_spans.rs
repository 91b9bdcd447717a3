//! Finds the spans that may be cues: a conditional random field over each sentence.

use crate::learn::crf::{Crf, Lattice, Marginals};
use crate::learn::features::{Features, Sum};

use crate::model::Sentence;
use crate::quotes::learned::hints::Hints;
use crate::quotes::learned::view::{Clue, Kind, Quoted, View};
use crate::tagging::chunks::Voice;
use std::ops::Range;

/// Outside, begin, inside.
pub type CueField = Crf<3, 4, 16>;

/// Spans less likely than this aren't looked at further.
const LEAST: f32 = 0.1;

/// A span that may be a cue.
#[derive(Clone, PartialEq, Debug)]
pub struct CueSpan {
    pub tokens: Range<usize>,
    /// How likely it is that a cue begins there, 0 to 1.
    pub probability: f32,
}

/// The buffers that go from one sentence to the next.
#[derive(Debug, Default)]
pub struct CueWork {
    lattice: Lattice<3>,
    marginals: Marginals<3>,
}

/// The cue spans of a text, in order, not overlapping.
pub fn cue_spans(view: &View, hints: &Hints, model: &CueField) -> Vec<CueSpan> {
    let mut work = CueWork::default();
    let mut found = Vec::new();
    for tokens in view.tagged().sentences.iter().flat_map(pieces) {
        let place = Place::new(view, hints, tokens);
        work.lattice.clear();
        for i in place.tokens.clone() {
            let (mut node, mut edge) = (Sum::of(&model.nodes), Sum::of(&model.edges));
            place.node(i, &mut node);
            place.edge(i, &mut edge);
            work.lattice.push(node.scores(), edge.scores());
        }
        work.marginals.compute(&work.lattice);
        likely_spans(&place.tokens, &work.marginals, &mut found);
    }
    found
}

/// A longer sentence is read in pieces; it bounds the memory that a text without stops takes.
const LONGEST: usize = 1000;

/// The tokens of a sentence, cut where it is longer than any that a person would write.
fn pieces(sentence: &Sentence) -> impl Iterator<Item = Range<usize>> + use<> {
    let (start, end) = (sentence.tokens.start as usize, sentence.tokens.end as usize);
    (start..end).step_by(LONGEST).map(move |from| from..end.min(from + LONGEST))
}

/// Appends the spans of one sentence; of two that overlap the likelier stays and takes over the other's share.
fn likely_spans(tokens: &Range<usize>, marginals: &Marginals<3>, found: &mut Vec<CueSpan>) {
    let first = found.len();
    for at in 0..tokens.len() {
        let probability = marginals.nodes[at][1];
        if probability < LEAST {
            continue;
        }
        let mut end = at + 1;
        while end < tokens.len() && marginals.given(end, if end == at + 1 { 1 } else { 2 }, 2) >= 0.5 {
            end += 1;
        }
        let span = CueSpan { tokens: tokens.start + at..tokens.start + end, probability };
        match found[first..].last_mut() {
            Some(before) if before.tokens.end > span.tokens.start => {
                let sum = (before.probability + probability).min(1.0);
                if probability > before.probability {
                    *before = span;
                }
                before.probability = sum;
            }
            _ => found.push(span),
        }
    }
}

/// A number by its size, coarser the larger it is.
pub const fn bucket(n: usize) -> u32 {
    match n {
        0..=4 => n as u32,
        5..=6 => 5,
        7..=9 => 6,
        10..=14 => 7,
        15..=24 => 8,
        25..=39 => 9,
        _ => 10,
    }
}

/// A sentence, with the distances to quotation marks in it.
pub struct Place<'a> {
    view: &'a View<'a>,
    hints: &'a Hints,
    pub tokens: Range<usize>,
    /// One a token: tokens to the next opening mark, at most 99.
    next_quotation: Vec<u8>,
    /// One a token: tokens since the last closing mark, at most 99.
    last_quotation: Vec<u8>,
    /// Whether some, or all, of it is quoted.
    quotations: u32,
}

impl<'a> Place<'a> {
    pub fn new(view: &'a View<'a>, hints: &'a Hints, tokens: Range<usize>) -> Self {
        let quoted = |i: usize| view.clues[i].quoted;
        let mut next_quotation = vec![99; tokens.len()];
        let mut distance = 99;
        for (at, i) in tokens.clone().enumerate().rev() {
            distance = if quoted(i) == Quoted::Opens { 0 } else { 99.min(distance + 1) };
            next_quotation[at] = distance;
        }
        let mut distance = 99;
        let ends = |i: usize| matches!(quoted(i), Quoted::Closes | Quoted::Ends);
        let after = |i: usize| {
            distance = if ends(i) { 0 } else { 99.min(distance + 1) };
            distance
        };
        let last_quotation = tokens.clone().map(after).collect();
        let any = tokens.clone().any(|i| quoted(i) != Quoted::No);
        let all = tokens
            .clone()
            .all(|i| quoted(i) != Quoted::No || matches!(view.clues[i].kind, Kind::Stop | Kind::Mark));
        let quotations = u32::from(any) + 2 * u32::from(all);
        Self { view, hints, tokens, next_quotation, last_quotation, quotations }
    }

    #[inline]
    fn clue(&self, i: usize, offset: isize) -> &Clue {
        self.view.within(self.tokens.start, self.tokens.end, i as isize + offset)
    }

    /// The features of a label at token `i`.
    pub fn node(&self, i: usize, out: &mut impl Features) {
        out.bias(1);
        self.add_words(i, out);
        self.add_quotations(i, out);
        self.add_tables(i, out);
        match self.view.verb_group(i) {
            Some(_) => self.add_verb_group(i, out),
            None => self.add_nominal(i, out),
        }
    }

    fn add_words(&self, i: usize, out: &mut impl Features) {
        let [p2, p1, c, n1, n2] = [-2, -1, 0, 1, 2].map(|offset| *self.clue(i, offset));
        for (offset, clue) in [p2, p1, c, n1, n2].into_iter().enumerate() {
            out.one(10 + offset as u32, clue.word);
            out.one(20 + offset as u32, clue.pos);
        }
        for (offset, clue) in [p1, c, n1].into_iter().enumerate() {
            out.one(30 + offset as u32, clue.lemma);
        }
        for (offset, [a, b]) in [[p2, p1], [p1, c], [c, n1], [n1, n2]].into_iter().enumerate() {
            out.two(40 + offset as u32, a.pos, b.pos);
        }
        out.two(50, p1.word, c.word);
        out.two(51, c.word, n1.word);
        out.two(52, c.lemma, n1.pos);
        out.two(53, c.lemma, p1.pos);
        out.two(54, c.lemma, c.pos);
        out.three(55, p1.pos, c.pos, n1.pos);
        out.three(56, c.pos, n1.pos, n2.pos);
        out.one(62, c.shape);
        out.one(63, c.ending);
        let at = i - self.tokens.start;
        out.two(77, bucket(at), c.pos);
        out.two(78, bucket(self.tokens.len() - 1 - at), c.pos);
    }

    fn add_quotations(&self, i: usize, out: &mut impl Features) {
        let at = i - self.tokens.start;
        let here = self.clue(i, 0);
        let next = self.clue(i, 1).quoted as u32 * 16 + self.clue(i, 2).quoted as u32;
        let inside = u32::from(here.quoted != Quoted::No) * 16;
        out.one(66, here.quoted as u32);
        out.two(67, here.quoted as u32, here.lemma);
        out.two(70, next, here.lemma);
        out.one(71, inside + bucket(self.next_quotation[at].into()));
        out.one(72, inside + bucket(self.last_quotation[at].into()));
        out.two(73, here.lemma, self.quotations);
        out.one(74, self.quotations);
    }

    /// What the tables and the rules of cues say.
    fn add_tables(&self, i: usize, out: &mut impl Features) {
        let here = self.clue(i, 0);
        let role = self.hints.role(i) as u32;
        out.two(120, role, self.hints.role(i + 1) as u32);
        out.two(121, role, here.pos);
        if here.cue_class > 0 {
            out.two(122, here.cue_class, role);
            out.two(123, here.cue_class, here.pos);
            out.three(124, here.cue_class, self.clue(i, 1).pos, self.clue(i, 1).quoted as u32);
        }
    }

    fn add_verb_group(&self, i: usize, out: &mut impl Features) {
        let Some(group) = self.view.verb_group(i) else { return };
        let place = u32::from(i == group.start) + 2 * u32::from(i == group.head);
        let head = &self.view.clues[group.head];
        let after = group.end as isize - i as isize;
        let (next, second) = (self.clue(i, after), self.clue(i, after + 1));
        let before = self.clue(i, group.start as isize - i as isize - 1);
        out.one(80, head.lemma);
        out.two(81, head.lemma, place);
        out.two(82, head.lemma, next.word);
        out.two(83, head.lemma, next.pos);
        out.three(84, head.lemma, u32::from(group.voice == Voice::Passive), place);
        out.two(86, next.word, place);
        out.three(88, head.lemma, before.pos, place);
        let (subject, comma) = self.subject(group.start);
        out.three(91, subject, head.lemma, comma);
        out.three(92, head.lemma, next.word, second.word);
        out.three(93, head.lemma, next.pos, second.pos);
        out.three(94, head.lemma, next.quoted as u32, second.quoted as u32);
        if head.cue_class > 0 {
            out.three(125, head.cue_class, place, next.pos);
            out.three(126, head.cue_class, subject, place);
        }
    }

    /// The noun, name or pronoun before token `start`, and whether a comma stands between.
    fn subject(&self, start: usize) -> (u32, u32) {
        let mut comma = 0;
        for i in (self.tokens.start..start).rev().take(8) {
            let clue = &self.view.clues[i];
            match clue.kind {
                Kind::Noun => return (clue.lemma, comma),
                Kind::Name | Kind::Pronoun => return (clue.pos, comma),
                Kind::Comma => comma = 1,
                _ => {}
            }
        }
        (0, comma)
    }

    fn add_nominal(&self, i: usize, out: &mut impl Features) {
        let earlier = (self.tokens.start..i).rev().take(6).enumerate();
        let verb = earlier.into_iter().find_map(|(steps, j)| Some((steps, self.view.verb_group(j)?.head)));
        if let Some((steps, head)) = verb {
            out.two(96, self.view.clues[head].lemma, steps.min(3) as u32);
        }
        if let Some(chunk) = self.view.noun_chunk(i) {
            let last = u32::from(i + 1 == chunk.end);
            let lemma = self.view.clues[chunk.end - 1].lemma;
            let next = self.clue(i, chunk.end as isize - i as isize);
            out.two(100, lemma, last);
            out.three(101, lemma, next.pos, last);
        }
    }

    /// The features of a pair of labels, of the token before and of token `i`.
    pub fn edge(&self, i: usize, out: &mut impl Features) {
        let (before, here) = (self.clue(i, -1), self.clue(i, 0));
        let group = self.view.verb_group(i);
        out.bias(2);
        out.one(201, here.word);
        out.one(202, here.pos);
        out.one(203, before.word);
        out.one(204, before.pos);
        out.two(205, before.pos, here.pos);
        out.two(206, before.lemma, here.lemma);
        out.two(208, here.quoted as u32, before.quoted as u32);
        out.two(210, self.hints.role(i) as u32, u32::from(group.is_some()));
        if let Some(group) = group {
            out.two(209, self.view.clues[group.head].lemma, u32::from(i == group.start));
        }
    }
}
