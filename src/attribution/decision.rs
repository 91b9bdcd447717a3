//! From scores to a source, with its confidence and runners-up, or the reason why there is none.

use crate::attribution::candidates::Candidate;
use crate::attribution::entities::Entities;
use crate::attribution::score::score;
use crate::mentions::FoundMention;
use crate::model::{MentionIdx, MentionKind, Method, Reason, Source};
use crate::quotes::Statement;

/// Below this share of the probability nobody is named.
const LEAST: f32 = 0.35;

/// Below this a pronoun's antecedent isn't named.
const LEAST_ANTECEDENT: f32 = 0.5;

/// What was decided of one statement.
#[derive(Clone, PartialEq, Debug)]
pub struct Decision {
    pub source: Source,
    pub method: Method,
    pub confidence: f32,
    pub runners_up: Vec<(MentionIdx, f32)>,
}

/// Chooses the best candidate.
pub fn decide(
    statement: &Statement,
    candidates: &[Candidate],
    mentions: &[FoundMention],
    entities: &Entities,
) -> Decision {
    let mut odds: Vec<(&Candidate, f32)> =
        candidates.iter().map(|candidate| (candidate, score(&candidate.features).exp())).collect();
    odds.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.mention.cmp(&b.0.mention)));
    let total: f32 = 1.0 + odds.iter().map(|(_, odds)| odds).sum::<f32>();
    let share = |odds: f32| odds / total;
    let runners_up =
        |from: usize| odds.iter().skip(from).take(3).map(|(c, o)| (c.mention, share(*o))).collect();
    let named = odds.first().filter(|(best, odds)| best.features.is_named() && share(*odds) >= LEAST);
    let Some(&(best, first)) = named else {
        let reason = reason(statement, &odds, share(odds.first().map_or(0.0, |first| first.1)));
        return Decision {
            source: Source::Unknown(reason),
            method: Method::None,
            confidence: 0.0,
            runners_up: runners_up(0),
        };
    };
    let (source, sure) = source(best.mention, mentions, entities);
    Decision { source, method: best.method, confidence: share(first) * sure, runners_up: runners_up(1) }
}

fn reason(statement: &Statement, odds: &[(&Candidate, f32)], best: f32) -> Reason {
    let is_tie = odds.len() > 1 && best > 0.2 && odds[1].1 > 0.8 * odds[0].1;
    match (&statement.cue, &statement.subject) {
        _ if is_tie => Reason::Tie,
        (None, _) => Reason::NoCue,
        (Some(_), _) => Reason::NoSource,
    }
}

/// Whom the chosen mention stands for, and how sure that is.
fn source(mention: MentionIdx, mentions: &[FoundMention], entities: &Entities) -> (Source, f32) {
    match entities.of[mention.at()] {
        Some((speaker, sure)) if sure >= LEAST_ANTECEDENT => (Source::Speaker { mention, speaker }, sure),
        _ if mentions[mention.at()].kind == MentionKind::Pronoun => (Source::Mention(mention), 0.5),
        _ => (Source::Mention(mention), 0.8),
    }
}
