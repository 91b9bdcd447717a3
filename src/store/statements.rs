//! Writes the quotes of one article version, and who they are from.

use crate::model::{Analysis, Attribution, Document, Mention, MentionIdx, Quote, QuoteIdx, Reason, Source};
use crate::record::{decimal, quote_ids};
use crate::span::Span;
use crate::store::people;
use rusqlite::{Connection, params};

/// What stands between two parts of a quote where the writer broke in.
pub const BREAK: &str = " … ";

/// Writes all quotes of an analysis under `version`, in their order.
pub fn write(
    connection: &Connection,
    version: i64,
    document: &Document,
    analysis: &Analysis,
) -> rusqlite::Result<()> {
    let article = Article { connection, version, document, analysis, first_id: next_id(connection)? };
    let speakers = write_speakers(&article)?;
    let mut attributions = analysis.attributions.iter().peekable();
    for (index, public_id) in (0..).map(QuoteIdx).zip(&quote_ids(document, analysis)) {
        let attribution = attributions.next_if(|attribution| attribution.quote == index);
        let statement = Statement { index, public_id, attribution, speaker: speakers[index.at()] };
        write_statement(&article, &statement)?;
    }
    Ok(())
}

/// Writes the quotes of an analysis in the place of those that an earlier one found in `version`.
///
/// Speakers whom only the earlier one knew are forgotten.
pub fn replace(
    connection: &Connection,
    version: i64,
    document: &Document,
    analysis: &Analysis,
) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM quote WHERE version = ?1")?.execute([version])?;
    let speakers = people::leave(connection, version)?;
    write(connection, version, document, analysis)?;
    people::forget(connection, &speakers)
}

/// The words of a quote as one string: its parts, with [`BREAK`] between them.
pub fn words<'t>(text: &'t str, parts: impl Iterator<Item = Span>) -> String {
    let parts: Vec<&'t str> = parts.map(|part| &text[part.range()]).collect();
    parts.join(BREAK)
}

/// The article that is being written.
struct Article<'a> {
    connection: &'a Connection,
    version: i64,
    document: &'a Document,
    analysis: &'a Analysis,
    /// Row id of the first quote; the others follow, so that a quote can name one not yet written.
    first_id: i64,
}

impl Article<'_> {
    fn row(&self, quote: QuoteIdx) -> i64 {
        self.first_id + i64::from(quote.0)
    }

    fn mention(&self, mention: MentionIdx) -> &Mention {
        &self.analysis.mentions[mention.at()]
    }

    fn text(&self, span: Span) -> &str {
        self.document.text.slice(span)
    }

    /// The full name that a mention stands for, else its own words.
    fn name(&self, mention: &Mention) -> &str {
        let entity = mention.entity.map(|entity| &self.analysis.entities[entity.at()]);
        entity.map_or_else(|| self.text(mention.span), |entity| &entity.name)
    }
}

/// One quote with what is needed to write it.
struct Statement<'a> {
    index: QuoteIdx,
    public_id: &'a str,
    attribution: Option<&'a Attribution>,
    speaker: Option<i64>,
}

fn next_id(connection: &Connection) -> rusqlite::Result<i64> {
    connection.prepare_cached("SELECT coalesce(max(id), 0) + 1 FROM quote")?.query_row([], |row| row.get(0))
}

/// Writes every speaker once; returns the speaker's id for each quote that has one.
fn write_speakers(article: &Article<'_>) -> rusqlite::Result<Vec<Option<i64>>> {
    let mut ids = vec![None; article.analysis.entities.len()];
    let mut speakers = vec![None; article.analysis.quotes.len()];
    for attribution in &article.analysis.attributions {
        let Source::Speaker { speaker, .. } = attribution.source else { continue };
        let id = match ids[speaker.at()] {
            Some(id) => id,
            None => {
                people::write(article.connection, article.version, &article.analysis.entities[speaker.at()])?
            }
        };
        ids[speaker.at()] = Some(id);
        speakers[attribution.quote.at()] = Some(id);
    }
    Ok(speakers)
}

fn write_statement(article: &Article<'_>, statement: &Statement<'_>) -> rusqlite::Result<()> {
    let quote = &article.analysis.quotes[statement.index.at()];
    let id = article.row(statement.index);
    write_quote(article, statement, quote, id)?;
    write_parts(article, quote, id)?;
    match statement.attribution {
        Some(attribution) => write_runners_up(article, attribution, id),
        None => Ok(()),
    }
}

fn write_quote(
    article: &Article<'_>,
    statement: &Statement<'_>,
    quote: &Quote,
    id: i64,
) -> rusqlite::Result<()> {
    let attribution = statement.attribution;
    let cue = attribution.and_then(|attribution| attribution.cue.as_ref());
    let (source, reason) = attribution.map_or((None, None), |attribution| source(article, attribution));
    let relayed =
        attribution.and_then(|attribution| attribution.relayed_by).map(|mention| article.mention(mention));
    article
        .connection
        .prepare_cached(
            "INSERT INTO quote (id, version, public_id, position, type, text, closed, nested_in,
                                cue, cue_start, cue_end, cue_lemma, cue_class,
                                source, source_start, source_end, source_kind, speaker, unknown_reason,
                                method, confidence, relayed_by, relayed_start, relayed_end)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,
                     ?20, ?21, ?22, ?23, ?24)",
        )?
        .execute(params![
            id,
            article.version,
            statement.public_id,
            statement.index.0 + 1,
            quote.kind.as_str(),
            words(article.document.text.as_str(), quote.parts.iter().copied()),
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

fn write_parts(article: &Article<'_>, quote: &Quote, id: i64) -> rusqlite::Result<()> {
    let mut insert = article.connection.prepare_cached(
        "INSERT INTO quote_part (quote, number, start_byte, end_byte) VALUES (?1, ?2, ?3, ?4)",
    )?;
    for (number, part) in (1_u32..).zip(&quote.parts) {
        insert.execute(params![id, number, part.start(), part.end()])?;
    }
    Ok(())
}

fn write_runners_up(article: &Article<'_>, attribution: &Attribution, id: i64) -> rusqlite::Result<()> {
    let mut insert = article.connection.prepare_cached(
        "INSERT INTO runner_up (quote, number, name, start_byte, end_byte, confidence)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    for (number, &(mention, confidence)) in (1_u32..).zip(&attribution.runners_up) {
        let mention = article.mention(mention);
        let span = mention.span;
        let name = article.name(mention);
        insert.execute(params![id, number, name, span.start(), span.end(), decimal(confidence)])?;
    }
    Ok(())
}
