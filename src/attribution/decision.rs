//! From scores to a source, with its confidence and runners-up, or the reason why there is none.

use crate::attribution::candidates::Candidate;
use crate::attribution::entities::Entities;
use crate::attribution::score::score;
use crate::model::{MentionIdx, Method, Reason, Source};
use crate::quotes::Statement;

/// Below this share of the probability nobody is named.
pub const LEAST: f32 = 0.35;

/// Runners-up below this share aren't worth a reader's time.
const LEAST_OTHER: f32 = 0.01;

/// At most this many runners-up.
const OTHERS: usize = 3;

/// Below this a pronoun's antecedent isn't named.
pub const LEAST_ANTECEDENT: f32 = 0.5;

/// What was decided of one statement.
#[derive(Clone, PartialEq, Debug)]
pub struct Decision {
    pub source: Source,
    pub method: Method,
    pub runners_up: Vec<(MentionIdx, f32)>,
}

/// Chooses the best candidate.
pub fn decide(statement: &Statement, candidates: &[Candidate], entities: &Entities) -> Decision {
    let shares = shares(candidates, entities);
    let others = |from: usize| {
        let others = shares[from..].iter().filter(|(_, share)| *share >= LEAST_OTHER).take(OTHERS);
        others.map(|&(other, share)| (other.mention, share)).collect()
    };
    match shares.first() {
        Some(&(best, share)) if best.features.is_named() && share >= LEAST => {
            let source = source(best.mention, entities);
            Decision { source, method: best.method, runners_up: others(1) }
        }
        _ => Decision {
            source: Source::Unknown(reason(statement, &shares)),
            method: Method::None,
            runners_up: others(0),
        },
    }
}

/// The share of the probability that each person's best candidate has, the highest first; what is missing to
/// one speaks for nobody.
pub fn shares<'a>(candidates: &'a [Candidate], entities: &Entities) -> Vec<(&'a Candidate, f32)> {
    let odds = one_a_person(candidates, entities);
    let total: f32 = 1.0 + odds.iter().map(|(_, odds)| odds).sum::<f32>();
    odds.into_iter().map(|(one, odds)| (one, odds / total)).collect()
}

/// The odds of each person's best candidate, the highest first.
fn one_a_person<'a>(candidates: &'a [Candidate], entities: &Entities) -> Vec<(&'a Candidate, f32)> {
    let mut odds: Vec<(&Candidate, f32)> =
        candidates.iter().map(|candidate| (candidate, score(&candidate.features).exp())).collect();
    odds.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.mention.cmp(&b.0.mention)));
    let mut seen = Vec::new();
    odds.retain(|(candidate, _)| {
        let Some((entity, _)) = entities.of[candidate.mention.at()] else { return true };
        let is_new = !seen.contains(&entity);
        seen.push(entity);
        is_new
    });
    odds
}

/// Why nobody is named: two are as likely, there is no cue, or the cue names no source.
fn reason(statement: &Statement, shares: &[(&Candidate, f32)]) -> Reason {
    let is_tie = shares.len() > 1 && shares[0].1 > 0.2 && shares[1].1 > 0.8 * shares[0].1;
    match statement.cue {
        _ if is_tie => Reason::Tie,
        None => Reason::NoCue,
        Some(_) => Reason::NoSource,
    }
}

/// Whom the chosen mention stands for; nobody where that isn't sure enough.
fn source(mention: MentionIdx, entities: &Entities) -> Source {
    match entities.of[mention.at()] {
        Some((speaker, sure)) if sure >= LEAST_ANTECEDENT => Source::Speaker { mention, speaker },
        _ => Source::Mention(mention),
    }
}
