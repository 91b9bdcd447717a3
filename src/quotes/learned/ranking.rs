//! Chooses among the readings of a cue by what a chain of labels can't see: whole spans.

use crate::learn::features::Features;
use crate::learn::hash::mix;
use crate::learn::linear::Linear;
use crate::learn::math::logit;
use crate::quotes::learned::cue_spans::{CueSpan, bucket};
use crate::quotes::learned::hints::Hints;
use crate::quotes::learned::reading::{Reading, length, shared};
use crate::quotes::learned::view::{Clue, Kind, Quoted, View};
use std::ops::Range;

/// The index of the best reading and its score; `None` where there is none.
pub fn best(
    view: &View,
    hints: &Hints,
    cue: &CueSpan,
    readings: &[Reading],
    likely: &[bool],
    model: &Linear,
) -> Option<(usize, f32)> {
    let mut features = Vec::new();
    let scores = (0..readings.len()).map(|rank| {
        features.clear();
        Ranked { view, hints, cue, readings, rank, likely }.add_to(&mut features);
        (rank, model.score(&features))
    });
    scores.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
}

/// One reading among those of its cue.
pub struct Ranked<'a> {
    pub view: &'a View<'a>,
    pub hints: &'a Hints,
    pub cue: &'a CueSpan,
    pub readings: &'a [Reading],
    pub rank: usize,
    /// One a token: whether it belongs to a likely cue.
    pub likely: &'a [bool],
}

/// A number by halves, as a feature.
fn halves(x: f32) -> u32 {
    (x * 2.0).floor() as i32 as u32
}

/// A log-odds in steps of two thirds, as a feature.
pub fn odds(probability: f32) -> u32 {
    (logit(probability) * 1.5).floor() as i32 as u32
}

