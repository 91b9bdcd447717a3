//! The people, organisations, groups and documents of one article, whatever words name them there.

use crate::lexicon::fold::fold;
use crate::lexicon::word::{Function, Gender};
use crate::mentions::FoundMention;
use crate::model::{Entity, EntityIdx, EntityKind, MentionKind, Pos};
use crate::tagging::Tagged;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Namesakes looked at for one surname; it bounds the work on hostile text.
const NAMESAKES: usize = 16;

/// How many mentions back a surname or a role looks for whom it stands for.
const RECENT: usize = 60;

/// How sure it is that a role beside a name is that person's.
const APPOSED: f32 = 0.95;

/// How sure it is that a role that nobody is said to have is that of the only person named so far.
const ONLY_PERSON: f32 = 0.5;

/// How sure it is that a role without a name is that of the only one who has it, named further on.
const NAMED_LATER: f32 = 0.6;

/// The entities of an article, and whom each mention stands for.
#[derive(Debug, Default)]
pub struct Entities {
    pub entities: Vec<Entity>,
    pub genders: Vec<Gender>,
    /// One a mention: the entity, and how sure that is, 0 to 1.
    pub of: Vec<Option<(EntityIdx, f32)>>,
    aliases: Vec<BTreeSet<String>>,
    by_last: FxHashMap<String, Vec<EntityIdx>>,
    by_first: FxHashMap<String, Vec<EntityIdx>>,
    by_middle: FxHashMap<String, Vec<EntityIdx>>,
    by_whole: FxHashMap<(EntityKind, String), EntityIdx>,
    by_role: FxHashMap<String, Vec<EntityIdx>>,
    by_printed_role: FxHashMap<String, EntityIdx>,
}

/// Groups names and nouns by whom they stand for: full names first, then surnames, then roles and
/// generic nouns. Pronouns stand for nobody yet.
pub fn by_name(tagged: &Tagged, mentions: &[FoundMention]) -> Entities {
    let mut entities = Entities { of: vec![None; mentions.len()], ..Entities::default() };
    for (index, mention) in mentions.iter().enumerate() {
        if mention.kind == MentionKind::Name && is_long(mention) {
            entities.add_full_name(tagged, index, mention);
        }
    }
    for (index, mention) in mentions.iter().enumerate() {
        match mention.kind {
            MentionKind::Name if entities.of[index].is_none() => {
                entities.add_short_name(tagged, index, mention)
            }
            MentionKind::Organisation if is_long(mention) => entities.add_named(tagged, index, mention),
            _ => {}
        }
    }
    for (index, mention) in mentions.iter().enumerate() {
        let named = mention.kind == MentionKind::Organisation && mention.name.is_some();
        if named && entities.of[index].is_none() {
            entities.add_named(tagged, index, mention);
        }
    }
    for (index, mention) in mentions.iter().enumerate() {
        if let Some((entity, _)) = mention.same_as.and_then(|name| entities.of[name.at()]) {
            entities.set(index, entity, APPOSED);
        } else if mention.name.is_none() && mention.kind != MentionKind::Pronoun {
            entities.add_common(tagged, index, mentions);
        }
    }
    entities.finish();
    entities
}

impl Entities {
    pub fn gender(&self, entity: EntityIdx) -> Gender {
        self.genders[entity.at()]
    }

    /// Whether only common nouns stand for it, no name.
    pub fn is_nameless(&self, entity: EntityIdx) -> bool {
        self.aliases[entity.at()].is_empty()
    }

    /// Takes a gender over where none is known.
    pub fn learn_gender(&mut self, entity: EntityIdx, gender: Gender) {
        let known = &mut self.genders[entity.at()];
        if *known == Gender::Unknown {
            *known = gender;
        }
    }

    /// One an entity: how many mentions stand for it.
    pub fn times_named(&self) -> Vec<u32> {
        let mut times = vec![0; self.entities.len()];
        self.of.iter().flatten().for_each(|(entity, _)| times[entity.at()] += 1);
        times
    }

