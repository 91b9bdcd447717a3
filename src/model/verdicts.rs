//! What people find out about claims: verdicts with their scale, and the reviews of others.

use crate::model::EntityKind;
use crate::named::named;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::fmt;
use std::str::FromStr;

/// The id of a claim that people cite: `c` and 16 hexadecimal digits of its `wording.key`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ClaimId(pub u64);

impl ClaimId {
    /// The id of a key as the database has it.
    pub const fn from_key(key: i64) -> Self {
        Self(key.cast_unsigned())
    }

    /// The key as the database has it.
    pub const fn key(self) -> i64 {
        self.0.cast_signed()
    }
}

impl fmt::Display for ClaimId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "c{:016x}", self.0)
    }
}

/// A word that is no claim's id.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("«{0}» is no claim's id; one looks like c0123456789abcdef")]
pub struct BadClaimId(String);

impl FromStr for ClaimId {
    type Err = BadClaimId;

    fn from_str(typed: &str) -> Result<Self, BadClaimId> {
        let digits = typed
            .strip_prefix(['c', 'C'])
            .filter(|digits| digits.len() == 16 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let number = digits.and_then(|digits| u64::from_str_radix(digits, 16).ok());
        number.map(Self).ok_or_else(|| BadClaimId(typed.to_owned()))
    }
}

named! {
/// How far the work on a claim is.
Status {
    /// Nobody has looked at it yet.
    Open = "open",
    InProgress = "in_progress",
    /// It has a rating.
    Checked = "checked",
    /// Opinion, prediction, or nothing that anybody could find out.
    NotCheckable = "not_checkable",
}
}

/// One row of a scale: a name, and what ClaimReview calls alternateName, ratingValue, worstRating and
/// bestRating.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Rating {
    pub name: String,
    pub alternate_name: String,
    pub value: Option<f64>,
    pub worst: Option<f64>,
    pub best: Option<f64>,
}

/// The longest name of a rating, in characters.
const LONGEST_NAME: usize = 100;

impl Rating {
    /// Says what is wrong with it: a name is needed, and either no number or three that are in order.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn check(&self) -> Result<(), String> {
        for (what, name) in [("name", &self.name), ("alternate name", &self.alternate_name)] {
            let is_odd = name.trim() != name || name.is_empty() || name.chars().any(char::is_control);
            if is_odd || name.chars().count() > LONGEST_NAME {
                return Err(format!(
                    "the {what} «{name}» should be 1 to {LONGEST_NAME} characters without white space around them"
                ));
            }
        }
        match (self.value, self.worst, self.best) {
            (None, None, None) => Ok(()),
            (Some(value), Some(worst), Some(best)) => {
                let is_ordered = worst < best && (worst..=best).contains(&value);
                let is_whole = [value, worst, best].iter().all(|number| number.is_finite());
                if is_ordered && is_whole { Ok(()) } else { Err(self.disorder()) }
            }
            _ => Err(format!("«{}» should have value, worst and best, or none of them", self.name)),
        }
    }

    fn disorder(&self) -> String {
        format!("«{}»: the value should lie between worst and best, and worst below best", self.name)
    }
}

/// What somebody says about a claim.
#[derive(Clone, PartialEq, Debug)]
pub struct Decision {
    pub status: Status,
    /// There if and only if it is checked.
    pub rating: Option<Rating>,
    pub reviewer: String,
    pub date: Date,
    pub note: Option<String>,
    /// Web addresses.
    pub evidence: Vec<String>,
    /// Where the verdict can be read.
    pub published_at: Option<String>,
}

/// A claim as it was when somebody decided on it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Snapshot {
    pub claim: ClaimId,
    /// The fullest wording.
    pub words: String,
    pub speaker: Option<(String, EntityKind)>,
    /// Earliest first.
    pub printed: Vec<Printed>,
}

/// One statement of a claim, and where it stands.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Printed {
    /// The article's key.
    pub article: String,
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub title: Option<String>,
    /// ISO 8601 date.
    pub published: Option<String>,
    /// The quote's public id.
    pub quote: String,
    pub words: String,
}

/// An entry of a claim's history.
#[derive(Clone, PartialEq, Debug)]
pub struct Verdict {
    pub claim: Snapshot,
    /// Order among the entries under the claim's id, from 1.
    pub number: u32,
    /// When it was entered, UTC.
    pub entered: String,
    pub decision: Decision,
}

impl Verdict {
    /// The name of the entry: the claim's id and its number, `c0123456789abcdef/2`.
    pub fn id(&self) -> String {
        format!("{}/{}", self.claim.claim, self.number)
    }
}

/// A review of somebody else: a ClaimReview as it was read, and what of it can be compared and listed.
#[derive(Clone, PartialEq, Debug)]
pub struct Review {
    /// All properties, unknown ones too.
    pub document: Map<String, Value>,
    /// `claimReviewed`.
    pub words: String,
    /// Who made the claim.
    pub claimant: Option<String>,
    pub reviewer: Option<String>,
    /// In words where there are any, else the number as `2 of 5`.
    pub rating: Option<String>,
    /// ISO 8601 date.
    pub published: Option<String>,
    pub url: Option<String>,
    /// The entry that it is, when it was exported by onrecord.
    pub entry: Option<(ClaimId, u32)>,
    /// Its `dateCreated` as written.
    pub created: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::{ClaimId, Rating};

    #[test]
    fn ids_are_read_as_they_are_written() {
        for key in [0, -1, i64::MIN, 0x0123_4567_89ab_cdef] {
            let id = ClaimId::from_key(key);
            assert_eq!(id.to_string().parse(), Ok(id));
            assert_eq!(id.key(), key);
        }
        assert_eq!(ClaimId(0xab).to_string(), "c00000000000000ab");
        for typed in [
            "",
            "c",
            "c123",
            "0123456789abcdef",
            "c0123456789abcdeg",
            "c0123456789abcdef0",
            "c+123456789abcdef",
        ] {
            assert!(typed.parse::<ClaimId>().is_err(), "{typed}");
        }
    }

    #[test]
    fn a_rating_has_all_numbers_in_order_or_none() {
        let rating = |value, worst, best| Rating {
            name: "so so".to_owned(),
            alternate_name: "So so".to_owned(),
            value,
            worst,
            best,
        };
        assert!(rating(None, None, None).check().is_ok());
        assert!(rating(Some(2.5), Some(1.0), Some(5.0)).check().is_ok());
        for (value, worst, best) in [
            (Some(6.0), Some(1.0), Some(5.0)),
            (Some(1.0), Some(1.0), Some(1.0)),
            (Some(1.0), None, Some(5.0)),
            (Some(f64::NAN), Some(1.0), Some(5.0)),
            (Some(1.0), Some(f64::NEG_INFINITY), Some(5.0)),
        ] {
            assert!(rating(value, worst, best).check().is_err(), "{value:?}");
        }
        assert!(Rating { name: " x".to_owned(), ..rating(None, None, None) }.check().is_err());
    }
}
