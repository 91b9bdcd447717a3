//! Whom «he», «she», «they» and «it» stand for.

use crate::attribution::entities::Entities;
use crate::lexicon::word::{Function, Gender};
use crate::mentions::FoundMention;
use crate::model::{EntityIdx, EntityKind, MentionKind};
use crate::tagging::Tagged;

/// How many sentences back an antecedent is looked for.
const SENTENCES: u32 = 5;

/// How many mentions back.
const MENTIONS: usize = 40;

/// Gives pronouns outside quotations the entity that fits best in gender, number and nearness.
pub fn resolve(tagged: &Tagged, mentions: &[FoundMention], entities: &mut Entities) {
    for index in 0..mentions.len() {
        if mentions[index].kind == MentionKind::Pronoun && !mentions[index].quoted {
            entities.of[index] = antecedent(tagged, mentions, entities, index);
        }
    }
}

fn antecedent(
    tagged: &Tagged,
    mentions: &[FoundMention],
    entities: &Entities,
    index: usize,
) -> Option<(EntityIdx, f32)> {
    let pronoun = &mentions[index];
    let wanted = Wanted::of(tagged, pronoun)?;
    let here = tagged.sentence_at[pronoun.head];
    let mut scores: Vec<(EntityIdx, f32)> = Vec::new();
    for (mention, of) in mentions[..index].iter().zip(&entities.of).rev().take(MENTIONS) {
        let back = here - tagged.sentence_at[mention.head];
        if back > SENTENCES {
            break;
        }
        let Some((entity, sure)) = *of else { continue };
        if mention.quoted || !wanted.fits(entities, entity) {
            continue;
        }
        let score = sure * nearness(back, mention) * wanted.evidence(entities, entity);
        match scores.iter_mut().find(|known| known.0 == entity) {
            Some(known) => known.1 += score * 0.4,
            None => scores.push((entity, score)),
        }
    }
    best(&scores)
}

/// Nearer sentences and subjects are likelier antecedents.
fn nearness(back: u32, mention: &FoundMention) -> f32 {
    let base = match back {
        0 => 0.8,
        1 => 1.0,
        2 => 0.7,
        3 => 0.5,
        _ => 0.35,
    };
    let role = if mention.subject { 1.5 } else { 0.8 };
    let kind = if mention.kind == MentionKind::Pronoun { 1.2 } else { 1.0 };
    base * role * kind
}

/// The best entity, as sure as it stands out from the next.
fn best(scores: &[(EntityIdx, f32)]) -> Option<(EntityIdx, f32)> {
    let mut scores = scores.to_vec();
    scores.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let (entity, first) = *scores.first()?;
    let second = scores.get(1).map_or(0.0, |second| second.1);
    Some((entity, (first / (first + second)).min(0.95)))
}

/// What a pronoun asks of its antecedent.
#[derive(Clone, Copy)]
enum Wanted {
    Person(Gender),
    Several,
    Thing,
}

impl Wanted {
    fn of(tagged: &Tagged, pronoun: &FoundMention) -> Option<Self> {
        match tagged.function(pronoun.head)? {
            Function::He => Some(Self::Person(Gender::Male)),
            Function::She => Some(Self::Person(Gender::Female)),
            Function::They => Some(Self::Several),
            Function::It => Some(Self::Thing),
            _ => None,
        }
    }

    fn fits(self, entities: &Entities, entity: EntityIdx) -> bool {
        let kind = entities.entities[entity.at()].kind;
        let known = entities.gender(entity);
        match self {
            Self::Person(gender) => {
                kind == EntityKind::Person && (known == gender || known == Gender::Unknown)
            }
            Self::Several => matches!(kind, EntityKind::Group | EntityKind::Organisation),
            Self::Thing => matches!(kind, EntityKind::Organisation | EntityKind::Document),
        }
    }

    /// A known gender counts for more than an unknown one.
    fn evidence(self, entities: &Entities, entity: EntityIdx) -> f32 {
        match self {
            Self::Person(gender) if entities.gender(entity) == gender => 1.5,
            Self::Several if entities.entities[entity.at()].kind == EntityKind::Group => 1.5,
            _ => 1.0,
        }
    }
}
