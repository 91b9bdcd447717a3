//! Who said it: candidates → features → score → decision, and whom each mention stands for.

pub mod antecedents;
pub mod beside;
pub mod candidates;
pub mod decision;
pub mod descriptions;
pub mod entities;
pub mod features;
pub mod pronouns;
pub mod score;
pub mod speech;
pub mod vocatives;

use crate::attribution::entities::Entities;
use crate::attribution::speech::Speech;
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

/// Decides the source of every statement that is somebody's words, in their order.
pub fn attribute(
    tagged: &Tagged,
    statements: &[Statement],
    mentions: &[FoundMention],
    entities: &Entities,
) -> Vec<Attribution> {
    let mut speech = Speech::new(tagged, statements, mentions, entities);
    let mut attributions = Vec::new();
    for (index, statement) in statements.iter().enumerate() {
        if statement.kind == QuoteKind::Scare {
            continue;
        }
        let candidates = candidates::candidates(tagged, statement, mentions, &speech);
        let decision = decision::decide(statement, &candidates, mentions, entities);
        speech.heard(tagged, statement, decision.source);
        attributions.push(Attribution {
            quote: QuoteIdx::new(index),
            cue: statement.cue.as_ref().map(|cue| printed(tagged, cue)),
            source: decision.source,
            method: decision.method,
            confidence: decision.confidence,
            runners_up: decision.runners_up,
            relayed_by: statement.relay.as_ref().and_then(|relay| mention_at(mentions, relay.head)),
        });
    }
    attributions
}

fn printed(tagged: &Tagged, cue: &StatementCue) -> Cue {
    Cue { span: tagged.span(cue.tokens.clone()), lemma: cue.lemma.clone(), class: cue.class }
}
