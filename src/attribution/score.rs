//! Hand-set weights of the features; trained ones take their place.

use crate::attribution::candidates::Features;
use crate::model::MentionKind;

/// The score of one candidate, a log-odds against there being no source.
pub fn score(features: &Features) -> f32 {
    let mut score = -1.5;
    let mut add = |holds: bool, weight: f32| {
        if holds {
            score += weight;
        }
    };
    add(features.grammatical, 5.0);
    add(features.same_paragraph, 3.0);
    add(features.turn, 2.2);
    add(features.last_speaker, 1.7);
    add(features.subject, 0.6);
    score + kind(features.kind) - 0.5 * features.sentences.min(6) as f32
}

fn kind(kind: Option<MentionKind>) -> f32 {
    match kind {
        Some(MentionKind::Name) => 0.4,
        Some(MentionKind::Pronoun) => 0.2,
        Some(MentionKind::Organisation) => -0.3,
        Some(MentionKind::Document) => -0.8,
        _ => 0.0,
    }
}
