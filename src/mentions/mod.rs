//! Names, roles, organisations, groups, documents and pronouns that can be sources.

pub mod names;

use crate::lexicon::Lexicon;
use crate::lexicon::word::{Function, Gender};
use crate::mentions::names::Name;
use crate::model::{MentionIdx, MentionKind, Pos, QuoteKind};
use crate::quotes::Statement;
use crate::tagging::Tagged;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// How many chunks can hang on a role: «for the ministry of roads and bridges in the north».
const ATTACHED: usize = 5;

/// A possible source, with what its own words say of it.
#[derive(Clone, PartialEq, Debug)]
pub struct FoundMention {
    /// Name with its title, or noun with its determiner.
    pub tokens: Range<usize>,
    /// The noun or pronoun that decides.
    pub head: usize,
    pub kind: MentionKind,
    /// The name alone, without titles and roles; for a name or a named organisation.
    pub name: Option<Range<usize>>,
    /// Role before the name («Kremlin spokesperson») or in an apposition after it.
    pub role: Option<Range<usize>>,
    pub gender: Gender,
    /// Whether it is inside quotation marks, where «I» and «he» are the quoted person's words.
    pub quoted: bool,
    /// Whether a verb follows it or a statement names it: the likelier antecedent.
    pub subject: bool,
}

/// The mentions of a text, in the order of their first tokens, one a noun at most.
pub fn mentions(tagged: &Tagged, statements: &[Statement], lexicon: &Lexicon) -> Vec<FoundMention> {
    let sources = sources(statements);
    let quoted = quoted(tagged, statements);
    let mut found: Vec<FoundMention> = Vec::new();
    for chunk in &tagged.noun_chunks {
        for part in names::split_at_genitives(tagged, chunk) {
            let source = part.clone().find_map(|i| sources.get(&i));
            let is_source = source.is_some();
            if let Some(mut mention) = mention(tagged, part, is_source, lexicon) {
                if let Some(source) = source.filter(|_| mention.name.is_none()) {
                    mention.tokens = whole(tagged, &mention, source);
                }
                mention.quoted = quoted[mention.head];
                mention.subject = is_source || is_subject(tagged, mention.tokens.end);
                found.push(mention);
            }
        }
    }
    possessives(tagged, &sources, &mut found);
    add_appositions(tagged, &mut found);
    found
}

/// The tokens of every source that the grammar of a statement names, by head.
fn sources(statements: &[Statement]) -> FxHashMap<usize, Range<usize>> {
    let subjects = statements.iter().flat_map(|statement| [&statement.subject, &statement.relay]);
    subjects.flatten().map(|subject| (subject.head, subject.tokens.clone())).collect()
}

/// «*one of the people*», «*US and Russian officials*»: a common noun with all that the grammar
/// gives to it, but a date.
fn whole(tagged: &Tagged, mention: &FoundMention, source: &Range<usize>) -> Range<usize> {
    let mut end = source.end.max(mention.tokens.end);
    if let Some(date) = tagged.noun_chunk(end - 1).filter(|chunk| tagged.is(chunk.head, Function::Time)) {
        let link = usize::from(date.start > 0 && tagged.pos(date.start - 1) == Pos::Preposition);
        end = (date.start - link).max(mention.tokens.end);
    }
    source.start.min(mention.tokens.start)..end
}

fn quoted(tagged: &Tagged, statements: &[Statement]) -> Vec<bool> {
    let mut quoted = vec![false; tagged.tokens.len()];
    let spoken = statements.iter().filter(|statement| statement.kind == QuoteKind::Direct);
    spoken.flat_map(|statement| &statement.parts).for_each(|part| quoted[part.clone()].fill(true));
    quoted
}

fn is_subject(tagged: &Tagged, end: usize) -> bool {
    end < tagged.tokens.len() && tagged.verb_group(end).is_some()
}

fn mention(tagged: &Tagged, part: Range<usize>, is_source: bool, lexicon: &Lexicon) -> Option<FoundMention> {
    let head = part.end - 1;
    if tagged.pos(head) == Pos::Pronoun {
        return pronoun(tagged, head);
    }
    if let Some(name) = names::name(tagged, part.clone(), lexicon) {
        return Some(named(tagged, part, name));
    }
    let (kind, gender) = common(tagged, head, is_source)?;
    Some(FoundMention {
        tokens: part,
        head,
        kind,
        name: None,
        role: None,
        gender,
        quoted: false,
        subject: false,
    })
}

