//! Reads the quotes of one article version from their rows.

use crate::error::{Error, Result};
use crate::model::{QuoteKind, QuoteState};
use crate::query::conditions::Conditions;
use crate::query::quotes::QuoteRow;
use crate::query::{Named, Reader, named};
use crate::record::code_points::CodePointIndex;
use crate::span::Span;
use rusqlite::{Row, ToSql};
use std::sync::Arc;

/// What the quotes of one version have in common.
pub struct Article {
    key: Arc<str>,
    url: Option<Arc<str>>,
    outlet: Option<Arc<str>>,
    title: Option<Arc<str>>,
    published: Option<Arc<str>>,
    /// Row id of what stands for its story.
    story: Option<i64>,
    text: String,
}

impl Article {
    /// Selects what [`Reader::statements`] reads, of `quote AS q`.
    pub const SELECT: &str = "\
        SELECT q.public_id, q.position, q.type, q.text, q.parts, q.cue, q.cue_lemma, q.cue_class, q.source,
               q.speaker, q.same_words, p.role, q.confidence, q.method, q.unknown_reason, q.relayed_by, q.runners_up,
               q.state
          FROM quote AS q
          LEFT JOIN appearance AS p ON p.version = q.version AND p.speaker = q.speaker";
}

impl Reader {
    /// The quotes of a version that `sql` selects; its first value is the version, the others those of `conditions`.
    pub(crate) fn statements(
        &self,
        version: i64,
        sql: &str,
        conditions: &Conditions,
    ) -> Result<Vec<QuoteRow>> {
        let failed = |error| self.failed(error);
        let mut statement = self.connection.prepare_cached(sql).map_err(failed)?;
        let values = std::iter::once(&version as &dyn ToSql).chain(conditions.each());
        let mut rows = statement.query(rusqlite::params_from_iter(values)).map_err(failed)?;
        let Some(first) = rows.next().map_err(failed)? else { return Ok(Vec::new()) };
        let article = self.article_of(version).map_err(failed)?;
        let index = CodePointIndex::new(&article.text);
        let mut quotes = vec![self.quote(first, &article, &index)?];
        while let Some(row) = rows.next().map_err(failed)? {
            quotes.push(self.quote(row, &article, &index)?);
        }
        Ok(quotes)
    }

    /// The quote of a row id in a version, if it is there.
    pub(crate) fn quote_by_row(&self, version: i64, quote: i64) -> Result<Option<QuoteRow>> {
        let mut conditions = Conditions::default();
        conditions.with("", Some(quote));
        let sql = format!("{} WHERE q.version = ?1 AND q.id = ?2", Article::SELECT);
        Ok(self.statements(version, &sql, &conditions)?.pop())
    }

    fn article_of(&self, version: i64) -> rusqlite::Result<Article> {
        self.connection
            .prepare_cached(
                "SELECT a.key, v.url, v.outlet, v.title, v.published, a.story, v.text
                   FROM article_version AS v JOIN article AS a ON a.id = v.article WHERE v.id = ?1",
            )?
            .query_row([version], |row| {
                Ok(Article {
                    key: row.get(0)?,
                    url: row.get(1)?,
                    outlet: row.get(2)?,
                    title: row.get(3)?,
                    published: row.get(4)?,
                    story: row.get(5)?,
                    text: row.get(6)?,
                })
            })
    }

    fn quote(&self, row: &Row<'_>, article: &Article, index: &CodePointIndex<'_>) -> Result<QuoteRow> {
        let mut quote = self.read(row, article).map_err(|error| self.failed(error))?;
        // Anyone can change the file with other programs.
        if quote.parts.is_empty() || quote.parts.iter().any(|part| article.text.get(part.range()).is_none()) {
            let reason = format!(
                "quote {} doesn't stand in its article any more, so another program changed them; \
                 put back a copy of the file",
                quote.id
            );
            return Err(Error::Database { path: self.path.clone(), reason });
        }
        quote.content = quote.parts.iter().map(|&part| index.range(part)).collect();
        Ok(quote)
    }

