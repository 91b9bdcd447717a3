//! The article version that corrections are put upon.

use crate::record::{identifying, quote_id};
use crate::span::Span;
use rusqlite::{Connection, OptionalExtension, params};
use std::ops::Range;

/// An article as it stands now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Version {
    pub id: i64,
    pub key: String,
    pub hash: Vec<u8>,
    pub published: Option<String>,
    pub text: String,
}

impl Version {
    /// The current version of the article of that key.
    pub fn current(connection: &Connection, key: &str) -> rusqlite::Result<Option<Self>> {
        let sql =
            "SELECT v.id FROM article AS a JOIN article_version AS v ON v.article = a.id AND v.is_current = 1
                    WHERE a.key = ?1";
        let id = connection.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional()?;
        id.map(|id| Self::get(connection, id)).transpose()
    }

    /// A version by its row id.
    pub fn get(connection: &Connection, id: i64) -> rusqlite::Result<Self> {
        connection
            .prepare_cached(
                "SELECT a.key, v.hash, v.published, v.text
                   FROM article_version AS v JOIN article AS a ON a.id = v.article WHERE v.id = ?1",
            )?
            .query_row([id], |row| {
                let (key, hash) = (row.get(0)?, row.get(1)?);
                Ok(Self { id, key, hash, published: row.get(2)?, text: row.get(3)? })
            })
    }

    /// Whether the article once stood under that hash with the very same text.
    pub fn had_text_of(&self, connection: &Connection, hash: &[u8]) -> rusqlite::Result<bool> {
        if self.hash == hash {
            return Ok(true);
        }
        connection
            .prepare_cached(
                "SELECT 1 FROM article_version AS o JOIN article_version AS v ON v.article = o.article
                  WHERE v.id = ?1 AND o.hash = ?2 AND o.text = ?3",
            )?
            .exists(params![self.id, hash, self.text])
    }

    /// The words at some parts.
    pub fn parts(&self, parts: &[Span]) -> Vec<&str> {
        parts.iter().map(|part| self.text.get(part.range()).unwrap_or_default()).collect()
    }

    /// The text from `around` bytes before some parts to as many behind them.
    pub fn window(&self, parts: &[Span], around: usize) -> Range<usize> {
        let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return 0..self.text.len() };
        let is_bound = |at: &usize| self.text.is_char_boundary(*at);
        let start = first.range().start.saturating_sub(around);
        let end = last.range().end.saturating_add(around).min(self.text.len());
        let start = (0..=start).rev().find(is_bound).unwrap_or(0);
        start..(end..=self.text.len()).find(is_bound).unwrap_or(self.text.len()).max(start)
    }

    /// The id of the statement at some parts: the first of those that these words can have which no other quote of the
    /// version has.
    pub fn quote_id(&self, connection: &Connection, quote: i64, parts: &[Span]) -> rusqlite::Result<String> {
        let words = identifying(self.parts(parts).into_iter());
        let mut taken = connection
            .prepare_cached("SELECT 1 FROM quote WHERE version = ?1 AND public_id = ?2 AND id <> ?3")?;
        let mut before = 0;
        loop {
            let id = quote_id(&self.key, &words, before);
            if !taken.exists(params![self.id, id, quote])? {
                return Ok(id);
            }
            before += 1;
        }
    }
}
