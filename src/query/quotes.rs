//! Who said what, where and when.

use crate::error::Result;
use crate::lexicon::fold::fold;
use crate::model::{CueClass, EntityKind, Method, QuoteKind, QuoteState, Reason};
use crate::query::Reader;
use crate::query::articles::ArticleId;
use crate::query::conditions::{Conditions, list};
use crate::query::earliest::Earliest;
use crate::query::search::Search;
use crate::query::speakers::SpeakerId;
use crate::query::statements::Article;
use crate::record::code_points::CodePoints;
use crate::span::Span;
use crate::store::days::{Days, UNDATED, day};
use crate::store::failed;
use jiff::civil::Date;
use std::sync::Arc;

/// Which quotes to list; what is unknown of a quote never matches what is asked for.
#[derive(Clone, Debug, Default)]
pub struct QuoteFilter {
    /// People, by any of their names.
    pub speakers: Option<Vec<SpeakerId>>,
    pub search: Option<Search>,
    /// Whole words of the outlet's name.
    pub outlet: Option<String>,
    pub since: Option<Date>,
    pub until: Option<Date>,
    /// Empty: all types but scare quotes, which are nobody's statements.
    pub kinds: Vec<QuoteKind>,
    /// Empty: all but rejected ones.
    pub states: Vec<QuoteState>,
    pub cue_class: Option<CueClass>,
    /// Those that the program is at least this sure of, and those that a person has looked at.
    pub min_confidence: Option<f64>,
    pub article: Option<ArticleId>,
    pub repeats: Repeats,
    pub limit: Option<u64>,
}

/// Row id of an article version.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct VersionId(pub i64);

/// What becomes of a statement that stands in several copies of one story.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Repeats {
    /// Each place where it is printed is listed.
    #[default]
    Keep,
    /// Only the earliest is; an equal date is decided by the article's key.
    Fold,
}

/// A quote of a current version with all that is known about it.
#[derive(Clone, PartialEq, Debug)]
pub struct QuoteRow {
    /// The stable id that people cite.
    pub id: String,
    /// Key of the article.
    pub article: Arc<str>,
    pub url: Option<Arc<str>>,
    pub outlet: Option<Arc<str>>,
    pub title: Option<Arc<str>>,
    /// ISO 8601 date.
    pub published: Option<Arc<str>>,
    /// Order in the article, from 1.
    pub position: u32,
    pub kind: QuoteKind,
    /// Whose word it is.
    pub state: QuoteState,
    /// The words, with ` … ` where the writer broke in.
    pub words: String,
    /// Where they stand, in bytes and in code points.
    pub parts: Vec<Span>,
    pub content: Vec<CodePoints>,
    pub cue: Option<String>,
    pub cue_lemma: Option<String>,
    pub cue_class: Option<CueClass>,
    /// The mention as printed.
    pub source: Option<String>,
    /// The person, under the name that stands for all its names.
    pub speaker: Option<Arc<str>>,
    /// The person's name as this article has it in full.
    pub named: Option<Arc<str>>,
    pub speaker_kind: Option<EntityKind>,
    /// The speaker's role as printed in this article.
    pub role: Option<String>,
    pub confidence: Option<f64>,
    pub method: Option<Method>,
    pub unknown_reason: Option<Reason>,
    pub relayed_by: Option<String>,
    /// Other candidates and their confidence, best first.
    pub runners_up: Vec<(String, f64)>,
    /// In how many articles of the story it is printed, this one included.
    pub printed: u32,
}

/// A filter made ready to be asked of many article versions.
pub struct QuotesOf {
    sql: String,
    conditions: Conditions,
}

impl QuotesOf {
    pub fn new(filter: &QuoteFilter) -> Self {
        let conditions = of_quotes(filter);
        let sql = conditions.sql_behind("q.version = ?1", Article::SELECT, "q.position");
        Self { sql, conditions }
    }
}

/// How articles are ordered in every list: by date, undated ones last, then by key.
pub const DATE: &str = "coalesce(v.published, '~')";