impl Ranked<'_> {
    const fn reading(&self) -> &Reading {
        &self.readings[self.rank]
    }

    fn clue(&self, i: isize) -> &Clue {
        self.view.clue(i)
    }

    /// Appends the features of the reading.
    pub fn add_to(&self, out: &mut impl Features) {
        let reading = self.reading();
        let behind = self.readings[0].log_probability - reading.log_probability;
        let (rank, shape) = (self.rank as u32, reading.shape as u32);
        out.bias(1);
        out.one(2, rank);
        out.one(3, halves(behind));
        out.two(4, reading.log_probability.floor() as i32 as u32, rank);
        out.two(5, shape, behind.floor() as i32 as u32);
        self.add_proposal(out);
        if reading.content.is_empty() {
            out.bias(6);
            return;
        }
        out.one(50, odds(reading.least_content));
        out.one(51, odds(reading.least_source));
        out.one(52, odds(reading.mean_content));
        out.two(53, odds(reading.least_content), rank);
        self.add_inside(out);
        self.add_edges(out);
        self.add_gaps(out);
        self.add_source(out);
        if self.rank > 0 {
            let (first, here) = (length(&self.readings[0].content), length(&reading.content));
            let order = u32::from(here > first) + 2 * u32::from(here < first);
            out.two(54, order, u32::from(self.readings[0].source == reading.source));
            out.three(55, order, bucket(here.abs_diff(first)), behind.floor() as i32 as u32);
        }
    }

    /// Whether it is what the rules propose.
    fn add_proposal(&self, out: &mut impl Features) {
        let reading = self.reading();
        let proposal = self.hints.proposal(self.cue.tokens.start, self.cue.tokens.end);
        let Some(proposal) = proposal else { return out.bias(90) };
        let same = shared(&proposal.parts, &reading.content);
        let both = length(&proposal.parts) + length(&reading.content) - same;
        let overlap = (10 * same / both.max(1)) as u32;
        let source = proposal.subject.as_ref().map(|subject| subject.tokens.clone());
        let source: Vec<Range<usize>> = source.into_iter().collect();
        let agrees = match (source.is_empty(), reading.source.is_empty()) {
            (true, true) => 0,
            (false, false) if source == reading.source => 1,
            (false, false) if shared(&source, &reading.source) > 0 => 2,
            _ => 3,
        };
        let shape = reading.shape as u32;
        out.two(91, overlap, shape);
        out.two(92, agrees, shape);
        out.three(93, agrees, u32::from(overlap == 10), self.rank as u32);
        out.two(94, overlap, self.view.clues[self.head()].lemma);
    }

    fn head(&self) -> usize {
        self.view.cue_head(self.cue.tokens.start, self.cue.tokens.end)
    }

    fn first(&self) -> usize {
        self.reading().content[0].start
    }

    /// The last token of the content.
    fn last(&self) -> usize {
        self.reading().content[self.reading().content.len() - 1].end - 1
    }

    fn ends_sentence(&self) -> bool {
        let (last, view) = (self.last(), self.view);
        last + 1 >= view.clues.len()
            || view.sentence(last + 1) != view.sentence(last)
            || view.clues[last + 1].kind == Kind::Stop
    }

    fn sides(&self) -> u32 {
        u32::from(self.first() < self.cue.tokens.start) + 2 * u32::from(self.last() >= self.cue.tokens.end)
    }

    /// What the content holds.
    fn add_inside(&self, out: &mut impl Features) {
        let (reading, view) = (self.reading(), self.view);
        let shape = reading.shape as u32;
        let (mut commas, mut verbs, mut cues, mut sentences, mut joined) =
            (0_u32, 0_u32, 0_u32, 0_u32, 0_u32);
        for part in &reading.content {
            for i in part.clone().take(400) {
                let (clue, first) = (&view.clues[i], i == part.start);
                let quoted = clue.quoted != Quoted::No;
                let group = |i: usize| view.tagged().verb_group_at.get(i).copied().flatten();
                commas += u32::from(clue.kind == Kind::Comma && !quoted);
                verbs += u32::from(group(i).is_some() && (first || group(i - 1) != group(i)));
                cues += u32::from(self.likely[i] && (first || !self.likely[i - 1]));
                sentences += u32::from(!first && view.sentence(i) != view.sentence(i - 1));
                joined += u32::from(clue.kind == Kind::Conjunction && !quoted && group(i + 1).is_some());
            }
        }
        let lemma = view.clues[self.head()].lemma;
        let (eos, start) = (u32::from(self.ends_sentence()), &view.clues[self.first()]);
        let verbs = verbs.min(5);
        out.two(10, reading.content.len() as u32, self.sides());
        out.two(11, commas.min(4), shape);
        out.two(12, verbs, lemma);
        out.two(13, verbs, shape * 2 + eos);
        out.two(14, cues.min(3), eos);
        out.two(15, sentences.min(3), shape);
        out.two(16, joined.min(2), eos);
        out.two(25, bucket(length(&reading.content)), shape);
        out.two(26, bucket(length(&reading.content)), lemma);
        out.three(28, eos, lemma, u32::from(commas > 0));
        out.three(29, start.word, eos, commas.min(2));
        out.three(30, start.pos, verbs.min(3), eos * 4 + commas.min(3));
        let that = u32::from(view.tagged().is(self.first(), crate::lexicon::word::Function::That));
        out.three(32, that, verbs.min(3), eos);
        let next = self.last() + 1;
        let that_next = (next..(next + 3).min(view.clues.len()))
            .any(|i| view.tagged().is(i, crate::lexicon::word::Function::That));
        out.three(33, that, u32::from(that_next), self.clue(next as isize).kind as u32);
        out.three(27, eos, u32::from(self.begins_sentence()), self.sides());
    }

    fn begins_sentence(&self) -> bool {
        let first = self.first();
        first == 0 || self.view.sentence(first - 1) != self.view.sentence(first)
    }

    /// What stands at the content's two ends.
    fn add_edges(&self, out: &mut impl Features) {
        let (view, shape) = (self.view, self.reading().shape as u32);
        let (first, last) = (self.first() as isize, self.last() as isize);
        let lemma = view.clues[self.head()].lemma;
        let (start, end) = (self.clue(first), self.clue(last));
        let (before, next, second) = (self.clue(first - 1), self.clue(last + 1), self.clue(last + 2));
        out.two(17, next.word, shape);
        out.three(18, end.pos, next.pos, shape);
        out.two(19, end.word, next.pos);
        out.three(20, next.pos, second.pos, next.word);
        out.two(21, start.word, lemma);
        out.two(22, start.pos, lemma);
        out.three(23, before.pos, start.pos, shape);
        out.two(24, before.word, start.pos);
        let verb = (last + 1..last + 5).map(|i| self.clue(i)).find(|clue| clue.kind == Kind::Verb);
        let head_pos = view.clues[self.head()].pos;
        let same_tense = u32::from(verb.is_some_and(|verb| verb.pos == head_pos));
        out.three(31, same_tense, next.kind as u32, head_pos);
        let (begin, finish) = (self.first(), self.last());
        let ahead = (finish + 1..(finish + 12).min(view.clues.len()))
            .take_while(|&i| view.paragraph(i) == view.paragraph(finish));
        let quotation_ahead =
            ahead.into_iter().any(|i| view.region(i) > 0 && view.region(i) != view.region(finish));
        let eos = u32::from(self.ends_sentence());
        out.two(34, shape, u32::from(quotation_ahead));
        out.three(
            35,
            u32::from(view.region(finish) > 0),
            u32::from(view.region(begin) > 0),
            u32::from(quotation_ahead) * 2 + eos,
        );
        out.three(36, end.quoted as u32, next.kind as u32, shape);
    }

    /// What stands where the content is broken.
    fn add_gaps(&self, out: &mut impl Features) {
        let (reading, view) = (self.reading(), self.view);
        for pair in reading.content.windows(2) {
            let (last, first) = (pair[0].end - 1, pair[1].start);
            let after = self.clue(pair[0].end as isize);
            let before = self.clue(first as isize - 1);
            let quoted = |i: usize| u32::from(view.region(i) > 0);
            out.three(37, after.pos, before.pos, quoted(last));
            out.three(38, view.clues[last].pos, view.clues[first].pos, quoted(first));
            let sentences = view.sentence(first) - view.sentence(last);
            out.three(
                39,
                sentences.min(3),
                u32::from(view.clues[first].capital),
                reading.content.len() as u32,
            );
        }
    }

    fn add_source(&self, out: &mut impl Features) {
        let (reading, view) = (self.reading(), self.view);
        let lemma = view.clues[self.head()].lemma;
        let has = u32::from(!reading.source.is_empty());
        out.two(40, has, lemma);
        let (Some(first), Some(last)) = (reading.source.first(), reading.source.last()) else { return };
        let (start, end) = (first.start, last.end - 1);
        let cue = &self.cue.tokens;
        let leads = u32::from(end < cue.start);
        let gap =
            if leads == 1 { (cue.start - end).min(5) } else { 10 + start.saturating_sub(cue.end).min(5) };
        let at = |i: usize| &view.clues[i];
        let (before, after) = (self.clue(start as isize - 1), self.clue(end as isize + 1));
        let size = bucket(length(&reading.source));
        let commas =
            reading.source.iter().flat_map(|part| part.clone()).filter(|&i| at(i).kind == Kind::Comma);
        out.two(41, before.pos, after.pos);
        out.two(42, at(start).pos, at(end).pos);
        out.one(43, at(end).lemma);
        out.two(44, size, gap as u32);
        out.two(45, after.word, leads);
        out.two(46, at(start).word, leads);
        out.two(47, commas.count().min(3) as u32, size);
        out.two(48, lemma, leads);
        let earlier = u32::from(start < self.first());
        out.three(49, earlier, leads, u32::from(self.first() < cue.start));
        out.two(56, mix(at(start).pos, at(end).pos), mix(before.pos, after.pos));
    }
}
