//! Who said it: candidates → features → score → decision, and whom each mention stands for.

pub mod antecedents;
pub mod beside;
pub mod candidates;
pub mod confidence;
pub mod decision;
pub mod descriptions;
pub mod entities;
pub mod features;
pub mod pronouns;
pub mod score;
pub mod speech;
pub mod vocatives;

use crate::attribution::candidates::Candidate;
use crate::attribution::decision::Decision;
use crate::attribution::entities::Entities;
use crate::attribution::speech::Speech;
use crate::learn::linear::Linear;
use crate::mentions::{FoundMention, mention_at};
use crate::model::{Attribution, Cue, QuoteIdx, QuoteKind};
use crate::quotes::{Statement, StatementCue};
use crate::tagging::Tagged;

/// Groups the mentions of a text by whom they stand for.
pub fn entities(tagged: &Tagged, mentions: &[FoundMention]) -> Entities {
    let mut entities = entities::by_name(tagged, mentions);
    pronouns::resolve(tagged, mentions, &mut entities);
    entities
}

/// Attributes every statement that is somebody's words, in their order; `model` says how sure each is.
pub fn attribute(
    tagged: &Tagged,
    statements: &[Statement],
    mentions: &[FoundMention],
    entities: &Entities,
    model: &Linear,
) -> Vec<Attribution> {
    let decisions = decisions(tagged, statements, mentions, entities);
    let attributions = decisions.into_iter().map(|(quote, decision)| {
        let statement = &statements[quote.at()];
        Attribution {
            quote,
            cue: statement.cue.as_ref().map(|cue| printed(tagged, cue)),
            source: decision.source,
            method: decision.method,
            confidence: confidence::confidence(tagged, statement, &decision, mentions, model),
            runners_up: decision.runners_up,
            relayed_by: statement.relay.as_ref().and_then(|relay| mention_at(mentions, relay.head)),
        }
    });
    attributions.collect()
}

/// Decides the source of every statement that is somebody's words, in their order.
pub fn decisions(
    tagged: &Tagged,
    statements: &[Statement],
    mentions: &[FoundMention],
    entities: &Entities,
) -> Vec<(QuoteIdx, Decision)> {
    let mut decisions = Vec::new();
    each_decision(tagged, statements, mentions, entities, |quote, _, decision| {
        decisions.push((quote, decision));
    });
    decisions
}

/// As [`decisions`], one by one, with the candidates that each was made among.
pub fn each_decision(
    tagged: &Tagged,
    statements: &[Statement],
    mentions: &[FoundMention],
    entities: &Entities,
    mut each: impl FnMut(QuoteIdx, &[Candidate], Decision),
) {
    let mut speech = Speech::new(tagged, statements, mentions, entities);
    for (index, statement) in statements.iter().enumerate() {
        if statement.kind == QuoteKind::Scare {
            continue;
        }
        let candidates = candidates::candidates(tagged, statement, mentions, &speech);
        let decision = decision::decide(statement, &candidates, entities);
        speech.heard(tagged, statement, decision.source);
        each(QuoteIdx::new(index), &candidates, decision);
    }
}

fn printed(tagged: &Tagged, cue: &StatementCue) -> Cue {
    Cue { span: tagged.span(cue.tokens.clone()), lemma: cue.lemma.clone(), class: cue.class }
}
