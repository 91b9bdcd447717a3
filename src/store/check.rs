//! Proves that a database keeps its promises: every stored word stands in the stored article, and what is kept
//! twice for speed is the same in both places.

use crate::copies::{Sketch, same_words};
use crate::store::claim_check::{self, CLAIM_RULES, WORK_RULES};
use crate::store::hash::{Hash, of_fields};
use crate::store::statements::BREAK;
use rusqlite::{Connection, ErrorCode, Row};
use std::ops::Range;

/// What a look through a whole file told beside its findings.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Checked {
    /// Findings that rebuilding the claims mends.
    pub claims: u64,
    /// Statements that aren't among the claims because these were left for later: no damage.
    pub left_out: u64,
}

/// Looks for quotes, cues and sources that differ from the words at their place, for texts that differ from their
/// hash, for indexes out of step, and for what SQLite itself finds broken; gives each finding, a line of text, to
/// `found`, and the number of article versions looked at so far to `seen`.
///
/// Reads the whole file and needs to write to none of its tables, but the connection must be open for writing, as
/// the check of the full-text index is put as an insertion. Holds one article at a time.
///
/// # Errors
/// When the file can't be read on.
pub fn check(
    connection: &Connection,
    mut seen: impl FnMut(u64),
    mut found: impl FnMut(String),
) -> rusqlite::Result<Checked> {
    lines(connection, "PRAGMA integrity_check(100)", &mut |line| {
        if line != "ok" {
            found(line);
        }
    })?;
    lines(connection, BROKEN_REFERENCES, &mut found)?;
    for (what, sql) in RULES.iter().chain(WORK_RULES) {
        lines(connection, sql, &mut |line| found(format!("{line}: {what}")))?;
    }
    match connection.execute(WORDS_IN_STEP, []) {
        Err(error) if error.sqlite_error_code() != Some(ErrorCode::DatabaseCorrupt) => return Err(error),
        Err(_) => found("the full-text index is out of step with the quotes".to_owned()),
        Ok(_) => {}
    }
    let checked = claims(connection, &mut found)?;
    claim_check::reviews(connection, &mut found)?;
    versions(connection, &mut seen, &mut found)?;
    Ok(checked)
}

/// Looks at the claims, and counts what it finds.
fn claims(connection: &Connection, found: &mut dyn FnMut(String)) -> rusqlite::Result<Checked> {
    let mut claims = 0;
    let mut count = |finding| {
        claims += 1;
        found(finding);
    };
    for (what, sql) in CLAIM_RULES {
        lines(connection, sql, &mut |line| count(format!("{line}: {what}")))?;
    }
    let left_out = claim_check::claims(connection, &mut count)?;
    Ok(Checked { claims, left_out })
}

const BROKEN_REFERENCES: &str = "\
    SELECT \"table\" || ' ' || coalesce(rowid, '') || ': a broken reference to ' || parent
      FROM pragma_foreign_key_check";

const WORDS_IN_STEP: &str = "INSERT INTO quote_words (quote_words, rank) VALUES ('integrity-check', 1)";

/// What is never so, and the rows where it is.
const RULES: &[(&str, &str)] = &[
    (
        "it has no current version",
        "SELECT 'article ' || a.id FROM article AS a WHERE NOT EXISTS
           (SELECT 1 FROM article_version AS v WHERE v.article = a.id AND v.is_current = 1)",
    ),
    (
        "its current version is not its last",
        "SELECT 'article ' || v.article FROM article_version AS v WHERE v.is_current = 1
            AND v.number <> (SELECT max(number) FROM article_version AS o WHERE o.article = v.article)",
    ),
    (
        "its quotes have another date",
        "SELECT DISTINCT 'article version ' || v.id FROM article_version AS v
           JOIN quote AS q ON q.version = v.id WHERE q.published IS NOT v.published",
    ),
    (
        "it is not listed with the statements of today, or wrongly",
        "SELECT 'quote ' || q.id FROM quote AS q JOIN article_version AS v ON v.id = q.version
           LEFT JOIN statement_day AS d ON d.block = q.id / 2000
          WHERE coalesce(hex(substr(d.days, q.id % 2000 * 4 + 1, 4)), '00000000') <> printf('%08X',
                CASE WHEN v.is_current = 0 OR q.type = 'scare' OR q.state = 'rejected' THEN 0 WHEN v.published IS NULL THEN 0x7fffffff
                     ELSE CAST(replace(v.published, '-', '') AS INTEGER) END)",
    ),
    (
        "two of its quotes have one id",
        "SELECT DISTINCT 'article version ' || version FROM quote GROUP BY version, public_id HAVING count(*) > 1",
    ),
    ("nobody else tells its story", "SELECT 'article ' || min(id) FROM article WHERE story IS NOT NULL
          GROUP BY story HAVING count(*) = 1 OR min(id) <> story"),
    (
        "the speaker said nothing that is kept",
        "SELECT 'speaker ' || s.id FROM speaker AS s WHERE NOT EXISTS (SELECT 1 FROM quote AS q WHERE q.speaker = s.id)
            AND NOT EXISTS (SELECT 1 FROM corrected AS c WHERE c.speaker = s.id)
            AND NOT EXISTS (SELECT 1 FROM speaker AS o WHERE o.person = s.id AND o.id <> s.id)",
    ),
    (
        "it is not the person that people said",
        "SELECT 'speaker ' || s.id FROM speaker AS s JOIN speaker AS p ON p.id = s.person
          WHERE p.person <> p.id OR (s.person <> s.id) <> EXISTS (SELECT 1 FROM name_rule AS r
           WHERE r.folded = s.folded AND r.kind = s.kind AND r.qualifier = coalesce(s.qualifier, ''))",
    ),
    (
        "it is reviewed or rejected without a correction, or was corrected and is not",
        "SELECT 'quote ' || q.id FROM quote AS q WHERE (q.state <> 'machine') <> EXISTS
           (SELECT 1 FROM corrected AS c JOIN correction_quote AS k ON k.quote = c.quote WHERE c.quote = q.id)",
    ),
    (
        "a correction that was undone stands on it",
        "SELECT 'quote ' || k.quote FROM correction_quote AS k JOIN correction AS c ON c.id = k.correction
          WHERE c.status = 'undone'",
    ),
    (
        "the speaker doesn't appear in the article version",
        "SELECT 'quote ' || q.id FROM quote AS q WHERE q.speaker IS NOT NULL AND NOT EXISTS
           (SELECT 1 FROM appearance AS p WHERE p.version = q.version AND p.speaker = q.speaker)",
    ),
    (
        "its other names are counted wrongly",
        "WITH printed AS (SELECT p.speaker, e.value AS alias, count(*) AS printed
                            FROM appearance AS p, json_each(p.aliases) AS e GROUP BY 1, 2)
         SELECT DISTINCT 'speaker ' || speaker FROM (
             SELECT * FROM (SELECT * FROM printed EXCEPT SELECT speaker, alias, printed FROM speaker_alias)
             UNION SELECT * FROM (SELECT speaker, alias, printed FROM speaker_alias EXCEPT SELECT * FROM printed))",
    ),
    (
        "it can't be found by its name",
        "SELECT 'speaker ' || s.id FROM speaker AS s
          WHERE NOT EXISTS (SELECT 1 FROM speaker_word AS w WHERE w.speaker = s.id) AND s.folded GLOB '*[^ ]*'",
    ),
];

