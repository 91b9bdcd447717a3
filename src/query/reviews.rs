//! The reviews of others, and which claims they are of.

use crate::error::Result;
use crate::lexicon::fold::fold;
use crate::model::verdicts::ClaimId;
use crate::query::Reader;
use crate::query::conditions::{Conditions, list};
use crate::speakers::matching::has_words;
use crate::store::claimed;
use jiff::civil::Date;
use rusqlite::{Row, params};
use std::collections::BTreeMap;

/// Which reviews to list; undated ones are left out where a date is asked for.
#[derive(Clone, Debug, Default)]
pub struct ReviewFilter {
    /// Whole words of the reviewer's name.
    pub reviewer: Option<String>,
    /// Whole words of the claimant's name.
    pub claimant: Option<String>,
    pub since: Option<Date>,
    pub until: Option<Date>,
    pub limit: Option<u64>,
}

/// A review of somebody else.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ReviewRow {
    pub id: i64,
    /// The words reviewed.
    pub words: String,
    pub claimant: Option<String>,
    pub reviewer: Option<String>,
    pub rating: Option<String>,
    /// ISO 8601 date.
    pub published: Option<String>,
    pub url: Option<String>,
    /// The claim of this database that is in the words reviewed.
    pub claim: Option<ClaimId>,
}

const SELECT: &str = "SELECT id, words, claimant, reviewer, rating, published, url FROM review";

/// Words so few say little without their speaker.
const FEW_WORDS: usize = 4;

impl Reader {
    /// Lists reviews by date, undated ones last, each with the claim here that is in its words.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be read, and what `each` returns.
    pub fn reviews(&self, filter: &ReviewFilter, each: impl FnMut(ReviewRow) -> Result<()>) -> Result<u64> {
        self.reviews_with(&self.reviewed_claims()?, filter, each)
    }

    /// As [`Reader::reviews`], of the claims in their words only those in `claims`.
    pub(in crate::query) fn reviews_with(
        &self,
        claims: &BTreeMap<i64, ClaimId>,
        filter: &ReviewFilter,
        mut each: impl FnMut(ReviewRow) -> Result<()>,
    ) -> Result<u64> {
        let mut conditions = Conditions::default();
        conditions.with("has_words(reviewer, ?)", filter.reviewer.as_deref().map(fold));
        conditions.with("has_words(claimant, ?)", filter.claimant.as_deref().map(fold));
        conditions.with("published >= ?", filter.since.map(|date| date.to_string()));
        conditions.with("published <= ?", filter.until.map(|date| date.to_string()));
        let sql = conditions.sql(SELECT, "coalesce(published, '~'), id", filter.limit);
        self.rows(&sql, &conditions, review, |mut row| {
            row.claim = claims.get(&row.id).copied();
            each(row)
        })
    }

    /// The reviews of the claim that has a wording of this id, by date, undated ones last.
    ///
    /// # Errors
    /// As [`Reader::reviews`].
    pub fn reviews_of(&self, claim: ClaimId) -> Result<Vec<ReviewRow>> {
        self.of_claim(claim).map_err(|error| self.failed(error))
    }

