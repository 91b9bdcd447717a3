//! What was claimed, by whom, and who printed it in which form.

pub mod ranking;
pub mod decisions;
pub mod suggestions;
pub mod pairs;

use crate::claims::wording::Verbatim;
use crate::copies::same_words;
use crate::error::Result;
use crate::model::verdicts::{ClaimId, Status};
use crate::model::{EntityKind, QuoteKind};
use crate::named::named;
use crate::query::claims::decisions::{CONFIRMED, Confirmed};
use crate::query::claims::ranking::lets_through;
use crate::query::search::Search;
use crate::query::speakers::SpeakerId;
use crate::query::{Reader, named};
use crate::store::claimed;
use crate::store::claimed::MEMBERS;
use crate::store::verdicts::entries;
use crate::store::wordings::{find, kept};
use jiff::civil::Date;
use rusqlite::Row;
use serde::{Serialize, Serializer};
use std::collections::BTreeSet;

/// Which claims to list.
#[derive(Clone, Debug, Default)]
pub struct ClaimFilter {
    pub speakers: Option<Vec<SpeakerId>>,
    /// Words that one of its statements has.
    pub search: Option<Search>,
    /// Claims with a print that these let through.
    pub outlet: Option<String>,
    pub since: Option<Date>,
    pub until: Option<Date>,
    pub order: Order,
    pub limit: Option<u64>,
}

/// Which claims come first.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Order {
    /// Those printed most often.
    #[default]
    Spread,
    /// Those printed last.
    Recent,
    /// Those with the most wordings.
    Drift,
}

named! {
/// How a statement belongs to a claim.
Tier {
    /// It has the words by which the claim is known.
    Same = "same",
    /// It is a form of them.
    Near = "near",
    /// It may say the same in other words: for a person to judge.
    Suggested = "suggested",
}
}

impl Serialize for Tier {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A claim and where it was printed.
#[derive(Clone, PartialEq, Debug)]
pub struct ClaimRow {
    pub id: ClaimId,
    pub speaker: Option<String>,
    pub speaker_kind: Option<EntityKind>,
    /// The fullest form in quotation marks, of these the earliest.
    pub text: String,
    /// ISO 8601 dates.
    pub first_seen: Option<String>,
    pub last_seen: Option<String>,
    /// How far people's work on it is.
    pub status: Status,
    /// Outlets that printed it, by name; an article without one counts for itself.
    pub outlets: i64,
    /// Prints, copies of one report counted once.
    pub prints: i64,
    pub wordings: i64,
    /// By date, undated ones last; then what may belong to it, the likeliest first.
    pub appearances: Vec<Appearance>,
}

/// A print of a claim.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Appearance {
    /// Key of the article.
    pub article: String,
    /// Public id of the quote.
    pub quote: String,
    pub outlet: Option<String>,
    pub published: Option<String>,
    pub tier: Tier,
    pub text: String,
    pub speaker: Option<String>,
    #[serde(rename = "type")]
    pub kind: String,
    pub cue: Option<String>,
    pub cue_class: Option<String>,
    /// By which rule it belongs to the claim, and how much they have in common.
    pub method: Option<String>,
    pub score: Option<f64>,
    /// The claim of its own that a suggestion has.
    pub claim: Option<String>,
    /// Where a person said that its wording belongs to the claim: who, when (UTC), and by which correction.
    #[serde(flatten)]
    pub confirmed: Confirmed,
    #[serde(skip)]
    story: Option<i64>,
}

impl Reader {
    /// Lists claims; returns how many.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be read, and what `each` returns.
    pub fn claims(&self, filter: &ClaimFilter, mut each: impl FnMut(ClaimRow) -> Result<()>) -> Result<u64> {
        let mut count = 0;
        for root in self.roots(filter)? {
            if filter.limit.is_some_and(|limit| count >= limit) {
                break;
            }
            let claim = self.read_claim(root).map_err(|error| self.failed(error))?;
            if lets_through(filter, &claim) {
                each(self.with_suggestions(claim, root).map_err(|error| self.failed(error))?)?;
                count += 1;
            }
        }
        Ok(count)
    }

    /// The claim with an id, or with a wording of that id.
    ///
    /// # Errors
    /// As [`Reader::claims`].
    pub fn claim(&self, id: ClaimId) -> Result<Option<ClaimRow>> {
        let claim = || -> rusqlite::Result<Option<ClaimRow>> {
            let Some(wording) = find(&self.connection, id.key())? else { return Ok(None) };
            let root = claimed::root_of(&self.connection, wording)?;
            self.with_suggestions(self.read_claim(root)?, root).map(Some)
        };
        claim().map_err(|error| self.failed(error))
    }

