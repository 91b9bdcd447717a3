//! Which claims a list has, and in which order.

use crate::error::Result;
use crate::lexicon::fold::fold;
use crate::model::QuoteState;
use crate::model::verdicts::{ClaimId, Status};
use crate::query::Reader;
use crate::query::claims::{ClaimFilter, ClaimRow, Order};
use crate::query::quotes::QuoteFilter;
use crate::query::search::Search;
use crate::speakers::matching::has_words;
use crate::store::claimed::{self, MEMBERS};
use crate::store::wordings::wording_of;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::BTreeSet;

impl Reader {
    /// As [`Reader::roots`], but only the first ones, at least so many; `None` where all have to be looked at.
    pub(in crate::query) fn first_roots(
        &self,
        filter: &ClaimFilter,
        most: usize,
    ) -> Result<Option<Vec<i64>>> {
        let is_narrow = filter.speakers.is_some() || filter.search.is_some() || filter.about.is_some();
        if is_narrow || filter.states.contains(&QuoteState::Rejected) {
            return Ok(None);
        }
        let Some(mut roots) = self.leading(filter, most).map_err(|error| self.failed(error))? else {
            return Ok(None);
        };
        self.keep_asked(&mut roots, filter).map_err(|error| self.failed(error))?;
        Ok((roots.len() >= most).then_some(roots))
    }

    /// The fullest wordings of claims that a filter may let through, in its order.
    pub(in crate::query) fn roots(&self, filter: &ClaimFilter) -> Result<Vec<i64>> {
        if filter.states.iter().all(|state| *state == QuoteState::Rejected) && !filter.states.is_empty() {
            return Ok(Vec::new());
        }
        let about = filter.about.as_deref().and_then(Search::new);
        let searches: Vec<&Search> = filter.search.iter().chain(&about).collect();
        let mut roots = if filter.speakers.is_none() && searches.is_empty() {
            self.all_roots(filter).map_err(|error| self.failed(error))?
        } else {
            let quotes = QuoteFilter {
                speakers: filter.speakers.clone(),
                search: searches.first().copied().cloned(),
                ..QuoteFilter::default()
            };
            let mut found = self.row_ids(&quotes)?;
            for search in searches.into_iter().skip(1) {
                let other = QuoteFilter { search: Some(search.clone()), ..QuoteFilter::default() };
                let other: BTreeSet<i64> = self.row_ids(&other)?.into_iter().collect();
                found.retain(|quote| other.contains(quote));
            }
            self.roots_of(&found, filter.order).map_err(|error| self.failed(error))?
        };
        self.keep_asked(&mut roots, filter).map_err(|error| self.failed(error))?;
        Ok(roots)
    }

    /// Leaves those that people's work says to be asked for, where that is told without reading the claims.
    fn keep_asked(&self, roots: &mut Vec<i64>, filter: &ClaimFilter) -> rusqlite::Result<()> {
        if filter.status.is_some_and(|status| status != Status::Open) {
            let judged = "SELECT DISTINCT w.id FROM verdict AS v JOIN wording AS w ON w.key = v.claim";
            let judged = self.roots_in(judged)?;
            roots.retain(|root| judged.contains(root));
        }
        let has = |state| filter.states.contains(&state);
        if has(QuoteState::Machine) != has(QuoteState::Reviewed) {
            let reviewed = "SELECT DISTINCT g.wording FROM corrected AS c
                              JOIN quote AS q ON q.id = c.quote AND q.state = 'reviewed'
                              JOIN sighting AS g ON g.quote = q.id";
            let reviewed = self.roots_in(reviewed)?;
            roots.retain(|root| reviewed.contains(root) == has(QuoteState::Reviewed));
        }
        Ok(())
    }

    /// The claims of the wordings that `sql` selects.
    fn roots_in(&self, sql: &str) -> rusqlite::Result<BTreeSet<i64>> {
        let mut select = self.connection.prepare_cached(sql)?;
        let wordings: Vec<i64> = select.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        wordings.into_iter().map(|wording| claimed::root_of(&self.connection, wording)).collect()
    }

