//! Which columns watches have, in every format.

use crate::export::{Cell, Row};
use crate::model::watches::Watch;
use std::borrow::Cow;

impl Row for Watch {
    const COLUMNS: &'static [&'static str] = &[
        "id",
        "name",
        "speaker",
        "search",
        "outlet",
        "claim",
        "claim_words",
        "at_least",
        "added",
        "added_by",
        "note",
        "told",
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        let (id, words) = self.wanted.claim.as_ref().map(|(id, words)| (id, words.as_str())).unzip();
        vec![
            Cell::Count(self.id.0),
            Cell::text(self.name.as_deref()),
            Cell::text(self.wanted.speaker.as_deref()),
            Cell::text(self.wanted.search.as_deref()),
            Cell::text(self.wanted.outlet.as_deref()),
            id.map_or(Cell::Missing, |id| Cell::Text(Cow::Owned(id.to_string()))),
            Cell::text(words),
            Cell::Count(i64::try_from(self.at_least).unwrap_or(i64::MAX)),
            Cell::text(Some(&self.added)),
            Cell::text(Some(&self.added_by)),
            Cell::text(self.note.as_deref()),
            Cell::text(Some(&self.told.since)),
        ]
    }
}
