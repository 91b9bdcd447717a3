//! What is new whatever is watched.

use crate::error::Result;
use crate::model::verdicts;
use crate::query::Reader;
use crate::query::claims::Appearance;
use crate::query::claims::pairs::CONTESTED;
use crate::query::conditions::Conditions;
use crate::query::digest::groups::{Group, Groups, Key};
use crate::query::digest::window::Window;
use crate::query::digest::{Entry, Kind, Pair, Plan, Section, Side, Speaker, Verdict};
use crate::query::quotes::QuoteFilter;
use crate::query::speakers::SpeakerId;
use crate::store::verdicts::{COLUMNS, entry};
use std::collections::BTreeMap;

/// Of so many new claims at most, the most printed, it is looked up whether they change a position or are
/// given to two speakers: each has to be compared with all that share words with it.
pub const COMPARED: usize = 100;

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
        let [changed, conflicts] = self.pairs_sections(&fresh, window, plan)?;
        let sections = [
            self.claims_section(&groups, &fresh, window, plan)?,
            changed,
            conflicts,
            self.speakers_section(&groups, window, plan)?,
            self.verdicts_section(window, plan)?,
        ];
        Ok(sections.into_iter().filter(|section| section.total > 0).collect())
    }

    /// Whether a claim was never printed before.
    fn is_fresh(&self, window: &Window, key: Key, group: &Group) -> Result<bool> {
        let Key::Claim(root) = key else { return Ok(true) };
        let wordings = self.wordings_of(root)?;
        let printed = self.statements_of(&wordings).map_err(|error| self.failed(error))?;
        Ok(printed == group.statements() as i64 || !self.was_printed_before(window, &wordings)?)
    }

    /// How many statements have some wordings.
    fn statements_of(&self, wordings: &[i64]) -> rusqlite::Result<i64> {
        let mut printed = self.connection.prepare_cached("SELECT printed FROM wording WHERE id = ?1")?;
        wordings.iter().map(|wording| printed.query_row([wording], |row| row.get::<_, i64>(0))).sum()
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
        Ok(section(
            Kind::Claims,
            "New claims",
            window,
            plan,
            fresh.len(),
            prints,
            entries.collect::<Result<_>>()?,
        ))
    }

    /// Pairs of claims of which at least one is new: positions that may have changed, and conflicts.
    fn pairs_sections(&self, fresh: &[(Key, &Group)], window: &Window, plan: &Plan) -> Result<[Section; 2]> {
        let mut came: BTreeMap<String, &str> = BTreeMap::new();
        let mut roots = Vec::new();
        for (key, group) in fresh.iter().take(COMPARED) {
            let Key::Claim(root) = *key else { continue };
            roots.push(root);
            came.insert(self.claim_id(root)?.to_string(), &group.latest);
        }
        let (mut changed, mut conflicts) = (Vec::new(), Vec::new());
        self.conflicts_and_changes(roots, |row| {
            let (a, b) = (side(row.a_claim, row.a), side(row.b_claim, row.b));
            let latest = came.get(&a.claim).max(came.get(&b.claim)).copied().unwrap_or_default().to_owned();
            let pairs = if row.why == CONTESTED { &mut conflicts } else { &mut changed };
            pairs.push(Entry::Pair(Pair { why: row.why, a, b, latest }));
            Ok(())
        })?;
        let section = |kind, title, mut pairs: Vec<Entry>| {
            let total = pairs.len();
            pairs.truncate(plan.limit.unwrap_or(usize::MAX));
            section(kind, title, window, plan, total, None, pairs)
        };
        Ok([
            section(Kind::Changed, "Positions that may have changed", changed),
            section(Kind::Conflicts, "Given to two speakers", conflicts),
        ])
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
