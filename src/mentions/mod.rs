//! Names, roles, organisations, groups, documents and pronouns that can be sources.

pub mod appositions;
pub mod kinds;
pub mod names;

use crate::lexicon::word::{Function, Gender};
use crate::mentions::names::Name;
use crate::model::{MentionIdx, MentionKind, Pos, QuoteKind};
use crate::quotes::Statement;
use crate::quotes::subject::Subject;
use crate::tagging::Tagged;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A possible source, with what its own words say of it.
#[derive(Clone, PartialEq, Debug)]
pub struct FoundMention {
    /// Name with its title, or noun with its determiner.
    pub tokens: Range<usize>,
    /// What is printed as the source: all words that the statement gives to it, else `tokens`.
    pub printed: Range<usize>,
    /// The noun or pronoun that decides.
    pub head: usize,
    pub kind: MentionKind,
    /// The name alone, without titles and roles; for a name or a named organisation.
    pub name: Option<Range<usize>>,
    /// Role before the name («harbour spokesperson») or in an apposition after it.
    pub role: Option<Range<usize>>,
    pub gender: Gender,
    /// Whether it is inside quotation marks, where «I» and «he» are the quoted person's words.
    pub quoted: bool,
    /// Whether a verb follows it or a statement names it: the likelier antecedent.
    pub subject: bool,
    /// Whether a statement names it as its source.
    pub source: bool,
    /// The name beside it that says who it is: «the mayor, *Ann Reyes*, said».
    pub same_as: Option<MentionIdx>,
}

/// The mentions of a text, in the order of their first tokens, one a noun at most.
pub fn mentions(tagged: &Tagged, statements: &[Statement]) -> Vec<FoundMention> {
    let sources = sources(statements);
    let quoted = quoted(tagged, statements);
    let mut found: Vec<FoundMention> = Vec::new();
    for chunk in &tagged.noun_chunks {
        for part in names::split_at_genitives(tagged, chunk) {
            let source = part.clone().find_map(|i| sources.get(&i));
            if let Some(mut mention) = mention(tagged, part, source) {
                mention.printed = source.unwrap_or(&mention.tokens).clone();
                mention.quoted = quoted[mention.head];
                mention.source = source.is_some();
                mention.subject = source.is_some() || tagged.verb_group(mention.tokens.end).is_some();
                found.push(mention);
            }
        }
    }
    possessives(tagged, &sources, &mut found);
    other_sources(tagged, statements, &mut found);
    appositions::link(tagged, &mut found);
    kinds::settle(tagged, &mut found);
    found
}

/// Sources in no noun chunk, or in one that names nobody: «*who* said», «*those* said».
fn other_sources(tagged: &Tagged, statements: &[Statement], found: &mut Vec<FoundMention>) {
    let subjects = statements.iter().filter_map(|statement| statement.subject.as_ref());
    let missing: Vec<&Subject> =
        subjects.filter(|subject| mention_at(found, subject.head).is_none()).collect();
    found.extend(missing.into_iter().map(|subject| {
        let is_pronoun = matches!(tagged.pos(subject.head), Pos::WhPronoun | Pos::Pronoun);
        let (kind, gender) =
            if is_pronoun { (MentionKind::Pronoun, Gender::Unknown) } else { unlisted(tagged, subject.head) };
        let bare = bare(subject.tokens.clone(), subject.head, kind, gender);
        FoundMention { subject: true, source: true, ..bare }
    }));
    found.sort_by_key(|mention| (mention.tokens.start, mention.tokens.end));
    found.dedup_by_key(|mention| (mention.tokens.start, mention.tokens.end, mention.head));
}

/// The tokens of every source that the grammar of a statement names, by head.
fn sources(statements: &[Statement]) -> FxHashMap<usize, Range<usize>> {
    let subjects = statements.iter().flat_map(|statement| [&statement.subject, &statement.relay]);
    subjects.flatten().map(|subject| (subject.head, subject.tokens.clone())).collect()
}

/// «*one of the people*», «*US and Russian officials*»: a common noun with all that the grammar
/// gives to it, but a date.
fn whole(tagged: &Tagged, noun: Range<usize>, source: &Range<usize>) -> Range<usize> {
    let mut end = source.end.max(noun.end);
    if let Some(date) = tagged.noun_chunk(end - 1).filter(|chunk| tagged.is(chunk.head, Function::Time)) {
        let link = usize::from(date.start > 0 && tagged.pos(date.start - 1) == Pos::Preposition);
        end = (date.start - link).max(noun.end);
    }
    source.start.min(noun.start)..end
}

