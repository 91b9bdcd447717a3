//! What was claimed, by whom, and who printed it in which form.

use crate::claims::name::Fit;
use crate::claims::nearness::{Difference, difference};
use crate::claims::node::Node;
use crate::claims::suggestion::{SUGGESTIONS, likeness};
use crate::claims::wording::Verbatim;
use crate::copies::same_words;
use crate::error::Result;
use crate::lexicon::fold::fold;
use crate::model::verdicts::{ClaimId, Status};
use crate::model::{EntityKind, QuoteKind};
use crate::named::named;
use crate::query::Reader;
use crate::query::quotes::QuoteFilter;
use crate::query::search::Search;
use crate::query::speakers::SpeakerId;
use crate::speakers::matching::has_words;
use crate::store::verdicts::history;
use crate::store::wordings::{Kept, Whom, candidates, find, kept, wording_of};
use jiff::ToSpan;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row, params};
use serde::{Serialize, Serializer};
use std::collections::{BTreeMap, BTreeSet};

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
    #[serde(skip)]
    story: Option<i64>,
}

/// Two claims side by side, with their earliest prints.
#[derive(Clone, PartialEq, Debug)]
pub struct PairRow {
    pub a: Appearance,
    pub b: Appearance,
    pub a_claim: ClaimId,
    pub b_claim: ClaimId,
    /// What they differ in; for a conflict, `speaker`.
    pub why: &'static str,
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
                each(claim)?;
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
            self.read_claim(self.root(wording)?).map(Some)
        };
        claim().map_err(|error| self.failed(error))
    }

    /// Lists quotations that were given to two speakers: nearly the same words in the same weeks.
    ///
    /// # Errors
    /// As [`Reader::claims`].
    pub fn conflicts(&self, filter: &ClaimFilter, each: impl FnMut(PairRow) -> Result<()>) -> Result<u64> {
        self.pairs(filter, each, |one, other| {
            let is_quotation = |node: &Node| node.wording.verbatim >= Verbatim::Part;
            (is_quotation(one) && is_quotation(other) && one.is_contested_by(other)).then_some("speaker")
        })
    }

    /// Lists pairs of claims of one speaker that differ in a number, a date, a negation or a modal: candidates for a
    /// changed position, the earlier one first.
    ///
    /// # Errors
    /// As [`Reader::claims`].
    pub fn changed(&self, filter: &ClaimFilter, each: impl FnMut(PairRow) -> Result<()>) -> Result<u64> {
        self.pairs(filter, each, |one, other| {
            let is_one = one.name.as_ref()?.fit(other.name.as_ref()?)? > Fit::Weak;
            let difference = is_one.then(|| difference(&one.wording, &other.wording))??;
            match difference {
                Difference::Name | Difference::Words => None,
                difference => Some(difference.as_str()),
            }
        })
    }

    /// Lists pairs of claims whose fullest wordings share anchors and that `why` says something of.
    fn pairs(
        &self,
        filter: &ClaimFilter,
        mut each: impl FnMut(PairRow) -> Result<()>,
        why: impl Fn(&Node, &Node) -> Option<&'static str>,
    ) -> Result<u64> {
        let failed = |error| self.failed(error);
        let mut seen = BTreeSet::new();
        for root in self.roots(filter)? {
            if filter.limit.is_some_and(|limit| seen.len() as u64 >= limit) {
                break;
            }
            let one = kept(&self.connection, root).map_err(failed)?;
            for candidate in candidates(&self.connection, &one, Whom::Alike).map_err(failed)? {
                let other = kept(&self.connection, candidate).map_err(failed)?;
                let Some(why) = why(&one.node, &other.node) else { continue };
                let other_root = self.root(candidate).map_err(failed)?;
                let pair = (root.min(other_root), root.max(other_root));
                if other_root == root || !seen.insert(pair) {
                    continue;
                }
                let (a, b) =
                    (self.read_claim(root).map_err(failed)?, self.read_claim(other_root).map_err(failed)?);
                each(side_by_side(a, b, why))?;
            }
        }
        Ok(seen.len() as u64)
    }

    /// The fullest wordings of claims that a filter may let through, in its order.
    fn roots(&self, filter: &ClaimFilter) -> Result<Vec<i64>> {
        let roots = if filter.speakers.is_none() && filter.search.is_none() {
            self.all_roots(filter.order)
        } else {
            let quotes = QuoteFilter {
                speakers: filter.speakers.clone(),
                search: filter.search.clone(),
                ..QuoteFilter::default()
            };
            self.roots_of(&self.row_ids(&quotes)?, filter.order)
        };
        roots.map_err(|error| self.failed(error))
    }

    fn all_roots(&self, order: Order) -> rusqlite::Result<Vec<i64>> {
        let mut forms: BTreeMap<i64, (i64, i64, Option<String>)> = BTreeMap::new();
        let sql = "SELECT id, printed, last FROM wording WHERE parent IS NOT NULL ORDER BY id";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let form = forms.entry(self.root(row.get(0)?)?).or_default();
            form.0 += 1;
            form.1 += row.get::<_, i64>(1)?;
            form.2 = form.2.take().max(row.get(2)?);
        }
        let sql = "SELECT id, key, printed, last FROM wording WHERE parent IS NULL";
        let mut statement = self.connection.prepare(sql)?;
        let ranked = statement.query_map([], |row| {
            let id: i64 = row.get(0)?;
            let (wordings, prints, last) = forms.get(&id).cloned().unwrap_or_default();
            let prints = prints + row.get::<_, i64>(2)?;
            let last = last.max(row.get(3)?);
            let rank = match order {
                Order::Spread => (-prints, None),
                Order::Drift => (-wordings, None),
                Order::Recent => (0, last),
            };
            Ok((rank.0, std::cmp::Reverse(rank.1), row.get::<_, i64>(1)?, id))
        })?;
        let mut ranked = ranked.collect::<rusqlite::Result<Vec<_>>>()?;
        ranked.sort_unstable();
        Ok(ranked.into_iter().map(|(_, _, _, id)| id).collect())
    }

    /// The claims of some quotes.
    fn roots_of(&self, quotes: &[i64], order: Order) -> rusqlite::Result<Vec<i64>> {
        let mut roots = BTreeSet::new();
        for &quote in quotes {
            if let Some(wording) = wording_of(&self.connection, quote)? {
                roots.insert(self.root(wording)?);
            }
        }
        self.ranked(&roots, order)
    }

    fn ranked(&self, roots: &BTreeSet<i64>, order: Order) -> rusqlite::Result<Vec<i64>> {
        let mut ranked = Vec::new();
        for &root in roots {
            let claim = self.read_claim(root)?;
            let rank = match order {
                Order::Spread => (claim.prints, None),
                Order::Drift => (claim.wordings, None),
                Order::Recent => (0, claim.last_seen),
            };
            ranked.push((std::cmp::Reverse(rank), claim.id, root));
        }
        ranked.sort_unstable();
        Ok(ranked.into_iter().map(|(_, _, root)| root).collect())
    }

    /// The fullest wording of the claim that a wording belongs to.
    fn root(&self, wording: i64) -> rusqlite::Result<i64> {
        let mut parent = self.connection.prepare_cached("SELECT parent FROM wording WHERE id = ?1")?;
        let mut root = wording;
        while let Some(fuller) = parent.query_row([root], |row| row.get(0)).optional()?.flatten() {
            root = fuller;
        }
        Ok(root)
    }

    fn read_claim(&self, root: i64) -> rusqlite::Result<ClaimRow> {
        let fullest = kept(&self.connection, root)?;
        let mut appearances: Vec<Appearance> = self
            .connection
            .prepare_cached(APPEARANCES)?
            .query_map([root], appearance)?
            .collect::<rusqlite::Result<_>>()?;
        let wordings = self
            .connection
            .prepare_cached(&format!("{MEMBERS} SELECT count(*) FROM member"))?
            .query_row([root], |row| row.get(0))?;
        let shown = fullest_print(&mut appearances);
        let dates = || appearances.iter().filter_map(|print| print.published.clone());
        let places: BTreeSet<&str> =
            appearances.iter().map(|print| print.outlet.as_deref().unwrap_or(&print.article)).collect();
        let stories: BTreeSet<i64> = appearances.iter().filter_map(|print| print.story).collect();
        let alone = appearances.iter().filter(|print| print.story.is_none()).count();
        let latest = history(&self.connection, ClaimId::from_key(fullest.node.key))?.pop();
        let mut claim = ClaimRow {
            id: ClaimId::from_key(fullest.node.key),
            speaker: self.speaker_of(root)?,
            speaker_kind: fullest.node.name.as_ref().map(|name| name.kind),
            text: shown,
            first_seen: dates().min(),
            last_seen: dates().max(),
            status: latest.map_or(Status::Open, |verdict| verdict.decision.status),
            outlets: places.len() as i64,
            prints: (stories.len() + alone) as i64,
            wordings,
            appearances: Vec::new(),
        };
        appearances.extend(self.suggested(&fullest)?);
        claim.appearances = appearances;
        Ok(claim)
    }

    fn speaker_of(&self, wording: i64) -> rusqlite::Result<Option<String>> {
        let sql =
            "SELECT s.name FROM wording AS w LEFT JOIN speaker AS s ON s.id = w.speaker WHERE w.id = ?1";
        self.connection.prepare_cached(sql)?.query_row([wording], |row| row.get(0))
    }

    /// What may be the same claim in other words, the likeliest first: the fullest print of each.
    fn suggested(&self, claim: &Kept) -> rusqlite::Result<Vec<Appearance>> {
        let mut likely: BTreeMap<i64, f64> = BTreeMap::new();
        for wording in self.neighbours(claim)? {
            let root = self.root(wording)?;
            if root == claim.id {
                continue;
            }
            let other = kept(&self.connection, wording)?;
            if let Some(score) = likeness(&claim.node, &other.node) {
                let best = likely.entry(root).or_insert(score);
                *best = best.max(score);
            }
        }
        let mut likely: Vec<(i64, f64)> = likely.into_iter().collect();
        likely.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        let suggested = likely.into_iter().take(SUGGESTIONS).map(|(root, score)| {
            let fullest = kept(&self.connection, root)?;
            let sql = format!("{APPEARANCE} JOIN wording AS w ON w.quote = q.id WHERE w.id = ?1");
            let mut print = self.connection.prepare_cached(&sql)?.query_row([root], appearance)?;
            print.tier = Tier::Suggested;
            print.method = None;
            print.score = Some((score * 100.0).round() / 100.0);
            print.claim = Some(ClaimId::from_key(fullest.node.key).to_string());
            Ok(print)
        });
        suggested.collect()
    }

    /// Wordings that share a word with a claim's fullest one, or are of its speaker and of the same weeks.
    fn neighbours(&self, claim: &Kept) -> rusqlite::Result<BTreeSet<i64>> {
        let mut found = BTreeSet::new();
        let mut select = self
            .connection
            .prepare_cached("SELECT wording FROM anchor WHERE owner = ?1 AND anchor = ?2 LIMIT ?3")?;
        for (owner, anchor) in claim.node.places() {
            let mut rows = select.query(params![owner, anchor, NEIGHBOURS])?;
            while let Some(row) = rows.next()? {
                found.insert(row.get(0)?);
            }
        }
        let Some((first, last)) = claim.node.days else { return Ok(found) };
        let month = |date: Date, days: i64| date.saturating_add(days.days()).to_string();
        let quotes: Vec<i64> = self
            .connection
            .prepare_cached(
                "SELECT q.id FROM wording AS w JOIN quote AS q ON q.speaker = w.speaker
                    AND coalesce(q.published, '~') BETWEEN ?2 AND ?3
                  WHERE w.id = ?1 ORDER BY q.id LIMIT ?4",
            )?
            .query_map(params![claim.id, month(first, -31), month(last, 31), NEIGHBOURS], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for quote in quotes {
            found.extend(wording_of(&self.connection, quote)?);
        }
        Ok(found)
    }
}