impl Reader {
    /// Lists quotes by date (undated articles last), article and place; returns how many.
    ///
    /// Holds the quotes of one article at a time, and beside them the row ids of all quotes that a speaker or a
    /// search finds.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be read, and what `each` returns.
    pub fn quotes(&self, filter: &QuoteFilter, each: impl FnMut(QuoteRow) -> Result<()>) -> Result<u64> {
        let filter = &self.under_all_names(filter)?;
        match (&filter.speakers, &filter.search) {
            (None, None) => self.article_by_article(filter, each),
            _ => self.quote_by_quote(filter, each),
        }
    }

    /// The filter with all names of the people whom it asks for.
    pub(crate) fn under_all_names(&self, filter: &QuoteFilter) -> Result<QuoteFilter> {
        let speakers = filter.speakers.as_ref().map(|speakers| self.all_names(speakers)).transpose()?;
        Ok(QuoteFilter { speakers, ..filter.clone() })
    }

    /// For what most articles may have: goes through them in order.
    fn article_by_article(
        &self,
        filter: &QuoteFilter,
        mut each: impl FnMut(QuoteRow) -> Result<()>,
    ) -> Result<u64> {
        let plan = QuotesOf::new(filter);
        let mut articles = of_articles(filter);
        let sql = versions_in_order(&mut articles);
        let failed = |error| self.failed(error);
        let mut statement = self.connection.prepare(&sql).map_err(failed)?;
        let mut versions = statement.query(articles.values()).map_err(failed)?;
        let mut count = 0;
        while let Some(version) = versions.next().map_err(failed)? {
            for row in self.quotes_of(VersionId(version.get(0).map_err(failed)?), &plan)? {
                if filter.limit.is_some_and(|limit| count >= limit) {
                    return Ok(count);
                }
                each(row)?;
                count += 1;
            }
        }
        Ok(count)
    }

    /// The current versions of the articles that may have quotes, in the order of lists.
    ///
    /// # Errors
    /// As [`Reader::quotes`].
    pub fn versions(&self, filter: &QuoteFilter) -> Result<Vec<VersionId>> {
        let mut articles = of_articles(filter);
        let sql = versions_in_order(&mut articles);
        let mut versions = Vec::new();
        self.rows(
            &sql,
            &articles,
            |row| row.get(0),
            |id| {
                versions.push(VersionId(id));
                Ok(())
            },
        )?;
        Ok(versions)
    }

    /// The quotes of one version that pass a filter, in their order in the text.
    ///
    /// # Errors
    /// As [`Reader::quotes`].
    pub fn quotes_of(&self, VersionId(version): VersionId, filter: &QuotesOf) -> Result<Vec<QuoteRow>> {
        self.statements(version, &filter.sql, &filter.conditions)
    }

    /// For what few articles have: finds the quotes, puts them in order, then reads them.
    fn quote_by_quote(
        &self,
        filter: &QuoteFilter,
        mut each: impl FnMut(QuoteRow) -> Result<()>,
    ) -> Result<u64> {
        let ids = self.ordered(filter)?;
        let sql = format!(
            "{} WHERE q.version = ?1 AND q.id IN (SELECT value FROM json_each(?2)) ORDER BY q.position",
            Article::SELECT
        );
        for article in ids.chunk_by(|(one, _), (other, _)| one == other) {
            let mut quotes = Conditions::default();
            quotes.with("", Some(list(&article.iter().map(|(_, id)| id).collect::<Vec<_>>())));
            self.statements(article[0].0, &sql, &quotes)?.into_iter().try_for_each(&mut each)?;
        }
        Ok(ids.len() as u64)
    }

    /// The row ids of the quotes that a speaker or a search finds.
    pub(crate) fn row_ids(&self, filter: &QuoteFilter) -> Result<Vec<i64>> {
        Ok(self.ordered(filter)?.into_iter().map(|(_, quote)| quote).collect())
    }

