//! Puts the corrections of an article upon its quotes after the machine found these anew.

use crate::anchor::{Known, Plain};
use crate::model::{CorrectionKind, CorrectionStatus, OrphanReason, QuoteKind};
use crate::store::corrections::effect::stand;
use crate::store::corrections::log::{self, Correction, Says};
use crate::store::corrections::placing::{Placed, place};
use crate::store::corrections::row::Quote;
use crate::store::corrections::version::Version;
use crate::store::corrections::{effect, row};
use rusqlite::Connection;

/// Puts all corrections of an article that hold or wait upon the quotes of its new version, in the order in which they
/// were made; those that can't be placed for sure become orphans. A version that was not kept after all is passed over.
pub fn replay(connection: &Connection, version: i64) -> rusqlite::Result<()> {
    if !connection
        .prepare_cached("SELECT 1 FROM article_version WHERE id = ?1 AND is_current = 1")?
        .exists([version])?
    {
        return Ok(());
    }
    let version = Version::get(connection, version)?;
    let plain = Plain::new(&version.text);
    let mut quotes = row::of_version(connection, version.id)?;
    for correction in log::of_article(connection, &version.key)? {
        let Some(changed) = put(connection, &version, &plain, &quotes, &correction)? else { continue };
        let changed = row::get(connection, changed)?;
        match quotes.iter_mut().find(|quote| quote.id == changed.id) {
            Some(quote) => *quote = changed,
            None => quotes.push(changed),
        }
    }
    Ok(())
}

/// Puts one correction upon the quotes of a version; gives the one that it stands on.
fn put(
    connection: &Connection,
    version: &Version,
    plain: &Plain<'_>,
    quotes: &[Quote],
    correction: &Correction,
) -> rusqlite::Result<Option<i64>> {
    let says: Says = correction.says()?;
    let hash = correction.place.as_ref().map_or(&[][..], |place| &place.hash);
    let known = if version.had_text_of(connection, hash)? { Known::SameText } else { Known::OtherText };
    let id = correction.id;
    let stands = match place(correction, &says, plain, known, quotes) {
        Ok(Placed::On(quote, parts)) => {
            stand(connection, version, quote, id, parts.as_deref())?;
            Some(quote)
        }
        Ok(Placed::New(parts)) => {
            let kind = says.quote_kind().unwrap_or(QuoteKind::Direct);
            let quote = row::insert(connection, version, &parts, kind)?;
            stand(connection, version, quote, id, Some(&parts))?;
            Some(quote)
        }
        Ok(Placed::Nothing) => None,
        Err(reason) => {
            log::mark(connection, id, CorrectionStatus::Orphan, Some(reason))?;
            return Ok(None);
        }
    };
    log::mark(connection, id, CorrectionStatus::Applied, None)?;
    Ok(stands)
}

/// Takes a correction of quotes from wherever it stands, in all versions; what others say of the same quotes stays.
pub fn take_back(connection: &Connection, correction: &Correction) -> rusqlite::Result<()> {
    let standing: Vec<(i64, i64)> = connection
        .prepare_cached(
            "SELECT k.quote, q.version FROM correction_quote AS k JOIN quote AS q ON q.id = k.quote
              WHERE k.correction = ?1 ORDER BY k.quote",
        )?
        .query_map([correction.id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    for (quote, version) in standing {
        let version = Version::get(connection, version)?;
        let is_added = effect::is_added(connection, quote)?;
        connection
            .prepare_cached("DELETE FROM correction_quote WHERE quote = ?1 AND correction = ?2")?
            .execute([quote, correction.id])?;
        if is_added && correction.kind == CorrectionKind::MissedQuote {
            strand(connection, quote)?;
        }
        effect::compose(connection, &version, quote)?;
    }
    Ok(())
}

/// What else was said of a quote that a person added has no place any more, when it is no quote after all.
fn strand(connection: &Connection, quote: i64) -> rusqlite::Result<()> {
    for (correction, _) in log::on_quote(connection, quote)? {
        log::mark(connection, correction.id, CorrectionStatus::Orphan, Some(OrphanReason::OtherWords))?;
    }
    connection.prepare_cached("DELETE FROM correction_quote WHERE quote = ?1")?.execute([quote]).map(drop)
}
