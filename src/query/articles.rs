//! The articles in the database, and which one a typed word means.

use crate::error::Result;
use crate::lexicon::fold::fold;
use crate::query::Reader;
use crate::query::conditions::Conditions;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row};

/// Row id of an article: what `articles` lists and `show` takes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ArticleId(pub i64);

/// Which articles to list; undated ones are left out where a date is asked for.
#[derive(Clone, Debug, Default)]
pub struct ArticleFilter {
    /// Whole words of the outlet's name.
    pub outlet: Option<String>,
    pub since: Option<Date>,
    pub until: Option<Date>,
    pub limit: Option<u64>,
}

/// An article in its current version.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ArticleRow {
    pub id: ArticleId,
    pub key: String,
    /// ISO 8601 date.
    pub published: Option<String>,
    pub outlet: Option<String>,
    pub title: Option<String>,
    pub byline: Option<String>,
    pub language: Option<String>,
    pub url: Option<String>,
    /// Statements, without scare quotes.
    pub quotes: i64,
    /// How many versions there are; this is the last.
    pub versions: i64,
    /// How many articles tell the same story in nearly the same words, this one included.
    pub copies: i64,
    /// When the first and the current version were written, UTC.
    pub first_seen: String,
    pub ingested: String,
}

/// What a typed word means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    Nothing,
    One(Box<ArticleRow>),
    Several(Vec<ArticleRow>),
}

impl Reader {
    /// Lists articles by date, undated ones last, then by key.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be read, and what `each` returns.
    pub fn articles(
        &self,
        filter: &ArticleFilter,
        each: impl FnMut(ArticleRow) -> Result<()>,
    ) -> Result<u64> {
        let mut conditions = Conditions::default();
        conditions.with("has_words(outlet, ?)", filter.outlet.as_deref().map(fold));
        conditions.with("published >= ?", filter.since.map(|date| date.to_string()));
        conditions.with("published <= ?", filter.until.map(|date| date.to_string()));
        let order = "coalesce(published, '~'), article";
        let sql = conditions.sql("SELECT * FROM article_view", order, filter.limit);
        self.rows(&sql, &conditions, article, each)
    }

    /// Finds the article that `typed` means: an id, a key, or a part of a key or title that stands
    /// in one article only. Case and accents make no difference in parts.
    ///
    /// # Errors
    /// As [`Reader::articles`].
    pub fn find_article(&self, typed: &str) -> Result<Found> {
        if let Some(row) = self.exact_article(typed).map_err(|error| self.failed(error))? {
            return Ok(Found::One(Box::new(row)));
        }
        let wanted = fold(typed);
        let mut rows = Vec::new();
        self.articles(&ArticleFilter::default(), |row| {
            let title = row.title.as_deref().unwrap_or_default();
            if row.key.contains(typed) || fold(&row.key).contains(&wanted) || fold(title).contains(&wanted) {
                rows.push(row);
            }
            Ok(())
        })?;
        Ok(match rows.len() {
            _ if wanted.is_empty() => Found::Nothing,
            0 => Found::Nothing,
            1 => Found::One(Box::new(rows.remove(0))),
            _ => Found::Several(rows),
        })
    }

    fn exact_article(&self, typed: &str) -> rusqlite::Result<Option<ArticleRow>> {
        let id: Option<i64> = typed.parse().ok();
        self.connection
            .query_row(
                "SELECT * FROM article_view WHERE article = ?1 OR id = ?2 ORDER BY article = ?1 DESC LIMIT 1",
                (typed, id),
                article,
            )
            .optional()
    }

    /// The text of an article's current version.
    ///
    /// # Errors
    /// As [`Reader::articles`].
    pub fn article_text(&self, ArticleId(id): ArticleId) -> Result<String> {
        let sql = "SELECT text FROM article_version WHERE article = ?1 AND is_current = 1";
        self.connection.query_row(sql, [id], |row| row.get(0)).map_err(|error| self.failed(error))
    }
}

fn article(row: &Row<'_>) -> rusqlite::Result<ArticleRow> {
    Ok(ArticleRow {
        id: ArticleId(row.get("id")?),
        key: row.get("article")?,
        published: row.get("published")?,
        outlet: row.get("outlet")?,
        title: row.get("title")?,
        byline: row.get("byline")?,
        language: row.get("language")?,
        url: row.get("url")?,
        quotes: row.get("quotes")?,
        versions: row.get("versions")?,
        first_seen: row.get("first_seen")?,
        ingested: row.get("ingested")?,
        copies: row.get("copies")?,
    })
}
