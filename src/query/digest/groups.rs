//! New statements of one claim put together, the most spread first.

use crate::claims::wording::Verbatim;
use crate::error::Result;
use crate::model::verdicts::{ClaimId, Status};
use crate::query::Reader;
use crate::query::digest::window::{Met, Window};
use crate::query::digest::{Claim, Print};
use crate::query::quotes::QuoteRow;
use crate::store::claimed;
use crate::store::days::UNDATED;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A digest shows so many prints of a claim.
pub const PRINTS: usize = 5;

/// What statements have in common: the claim's fullest wording; one that is of no claim stands alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(in crate::query) enum Key {
    Claim(i64),
    Alone(i64),
}

/// New statements by their claims.
#[derive(Default)]
pub(in crate::query) struct Groups {
    by_claim: BTreeMap<Key, Group>,
    /// Numbers of the outlets, and of the articles that have none.
    places: HashMap<Where, u32>,
    outlets: Vec<Option<String>>,
    roots: HashMap<i64, i64>,
}

#[derive(PartialEq, Eq, Hash)]
enum Where {
    Outlet(String),
    Version(i64),
}

/// New statements of one claim.
pub(in crate::query) struct Group {
    statements: Vec<Seen>,
    /// When the last of them came.
    pub latest: String,
}

struct Seen {
    /// The day as a number, undated ones last.
    day: u32,
    quote: i64,
    version: i64,
    place: u32,
    story: i64,
    person: Option<i64>,
}

impl Groups {
    /// Puts a statement to those of its claim.
    pub fn add(&mut self, reader: &Reader, met: Met, when: String) -> Result<()> {
        let key = self.key(reader, &met)?;
        let place = self.place(&met);
        let day = met.published.and_then(|day| day.replace('-', "").parse().ok()).unwrap_or(UNDATED);
        let Met { quote, version, story, person, .. } = met;
        let group = self
            .by_claim
            .entry(key)
            .or_insert_with(|| Group { statements: Vec::new(), latest: when.clone() });
        group.statements.push(Seen { day, quote, version, place, story, person });
        if when > group.latest {
            group.latest = when;
        }
        Ok(())
    }

    fn key(&mut self, reader: &Reader, met: &Met) -> Result<Key> {
        Ok(match (met.wording, met.parent) {
            (None, _) => Key::Alone(met.quote),
            (Some(wording), None) => Key::Claim(wording),
            (Some(_), Some(parent)) => {
                if let Some(&root) = self.roots.get(&parent) {
                    return Ok(Key::Claim(root));
                }
                let root = claimed::root_of(&reader.connection, parent);
                let root = root.map_err(|error| reader.failed(error))?;
                self.roots.insert(parent, root);
                Key::Claim(root)
            }
        })
    }

    fn place(&mut self, met: &Met) -> u32 {
        let place = met.outlet.clone().map_or(Where::Version(met.version), Where::Outlet);
        let next = self.outlets.len();
        *self.places.entry(place).or_insert_with(|| {
            self.outlets.push(met.outlet.clone());
            u32::try_from(next).unwrap_or(u32::MAX)
        })
    }

    /// Prints of all claims, copies of one report counted once.
    pub fn prints(&self) -> usize {
        self.by_claim.values().map(Group::prints).sum()
    }

    /// The claims, those in the most outlets first, then those printed most often, then the latest.
    pub fn ranked(&self) -> Vec<(Key, &Group)> {
        let mut ranked: Vec<_> =
            self.by_claim.iter().map(|(&key, group)| (group.rank(), key, group)).collect();
        ranked.sort_unstable_by_key(|(rank, key, _)| (*rank, *key));
        ranked.into_iter().map(|(_, key, group)| (key, group)).collect()
    }

