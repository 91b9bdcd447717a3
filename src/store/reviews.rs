//! Keeps the reviews of others.

use crate::copies::same_words;
use crate::error::Result;
use crate::model::verdicts::{ClaimId, Review};
use crate::store::hash::{Hash, of_fields};
use crate::store::verdicts::has_entry;
use crate::store::{Store, failed};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};

/// What became of a review.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kept {
    New,
    /// It was there with other properties, which are replaced.
    Changed,
    Same,
    /// An entry of this very database, exported and brought back.
    Own,
}

impl Store {
    /// Keeps reviews, all in one transaction.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be written to.
    pub fn keep_reviews(&mut self, reviews: &[Review]) -> Result<Vec<Kept>> {
        let path = self.path.clone();
        let now = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        self.transaction(|connection| {
            reviews.iter().map(|review| keep(connection, review, &now).map_err(failed(&path))).collect()
        })
    }
}

fn keep(connection: &Connection, review: &Review, now: &str) -> rusqlite::Result<Kept> {
    if let Some(entry) = review.entry
        && has_entry(connection, entry, review.created.as_deref())?
    {
        return Ok(Kept::Own);
    }
    let (mark, document) = (mark(review), document(review));
    let before: Option<String> = connection
        .prepare_cached("SELECT document FROM review WHERE mark = ?1")?
        .query_row([&mark], |row| row.get(0))
        .optional()?;
    match before {
        Some(before) if before == document => Ok(Kept::Same),
        before => {
            write(connection, review, &mark, &document, now)?;
            Ok(if before.is_some() { Kept::Changed } else { Kept::New })
        }
    }
}

fn document(review: &Review) -> String {
    serde_json::to_string(&review.document).expect("what was read as JSON is JSON")
}

/// What makes it the same review again: its entry's name, or else its address, reviewer and words.
fn mark(review: &Review) -> Hash {
    let entry = review.entry.map(|(claim, number)| format!("{claim}/{number}"));
    let id = review.document.get("@id").and_then(|id| id.as_str()).filter(|id| id.starts_with("http"));
    let address = review.url.as_deref().or(id);
    let created = entry.as_ref().and(review.created.as_deref());
    of_fields(&[entry.as_deref(), created, address, review.reviewer.as_deref(), Some(&review.words)])
}

fn write(
    connection: &Connection,
    review: &Review,
    mark: &Hash,
    document: &str,
    now: &str,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO review (mark, document, words, same_words, claim, claimant, reviewer, rating, published,
                                 url, imported)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
                 ON CONFLICT (mark) DO UPDATE SET
                    document = excluded.document, claim = excluded.claim, claimant = excluded.claimant,
                    rating = excluded.rating, published = excluded.published, imported = excluded.imported",
        )?
        .execute(params![
            mark,
            document,
            review.words,
            same_words(&review.words).cast_signed(),
            review.entry.map(|(claim, _)| ClaimId::key(claim)),
            review.claimant,
            review.reviewer,
            review.rating,
            review.published,
            review.url,
            now,
        ])
        .map(drop)
}
