//! What was claimed, by whom, and who printed it in which form.

pub mod record;
pub mod row;
pub mod ranking;
pub mod leading;
pub mod turns;
pub mod rejected;
pub mod decisions;
pub mod suggestions;
pub mod pairs;

use crate::claims::subjects::Subject;
use crate::claims::worth::Worth;
use crate::error::Result;
use crate::model::verdicts::{ClaimId, Status};
use crate::model::{EntityKind, QuoteState};
use crate::named::named;
use crate::query::claims::decisions::{CONFIRMED, Confirmed};
use crate::query::claims::ranking::{is_about, lets_through};
use crate::query::claims::record::CueCount;
use crate::query::search::Search;
use crate::query::speakers::SpeakerId;
use crate::query::{Reader, named};
use crate::store::claimed::MEMBERS;
use crate::store::verdicts::entries;
use crate::store::wordings::{find, kept};
use crate::store::{claimed, left};
use jiff::civil::Date;
use rusqlite::Row;
use serde::{Serialize, Serializer};

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
    /// How far people's work on it is.
    pub status: Option<Status>,
    /// Whose word it is; without any, those of the machine and reviewed ones.
    pub states: Vec<QuoteState>,
    /// At least so much worth checking.
    pub min_worth: Option<f64>,
    /// Words of one of its subjects.
    pub about: Option<String>,
    pub order: Order,
    pub suggestions: Suggestions,
    pub limit: Option<u64>,
}

/// Whether claims are listed with what may be the same in other words. To find that takes longer than all the rest.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Suggestions {
    #[default]
    Listed,
    LeftOut,
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
    /// Those most worth checking, of equal ones those printed most often.
    Worth,
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

fn name<S: Serializer>(state: &QuoteState, serializer: S) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_str(state.as_str())
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
    /// Reviewed when one of its statements is.
    pub state: QuoteState,
    /// How much it is worth checking, by the wording that stands for it.
    pub worth: Worth,
    /// How it was put, the commonest way first.
    pub cues: Vec<CueCount>,
    /// The people, places, organisations, numbers and dates in its text.
    pub subjects: Vec<Subject>,
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
    pub cue_lemma: Option<String>,
    /// Whose word it is.
    #[serde(serialize_with = "name")]
    pub state: QuoteState,
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
        self.map_file()?;
        let mut count = 0;
        let mut roots = self.in_turn(filter);
        while filter.limit.is_none_or(|limit| count < limit) {
            let Some(root) = roots.another()? else { break };
            let mut claim = self.read_claim(root).map_err(|error| self.failed(error))?;
            if !lets_through(filter, &claim) {
                continue;
            }
            claim.subjects = self.subjects_of(&claim.text);
            if is_about(filter, &claim) {
                if filter.suggestions == Suggestions::Listed {
                    claim = self.with_suggestions(claim, root).map_err(|error| self.failed(error))?;
                }
                each(claim)?;
                count += 1;
            }
        }
        if filter.states.contains(&QuoteState::Rejected) {
            count += self.list_rejected(filter, count, &mut each)?;
        }
        Ok(count)
    }

    /// Lists what rejected statements were, behind so many claims; returns how many.
    fn list_rejected(
        &self,
        filter: &ClaimFilter,
        before: u64,
        each: &mut impl FnMut(ClaimRow) -> Result<()>,
    ) -> Result<u64> {
        let mut count = 0;
        for mut claim in self.rejected(filter)? {
            claim.subjects = self.subjects_of(&claim.text);
            if filter.limit.is_some_and(|limit| before + count >= limit) {
                break;
            }
            if lets_through(filter, &claim) && is_about(filter, &claim) {
                each(claim)?;
                count += 1;
            }
        }
        Ok(count)
    }

    /// Whether statements may be missing among the claims, because these were left for later.
    ///
    /// # Errors
    /// As [`Reader::claims`].
    pub fn has_left_claims(&self) -> Result<bool> {
        left::is_noted(&self.connection).map_err(|error| self.failed(error))
    }

    /// The claim with an id, or with a wording of that id; of an id that only rejected statements had, these.
    ///
    /// # Errors
    /// As [`Reader::claims`].
    pub fn claim(&self, id: ClaimId) -> Result<Option<ClaimRow>> {
        self.map_file()?;
        let claim = || -> rusqlite::Result<Option<ClaimRow>> {
            let Some(wording) = find(&self.connection, id.key())? else { return Ok(None) };
            let root = claimed::root_of(&self.connection, wording)?;
            self.with_suggestions(self.read_claim(root)?, root).map(Some)
        };
        let found = match claim().map_err(|error| self.failed(error))? {
            None => self.rejected(&ClaimFilter::default())?.into_iter().find(|claim| claim.id == id),
            found => found,
        };
        Ok(found.map(|claim| ClaimRow { subjects: self.subjects_of(&claim.text), ..claim }))
    }

    /// A claim with its own prints.
    pub(in crate::query) fn read_claim(&self, root: i64) -> rusqlite::Result<ClaimRow> {
        let sql = "SELECT w.key, s.name, s.kind, q.text, q.cue_class
                     FROM wording AS w JOIN quote AS q ON q.id = w.quote LEFT JOIN speaker AS s ON s.id = w.speaker
                    WHERE w.id = ?1";
        let (key, speaker, shown, class) = self.connection.prepare_cached(sql)?.query_row([root], |row| {
            let shown: (String, Option<String>) = (row.get(3)?, row.get(4)?);
            Ok((row.get(0)?, (row.get(1)?, named(row, 2)?), shown.0, shown.1))
        })?;
        let prints: Vec<Appearance> = self
            .connection
            .prepare_cached(&format!("{MEMBERS} {APPEARANCE} {OF_MEMBERS} {CONFIRMED} {IN_ORDER}"))?
            .query_map([root], appearance)?
            .collect::<rusqlite::Result<_>>()?;
        let wordings = claimed::wordings(&self.connection, root)?;
        let latest = entries(&self.connection, &wordings)?.pop();
        let id = ClaimId::from_key(key);
        Ok(row::made(id, speaker, (&shown, class.as_deref()), prints, (wordings.len() as i64, latest)))
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
           w.method, w.score, a.story, c.reviewer, c.made, c.id, q.cue_lemma, q.state
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
        cue_lemma: row.get(15)?,
        state: named(row, 16)?.unwrap_or(QuoteState::Machine),
    })
}
