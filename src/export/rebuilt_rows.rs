//! Which columns the outcome of a rebuild has, in every format.

use crate::export::{Cell, Row};
use crate::store::rebuild::Rebuilt;

impl Row for Rebuilt {
    const COLUMNS: &'static [&'static str] =
        &["statements", "statements_before", "claims", "claims_before", "changed"];

    fn cells(&self) -> Vec<Cell<'_>> {
        let ([old_statements, statements], [old_claims, claims]) = (self.statements, self.claims);
        let counts = [statements, old_statements, claims, old_claims, self.changed];
        counts.into_iter().map(|count| Cell::Count(count.cast_signed())).collect()
    }
}
