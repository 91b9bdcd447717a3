//! How sure an attribution is: the chance that the words are a statement and the source printed is its own.

use crate::attribution::decision::Decision;
use crate::learn::features::Features;
use crate::learn::linear::Linear;
use crate::learn::math::logit;
use crate::mentions::FoundMention;
use crate::model::Source;
use crate::quotes::Statement;
use crate::tagging::Tagged;

/// Steps of log-odds in which the likelihood of a statement is seen.
const STEPS: i32 = 9;

/// The confidence of a decision, 0 to 1: calibrated on articles that the models hadn't seen.
pub fn confidence(
    tagged: &Tagged,
    statement: &Statement,
    decision: &Decision,
    mentions: &[FoundMention],
    model: &Linear,
) -> f32 {
    let mut features = Vec::new();
    add_features(tagged, statement, decision, mentions, &mut features);
    model.probability(&features)
}

/// Appends what speaks for and against a decision.
pub fn add_features(
    tagged: &Tagged,
    statement: &Statement,
    decision: &Decision,
    mentions: &[FoundMention],
    out: &mut impl Features,
) {
    let kind = statement.kind as u32;
    let source = match decision.source {
        Source::Speaker { mention, .. } | Source::Mention(mention) => 1 + mentions[mention.at()].kind as u32,
        Source::Unknown(_) => 0,
    };
    let method = decision.method as u32;
    let parts = statement.parts.len().min(3) as u32;
    out.bias(1);
    if let Some(likelihood) = statement.likelihood {
        let step = ((logit(likelihood) * 2.0).floor() as i32).clamp(-STEPS, STEPS);
        (-STEPS..=step).for_each(|step| out.one(2, step as u32));
        out.two(3, (step / 3) as u32, kind);
        out.two(4, source, kind);
        out.two(5, parts, kind);
        return;
    }
    let words = statement.parts.iter().flat_map(|part| part.clone()).filter(|&i| tagged.is_word(i)).count();
    let length = match words {
        0..=1 => 0,
        2..=3 => 1,
        4..=7 => 2,
        8..=15 => 3,
        _ => 4,
    };
    out.one(6, method);
    out.two(7, source, method);
    out.two(8, length, method);
    out.two(9, parts, u32::from(statement.closed));
}
