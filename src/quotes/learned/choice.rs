//! From the cues of a text to its statements: read each cue, rank, accept, and give every word one role.

use crate::learn::linear::Linear;
use crate::quotes::learned::acceptance::Doubt;
use crate::quotes::learned::arguments::{ArgumentField, Scope};
use crate::quotes::learned::cue_spans::CueSpan;
use crate::quotes::learned::hints::Hints;
use crate::quotes::learned::ranking;
use crate::quotes::learned::reading::{Reading, ReadingWork, length};
use crate::quotes::learned::view::View;
use std::ops::Range;

/// Cues at least this likely are seen by the other cues' models.
const LIKELY: f32 = 0.4;

/// A cue with a reading.
#[derive(Clone, PartialEq, Debug)]
pub struct Candidate {
    pub cue: CueSpan,
    pub reading: Reading,
    /// How the reading was ranked, a log-odds.
    pub rank_score: f32,
    /// How likely it is a statement with this source, 0 to 1.
    pub probability: f32,
    /// Whether the rules propose the same words and the same source.
    pub agreed: bool,
}

/// So much of the threshold is enough where rules and models agree on every word.
const AGREED: f32 = 0.7;

impl Candidate {
    /// How likely it must be to be taken for a statement, where `least` is the threshold.
    pub fn needed(&self, least: f32) -> f32 {
        if self.agreed { least * AGREED } else { least }
    }
}

/// Whether the rules propose exactly this reading of a cue, with a source.
fn agrees(hints: &Hints, cue: &CueSpan, reading: &Reading) -> bool {
    let proposal = hints.proposal(cue.tokens.start, cue.tokens.end);
    proposal.is_some_and(|proposal| {
        let source = proposal.subject.as_ref().map(|subject| &subject.tokens);
        proposal.parts == reading.content && source.is_some() && source == reading.source.first()
    })
}

/// One a token: whether it belongs to a likely cue.
pub fn likely(view: &View, cues: &[CueSpan]) -> Vec<bool> {
    let mut likely = vec![false; view.clues.len()];
    for cue in cues.iter().filter(|cue| cue.probability >= LIKELY) {
        likely[cue.tokens.clone()].fill(true);
    }
    likely
}

/// The readings of every cue, the likeliest first.
pub fn readings(view: &View, hints: &Hints, cues: &[CueSpan], model: &ArgumentField) -> Vec<Vec<Reading>> {
    let likely = likely(view, cues);
    let (mut scope, mut work) = (Scope::default(), ReadingWork::default());
    let readings = cues.iter().map(|cue| {
        scope.fill(view, hints, &cue.tokens, &likely);
        work.readings(view, &scope, model)
    });
    readings.collect()
}

/// Each cue with its best reading.
pub fn ranked(
    view: &View,
    hints: &Hints,
    cues: &[CueSpan],
    mut readings: Vec<Vec<Reading>>,
    model: &Linear,
) -> Vec<Candidate> {
    let likely = likely(view, cues);
    let chosen = cues.iter().zip(&mut readings).filter_map(|(cue, readings)| {
        let (best, rank_score) = ranking::best(view, hints, cue, readings, &likely, model)?;
        let reading = readings.swap_remove(best);
        let agreed = agrees(hints, cue, &reading);
        Some(Candidate { cue: cue.clone(), reading, rank_score, probability: 0.0, agreed })
    });
    chosen.collect()
}

/// Sets how likely each candidate is a statement.
pub fn weigh(view: &View, hints: &Hints, candidates: &mut [Candidate], model: &Linear) {
    let mut features = Vec::new();
    for index in 0..candidates.len() {
        features.clear();
        Doubt { view, hints, candidates, index }.add_to(&mut features);
        candidates[index].probability = model.probability(&features);
    }
}

/// The candidates that are statements, in text order: the likeliest first takes its words, and what is left of
/// a later one's content must be more than half of it.
pub fn accepted(view: &View, candidates: Vec<Candidate>, least: f32) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = candidates
        .into_iter()
        .filter(|candidate| candidate.probability >= candidate.needed(least))
        .filter(|candidate| !candidate.reading.content.is_empty())
        .collect();
    candidates.sort_by(|a, b| {
        b.probability.total_cmp(&a.probability).then(a.cue.tokens.start.cmp(&b.cue.tokens.start))
    });
    let mut in_content = vec![false; view.clues.len()];
    candidates.retain_mut(|candidate| {
        let content = &candidate.reading.content;
        let taken = |tokens: &Range<usize>| tokens.clone().filter(|&i| in_content[i]).count();
        let lost: usize = content.iter().map(taken).sum();
        if taken(&candidate.cue.tokens) > 0 || 2 * lost > length(content) {
            return false;
        }
        candidate.reading.content = content.iter().flat_map(|part| free(part, &in_content)).collect();
        candidate.reading.content.iter().for_each(|part| in_content[part.clone()].fill(true));
        true
    });
    candidates.sort_by_key(|candidate| candidate.cue.tokens.start);
    candidates
}

/// The runs of tokens in `part` that nothing has taken.
fn free(part: &Range<usize>, taken: &[bool]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for i in part.clone().filter(|&i| !taken[i]) {
        match runs.last_mut() {
            Some(run) if run.end == i => run.end += 1,
            _ => runs.push(i..i + 1),
        }
    }
    runs
}
