//! What is new whatever is watched.

use crate::error::Result;
use crate::model::verdicts;
use crate::query::Reader;
use crate::query::claims::Appearance;
use crate::query::claims::pairs::PairRow;
use crate::query::conditions::Conditions;
use crate::query::digest::groups::{Group, Groups, Key};
use crate::query::digest::window::Window;
use crate::query::digest::{Entry, Kind, Pair, Plan, Section, Side, Speaker, Verdict};
use crate::query::quotes::QuoteFilter;
use crate::query::speakers::SpeakerId;
use crate::store::verdicts::{COLUMNS, entry};
use std::collections::BTreeMap;

/// Of so many new claims at most, the most printed, it is looked up whether they change a position or are given to
/// two speakers: each has to be compared with all that share words with it.
pub const COMPARED: usize = 500;

impl Reader {
    /// The sections of what is new overall, in the order in which they are read.
    pub(in crate::query) fn overall(&self, window: &Window, plan: &Plan) -> Result<Vec<Section>> {
        let mut groups = Groups::default();
        self.new_statements(window, &QuoteFilter::default(), None, |met, when| groups.add(self, met, when))?;
        let mut fresh = Vec::new();
        for (key, group) in groups.ranked() {
            let is_told = group.prints() as u64 >= plan.at_least.unwrap_or(1);
            if is_told && self.is_fresh(window, key, group)? {
                fresh.push((key, group));
            }
        }
        let sections = [
            self.claims_section(&groups, &fresh, window, plan)?,
            self.pairs_section(Kind::Changed, &fresh, window, plan)?,
            self.pairs_section(Kind::Conflicts, &fresh, window, plan)?,
            self.speakers_section(&groups, window, plan)?,
            self.verdicts_section(window, plan)?,
        ];
        Ok(sections.into_iter().filter(|section| section.total > 0).collect())
    }

    /// Whether a claim was never printed before.
    fn is_fresh(&self, window: &Window, key: Key, group: &Group) -> Result<bool> {
        let Key::Claim(root) = key else { return Ok(true) };
        Ok(self.statements_of(root)? == group.statements() || !self.was_printed_before(window, root)?)
    }

