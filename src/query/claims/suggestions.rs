//! What may be a claim in other words: for a person to judge.

use crate::claims::name::Name;
use crate::claims::suggestion::{SUGGESTIONS, likeness};
use crate::model::verdicts::ClaimId;
use crate::query::Reader;
use crate::query::claims::decisions::CONFIRMED;
use crate::query::claims::{APPEARANCE, Appearance, Tier, appearance};
use crate::store::claimed;
use crate::store::wordings::{Kept, kept, wording_of};
use jiff::ToSpan;
use jiff::civil::Date;
use rusqlite::params;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A claim that may be the same as another, by its fullest wording, and how likely that is, 0 to 1.
pub struct Likely {
    pub claim: Kept,
    pub score: f64,
}

impl Reader {
    /// What may be the same claim in other words, the likeliest first: the fullest print of each.
    pub(in crate::query) fn suggested(&self, claim: &Kept) -> rusqlite::Result<Vec<Appearance>> {
        let suggested = self.likely(claim, self.neighbours(claim)?)?.into_iter().map(
            |Likely { claim: fullest, score }| {
                let root = fullest.id;
                let sql =
                    format!("{APPEARANCE} JOIN wording AS w ON w.quote = q.id {CONFIRMED} WHERE w.id = ?1");
                let mut print = self.connection.prepare_cached(&sql)?.query_row([root], appearance)?;
                print.tier = Tier::Suggested;
                print.method = None;
                print.score = Some((score * 100.0).round() / 100.0);
                print.claim = Some(ClaimId::from_key(fullest.node.key).to_string());
                Ok(print)
            },
        );
        suggested.collect()
    }

    /// The claims with these wordings that may be the same as one, the likeliest first; none of those that a person said to
    /// be others.
    pub(in crate::query) fn likely(
        &self,
        claim: &Kept,
        neighbours: BTreeSet<i64>,
    ) -> rusqlite::Result<Vec<Likely>> {
        let parted = self.parted(claim.id)?;
        let mut likely: BTreeMap<i64, f64> = BTreeMap::new();
        for wording in neighbours {
            let root = claimed::root_of(&self.connection, wording)?;
            if root == claim.id || parted.contains(&root) {
                continue;
            }
            let other = kept(&self.connection, wording)?;
            if let Some(score) = likeness(&claim.node, &other.node) {
                let best = likely.entry(root).or_insert(score);
                *best = best.max(score);
            }
        }
        let mut likely: Vec<(i64, f64)> = likely.into_iter().collect();
        likely.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let likely = likely.into_iter().take(SUGGESTIONS);
        likely.map(|(root, score)| Ok(Likely { claim: kept(&self.connection, root)?, score })).collect()
    }

    /// Wordings that share a word with a claim's fullest one, or are of its speaker, or somebody of that surname, and of the
    /// same weeks.
    pub(in crate::query) fn neighbours(&self, claim: &Kept) -> rusqlite::Result<BTreeSet<i64>> {
        let mut shared: BTreeMap<i64, usize> = BTreeMap::new();
        let mut select = self
            .connection
            .prepare_cached("SELECT wording FROM anchor WHERE owner = ?1 AND anchor = ?2 LIMIT ?3")?;
        for (owner, anchor) in claim.node.places_of_likely() {
            let mut rows = select.query(params![owner, anchor, NEIGHBOURS])?;
            while let Some(row) = rows.next()? {
                *shared.entry(row.get(0)?).or_default() += 1;
            }
        }
        let mut found = of_most_words(shared);
        let Some((first, last)) = claim.node.days else { return Ok(found) };
        let month = |date: Date, days: i64| date.saturating_add(days.days()).to_string();
        let quotes: Vec<i64> = self
            .connection
            .prepare_cached(
                "SELECT q.id FROM wording AS w JOIN quote AS q ON q.speaker = w.speaker
                    AND coalesce(q.published, '~') BETWEEN ?2 AND ?3
                  WHERE w.id = ?1 ORDER BY q.id LIMIT ?4",
            )?
            .query_map(params![claim.id, month(first, -31), month(last, 31), NEIGHBOURS], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for quote in quotes {
            found.extend(wording_of(&self.connection, quote)?);
        }
        let mut namesakes = self.connection.prepare_cached(
            "SELECT w.id FROM wording AS w WHERE coalesce(w.last, '') >= ?2 AND coalesce(w.first, '~') <= ?3
                AND w.id IN (SELECT wording FROM anchor WHERE owner = ?1 LIMIT ?4)",
        )?;
        for key in claim.node.name.iter().flat_map(Name::keys) {
            let bounds = params![key, month(first, -31), month(last, 31), ANCHORS];
            for wording in namesakes.query_map(bounds, |row| row.get(0))? {
                found.insert(wording?);
            }
        }
        Ok(found)
    }
}

/// So many anchors of somebody's surname are looked at for wordings of these weeks.
const ANCHORS: i64 = 1000;
/// So many wordings are found for each anchor, and so many of the speaker's.
const NEIGHBOURS: i64 = 100;
/// Of those found by anchors so many are read, however big the database is.
const READ: usize = 300;

/// The wordings that share the most anchors.
fn of_most_words(shared: BTreeMap<i64, usize>) -> BTreeSet<i64> {
    let mut shared: Vec<(i64, usize)> = shared.into_iter().collect();
    if shared.len() > READ {
        shared.sort_by_key(|&(wording, count)| (Reverse(count), wording));
        shared.truncate(READ);
    }
    shared.into_iter().map(|(wording, _)| wording).collect()
}
