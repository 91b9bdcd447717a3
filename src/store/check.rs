//! Proves that a database keeps its promise: every stored word stands in the stored article.

use crate::store::hash::of_fields;
use crate::store::statements::BREAK;
use rusqlite::{Connection, Row};
use std::ops::Range;

/// Looks for quotes, cues and sources that differ from the words at their place, for texts that
/// differ from their hash, and for what SQLite itself finds broken; one line a finding.
///
/// Reads the whole file and needs to write to none of its tables, but the connection must be open
/// for writing, as the check of the full-text index is put as an insertion.
pub fn check(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut findings = texts(connection)?;
    findings.extend(lines(connection, "PRAGMA integrity_check")?.into_iter().filter(|line| line != "ok"));
    findings
        .extend(lines(connection, "SELECT \"table\" || ': broken reference' FROM pragma_foreign_key_check")?);
    connection.execute("INSERT INTO quote_words (quote_words, rank) VALUES ('integrity-check', 1)", [])?;
    Ok(findings)
}

fn lines(connection: &Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
}

fn texts(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut versions = connection.prepare(
        "SELECT url, title, outlet, byline, published, language, extra, text, hash, id FROM article_version",
    )?;
    let mut rows = versions.query([])?;
    let mut findings = Vec::new();
    while let Some(row) = rows.next()? {
        let version: i64 = row.get(9)?;
        let text: String = row.get(7)?;
        if hashed(row)? != row.get::<_, String>(8)? {
            findings.push(format!("article version {version}: the text differs from its hash"));
        }
        quotes(connection, version, &text, &mut findings)?;
    }
    Ok(findings)
}

fn hashed(row: &Row<'_>) -> rusqlite::Result<String> {
    let fields: Vec<Option<String>> =
        (0..8).map(|column| row.get(column)).collect::<rusqlite::Result<_>>()?;
    Ok(of_fields(&fields.iter().map(Option::as_deref).collect::<Vec<_>>()))
}

fn quotes(
    connection: &Connection,
    version: i64,
    text: &str,
    findings: &mut Vec<String>,
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT id, text, cue, cue_start, cue_end, source, source_start, source_end
           FROM quote WHERE version = ?1",
    )?;
    let mut rows = statement.query([version])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let parts = parts(connection, id, text)?;
        if parts.as_deref() != Some(&row.get::<_, String>(1)?) {
            findings.push(format!("quote {id}: its words don't stand in its article"));
        }
        for (what, column) in [("cue", 2), ("source", 5)] {
            let words: Option<String> = row.get(column)?;
            let Some(words) = words else { continue };
            if text.get(range(row, column + 1)?) != Some(&words) {
                findings.push(format!("quote {id}: its {what} doesn't stand in its article"));
            }
        }
    }
    Ok(())
}

/// The words at the parts of a quote, or `None` when a part lies outside the text.
fn parts(connection: &Connection, quote: i64, text: &str) -> rusqlite::Result<Option<String>> {
    let mut statement = connection
        .prepare_cached("SELECT start_byte, end_byte FROM quote_part WHERE quote = ?1 ORDER BY number")?;
    let spans = statement.query_map([quote], |row| Ok(text.get(range(row, 0)?)))?;
    let words: Option<Vec<&str>> = spans.collect::<rusqlite::Result<_>>()?;
    Ok(words.map(|words| words.join(BREAK)))
}

/// The start and end at `column` and the next one.
fn range(row: &Row<'_>, column: usize) -> rusqlite::Result<Range<usize>> {
    let (start, end): (u32, u32) = (row.get(column)?, row.get(column + 1)?);
    Ok(start as usize..end as usize)
}
