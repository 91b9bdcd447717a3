//! Articles with their quotes in the record format, as `train`, `eval` and `extract` know it.

use crate::error::Result;
use crate::query::Reader;
use crate::query::conditions::Conditions;
use crate::record::code_points::{CodePointIndex, CodePoints};
use crate::record::{Record, RecordQuote};
use crate::span::Span;
use rusqlite::Row;

/// Which articles to write as records.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Which {
    #[default]
    All,
    /// Those in which a person has looked at one statement at least.
    Reviewed,
}

impl Reader {
    /// Gives articles as they stand now as records, in the order of lists, their quotes in the order of the text, each
    /// with its state; rejected quotes are left out. Returns how many articles.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be read, and what `each` returns.
    pub fn records(&self, which: Which, mut each: impl FnMut(Record) -> Result<()>) -> Result<u64> {
        let mut conditions = Conditions::default();
        conditions.always("v.is_current = 1");
        if which == Which::Reviewed {
            conditions
                .always("EXISTS (SELECT 1 FROM quote AS q WHERE q.version = v.id AND q.state = 'reviewed')");
        }
        let select =
            "SELECT v.id, a.key, v.title, v.url, v.outlet, v.byline, v.published, v.language, v.text, v.extra
                        FROM article_version AS v JOIN article AS a ON a.id = v.article";
        let sql = conditions.sql(select, "coalesce(v.published, '~'), a.key", None);
        let read = |row: &Row<'_>| self.record(row);
        self.rows(&sql, &conditions, read, &mut each)
    }

    fn record(&self, row: &Row<'_>) -> rusqlite::Result<Record> {
        let extra: Option<String> = row.get(9)?;
        let text: String = row.get(8)?;
        let index = CodePointIndex::new(&text);
        let mut quotes: Vec<RecordQuote> = self
            .connection
            .prepare_cached(QUOTES)?
            .query_map([row.get::<_, i64>(0)?], |row| quote(row, &text, &index))?
            .collect::<rusqlite::Result<_>>()?;
        // Those that a person added come behind in the table.
        quotes.sort_by_key(|quote| quote.content.first().map_or(0, |part| part[0]));
        drop(index);
        Ok(Record {
            id: row.get(1)?,
            title: row.get(2)?,
            url: row.get(3)?,
            outlet: row.get(4)?,
            byline: row.get(5)?,
            published: row.get(6)?,
            language: row.get(7)?,
            text,
            quotes,
            sentences: None,
            extra: extra.and_then(|extra| serde_json::from_str(&extra).ok()).unwrap_or_default(),
        })
    }
}

const QUOTES: &str = "\
    SELECT q.public_id, q.type, q.parts, q.cue_start, q.cue_end, q.source_start, q.source_end, s.name, p.role,
           q.cue_lemma, q.cue_class, q.confidence, q.method, q.runners_up, q.unknown_reason, q.relayed_by, q.state
      FROM quote AS q
      LEFT JOIN speaker AS s ON s.id = q.speaker
      LEFT JOIN appearance AS p ON p.version = q.version AND p.speaker = q.speaker
     WHERE q.version = ?1 AND q.state <> 'rejected' ORDER BY q.position";

fn quote(row: &Row<'_>, text: &str, index: &CodePointIndex<'_>) -> rusqlite::Result<RecordQuote> {
    let range = |start: Option<u32>, end: Option<u32>| -> Vec<CodePoints> {
        let place = start.zip(end).filter(|(start, end)| start <= end);
        let span = place.map(|(start, end)| Span::new(start, end));
        // Anyone can change the file with other programs.
        span.filter(|span| text.get(span.range()).is_some())
            .map(|span| index.range(span))
            .into_iter()
            .collect()
    };
    let parts: String = row.get(2)?;
    let parts: Vec<[u32; 2]> = serde_json::from_str(&parts).unwrap_or_default();
    let runners_up: Option<String> = row.get(13)?;
    let runners_up: Vec<(String, u32, u32, f32)> =
        runners_up.and_then(|list| serde_json::from_str(&list).ok()).unwrap_or_default();
    let confidence: Option<f64> = row.get(11)?;
    Ok(RecordQuote {
        id: row.get(0)?,
        kind: row.get(1)?,
        content: parts.iter().flat_map(|&[start, end]| range(Some(start), Some(end))).collect(),
        cue: range(row.get(3)?, row.get(4)?),
        source: range(row.get(5)?, row.get(6)?),
        speaker: row.get(7)?,
        role: row.get(8)?,
        cue_lemma: row.get(9)?,
        cue_class: row.get(10)?,
        confidence: confidence.map(|confidence| confidence as f32),
        method: row.get(12)?,
        runners_up: runners_up.into_iter().map(|(name, _, _, share)| (name, share)).collect(),
        unknown_reason: row.get(14)?,
        relayed_by: row.get(15)?,
        state: row.get(16)?,
    })
}
