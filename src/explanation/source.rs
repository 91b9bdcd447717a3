//! Why a statement was given to its source, and whom that stands for.

use crate::attribution::candidates::Candidate;
use crate::attribution::confidence::add_features;
use crate::attribution::decision::{Decision, LEAST_ANTECEDENT, shares};
use crate::attribution::each_decision;
use crate::attribution::entities::by_name;
use crate::attribution::pronouns::each_resolved;
use crate::attribution::score::{score, terms};
use crate::explanation::facts::of_decision;
use crate::explanation::trace::Trace;
use crate::explanation::weighing::{Scorer, Templated};
use crate::explanation::{
    AntecedentWeighed, CandidateWeighed, SourceWeighed, StandsFor, TermWeighed, Weighing,
};
use crate::learn::linear::Linear;
use crate::lexicon::feature_names::{FeatureNames, ScoredModel};
use crate::model::{EntityIdx, MentionIdx, MentionKind, Method, QuoteIdx, Source};
use crate::pipeline::Stages;
use crate::record::decimal;

/// So many antecedents of a pronoun are told.
const ANTECEDENTS: usize = 4;

/// How the source of a quote was chosen, and how sure that makes it; `None` for a scare quote.
pub fn source(
    stages: &Stages,
    trace: &Trace,
    names: &FeatureNames,
    confidence: &Linear,
    asked: QuoteIdx,
) -> Option<(SourceWeighed, Weighing)> {
    let Stages { tagged, statements, mentions, entities, .. } = stages;
    let scorer = Scorer { name: ScoredModel::Confidence, model: confidence, names };
    let mut found = None;
    each_decision(tagged, statements, mentions, entities, |quote, candidates, decision| {
        if quote != asked {
            return;
        }
        let statement = &statements[quote.at()];
        let mut features = Templated::new();
        add_features(tagged, statement, &decision, mentions, &mut features);
        let weighing = scorer.weigh(&features, &of_decision(trace, statement, &decision, mentions));
        found = Some((weighed(stages, candidates, &decision), weighing));
    });
    found
}

fn weighed(stages: &Stages, candidates: &[Candidate], decision: &Decision) -> SourceWeighed {
    let chosen = decision.source.mention();
    let candidates: Vec<CandidateWeighed> = shares(candidates, &stages.entities)
        .into_iter()
        .map(|(candidate, share)| candidate_weighed(stages, candidate, share, chosen))
        .collect();
    SourceWeighed {
        method: (decision.method != Method::None).then(|| decision.method.as_str()),
        mention: chosen.map(|mention| printed(stages, mention)),
        kind: chosen.map(|mention| stages.mentions[mention.at()].kind.as_str()),
        stands_for: chosen.and_then(|mention| stands_for(stages, mention)),
        antecedents: chosen.map(|mention| antecedents(stages, mention)).unwrap_or_default(),
        nobody: decimal((1.0 - candidates.iter().map(|one| one.share as f32).sum::<f32>()).max(0.0)),
        candidates,
        unknown_reason: match decision.source {
            Source::Unknown(reason) => Some(reason.as_str()),
            _ => None,
        },
    }
}

fn candidate_weighed(
    stages: &Stages,
    candidate: &Candidate,
    share: f32,
    chosen: Option<MentionIdx>,
) -> CandidateWeighed {
    let mention = candidate.mention;
    let terms = terms(&candidate.features).into_iter().filter(|(_, weight)| *weight != 0.0);
    CandidateWeighed {
        mention: printed(stages, mention),
        stands_for: stages.entities.of[mention.at()].map(|(entity, _)| name(stages, entity)),
        score: decimal(score(&candidate.features)),
        share: decimal(share),
        chosen: chosen == Some(mention),
        terms: terms
            .map(|(term, weight)| TermWeighed { what: term.as_str(), log_odds: decimal(weight) })
            .collect(),
    }
}

fn stands_for(stages: &Stages, mention: MentionIdx) -> Option<StandsFor> {
    let (entity, sure) = stages.entities.of[mention.at()]?;
    Some(StandsFor {
        name: name(stages, entity),
        role: stages.entities.entities[entity.at()].role.clone(),
        sure: decimal(sure),
        needed: decimal(LEAST_ANTECEDENT),
    })
}

/// Whom a pronoun can stand for: the pronouns of the article are resolved once more, in order, as each
/// resolution rests on those before it.
fn antecedents(stages: &Stages, mention: MentionIdx) -> Vec<AntecedentWeighed> {
    if stages.mentions[mention.at()].kind != MentionKind::Pronoun {
        return Vec::new();
    }
    let mut entities = by_name(&stages.tagged, &stages.mentions);
    let mut found = Vec::new();
    each_resolved(&stages.tagged, &stages.mentions, &mut entities, |pronoun, scores| {
        if pronoun == mention {
            found = scores.iter().take(ANTECEDENTS).copied().collect();
        }
    });
    let each = found.into_iter();
    each.map(|(entity, score)| AntecedentWeighed { name: name(stages, entity), score: decimal(score) })
        .collect()
}

fn printed(stages: &Stages, mention: MentionIdx) -> String {
    stages.tagged.printed(stages.mentions[mention.at()].printed.clone()).to_owned()
}

fn name(stages: &Stages, entity: EntityIdx) -> String {
    stages.entities.entities[entity.at()].name.clone()
}
