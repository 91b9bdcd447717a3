//! What people say of claims: which are one, and which are not.

use crate::claims::decision::{Decision, judged};
use crate::claims::nearness::Nearness;
use crate::claims::node::Node;
use crate::error::Result;
use crate::model::CorrectionKind;
use crate::model::verdicts::ClaimId;
use crate::store::claimed::{root, root_of};
use crate::store::corrections::log::{self, Correction, Reviewer};
use crate::store::corrections::trouble::{Made, refused};
use crate::store::wordings::{Kept, Whom, candidates, find, kept};
use crate::store::{Store, claims, decided};
use rusqlite::{Connection, params};
use serde_json::json;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// So many claims are made one at a time.
pub const MOST_MERGED: usize = 100;

impl Store {
    /// Says that claims, each by the id of any of its wordings, are one. Gives the correction's id, and the claim that they
    /// are now.
    ///
    /// # Errors
    /// [`crate::error::Error::Refused`] when one isn't there, or two are one already; [`crate::error::Error::Database`] when
    /// the file can't be written to.
    pub fn merge_claims(&mut self, claims: &[ClaimId], by: &Reviewer) -> Result<(i64, ClaimId)> {
        self.correcting(|connection| merge(connection, claims, by))
    }

    /// Says that a wording is no form of the claim that it belongs to: it leaves it with what are its own forms, and
    /// doesn't come back over a third wording. The claim's fullest wording leaves all others. Gives the correction's id,
    /// and the claim that the wording belongs to now.
    ///
    /// # Errors
    /// As [`Store::merge_claims`], and when the wording is not of the claim, or the claim's only one.
    pub fn split_claim(&mut self, claim: ClaimId, wording: ClaimId, by: &Reviewer) -> Result<(i64, ClaimId)> {
        self.correcting(|connection| split(connection, claim, wording, by))
    }

    /// Says that two claims, each by the id of any of its wordings, are two, so that nothing suggests it again. Gives the
    /// correction's id.
    ///
    /// # Errors
    /// As [`Store::merge_claims`].
    pub fn refuse_claims(&mut self, a: ClaimId, b: ClaimId, by: &Reviewer) -> Result<i64> {
        self.correcting(|connection| {
            let (a, b) = (found(connection, a)?.1, found(connection, b)?.1);
            if a == b {
                return refused(a.to_string(), "is one claim; `onrecord claims split` parts its wordings");
            }
            decide(connection, CorrectionKind::SplitClaim, &[a, b], &[(a.key(), b.key())], by)
        })
    }
}

/// The fullest wording of a claim, by row id and id.
fn found(connection: &Connection, claim: ClaimId) -> Made<(i64, ClaimId)> {
    match root(connection, claim)? {
        Some(root) => Ok(root),
        None => {
            refused(claim.to_string(), "no claim has this id; `onrecord claims` lists them with their ids")
        }
    }
}

fn merge(connection: &Connection, claims: &[ClaimId], by: &Reviewer) -> Made<(i64, ClaimId)> {
    if claims.len() > MOST_MERGED {
        let what = format!("{} claims", claims.len());
        return refused(what, format!("at most {MOST_MERGED} are made one at a time; name fewer"));
    }
    let mut roots: Vec<ClaimId> = Vec::new();
    for &claim in claims {
        let root = found(connection, claim)?.1;
        if roots.contains(&root) {
            let reason =
                format!("is of claim {root}, as is another that was named; name claims that are two");
            return refused(claim.to_string(), reason);
        }
        roots.push(root);
    }
    let [first, _, ..] = roots[..] else {
        return refused("one claim", "name two or more; `onrecord claims` lists them with their ids");
    };
    // Each with each: so they stay one when the fullest goes.
    let pairs: Vec<(i64, i64)> = roots
        .iter()
        .enumerate()
        .flat_map(|(at, one)| roots[at + 1..].iter().map(|other| (one.key(), other.key())))
        .collect();
    let id = decide(connection, CorrectionKind::MergeClaims, &roots, &pairs, by)?;
    Ok((id, found(connection, first)?.1))
}

