//! Writes the quotes of one article version, and who they are from.

use crate::copies::same_words;
use crate::model::{Attribution, Mention, MentionIdx, Quote, QuoteIdx, Reason, Source};
use crate::record::decimal;
use crate::span::Span;
use crate::store::entry::Entry;
use crate::store::left::Claims;
use crate::store::wordings::Weighed;
use crate::store::{claims, days, left, people};
use rusqlite::{CachedStatement, Connection, params};
use rustc_hash::FxHashMap;

/// What stands between two parts of a quote where the writer broke in.
pub const BREAK: &str = " … ";

/// Writes all quotes of an entry under `version` and their public `ids`, in their order, with row ids from `next` on; [`index`] has to follow
/// before others see them.
pub fn write(
    connection: &Connection,
    version: i64,
    entry: &Entry,
    ids: &[String],
    next: &mut RowId,
) -> rusqlite::Result<()> {
    let published = entry.document.published;
    let article =
        Article { version, entry, first_id: next.0, published: published.map(|date| date.to_string()) };
    let people: Vec<i64> = entry
        .people
        .iter()
        .map(|person| people::write(connection, version, person))
        .collect::<rusqlite::Result<_>>()?;
    next.0 += ids.len() as i64;
    let mut insert = connection.prepare_cached(INSERT)?;
    let mut attributions = entry.analysis.attributions.iter().peekable();
    for (index, public_id) in (0..).map(QuoteIdx).zip(ids) {
        let attribution = attributions.next_if(|attribution| attribution.quote == index);
        let speaker = attribution.and_then(|attribution| entry.speaker(attribution.source));
        let statement =
            Statement { index, public_id, attribution, speaker: speaker.map(|speaker| people[speaker]) };
        write_quote(&article, &statement, &mut insert)?;
    }
    Ok(())
}

/// The row id of a quote. One that was free before a transaction, and is counted on through it, isn't one that was some
/// other quote's in it.
#[derive(Clone, Copy, Debug)]
pub struct RowId(i64);

impl RowId {
    /// The first that is free behind all others.
    pub fn free(connection: &Connection) -> rusqlite::Result<Self> {
        let sql = "SELECT coalesce(max(id), 0) + 1 FROM quote";
        connection.prepare_cached(sql)?.query_row([], |row| row.get(0)).map(Self)
    }

    pub const fn number(self) -> i64 {
        self.0
    }
}

/// Makes the quotes from `first` on findable by their words, and those of today by their day and, unless these are left
/// for later, among the claims: by row ids, what is known of some.
pub fn index(
    connection: &Connection,
    first: RowId,
    claims: Claims,
    weighed: &FxHashMap<i64, Weighed>,
) -> rusqlite::Result<()> {
    let sql = "INSERT INTO quote_words (rowid, text) SELECT id, text FROM quote WHERE id >= ?1 ORDER BY id";
    connection.prepare_cached(sql)?.execute([first.0])?;
    days::note(connection, first.0)?;
    if claims == Claims::Kept {
        return claims::enter_from(connection, first.0, weighed);
    }
    let has_new = connection.prepare_cached("SELECT 1 FROM quote WHERE id >= ?1")?.exists([first.0])?;
    if has_new { left::note(connection) } else { Ok(()) }
}

/// Writes the quotes of an entry in the place of those that an earlier analysis found in `version`.
///
/// Speakers whom only the earlier one knew are forgotten.
pub fn replace(
    connection: &Connection,
    version: i64,
    entry: &Entry,
    ids: &[String],
    next: &mut RowId,
) -> rusqlite::Result<()> {
    claims::leave_version(connection, version)?;
    connection.prepare_cached("DELETE FROM quote WHERE version = ?1")?.execute([version])?;
    let speakers = people::leave(connection, version)?;
    write(connection, version, entry, ids, next)?;
    people::forget(connection, &speakers)
}

/// The words of a quote as one string: its parts, with [`BREAK`] between them.
pub fn words<'t>(text: &'t str, parts: impl Iterator<Item = Span>) -> String {
    let parts: Vec<&'t str> = parts.map(|part| &text[part.range()]).collect();
    parts.join(BREAK)
}

/// The article that is being written.
struct Article<'a> {
    version: i64,
    entry: &'a Entry,
    /// The date as the tables have it.
    published: Option<String>,
    /// Row id of the first quote; the others follow, so that a quote can name one not yet written.
    first_id: i64,
}