    /// The claims of some quotes.
    fn roots_of(&self, quotes: &[i64], order: Order) -> rusqlite::Result<Vec<i64>> {
        let mut roots = BTreeSet::new();
        for &quote in quotes {
            if let Some(wording) = wording_of(&self.connection, quote)? {
                roots.insert(claimed::root_of(&self.connection, wording)?);
            }
        }
        let mut select = self.connection.prepare_cached(&format!("{MEMBERS} {STANDING}"))?;
        let ranked = roots.into_iter().map(|root| {
            select.query_row([root], |row| {
                let standing = Standing {
                    wordings: row.get(0)?,
                    prints: row.get(1)?,
                    last: row.get(2)?,
                    worth: hundredths(row.get::<_, Option<f64>>(3)?.unwrap_or_default()),
                };
                Ok((Reverse(standing.rank(order)), ClaimId::from_key(row.get(4)?), root))
            })
        });
        Ok(in_order(ranked.collect::<rusqlite::Result<_>>()?))
    }
}

/// Selects what a claim is ordered by, and its key; copies of one report are counted once.
const STANDING: &str = "\
    SELECT count(DISTINCT m.id), count(DISTINCT a.story) + sum(a.story IS NULL), max(q.published),
           (SELECT worth FROM wording WHERE id = ?1), (SELECT key FROM wording WHERE id = ?1)
      FROM member AS m JOIN sighting AS g ON g.wording = m.id JOIN quote AS q ON q.id = g.quote
      JOIN article_version AS v ON v.id = q.version JOIN article AS a ON a.id = v.article";

/// What claims are ordered by.
#[derive(Clone, Default)]
pub(in crate::query) struct Standing {
    pub wordings: i64,
    pub prints: i64,
    /// ISO 8601 date.
    pub last: Option<String>,
    /// In hundredths.
    pub worth: i64,
}

pub(in crate::query) fn hundredths(worth: f64) -> i64 {
    (worth * 100.0).round() as i64
}

impl Standing {
    /// Counts a wording more.
    pub fn count(&mut self, prints: i64, last: Option<String>) {
        self.wordings += 1;
        self.prints += prints;
        self.last = self.last.take().max(last);
    }

    /// The higher, the earlier in the list.
    pub fn rank(self, order: Order) -> (i64, i64, Option<String>) {
        match order {
            Order::Spread => (self.prints, 0, None),
            Order::Drift => (self.wordings, 0, None),
            Order::Recent => (0, 0, self.last),
            Order::Worth => (self.worth, self.prints, None),
        }
    }
}

/// The claims by what stands before them.
pub(in crate::query) fn in_order<R: Ord>(mut ranked: Vec<(R, impl Ord, i64)>) -> Vec<i64> {
    ranked.sort_unstable();
    ranked.into_iter().map(|(_, _, root)| root).collect()
}

/// Whether a print of a claim is one that was asked for.
pub fn lets_through(filter: &ClaimFilter, claim: &ClaimRow) -> bool {
    let mut days = claim
        .appearances
        .iter()
        .map(|print| print.published.as_deref().and_then(|date| date.parse::<Date>().ok()));
    let is_in_time = (filter.since.is_none() && filter.until.is_none())
        || days.any(|day| {
            day.is_some_and(|day| {
                filter.since.is_none_or(|since| day >= since) && filter.until.is_none_or(|until| day <= until)
            })
        });
    let is_there = filter.outlet.as_ref().is_none_or(|wanted| {
        let wanted = fold(wanted);
        claim.appearances.iter().any(|print| {
            let outlet = print.outlet.as_deref().map(fold);
            outlet.is_some_and(|outlet| has_words(&outlet, &wanted))
        })
    });
    let is_worthy = filter.min_worth.is_none_or(|least| claim.worth.score >= least);
    let is_at = filter.status.is_none_or(|status| claim.status == status);
    let has_state = filter.states.is_empty() || filter.states.contains(&claim.state);
    is_in_time && is_there && is_worthy && is_at && has_state
}

/// Whether a claim has the subject that was asked for; its subjects must be found.
pub fn is_about(filter: &ClaimFilter, claim: &ClaimRow) -> bool {
    filter.about.as_deref().is_none_or(|wanted| claim.is_about(&fold(wanted)))
}
