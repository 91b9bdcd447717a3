//! What came in, or was published, between two moments.

use crate::error::Result;
use crate::model::watches::Mark;
use crate::query::Reader;
use crate::query::conditions::Conditions;
use crate::query::quotes::{FROM_QUOTE, QuoteFilter, of_articles, of_quotes};
use jiff::civil::Date;
use rusqlite::{Row, params};
use std::cmp::Ordering;

/// Between which moments something is new.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Window {
    /// What came into the database after a moment, and before another (ISO 8601, UTC).
    Arrived { from: Mark, until: Option<String> },
    /// What was published on these days, both included; undated articles never.
    Published { since: Date, until: Option<Date> },
}

impl Window {
    /// Where it begins, as people read it.
    pub fn since(&self) -> String {
        match self {
            Self::Arrived { from, .. } => from.since.clone(),
            Self::Published { since, .. } => since.to_string(),
        }
    }

    /// Where it ends, if it does: a moment that is no more of it, or its last day.
    pub fn until(&self) -> Option<String> {
        match self {
            Self::Arrived { until, .. } => until.clone(),
            Self::Published { until, .. } => until.map(|until| until.to_string()),
        }
    }

    /// The flags of `onrecord digest` that ask for it.
    pub fn flags(&self) -> String {
        let until = self.until().map(|until| format!(" --until {until}")).unwrap_or_default();
        let by = if matches!(self, Self::Published { .. }) { " --by published" } else { "" };
        format!("--since {}{until}{by}", self.since())
    }
}

/// A statement that a search met, with what a digest needs of it.
pub(in crate::query) struct Met {
    pub quote: i64,
    pub version: i64,
    number: i64,
    article: i64,
    ingested: String,
    public_id: String,
    pub outlet: Option<String>,
    /// What stands for its story: itself, or an article that it is a copy of.
    pub story: i64,
    pub person: Option<i64>,
    pub published: Option<String>,
    /// Its wording, and the fuller one that this is a form of.
    pub wording: Option<i64>,
    pub parent: Option<i64>,
}

impl Met {
    const SELECT: &str = "\
        SELECT q.id, v.id, v.number, a.id, v.ingested, q.public_id, v.outlet, coalesce(a.story, a.id),
               s.person, v.published, w.id, w.parent";
    const JOINS: &str = "\
          LEFT JOIN speaker AS s ON s.id = q.speaker
          LEFT JOIN sighting AS g ON g.quote = q.id
          LEFT JOIN wording AS w ON w.id = g.wording";

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            quote: row.get(0)?,
            version: row.get(1)?,
            number: row.get(2)?,
            article: row.get(3)?,
            ingested: row.get(4)?,
            public_id: row.get(5)?,
            outlet: row.get(6)?,
            story: row.get(7)?,
            person: row.get(8)?,
            published: row.get(9)?,
            wording: row.get(10)?,
            parent: row.get(11)?,
        })
    }
}

/// Articles first: of those that have a version of the time.
const FROM_ARRIVED: &str = "\
    FROM article AS a
    CROSS JOIN article_version AS v ON v.article = a.id AND v.is_current = 1
    CROSS JOIN quote AS q ON q.version = v.id";

/// Versions first: their index goes by days.
const FROM_PUBLISHED: &str = "\
    FROM article_version AS v
    CROSS JOIN article AS a ON a.id = v.article
    CROSS JOIN quote AS q ON q.version = v.id";

/// Statements of one wording first.
const FROM_SIGHTING: &str = "\
    FROM sighting AS g
    CROSS JOIN quote AS q ON q.id = g.quote
    CROSS JOIN article_version AS v ON v.id = q.version
    CROSS JOIN article AS a ON a.id = v.article
      LEFT JOIN speaker AS s ON s.id = q.speaker
      LEFT JOIN wording AS w ON w.id = g.wording
     WHERE g.wording = ?1";

const ARRIVED: &str = "\
    a.id IN (SELECT article FROM article_version WHERE ingested >= ? AND ingested < ?
             UNION SELECT article FROM article_version WHERE id > ? AND +ingested < ?)";

/// Of the claim with a fullest wording.
const OF_CLAIM: &str = "\
    q.id IN (WITH RECURSIVE member (id) AS (
                 SELECT ? UNION SELECT w.id FROM member AS m JOIN wording AS w ON w.parent = m.id)
             SELECT g.quote FROM member AS m JOIN sighting AS g ON g.wording = m.id)";

const MATCHING: &str = "q.id IN (SELECT rowid FROM quote_words WHERE quote_words MATCH ? AND rowid >= ?)";

/// After every time.
const NEVER: &str = "~";

impl Reader {
    /// Gives `each` the statements of today that are of the time and that a filter and a claim, named by its
    /// fullest wording, let through, and when they came: the time at which the article first had them, or
    /// their day.
    pub(in crate::query) fn new_statements(
        &self,
        window: &Window,
        filter: &QuoteFilter,
        claim: Option<i64>,
        mut each: impl FnMut(Met, String) -> Result<()>,
    ) -> Result<()> {
        let filter = &self.under_all_names(filter)?;
        let is_narrow = filter.speakers.is_some() || filter.search.is_some() || claim.is_some();
        let (from, mut conditions) = match window {
            Window::Published { since, until } => {
                let filter = QuoteFilter { since: Some(*since), until: *until, ..filter.clone() };
                let conditions = of_quotes(&filter).and(of_articles(&filter));
                (if is_narrow { FROM_QUOTE } else { FROM_PUBLISHED }, conditions)
            }
            Window::Arrived { from, until } if is_narrow => {
                (FROM_QUOTE, self.narrow(from, until.as_deref(), filter)?)
            }
            Window::Arrived { from, until } => {
                let mut conditions = of_quotes(filter).and(of_articles(filter));
                let until = || Box::new(until.clone().unwrap_or_else(|| NEVER.to_owned()));
                let (since, last) = (from.since.clone(), from.version.unwrap_or(i64::MAX));
                conditions.with_all(ARRIVED, vec![Box::new(since), until(), Box::new(last), until()]);
                (FROM_ARRIVED, conditions)
            }
        };
        conditions.with(OF_CLAIM, claim);
        conditions.always("v.is_current = 1");
        let sql = conditions.sql(&format!("{} {from} {}", Met::SELECT, Met::JOINS), "a.id, q.id", None);
        self.rows(&sql, &conditions, Met::read, |met| {
            let (order, when) = self.compare(window, &met)?;
            if order == Ordering::Equal { each(met, when) } else { Ok(()) }
        })?;
        Ok(())
    }

