//! The entities that a pronoun can stand for, with what speaks for each.

use crate::attribution::entities::Entities;
use crate::lexicon::word::Gender;
use crate::mentions::FoundMention;
use crate::model::{EntityIdx, EntityKind, MentionKind};
use crate::tagging::Tagged;

/// How many sentences back an antecedent is looked for.
const SENTENCES: u32 = 8;

/// How many mentions back.
const MENTIONS: usize = 60;

/// How many features an antecedent has; [`Scene::features`] gives them.
pub const FEATURES: usize = 18;

/// An entity that a pronoun can stand for.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Antecedent {
    pub entity: EntityIdx,
    /// Its mention nearest before the pronoun.
    pub nearest: usize,
    /// How often it is mentioned in the sentences before.
    pub times: u32,
    /// How many other antecedents are the subject of a verb between it and the pronoun.
    pub between: u32,
}

/// The entities named outside quotations before mention `index` that `fits` allows, the nearest first.
pub fn antecedents(
    tagged: &Tagged,
    mentions: &[FoundMention],
    entities: &Entities,
    index: usize,
    fits: impl Fn(EntityIdx) -> bool,
) -> Vec<Antecedent> {
    let here = tagged.sentence_at[mentions[index].head];
    let near = |&before: &usize| here - tagged.sentence_at[mentions[before].head] <= SENTENCES;
    let mut found: Vec<Antecedent> = Vec::new();
    let mut between = 0;
    for nearest in (0..index).rev().take(MENTIONS).take_while(near) {
        let entity = entities.of[nearest].map(|of| of.0);
        let Some(entity) = entity.filter(|&entity| !mentions[nearest].quoted && fits(entity)) else {
            continue;
        };
        match found.iter_mut().find(|known| known.entity == entity) {
            Some(known) => known.times += 1,
            None => {
                found.push(Antecedent { entity, nearest, times: 1, between });
                between += u32::from(mentions[nearest].subject);
            }
        }
    }
    found
}

/// What a pronoun sees before it.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    pub tagged: &'a Tagged<'a>,
    pub mentions: &'a [FoundMention],
    pub entities: &'a Entities,
    /// The pronoun.
    pub index: usize,
    /// How often each entity is named in the whole article, pronouns left out.
    pub named: &'a [u32],
}

impl Scene<'_> {
    /// What speaks for an antecedent: 0 or 1, and logarithms of counts.
    pub fn features(&self, antecedent: &Antecedent) -> [f32; FEATURES] {
        let (pronoun, mention) = (&self.mentions[self.index], &self.mentions[antecedent.nearest]);
        let back = self.sentence(self.index) - self.sentence(antecedent.nearest);
        let first = antecedent.nearest == 0
            || self.sentence(antecedent.nearest - 1) != self.sentence(antecedent.nearest);
        let paragraph = |mention: &FoundMention| self.tagged.paragraph_of(mention.head);
        let kind = self.entities.entities[antecedent.entity.at()].kind;
        let holds = |holds: bool| f32::from(u8::from(holds));
        [
            holds(back == 0),
            holds(back == 1),
            (back as f32).ln_1p(),
            holds(paragraph(pronoun) == paragraph(mention)),
            holds(mention.subject),
            holds(first),
            holds(mention.kind == MentionKind::Pronoun),
            holds(self.entities.gender(antecedent.entity) != Gender::Unknown),
            holds(kind == EntityKind::Group),
            holds(kind == EntityKind::Document),
            holds(self.entities.is_nameless(antecedent.entity)),
            holds(pronoun.source && mention.source),
            holds(antecedent.between == 0),
            holds(mention.kind == MentionKind::Name && mention.subject && back <= 1),
            holds(mention.kind == MentionKind::Pronoun && back >= 2),
            holds(pronoun.subject && mention.subject),
            (antecedent.times as f32).ln(),
            (self.named[antecedent.entity.at()] as f32).ln_1p(),
        ]
    }

    fn sentence(&self, mention: usize) -> u32 {
        self.tagged.sentence_at[self.mentions[mention].head]
    }
}
