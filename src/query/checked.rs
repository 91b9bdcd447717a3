//! What was checked already, and which statements repeat it.

use crate::claims::matching::Collection;
use crate::copies::same_words;
use crate::error::Result;
use crate::lexicon::claim_matching::MatchingTables;
use crate::model::verdicts::{ClaimId, Status, Verdict};
use crate::query::Reader;
use crate::query::articles::ArticleId;
use crate::query::quotes::{QuoteFilter, QuoteRow};
use crate::query::reviews::{ReviewFilter, ReviewRow};
use crate::query::verdicts::VerdictFilter;
use std::collections::{BTreeMap, HashMap};

/// A claim that somebody has checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checked {
    pub words: String,
    pub claimant: Option<String>,
    /// The rating's name, or that the claim can't be checked.
    pub rating: Option<String>,
    pub reviewer: Option<String>,
    /// ISO 8601 date.
    pub date: Option<String>,
    /// Where the verdict can be read.
    pub url: Option<String>,
    /// The claim of this database, where the verdict is one of it.
    pub claim: Option<ClaimId>,
}

/// A statement that looks like a repetition of a checked claim.
#[derive(Clone, PartialEq, Debug)]
pub struct Repeat {
    /// The quote's public id, its speaker and its words.
    pub quote: String,
    pub speaker: Option<String>,
    pub words: String,
    /// How sure that is, 0 to 1; 1 where the words are the same.
    pub score: f64,
    pub checked: Checked,
}

impl Reader {
    /// All claims that others reviewed, and behind them those that have a verdict here which ends the work
    /// (checked, not checkable), both by date.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be read.
    pub fn checked_claims(&self) -> Result<Vec<Checked>> {
        let mut checked = Vec::new();
        self.reviews_with(&BTreeMap::new(), &ReviewFilter::default(), |review| {
            checked.push(by_other(review));
            Ok(())
        })?;
        self.verdicts(&VerdictFilter::default(), |verdict| {
            checked.extend(by_own(verdict));
            Ok(())
        })?;
        Ok(checked)
    }

    /// Gives `each` the statements of an article that repeat a checked claim, in the order of the article: of
    /// each the claim that it most likely repeats, if that is at least as sure as `least`.
    ///
    /// # Errors
    /// As [`Reader::checked_claims`], and what `each` returns.
    pub fn repeats(
        &self,
        article: ArticleId,
        tables: &MatchingTables,
        least: f64,
        mut each: impl FnMut(Repeat) -> Result<()>,
    ) -> Result<u64> {
        let checked = self.checked_claims()?;
        let collection = Collection::new(checked.iter().map(|claim| (claim.words.as_str(), None)), tables);
        // Of several in the same words the last counts.
        let same: HashMap<u64, usize> =
            checked.iter().enumerate().map(|(at, claim)| (same_words(&claim.words), at)).collect();
        let filter = QuoteFilter { article: Some(article), ..QuoteFilter::default() };
        let mut count = 0;
        self.quotes(&filter, |quote: QuoteRow| {
            let equal = same.get(&same_words(&quote.words)).map(|&at| (at, 1.0));
            let best = equal.or_else(|| collection.best(&quote.words));
            let Some((at, score)) = best.filter(|(_, score)| *score >= least) else { return Ok(()) };
            count += 1;
            let QuoteRow { id, speaker, words, .. } = quote;
            let speaker = speaker.map(|name| name.to_string());
            each(Repeat { quote: id, speaker, words, score, checked: checked[at].clone() })
        })?;
        Ok(count)
    }
}

fn by_own(verdict: Verdict) -> Option<Checked> {
    let (claim, decision) = (verdict.claim, verdict.decision);
    let rating = match decision.status {
        Status::Checked => decision.rating?.name,
        Status::NotCheckable => decision.status.as_str().replace('_', " "),
        Status::Open | Status::InProgress => return None,
    };
    Some(Checked {
        words: claim.words,
        claimant: claim.speaker.map(|(name, _)| name),
        rating: Some(rating),
        reviewer: Some(decision.reviewer),
        date: Some(decision.date.to_string()),
        url: decision.published_at,
        claim: Some(claim.claim),
    })
}

fn by_other(review: ReviewRow) -> Checked {
    Checked {
        words: review.words,
        claimant: review.claimant,
        rating: review.rating,
        reviewer: review.reviewer,
        date: review.published,
        url: review.url,
        claim: None,
    }
}