fn split(connection: &Connection, claim: ClaimId, wording: ClaimId, by: &Reviewer) -> Made<(i64, ClaimId)> {
    let (root, claim) = found(connection, claim)?;
    let (_, its_claim) = found(connection, wording)?;
    if its_claim != claim {
        let reason = format!(
            "is not of claim {claim}, but of {its_claim}; `onrecord claims show {claim}` shows what is of it"
        );
        return refused(wording.to_string(), reason);
    }
    let apart =
        if wording == claim { forms(connection, root)? } else { in_its_way(connection, wording, root)? };
    if apart.is_empty() {
        return refused(claim.to_string(), "has one wording only; there is nothing to part it from");
    }
    let pairs: Vec<(i64, i64)> = apart.into_iter().map(|key| (wording.key(), key)).collect();
    let named = if wording == claim { &[claim][..] } else { &[wording, claim] };
    let id = decide(connection, CorrectionKind::SplitClaim, named, &pairs, by)?;
    Ok((id, found(connection, wording)?.1))
}

/// The keys of the wordings that are directly forms of one.
fn forms(connection: &Connection, id: i64) -> rusqlite::Result<BTreeSet<i64>> {
    connection
        .prepare_cached("SELECT key FROM wording WHERE parent = ?1")?
        .query_map([id], |row| row.get(0))?
        .collect()
}

/// The keys of the wordings of a claim that another of its wordings would be a form of, one after the other, and of the
/// fullest: apart from them it is out of the claim.
fn in_its_way(connection: &Connection, wording: ClaimId, root: i64) -> rusqlite::Result<BTreeSet<i64>> {
    let mut keys = BTreeSet::from([kept(connection, root)?.node.key]);
    let Some(id) = find(connection, wording.key())? else { return Ok(keys) };
    let one = kept(connection, id)?;
    let said = decided::of(connection, wording.key())?;
    let near = candidates(connection, &one, Whom::Near)?;
    let mut fuller: Vec<(Kept, Nearness)> = Vec::new();
    for candidate in decided::with_partners(connection, &said, near)? {
        let other = kept(connection, candidate)?;
        let nearness = judged(&said, &one.node, &other.node);
        if let Some(nearness) = nearness.filter(|_| other.node.is_fuller(&one.node)) {
            fuller.push((other, nearness));
        }
    }
    let node = &one.node;
    fuller.sort_by(|one, other| best_first(node, (&one.0.node, one.1), (&other.0.node, other.1)));
    for (other, _) in fuller {
        if root_of(connection, other.id)? != root {
            break;
        }
        keys.insert(other.node.key);
    }
    Ok(keys)
}

fn best_first(node: &Node, one: (&Node, Nearness), other: (&Node, Nearness)) -> Ordering {
    if node.is_better(one, Some(other)) {
        Ordering::Less
    } else if node.is_better(other, Some(one)) {
        Ordering::Greater
    } else {
        Ordering::Equal
    }
}

/// Logs what a person says of claims, and lets it count for pairs of wordings.
fn decide(
    connection: &Connection,
    kind: CorrectionKind,
    claims: &[ClaimId],
    pairs: &[(i64, i64)],
    by: &Reviewer,
) -> Made<i64> {
    let decision = if kind == CorrectionKind::MergeClaims { Decision::Together } else { Decision::Apart };
    let cited: Vec<String> = claims.iter().map(ClaimId::to_string).collect();
    let id = log::add(connection, by, kind, None, &json!({ "claims": cited }))?;
    let mut insert = connection
        .prepare_cached("INSERT INTO claim_decision (a, b, what, correction) VALUES (?1, ?2, ?3, ?4)")?;
    for &(a, b) in pairs {
        insert.execute(params![a.min(b), a.max(b), decision.as_str(), id])?;
    }
    claims::judge_anew(connection, &pairs.iter().flat_map(|&(a, b)| [a, b]).collect())?;
    Ok(id)
}

/// Takes back what a correction said of claims.
pub fn take_back(connection: &Connection, correction: &Correction) -> rusqlite::Result<()> {
    let pairs: Vec<[i64; 2]> = connection
        .prepare_cached("DELETE FROM claim_decision WHERE correction = ?1 RETURNING a, b")?
        .query_map([correction.id], |row| Ok([row.get(0)?, row.get(1)?]))?
        .collect::<rusqlite::Result<_>>()?;
    claims::judge_anew(connection, &pairs.into_iter().flatten().collect())
}
