//! The statements that nobody has looked at, the most doubtful first.

use crate::error::Result;
use crate::query::Reader;
use crate::query::quotes::{QuoteFilter, QuoteRow, of_articles, of_quotes};

/// A statement's place in the order of doubt: what is less sure comes first.
#[derive(Clone, PartialEq, PartialOrd, Debug)]
pub struct Doubt {
    /// The key of the article and the public id of the quote.
    pub article: String,
    pub quote: String,
    /// How sure the program is.
    pub confidence: f64,
    row: (i64, i64),
}

impl Reader {
    /// The statements of today that a filter lets through, by rising confidence; of equally sure ones, those without a
    /// speaker first, then by date, article and place.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be read.
    pub fn doubts(&self, filter: &QuoteFilter) -> Result<Vec<Doubt>> {
        let filter = &self.under_all_names(filter)?;
        let mut conditions = of_quotes(filter).and(of_articles(filter));
        let select = "SELECT a.key, q.public_id, coalesce(q.confidence, 0.0), v.id, q.id
                        FROM quote AS q CROSS JOIN article_version AS v ON v.id = q.version AND v.is_current = 1
                       CROSS JOIN article AS a ON a.id = v.article";
        let order = "coalesce(q.confidence, 0.0), q.speaker IS NOT NULL, coalesce(v.published, '~'), a.key, q.position";
        let sql = conditions.sql(select, order, filter.limit);
        let mut doubts = Vec::new();
        self.rows(
            &sql,
            &conditions,
            |row| {
                let ids = (row.get(3)?, row.get(4)?);
                Ok(Doubt { article: row.get(0)?, quote: row.get(1)?, confidence: row.get(2)?, row: ids })
            },
            |doubt| {
                doubts.push(doubt);
                Ok(())
            },
        )?;
        Ok(doubts)
    }

    /// The statement that a doubt is about, and the text of its article; `None` when it has gone since.
    ///
    /// # Errors
    /// As [`Reader::doubts`].
    pub fn doubted(&self, doubt: &Doubt) -> Result<Option<(QuoteRow, String)>> {
        let Some(quote) = self.quote_by_row(doubt.row.0, doubt.row.1)? else { return Ok(None) };
        let sql = "SELECT text FROM article_version WHERE id = ?1";
        let text = self.connection.query_row(sql, [doubt.row.0], |row| row.get(0));
        Ok(Some((quote, text.map_err(|error| self.failed(error))?)))
    }
}