    /// Whether a claim, by all its wordings, was printed before a time.
    pub(in crate::query) fn was_printed_before(&self, window: &Window, wordings: &[i64]) -> Result<bool> {
        let failed = |error| self.failed(error);
        let sql = format!("{} {FROM_SIGHTING}", Met::SELECT);
        let mut statement = self.connection.prepare_cached(&sql).map_err(failed)?;
        for wording in wordings {
            let mut rows = statement.query([wording]).map_err(failed)?;
            while let Some(row) = rows.next().map_err(failed)? {
                if self.compare(window, &Met::read(row).map_err(failed)?)?.0 == Ordering::Less {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// All wordings of a claim, the fullest first: one by one, as a recursive query takes longer to be set up
    /// than most claims to be read.
    pub(in crate::query) fn wordings_of(&self, root: i64) -> Result<Vec<i64>> {
        let read = || -> rusqlite::Result<Vec<i64>> {
            let mut forms = self.connection.prepare_cached("SELECT id FROM wording WHERE parent = ?1")?;
            let (mut wordings, mut at) = (vec![root], 0);
            while let Some(&wording) = wordings.get(at) {
                let found = forms.query_map([wording], |row| row.get(0))?;
                wordings.extend(found.collect::<rusqlite::Result<Vec<i64>>>()?);
                at += 1;
            }
            Ok(wordings)
        };
        read().map_err(|error| self.failed(error))
    }

    /// Conditions that begin with the quotes, of those that can be of the time only.
    fn narrow(&self, from: &Mark, until: Option<&str>, filter: &QuoteFilter) -> Result<Conditions> {
        let wordless = QuoteFilter { search: None, ..filter.clone() };
        let mut conditions = of_quotes(&wordless).and(of_articles(&wordless));
        let version = self.first_version(from, until).map_err(|error| self.failed(error))?;
        conditions.with("q.version >= ?", Some(version));
        if let Some(search) = &filter.search {
            let quote = self.first_quote(version).map_err(|error| self.failed(error))?;
            let values = vec![Box::new(search.as_str().to_owned()) as _, Box::new(quote) as _];
            conditions.with_all(MATCHING, values);
        }
        Ok(conditions)
    }

    /// The lowest row id of a version that came in after a moment; above all where none did.
    fn first_version(&self, from: &Mark, until: Option<&str>) -> rusqlite::Result<i64> {
        let sql = "SELECT coalesce(min(id), 9223372036854775807) FROM (
                       SELECT id FROM article_version WHERE ingested >= ?1 AND ingested < ?3
                       UNION ALL SELECT id FROM article_version WHERE id > ?2 AND +ingested < ?3)";
        let last = from.version.unwrap_or(i64::MAX);
        self.connection
            .prepare_cached(sql)?
            .query_row(params![from.since, last, until.unwrap_or(NEVER)], |row| row.get(0))
    }

    /// The lowest row id of a quote of some version and those that came after it.
    fn first_quote(&self, version: i64) -> rusqlite::Result<i64> {
        let sql = "SELECT iif(?1 <= (SELECT min(id) FROM article_version), 0,
                       coalesce((SELECT min(id) FROM quote WHERE version >= ?1), 9223372036854775807))";
        self.connection.prepare_cached(sql)?.query_row([version], |row| row.get(0))
    }

    /// Whether a statement is from before a time, of it or later, and when it came.
    fn compare(&self, window: &Window, met: &Met) -> Result<(Ordering, String)> {
        match window {
            Window::Published { since, until } => {
                let Some(day) = &met.published else { return Ok((Ordering::Greater, String::new())) };
                let order = if *day < since.to_string() {
                    Ordering::Less
                } else if until.is_some_and(|until| *day > until.to_string()) {
                    Ordering::Greater
                } else {
                    Ordering::Equal
                };
                Ok((order, format!("{day}T00:00:00Z")))
            }
            Window::Arrived { from, until } => {
                let (version, when) = self.arrival(met).map_err(|error| self.failed(error))?;
                let is_after = when >= from.since || from.version.is_some_and(|last| version > last);
                let order = if !is_after {
                    Ordering::Less
                } else if until.as_ref().is_some_and(|until| when >= *until) {
                    Ordering::Greater
                } else {
                    Ordering::Equal
                };
                Ok((order, when))
            }
        }
    }

    /// With which version its article first had a statement, and when that came in.
    fn arrival(&self, met: &Met) -> rusqlite::Result<(i64, String)> {
        if met.number == 1 {
            return Ok((met.version, met.ingested.clone()));
        }
        let sql = "SELECT v.id, v.ingested FROM article_version AS v
                     JOIN quote AS q ON q.version = v.id AND q.public_id = ?2
                    WHERE v.article = ?1 ORDER BY v.number LIMIT 1";
        self.connection
            .prepare_cached(sql)?
            .query_row(params![met.article, met.public_id], |row| Ok((row.get(0)?, row.get(1)?)))
    }
}
