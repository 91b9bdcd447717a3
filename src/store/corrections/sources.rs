//! Where an article mentions the speaker whom a person names.

use crate::lexicon::fold::fold;
use crate::model::{EntityKind, MentionKind};
use crate::span::Span;
use crate::store::corrections::row::Source;
use crate::store::corrections::version::Version;
use rusqlite::{Connection, params};

/// A mention is looked for no further from the statement than this, in bytes.
const NEAR: usize = 1000;
/// Bytes of a name at most: a mention is looked for with each of its words.
const LONGEST: usize = 200;

/// The mention of the speaker `name` that belongs to a quote: the one that the machine weighed and didn't choose; its
/// own, where that can stand for the speaker; else the nearest place of the name outside the quote's words.
pub fn source(
    connection: &Connection,
    version: &Version,
    quote: i64,
    parts: &[Span],
    (name, kind): (&str, EntityKind),
) -> rusqlite::Result<Option<Source>> {
    let (own, runners_up) = weighed(connection, quote)?;
    let folded = fold(name);
    let is_outside =
        |span: Span| !parts.iter().any(|part| part.start() < span.end() && span.start() < part.end());
    let runner_up = runners_up.into_iter().find(|(other, span)| fold(other) == folded && is_outside(*span));
    if let Some((_, span)) = runner_up {
        return Ok(mention(version, span, printed_kind(version, span, kind)));
    }
    if let Some(own) = own.filter(|own| is_outside(own.span) && can_stand_for(own, &folded)) {
        return Ok(Some(own));
    }
    let found = nearest(version, parts, name, is_outside);
    Ok(found.and_then(|span| mention(version, span, named_kind(kind))))
}

/// Somebody whom the machine might have chosen, and where it stands.
type RunnerUp = (String, Span);

/// The machine's source of a quote, and its runners-up.
fn weighed(connection: &Connection, quote: i64) -> rusqlite::Result<(Option<Source>, Vec<RunnerUp>)> {
    connection
        .prepare_cached(
            "SELECT coalesce(q.source, c.machine ->> 'source'), coalesce(q.source_start, c.machine ->> 'source_start'),
                    coalesce(q.source_end, c.machine ->> 'source_end'),
                    coalesce(q.source_kind, c.machine ->> 'source_kind'), q.runners_up
               FROM quote AS q LEFT JOIN corrected AS c ON c.quote = q.id WHERE q.id = ?1",
        )?
        .query_row(params![quote], |row| {
            let words: Option<String> = row.get(0)?;
            let place: (Option<u32>, Option<u32>) = (row.get(1)?, row.get(2)?);
            let own = match (words, place) {
                (Some(words), (Some(start), Some(end))) if start <= end => {
                    Some(Source { words, span: Span::new(start, end), kind: row.get(3)? })
                }
                _ => None,
            };
            let list: Option<String> = row.get(4)?;
            let list: Vec<(String, u32, u32, f64)> =
                list.and_then(|list| serde_json::from_str(&list).ok()).unwrap_or_default();
            let whole = list.into_iter().filter(|(_, start, end, _)| start < end);
            Ok((own, whole.map(|(name, start, end, _)| (name, Span::new(start, end))).collect()))
        })
}

/// Whether a mention can be the speaker's: «she» and «the mayor» can be anybody's, a name only if it has the last word
/// of the speaker's.
fn can_stand_for(source: &Source, folded: &str) -> bool {
    let kind = source.kind.parse();
    if matches!(kind, Ok(MentionKind::Name | MentionKind::Organisation)) {
        let last = folded.rsplit(' ').next().unwrap_or(folded);
        return fold(&source.words).split(' ').any(|word| word == last);
    }
    true
}

fn mention(version: &Version, span: Span, kind: MentionKind) -> Option<Source> {
    let words = version.text.get(span.range())?.to_owned();
    Some(Source { words, span, kind: kind.to_string() })
}

fn named_kind(kind: EntityKind) -> MentionKind {
    match kind {
        EntityKind::Person => MentionKind::Name,
        EntityKind::Organisation => MentionKind::Organisation,
        EntityKind::Group => MentionKind::Group,
        EntityKind::Document => MentionKind::Document,
    }
}

/// A mention in small letters is no name.
fn printed_kind(version: &Version, span: Span, kind: EntityKind) -> MentionKind {
    let words = version.text.get(span.range()).unwrap_or_default();
    let has_capital = words.split_whitespace().any(|word| word.starts_with(char::is_uppercase));
    match named_kind(kind) {
        MentionKind::Name if !has_capital && !words.contains(' ') => MentionKind::Pronoun,
        MentionKind::Name if !has_capital => MentionKind::Role,
        kind => kind,
    }
}

/// The nearest place of a name, or of its last words, outside the quote.
fn nearest(version: &Version, parts: &[Span], name: &str, is_outside: impl Fn(Span) -> bool) -> Option<Span> {
    let (first, last) = (parts.first()?.range().start, parts.last()?.range().end);
    let (text, window) = (&version.text, version.window(parts, NEAR));
    let from = window.start;
    let name = name.trim().get(..LONGEST).unwrap_or(name.trim());
    let starts =
        name.char_indices().filter(|&(at, _)| at == 0 || name[..at].ends_with(' ')).map(|(at, _)| at);
    for start in starts {
        let wanted = &name[start..];
        let window = text[window.clone()].match_indices(wanted).map(|(at, _)| from + at);
        let spans = window.map(|at| Span::from_bounds(at, at + wanted.len()));
        let fitting = spans.filter(|&span| !wanted.is_empty() && is_whole(text, span) && is_outside(span));
        let gap = |span: &Span| {
            let range = span.range();
            (first.saturating_sub(range.end)).max(range.start.saturating_sub(last))
        };
        if let Some(span) = fitting.min_by_key(gap) {
            return Some(span);
        }
    }
    None
}

/// Whether a span begins and ends where words do.
fn is_whole(text: &str, span: Span) -> bool {
    let range = span.range();
    let is_letter = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    !is_letter(text[..range.start].chars().next_back()) && !is_letter(text[range.end..].chars().next())
}
