//! «the midfielder», «the firm»: descriptions of who was named just before.

use crate::attribution::antecedents::{Antecedent, antecedents};
use crate::attribution::entities::Entities;
use crate::lexicon::word::{Function, Gender};
use crate::mentions::FoundMention;
use crate::model::{EntityIdx, EntityKind, MentionKind};
use crate::tagging::Tagged;

/// How sure it is that a description stands for the only one named just before.
const SURE: f32 = 0.6;

/// How many sentences back that one may have been named.
const SENTENCES: u32 = 2;

/// How many mentions back it may have been introduced without a name.
const RECENT: usize = 60;

/// The named entity that the definite noun `index` describes, if only one can be meant.
pub fn described(
    tagged: &Tagged,
    mentions: &[FoundMention],
    entities: &Entities,
    index: usize,
) -> Option<(EntityIdx, f32)> {
    let mention = &mentions[index];
    let (own, _) = entities.of[index]?;
    let kind = entities.entities[own.at()].kind;
    let describes = match mention.kind {
        MentionKind::Role => true,
        MentionKind::Organisation => {
            tagged.words[mention.head].organisation.is_some_and(|word| word.describes)
        }
        _ => false,
    };
    if !describes || mention.quoted || !is_bare(tagged, mention) || !entities.is_nameless(own) {
        return None;
    }
    // «a source close to the governor», then «the source»: introduced already, and not by name.
    let introduced = entities.of[..index].iter().rev().take(RECENT).flatten().any(|of| of.0 == own);
    if introduced {
        return None;
    }
    let fits = |entity: EntityIdx| {
        entities.entities[entity.at()].kind == kind
            && !entities.is_nameless(entity)
            && agree(entities.gender(entity), mention.gender)
    };
    let here = tagged.sentence_at[mention.head];
    let found = antecedents(tagged, mentions, entities, index, fits);
    let back = |one: &Antecedent| here - tagged.sentence_at[mentions[one.nearest].head];
    let nearest = found.first().map(back).filter(|back| (1..=SENTENCES).contains(back))?;
    let mut near = found.iter().filter(|one| back(one) == nearest);
    let (first, second) = (near.next()?, near.next());
    let subject = kind == EntityKind::Organisation || mentions[first.nearest].subject;
    (second.is_none() && subject).then_some((first.entity, SURE))
}

fn agree(one: Gender, other: Gender) -> bool {
    one == other || one == Gender::Unknown || other == Gender::Unknown
}

/// Whether nothing but «the» and the noun is there: «the head *of the union*» says itself who it is.
fn is_bare(tagged: &Tagged, mention: &FoundMention) -> bool {
    let definite = tagged.is(mention.tokens.start, Function::The);
    let end = mention.head + 1;
    let attached = matches!(
        tagged.function(end),
        Some(Function::Of | Function::From | Function::Relative | Function::Preposition)
    );
    definite && !attached && mention.tokens.end == end && mention.same_as.is_none()
}