/// So many wordings are looked at for each anchor, and so many of the speaker's.
const NEIGHBOURS: i64 = 100;

const MEMBERS: &str = "\
    WITH RECURSIVE member (id) AS (
        SELECT ?1 UNION ALL SELECT w.id FROM member AS m JOIN wording AS w ON w.parent = m.id)";

const APPEARANCE: &str = "\
    SELECT a.key, q.public_id, v.outlet, v.published, q.text, s.name, q.type, q.cue, q.cue_class,
           w.method, w.score, a.story
      FROM quote AS q
      JOIN article_version AS v ON v.id = q.version
      JOIN article AS a ON a.id = v.article
      LEFT JOIN speaker AS s ON s.id = q.speaker";

const APPEARANCES: &str = "\
    WITH RECURSIVE member (id) AS (
        SELECT ?1 UNION ALL SELECT w.id FROM member AS m JOIN wording AS w ON w.parent = m.id)
    SELECT a.key, q.public_id, v.outlet, v.published, q.text, s.name, q.type, q.cue, q.cue_class,
           w.method, w.score, a.story
      FROM member AS m
      JOIN wording AS w ON w.id = m.id
      JOIN sighting AS g ON g.wording = w.id
      JOIN quote AS q ON q.id = g.quote
      JOIN article_version AS v ON v.id = q.version
      JOIN article AS a ON a.id = v.article
      LEFT JOIN speaker AS s ON s.id = q.speaker
     ORDER BY coalesce(v.published, '~'), a.key, q.position";

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

