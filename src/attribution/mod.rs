//! Who said it: candidates → features → score → decision, and whom each mention stands for.

pub mod candidates;
pub mod decision;
pub mod entities;
pub mod pronouns;
pub mod score;

use crate::attribution::decision::Speech;
use crate::attribution::entities::Entities;
use crate::mentions::FoundMention;
use crate::model::{Attribution, Cue, MentionIdx, QuoteIdx, QuoteKind};
use crate::quotes::{Statement, StatementCue};
use crate::tagging::Tagged;

/// Decides the source of every statement that is somebody's words, in their order.
pub fn attribute(
    tagged: &Tagged,
    statements: &[Statement],
    mentions: &[FoundMention],
    entities: &Entities,
) -> Vec<Attribution> {
    let mut speech = Speech::default();
    let mut attributions = Vec::new();
    for (index, statement) in statements.iter().enumerate() {
        if statement.kind == QuoteKind::Scare {
            continue;
        }
        let candidates = candidates::candidates(tagged, statement, mentions, &speech);
        let decision = decision::decide(tagged, statement, &candidates, mentions, entities);
        speech.heard(tagged, statement, &decision);
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

/// The mention whose deciding noun is token `head`, or the longest that holds it.
pub fn mention_at(mentions: &[FoundMention], head: usize) -> Option<MentionIdx> {
    let end = mentions.partition_point(|mention| mention.tokens.start <= head);
    let near = mentions[..end].iter().enumerate().rev().take(8);
    let holding = near.filter(|(_, mention)| mention.tokens.contains(&head));
    let best = holding.max_by_key(|(_, mention)| (mention.head == head, mention.tokens.len()))?;
    Some(MentionIdx::new(best.0))
}
