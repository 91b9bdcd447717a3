//! One quote as a row: read, changed, and put back as the machine had it.

use crate::copies::same_words;
use crate::model::{QuoteKind, QuoteState};
use crate::span::Span;
use crate::store::corrections::log::{json, nonsense};
use crate::store::corrections::version::Version;
use crate::store::statements::{BREAK, RowId};
use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Connection, Row as Columns, params};

/// A quote as far as corrections see it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Quote {
    pub id: i64,
    pub kind: QuoteKind,
    pub state: QuoteState,
    pub parts: Vec<Span>,
    pub speaker: Option<i64>,
}

/// The quotes of a version, in their order.
pub fn of_version(connection: &Connection, version: i64) -> rusqlite::Result<Vec<Quote>> {
    connection
        .prepare_cached(&format!("{COLUMNS} WHERE version = ?1 ORDER BY position"))?
        .query_map([version], read)?
        .collect()
}

pub fn get(connection: &Connection, quote: i64) -> rusqlite::Result<Quote> {
    connection.prepare_cached(&format!("{COLUMNS} WHERE id = ?1"))?.query_row([quote], read)
}

const COLUMNS: &str = "SELECT id, type, state, parts, speaker FROM quote";

fn read(row: &Columns<'_>) -> rusqlite::Result<Quote> {
    let wrong = |error| {
        rusqlite::Error::FromSqlConversionFailure(1, Type::Text, Box::new(FromSqlError::other(error)))
    };
    let kind = row.get_ref(1)?.as_str()?.parse().map_err(wrong)?;
    let state = row.get_ref(2)?.as_str()?.parse().map_err(wrong)?;
    Ok(Quote { id: row.get(0)?, kind, state, parts: spans(row.get_ref(3)?.as_str()?)?, speaker: row.get(4)? })
}

/// Reads parts as the schema has them.
pub fn spans(list: &str) -> rusqlite::Result<Vec<Span>> {
    let parts: Vec<[u32; 2]> = serde_json::from_str(list).map_err(nonsense)?;
    let whole = parts.into_iter().filter(|[start, end]| start <= end);
    Ok(whole.map(|[start, end]| Span::new(start, end)).collect())
}

/// Writes parts as the schema has them.
pub fn listed(parts: &[Span]) -> String {
    json(&parts.iter().map(|part| [part.start(), part.end()]).collect::<Vec<_>>())
}

/// Notes what the machine found, before the first correction.
pub fn keep_machine(connection: &Connection, quote: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO corrected (quote, speaker, machine)
             SELECT id, speaker, json_object(
                    'public_id', public_id, 'type', type, 'text', text, 'parts', parts, 'same_words', same_words,
                    'closed', closed, 'cue', cue, 'cue_start', cue_start, 'cue_end', cue_end, 'cue_lemma', cue_lemma,
                    'cue_class', cue_class, 'source', source, 'source_start', source_start, 'source_end', source_end,
                    'source_kind', source_kind, 'unknown_reason', unknown_reason, 'method', method,
                    'confidence', confidence)
               FROM quote WHERE id = ?1 ON CONFLICT DO NOTHING",
        )?
        .execute([quote])
        .map(drop)
}

/// Puts a quote back as the machine found it; one that a person added becomes nobody's words.
pub fn restore(connection: &Connection, version: &Version, quote: i64) -> rusqlite::Result<()> {
    let machine: Option<String> = connection
        .prepare_cached("SELECT machine ->> 'public_id' FROM corrected WHERE quote = ?1")?
        .query_row([quote], |row| row.get(0))?;
    let Some(public_id) = machine else {
        return set_speaker(connection, quote, None, None);
    };
    make_room(connection, version, quote, &public_id)?;
    connection
        .prepare_cached(
            "UPDATE quote SET state = 'machine', speaker = c.speaker,
                    public_id = c.machine ->> 'public_id', type = c.machine ->> 'type', text = c.machine ->> 'text',
                    parts = c.machine ->> 'parts', same_words = c.machine ->> 'same_words',
                    closed = c.machine ->> 'closed', cue = c.machine ->> 'cue',
                    cue_start = c.machine ->> 'cue_start', cue_end = c.machine ->> 'cue_end',
                    cue_lemma = c.machine ->> 'cue_lemma', cue_class = c.machine ->> 'cue_class',
                    source = c.machine ->> 'source', source_start = c.machine ->> 'source_start',
                    source_end = c.machine ->> 'source_end', source_kind = c.machine ->> 'source_kind',
                    unknown_reason = c.machine ->> 'unknown_reason', method = c.machine ->> 'method',
                    confidence = c.machine ->> 'confidence'
               FROM corrected AS c WHERE c.quote = ?1 AND id = ?1",
        )?
        .execute([quote])
        .map(drop)
}