impl Article<'_> {
    fn row(&self, quote: QuoteIdx) -> i64 {
        self.first_id + i64::from(quote.0)
    }

    fn mention(&self, mention: MentionIdx) -> &Mention {
        &self.entry.analysis.mentions[mention.at()]
    }

    fn text(&self, span: Span) -> &str {
        self.entry.document.text.slice(span)
    }

    /// The full name that a mention stands for, else its own words.
    fn name(&self, mention: &Mention) -> &str {
        let entity = mention.entity.map(|entity| &self.entry.analysis.entities[entity.at()]);
        entity.map_or_else(|| self.text(mention.span), |entity| &entity.name)
    }
}

/// Adds a quote.
const INSERT: &str = "\
    INSERT INTO quote (id, version, public_id, position, type, text, closed, nested_in,
                       cue, cue_start, cue_end, cue_lemma, cue_class,
                       source, source_start, source_end, source_kind, speaker, unknown_reason,
                       method, confidence, relayed_by, relayed_start, relayed_end,
                       parts, runners_up, same_words, published)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
            ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28)";

/// One quote with what is needed to write it.
struct Statement<'a> {
    index: QuoteIdx,
    public_id: &'a str,
    attribution: Option<&'a Attribution>,
    speaker: Option<i64>,
}

fn write_quote(
    article: &Article<'_>,
    statement: &Statement<'_>,
    insert: &mut CachedStatement<'_>,
) -> rusqlite::Result<()> {
    let quote = &article.entry.analysis.quotes[statement.index.at()];
    let words = words(article.entry.document.text.as_str(), quote.parts.iter().copied());
    let attribution = statement.attribution;
    let cue = attribution.and_then(|attribution| attribution.cue.as_ref());
    let (source, reason) = attribution.map_or((None, None), |attribution| source(article, attribution));
    let relayed =
        attribution.and_then(|attribution| attribution.relayed_by).map(|mention| article.mention(mention));
    insert.execute(params![
        article.row(statement.index),
        article.version,
        statement.public_id,
        statement.index.0 + 1,
        quote.kind.as_str(),
        words,
        quote.closed,
        quote.nested_in.map(|outer| article.row(outer)),
        cue.map(|cue| article.text(cue.span)),
        cue.map(|cue| cue.span.start()),
        cue.map(|cue| cue.span.end()),
        cue.map(|cue| &cue.lemma),
        cue.map(|cue| cue.class.as_str()),
        source.map(|mention| article.text(mention.printed)),
        source.map(|mention| mention.printed.start()),
        source.map(|mention| mention.printed.end()),
        source.map(|mention| mention.kind.as_str()),
        statement.speaker,
        reason.map(Reason::as_str),
        attribution.map(|attribution| attribution.method.as_str()),
        attribution.map(|attribution| decimal(attribution.confidence)),
        relayed.map(|mention| article.name(mention)),
        relayed.map(|mention| mention.span.start()),
        relayed.map(|mention| mention.span.end()),
        parts(quote),
        attribution.and_then(|attribution| runners_up(article, attribution)),
        same_words(&words).cast_signed(),
        article.published,
    ])?;
    Ok(())
}

/// The mention printed as the source, and the reason when there is no speaker behind it.
fn source<'a>(article: &'a Article<'_>, attribution: &Attribution) -> (Option<&'a Mention>, Option<Reason>) {
    let mention = match attribution.source {
        Source::Speaker { mention, .. } | Source::Mention(mention) => Some(article.mention(mention)),
        Source::Unknown(_) => None,
    };
    (mention, attribution.unknown_reason())
}

/// Where the parts stand, as the schema wants it.
fn parts(quote: &Quote) -> String {
    let parts: Vec<[u32; 2]> = quote.parts.iter().map(|part| [part.start(), part.end()]).collect();
    written(&parts)
}

/// Who else it could have been, as the schema wants it; `None` for nobody.
fn runners_up(article: &Article<'_>, attribution: &Attribution) -> Option<String> {
    let each = attribution.runners_up.iter().map(|&(mention, confidence)| {
        let mention = article.mention(mention);
        let span = mention.span;
        (article.name(mention), span.start(), span.end(), decimal(confidence))
    });
    let each: Vec<_> = each.collect();
    (!each.is_empty()).then(|| written(&each))
}

fn written(list: &impl serde::Serialize) -> String {
    serde_json::to_string(list).expect("lists of strings and numbers are JSON")
}
