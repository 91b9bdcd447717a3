//! `onrecord export claims`: claims with their records, or their verdicts as ClaimReview.

use crate::cli::claim_filter::Claims;
use crate::cli::verdict::export;
use crate::error::{Error, Result};
use crate::export::claim_review::{Document, claim_review};
use crate::export::stream::{Format, Rows};
use crate::model::verdicts::Status;
use crate::query::Reader;
use crate::query::claims::ClaimFilter;
use std::io::Write;
use std::path::Path;

/// Writes all claims that a filter lets through, one a row; returns how many.
///
/// # Errors
/// As the database can't be read and `out` fails.
pub fn rows(
    reader: &Reader,
    filter: &ClaimFilter,
    format: Format,
    path: &Path,
    out: &mut dyn Write,
) -> Result<u64> {
    let mut rows = Rows::new(format, out).map_err(Error::io(path))?;
    let count = reader.claims(filter, |claim| rows.write(&claim).map_err(Error::io(path)))?;
    rows.finish().map_err(Error::io(path))?;
    Ok(count)
}

/// Writes what `onrecord verdict export` does; with filters only the verdicts on the claims that they let through.
///
/// # Errors
/// As [`rows`].
pub fn reviews(
    reader: &Reader,
    claims: &Claims,
    filter: &ClaimFilter,
    path: &Path,
    out: &mut dyn Write,
) -> Result<u64> {
    if claims.typed().is_none() {
        return export::export(&export::Args::default(), reader, path, out);
    }
    // No other claims have a verdict to write.
    let filter = ClaimFilter { status: Some(filter.status.unwrap_or(Status::Checked)), ..filter.clone() };
    let mut reviews = Vec::new();
    reader.claims(&filter, |claim| {
        let latest = reader.verdict_history(claim.id)?.pop();
        if let Some(verdict) = latest.filter(|verdict| verdict.decision.status == Status::Checked) {
            reviews.push((verdict.decision.date.to_string(), claim_review(&verdict, None).to_string()));
        }
        Ok(())
    })?;
    reviews.sort();
    let mut document = Document::new(out).map_err(Error::io(path))?;
    reviews.iter().try_for_each(|(_, review)| document.write(review)).map_err(Error::io(path))?;
    document.finish().map_err(Error::io(path))
}