    /// The versions and row ids of the quotes that a speaker or a search finds, in the order of lists.
    fn ordered(&self, filter: &QuoteFilter) -> Result<Vec<(i64, i64)>> {
        let mut conditions = Conditions::default();
        if let Some(ids) = self.earliest(filter)? {
            conditions.with("q.id IN (SELECT value FROM json_each(?))", Some(list(&ids)));
        } else {
            conditions = of_quotes(filter).and(of_articles(filter));
            conditions.with("coalesce(q.published, '~') <= ?", self.last_date(filter)?);
        }
        let sql = conditions.sql(
            &format!("SELECT v.id, q.id {FROM_QUOTE}"),
            &format!("{DATE}, a.key, q.position"),
            filter.limit,
        );
        let mut ids = Vec::new();
        self.rows(
            &sql,
            &conditions,
            |row| Ok((row.get(0)?, row.get(1)?)),
            |pair| {
                ids.push(pair);
                Ok(())
            },
        )?;
        Ok(ids)
    }

    /// The row ids of the earliest quotes that a search finds, as many as a limited list has room for and all others
    /// of the last day; `None` where more than words and dates is asked for.
    fn earliest(&self, filter: &QuoteFilter) -> Result<Option<Vec<i64>>> {
        let QuoteFilter { speakers, search, outlet, since, until, kinds, states, cue_class, .. } = filter;
        let is_more = speakers.is_some()
            || outlet.is_some()
            || !kinds.is_empty()
            || !states.is_empty()
            || cue_class.is_some()
            || filter.min_confidence.is_some()
            || filter.article.is_some()
            || filter.repeats == Repeats::Fold;
        let (Some(search), Some(limit), false) = (search, filter.limit, is_more) else { return Ok(None) };
        let mut conditions = Conditions::default();
        conditions.with("quote_words MATCH ?", Some(search.as_str().to_owned()));
        let sql = conditions.sql("SELECT rowid FROM quote_words", "rowid", None);
        // Undated statements are left out where a date is asked for.
        let last = if since.is_some() { Some(UNDATED - 1) } else { None };
        let wanted = since.map_or(0, day)..=until.map(day).or(last).unwrap_or(UNDATED);
        let mut earliest = Earliest::new(usize::try_from(limit).unwrap_or(usize::MAX));
        let mut days = Days::new(&self.connection).map_err(failed(&self.path))?;
        let meet = |id| {
            let day = days.of(id).map_err(failed(&self.path))?;
            if let Some(day) = day.filter(|day| wanted.contains(day)) {
                earliest.meet(day, id);
            }
            Ok(())
        };
        self.rows(&sql, &conditions, |row| row.get(0), meet)?;
        Ok(Some(earliest.ids()))
    }

    /// The date of the last quote of some speakers that a limited list has room for: an index gives those of each by
    /// date, so that the whole list need not be put in order for its beginning.
    fn last_date(&self, filter: &QuoteFilter) -> Result<Option<String>> {
        let (Some(speakers), None, Some(limit)) = (&filter.speakers, &filter.search, filter.limit) else {
            return Ok(None);
        };
        if speakers.len() > SPEAKERS {
            return Ok(None);
        }
        let mut dates = Vec::new();
        for &speaker in speakers {
            dates.extend(self.first_dates(&QuoteFilter { speakers: Some(vec![speaker]), ..filter.clone() })?);
        }
        dates.sort_unstable();
        let last = usize::try_from(limit).ok().and_then(|limit| limit.checked_sub(1));
        Ok(last.and_then(|last| dates.into_iter().nth(last)))
    }

    /// The dates of the first quotes of one speaker.
    fn first_dates(&self, filter: &QuoteFilter) -> Result<Vec<String>> {
        let mut conditions = of_quotes(filter).and(of_articles(filter));
        let select = format!("SELECT coalesce(q.published, '~') {FROM_QUOTE}");
        let sql = conditions.sql(&select, "coalesce(q.published, '~')", filter.limit);
        let mut dates = Vec::new();
        let push = |date| {
            dates.push(date);
            Ok(())
        };
        self.rows(&sql, &conditions, |row| row.get(0), push)?;
        Ok(dates)
    }
}