/// Gives another id to whichever quote of the version took the one that this quote is to have again.
fn make_room(connection: &Connection, version: &Version, quote: i64, id: &str) -> rusqlite::Result<()> {
    let others: Vec<i64> = connection
        .prepare_cached("SELECT id FROM quote WHERE version = ?1 AND public_id = ?2 AND id <> ?3")?
        .query_map(params![version.id, id, quote], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for other in others {
        let parts = get(connection, other)?.parts;
        let mut update = connection.prepare_cached("UPDATE quote SET public_id = ?2 WHERE id = ?1")?;
        // Not yet this quote's again: only then does the other see it taken.
        update.execute(params![quote, id])?;
        update.execute(params![other, version.quote_id(connection, other, &parts)?])?;
    }
    Ok(())
}

/// Adds a quote that a person says is there, behind the others of its version.
pub fn insert(
    connection: &Connection,
    version: &Version,
    parts: &[Span],
    kind: QuoteKind,
) -> rusqlite::Result<i64> {
    let id = RowId::free(connection)?.number();
    let words = version.parts(parts).join(BREAK);
    connection
        .prepare_cached(
            "INSERT INTO quote (id, version, public_id, position, type, text, parts, same_words, published, closed,
                                unknown_reason, method, state)
             SELECT ?1, ?2, ?3, coalesce(max(position), 0) + 1, ?4, ?5, ?6, ?7, ?8, 1, 'no_source', 'person', 'reviewed'
               FROM quote WHERE version = ?2",
        )?
        .execute(params![
            id,
            version.id,
            version.quote_id(connection, id, parts)?,
            kind.as_str(),
            words,
            listed(parts),
            same_words(&words).cast_signed(),
            version.published,
        ])?;
    connection
        .prepare_cached("INSERT INTO quote_words (rowid, text) VALUES (?1, ?2)")?
        .execute(params![id, words])?;
    connection.prepare_cached("INSERT INTO corrected (quote) VALUES (?1)")?.execute([id])?;
    Ok(id)
}

pub fn set_state(connection: &Connection, quote: i64, state: QuoteState) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE quote SET state = ?2 WHERE id = ?1")?
        .execute(params![quote, state.as_str()])
        .map(drop)
}

/// Gives a quote its type. As soon as it is a statement, it has to say why nobody is named.
pub fn set_kind(connection: &Connection, quote: i64, kind: QuoteKind) -> rusqlite::Result<()> {
    let sql = if kind == QuoteKind::Scare {
        "UPDATE quote SET type = ?2, speaker = NULL, source = NULL, source_start = NULL, source_end = NULL,
                source_kind = NULL, cue = NULL, cue_start = NULL, cue_end = NULL, cue_lemma = NULL, cue_class = NULL,
                method = NULL, confidence = NULL, unknown_reason = NULL WHERE id = ?1"
    } else {
        "UPDATE quote SET type = ?2, method = coalesce(method, 'person'),
                unknown_reason = iif(speaker IS NULL AND source IS NULL, coalesce(unknown_reason, 'no_source'),
                                     unknown_reason) WHERE id = ?1"
    };
    connection.prepare_cached(sql)?.execute(params![quote, kind.as_str()]).map(drop)
}

/// Puts a quote elsewhere. A cue and a source that are now a part of its words are none any more.
pub fn set_parts(
    connection: &Connection,
    version: &Version,
    quote: i64,
    parts: &[Span],
) -> rusqlite::Result<()> {
    let words = version.parts(parts).join(BREAK);
    let id = version.quote_id(connection, quote, parts)?;
    connection
        .prepare_cached(
            "UPDATE quote SET text = ?2, parts = ?3, same_words = ?4, public_id = ?5, closed = 1 WHERE id = ?1",
        )?
        .execute(params![quote, words, listed(parts), same_words(&words).cast_signed(), id])?;
    for part in parts {
        let place = params![quote, part.start(), part.end()];
        connection
            .prepare_cached(
                "UPDATE quote SET cue = NULL, cue_start = NULL, cue_end = NULL, cue_lemma = NULL, cue_class = NULL
                  WHERE id = ?1 AND cue_start < ?3 AND cue_end > ?2",
            )?
            .execute(place)?;
        connection
            .prepare_cached(
                "UPDATE quote SET source = NULL, source_start = NULL, source_end = NULL, source_kind = NULL,
                        method = 'person', unknown_reason = iif(speaker IS NULL, 'no_source', NULL)
                  WHERE id = ?1 AND source_start < ?3 AND source_end > ?2",
            )?
            .execute(place)?;
    }
    Ok(())
}

/// The mention of a speaker: its place, and what kind of mention it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    pub words: String,
    pub span: Span,
    pub kind: String,
}

/// Says who a quote is from, on a person's word; `None`: the article names nobody.
pub fn set_speaker(
    connection: &Connection,
    quote: i64,
    speaker: Option<i64>,
    source: Option<&Source>,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE quote SET speaker = ?2, source = ?3, source_start = ?4, source_end = ?5, source_kind = ?6,
                    unknown_reason = iif(?2 IS NULL, 'no_source', NULL), method = 'person', confidence = NULL
              WHERE id = ?1",
        )?
        .execute(params![
            quote,
            speaker,
            source.map(|source| &source.words),
            source.map(|source| source.span.start()),
            source.map(|source| source.span.end()),
            source.map(|source| &source.kind),
        ])
        .map(drop)
}
