//! Claims side by side: quotations given to two speakers, and positions that may have changed.

use crate::claims::name::Fit;
use crate::claims::nearness::{Difference, difference};
use crate::claims::node::Node;
use crate::error::Result;
use crate::model::verdicts::ClaimId;
use crate::query::Reader;
use crate::query::claims::ranking::lets_through;
use crate::query::claims::{Appearance, ClaimFilter, ClaimRow};
use crate::store::claimed;
use crate::store::wordings::{Whom, candidates, kept};
use std::collections::BTreeSet;

/// Two claims side by side, with their earliest prints.
#[derive(Clone, PartialEq, Debug)]
pub struct PairRow {
    pub a: Appearance,
    pub b: Appearance,
    pub a_claim: ClaimId,
    pub b_claim: ClaimId,
    /// What they differ in; for a conflict, `speaker`.
    pub why: &'static str,
}

impl Reader {
    /// Lists quotations that were given to two speakers: nearly the same words in the same weeks.
    ///
    /// # Errors
    /// As [`Reader::claims`].
    pub fn conflicts(&self, filter: &ClaimFilter, each: impl FnMut(PairRow) -> Result<()>) -> Result<u64> {
        self.pairs(self.roots(filter)?, filter, each, contested)
    }

    /// Lists pairs of claims of one speaker that differ in a number, a date, a negation or a modal: candidates for a
    /// changed position, the earlier one first.
    ///
    /// # Errors
    /// As [`Reader::claims`].
    pub fn changed(&self, filter: &ClaimFilter, each: impl FnMut(PairRow) -> Result<()>) -> Result<u64> {
        self.pairs(self.roots(filter)?, filter, each, changed)
    }

    /// Both, of the claims with these fullest wordings: of one pair only one can be.
    pub(in crate::query) fn conflicts_and_changes(
        &self,
        roots: Vec<i64>,
        each: impl FnMut(PairRow) -> Result<()>,
    ) -> Result<u64> {
        self.pairs(roots, &ClaimFilter::default(), each, |one, other| {
            contested(one, other).or_else(|| changed(one, other))
        })
    }

    /// Lists pairs of claims whose fullest wordings share anchors, that `why` says something of, and one of which the filter
    /// lets through.
    fn pairs(
        &self,
        roots: Vec<i64>,
        filter: &ClaimFilter,
        mut each: impl FnMut(PairRow) -> Result<()>,
        why: impl Fn(&Node, &Node) -> Option<&'static str>,
    ) -> Result<u64> {
        self.map_file()?;
        let failed = |error| self.failed(error);
        let (mut seen, mut count) = (BTreeSet::new(), 0);
        let is_full = |count: u64| filter.limit.is_some_and(|limit| count >= limit);
        for root in roots {
            if is_full(count) {
                break;
            }
            let one = kept(&self.connection, root).map_err(failed)?;
            for candidate in candidates(&self.connection, &one, Whom::Alike).map_err(failed)? {
                let other = kept(&self.connection, candidate).map_err(failed)?;
                let Some(why) = why(&one.node, &other.node) else { continue };
                let other_root = claimed::root_of(&self.connection, candidate).map_err(failed)?;
                let pair = (root.min(other_root), root.max(other_root));
                if other_root == root || !seen.insert(pair) {
                    continue;
                }
                let read = |root| self.read_claim(root).map_err(failed);
                let (claim, other) = (read(root)?, read(other_root)?);
                if lets_through(filter, &claim) || lets_through(filter, &other) {
                    each(side_by_side(claim, other, why))?;
                    count += 1;
                }
                if is_full(count) {
                    return Ok(count);
                }
            }
        }
        Ok(count)
    }
}

fn contested(one: &Node, other: &Node) -> Option<&'static str> {
    one.is_contested_by(other).then_some(CONTESTED)
}

/// Why a quotation given to two speakers is told.
pub const CONTESTED: &str = "speaker";

fn changed(one: &Node, other: &Node) -> Option<&'static str> {
    let is_one = one.name.as_ref()?.fit(other.name.as_ref()?)? > Fit::Weak;
    let difference = is_one.then(|| difference(&one.wording, &other.wording))??;
    match difference {
        Difference::Name | Difference::Words => None,
        difference => Some(difference.as_str()),
    }
}

/// The pair with the earlier claim first.
fn side_by_side(a: ClaimRow, b: ClaimRow, why: &'static str) -> PairRow {
    let when = |claim: &ClaimRow| (claim.first_seen.is_none(), claim.first_seen.clone(), claim.id);
    let (a, b) = if when(&b) < when(&a) { (b, a) } else { (a, b) };
    let (a_claim, b_claim) = (a.id, b.id);
    let first = |claim: ClaimRow| claim.appearances.into_iter().next().expect("a claim has a print");
    PairRow { a: first(a), b: first(b), a_claim, b_claim, why }
}
