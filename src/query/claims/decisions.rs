//! What people decided of claims, and what is left for them to decide.

use crate::error::Result;
use crate::model::verdicts::ClaimId;
use crate::query::Reader;
use crate::query::claims::ranking::lets_through;
use crate::query::claims::suggestions::Likely;
use crate::query::claims::{ClaimFilter, ClaimRow};
use crate::store::claimed::{self, MEMBERS};
use crate::store::wordings::{find, kept};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Who said that a wording belongs to a claim; empty where the program found it.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Confirmed {
    pub confirmed_by: Option<String>,
    /// UTC.
    pub confirmed_at: Option<String>,
    pub correction: Option<i64>,
}

/// Joins the correction `c` by which the wording `w` belongs to its fuller one.
pub const CONFIRMED: &str = "\
      LEFT JOIN wording AS f ON f.id = w.parent AND w.method = 'person'
      LEFT JOIN correction AS c ON c.id = (
           SELECT max(d.correction) FROM claim_decision AS d
            WHERE d.a = min(w.key, f.key) AND d.b = max(w.key, f.key) AND d.what = 'together')";

/// Two claims that may be one.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ClaimSuggestion {
    pub a: ClaimId,
    pub b: ClaimId,
    /// How likely that is, 0 to 1.
    pub score: f64,
}

/// So many claims are looked at for suggestions in one go.
pub const LOOKED_AT: usize = 1000;
/// And at so many wordings that may be theirs: some seconds' work, however big the database is.
const COMPARED: usize = 100_000;
/// So many are read to see whether the filter lets them through.
const READ: usize = 20_000;

impl Reader {
    /// Claims that may be one in other words, the likeliest first, at most `most` pairs. Looks at up to [`LOOKED_AT`] claims
    /// that the filter lets through, the first in its order, and passes over what a person decided already.
    ///
    /// # Errors
    /// As [`Reader::claims`].
    pub fn claim_suggestions(&self, filter: &ClaimFilter, most: usize) -> Result<Vec<ClaimSuggestion>> {
        let failed = |error| self.failed(error);
        let is_narrow = filter.outlet.is_some() || filter.since.is_some() || filter.until.is_some();
        let mut scores: BTreeMap<(ClaimId, ClaimId), f64> = BTreeMap::new();
        let (mut looked_at, mut compared) = (0, 0);
        for root in self.roots(filter)?.into_iter().take(READ) {
            if looked_at == LOOKED_AT || compared >= COMPARED {
                break;
            }
            if is_narrow && !lets_through(filter, &self.read_claim(root).map_err(failed)?) {
                continue;
            }
            let one = kept(&self.connection, root).map_err(failed)?;
            let a = ClaimId::from_key(one.node.key);
            let neighbours = self.neighbours(&one).map_err(failed)?;
            (looked_at, compared) = (looked_at + 1, compared + neighbours.len());
            for Likely { claim, score } in self.likely(&one, neighbours).map_err(failed)? {
                let b = ClaimId::from_key(claim.node.key);
                let best = scores.entry((a.min(b), a.max(b))).or_insert(score);
                *best = best.max(score);
            }
        }
        let mut pairs: Vec<ClaimSuggestion> =
            scores.into_iter().map(|((a, b), score)| ClaimSuggestion { a, b, score }).collect();
        pairs.sort_by(|one, other| {
            other.score.total_cmp(&one.score).then((one.a, one.b).cmp(&(other.a, other.b)))
        });
        pairs.truncate(most);
        Ok(pairs)
    }

    /// The two claims of a suggestion as they are now, the one printed first before the other; `None` when they are one by
    /// now, when a person said that they aren't, or when one isn't there any more.
    ///
    /// # Errors
    /// As [`Reader::claims`].
    pub fn suggested_claims(&self, pair: &ClaimSuggestion) -> Result<Option<(ClaimRow, ClaimRow)>> {
        let read = || -> rusqlite::Result<Option<(ClaimRow, ClaimRow)>> {
            let Some((a, _)) = claimed::root(&self.connection, pair.a)? else { return Ok(None) };
            let Some((b, _)) = claimed::root(&self.connection, pair.b)? else { return Ok(None) };
            if a == b || self.parted(a)?.contains(&b) {
                return Ok(None);
            }
            let (a, b) = (self.read_claim(a)?, self.read_claim(b)?);
            let when = |claim: &ClaimRow| (claim.first_seen.is_none(), claim.first_seen.clone(), claim.id);
            Ok(Some(if when(&b) < when(&a) { (b, a) } else { (a, b) }))
        };
        read().map_err(|error| self.failed(error))
    }

    /// The wordings of a claim that quotes have whose public id begins so, each with one such id.
    ///
    /// # Errors
    /// As [`Reader::claims`].
    pub fn wordings_of_quote(&self, claim: ClaimId, quote: &str) -> Result<Vec<(ClaimId, String)>> {
        let read = || -> rusqlite::Result<Vec<(ClaimId, String)>> {
            let Some((root, _)) = claimed::root(&self.connection, claim)? else { return Ok(Vec::new()) };
            let sql = format!(
                "{MEMBERS} SELECT w.key, min(q.public_id) FROM member AS m JOIN wording AS w ON w.id = m.id
                    JOIN sighting AS g ON g.wording = w.id JOIN quote AS q ON q.id = g.quote
                   WHERE substr(q.public_id, 1, length(?2)) = ?2 GROUP BY w.key ORDER BY 2"
            );
            let mut select = self.connection.prepare_cached(&sql)?;
            select
                .query_map((root, quote), |row| Ok((ClaimId::from_key(row.get(0)?), row.get(1)?)))?
                .collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// The claims, by the row ids of their fullest wordings, that a person said to be others than one, or to have a
    /// wording that is no form of one of its own.
    pub(in crate::query) fn parted(&self, root: i64) -> rusqlite::Result<BTreeSet<i64>> {
        // With nothing said, a claim of many wordings is not gone through.
        let is_any = "SELECT 1 FROM claim_decision WHERE what = 'apart' LIMIT 1";
        if !self.connection.prepare_cached(is_any)?.exists([])? {
            return Ok(BTreeSet::new());
        }
        let sql = format!("{MEMBERS} {PARTED}");
        let others: Vec<i64> = self
            .connection
            .prepare_cached(&sql)?
            .query_map([root], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        let mut roots = BTreeSet::new();
        for key in others {
            if let Some(wording) = find(&self.connection, key)? {
                roots.insert(claimed::root_of(&self.connection, wording)?);
            }
        }
        Ok(roots)
    }
}

/// The keys that wordings of a claim are said to be apart from, unless something else was said later.
const PARTED: &str = "\
    , said (other, a, b, what, correction) AS (
        SELECT d.b, d.a, d.b, d.what, d.correction
          FROM member AS m JOIN wording AS w ON w.id = m.id JOIN claim_decision AS d ON d.a = w.key
         UNION ALL
        SELECT d.a, d.a, d.b, d.what, d.correction
          FROM member AS m JOIN wording AS w ON w.id = m.id JOIN claim_decision AS d ON d.b = w.key)
    SELECT DISTINCT s.other FROM said AS s
     WHERE s.what = 'apart' AND NOT EXISTS (
           SELECT 1 FROM claim_decision AS l WHERE l.a = s.a AND l.b = s.b AND l.correction > s.correction)";
