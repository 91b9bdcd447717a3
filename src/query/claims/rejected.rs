//! Claims of statements that a person rejected. They are among no claims any more; what is listed here is what they were.

use crate::error::Result;
use crate::model::QuoteState;
use crate::model::verdicts::ClaimId;
use crate::query::claims::{APPEARANCE, ClaimFilter, ClaimRow, appearance, row};
use crate::query::quotes::QuoteFilter;
use crate::query::{Reader, named};
use crate::store::verdicts::entries;
use crate::store::wordings::read_statement;
use std::collections::{BTreeMap, BTreeSet};

/// Selects rejected statements of articles as they stand now, as [`read_statement`] reads them.
const REJECTED: &str = "\
    SELECT q.id, s.id, s.kind, s.name, s.qualifier, q.text, q.type, q.published, q.public_id, q.cue_class
      FROM corrected AS c
      JOIN quote AS q ON q.id = c.quote AND q.state = 'rejected' AND q.type <> 'scare'
      JOIN article_version AS v ON v.id = q.version AND v.is_current = 1
      LEFT JOIN speaker AS o ON o.id = q.speaker
      LEFT JOIN speaker AS s ON s.id = o.person
     ORDER BY q.id";

impl Reader {
    /// The rejected statements that a filter may let through, by the wording that they had, in the order of their ids.
    pub(in crate::query) fn rejected(&self, filter: &ClaimFilter) -> Result<Vec<ClaimRow>> {
        let asked = (filter.speakers.is_some() || filter.search.is_some()).then(|| QuoteFilter {
            speakers: filter.speakers.clone(),
            search: filter.search.clone(),
            states: vec![QuoteState::Rejected],
            ..QuoteFilter::default()
        });
        let asked = asked.map(|asked| self.row_ids(&asked)).transpose()?;
        let asked: Option<BTreeSet<i64>> = asked.map(|ids| ids.into_iter().collect());
        self.rejected_among(asked.as_ref()).map_err(|error| self.failed(error))
    }

    fn rejected_among(&self, asked: Option<&BTreeSet<i64>>) -> rusqlite::Result<Vec<ClaimRow>> {
        let mut wordings: BTreeMap<i64, Vec<i64>> = BTreeMap::new();
        let mut select = self.connection.prepare_cached(REJECTED)?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let statement = read_statement(row)?;
            if asked.is_none_or(|asked| asked.contains(&statement.quote)) {
                wordings.entry(statement.key()).or_default().push(statement.quote);
            }
        }
        wordings.into_iter().map(|(key, quotes)| self.rejected_claim(key, &quotes)).collect()
    }

    fn rejected_claim(&self, key: i64, quotes: &[i64]) -> rusqlite::Result<ClaimRow> {
        let sql = format!(
            "{APPEARANCE} LEFT JOIN wording AS w ON false LEFT JOIN correction AS c ON false WHERE q.id = ?1"
        );
        let mut select = self.connection.prepare_cached(&sql)?;
        let prints = quotes.iter().map(|quote| select.query_row([quote], appearance));
        let mut prints: Vec<_> = prints.collect::<rusqlite::Result<_>>()?;
        prints
            .sort_by_key(|print| (print.published.is_none(), print.published.clone(), print.article.clone()));
        let sql = "SELECT s.name, s.kind, q.text, q.cue_class FROM quote AS q
                     LEFT JOIN speaker AS o ON o.id = q.speaker LEFT JOIN speaker AS s ON s.id = o.person
                    WHERE q.id = ?1";
        let (speaker, text, class) = self.connection.prepare_cached(sql)?.query_row([quotes[0]], |row| {
            Ok(((row.get(0)?, named(row, 1)?), row.get::<_, String>(2)?, row.get::<_, Option<String>>(3)?))
        })?;
        let id = ClaimId::from_key(key);
        let latest = entries(&self.connection, &[id])?.pop();
        Ok(row::made(id, speaker, (&text, class.as_deref()), prints, (1, latest)))
    }
}