    fn new_entity(&mut self, kind: EntityKind, name: String, gender: Gender) -> EntityIdx {
        self.entities.push(Entity { kind, name, role: None, aliases: Vec::new() });
        self.genders.push(gender);
        self.aliases.push(BTreeSet::new());
        EntityIdx::new(self.entities.len() - 1)
    }

    /// The entity of that kind and folded name, known or new.
    fn named(&mut self, kind: EntityKind, folded: String, name: String, gender: Gender) -> EntityIdx {
        let key = (kind, folded);
        if let Some(&known) = self.by_whole.get(&key) {
            return known;
        }
        let entity = self.new_entity(kind, name, gender);
        self.by_whole.insert(key, entity);
        entity
    }

    /// Whom the mentions before `index` stand for, the nearest first.
    fn recent(&self, index: usize) -> impl Iterator<Item = EntityIdx> {
        self.of[..index].iter().rev().take(RECENT).flatten().map(|of| of.0)
    }

    fn set(&mut self, mention: usize, entity: EntityIdx, sure: f32) {
        self.of[mention] = Some((entity, sure));
    }

    fn add_full_name(&mut self, tagged: &Tagged, index: usize, mention: &FoundMention) {
        let Some((name, words)) = printed_name(tagged, mention) else { return };
        let (Some(first), Some(last)) = (words.first().cloned(), words.last().cloned()) else { return };
        let whole = format!("{first} {last}");
        let known = self.by_whole.get(&(EntityKind::Person, whole.clone())).copied();
        let entity =
            known.unwrap_or_else(|| self.new_entity(EntityKind::Person, name.clone(), mention.gender));
        if known.is_none() {
            self.by_whole.insert((EntityKind::Person, whole), entity);
            self.by_last.entry(last).or_default().push(entity);
            self.by_first.entry(first).or_default().push(entity);
            // «Ms Solís» is Ana Solís Reyes.
            for middle in words.iter().take(words.len().saturating_sub(1)).skip(1) {
                self.by_middle.entry(middle.clone()).or_default().push(entity);
            }
        }
        if name.split(' ').count() > self.entities[entity.at()].name.split(' ').count() {
            self.entities[entity.at()].name.clone_from(&name);
        }
        self.enrich(tagged, entity, mention);
        self.set(index, entity, 1.0);
    }

    /// «Reyes»: the person of that surname named last before, else first after, else somebody new.
    fn add_short_name(&mut self, tagged: &Tagged, index: usize, mention: &FoundMention) {
        let Some((name, words)) = printed_name(tagged, mention) else { return };
        let Some(key) = words.last() else { return };
        let namesakes =
            self.by_last.get(key).or_else(|| self.by_first.get(key)).or_else(|| self.by_middle.get(key));
        let fits = |entity: &&EntityIdx| {
            let gender = self.genders[entity.at()];
            gender == mention.gender || gender == Gender::Unknown || mention.gender == Gender::Unknown
        };
        let fitting: Vec<EntityIdx> =
            namesakes.into_iter().flatten().take(NAMESAKES).filter(fits).copied().collect();
        let recent = self.recent(index).find(|entity| fitting.contains(entity));
        let nearest = recent.or(fitting.first().copied());
        let sure = if fitting.len() > 1 { 0.7 } else { 0.97 };
        let entity = match nearest {
            Some(entity) => entity,
            None => {
                let entity = self.new_entity(EntityKind::Person, name, mention.gender);
                self.by_last.entry(key.clone()).or_default().push(entity);
                entity
            }
        };
        self.enrich(tagged, entity, mention);
        self.set(index, entity, sure);
    }

    fn add_named(&mut self, tagged: &Tagged, index: usize, mention: &FoundMention) {
        let Some((name, words)) = printed_name(tagged, mention) else { return };
        let entity = self.named(EntityKind::Organisation, words.join(" "), name.clone(), Gender::Unknown);
        self.aliases[entity.at()].insert(name);
        for short in short_forms(&words) {
            self.by_whole.entry((EntityKind::Organisation, short)).or_insert(entity);
        }
        for word in words {
            remember(&mut self.by_role, word, entity);
        }
        self.set(index, entity, 1.0);
    }

