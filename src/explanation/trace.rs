//! What the models of statements weighed on their way, step by step, kept to be looked at.

use crate::explanation::{Fate, Place};
use crate::quotes::learned::choice::{Candidate, accepted, likely, ranked, readings, weigh};
use crate::quotes::learned::cue_spans::{CueSpan, cue_spans};
use crate::quotes::learned::hints::Hints;
use crate::quotes::learned::models::StatementModels;
use crate::quotes::learned::ranking::Ranked;
use crate::quotes::learned::reading::{Reading, length, shared};
use crate::quotes::learned::view::View;
use std::ops::Range;

/// The steps of [`crate::quotes::learned::statements::statements`], with what each of them made.
#[derive(Debug)]
pub struct Trace<'a> {
    pub view: &'a View<'a>,
    pub hints: &'a Hints,
    pub models: &'a StatementModels,
    pub cues: Vec<CueSpan>,
    /// One a token: whether it belongs to a likely cue.
    pub likely: Vec<bool>,
    /// One a cue: its readings, the likeliest first.
    pub readings: Vec<Vec<Reading>>,
    /// The cues that have a reading, with the best.
    pub candidates: Vec<Candidate>,
    pub accepted: Vec<Candidate>,
}

/// Runs the steps in a row and keeps what they make.
pub fn trace<'a>(view: &'a View<'a>, hints: &'a Hints, models: &'a StatementModels) -> Trace<'a> {
    let cues = cue_spans(view, hints, &models.cues);
    let readings = readings(view, hints, &cues, &models.arguments);
    let mut candidates = ranked(view, hints, &cues, readings.clone(), &models.ranking);
    weigh(view, hints, &mut candidates, &models.acceptance);
    let accepted = accepted(view, candidates.clone(), models.least);
    Trace { view, hints, models, likely: likely(view, &cues), cues, readings, candidates, accepted }
}

impl Trace<'_> {
    /// The readings of a candidate's cue.
    pub fn readings_of(&self, candidate: &Candidate) -> &[Reading] {
        let cue = self.cues.partition_point(|cue| cue.tokens.start < candidate.cue.tokens.start);
        self.readings.get(cue).map_or(&[], Vec::as_slice)
    }

    /// The reading at `rank` as the ranking model sees it.
    pub fn ranked<'a>(&'a self, cue: &'a CueSpan, readings: &'a [Reading], rank: usize) -> Ranked<'a> {
        Ranked { view: self.view, hints: self.hints, cue, readings, rank, likely: &self.likely }
    }

    /// The index of the candidate whose cue begins at token `start`.
    pub fn candidate_from(&self, start: usize) -> Option<usize> {
        self.candidates.binary_search_by_key(&start, |candidate| candidate.cue.tokens.start).ok()
    }

    /// What became of a candidate, and which other one took its words.
    pub fn fate(&self, candidate: &Candidate) -> (Fate, Option<&Candidate>) {
        let start = candidate.cue.tokens.start;
        if self.accepted.iter().any(|accepted| accepted.cue.tokens.start == start) {
            return (Fate::Accepted, None);
        }
        if candidate.reading.content.is_empty() {
            return (Fate::ReportsNothing, None);
        }
        if candidate.probability < candidate.needed(self.models.least) {
            return (Fate::Unlikely, None);
        }
        let cue = std::slice::from_ref(&candidate.cue.tokens);
        let taken = |other: &&Candidate| {
            let content = &other.reading.content;
            shared(content, cue) + shared(content, &candidate.reading.content)
        };
        (Fate::WordsTaken, self.accepted.iter().max_by_key(taken).filter(|other| taken(other) > 0))
    }

    /// The candidates that have `tokens`, or a part of them, as content, source or cue, the likeliest first;
    /// then those that only share its sentences.
    pub fn near(&self, tokens: &Range<usize>) -> Vec<(Place, usize)> {
        let sentences = self.view.sentence(tokens.start)..=self.view.sentence(tokens.end - 1);
        let mut near: Vec<(Place, usize)> = Vec::new();
        for (index, candidate) in self.candidates.iter().enumerate() {
            let place = place(candidate, tokens);
            if place != Place::Beside || sentences.contains(&self.view.sentence(candidate.cue.tokens.start)) {
                near.push((place, index));
            }
        }
        let apart = |place: Place| place == Place::Beside;
        let likely = |index: usize| self.candidates[index].probability;
        near.sort_by(|a, b| {
            apart(a.0).cmp(&apart(b.0)).then(likely(b.1).total_cmp(&likely(a.1))).then(a.1.cmp(&b.1))
        });
        near
    }

    /// The candidates, `index` left out, that claim more than half of the words in `parts`.
    pub fn rivals(&self, parts: &[Range<usize>], index: Option<usize>) -> Vec<usize> {
        let claims = |candidate: &Candidate| 2 * shared(&candidate.reading.content, parts) > length(parts);
        let rivals = (0..self.candidates.len()).filter(|&rival| Some(rival) != index);
        let mut rivals: Vec<usize> = rivals.filter(|&rival| claims(&self.candidates[rival])).collect();
        let likely = |index: usize| self.candidates[index].probability;
        rivals.sort_by(|&a, &b| likely(b).total_cmp(&likely(a)).then(a.cmp(&b)));
        rivals
    }
}

/// What `tokens` are to a candidate.
fn place(candidate: &Candidate, tokens: &Range<usize>) -> Place {
    let has = |parts: &[Range<usize>]| shared(parts, std::slice::from_ref(tokens)) > 0;
    if has(&candidate.reading.content) {
        Place::Content
    } else if has(&candidate.reading.source) {
        Place::Source
    } else if has(std::slice::from_ref(&candidate.cue.tokens)) {
        Place::Cue
    } else {
        Place::Beside
    }
}