fn named(tagged: &Tagged, part: Range<usize>, name: Name) -> FoundMention {
    let start = name.role.as_ref().map_or(name.tokens.start, |role| role.start.min(name.tokens.start));
    let start = name.title.unwrap_or(start).min(start);
    let start = if part.start < start && tagged.is(part.start, Function::The) { part.start } else { start };
    FoundMention {
        head: name.tokens.end - 1,
        tokens: start..part.end,
        kind: name.kind,
        name: Some(name.tokens),
        role: name.role,
        gender: name.gender,
        quoted: false,
        subject: false,
    }
}

fn pronoun(tagged: &Tagged, i: usize) -> Option<FoundMention> {
    let gender = match tagged.function(i)? {
        Function::He => Gender::Male,
        Function::She => Gender::Female,
        Function::They | Function::We | Function::I | Function::It | Function::You => Gender::Unknown,
        _ => return None,
    };
    let kind = MentionKind::Pronoun;
    Some(FoundMention {
        tokens: i..i + 1,
        head: i,
        kind,
        name: None,
        role: None,
        gender,
        quoted: false,
        subject: false,
    })
}

/// What a common noun stands for: «the minister», «officials», «the report», «the ministry».
fn common(tagged: &Tagged, head: usize, is_source: bool) -> Option<(MentionKind, Gender)> {
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
    if word.organisation.is_some_and(|organisation| organisation.generic) {
        return Some((MentionKind::Organisation, Gender::Unknown));
    }
    if !is_source {
        return None;
    }
    let plural = tagged.pos(head) == Pos::NounPlural || tagged.is(head, Function::Quantifier);
    Some((if plural { MentionKind::Group } else { MentionKind::Role }, Gender::Unknown))
}

/// «*his* claim that»: a possessive pronoun that the grammar names as a source.
fn possessives(tagged: &Tagged, sources: &FxHashMap<usize, Range<usize>>, found: &mut Vec<FoundMention>) {
    let heads = (0..tagged.tokens.len())
        .filter(|&i| tagged.pos(i) == Pos::PossessivePronoun && sources.contains_key(&i));
    found.extend(heads.filter_map(|i| pronoun(tagged, i)));
    found.sort_by_key(|mention| (mention.tokens.start, mention.tokens.end));
}

/// «Reyes, *a spokeswoman for the ministry*, said»: a role after a comma belongs to the name before it.
fn add_appositions(tagged: &Tagged, found: &mut [FoundMention]) {
    for index in 0..found.len().saturating_sub(1) {
        let (left, right) = found.split_at_mut(index + 1);
        let (first, second) = (&mut left[index], &mut right[0]);
        if second.tokens.start != first.tokens.end + 1 || !tagged.is_mark(first.tokens.end, ",") {
            continue;
        }
        match (first.kind, second.kind) {
            (MentionKind::Name, MentionKind::Role) => take_role(tagged, first, second),
            (MentionKind::Role, MentionKind::Name) => take_role(tagged, second, first),
            _ => {}
        }
    }
}

fn take_role(tagged: &Tagged, name: &mut FoundMention, role: &FoundMention) {
    if name.role.is_some() {
        return;
    }
    let leads = matches!(tagged.pos(role.tokens.start), Pos::Determiner | Pos::PossessivePronoun);
    let start = if leads { role.tokens.start + 1 } else { role.tokens.start };
    let end = attached_end(tagged, role.tokens.end);
    name.role = (start < end).then_some(start..end);
    if name.gender == Gender::Unknown {
        name.gender = role.gender;
    }
}

/// One past a role with its «of the ministry», «for the city».
fn attached_end(tagged: &Tagged, end: usize) -> usize {
    let mut end = end;
    for _ in 0..ATTACHED {
        let links = end + 1 < tagged.tokens.len()
            && matches!(
                tagged.function(end),
                Some(Function::Of | Function::From | Function::Preposition | Function::And)
            );
        let next = if links { tagged.noun_chunk(end + 1) } else { None };
        let Some(next) = next.filter(|next| next.start == end + 1) else { break };
        end = next.end;
    }
    end
}

/// The mention whose deciding noun is token `head`, or the longest that holds it.
pub fn mention_at(mentions: &[FoundMention], head: usize) -> Option<MentionIdx> {
    let end = mentions.partition_point(|mention| mention.tokens.start <= head);
    let near = mentions[..end].iter().enumerate().rev().take(8);
    let holding = near.filter(|(_, mention)| mention.tokens.contains(&head));
    let best = holding.max_by_key(|(_, mention)| (mention.head == head, mention.tokens.len()))?;
    Some(MentionIdx::new(best.0))
}
