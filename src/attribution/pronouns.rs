//! Whom «he», «she», «they» and «it» stand for.

use crate::attribution::antecedents::{Antecedent, FEATURES, Scene, antecedents};
use crate::attribution::descriptions::described;
use crate::attribution::entities::Entities;
use crate::lexicon::word::{Function, Gender};
use crate::mentions::FoundMention;
use crate::model::{EntityIdx, EntityKind, MentionIdx, MentionKind, Pos};
use crate::tagging::Tagged;

/// What speaks for the antecedent of «he» and «she», in the order of [`Scene::features`]: a log-linear
/// choice among the people named before, fitted to the coreference of the training parts of UD English GUM
/// (gold) and PolNeAR (CoreNLP's).
const PERSON: [f32; FEATURES] = [
    0.41, 0.35, -2.04, 0.6, -0.15, 1.23, 1.96, 1.48, 0.0, 0.0, 0.33, 0.41, 0.46, 0.35, -0.36, 0.1, 0.11, 0.26,
];

/// The same for «it» and «they», fitted to GUM where one of the antecedents is right.
const THING: [f32; FEATURES] = [
    1.37, 1.09, -1.93, 0.41, -1.7, 0.05, 1.28, 0.0, 2.75, 0.0, -0.53, 1.68, 0.54, 0.0, 1.22, 1.85, 0.18, 0.43,
];

/// No antecedent is surer than this.
const SUREST: f32 = 0.95;

/// So sure must a pronoun be for its gender to become that of a person of unknown gender.
const TEACHES: f32 = 0.75;

/// Gives pronouns outside quotations the entity that fits best in gender, number and nearness.
pub fn resolve(tagged: &Tagged, mentions: &[FoundMention], entities: &mut Entities) {
    each_resolved(tagged, mentions, entities, |_, _| {});
}

/// As [`resolve`]; `each` is told the entities that a pronoun was given the first of, with their scores.
pub fn each_resolved(
    tagged: &Tagged,
    mentions: &[FoundMention],
    entities: &mut Entities,
    mut each: impl FnMut(MentionIdx, &[(EntityIdx, f32)]),
) {
    let named = entities.times_named();
    for index in 0..mentions.len() {
        if let Some(described) = described(tagged, mentions, entities, index) {
            entities.of[index] = Some(described);
        }
        if mentions[index].kind != MentionKind::Pronoun || mentions[index].quoted {
            continue;
        }
        if tagged.pos(mentions[index].head) == Pos::WhPronoun {
            entities.of[index] = beside(mentions, entities, index);
            continue;
        }
        let Some(wanted) = Wanted::of(tagged, &mentions[index]) else { continue };
        let scene = Scene { tagged, mentions, entities, index, named: &named };
        let found = antecedents(tagged, mentions, entities, index, |entity| wanted.fits(entities, entity));
        let scores = scores(&scene, wanted, &found);
        let Some((entity, sure)) = best(&scores) else { continue };
        each(MentionIdx::new(index), &scores);
        entities.of[index] = Some((entity, sure));
        if let Wanted::Person(gender) = wanted
            && sure >= TEACHES
        {
            entities.learn_gender(entity, gender);
        }
    }
}

/// «Reyes, *who* said»: whom the mention right before stands for.
fn beside(mentions: &[FoundMention], entities: &Entities, index: usize) -> Option<(EntityIdx, f32)> {
    let start = mentions[index].tokens.start;
    let near = (0..index).rev().take(4).find(|&near| {
        let end = mentions[near].tokens.end;
        end <= start && start - end <= 1
    })?;
    entities.of[near].map(|(entity, sure)| (entity, sure * SUREST))
}

/// The antecedents with their scores, log-odds against one another, the best first.
fn scores(scene: &Scene, wanted: Wanted, found: &[Antecedent]) -> Vec<(EntityIdx, f32)> {
    let weights = if matches!(wanted, Wanted::Person(_)) { &PERSON } else { &THING };
    let score = |antecedent: &Antecedent| -> f32 {
        scene.features(antecedent).iter().zip(weights).map(|(value, weight)| value * weight).sum()
    };
    let mut scores: Vec<(EntityIdx, f32)> = found.iter().map(|one| (one.entity, score(one))).collect();
    scores.sort_by(|a, b| b.1.total_cmp(&a.1));
    scores
}

/// The best antecedent, as sure as it stands out from the next.
fn best(scores: &[(EntityIdx, f32)]) -> Option<(EntityIdx, f32)> {
    let (entity, first) = *scores.first()?;
    let second = scores.get(1).map_or(f32::NEG_INFINITY, |second| second.1);
    Some((entity, (1.0 / (1.0 + (second - first).exp())).min(SUREST)))
}

/// What a pronoun asks of its antecedent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wanted {
    Person(Gender),
    Several,
    Thing,
}

impl Wanted {
    /// What the pronoun asks; `None` for «I» and «you».
    pub fn of(tagged: &Tagged, pronoun: &FoundMention) -> Option<Self> {
        match tagged.function(pronoun.head)? {
            Function::He => Some(Self::Person(Gender::Male)),
            Function::She => Some(Self::Person(Gender::Female)),
            Function::They => Some(Self::Several),
            Function::It => Some(Self::Thing),
            _ => None,
        }
    }

    /// Whether the entity is of a kind and gender that the pronoun can stand for.
    pub fn fits(self, entities: &Entities, entity: EntityIdx) -> bool {
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
}
