//! Who said what, where and when.

use crate::error::{Error, Result};
use crate::lexicon::fold::fold;
use crate::model::{CueClass, EntityKind, Method, QuoteKind, Reason};
use crate::query::articles::ArticleId;
use crate::query::conditions::{Conditions, list};
use crate::query::search::Search;
use crate::query::speakers::SpeakerId;
use crate::query::{Reader, named};
use crate::record::code_points::{CodePointIndex, CodePoints};
use crate::span::Span;
use jiff::civil::Date;
use rusqlite::Row;

/// Which quotes to list; what is unknown of a quote never matches what is asked for.
#[derive(Clone, Debug, Default)]
pub struct QuoteFilter {
    pub speakers: Option<Vec<SpeakerId>>,
    pub search: Option<Search>,
    /// Whole words of the outlet's name.
    pub outlet: Option<String>,
    pub since: Option<Date>,
    pub until: Option<Date>,
    /// Empty: all types but scare quotes, which are nobody's statements.
    pub kinds: Vec<QuoteKind>,
    pub cue_class: Option<CueClass>,
    pub min_confidence: Option<f64>,
    pub article: Option<ArticleId>,
    pub limit: Option<u64>,
}

/// A quote of a current version with all that is known about it.
#[derive(Clone, PartialEq, Debug)]
pub struct QuoteRow {
    /// The stable id that people cite.
    pub id: String,
    /// Key of the article.
    pub article: String,
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub title: Option<String>,
    /// ISO 8601 date.
    pub published: Option<String>,
    /// Order in the article, from 1.
    pub position: u32,
    pub kind: QuoteKind,
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
    pub speaker: Option<String>,
    pub speaker_kind: Option<EntityKind>,
    /// The speaker's role as printed in this article.
    pub role: Option<String>,
    pub confidence: Option<f64>,
    pub method: Option<Method>,
    pub unknown_reason: Option<Reason>,
    pub relayed_by: Option<String>,
    /// Other candidates and their confidence, best first.
    pub runners_up: Vec<(String, f64)>,
}

const SELECT: &str = "\
    SELECT q.id AS row, v.id AS version, q.public_id, a.key, v.url, v.outlet, v.title, v.published, q.position,
           q.type, q.text, q.cue, q.cue_lemma, q.cue_class, q.source, s.name, s.kind, p.role, q.confidence,
           q.method, q.unknown_reason, q.relayed_by
      FROM quote AS q
      JOIN article_version AS v ON v.id = q.version AND v.is_current = 1
      JOIN article AS a ON a.id = v.article
      LEFT JOIN speaker AS s ON s.id = q.speaker
      LEFT JOIN appearance AS p ON p.version = q.version AND p.speaker = q.speaker";

const ORDER: &str = "v.published IS NULL, v.published, a.key, q.position";

impl Reader {
    /// Lists quotes by date (undated articles last), article and place; returns how many.
    ///
    /// Holds the quotes of one article at a time.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be read, and what `each` returns.
    pub fn quotes(&self, filter: &QuoteFilter, mut each: impl FnMut(QuoteRow) -> Result<()>) -> Result<u64> {
        let mut conditions = conditions(filter);
        let sql = conditions.sql(SELECT, ORDER, filter.limit);
        let failed = |error| self.failed(error);
        let mut statement = self.connection.prepare(&sql).map_err(failed)?;
        let mut rows = statement.query(conditions.values()).map_err(failed)?;
        let mut article = Vec::new();
        let (mut version, mut count) = (0, 0);
        while let Some(row) = rows.next().map_err(failed)? {
            let next: i64 = row.get("version").map_err(failed)?;
            if next != version {
                self.placed(version, &mut article)?;
                article.drain(..).try_for_each(&mut each)?;
                version = next;
            }
            article.push(self.quote(row).map_err(failed)?);
            count += 1;
        }
        self.placed(version, &mut article)?;
        article.into_iter().try_for_each(each)?;
        Ok(count)
    }

