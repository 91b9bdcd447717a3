//! What corrections make of a quote: the machine's words with the corrections on top, in their order.

use crate::lexicon::fold::fold;
use crate::model::{CorrectionKind, EntityKind, QuoteKind, QuoteState};
use crate::span::Span;
use crate::store::corrections::log::{self, Correction, Says};
use crate::store::corrections::row::{self, listed, spans};
use crate::store::corrections::sources::source;
use crate::store::corrections::version::Version;
use crate::store::rules::{Who, qualifier};
use crate::store::{claims, days, people};
use rusqlite::{Connection, OptionalExtension, params};
use std::collections::BTreeSet;

/// Lets a correction stand on a quote, at other parts if there are any.
pub fn stand(
    connection: &Connection,
    version: &Version,
    quote: i64,
    correction: i64,
    parts: Option<&[Span]>,
) -> rusqlite::Result<()> {
    row::keep_machine(connection, quote)?;
    connection
        .prepare_cached("INSERT INTO correction_quote (quote, correction, parts) VALUES (?1, ?2, ?3)")?
        .execute(params![quote, correction, parts.map(listed)])?;
    compose(connection, version, quote)
}

/// Works a quote out anew from what the machine found and the corrections that stand on it. Without any, it is the
/// machine's again; one that a person added is taken away.
pub fn compose(connection: &Connection, version: &Version, quote: i64) -> rusqlite::Result<()> {
    claims::leave(connection, &[quote])?;
    let mut spoke = BTreeSet::from_iter(row::get(connection, quote)?.speaker);
    let standing = log::on_quote(connection, quote)?;
    if standing.is_empty() && is_added(connection, quote)? {
        connection.prepare_cached("DELETE FROM quote WHERE id = ?1")?.execute([quote])?;
        return tidied(connection, version, spoke, None);
    }
    row::restore(connection, version, quote)?;
    for (correction, parts) in &standing {
        let parts = parts.as_deref().map(spans).transpose()?;
        apply(connection, version, quote, correction, parts.as_deref())?;
        spoke.extend(row::get(connection, quote)?.speaker);
    }
    if standing.is_empty() {
        connection.prepare_cached("DELETE FROM corrected WHERE quote = ?1")?.execute([quote])?;
    }
    days::renew(connection, quote)?;
    claims::enter(connection, &[quote])?;
    tidied(connection, version, spoke, row::get(connection, quote)?.speaker)
}

/// Whether a person added the quote, and the machine found none there.
pub fn is_added(connection: &Connection, quote: i64) -> rusqlite::Result<bool> {
    connection.prepare_cached("SELECT 1 FROM corrected WHERE quote = ?1 AND machine IS NULL")?.exists([quote])
}

/// Forgets the speakers whom a quote had for a while, if they said nothing else.
fn tidied(
    connection: &Connection,
    version: &Version,
    spoke: BTreeSet<i64>,
    speaks: Option<i64>,
) -> rusqlite::Result<()> {
    let mut others = spoke.into_iter().filter(|&speaker| speaks != Some(speaker));
    others.try_for_each(|speaker| people::tidy(connection, version.id, speaker))
}

fn apply(
    connection: &Connection,
    version: &Version,
    quote: i64,
    correction: &Correction,
    parts: Option<&[Span]>,
) -> rusqlite::Result<()> {
    if correction.kind == CorrectionKind::NotAQuote {
        return row::set_state(connection, quote, QuoteState::Rejected);
    }
    let says: Says = correction.says()?;
    if let Some(parts) = parts {
        row::set_parts(connection, version, quote, parts)?;
    }
    if let Some(kind) = says.quote_kind() {
        row::set_kind(connection, quote, kind)?;
    }
    if says.nobody {
        // «It is right as it stands» leaves a mention that stands for nobody known.
        let is_said = matches!(correction.kind, CorrectionKind::Speaker | CorrectionKind::MissedQuote);
        if is_said || row::get(connection, quote)?.speaker.is_some() {
            row::set_speaker(connection, quote, None, None)?;
        }
    } else if let Some(named) = says.speaker().filter(|_| says.quote_kind() != Some(QuoteKind::Scare)) {
        name_speaker(connection, version, quote, named)?;
    }
    row::set_state(connection, quote, QuoteState::Reviewed)
}

/// Says who a quote is from. Where the machine said so too, its mention and method stay.
fn name_speaker(
    connection: &Connection,
    version: &Version,
    quote: i64,
    named: (&str, EntityKind),
) -> rusqlite::Result<()> {
    let row = row::get(connection, quote)?;
    let speaker = speaker(connection, version, named)?;
    if row.speaker == Some(speaker) {
        return Ok(());
    }
    let source = source(connection, version, quote, &row.parts, named)?;
    row::set_speaker(connection, quote, Some(speaker), source.as_ref())
}

/// The row of a speaker whom a person names, appearing in the version.
fn speaker(
    connection: &Connection,
    version: &Version,
    (name, kind): (&str, EntityKind),
) -> rusqlite::Result<i64> {
    let folded = fold(name);
    let there: Option<i64> = connection
        .prepare_cached(
            "SELECT s.id FROM appearance AS p JOIN speaker AS s ON s.id = p.speaker
              WHERE p.version = ?1 AND s.folded = ?2 AND s.kind = ?3 ORDER BY s.qualifier IS NOT NULL, s.id LIMIT 1",
        )?
        .query_row(params![version.id, folded, kind.as_str()], |row| row.get(0))
        .optional()?;
    if let Some(speaker) = there {
        return Ok(speaker);
    }
    let qualifier = qualifier(connection, version.id, &folded, kind, None)?;
    let speaker = people::row(connection, &Who { name: name.to_owned(), folded, kind, qualifier })?;
    people::appear(connection, version.id, speaker, None, None)?;
    Ok(speaker)
}
