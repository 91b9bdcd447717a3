//! A claim put together from its prints.

use crate::claims::wording::{Verbatim, fullness};
use crate::copies::same_words;
use crate::model::verdicts::{ClaimId, Status, Verdict};
use crate::model::{EntityKind, QuoteKind};
use crate::query::claims::record::{cues, state, worth_of};
use crate::query::claims::{Appearance, ClaimRow, Tier};
use std::collections::BTreeSet;

/// The claim of some prints: by its id, its speaker, the words and the class of cue of the statement that shows it, its prints
/// in the order of lists, and how many wordings and which latest verdict it has. What it is about is left to be found.
pub(in crate::query) fn made(
    id: ClaimId,
    (speaker, speaker_kind): (Option<String>, Option<EntityKind>),
    (shown, class): (&str, Option<&str>),
    mut appearances: Vec<Appearance>,
    (wordings, latest): (i64, Option<Verdict>),
) -> ClaimRow {
    let text = fullest_print(&mut appearances);
    let dates = || appearances.iter().filter_map(|print| print.published.clone());
    let places: BTreeSet<&str> =
        appearances.iter().map(|print| print.outlet.as_deref().unwrap_or(&print.article)).collect();
    let stories: BTreeSet<i64> = appearances.iter().filter_map(|print| print.story).collect();
    let alone = appearances.iter().filter(|print| print.story.is_none()).count();
    ClaimRow {
        id,
        speaker,
        speaker_kind,
        text,
        first_seen: dates().min(),
        last_seen: dates().max(),
        status: latest.map_or(Status::Open, |verdict| verdict.decision.status),
        state: state(&appearances),
        worth: worth_of(shown, class),
        cues: cues(&appearances),
        subjects: Vec::new(),
        outlets: places.len() as i64,
        prints: (stories.len() + alone) as i64,
        wordings,
        appearances,
    }
}

/// The words of the fullest print, of these the earliest, and which prints have the same.
fn fullest_print(prints: &mut [Appearance]) -> String {
    let of_print = |print: &Appearance| {
        let kind: QuoteKind = print.kind.parse().unwrap_or(QuoteKind::Indirect);
        fullness(&print.text, Verbatim::from(kind))
    };
    // The last of equal ones is taken, so from the end.
    let Some(fullest) = prints.iter().rev().max_by_key(|print| of_print(print)) else { return String::new() };
    let (text, same) = (fullest.text.clone(), same_words(&fullest.text));
    for print in prints {
        print.tier = if same_words(&print.text) == same { Tier::Same } else { Tier::Near };
    }
    text
}