    fn quote(&self, row: &Row<'_>) -> rusqlite::Result<QuoteRow> {
        let id: i64 = row.get("row")?;
        Ok(QuoteRow {
            id: row.get("public_id")?,
            article: row.get("key")?,
            url: row.get("url")?,
            outlet: row.get("outlet")?,
            title: row.get("title")?,
            published: row.get("published")?,
            position: row.get("position")?,
            kind: named(row, "type")?.unwrap_or(QuoteKind::Direct),
            words: row.get("text")?,
            parts: self.parts(id)?,
            content: Vec::new(),
            cue: row.get("cue")?,
            cue_lemma: row.get("cue_lemma")?,
            cue_class: named(row, "cue_class")?,
            source: row.get("source")?,
            speaker: row.get("name")?,
            speaker_kind: named(row, "kind")?,
            role: row.get("role")?,
            confidence: row.get("confidence")?,
            method: named(row, "method")?,
            unknown_reason: named(row, "unknown_reason")?,
            relayed_by: row.get("relayed_by")?,
            runners_up: self.runners_up(id)?,
        })
    }

    fn parts(&self, quote: i64) -> rusqlite::Result<Vec<Span>> {
        self.connection
            .prepare_cached("SELECT start_byte, end_byte FROM quote_part WHERE quote = ?1 ORDER BY number")?
            .query_map([quote], |row| Ok(Span::new(row.get(0)?, row.get(1)?)))?
            .collect()
    }

    fn runners_up(&self, quote: i64) -> rusqlite::Result<Vec<(String, f64)>> {
        self.connection
            .prepare_cached("SELECT name, confidence FROM runner_up WHERE quote = ?1 ORDER BY number")?
            .query_map([quote], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
    }

    /// Counts the code points for the quotes of one version.
    fn placed(&self, version: i64, quotes: &mut [QuoteRow]) -> Result<()> {
        if quotes.is_empty() {
            return Ok(());
        }
        let text = self.text(version).map_err(|error| self.failed(error))?;
        let index = CodePointIndex::new(&text);
        for quote in quotes {
            // Anyone can change the file with other programs.
            if quote.parts.iter().any(|part| text.get(part.range()).is_none()) {
                let reason = format!(
                    "quote {} doesn't stand in its article any more, so another program changed them; \
                     put back a copy of the file",
                    quote.id
                );
                return Err(Error::Database { path: self.path.clone(), reason });
            }
            quote.content = quote.parts.iter().map(|&part| index.range(part)).collect();
        }
        Ok(())
    }

    fn text(&self, version: i64) -> rusqlite::Result<String> {
        self.connection
            .prepare_cached("SELECT text FROM article_version WHERE id = ?1")?
            .query_row([version], |row| row.get(0))
    }
}

fn conditions(filter: &QuoteFilter) -> Conditions {
    let mut conditions = Conditions::default();
    let ids = filter.speakers.as_ref().map(|ids| list(&ids.iter().map(|id| id.0).collect::<Vec<_>>()));
    conditions.with("q.speaker IN (SELECT value FROM json_each(?))", ids);
    let search = filter.search.as_ref().map(|search| search.as_str().to_owned());
    conditions.with("q.id IN (SELECT rowid FROM quote_words WHERE quote_words MATCH ?)", search);
    conditions.with("has_words(v.outlet, ?)", filter.outlet.as_deref().map(fold));
    conditions.with("v.published >= ?", filter.since.map(|date| date.to_string()));
    conditions.with("v.published <= ?", filter.until.map(|date| date.to_string()));
    conditions.with("q.cue_class = ?", filter.cue_class.map(CueClass::as_str));
    conditions.with("q.confidence >= ?", filter.min_confidence);
    conditions.with("v.article = ?", filter.article.map(|article| article.0));
    if filter.kinds.is_empty() {
        conditions.always("q.type <> 'scare'");
    } else {
        let kinds: Vec<&str> = filter.kinds.iter().map(|kind| kind.as_str()).collect();
        conditions.with("q.type IN (SELECT value FROM json_each(?))", Some(list(&kinds)));
    }
    conditions
}