fn quoted(tagged: &Tagged, statements: &[Statement]) -> Vec<bool> {
    let mut quoted = vec![false; tagged.tokens.len()];
    let spoken = statements.iter().filter(|statement| statement.kind == QuoteKind::Direct);
    spoken.flat_map(|statement| &statement.parts).for_each(|part| quoted[part.clone()].fill(true));
    quoted
}

/// The mention in one part of a noun chunk; `source` are the words that the grammar of a statement
/// gives to it.
fn mention(tagged: &Tagged, part: Range<usize>, source: Option<&Range<usize>>) -> Option<FoundMention> {
    let head = part.end - 1;
    if tagged.pos(head) == Pos::Pronoun {
        return pronoun(tagged, head);
    }
    if let Some(name) = names::name(tagged, part.clone()) {
        return Some(named(tagged, part, name));
    }
    let known = common(tagged, head).or_else(|| source.map(|_| unlisted(tagged, head)));
    let (kind, gender) = known?;
    let tokens = source.map_or(part.clone(), |source| whole(tagged, part, source));
    Some(bare(tokens, head, kind, gender))
}

fn bare(tokens: Range<usize>, head: usize, kind: MentionKind, gender: Gender) -> FoundMention {
    FoundMention {
        printed: tokens.clone(),
        tokens,
        head,
        kind,
        name: None,
        role: None,
        gender,
        quoted: false,
        subject: false,
        source: false,
        same_as: None,
    }
}

fn named(tagged: &Tagged, part: Range<usize>, name: Name) -> FoundMention {
    let start = name.role.as_ref().map_or(name.tokens.start, |role| role.start.min(name.tokens.start));
    let start = name.title.unwrap_or(start).min(start);
    let start = if part.start < start && tagged.is(part.start, Function::The) { part.start } else { start };
    let bare = bare(start..part.end, name.tokens.end - 1, name.kind, name.gender);
    FoundMention { name: Some(name.tokens), role: name.role, ..bare }
}

fn pronoun(tagged: &Tagged, i: usize) -> Option<FoundMention> {
    let gender = match tagged.function(i)? {
        Function::He => Gender::Male,
        Function::She => Gender::Female,
        Function::They | Function::We | Function::I | Function::It | Function::You => Gender::Unknown,
        _ => return None,
    };
    Some(bare(i..i + 1, i, MentionKind::Pronoun, gender))
}

/// What a common noun stands for: «the minister», «officials», «the report», «the ministry».
fn common(tagged: &Tagged, head: usize) -> Option<(MentionKind, Gender)> {
    let word = tagged.words[head];
    if let Some(gender) = word.role {
        return Some((MentionKind::Role, gender));
    }
    if word.group {
        return Some((MentionKind::Group, Gender::Unknown));
    }
    if word.document {
        return Some((MentionKind::Document, Gender::Unknown));
    }
    let generic = word.organisation.is_some_and(|organisation| organisation.generic);
    generic.then_some((MentionKind::Organisation, Gender::Unknown))
}

/// What a noun stands for that no table knows but a statement has as its source.
fn unlisted(tagged: &Tagged, head: usize) -> (MentionKind, Gender) {
    let plural = tagged.pos(head) == Pos::NounPlural || tagged.is(head, Function::Quantifier);
    (if plural { MentionKind::Group } else { MentionKind::Role }, Gender::Unknown)
}

/// «*his* claim that»: a possessive pronoun that the grammar names as a source.
fn possessives(tagged: &Tagged, sources: &FxHashMap<usize, Range<usize>>, found: &mut Vec<FoundMention>) {
    let heads = (0..tagged.tokens.len())
        .filter(|&i| tagged.pos(i) == Pos::PossessivePronoun && sources.contains_key(&i));
    found.extend(heads.filter_map(|i| pronoun(tagged, i)));
    found.sort_by_key(|mention| (mention.tokens.start, mention.tokens.end));
}

/// The mention whose deciding noun is token `head`, or the longest that holds it.
pub fn mention_at(mentions: &[FoundMention], head: usize) -> Option<MentionIdx> {
    let end = mentions.partition_point(|mention| mention.tokens.start <= head);
    let near = mentions[..end].iter().enumerate().rev().take(8);
    let holding = near.filter(|(_, mention)| mention.tokens.contains(&head));
    let best = holding.max_by_key(|(_, mention)| (mention.head == head, mention.tokens.len()))?;
    Some(MentionIdx::new(best.0))
}
