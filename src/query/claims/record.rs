//! What a claim's record says beside its prints: how it was put, what it is about, whose word it is.

use crate::claims::subjects::{Subject, subjects};
use crate::claims::worth::{Worth, worth};
use crate::lexicon::fold::fold;
use crate::model::{CueClass, EntityKind, QuoteState};
use crate::query::Reader;
use crate::query::claims::{Appearance, ClaimRow, Tier};
use crate::speakers::matching::has_words;
use rusqlite::Connection;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// How often a claim was put in one way.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CueCount {
    pub class: String,
    /// Dictionary form: `say`, `according to`.
    pub lemma: String,
    /// In how many prints.
    pub count: u64,
}

/// How a claim was put over its own prints, the commonest way first.
pub fn cues(prints: &[Appearance]) -> Vec<CueCount> {
    let mut counts: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for print in prints.iter().filter(|print| print.tier != Tier::Suggested) {
        // A colon in the place of a verb says nothing of how it was put.
        let lemma = print.cue_lemma.as_ref().filter(|lemma| lemma.contains(char::is_alphabetic));
        if let (Some(class), Some(lemma)) = (&print.cue_class, lemma) {
            *counts.entry((class, lemma)).or_default() += 1;
        }
    }
    let mut cues: Vec<CueCount> = counts
        .into_iter()
        .map(|((class, lemma), count)| CueCount { class: class.to_owned(), lemma: lemma.to_owned(), count })
        .collect();
    cues.sort_by_key(|cue| Reverse(cue.count));
    cues
}

/// Whose word a claim is: a person's as soon as one looked at one of its statements.
pub fn state(prints: &[Appearance]) -> QuoteState {
    let states = || prints.iter().filter(|print| print.tier != Tier::Suggested).map(|print| print.state);
    if states().any(|state| state == QuoteState::Reviewed) {
        QuoteState::Reviewed
    } else if !prints.is_empty() && states().all(|state| state == QuoteState::Rejected) {
        QuoteState::Rejected
    } else {
        QuoteState::Machine
    }
}

/// How much a claim is worth checking, by the statement that shows it.
pub fn worth_of(text: &str, class: Option<&str>) -> Worth {
    worth(text, class.and_then(|class| class.parse::<CueClass>().ok()))
}

impl ClaimRow {
    /// Whether one of its subjects has such words; the words must be folded.
    pub fn is_about(&self, wanted: &str) -> bool {
        self.subjects.iter().any(|subject| has_words(&fold(&subject.text), wanted))
    }
}

impl Reader {
    /// The subjects of a wording; whom a name stands for is asked of the speakers that are known.
    pub(in crate::query) fn subjects_of(&self, text: &str) -> Vec<Subject> {
        subjects(text, &|name| kind_of(&self.connection, name).unwrap_or(None))
    }
}

/// So many speakers of one surname are looked at.
const NAMESAKES: i64 = 50;

/// What a folded name stands for: the speakers of that name, for one word also those whose last name it is.
fn kind_of(connection: &Connection, name: &str) -> rusqlite::Result<Option<EntityKind>> {
    let whole = kinds(connection, "SELECT kind FROM speaker WHERE folded = ?1 ORDER BY id LIMIT ?2", name)?;
    if !whole.is_empty() || name.contains(' ') {
        return Ok(agreed(&whole));
    }
    let sql = "SELECT s.kind FROM speaker_word AS w JOIN speaker AS s ON s.id = w.speaker
                WHERE w.word = ?1 AND s.folded LIKE '% ' || ?1 ORDER BY s.id LIMIT ?2";
    let last = kinds(connection, sql, name)?;
    Ok(agreed(&last).filter(|kind| *kind == EntityKind::Person))
}

fn kinds(connection: &Connection, sql: &str, name: &str) -> rusqlite::Result<Vec<EntityKind>> {
    let mut select = connection.prepare_cached(sql)?;
    let kinds = select.query_map((name, NAMESAKES), |row| {
        Ok(row.get_ref(0)?.as_str()?.parse().unwrap_or(EntityKind::Group))
    })?;
    kinds.collect()
}

/// The kind of all of them.
fn agreed(kinds: &[EntityKind]) -> Option<EntityKind> {
    let first = kinds.first()?;
    kinds.iter().all(|kind| kind == first).then_some(*first)
}
