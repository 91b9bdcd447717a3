//! Corrections of quotes, as people make them.

use crate::anchor::{Anchor, Lost, Plain};
use crate::error::Result;
use crate::lexicon::fold::fold;
use crate::model::{CorrectionKind, EntityKind, QuoteKind, QuoteState};
use crate::span::Span;
use crate::store::corrections::effect::stand;
use crate::store::corrections::log::{self, Place, Reviewer, Says};
use crate::store::corrections::row::{self, Quote};
use crate::store::corrections::trouble::{Made, refused};
use crate::store::corrections::version::Version;
use crate::store::statements::BREAK;
use crate::store::{Store, persons};
use rusqlite::{Connection, OptionalExtension, params};

/// A speaker as a person names it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SpeakerName {
    pub name: String,
    /// Where it isn't said: that of the known speaker of this name, else a person.
    pub kind: Option<EntityKind>,
}

/// What is wrong with a quote, or that nothing is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change {
    Confirm,
    Speaker(SpeakerName),
    /// The article names nobody.
    Nobody,
    /// These are its words, ` … ` between its parts.
    Span(String),
    NotAQuote,
}

impl Store {
    /// Corrects the quote of that public id in an article as it stands now; gives the correction's id.
    ///
    /// # Errors
    /// [`crate::error::Error::Refused`] when there is no such quote or the right words aren't found in the article just
    /// once; [`crate::error::Error::Database`] when the file can't be written to.
    pub fn correct(&mut self, article: &str, quote: &str, change: &Change, by: &Reviewer) -> Result<i64> {
        self.correcting(|connection| correct(connection, article, quote, change, by))
    }

    /// Adds a statement that the program passed over; gives the correction's id.
    ///
    /// # Errors
    /// As [`Store::correct`], and when the words are a statement already.
    pub fn add_missed(
        &mut self,
        article: &str,
        words: &str,
        speaker: Option<&SpeakerName>,
        by: &Reviewer,
    ) -> Result<i64> {
        self.correcting(|connection| missed(connection, article, words, speaker, by))
    }
}

fn correct(connection: &Connection, article: &str, quote: &str, change: &Change, by: &Reviewer) -> Made<i64> {
    let version = version(connection, article)?;
    let id: Option<i64> = connection
        .prepare_cached("SELECT id FROM quote WHERE version = ?1 AND public_id = ?2")?
        .query_row(params![version.id, quote], |row| row.get(0))
        .optional()?;
    let Some(id) = id else {
        return refused(article, format!("it has no quote {quote} now; `onrecord show` lists those it has"));
    };
    let quote = row::get(connection, id)?;
    let plain = Plain::new(&version.text);
    let anchors = anchors(&plain, &quote.parts);
    let words = version.parts(&quote.parts).join(BREAK);
    let place = Place { article: version.key.clone(), hash: version.hash.clone(), words, anchors };
    if place.anchors.is_empty() {
        return refused(
            article,
            "the quote doesn't stand in its article any more; `onrecord check` says more",
        );
    }
    let (kind, says, parts) = said(connection, &version, &plain, &quote, change)?;
    let correction = log::add(connection, by, kind, Some(&place), &says)?;
    stand(connection, &version, id, correction, parts.as_deref())?;
    Ok(correction)
}

/// The current version of an article.
fn version(connection: &Connection, article: &str) -> Made<Version> {
    match Version::current(connection, article)? {
        Some(version) => Ok(version),
        None => refused(article, "there is no such article; `onrecord articles` lists them"),
    }
}

/// What a change says, and where it puts the quote.
type Said = (CorrectionKind, Says, Option<Vec<Span>>);

fn said(
    connection: &Connection,
    version: &Version,
    plain: &Plain<'_>,
    quote: &Quote,
    change: &Change,
) -> Made<Said> {
    let marks = by_marks(&version.parts(&quote.parts));
    let statement = if quote.kind == QuoteKind::Scare { marks } else { quote.kind };
    let of = |kind: QuoteKind| Says { kind: Some(kind.to_string()), ..Says::default() };
    Ok(match change {
        Change::Confirm => {
            let speaker = shown_speaker(connection, quote)?;
            let nobody = speaker.is_none() && quote.kind != QuoteKind::Scare;
            (CorrectionKind::Confirm, Says { speaker, nobody, ..of(quote.kind) }, None)
        }
        Change::Speaker(name) => {
            let speaker = Some(named(connection, name)?);
            (CorrectionKind::Speaker, Says { speaker, ..of(statement) }, None)
        }
        Change::Nobody => (CorrectionKind::Speaker, Says { nobody: true, ..of(statement) }, None),
        Change::NotAQuote => (CorrectionKind::NotAQuote, Says::default(), None),
        Change::Span(typed) => {
            let parts = found(version, plain, typed, &quote.parts)?;
            let taken = row::of_version(connection, version.id)?;
            if taken.iter().any(|other| other.parts == parts && other.id != quote.id) {
                return refused(&version.key, "these words are another quote already");
            }
            let speaker = shown_speaker(connection, quote)?;
            let says = Says {
                nobody: speaker.is_none(),
                speaker,
                span: Some(anchors(plain, &parts)),
                words: Some(version.parts(&parts).join(BREAK)),
                ..of(by_marks(&version.parts(&parts)))
            };
            (CorrectionKind::Span, says, Some(parts))
        }
    })
}

