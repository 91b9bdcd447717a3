//! Names and roles side by side: «Reyes, *a spokeswoman for the ministry*,», «*the mayor*, Ann Reyes,».

use crate::lexicon::word::{Function, Gender};
use crate::mentions::FoundMention;
use crate::model::{MentionIdx, MentionKind, Pos};
use crate::tagging::Tagged;
use std::ops::Range;

/// How many chunks can hang on a role: «for the ministry of roads and bridges in the north».
const ATTACHED: usize = 5;

/// How many roles one apposition can give: «curator, editor and director».
const ROLES: usize = 4;

/// Gives names the roles beside them, and roles the names that say who has them.
pub fn link(tagged: &Tagged, found: &mut [FoundMention]) {
    for index in 0..found.len() {
        match found[index].kind {
            MentionKind::Name => roles_after(tagged, found, index),
            MentionKind::Role if found[index].same_as.is_none() => name_after(tagged, found, index),
            MentionKind::Organisation => holder_of(tagged, found, index),
            _ => {}
        }
    }
}

/// «Ann Reyes, *curator and director of exhibits at the museum*, said»
fn roles_after(tagged: &Tagged, found: &mut [FoundMention], name: usize) {
    let mut at = found[name].tokens.end;
    for _ in 0..ROLES {
        let Some(next) = leads_on(tagged, at, found[name].tokens.end) else { return };
        let Some(role) = starting_at(found, next) else { return };
        if found[role].kind != MentionKind::Role || is_subject_of_its_own(tagged, &found[role]) {
            return;
        }
        take_role(tagged, found, name, role);
        at = attached_end(tagged, first_noun_end(tagged, &found[role]));
    }
}

/// One past the comma or «and» at token `at` that leads to a role; an «and» only after a first role.
fn leads_on(tagged: &Tagged, at: usize, name_end: usize) -> Option<usize> {
    let comma = tagged.is_mark(at, ",");
    let next = at + usize::from(comma);
    let and = at > name_end && tagged.is(next, Function::And);
    (comma || and).then_some(next + usize::from(and))
}

/// «After she met Ann Reyes, *the minister* said»: what follows the comma is somebody else.
fn is_subject_of_its_own(tagged: &Tagged, role: &FoundMention) -> bool {
    let definite = tagged.is(role.tokens.start, Function::The);
    definite && tagged.is_finite_verb(attached_end(tagged, first_noun_end(tagged, role)))
}

/// «*the head of the union*, Ann Reyes, said»
fn name_after(tagged: &Tagged, found: &mut [FoundMention], role: usize) {
    let comma = attached_end(tagged, first_noun_end(tagged, &found[role]));
    if !tagged.is_mark(comma, ",") {
        return;
    }
    let Some(name) = starting_at(found, comma + 1) else { return };
    let closes = found[name].tokens.end;
    let is_list = tagged.is(closes, Function::And) || tagged.is_finite_verb(closes);
    if found[name].kind == MentionKind::Name && !is_list {
        take_role(tagged, found, name, role);
    }
}

/// «University of *Orbo president Ann Reyes* said»: what seems to be the university is she.
fn holder_of(tagged: &Tagged, found: &mut [FoundMention], organisation: usize) {
    let of = found[organisation].tokens.end;
    let Some(chunk) = tagged.noun_chunk(of + 1).filter(|_| tagged.is(of, Function::Of)) else { return };
    let from = found.partition_point(|mention| mention.tokens.start <= of);
    let held = found[from..].iter().take(ROLES).position(|mention| {
        mention.head == chunk.head && mention.role.as_ref().is_some_and(|role| role.start == chunk.start)
    });
    found[organisation].same_as = held.map(|held| MentionIdx::new(from + held));
}

/// The mention whose first token is `at`.
fn starting_at(found: &[FoundMention], at: usize) -> Option<usize> {
    let index = found.partition_point(|mention| mention.tokens.start < at);
    found.get(index).filter(|mention| mention.tokens.start == at).map(|_| index)
}

fn take_role(tagged: &Tagged, found: &mut [FoundMention], name: usize, role: usize) {
    found[role].same_as = Some(MentionIdx::new(name));
    if is_company(tagged, found, name, role) {
        found[name].kind = MentionKind::Organisation;
        return;
    }
    let (tokens, gender) = (found[role].tokens.clone(), found[role].gender);
    let first_end = first_noun_end(tagged, &found[role]);
    let name = &mut found[name];
    if name.gender == Gender::Unknown {
        name.gender = gender;
    }
    if name.role.is_none() {
        let leads = matches!(tagged.pos(tokens.start), Pos::Determiner | Pos::PossessivePronoun);
        let role = tokens.start + usize::from(leads)..attached_end(tagged, first_end);
        name.role = (!role.is_empty()).then_some(role);
    }
}

/// «the operator, *Hebrid Line*,»: a noun that names companies too, beside a name that no person has.
fn is_company(tagged: &Tagged, found: &[FoundMention], name: usize, role: usize) -> bool {
    let generic = tagged.words[found[role].head].organisation.is_some_and(|word| word.generic);
    let first = found[name].name.as_ref().map_or(found[name].head, |name| name.start);
    generic && found[name].gender == Gender::Unknown && tagged.words[first].given_name.is_none()
}

/// One past the first noun chunk of a role, which may have been found with all that hangs on it.
fn first_noun_end(tagged: &Tagged, role: &FoundMention) -> usize {
    let chunk = tagged.noun_chunk(role.tokens.start);
    chunk.map_or(role.tokens.end, |chunk| chunk.end.min(role.tokens.end))
}

/// One past a role with its «of the ministry», «for the city».
fn attached_end(tagged: &Tagged, end: usize) -> usize {
    let mut end = end;
    for _ in 0..ATTACHED {
        let Some(next) = attached(tagged, end) else { break };
        end = next.end;
    }
    end
}

/// The chunk that a preposition or «and» at token `link` ties to what stands before it.
fn attached(tagged: &Tagged, link: usize) -> Option<Range<usize>> {
    let links = matches!(
        tagged.function(link),
        Some(Function::Of | Function::From | Function::Preposition | Function::And)
    );
    let next = if links { tagged.noun_chunk(link + 1) } else { None };
    next.filter(|next| next.start == link + 1).map(|next| next.start..next.end)
}
