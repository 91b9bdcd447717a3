//! Names in noun chunks: where the name begins behind its titles and roles, and what it names.

use crate::lexicon::word::{Function, Gender, OrganisationPlace, TitleClass, Word};
use crate::model::{MentionKind, Pos};
use crate::tagging::Tagged;
use crate::tagging::chunks::NounChunk;
use std::ops::Range;

/// A name inside a noun chunk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Name {
    /// Without titles and roles.
    pub tokens: Range<usize>,
    pub kind: MentionKind,
    /// The role before it: «*harbour spokesperson* Ann Reyes».
    pub role: Option<Range<usize>>,
    /// The first token of a courtesy title before it.
    pub title: Option<usize>,
    pub gender: Gender,
}

/// The parts of a chunk between its possessive endings: «Reyes» and «lawyer» of «Reyes's lawyer»;
/// the last part keeps the owner, so that its words are those printed.
pub fn split_at_genitives(tagged: &Tagged, chunk: &NounChunk) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    for i in chunk.start..chunk.end {
        if tagged.pos(i) == Pos::PossessiveEnding && i > chunk.start && !is_of_name(tagged, i, chunk.end) {
            parts.push(chunk.start..i);
        }
    }
    parts.push(chunk.start..chunk.end);
    parts
}

/// «the Fruit *Growers'* Federation»: the genitive of a plural inside an organisation's name.
fn is_of_name(tagged: &Tagged, i: usize, end: usize) -> bool {
    let is_bare = matches!(tagged.text(i), "'" | "’");
    let is_capitalised = |i: usize| tagged.pos(i) == Pos::Proper && tagged.is_capitalised(i);
    is_bare
        && i > 0
        && i + 1 < end
        && tagged.is_capitalised(i - 1)
        && (i + 1..end).all(is_capitalised)
        && tagged.words[end - 1].organisation.is_some()
}

/// The name that ends the tokens of `part`, if they end in one.
pub fn name(tagged: &Tagged, part: Range<usize>) -> Option<Name> {
    let part = part.start..without_post_nominals(tagged, &part);
    let last = part.end - 1;
    if tagged.pos(last) != Pos::Proper || tagged.words[last].calendar {
        return None;
    }
    let belongs = |&i: &usize| {
        // «Growers'» may be tagged as a common noun.
        let is_owner = i + 1 < part.end && is_of_name(tagged, i + 1, part.end);
        belongs_to_name(tagged, i) || is_owner || is_of_name(tagged, i, part.end)
    };
    let run = (part.start..part.end).rev().take_while(belongs).last()?;
    let printed = tagged.printed(run..part.end);
    if is_organisation(tagged, run..part.end) || tagged.lexicon.outlets.contains(printed) {
        return Some(whole(run..part.end, MentionKind::Organisation));
    }
    let begin = name_begin(tagged, run, part.end);
    let tokens = begin..part.end;
    if tokens.len() == 1 && (tagged.words[last].role.is_some() || opens_with_participle(tagged, last)) {
        return None;
    }
    if tokens.clone().all(|i| tagged.words[i].place || tagged.words[i].demonym) {
        if is_somebody(tagged, part.start, last) {
            return None;
        }
        // «Democrats» are people, «Moscow» stands for its government.
        let people = tagged.words[last].demonym && printed.ends_with('s');
        let kind = if people { MentionKind::Group } else { MentionKind::Organisation };
        return Some(whole(run..part.end, kind));
    }
    let title = begin.checked_sub(1).filter(|&title| title >= part.start && is_courtesy(tagged, title));
    let role = if title.is_some() { None } else { role_before(tagged, part.start, begin) };
    let gender = gender(tagged, tokens.clone(), title.map(|title| title..begin).or(role.clone()));
    Some(Name { tokens, kind: MentionKind::Name, role, title, gender })
}

/// Where a chunk ends without the letters behind its name: «Ann Reyes *MP*».
fn without_post_nominals(tagged: &Tagged, part: &Range<usize>) -> usize {
    let is_bare = |i: usize| tagged.words[i].post_nominal && tagged.is_capitalised(i);
    let mut end = part.end;
    while end > part.start + 2 && is_bare(end - 1) && tagged.pos(end - 2) == Pos::Proper {
        end -= 1;
    }
    end
}

/// «*Cross-examined* by Ito, she said»: a compound in small letters but for the first of its sentence.
fn opens_with_participle(tagged: &Tagged, i: usize) -> bool {
    let parts = tagged.text(i).split_once('-');
    let small = parts.is_some_and(|(_, rest)| rest.chars().next().is_some_and(char::is_lowercase));
    small && tagged.sentence(i).start == i
}