    fn of_claim(&self, claim: ClaimId) -> rusqlite::Result<Vec<ReviewRow>> {
        let connection = &self.connection;
        let root = claimed::root(connection, claim)?;
        let ids = match root {
            Some((root, _)) => claimed::wordings(connection, root)?,
            None => vec![claim],
        };
        let keys = list(&ids.iter().map(|id| id.key()).collect::<Vec<_>>());
        let sql = format!(
            "{SELECT} WHERE claim IN (SELECT value FROM json_each(?1)) OR same_words IN (
                 SELECT q.same_words FROM wording AS w JOIN quote AS q ON q.id = w.quote
                  WHERE w.key IN (SELECT value FROM json_each(?1)))
             ORDER BY coalesce(published, '~'), id"
        );
        let mut rows: Vec<ReviewRow> =
            connection.prepare(&sql)?.query_map(params![keys], review)?.collect::<rusqlite::Result<_>>()?;
        let speaker = root.map(|root| claimed::snapshot(connection, root)).transpose()?;
        let speaker = speaker.and_then(|snapshot| snapshot.speaker).map(|(name, _)| name);
        rows.retain(|row| is_of(row.claimant.as_deref(), speaker.as_deref(), &row.words));
        rows.iter_mut().for_each(|row| row.claim = Some(root.map_or(claim, |(_, root)| root)));
        Ok(rows)
    }

    /// The claims that stand here in the words of reviews, by the ids of the reviews.
    ///
    /// # Errors
    /// As [`Reader::reviews`].
    pub fn reviewed_claims(&self) -> Result<BTreeMap<i64, ClaimId>> {
        // In this order: the reviews are few and have an index, the wordings are many.
        let sql = "SELECT r.id, w.key, r.claimant, s.name, r.words
                     FROM wording AS w CROSS JOIN quote AS q ON q.id = w.quote
                    CROSS JOIN review AS r ON r.same_words = q.same_words OR r.claim = w.key
                     LEFT JOIN speaker AS s ON s.id = w.speaker ORDER BY r.id, w.key";
        type Pair = (i64, i64, Option<String>, Option<String>, String);
        let read = |row: &Row<'_>| -> rusqlite::Result<Pair> {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        };
        let mut claims = BTreeMap::new();
        self.rows(sql, &Conditions::default(), read, |(review, key, claimant, speaker, words)| {
            if is_of(claimant.as_deref(), speaker.as_deref(), &words) {
                claims.entry(review).or_insert(ClaimId::from_key(key));
            }
            Ok(())
        })?;
        for claim in claims.values_mut() {
            let root = claimed::root(&self.connection, *claim).map_err(|error| self.failed(error))?;
            *claim = root.map_or(*claim, |(_, root)| root);
        }
        Ok(claims)
    }

    /// The whole reviews as JSON, each with its date, in the order in which they are exported: by date,
    /// undated ones last, then by their very bytes.
    ///
    /// # Errors
    /// As [`Reader::reviews`].
    pub fn review_documents(&self, each: impl FnMut((Option<String>, String)) -> Result<()>) -> Result<u64> {
        let sql = "SELECT published, document FROM review ORDER BY coalesce(published, '~'), document";
        let read = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?));
        self.rows(sql, &Conditions::default(), read, each)
    }
}

/// Whether a review can be of a claim in the same words: whoever it names is not another person than the
/// speaker.
fn is_of(claimant: Option<&str>, speaker: Option<&str>, words: &str) -> bool {
    match (claimant.map(fold), speaker.map(fold)) {
        (Some(claimant), Some(speaker)) => has_words(&claimant, &speaker) || has_words(&speaker, &claimant),
        _ => words.split_whitespace().count() >= FEW_WORDS,
    }
}

fn review(row: &Row<'_>) -> rusqlite::Result<ReviewRow> {
    Ok(ReviewRow {
        id: row.get(0)?,
        words: row.get(1)?,
        claimant: row.get(2)?,
        reviewer: row.get(3)?,
        rating: row.get(4)?,
        published: row.get(5)?,
        url: row.get(6)?,
        claim: None,
    })
}

#[cfg(test)]
mod tests {
    use super::is_of;

    #[test]
    fn another_person_is_not_meant() {
        let words = "We will rebuild the bridge";
        assert!(is_of(Some("Ann Reyes"), Some("Mayor Ann Reyes"), words));
        assert!(is_of(Some("Ann B. Reyes"), Some("reyes"), words));
        assert!(!is_of(Some("Bo Lund"), Some("Ann Reyes"), words));
        assert!(is_of(None, Some("Ann Reyes"), words));
        assert!(!is_of(None, Some("Ann Reyes"), "We will win"));
        assert!(is_of(Some("Ann Reyes"), Some("Ann Reyes"), "We will win"));
    }
}