    fn read(&self, row: &Row<'_>, article: &Article) -> rusqlite::Result<QuoteRow> {
        let parts: Vec<[u32; 2]> = listed(row, 4)?;
        let runners_up: Vec<(String, u32, u32, f64)> = listed(row, 16)?;
        let printed = match article.story {
            Some(story) => self.printed(story, row.get(10)?)?,
            None => 1,
        };
        let (speaker, named_as, speaker_kind) = match row.get(9)? {
            Some(speaker) => self.named(speaker)?,
            None => (None, None, None),
        };
        Ok(QuoteRow {
            id: row.get(0)?,
            article: Arc::clone(&article.key),
            url: article.url.clone(),
            outlet: article.outlet.clone(),
            title: article.title.clone(),
            published: article.published.clone(),
            position: row.get(1)?,
            kind: named(row, 2)?.unwrap_or(QuoteKind::Direct),
            state: named(row, 17)?.unwrap_or(QuoteState::Machine),
            words: row.get(3)?,
            parts: parts
                .into_iter()
                .filter(|[start, end]| start <= end)
                .map(|[start, end]| Span::new(start, end))
                .collect(),
            content: Vec::new(),
            cue: row.get(5)?,
            cue_lemma: row.get(6)?,
            cue_class: named(row, 7)?,
            source: row.get(8)?,
            speaker,
            named: named_as,
            speaker_kind,
            role: row.get(11)?,
            confidence: row.get(12)?,
            method: named(row, 13)?,
            unknown_reason: named(row, 14)?,
            relayed_by: row.get(15)?,
            runners_up: runners_up.into_iter().map(|(name, _, _, confidence)| (name, confidence)).collect(),
            printed,
        })
    }

    /// The person's name, the speaker's own and its kind. Most are met again and again.
    fn named(&self, speaker: i64) -> rusqlite::Result<Named> {
        if let Some(known) = self.speakers.borrow().get(&speaker) {
            return Ok(known.clone());
        }
        let found = self
            .connection
            .prepare_cached(
                "SELECT m.name || coalesce(' (' || m.qualifier || ')', ''), iif(m.id = s.id AND m.qualifier IS NULL, NULL, s.name), s.kind
                   FROM speaker AS s JOIN speaker AS m ON m.id = s.person WHERE s.id = ?1",
            )?
            .query_row([speaker], |row| {
                let person: Arc<str> = row.get(0)?;
                let own: Option<Arc<str>> = row.get(1)?;
                let own = own.unwrap_or_else(|| Arc::clone(&person));
                Ok((Some(person), Some(own), named(row, 2)?))
            })?;
        let mut speakers = self.speakers.borrow_mut();
        if speakers.len() >= SPEAKERS {
            speakers.clear();
        }
        speakers.insert(speaker, found.clone());
        Ok(found)
    }

    /// In how many articles of a story a statement stands.
    fn printed(&self, story: i64, same_words: i64) -> rusqlite::Result<u32> {
        self.connection
            .prepare_cached(
                "SELECT count(DISTINCT a.id) FROM article AS a
                   JOIN article_version AS v ON v.article = a.id AND v.is_current = 1
                   JOIN quote AS q ON q.version = v.id
                  WHERE a.story = ?1 AND q.same_words = ?2 AND q.type <> 'scare' AND q.state <> 'rejected'",
            )?
            .query_row([story, same_words], |row| row.get(0))
    }
}

/// So many names are remembered at most.
const SPEAKERS: usize = 50_000;

/// Reads a column that holds a list as JSON; NULL is an empty one.
fn listed<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<T>> {
    let Some(list) = row.get_ref(column)?.as_str_or_null()? else { return Ok(Vec::new()) };
    serde_json::from_str(list).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
    })
}
