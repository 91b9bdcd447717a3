//! Verb groups («has not been told») and noun chunks («the US president»), by rules.

use crate::lexicon::word::Function;
use crate::model::{Pos, TokenKind};
use crate::tagging::Tagged;

/// A verb with its auxiliaries and adverbs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct VerbGroup {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// The main verb.
    pub head: usize,
    pub form: VerbForm,
    pub voice: Voice,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum VerbForm {
    Finite,
    /// `to say`
    Infinitive,
    /// `saying`
    Gerund,
    /// `said` without an auxiliary, as in «remarks published on Friday».
    Participle,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Voice {
    Active,
    Passive,
}

/// A noun with what stands before it, or a pronoun.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NounChunk {
    /// First token.
    pub start: usize,
    /// One past the last token.
    pub end: usize,
    /// The noun or pronoun.
    pub head: usize,
}

/// No noun chunk has more tokens; it bounds the work on a run of adjectives.
const LONGEST: usize = 40;

/// Finds the verb groups, then the noun chunks, of every sentence.
pub fn chunk(tagged: &mut Tagged) {
    for index in 0..tagged.sentences.len() {
        let tokens = &tagged.sentences[index].tokens;
        let (start, end) = (tokens.start as usize, tokens.end as usize);
        verb_groups(tagged, start, end);
        noun_chunks(tagged, start, end);
    }
}

fn verb_groups(tagged: &mut Tagged, start: usize, end: usize) {
    let mut i = start;
    while i < end {
        let Some(group) = verb_group(tagged, i, end) else {
            i += 1;
            continue;
        };
        let index = tagged.verb_groups.len() as u32;
        tagged.verb_group_at[group.start..group.end].fill(Some(index));
        i = group.end;
        tagged.verb_groups.push(group);
    }
}

fn is_auxiliary(tagged: &Tagged, i: usize) -> bool {
    tagged.pos(i) == Pos::Modal
        || tagged.pos(i).is_verb()
            && matches!(tagged.function(i), Some(Function::Be | Function::Have | Function::Do))
}

/// The verb group that begins at token `i`, if one does.
fn verb_group(tagged: &Tagged, i: usize, end: usize) -> Option<VerbGroup> {
    let first = tagged.pos(i);
    let infinitive = tagged.is(i, Function::To)
        && next_verb(tagged, i + 1, end).is_some_and(|verb| tagged.pos(verb) == Pos::VerbBase);
    if !infinitive && !first.is_verb() && first != Pos::Modal {
        return None;
    }
    if is_premodifier(tagged, i, end) {
        return None;
    }
    let mut head = if infinitive { next_verb(tagged, i + 1, end)? } else { i };
    while is_auxiliary(tagged, head) {
        let Some(next) = next_verb(tagged, head + 1, end) else { break };
        head = next;
    }
    Some(VerbGroup { start: i, end: head + 1, head, form: form(tagged, i), voice: voice(tagged, i, head) })
}

/// The verb from token `from` on, over adverbs, «not» and, in a question, nothing else.
fn next_verb(tagged: &Tagged, from: usize, end: usize) -> Option<usize> {
    let next =
        (from..end.min(from + 4)).find(|&j| tagged.pos(j) != Pos::Adverb && !tagged.is(j, Function::Not))?;
    (tagged.pos(next).is_verb() || tagged.pos(next) == Pos::Modal).then_some(next)
}

/// Whether the participle at `i` stands before a noun: «the proposed law», «a growing fear».
fn is_premodifier(tagged: &Tagged, i: usize, end: usize) -> bool {
    if !matches!(tagged.pos(i), Pos::VerbIng | Pos::VerbParticiple) || i == 0 || i + 1 >= end {
        return false;
    }
    let leads = matches!(
        tagged.pos(i - 1),
        Pos::Determiner | Pos::PossessivePronoun | Pos::PossessiveEnding | Pos::Adjective | Pos::Preposition
    ) && !(tagged.pos(i - 1) == Pos::Preposition && tagged.pos(i) == Pos::VerbIng);
    leads && matches!(tagged.pos(i + 1), Pos::Noun | Pos::NounPlural | Pos::Adjective | Pos::Proper)
}

