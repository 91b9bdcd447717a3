//! Which columns verdicts, scales and reviews have, in every format.

use crate::export::{Cell, Row};
use crate::model::verdicts::{Rating, Verdict};
use crate::query::checked::Repeat;
use crate::query::reviews::ReviewRow;
use std::borrow::Cow;

impl Row for Verdict {
    const COLUMNS: &'static [&'static str] = &[
        "claim",
        "number",
        "status",
        "rating",
        "reviewer",
        "date",
        "speaker",
        "words",
        "note",
        "evidence",
        "published_at",
        "entered",
        "articles",
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        let (claim, decision) = (&self.claim, &self.decision);
        let mut articles: Vec<&str> = claim.printed.iter().map(|printed| printed.article.as_str()).collect();
        articles.dedup();
        vec![
            Cell::Text(Cow::Owned(claim.claim.to_string())),
            Cell::Count(i64::from(self.number)),
            Cell::text(Some(decision.status.as_str())),
            Cell::text(decision.rating.as_ref().map(|rating| rating.name.as_str())),
            Cell::text(Some(&decision.reviewer)),
            Cell::Text(Cow::Owned(decision.date.to_string())),
            Cell::text(claim.speaker.as_ref().map(|(name, _)| name.as_str())),
            Cell::text(Some(&claim.words)),
            Cell::text(decision.note.as_deref()),
            Cell::list(&decision.evidence),
            Cell::text(decision.published_at.as_deref()),
            Cell::text(Some(&self.entered)),
            Cell::list(&articles),
        ]
    }
}

impl Row for Rating {
    const COLUMNS: &'static [&'static str] = &["name", "alternate_name", "value", "worst", "best"];

    fn cells(&self) -> Vec<Cell<'_>> {
        let number = |number: Option<f64>| number.map_or(Cell::Missing, Cell::Share);
        vec![
            Cell::text(Some(&self.name)),
            Cell::text(Some(&self.alternate_name)),
            number(self.value),
            number(self.worst),
            number(self.best),
        ]
    }
}

impl Row for ReviewRow {
    const COLUMNS: &'static [&'static str] =
        &["id", "published", "reviewer", "rating", "claimant", "words", "url", "claim"];

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            Cell::Count(self.id),
            Cell::text(self.published.as_deref()),
            Cell::text(self.reviewer.as_deref()),
            Cell::text(self.rating.as_deref()),
            Cell::text(self.claimant.as_deref()),
            Cell::text(Some(&self.words)),
            Cell::text(self.url.as_deref()),
            self.claim.map_or(Cell::Missing, |claim| Cell::Text(Cow::Owned(claim.to_string()))),
        ]
    }
}

impl Row for Repeat {
    const COLUMNS: &'static [&'static str] = &[
        "quote", "speaker", "words", "score", "rating", "reviewer", "date", "url", "claimant", "reviewed",
        "claim",
    ];

    fn cells(&self) -> Vec<Cell<'_>> {
        let checked = &self.checked;
        vec![
            Cell::text(Some(&self.quote)),
            Cell::text(self.speaker.as_deref()),
            Cell::text(Some(&self.words)),
            Cell::Share((self.score * 1000.0).round() / 1000.0),
            Cell::text(checked.rating.as_deref()),
            Cell::text(checked.reviewer.as_deref()),
            Cell::text(checked.date.as_deref()),
            Cell::text(checked.url.as_deref()),
            Cell::text(checked.claimant.as_deref()),
            Cell::text(Some(&checked.words)),
            checked.claim.map_or(Cell::Missing, |claim| Cell::Text(Cow::Owned(claim.to_string()))),
        ]
    }
}
