//! Why a cue with its reading is a statement, or none.

use crate::explanation::facts::of_reading;
use crate::explanation::trace::Trace;
use crate::explanation::weighing::{Facts, Scorer, Templated};
use crate::explanation::{Fate, ReadingWeighed, Rival, StatementWeighed};
use crate::learn::math::exp;
use crate::lexicon::feature_names::{FeatureNames, ScoredModel};
use crate::quotes::learned::acceptance::Doubt;
use crate::quotes::learned::choice::Candidate;
use crate::quotes::learned::reading::Reading;
use crate::quotes::learned::view::View;
use crate::record::decimal;
use std::ops::Range;

/// What the models made of the candidate at `index`.
pub fn statement(trace: &Trace, names: &FeatureNames, index: usize) -> StatementWeighed {
    let candidate = &trace.candidates[index];
    let readings = trace.readings_of(candidate);
    let chosen = readings.iter().position(|reading| *reading == candidate.reading).unwrap_or(0);
    let ranking = Scorer { name: ScoredModel::Ranking, model: &trace.models.ranking, names };
    let ranked: Vec<Ranked> =
        (0..readings.len()).map(|rank| ranked(trace, &ranking, candidate, readings, rank)).collect();
    let next = (0..readings.len())
        .filter(|&rank| rank != chosen)
        .max_by(|&a, &b| ranked[a].score.total_cmp(&ranked[b].score).then(b.cmp(&a)));
    let preferred = next.map(|next| {
        let (chosen, next) = (&ranked[chosen], &ranked[next]);
        ranking.compare((&chosen.features, &chosen.facts), (&next.features, &next.facts))
    });
    let mut features = Templated::new();
    let (view, hints) = (trace.view, trace.hints);
    Doubt { view, hints, candidates: &trace.candidates, index }.add_to(&mut features);
    let acceptance = Scorer { name: ScoredModel::Acceptance, model: &trace.models.acceptance, names };
    let rival = rival(trace, index);
    let each = readings.iter().zip(&ranked).enumerate();
    StatementWeighed {
        cue: rival.cue,
        cue_probability: rival.cue_probability,
        readings: each
            .map(|(rank, (reading, ranked))| reading_weighed(view, reading, ranked.score, rank == chosen))
            .collect(),
        preferred,
        acceptance: acceptance.weigh(&features, &ranked[chosen].facts),
        needed: decimal(trace.candidates[index].needed(trace.models.least)),
        fate: rival.fate,
        taken_by: rival.taken_by,
    }
}

/// A candidate in short.
pub fn rival(trace: &Trace, index: usize) -> Rival {
    let candidate = &trace.candidates[index];
    let (fate, taken_by) = trace.fate(candidate);
    Rival {
        cue: words(trace.view, std::slice::from_ref(&candidate.cue.tokens)),
        cue_probability: decimal(candidate.cue.probability),
        source: words(trace.view, &candidate.reading.source),
        content: words(trace.view, &candidate.reading.content),
        likelihood: decimal(candidate.probability),
        fate,
        taken_by: taken_by
            .filter(|_| fate == Fate::WordsTaken)
            .map(|other| words(trace.view, std::slice::from_ref(&other.cue.tokens))),
    }
}

/// The words of some ranges, as printed, with `…` where they are broken.
pub fn words(view: &View, parts: &[Range<usize>]) -> String {
    let printed: Vec<&str> = parts.iter().map(|part| view.tagged().printed(part.clone())).collect();
    printed.join(" … ")
}

/// A reading as the ranking model saw it.
struct Ranked {
    features: Templated,
    facts: Facts,
    score: f32,
}

fn ranked(
    trace: &Trace,
    ranking: &Scorer,
    candidate: &Candidate,
    readings: &[Reading],
    rank: usize,
) -> Ranked {
    let mut features = Templated::new();
    trace.ranked(&candidate.cue, readings, rank).add_to(&mut features);
    let score = ranking.score(&features);
    Ranked { facts: of_reading(trace, &candidate.cue, readings, rank, score), features, score }
}

fn reading_weighed(view: &View, reading: &Reading, score: f32, chosen: bool) -> ReadingWeighed {
    ReadingWeighed {
        source: words(view, &reading.source),
        content: words(view, &reading.content),
        probability: decimal(exp(reading.log_probability)),
        score: decimal(score),
        chosen,
    }
}