/// Of so many speakers at most the first dates are looked up one by one.
const SPEAKERS: usize = 1000;

fn versions_in_order(articles: &mut Conditions) -> String {
    articles.always("v.is_current = 1");
    let select = "SELECT v.id FROM article_version AS v JOIN article AS a ON a.id = v.article";
    articles.sql(select, &format!("{DATE}, a.key"), None)
}

/// Quotes come first: their index decides, not that of articles.
pub(in crate::query) const FROM_QUOTE: &str = "\
    FROM quote AS q
    CROSS JOIN article_version AS v ON v.id = q.version AND v.is_current = 1
    CROSS JOIN article AS a ON a.id = v.article";

/// What is asked of an article.
pub fn of_articles(filter: &QuoteFilter) -> Conditions {
    let mut conditions = Conditions::default();
    conditions.with("has_words(v.outlet, ?)", filter.outlet.as_deref().map(fold));
    conditions.with("coalesce(v.published, '~') >= ?", filter.since.map(|date| date.to_string()));
    // Digits stand before '~': undated articles are left out where a date is asked for.
    conditions.with("coalesce(v.published, '~') <= ?", filter.until.map(|date| date.to_string()));
    if filter.since.is_some() {
        conditions.always("v.published IS NOT NULL");
    }
    conditions.with("v.article = ?", filter.article.map(|article| article.0));
    conditions
}

/// What is asked of a quote.
pub fn of_quotes(filter: &QuoteFilter) -> Conditions {
    let mut conditions = Conditions::default();
    match filter.speakers.as_deref() {
        Some([speaker]) => conditions.with("q.speaker = ?", Some(speaker.0)),
        Some(speakers) => {
            let ids = list(&speakers.iter().map(|id| id.0).collect::<Vec<_>>());
            conditions.with("q.speaker IN (SELECT value FROM json_each(?))", Some(ids));
        }
        None => {}
    }
    let search = filter.search.as_ref().map(|search| search.as_str().to_owned());
    conditions.with("q.id IN (SELECT rowid FROM quote_words WHERE quote_words MATCH ?)", search);
    conditions.with("q.cue_class = ?", filter.cue_class.map(CueClass::as_str));
    conditions.with("(q.confidence >= ? OR q.state <> 'machine')", filter.min_confidence);
    if filter.states.is_empty() {
        conditions.always("q.state <> 'rejected'");
    } else {
        let states: Vec<&str> = filter.states.iter().map(|state| state.as_str()).collect();
        conditions.with("q.state IN (SELECT value FROM json_each(?))", Some(list(&states)));
    }
    if filter.kinds.is_empty() {
        conditions.always("q.type <> 'scare'");
    } else {
        let kinds: Vec<&str> = filter.kinds.iter().map(|kind| kind.as_str()).collect();
        conditions.with("q.type IN (SELECT value FROM json_each(?))", Some(list(&kinds)));
    }
    if filter.repeats == Repeats::Fold {
        conditions.always(IS_FIRST);
    }
    conditions
}

/// Nowhere in the story was the statement printed before.
const IS_FIRST: &str = "\
    NOT EXISTS (SELECT 1
      FROM article_version AS mv
      JOIN article AS ma ON ma.id = mv.article
      JOIN article AS oa ON oa.story = ma.story AND oa.id <> ma.id
      JOIN article_version AS ov ON ov.article = oa.id AND ov.is_current = 1
      JOIN quote AS oq ON oq.version = ov.id AND oq.same_words = q.same_words AND oq.type <> 'scare'
       AND oq.state <> 'rejected'
     WHERE mv.id = q.version
       AND (coalesce(ov.published, '~'), oa.key) < (coalesce(mv.published, '~'), ma.key))";