    /// The names of the outlets that printed a claim, in the order in which they did.
    fn outlets(&self, statements: &[&Seen]) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let places = statements.iter().filter(|statement| seen.insert(statement.place));
        places.filter_map(|statement| self.outlets.get(statement.place as usize)?.clone()).collect()
    }

    /// Reads what is shown of a claim.
    pub fn describe(&self, reader: &Reader, window: &Window, (key, group): (Key, &Group)) -> Result<Claim> {
        let mut statements: Vec<&Seen> = group.statements.iter().collect();
        statements.sort_unstable_by_key(|statement| (statement.day, statement.quote));
        let printed_in = self.outlets(&statements);
        let mut stories = BTreeSet::new();
        statements.retain(|statement| stories.insert(statement.story));
        let mut shown = Vec::new();
        for statement in statements.iter().take(PRINTS) {
            shown.extend(reader.quote_by_row(statement.version, statement.quote)?);
        }
        let (claim, is_new) = match key {
            Key::Claim(root) => {
                let wordings = reader.wordings_of(root)?;
                (Some(reader.claim_id(root)?), !reader.was_printed_before(window, &wordings)?)
            }
            Key::Alone(_) => (None, true),
        };
        let status = claim.map(|claim| reader.claim_status(claim)).transpose()?;
        // The last of equal ones is taken, so from the end.
        let fullest = shown.iter().rev().max_by_key(|print| fullness(print));
        Ok(Claim {
            claim: claim.map(|claim| claim.to_string()),
            speaker: fullest.and_then(|print| print.speaker.as_deref()).map(str::to_owned),
            words: fullest.map(|print| print.words.clone()).unwrap_or_default(),
            is_new,
            status: status.unwrap_or(Status::Open).as_str(),
            outlets: group.outlets(),
            prints: group.prints(),
            latest: group.latest.clone(),
            printed_in,
            more_prints: statements.len().saturating_sub(PRINTS),
            shown: shown.into_iter().map(print).collect(),
        })
    }

    /// How often each person was printed, copies of one report counted once, and in how many claims.
    pub fn persons(&self) -> BTreeMap<i64, (usize, usize)> {
        let mut persons: BTreeMap<i64, (usize, usize)> = BTreeMap::new();
        for group in self.by_claim.values() {
            let prints = group.statements.iter().filter_map(|seen| Some((seen.person?, seen.story)));
            let prints: BTreeSet<(i64, i64)> = prints.collect();
            prints.iter().for_each(|(person, _)| persons.entry(*person).or_default().0 += 1);
            let named: BTreeSet<i64> = prints.into_iter().map(|(person, _)| person).collect();
            named.into_iter().for_each(|person| persons.entry(person).or_default().1 += 1);
        }
        persons
    }
}

impl Group {
    /// How many statements there are of it.
    pub const fn statements(&self) -> usize {
        self.statements.len()
    }

    /// In how many outlets it was printed; an article without one counts for itself.
    pub fn outlets(&self) -> usize {
        self.statements.iter().map(|seen| seen.place).collect::<BTreeSet<_>>().len()
    }

    /// How often it was printed, copies of one report counted once.
    pub fn prints(&self) -> usize {
        self.statements.iter().map(|seen| seen.story).collect::<BTreeSet<_>>().len()
    }

    /// The lower, the earlier in a digest. Of undated ones those that came first stand first.
    fn rank(&self) -> (Reverse<usize>, Reverse<usize>, Reverse<u32>, i64) {
        let days = self.statements.iter().map(|seen| seen.day).filter(|&day| day != UNDATED);
        let first = self.statements.iter().map(|seen| seen.quote).min().unwrap_or_default();
        (Reverse(self.outlets()), Reverse(self.prints()), Reverse(days.max().unwrap_or_default()), first)
    }
}

impl Reader {
    /// The id of the claim with a fullest wording.
    pub(in crate::query) fn claim_id(&self, root: i64) -> Result<ClaimId> {
        let sql = "SELECT key FROM wording WHERE id = ?1";
        let key =
            self.connection.prepare_cached(sql).and_then(|mut key| key.query_row([root], |row| row.get(0)));
        key.map(ClaimId::from_key).map_err(|error| self.failed(error))
    }
}

fn fullness(print: &QuoteRow) -> (Verbatim, usize) {
    (Verbatim::from(print.kind), print.words.split_whitespace().count())
}

fn print(row: QuoteRow) -> Print {
    let owned = |words: Option<std::sync::Arc<str>>| words.map(|words| words.to_string());
    Print {
        quote: row.id,
        article: row.article.to_string(),
        url: owned(row.url),
        outlet: owned(row.outlet),
        title: owned(row.title),
        published: owned(row.published),
        speaker: owned(row.speaker),
        words: row.words,
    }
}