    /// A claim with its own prints.
    pub(in crate::query) fn read_claim(&self, root: i64) -> rusqlite::Result<ClaimRow> {
        let (key, speaker, speaker_kind) = self
            .connection
            .prepare_cached(
                "SELECT w.key, s.name, s.kind FROM wording AS w LEFT JOIN speaker AS s ON s.id = w.speaker
                  WHERE w.id = ?1",
            )?
            .query_row([root], |row| Ok((row.get(0)?, row.get(1)?, named(row, 2)?)))?;
        let mut appearances: Vec<Appearance> = self
            .connection
            .prepare_cached(&format!("{MEMBERS} {APPEARANCE} {OF_MEMBERS} {CONFIRMED} {IN_ORDER}"))?
            .query_map([root], appearance)?
            .collect::<rusqlite::Result<_>>()?;
        let text = fullest_print(&mut appearances);
        let dates = || appearances.iter().filter_map(|print| print.published.clone());
        let places: BTreeSet<&str> =
            appearances.iter().map(|print| print.outlet.as_deref().unwrap_or(&print.article)).collect();
        let stories: BTreeSet<i64> = appearances.iter().filter_map(|print| print.story).collect();
        let alone = appearances.iter().filter(|print| print.story.is_none()).count();
        let wordings = claimed::wordings(&self.connection, root)?;
        let latest = entries(&self.connection, &wordings)?.pop();
        Ok(ClaimRow {
            id: ClaimId::from_key(key),
            speaker,
            speaker_kind,
            text,
            first_seen: dates().min(),
            last_seen: dates().max(),
            status: latest.map_or(Status::Open, |verdict| verdict.decision.status),
            outlets: places.len() as i64,
            prints: (stories.len() + alone) as i64,
            wordings: wordings.len() as i64,
            appearances,
        })
    }

    /// The claim, and behind its own prints what may belong to it.
    fn with_suggestions(&self, mut claim: ClaimRow, root: i64) -> rusqlite::Result<ClaimRow> {
        claim.appearances.extend(self.suggested(&kept(&self.connection, root)?)?);
        Ok(claim)
    }
}

/// Selects what [`appearance`] reads.
const APPEARANCE: &str = "\
    SELECT a.key, q.public_id, v.outlet, v.published, q.text, s.name, q.type, q.cue, q.cue_class,
           w.method, w.score, a.story, c.reviewer, c.made, c.id
      FROM quote AS q
      JOIN article_version AS v ON v.id = q.version
      JOIN article AS a ON a.id = v.article
      LEFT JOIN speaker AS s ON s.id = q.speaker";

/// Of all wordings of a claim, and the order of lists.
const OF_MEMBERS: &str = "\
      JOIN sighting AS g ON g.quote = q.id
      JOIN member AS m ON m.id = g.wording
      JOIN wording AS w ON w.id = m.id";
const IN_ORDER: &str = "ORDER BY coalesce(v.published, '~'), a.key, q.position";

fn appearance(row: &Row<'_>) -> rusqlite::Result<Appearance> {
    Ok(Appearance {
        article: row.get(0)?,
        quote: row.get(1)?,
        outlet: row.get(2)?,
        published: row.get(3)?,
        tier: Tier::Near,
        text: row.get(4)?,
        speaker: row.get(5)?,
        kind: row.get(6)?,
        cue: row.get(7)?,
        cue_class: row.get(8)?,
        method: row.get(9)?,
        score: row.get(10)?,
        claim: None,
        confirmed: Confirmed {
            confirmed_by: row.get(12)?,
            confirmed_at: row.get(13)?,
            correction: row.get(14)?,
        },
        story: row.get(11)?,
    })
}

/// The words of the fullest print, of these the earliest, and which prints have the same.
fn fullest_print(prints: &mut [Appearance]) -> String {
    let fullness = |print: &Appearance| {
        let kind: QuoteKind = print.kind.parse().unwrap_or(QuoteKind::Indirect);
        (Verbatim::from(kind), print.text.split_whitespace().count())
    };
    // The last of equal ones is taken, so from the end.
    let Some(fullest) = prints.iter().rev().max_by_key(|print| fullness(print)) else { return String::new() };
    let (text, same) = (fullest.text.clone(), same_words(&fullest.text));
    for print in prints {
        print.tier = if same_words(&print.text) == same { Tier::Same } else { Tier::Near };
    }
    text
}