fn lines(connection: &Connection, sql: &str, found: &mut dyn FnMut(String)) -> rusqlite::Result<()> {
    let mut statement = connection.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        found(row.get(0)?);
    }
    Ok(())
}

fn versions(
    connection: &Connection,
    seen: &mut dyn FnMut(u64),
    found: &mut dyn FnMut(String),
) -> rusqlite::Result<()> {
    let mut versions = connection.prepare(
        "SELECT url, title, outlet, byline, published, language, extra, text, hash, id, sketch FROM article_version",
    )?;
    let mut rows = versions.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let version: i64 = row.get(9)?;
        let text: String = row.get(7)?;
        if hashed(row)?[..] != row.get::<_, Vec<u8>>(8)? {
            found(format!("article version {version}: the text differs from its hash"));
        }
        sketches(connection, version, &text, row.get(10)?, found)?;
        quotes(connection, version, &text, found)?;
        count += 1;
        seen(count);
    }
    Ok(())
}

fn hashed(row: &Row<'_>) -> rusqlite::Result<Hash> {
    let fields: Vec<Option<String>> =
        (0..8).map(|column| row.get(column)).collect::<rusqlite::Result<_>>()?;
    Ok(of_fields(&fields.iter().map(Option::as_deref).collect::<Vec<_>>()))
}

fn sketches(
    connection: &Connection,
    version: i64,
    text: &str,
    kept: Option<Vec<u8>>,
    found: &mut dyn FnMut(String),
) -> rusqlite::Result<()> {
    let sketch = Sketch::new(text);
    let mut band = connection.prepare_cached("SELECT 1 FROM sketch_band WHERE band = ?1 AND version = ?2")?;
    let mut is_whole = kept == sketch.as_ref().map(Sketch::bytes);
    for part in sketch.iter().flat_map(Sketch::bands) {
        is_whole &= band.exists((part, version))?;
    }
    if !is_whole {
        found(format!("article version {version}: its sketch is not that of its text"));
    }
    Ok(())
}

fn quotes(
    connection: &Connection,
    version: i64,
    text: &str,
    found: &mut dyn FnMut(String),
) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT id, text, cue, cue_start, cue_end, source, source_start, source_end, parts, same_words
           FROM quote WHERE version = ?1",
    )?;
    let mut rows = statement.query([version])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        let words: String = row.get(1)?;
        if at(&row.get::<_, String>(8)?, text).as_ref() != Some(&words) {
            found(format!("quote {id}: its words don't stand in its article"));
        }
        if row.get::<_, i64>(9)? != same_words(&words).cast_signed() {
            found(format!("quote {id}: its hash is not that of its words"));
        }
        for (what, column) in [("cue", 2), ("source", 5)] {
            let words: Option<String> = row.get(column)?;
            let Some(words) = words else { continue };
            if text.get(range(row, column + 1)?) != Some(&words) {
                found(format!("quote {id}: its {what} doesn't stand in its article"));
            }
        }
    }
    Ok(())
}

/// The words at the parts of a quote, or `None` when they are no places of the text.
fn at(parts: &str, text: &str) -> Option<String> {
    let parts: Vec<[usize; 2]> = serde_json::from_str(parts).ok()?;
    let words: Option<Vec<&str>> = parts.iter().map(|&[start, end]| text.get(start..end)).collect();
    Some(words?.join(BREAK))
}

/// The start and end at `column` and the next one.
fn range(row: &Row<'_>, column: usize) -> rusqlite::Result<Range<usize>> {
    let (start, end): (u32, u32) = (row.get(column)?, row.get(column + 1)?);
    Ok(start as usize..end as usize)
}
