//! The log of corrections, and those that have lost their place.

use crate::error::Result;
use crate::model::{CorrectionKind, CorrectionStatus, OrphanReason};
use crate::query::conditions::{Conditions, list};
use crate::query::{Reader, named};
use rusqlite::Row;
use serde_json::Value;

/// Which corrections to list.
#[derive(Clone, Debug, Default)]
pub struct CorrectionFilter {
    /// Empty: all kinds.
    pub kinds: Vec<CorrectionKind>,
    pub status: Option<CorrectionStatus>,
    /// Whoever made it, in full.
    pub reviewer: Option<String>,
    /// The article's key.
    pub article: Option<String>,
    pub limit: Option<u64>,
}

/// A correction as it stands in the log, and whether it holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CorrectionRow {
    pub id: i64,
    /// UTC.
    pub made: String,
    pub reviewer: String,
    pub kind: CorrectionKind,
    pub status: CorrectionStatus,
    /// Why it has no place, where it has none.
    pub reason: Option<OrphanReason>,
    /// The article's key, and the words that it was said of.
    pub article: Option<String>,
    pub words: Option<String>,
    /// What it says: the speaker, the right words, who is whom.
    pub says: Option<String>,
    pub note: Option<String>,
    /// The correction that it takes back.
    pub undoes: Option<i64>,
}

impl Reader {
    /// Lists corrections, the latest first; returns how many.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be read, and what `each` returns.
    pub fn corrections(
        &self,
        filter: &CorrectionFilter,
        each: impl FnMut(CorrectionRow) -> Result<()>,
    ) -> Result<u64> {
        let mut conditions = Conditions::default();
        let kinds: Vec<&str> = filter.kinds.iter().map(|kind| kind.as_str()).collect();
        let kinds = (!kinds.is_empty()).then(|| list(&kinds));
        conditions.with("kind IN (SELECT value FROM json_each(?))", kinds);
        conditions.with("status = ?", filter.status.map(CorrectionStatus::as_str));
        conditions.with("reviewer = ?", filter.reviewer.clone());
        conditions.with("article = ?", filter.article.clone());
        let select = "SELECT id, made, reviewer, kind, status, reason, article, words, says, note, undoes FROM correction";
        let sql = conditions.sql(select, "id DESC", filter.limit);
        self.rows(&sql, &conditions, read, each)
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<CorrectionRow> {
    let kind = named(row, 3)?.unwrap_or(CorrectionKind::Undo);
    let says: String = row.get(8)?;
    Ok(CorrectionRow {
        id: row.get(0)?,
        made: row.get(1)?,
        reviewer: row.get(2)?,
        kind,
        status: named(row, 4)?.unwrap_or(CorrectionStatus::Undone),
        reason: named(row, 5)?,
        article: row.get(6)?,
        words: row.get(7)?,
        says: serde_json::from_str(&says).ok().and_then(|says| told(kind, &says)),
        note: row.get(9)?,
        undoes: row.get(10)?,
    })
}

/// What a correction says, on one line.
fn told(kind: CorrectionKind, says: &Value) -> Option<String> {
    let text = |field: &str| says.get(field).and_then(Value::as_str).map(str::to_owned);
    let speaker = || says.pointer("/speaker/0").and_then(Value::as_str).map(str::to_owned);
    match kind {
        CorrectionKind::Speaker | CorrectionKind::MissedQuote | CorrectionKind::Confirm => {
            speaker().or_else(|| says.get("nobody").map(|_| "nobody".to_owned()))
        }
        CorrectionKind::Span => text("words"),
        CorrectionKind::NotAQuote | CorrectionKind::Undo => None,
        CorrectionKind::MergeSpeakers | CorrectionKind::Alias => {
            let is = text("alias").map(|alias| Some(format!("{alias} is {}", text("person")?)));
            is.unwrap_or_else(|| Some(format!("{} is {}", text("person")?, text("wikidata")?)))
        }
        CorrectionKind::SplitSpeaker => {
            Some(format!("{}: {} «{}» is another", text("name")?, text("what")?, text("value")?))
        }
        CorrectionKind::KeepApart => Some(format!("{} is not {}", text("a")?, text("b")?)),
        CorrectionKind::KeepTogether => Some(format!("{} is one", text("a")?)),
        CorrectionKind::MergeClaims => {
            let claims: Option<Vec<&str>> =
                says.get("claims")?.as_array()?.iter().map(Value::as_str).collect();
            let (last, others) = claims.as_ref()?.split_last()?;
            Some(format!("{} and {last} are one", others.join(", ")))
        }
        CorrectionKind::SplitClaim => {
            let claim = |at: &str| says.pointer(at).and_then(Value::as_str);
            let one = claim("/claims/0")?;
            Some(match claim("/claims/1") {
                Some(other) => format!("{one} is not {other}"),
                None => format!("{one} is none of its other wordings"),
            })
        }
    }
}
