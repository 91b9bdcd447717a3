//! Hand-set weights of the features; trained ones take their place.

use crate::attribution::features::Features;
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
    score + of_kind(features.kind) - 0.5 * features.sentences.min(6) as f32
}

fn of_kind(kind: MentionKind) -> f32 {
    match kind {
        MentionKind::Name => 0.4,
        MentionKind::Pronoun => 0.2,
        MentionKind::Role | MentionKind::Group => 0.0,
        MentionKind::Organisation => -0.3,
        MentionKind::Document => -0.8,
    }
}
