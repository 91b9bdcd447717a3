//! How an article changed: its particulars, and which of its quotes came, went or were changed.

pub mod changes;

use crate::error::Result;
use crate::named::named;
use crate::query::Reader;
use crate::query::articles::ArticleId;
use crate::query::history::changes::{Change, Quote, changes};
use rusqlite::Row;

named! {
/// What changed.
What {
    /// The article as it was read first.
    Article = "article",
    Title = "title",
    Byline = "byline",
    Outlet = "outlet",
    Published = "published",
    Language = "language",
    Url = "url",
    Text = "text",
    Quote = "quote",
    /// Who said a quote.
    Speaker = "speaker",
    /// How a quote is put: «denied».
    Cue = "cue",
}
}

named! {
/// How it changed.
How {
    Came = "came",
    Went = "went",
    Changed = "changed",
}
}

/// One change from a version to the next.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HistoryRow {
    /// The version that has the change, from 1.
    pub version: u32,
    /// When that version was read, UTC.
    pub read: String,
    pub what: What,
    pub how: How,
    /// The quote that it is about, in its newest words, and who says it.
    pub quote: Option<String>,
    pub speaker: Option<String>,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// One version as far as changes are told of it.
struct Version {
    id: i64,
    number: u32,
    read: String,
    particulars: Vec<Option<String>>,
    text: String,
}

/// What [`Version::particulars`] holds, in their order.
const PARTICULARS: [What; 6] =
    [What::Title, What::Byline, What::Outlet, What::Published, What::Language, What::Url];

impl Reader {
    /// Lists what changed from each version of an article to the next, beginning with the first.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be read, and what `each` returns.
    pub fn history(&self, article: ArticleId, mut each: impl FnMut(HistoryRow) -> Result<()>) -> Result<u64> {
        let failed = |error| self.failed(error);
        let mut statement = self.connection.prepare(VERSIONS).map_err(failed)?;
        let mut rows = statement.query([article.0]).map_err(failed)?;
        let mut last: Option<(Version, Vec<Quote>)> = None;
        let mut count = 0;
        while let Some(row) = rows.next().map_err(failed)? {
            let version = version(row).map_err(failed)?;
            let quotes = self.quotes_in(version.id).map_err(failed)?;
            let changed = match &last {
                None => vec![first(&version, quotes.len())],
                Some((old, before)) => between((old, before), (&version, &quotes)),
            };
            count += changed.len() as u64;
            changed.into_iter().try_for_each(&mut each)?;
            last = Some((version, quotes));
        }
        Ok(count)
    }

    fn quotes_in(&self, version: i64) -> rusqlite::Result<Vec<Quote>> {
        self.connection
            .prepare_cached(
                "SELECT q.public_id, q.text, s.name, q.cue FROM quote AS q LEFT JOIN speaker AS s ON s.id = q.speaker
                  WHERE q.version = ?1 AND q.type <> 'scare' AND q.state <> 'rejected' ORDER BY q.position",
            )?
            .query_map([version], |row| {
                Ok(Quote { id: row.get(0)?, words: row.get(1)?, speaker: row.get(2)?, cue: row.get(3)? })
            })?
            .collect()
    }
}

const VERSIONS: &str = "\
    SELECT id, number, ingested, title, byline, outlet, published, language, url, text
      FROM article_version WHERE article = ?1 ORDER BY number";

fn version(row: &Row<'_>) -> rusqlite::Result<Version> {
    Ok(Version {
        id: row.get(0)?,
        number: row.get(1)?,
        read: row.get(2)?,
        particulars: (3..9).map(|column| row.get(column)).collect::<rusqlite::Result<_>>()?,
        text: row.get(9)?,
    })
}

impl Version {
    fn row(&self, what: What, how: How) -> HistoryRow {
        let (version, read) = (self.number, self.read.clone());
        HistoryRow { version, read, what, how, quote: None, speaker: None, before: None, after: None }
    }
}

fn first(version: &Version, quotes: usize) -> HistoryRow {
    let after = Some(format!("{quotes} quotes"));
    HistoryRow { after, ..version.row(What::Article, How::Came) }
}

fn between((old, before): (&Version, &[Quote]), (new, after): (&Version, &[Quote])) -> Vec<HistoryRow> {
    let mut rows = Vec::new();
    for ((what, before), after) in PARTICULARS.into_iter().zip(&old.particulars).zip(&new.particulars) {
        let how = match (before, after) {
            _ if before == after => continue,
            (None, _) => How::Came,
            (_, None) => How::Went,
            _ => How::Changed,
        };
        rows.push(HistoryRow { before: before.clone(), after: after.clone(), ..new.row(what, how) });
    }
    if old.text != new.text {
        let words = |text: &str| Some(format!("{} words", text.split_whitespace().count()));
        let (before, after) = (words(&old.text), words(&new.text));
        rows.push(HistoryRow { before, after, ..new.row(What::Text, How::Changed) });
    }
    rows.extend(changes(before, after).into_iter().map(|change| told(new, change)));
    rows
}

fn told(version: &Version, change: Change<'_>) -> HistoryRow {
    let words = |quote: &Quote| Some(quote.words.clone());
    match change {
        Change::Came(quote) => HistoryRow {
            quote: words(quote),
            speaker: quote.speaker.clone(),
            after: words(quote),
            ..version.row(What::Quote, How::Came)
        },
        Change::Went(quote) => HistoryRow {
            quote: words(quote),
            speaker: quote.speaker.clone(),
            before: words(quote),
            ..version.row(What::Quote, How::Went)
        },
        Change::Reworded(old, new) => HistoryRow {
            quote: words(new),
            speaker: new.speaker.clone(),
            before: words(old),
            after: words(new),
            ..version.row(What::Quote, How::Changed)
        },
        Change::Reassigned(old, new) => HistoryRow {
            quote: words(new),
            speaker: new.speaker.clone(),
            before: old.speaker.clone(),
            after: new.speaker.clone(),
            ..version.row(What::Speaker, How::Changed)
        },
        Change::Recast(old, new) => HistoryRow {
            quote: words(new),
            speaker: new.speaker.clone(),
            before: old.cue.clone(),
            after: new.cue.clone(),
            ..version.row(What::Cue, How::Changed)
        },
    }
}