    /// «the minister», «the company»: who has that role or that word in the name, else itself.
    fn add_common(&mut self, tagged: &Tagged, index: usize, mentions: &[FoundMention]) {
        let mention = &mentions[index];
        if let Some((entity, sure)) = self.holder(tagged, index, mention) {
            return self.set(index, entity, sure);
        }
        let name = as_printed(tagged, mention);
        if let Some(&entity) = self.by_printed_role.get(&fold(&name)) {
            return self.set(index, entity, NAMED_LATER);
        }
        if let Some(person) = self.only_person(tagged, index, mentions) {
            return self.set(index, person, ONLY_PERSON);
        }
        let entity = self.named(kind(mention.kind), fold(&name), name, mention.gender);
        // «the source» is then «a source close to the governor».
        remember(&mut self.by_role, fold(tagged.text(mention.head)), entity);
        self.set(index, entity, 0.9);
    }

    /// Who was named last with the role or the word of a definite noun, else the only one who is further on;
    /// of «his spokesman» only the one whom the article names as a spokesman.
    fn holder(&self, tagged: &Tagged, index: usize, mention: &FoundMention) -> Option<(EntityIdx, f32)> {
        let owned = tagged.pos(mention.tokens.start) == Pos::PossessivePronoun;
        let definite = owned || tagged.is(mention.tokens.start, Function::The);
        if !definite || !matches!(mention.kind, MentionKind::Role | MentionKind::Organisation) {
            return None;
        }
        let known = self.by_role.get(&fold(tagged.text(mention.head)))?.iter().rev().take(NAMESAKES);
        let fits = |entity: &EntityIdx| self.can_be(tagged, *entity, kind(mention.kind), mention);
        let same: Vec<EntityIdx> = known.copied().filter(fits).collect();
        let named = |entity: &EntityIdx| same.contains(entity) && !self.is_nameless(*entity);
        if owned {
            return self.recent(index).find(named).filter(|_| same.len() == 1).map(|one| (one, NAMED_LATER));
        }
        let nearest = self.recent(index).find(named);
        let nearest = nearest.or_else(|| self.recent(index).find(|entity| same.contains(entity)));
        let sure = if same.len() > 1 { 0.6 } else { 0.85 };
        let only = if let [only] = same[..] { Some((only, NAMED_LATER)) } else { None };
        nearest.map(|entity| (entity, sure)).or(only)
    }

    /// «Ann Reyes had lost in two sets. “I was slow,” *the champion* said»: the only person named before, of whom no role
    /// is told.
    fn only_person(&self, tagged: &Tagged, index: usize, mentions: &[FoundMention]) -> Option<EntityIdx> {
        let mention = &mentions[index];
        if mention.kind != MentionKind::Role || !tagged.is(mention.tokens.start, Function::The) {
            return None;
        }
        // A single word that isn't a subject may be a place as well.
        let may_speak = |mention: &FoundMention| !mention.quoted && (mention.subject || is_long(mention));
        let before = self.of[..index].iter().zip(mentions).rev().take(RECENT);
        let mut people = before
            .filter_map(|(of, mention)| of.filter(|_| may_speak(mention)))
            .filter(|of| self.entities[of.0.at()].kind == EntityKind::Person && !self.is_nameless(of.0));
        let (person, _) = people.next()?;
        // «After she met Ann Reyes, *the minister* said»: somebody else.
        let sentence = tagged.sentence_at[mention.head];
        let stands_beside = self.of[..index].iter().zip(mentions).rev().take(RECENT).any(|(of, other)| {
            of.is_some_and(|of| of.0 == person) && tagged.sentence_at[other.head] == sentence
        });
        let gender = self.genders[person.at()];
        let fits = gender == mention.gender || [gender, mention.gender].contains(&Gender::Unknown);
        let is_only = people.all(|other| other.0 == person);
        let is_free = self.entities[person.at()].role.is_none();
        (is_only && fits && is_free && !stands_beside).then_some(person)
    }