    /// How many statements a claim has.
    fn statements_of(&self, root: i64) -> Result<usize> {
        let sql = "WITH RECURSIVE member (id) AS (
                       SELECT ?1 UNION SELECT w.id FROM member AS m JOIN wording AS w ON w.parent = m.id)
                   SELECT count(*) FROM member AS m JOIN sighting AS g ON g.wording = m.id";
        let count: rusqlite::Result<i64> =
            self.connection.prepare_cached(sql).and_then(|mut count| count.query_row([root], |row| row.get(0)));
        count.map(|count| count as usize).map_err(|error| self.failed(error))
    }

    fn claims_section(
        &self,
        groups: &Groups,
        fresh: &[(Key, &Group)],
        window: &Window,
        plan: &Plan,
    ) -> Result<Section> {
        let shown = fresh.iter().take(plan.limit.unwrap_or(usize::MAX));
        let entries = shown.map(|&one| groups.describe(self, window, one).map(Entry::Claim));
        let prints = Some(fresh.iter().map(|(_, group)| group.prints()).sum());
        Ok(section(Kind::Claims, "New claims", window, plan, fresh.len(), prints, entries.collect::<Result<_>>()?))
    }

    fn pairs_section(
        &self,
        kind: Kind,
        fresh: &[(Key, &Group)],
        window: &Window,
        plan: &Plan,
    ) -> Result<Section> {
        let mut came: BTreeMap<String, &str> = BTreeMap::new();
        let mut roots = Vec::new();
        for (key, group) in fresh.iter().take(COMPARED) {
            let Key::Claim(root) = *key else { continue };
            roots.push(root);
            came.insert(self.claim_id(root)?.to_string(), &group.latest);
        }
        let mut pairs = Vec::new();
        let each = |row: PairRow| {
            let (a, b) = (side(row.a_claim, row.a), side(row.b_claim, row.b));
            let latest = came.get(&a.claim).max(came.get(&b.claim)).copied().unwrap_or_default().to_owned();
            pairs.push(Entry::Pair(Pair { why: row.why, a, b, latest }));
            Ok(())
        };
        let title = match kind {
            Kind::Conflicts => {
                self.conflicts_of(roots, None, each)?;
                "Given to two speakers"
            }
            _ => {
                self.changed_of(roots, None, each)?;
                "Positions that may have changed"
            }
        };
        let total = pairs.len();
        pairs.truncate(plan.limit.unwrap_or(usize::MAX));
        Ok(section(kind, title, window, plan, total, None, pairs))
    }

    fn speakers_section(&self, groups: &Groups, window: &Window, plan: &Plan) -> Result<Section> {
        let least = plan.at_least.unwrap_or(1);
        let mut persons: Vec<(i64, (usize, usize))> =
            groups.persons().into_iter().filter(|(_, (prints, _))| *prints as u64 >= least).collect();
        let total = persons.len();
        // Equal ones by their ids: those whom the database knows longest.
        persons.sort_by_key(|(_, (prints, _))| std::cmp::Reverse(*prints));
        persons.truncate(plan.limit.unwrap_or(usize::MAX));
        let mut entries = Vec::new();
        for (person, (prints, claims)) in persons {
            let (speaker, _) = self.speaker_name(SpeakerId(person))?;
            entries.push(Entry::Speaker(Speaker { speaker, prints, claims }));
        }
        Ok(section(Kind::Speakers, "Most quoted", window, plan, total, None, entries))
    }

    /// The last verdict of each claim that has one of the time.
    fn verdicts_section(&self, window: &Window, plan: &Plan) -> Result<Section> {
        let mut conditions = Conditions::default();
        match window {
            Window::Arrived { from, until } => {
                let since = from.verdict.is_none().then(|| from.since.clone());
                conditions.with("id > ?", from.verdict);
                conditions.with("entered >= ?", since);
                conditions.with("entered < ?", until.clone());
            }
            Window::Published { since, until } => {
                conditions.with("date >= ?", Some(since.to_string()));
                conditions.with("date <= ?", until.map(|until| until.to_string()));
            }
        }
        let sql = conditions.sql(&format!("SELECT {COLUMNS} FROM verdict"), "id", None);
        let mut last = BTreeMap::new();
        let mut order = 0;
        self.rows(&sql, &conditions, entry, |verdict| {
            order += 1;
            last.insert(verdict.claim.claim, (order, verdict));
            Ok(())
        })?;
        let mut verdicts: Vec<_> = last.into_values().collect();
        verdicts.sort_by_key(|(order, _)| std::cmp::Reverse(*order));
        let total = verdicts.len();
        let shown = verdicts.into_iter().take(plan.limit.unwrap_or(usize::MAX));
        let entries = shown.map(|(_, verdict)| Entry::Verdict(told(verdict))).collect();
        Ok(section(Kind::Verdicts, "Verdicts", window, plan, total, None, entries))
    }
}

fn section(
    kind: Kind,
    title: &str,
    window: &Window,
    plan: &Plan,
    total: usize,
    prints: Option<usize>,
    entries: Vec<Entry>,
) -> Section {
    let least = plan.at_least.map(|least| format!(" --at-least {least}")).unwrap_or_default();
    Section {
        kind,
        watch: None,
        seed: kind.as_str().to_owned(),
        title: title.to_owned(),
        since: window.since(),
        total,
        prints,
        entries,
        command: format!("onrecord digest --overall {}{least} --limit 0", window.flags()),
    }
}

fn side(claim: verdicts::ClaimId, print: Appearance) -> Side {
    Side {
        claim: claim.to_string(),
        speaker: print.speaker,
        words: print.text,
        quote: print.quote,
        article: print.article,
        outlet: print.outlet,
        published: print.published,
    }
}

fn told(verdict: verdicts::Verdict) -> Verdict {
    let (claim, decision) = (verdict.claim, verdict.decision);
    Verdict {
        claim: claim.claim.to_string(),
        speaker: claim.speaker.map(|(name, _)| name),
        words: claim.words,
        status: decision.status.as_str().to_owned(),
        rating: decision.rating.map(|rating| rating.name),
        reviewer: decision.reviewer,
        date: decision.date.to_string(),
        note: decision.note,
        url: decision.published_at,
        latest: verdict.entered,
    }
}
