//! What people want to be told of, and how far they were.

use crate::model::verdicts::ClaimId;
use serde::{Serialize, Serializer};
use std::fmt;

/// What a statement must be to be told of: all that is said must hold.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Wanted {
    /// Words of a speaker's name or alias, as typed.
    pub speaker: Option<String>,
    /// Words of the statement, as typed for a search.
    pub search: Option<String>,
    /// Words of the outlet's name, as typed.
    pub outlet: Option<String>,
    /// The claim that it is a print of, and the claim's words when the watch was made.
    pub claim: Option<(ClaimId, String)>,
}

/// Something that a person wants to be told of.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Watch {
    pub id: WatchId,
    pub name: Option<String>,
    pub wanted: Wanted,
    /// Fewer new prints than these are not told yet.
    pub at_least: u64,
    /// When it was made, UTC, and by whom and why.
    pub added: String,
    pub added_by: String,
    pub note: Option<String>,
    /// How far it was told; at first, when it was made.
    pub told: Mark,
}

/// Number of a watch, by which people name it; never given to another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct WatchId(pub i64);

impl fmt::Display for WatchId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl Serialize for WatchId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

/// A moment in the life of a database: what came in from `since` on, or was given a higher row id, is after
/// it.
///
/// Without row ids the time alone tells: a moment that a person named.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mark {
    /// ISO 8601, UTC.
    pub since: String,
    /// The last version of an article before it.
    pub version: Option<i64>,
    /// The last entry of a verdict before it.
    pub verdict: Option<i64>,
}

impl Mark {
    /// A moment that a person named.
    pub const fn at(since: String) -> Self {
        Self { since, version: None, verdict: None }
    }
}

impl Watch {
    /// Its name, else what is wanted.
    pub fn title(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.wanted.to_string())
    }
}

/// What is wanted, in one line: `Ann Reyes · “bridge” · in Harbour Herald`.
impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            self.speaker.clone(),
            self.search.as_ref().map(|words| format!("“{words}”")),
            self.outlet.as_ref().map(|outlet| format!("in {outlet}")),
            self.claim.as_ref().map(|(id, words)| format!("claim {id} {words}")),
        ];
        f.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
    }
}

#[cfg(test)]
mod tests {
    use super::Wanted;

    #[test]
    fn all_that_is_wanted_stands_in_one_line() {
        let wanted = Wanted {
            speaker: Some("Ann Reyes".to_owned()),
            search: Some("bridge".to_owned()),
            outlet: Some("Herald".to_owned()),
            claim: None,
        };
        assert_eq!(wanted.to_string(), "Ann Reyes · “bridge” · in Herald");
    }
}