    /// Whether «the US president» can be `entity`: of that kind, and no place or people in the
    /// words before the noun that its role or name doesn't have.
    fn can_be(&self, tagged: &Tagged, entity: EntityIdx, kind: EntityKind, mention: &FoundMention) -> bool {
        let known = &self.entities[entity.at()];
        let printed = known.role.as_deref().unwrap_or(&known.name);
        let mut origins = (mention.tokens.start..mention.head)
            .filter(|&i| tagged.words[i].place || tagged.words[i].demonym || tagged.pos(i) == Pos::Proper);
        known.kind == kind && origins.all(|i| printed.contains(tagged.text(i)))
    }

    /// Takes over what a mention adds: role, gender, another form of the name.
    fn enrich(&mut self, tagged: &Tagged, entity: EntityIdx, mention: &FoundMention) {
        self.learn_gender(entity, mention.gender);
        self.aliases[entity.at()].insert(alias(tagged, mention));
        let Some(role) = mention.role.clone() else { return };
        for i in role.clone().filter(|&i| tagged.words[i].role.is_some()) {
            remember(&mut self.by_role, fold(tagged.text(i)), entity);
        }
        let words = on_one_line(tagged.printed(role));
        self.by_printed_role.entry(fold(&words)).or_insert(entity);
        let entity = &mut self.entities[entity.at()];
        if entity.role.as_ref().is_none_or(|known| known.len() < words.len()) {
            entity.role = Some(words);
        }
    }

    fn finish(&mut self) {
        for (entity, aliases) in self.entities.iter_mut().zip(&self.aliases) {
            entity.aliases = aliases.iter().filter(|alias| **alias != entity.name).cloned().collect();
        }
    }
}

/// Whether a name has several words.
fn is_long(mention: &FoundMention) -> bool {
    mention.name.as_ref().is_some_and(|name| name.len() > 1)
}

/// «EPA» of «Environmental Protection Agency», «Hebrid» of «Hebrid Line».
fn short_forms(words: &[String]) -> Vec<String> {
    let initials = words.iter().filter_map(|word| word.chars().next()).collect();
    if words.len() < 2 { Vec::new() } else { vec![words[0].clone(), initials] }
}

/// The name as printed, with its courtesy title: «Mr Ito».
fn alias(tagged: &Tagged, mention: &FoundMention) -> String {
    let name = mention.name.clone().unwrap_or(mention.tokens.clone());
    let start = if mention.role.is_none() { mention.tokens.start.min(name.start) } else { name.start };
    on_one_line(tagged.printed(start..name.end))
}

fn on_one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn remember(map: &mut FxHashMap<String, Vec<EntityIdx>>, word: String, entity: EntityIdx) {
    let known = map.entry(word).or_default();
    if known.last() != Some(&entity) {
        known.push(entity);
    }
}

fn kind(kind: MentionKind) -> EntityKind {
    match kind {
        MentionKind::Name | MentionKind::Role | MentionKind::Pronoun => EntityKind::Person,
        MentionKind::Organisation => EntityKind::Organisation,
        MentionKind::Group => EntityKind::Group,
        MentionKind::Document => EntityKind::Document,
    }
}

/// The name as printed, on one line, and its words folded, without «Jr.», «III».
fn printed_name(tagged: &Tagged, mention: &FoundMention) -> Option<(String, Vec<String>)> {
    let name = mention.name.clone()?;
    let printed = tagged.printed(name.clone());
    let words = name.filter(|&i| tagged.is_word(i)).map(|i| fold(tagged.text(i)));
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    let is_suffix = |word: &String| word.len() <= 3 && word.chars().all(|c| "ivxjrs".contains(c));
    let end =
        if words.len() > 2 && words.last().is_some_and(is_suffix) { words.len() - 1 } else { words.len() };
    Some((on_one_line(printed), words[..end].to_vec()))
}

/// A common noun as printed, its article in small letters.
fn as_printed(tagged: &Tagged, mention: &FoundMention) -> String {
    let words = on_one_line(tagged.printed(mention.tokens.clone()));
    let leads = tagged.pos(mention.tokens.start) != Pos::Proper;
    let mut chars = words.chars();
    match chars.next() {
        Some(first) if leads => first.to_lowercase().chain(chars).collect(),
        _ => words,
    }
}
