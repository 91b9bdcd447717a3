//! What people decided about claims, and when.

use crate::error::Result;
use crate::lexicon::fold::fold;
use crate::lexicon::verdict_scale;
use crate::model::verdicts::{ClaimId, Rating, Snapshot, Status, Verdict};
use crate::query::Reader;
use crate::query::conditions::Conditions;
use crate::speakers::matching::has_words;
use crate::store::claimed;
use crate::store::verdicts::{COLUMNS, entries, entry, history, scale};
use jiff::civil::Date;
use std::collections::HashMap;

/// Which entries to list; what is unknown of one never matches what is asked for.
#[derive(Clone, Debug, Default)]
pub struct VerdictFilter {
    pub status: Option<Status>,
    /// The rating's name, whatever its case.
    pub rating: Option<String>,
    /// Whole words of the reviewer's name.
    pub reviewer: Option<String>,
    /// Whole words of the speaker's name.
    pub speaker: Option<String>,
    pub since: Option<Date>,
    pub until: Option<Date>,
    pub entries: Entries,
    pub limit: Option<u64>,
}

/// Which entries of a claim's history.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Entries {
    /// The one that counts.
    #[default]
    Latest,
    All,
}

impl Reader {
    /// The verdict that counts of a claim, by the ids of its wordings (`wording.key`): the latest entry under
    /// any of them.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be read.
    pub fn verdict_of(&self, wordings: &[ClaimId]) -> Result<Option<Verdict>> {
        Ok(entries(&self.connection, wordings).map_err(|error| self.failed(error))?.pop())
    }

    /// All entries of the claim that has a wording of this id, in the order in which they were made. An id of
    /// no claim, or of one that isn't there any more, has the entries made under it.
    ///
    /// # Errors
    /// As [`Reader::verdict_of`].
    pub fn verdict_history(&self, claim: ClaimId) -> Result<Vec<Verdict>> {
        history(&self.connection, claim).map_err(|error| self.failed(error))
    }

    /// How far the work on the claim is that has a wording of this id: open without any entry.
    ///
    /// # Errors
    /// As [`Reader::verdict_of`].
    pub fn claim_status(&self, claim: ClaimId) -> Result<Status> {
        let latest = self.verdict_history(claim)?.pop();
        Ok(latest.map_or(Status::Open, |verdict| verdict.decision.status))
    }

    /// The claim that has a wording of this id as it is now.
    ///
    /// # Errors
    /// As [`Reader::verdict_of`].
    pub fn claim_snapshot(&self, claim: ClaimId) -> Result<Option<Snapshot>> {
        let root = claimed::root(&self.connection, claim).map_err(|error| self.failed(error))?;
        let snapshot = root.map(|root| claimed::snapshot(&self.connection, root)).transpose();
        snapshot.map_err(|error| self.failed(error))
    }

    /// The scale that verdicts are given on: the one that was set, else the one that comes with the program.
    ///
    /// # Errors
    /// As [`Reader::verdict_of`].
    pub fn scale(&self) -> Result<Vec<Rating>> {
        match scale(&self.connection).map_err(|error| self.failed(error))? {
            Some(scale) => Ok(scale),
            None => verdict_scale::built_in(),
        }
    }

    /// Lists entries by their date, those of one day in the order in which they were made.
    ///
    /// # Errors
    /// As [`Reader::verdict_of`], and what `each` returns.
    pub fn verdicts(
        &self,
        filter: &VerdictFilter,
        mut each: impl FnMut(Verdict) -> Result<()>,
    ) -> Result<u64> {
        let mut verdicts = self.all_verdicts(filter.entries)?;
        verdicts.retain(|verdict| filter.takes(verdict));
        let limit = filter.limit.map_or(usize::MAX, |limit| usize::try_from(limit).unwrap_or(usize::MAX));
        verdicts.truncate(limit);
        let count = verdicts.len() as u64;
        verdicts.into_iter().try_for_each(&mut each)?;
        Ok(count)
    }

    fn all_verdicts(&self, which: Entries) -> Result<Vec<Verdict>> {
        let sql = format!("SELECT {COLUMNS} FROM verdict ORDER BY id");
        let mut verdicts = Vec::new();
        self.rows(&sql, &Conditions::default(), entry, |verdict| {
            verdicts.push(verdict);
            Ok(())
        })?;
        if which == Entries::Latest {
            self.keep_latest(&mut verdicts)?;
        }
        verdicts.sort_by_key(|verdict| verdict.decision.date);
        Ok(verdicts)
    }

    /// Leaves the last entry of each claim, as the claims are grouped now.
    fn keep_latest(&self, verdicts: &mut Vec<Verdict>) -> Result<()> {
        let mut roots = HashMap::new();
        let mut last = HashMap::new();
        for (at, verdict) in verdicts.iter().enumerate() {
            let claim = verdict.claim.claim;
            if let std::collections::hash_map::Entry::Vacant(place) = roots.entry(claim) {
                let root = claimed::root(&self.connection, claim).map_err(|error| self.failed(error))?;
                place.insert(root.map_or(claim, |(_, root)| root));
            }
            last.insert(roots[&claim], at);
        }
        let mut at = 0;
        verdicts.retain(|verdict| {
            at += 1;
            last[&roots[&verdict.claim.claim]] == at - 1
        });
        Ok(())
    }
}

impl VerdictFilter {
    fn takes(&self, verdict: &Verdict) -> bool {
        let decision = &verdict.decision;
        let has = |wanted: &Option<String>, name: Option<&str>| match (wanted, name) {
            (None, _) => true,
            (Some(wanted), Some(name)) => has_words(&fold(name), &fold(wanted)),
            (Some(_), None) => false,
        };
        let rating = decision.rating.as_ref().map(|rating| fold(&rating.name));
        self.status.is_none_or(|status| status == decision.status)
            && self.rating.as_ref().is_none_or(|wanted| rating == Some(fold(wanted)))
            && has(&self.reviewer, Some(&decision.reviewer))
            && has(&self.speaker, verdict.claim.speaker.as_ref().map(|(name, _)| name.as_str()))
            && self.since.is_none_or(|since| since <= decision.date)
            && self.until.is_none_or(|until| decision.date <= until)
    }
}