/// «*the 23-year-old Belgian*, Ann Reyes,»: a noun for one person of a people.
fn is_somebody(tagged: &Tagged, start: usize, last: usize) -> bool {
    let opens = tagged.is(start, Function::The) || tagged.is(start, Function::Indefinite);
    opens && tagged.words[last].demonym && last > start + 1 && !tagged.text(last).ends_with('s')
}

fn whole(tokens: Range<usize>, kind: MentionKind) -> Name {
    Name { tokens, kind, role: None, title: None, gender: Gender::Unknown }
}

fn belongs_to_name(tagged: &Tagged, i: usize) -> bool {
    tagged.pos(i) == Pos::Proper && !tagged.words[i].calendar
        || tagged.text(i) == "&"
        || is_particle(tagged, i)
}

/// «Ann *de la* Cruz», «Joe *van den* Berg»: small words between capitalised ones.
fn is_particle(tagged: &Tagged, i: usize) -> bool {
    let small = |i: usize| tagged.words[i].particle && !tagged.is_capitalised(i);
    let before = (0..i).rev().take(2).find(|&j| !small(j));
    small(i) && before.is_some_and(|before| tagged.pos(before) == Pos::Proper)
}

fn is_organisation(tagged: &Tagged, run: Range<usize>) -> bool {
    let last = tagged.words[run.end - 1];
    let acronym = run.len() == 1 && tagged.is_acronym(run.start);
    let by_last = last.organisation.is_some() && last.given_name.is_none();
    let first = tagged.words[run.start];
    let by_first = run.len() > 1
        && first.organisation.is_some_and(|word| word.place == OrganisationPlace::Head)
        && !names_person(last);
    let by_inside = tagged.text(run.end - 1) == "&" || run.clone().any(|i| tagged.text(i) == "&");
    acronym || by_last || by_first && first.role.is_none() || by_inside
}

fn names_person(word: &Word) -> bool {
    word.given_name.is_some()
}

/// Where the name begins in a run of capitalised words: after the last title or role, else after
/// places, demonyms and organisations that stand before a given name.
fn name_begin(tagged: &Tagged, run: usize, end: usize) -> usize {
    let is_title = |i: usize| {
        let word = tagged.words[i];
        (word.title.is_some() || word.role.is_some()) && (word.given_name.is_none() || i == run)
    };
    if let Some(title) = (run..end - 1).rev().find(|&i| is_title(i)) {
        return title + 1;
    }
    let given = (run..end - 1).find(|&i| tagged.words[i].given_name.is_some() && !tagged.words[i].place);
    let before = given.filter(|&given| {
        (run..given).all(|i| {
            let word = tagged.words[i];
            word.place || word.demonym || word.organisation.is_some() || tagged.is_acronym(i)
        })
    });
    before.unwrap_or(run)
}

/// The role or title between the start of the chunk and the name, without what leads to it.
fn role_before(tagged: &Tagged, start: usize, name: usize) -> Option<Range<usize>> {
    let decides = |i: usize| tagged.words[i].role.is_some() || tagged.words[i].title.is_some();
    let head = (start..name).rev().find(|&i| decides(i));
    let Some(head) = head else { return role_over_of(tagged, start, name) };
    let first = (start..=head).rev().take_while(|&i| belongs_to_role(tagged, i)).last()?;
    Some(first..name)
}

fn belongs_to_role(tagged: &Tagged, i: usize) -> bool {
    matches!(
        tagged.pos(i),
        Pos::Noun | Pos::NounPlural | Pos::Proper | Pos::Adjective | Pos::PossessiveEnding
    ) && !tagged.words[i].calendar
}

/// «*Secretary of State* Ann Reyes»: the chunk of the name begins behind the «of».
fn role_over_of(tagged: &Tagged, start: usize, name: usize) -> Option<Range<usize>> {
    let office = tagged.noun_chunk(start.checked_sub(2)?)?;
    let word = tagged.words[office.head];
    let links = start < name && tagged.is(start - 1, Function::Of) && office.end == start - 1;
    (links && (word.role.is_some() || word.title.is_some())).then(|| {
        let leads = matches!(tagged.pos(office.start), Pos::Determiner | Pos::PossessivePronoun);
        office.start + usize::from(leads)..name
    })
}

/// «Mr», «Ms»: a title that says nothing of a role.
fn is_courtesy(tagged: &Tagged, i: usize) -> bool {
    tagged.words[i].title.is_some_and(|title| title.class == TitleClass::Courtesy)
}

fn gender(tagged: &Tagged, name: Range<usize>, role: Option<Range<usize>>) -> Gender {
    let titles = role.into_iter().flatten().flat_map(|i| {
        let word = tagged.words[i];
        [word.title.map(|title| title.gender), word.role]
    });
    let given = if name.len() > 1 { tagged.words[name.start].given_name } else { None };
    let known = |gender: &Gender| *gender != Gender::Unknown;
    titles.flatten().chain(given).find(known).unwrap_or(Gender::Unknown)
}
