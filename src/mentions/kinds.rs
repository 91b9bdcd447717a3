//! Names that no table knows: whether the article uses them as an organisation's.

use crate::lexicon::fold::fold;
use crate::lexicon::word::Gender;
use crate::mentions::FoundMention;
use crate::model::{MentionKind, Pos};
use crate::tagging::Tagged;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Makes organisations of the names that the article uses as such: «the operator, *Hebrid Line*»,
/// «a *Hebrid* spokeswoman», and «*Hebrid*» where «Hebrid Line» is one.
pub fn settle(tagged: &Tagged, found: &mut [FoundMention]) {
    let people = people(tagged, found);
    let mut organisations = FxHashSet::default();
    for mention in found.iter().filter(|mention| mention.kind == MentionKind::Organisation) {
        if let Some(name) = &mention.name {
            organisations.insert(folded(tagged, name.clone()));
            organisations.insert(fold(tagged.text(name.start)));
        }
    }
    organisations.extend(found.iter().flat_map(|mention| owners(tagged, mention)));
    organisations.extend(found.iter().flat_map(|mention| called_company(tagged, mention)));
    let unsure = found.iter_mut().filter(|mention| mention.kind == MentionKind::Name);
    for mention in unsure.filter(|mention| mention.gender == Gender::Unknown) {
        let Some(name) = mention.name.clone() else { continue };
        let is_person = people.contains(&fold(tagged.text(name.end - 1)));
        if !is_person && organisations.contains(&folded(tagged, name.clone())) {
            mention.kind = MentionKind::Organisation;
        }
    }
}

/// The last words, and the first, of names that are surely people's.
fn people(tagged: &Tagged, found: &[FoundMention]) -> FxHashSet<String> {
    let names = found.iter().filter(|mention| mention.kind == MentionKind::Name);
    let sure = names.filter_map(|mention| {
        let name = mention.name.clone()?;
        let titled = mention.gender != Gender::Unknown
            || mention.tokens.start < name.start && called_company(tagged, mention).is_none();
        (titled || tagged.words[name.start].given_name.is_some()).then_some(name)
    });
    sure.flat_map(|name| [fold(tagged.text(name.start)), fold(tagged.text(name.end - 1))]).collect()
}

/// «a *Hebrid Line* spokeswoman»: the capitalised words before a role, and before its genitive.
fn owners(tagged: &Tagged, mention: &FoundMention) -> Option<String> {
    if mention.kind != MentionKind::Role || mention.name.is_some() {
        return None;
    }
    let proper =
        |i: usize| tagged.pos(i) == Pos::Proper && !tagged.words[i].place && !tagged.words[i].demonym;
    let start = mention.tokens.start.min(mention.head);
    let first = (start..mention.head).find(|&i| proper(i))?;
    let end = (first..mention.head).find(|&i| !proper(i)).unwrap_or(mention.head);
    (end == mention.head).then(|| folded(tagged, first..end))
}

/// «bosses at operator *Hebrid*»
fn called_company(tagged: &Tagged, mention: &FoundMention) -> Option<String> {
    let (name, role) = (mention.name.clone()?, mention.role.clone()?);
    let before = role.end == name.start && mention.kind == MentionKind::Name;
    let company = tagged.words[role.end - 1].organisation.is_some_and(|word| word.describes);
    (before && company).then(|| folded(tagged, name))
}

fn folded(tagged: &Tagged, name: Range<usize>) -> String {
    name.map(|i| fold(tagged.text(i))).collect::<Vec<_>>().join(" ")
}
