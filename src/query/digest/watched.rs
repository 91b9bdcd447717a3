//! What is new of a watch.

use crate::error::Result;
use crate::model::watches::{Wanted, Watch};
use crate::query::Reader;
use crate::query::digest::groups::Groups;
use crate::query::digest::window::Window;
use crate::query::digest::{Blind, Entry, Kind, Plan, Section, Told, seed};
use crate::query::quotes::QuoteFilter;
use crate::query::search::Search;
use crate::store::claimed;

impl Reader {
    /// The section of a watch, unless there is less to tell than its threshold, or nothing.
    pub(in crate::query) fn watch_section(
        &self,
        watch: &Watch,
        window: &Window,
        plan: &Plan,
    ) -> Result<Told> {
        let Some((filter, claim)) = self.meant(&watch.wanted)? else { return Ok(Told::TooFew(0)) };
        let mut groups = Groups::default();
        self.new_statements(window, &filter, claim, |met, when| groups.add(self, met, when))?;
        let prints = groups.prints();
        let least = plan.at_least.unwrap_or(watch.at_least).max(1);
        if (prints as u64) < least {
            return Ok(Told::TooFew(prints));
        }
        let ranked = groups.ranked();
        let total = ranked.len();
        let shown = ranked.into_iter().take(plan.limit.unwrap_or(usize::MAX));
        let entries = shown.map(|one| groups.describe(self, window, one).map(Entry::Claim));
        Ok(Told::Section(Section {
            kind: Kind::Watch,
            watch: Some(watch.id),
            seed: seed(watch),
            title: watch.title(),
            since: window.since(),
            total,
            prints: Some(prints),
            entries: entries.collect::<Result<_>>()?,
            command: format!("onrecord digest --watch {} {} --limit 0", watch.id, window.flags()),
        }))
    }

    /// The filter, and the fullest wording of the claim, that are wanted; `None` where nothing can match.
    fn meant(&self, wanted: &Wanted) -> Result<Option<(QuoteFilter, Option<i64>)>> {
        let mut filter = QuoteFilter { outlet: wanted.outlet.clone(), ..QuoteFilter::default() };
        if let Some(typed) = &wanted.speaker {
            let speakers = self.match_speakers(typed)?;
            if speakers.is_empty() {
                return Ok(None);
            }
            filter.speakers = Some(speakers);
        }
        if let Some(typed) = &wanted.search {
            let Some(search) = Search::new(typed) else { return Ok(None) };
            filter.search = Some(search);
        }
        let Some((claim, _)) = &wanted.claim else { return Ok(Some((filter, None))) };
        let root = claimed::root(&self.connection, *claim).map_err(|error| self.failed(error))?;
        Ok(root.map(|(root, _)| (filter, Some(root))))
    }

    /// Why a watch can't find anything as things are, if so.
    pub(in crate::query) fn blind(&self, watch: &Watch) -> Result<Option<Blind>> {
        let blind = |reason| Ok(Some(Blind { watch: watch.id, reason }));
        if let Some((claim, _)) = &watch.wanted.claim
            && claimed::root(&self.connection, *claim).map_err(|error| self.failed(error))?.is_none()
        {
            return blind(format!("no statement of claim {claim} is there any more"));
        }
        match &watch.wanted.speaker {
            Some(typed) if self.match_speakers(typed)?.is_empty() => {
                blind(format!("no speaker is named «{typed}» yet"))
            }
            _ => Ok(None),
        }
    }
}