fn missed(
    connection: &Connection,
    article: &str,
    words: &str,
    speaker: Option<&SpeakerName>,
    by: &Reviewer,
) -> Made<i64> {
    let version = version(connection, article)?;
    let plain = Plain::new(&version.text);
    let parts = found(&version, &plain, words, &[])?;
    let there = row::of_version(connection, version.id)?.into_iter().find(|quote| quote.parts == parts);
    let is_statement = |quote: &Quote| quote.kind != QuoteKind::Scare && quote.state != QuoteState::Rejected;
    if there.as_ref().is_some_and(is_statement) {
        let reason = "these words are a quote already; correct it with --speaker, --span or --confirm";
        return refused(article, reason);
    }
    let kind = by_marks(&version.parts(&parts));
    let speaker = speaker.map(|name| named(connection, name)).transpose()?;
    let says = Says { nobody: speaker.is_none(), speaker, kind: Some(kind.to_string()), ..Says::default() };
    let (key, hash) = (version.key.clone(), version.hash.clone());
    let words = version.parts(&parts).join(BREAK);
    let place = Place { article: key, hash, words, anchors: anchors(&plain, &parts) };
    let correction = log::add(connection, by, CorrectionKind::MissedQuote, Some(&place), &says)?;
    match there {
        Some(quote) => stand(connection, &version, quote.id, correction, None)?,
        None => {
            let quote = row::insert(connection, &version, &parts, kind)?;
            stand(connection, &version, quote, correction, Some(&parts))?;
        }
    }
    Ok(correction)
}

/// Around a quote, so many bytes are looked at for its right words, where these stand elsewhere, too.
const AROUND: usize = 600;

/// The places of words that a person typed; where they stand more than once, those in the quote that they are of, or
/// near it.
fn found(version: &Version, plain: &Plain<'_>, typed: &str, near: &[Span]) -> Made<Vec<Span>> {
    let mut found = plain.find_typed(typed, BREAK);
    for around in [0, AROUND] {
        if found == Err(Lost::Twice) && !near.is_empty() {
            let range = version.window(near, around);
            let from = range.start;
            let window = Plain::new(&version.text[range]).find_typed(typed, BREAK);
            let moved = |part: &Span| Span::from_bounds(part.range().start + from, part.range().end + from);
            found = match window {
                Ok(parts) => Ok(parts.iter().map(moved).collect()),
                Err(_) => Err(Lost::Twice),
            };
        }
    }
    match found {
        Ok(parts) => Ok(parts),
        Err(Lost::Twice) => {
            refused(&version.key, "these words stand there more than once; give more of them")
        }
        Err(_) => refused(
            &version.key,
            "these words don't stand there; copy them from `onrecord show`, with ` … ` where the writer breaks in",
        ),
    }
}

fn anchors(plain: &Plain<'_>, parts: &[Span]) -> Vec<Anchor> {
    let anchors: Option<Vec<Anchor>> = parts.iter().map(|&part| plain.anchor(part)).collect();
    anchors.unwrap_or_default()
}

/// A name and kind of speaker.
type Named = (String, String);

fn shown_speaker(connection: &Connection, quote: &Quote) -> rusqlite::Result<Option<Named>> {
    let Some(speaker) = quote.speaker else { return Ok(None) };
    connection
        .prepare_cached("SELECT name, kind FROM speaker WHERE id = ?1")?
        .query_row([speaker], |row| Ok(Some((row.get(0)?, row.get(1)?))))
}

/// The name as it is stored: of the known ways to write it the best, and of the kinds that bear it the commonest.
fn named(connection: &Connection, typed: &SpeakerName) -> Made<Named> {
    let name = typed.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if !name.chars().any(char::is_alphanumeric) {
        return refused(format!("«{name}»"), "a name has a letter or a digit");
    }
    for part in persons::parts(connection)? {
        if fold(&part.shown()) == fold(&name) {
            let reason = "is one of several people of a name; `onrecord speakers split NAME --article ARTICLE` says which \
                          of them an article means";
            return refused(format!("«{name}»"), reason);
        }
    }
    let known: Option<Named> = connection
        .prepare_cached(
            "SELECT name, kind FROM speaker AS s WHERE folded = ?1 AND kind = coalesce(?2, kind)
              ORDER BY (SELECT count(*) FROM quote WHERE speaker = s.id) DESC, id LIMIT 1",
        )?
        .query_row(params![fold(&name), typed.kind.map(EntityKind::as_str)], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let kind = typed.kind.unwrap_or(EntityKind::Person);
    Ok(known.unwrap_or_else(|| (name, kind.to_string())))
}

/// The type of a statement by the quotation marks of its words.
pub fn by_marks(parts: &[&str]) -> QuoteKind {
    let is_mark = |letter: char| matches!(letter, '"' | '“' | '”' | '„' | '‟' | '«' | '»');
    let is_edge = |letter: char| is_mark(letter) || matches!(letter, '‘' | '’' | '‚' | '‹' | '›' | '\'');
    let is_whole = |part: &&str| {
        let part = part.trim();
        let rest = part.trim_start_matches(is_edge);
        // A quotation that goes on in the next paragraph isn't closed.
        rest.len() < part.len() && (part.ends_with(is_edge) || !rest.contains(is_mark))
    };
    if parts.iter().all(is_whole) {
        QuoteKind::Direct
    } else if parts.iter().any(|part| part.contains(is_mark)) {
        QuoteKind::Mixed
    } else {
        QuoteKind::Indirect
    }
}

#[cfg(test)]
mod tests {
    use super::by_marks;
    use crate::model::QuoteKind::{Direct, Indirect, Mixed};

    #[test]
    fn the_marks_say_what_type_it_is() {
        assert_eq!(by_marks(&["“We stay,”", "“whatever it costs.”"]), Direct);
        assert_eq!(by_marks(&["“We stay."]), Direct);
        assert_eq!(by_marks(&["that they would “never” leave"]), Mixed);
        assert_eq!(by_marks(&["“Never” would they leave"]), Mixed);
        assert_eq!(by_marks(&["that the councillor's money was gone"]), Indirect);
    }
}