/// Whether a print of a claim is one that was asked for.
fn lets_through(filter: &ClaimFilter, claim: &ClaimRow) -> bool {
    let own = claim.appearances.iter().filter(|print| print.tier != Tier::Suggested);
    let mut days =
        own.clone().map(|print| print.published.as_deref().and_then(|date| date.parse::<Date>().ok()));
    let is_in_time = (filter.since.is_none() && filter.until.is_none())
        || days.any(|day| {
            day.is_some_and(|day| {
                filter.since.is_none_or(|since| day >= since) && filter.until.is_none_or(|until| day <= until)
            })
        });
    let is_there = filter.outlet.as_ref().is_none_or(|wanted| {
        let wanted = fold(wanted);
        own.clone().any(|print| {
            let outlet = print.outlet.as_deref().map(fold);
            outlet.is_some_and(|outlet| has_words(&outlet, &wanted))
        })
    });
    is_in_time && is_there
}

/// The pair with the earlier claim first.
fn side_by_side(a: ClaimRow, b: ClaimRow, why: &'static str) -> PairRow {
    let when = |claim: &ClaimRow| (claim.first_seen.is_none(), claim.first_seen.clone(), claim.id);
    let (a, b) = if when(&b) < when(&a) { (b, a) } else { (a, b) };
    let (a_claim, b_claim) = (a.id, b.id);
    let first = |claim: ClaimRow| claim.appearances.into_iter().next().expect("a claim has a print");
    PairRow { a: first(a), b: first(b), a_claim, b_claim, why }
}