fn form(tagged: &Tagged, start: usize) -> VerbForm {
    match tagged.pos(start) {
        _ if tagged.is(start, Function::To) => VerbForm::Infinitive,
        Pos::VerbIng => VerbForm::Gerund,
        Pos::VerbParticiple => VerbForm::Participle,
        Pos::VerbBase => VerbForm::Infinitive,
        _ => VerbForm::Finite,
    }
}

fn voice(tagged: &Tagged, start: usize, head: usize) -> Voice {
    let after_be = (start..head).any(|j| tagged.is(j, Function::Be));
    let bare = start == head;
    match tagged.pos(head) {
        Pos::VerbParticiple if after_be || bare => Voice::Passive,
        _ => Voice::Active,
    }
}

fn noun_chunks(tagged: &mut Tagged, start: usize, end: usize) {
    let mut i = start;
    while i < end {
        let Some(chunk) = noun_chunk(tagged, i, end) else {
            i += 1;
            continue;
        };
        let index = tagged.noun_chunks.len() as u32;
        tagged.noun_chunk_at[chunk.start..chunk.end].fill(Some(index));
        i = chunk.end;
        tagged.noun_chunks.push(chunk);
    }
}

/// The noun chunk that begins at token `i`, if one does.
fn noun_chunk(tagged: &Tagged, i: usize, end: usize) -> Option<NounChunk> {
    if tagged.verb_group_at[i].is_some() {
        return None;
    }
    if tagged.pos(i) == Pos::Pronoun {
        return Some(NounChunk { start: i, end: i + 1, head: i });
    }
    let mut head = None;
    let mut j = i;
    while j < end.min(i + LONGEST) && tagged.verb_group_at[j].is_none() && fits_chunk(tagged, i, j) {
        if tagged.pos(j).is_noun() || tagged.pos(j) == Pos::Cardinal || stands_alone(tagged, j) {
            head = Some(j);
        }
        j += 1;
    }
    let head = head?;
    Some(NounChunk { start: i, end: head + 1, head })
}

/// «both», «others», «this»: words that lead a noun, or stand for one.
fn stands_alone(tagged: &Tagged, i: usize) -> bool {
    matches!(tagged.function(i), Some(Function::Quantifier | Function::Demonstrative))
}

/// «Joe *van den* Berg»: small words between the words of a name.
fn is_name_particle(tagged: &Tagged, start: usize, j: usize) -> bool {
    /// «de la», «van den».
    const MOST: usize = 2;
    let small = |i: usize| tagged.words[i].particle && !tagged.is_capitalised(i);
    let proper = |i: usize| tagged.tokens.len() > i && tagged.pos(i) == Pos::Proper;
    let before = (start..j).rev().take(MOST).find(|&i| !small(i));
    let after = (j..tagged.tokens.len()).take(MOST + 1).find(|&i| !small(i));
    small(j) && before.is_some_and(proper) && after.is_some_and(proper)
}

/// Whether token `j` can go on with the chunk that begins at `start`.
fn fits_chunk(tagged: &Tagged, start: usize, j: usize) -> bool {
    let pos = tagged.pos(j);
    let opens = matches!(pos, Pos::Determiner | Pos::PossessivePronoun);
    if opens {
        return j == start
            || matches!(tagged.pos(j - 1), Pos::Determiner)
            || stands_alone(tagged, j - 1) && j > start;
    }
    if tagged.is(j, Function::Time) && j > start && tagged.pos(j - 1).is_noun() {
        return false;
    }
    if is_name_particle(tagged, start, j) {
        return true;
    }
    let is_money =
        tagged.tokens[j].kind == TokenKind::Symbol && matches!(tagged.text(j), "$" | "€" | "£" | "%" | "&");
    matches!(
        pos,
        Pos::Noun
            | Pos::NounPlural
            | Pos::Proper
            | Pos::Adjective
            | Pos::Cardinal
            | Pos::PossessiveEnding
            | Pos::VerbParticiple
            | Pos::VerbIng
    ) || is_money
}
