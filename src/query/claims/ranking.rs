//! Which claims a list has, and in which order.

use crate::error::Result;
use crate::lexicon::fold::fold;
use crate::query::Reader;
use crate::query::claims::{ClaimFilter, ClaimRow, Order};
use crate::query::quotes::QuoteFilter;
use crate::speakers::matching::has_words;
use crate::store::claimed;
use crate::store::wordings::wording_of;
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

impl Reader {
    /// The fullest wordings of claims that a filter may let through, in its order.
    pub(in crate::query) fn roots(&self, filter: &ClaimFilter) -> Result<Vec<i64>> {
        let roots = if filter.speakers.is_none() && filter.search.is_none() {
            self.all_roots(filter.order)
        } else {
            let quotes = QuoteFilter {
                speakers: filter.speakers.clone(),
                search: filter.search.clone(),
                ..QuoteFilter::default()
            };
            self.roots_of(&self.row_ids(&quotes)?, filter.order)
        };
        roots.map_err(|error| self.failed(error))
    }

    fn all_roots(&self, order: Order) -> rusqlite::Result<Vec<i64>> {
        let mut standings: BTreeMap<i64, Standing> = BTreeMap::new();
        let sql = "SELECT id, printed, last FROM wording WHERE parent IS NOT NULL ORDER BY id";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let standing = standings.entry(claimed::root_of(&self.connection, row.get(0)?)?).or_default();
            standing.count(row.get(1)?, row.get(2)?);
        }
        let sql = "SELECT id, key, printed, last FROM wording WHERE parent IS NULL AND verbatim > 0";
        let mut statement = self.connection.prepare(sql)?;
        let ranked = statement.query_map([], |row| {
            let root: i64 = row.get(0)?;
            let mut standing = standings.get(&root).cloned().unwrap_or_default();
            standing.count(row.get(2)?, row.get(3)?);
            Ok((Reverse(standing.rank(order)), row.get::<_, i64>(1)?, root))
        })?;
        Ok(in_order(ranked.collect::<rusqlite::Result<_>>()?))
    }

    /// The claims of some quotes.
    fn roots_of(&self, quotes: &[i64], order: Order) -> rusqlite::Result<Vec<i64>> {
        let mut roots = BTreeSet::new();
        for &quote in quotes {
            if let Some(wording) = wording_of(&self.connection, quote)? {
                roots.insert(claimed::root_of(&self.connection, wording)?);
            }
        }
        let ranked = roots.into_iter().map(|root| {
            let claim = self.read_claim(root)?;
            let standing = Standing { wordings: claim.wordings, prints: claim.prints, last: claim.last_seen };
            Ok((Reverse(standing.rank(order)), claim.id, root))
        });
        Ok(in_order(ranked.collect::<rusqlite::Result<_>>()?))
    }
}

/// What claims are ordered by.
#[derive(Clone, Default)]
struct Standing {
    wordings: i64,
    prints: i64,
    /// ISO 8601 date.
    last: Option<String>,
}

impl Standing {
    /// Counts a wording more.
    fn count(&mut self, prints: i64, last: Option<String>) {
        self.wordings += 1;
        self.prints += prints;
        self.last = self.last.take().max(last);
    }

    /// The higher, the earlier in the list.
    fn rank(self, order: Order) -> (i64, Option<String>) {
        match order {
            Order::Spread => (self.prints, None),
            Order::Drift => (self.wordings, None),
            Order::Recent => (0, self.last),
        }
    }
}

/// The claims by what stands before them.
fn in_order<R: Ord>(mut ranked: Vec<(R, impl Ord, i64)>) -> Vec<i64> {
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
    is_in_time && is_there
}
