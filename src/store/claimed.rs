//! A claim by the id of any of its wordings: the tree that they form, and what it looks like now.

use crate::claims::wording::{Verbatim, fullness};
use crate::model::verdicts::{ClaimId, Printed, Snapshot};
use crate::model::{EntityKind, QuoteKind};
use rusqlite::types::{FromSqlError, Type};
use rusqlite::{Connection, OptionalExtension, Row};

/// At most so many statements of a claim are kept with a verdict, the earliest.
const MOST_PRINTED: i64 = 1000;

/// The fullest wording of the claim that a wording belongs to, by row id and key; `None` when there is no
/// such wording.
///
/// # Errors
/// When the database can't be read.
pub fn root(connection: &Connection, claim: ClaimId) -> rusqlite::Result<Option<(i64, ClaimId)>> {
    let sql = "WITH RECURSIVE up (id, key, parent) AS (
                   SELECT id, key, parent FROM wording WHERE key = ?1
                    UNION SELECT w.id, w.key, w.parent FROM up JOIN wording AS w ON w.id = up.parent)
               SELECT id, key FROM up WHERE parent IS NULL";
    let read = |row: &Row<'_>| Ok((row.get(0)?, ClaimId::from_key(row.get(1)?)));
    connection.prepare_cached(sql)?.query_row([claim.key()], read).optional()
}

/// The row id of the fullest wording of the claim that a wording belongs to, by its row id.
///
/// # Errors
/// When the database can't be read.
pub fn root_of(connection: &Connection, wording: i64) -> rusqlite::Result<i64> {
    let mut parent = connection.prepare_cached("SELECT parent FROM wording WHERE id = ?1")?;
    let mut root = wording;
    while let Some(fuller) = parent.query_row([root], |row| row.get(0)).optional()?.flatten() {
        root = fuller;
    }
    Ok(root)
}

/// The wordings of a claim, by the row id of its fullest, as a table `member`.
pub const MEMBERS: &str = "\
    WITH RECURSIVE member (id) AS (
        SELECT ?1 UNION SELECT w.id FROM member AS m JOIN wording AS w ON w.parent = m.id)";

/// The ids of all wordings of a claim, by the row id of its fullest, in order.
///
/// # Errors
/// When the database can't be read.
pub fn wordings(connection: &Connection, root: i64) -> rusqlite::Result<Vec<ClaimId>> {
    let sql =
        format!("{MEMBERS} SELECT w.key FROM member AS m JOIN wording AS w ON w.id = m.id ORDER BY w.key");
    connection.prepare_cached(&sql)?.query_map([root], |row| Ok(ClaimId::from_key(row.get(0)?)))?.collect()
}

/// The claim as it is now, by the row id and id of its fullest wording.
///
/// # Errors
/// When the database can't be read.
pub fn snapshot(connection: &Connection, (root, claim): (i64, ClaimId)) -> rusqlite::Result<Snapshot> {
    let sql = "SELECT q.text, s.name, s.kind FROM wording AS w JOIN quote AS q ON q.id = w.quote
                 LEFT JOIN speaker AS s ON s.id = w.speaker WHERE w.id = ?1";
    let (mut words, speaker): (String, _) = connection
        .prepare_cached(sql)?
        .query_row([root], |row| Ok((row.get(0)?, speaker(row.get(1)?, row.get(2)?)?)))?;
    let sql = format!(
        "{MEMBERS} SELECT a.key, v.url, v.outlet, v.title, v.published, q.public_id, q.text, q.type
           FROM member AS m JOIN sighting AS s ON s.wording = m.id JOIN quote AS q ON q.id = s.quote
           JOIN article_version AS v ON v.id = q.version JOIN article AS a ON a.id = v.article
          ORDER BY coalesce(v.published, '~'), a.key, q.position LIMIT ?2"
    );
    let mut fullest = None;
    let printed = |row: &Row<'_>| {
        // The fullest, of these the earliest, shows the claim.
        let kind = row.get_ref(7)?.as_str()?.parse().unwrap_or(QuoteKind::Indirect);
        let text: String = row.get(6)?;
        let fullness = Some(fullness(&text, Verbatim::from(kind)));
        if fullness > fullest {
            (fullest, words) = (fullness, text);
        }
        Ok(Printed {
            article: row.get(0)?,
            url: row.get(1)?,
            outlet: row.get(2)?,
            title: row.get(3)?,
            published: row.get(4)?,
            quote: row.get(5)?,
            words: row.get(6)?,
        })
    };
    let mut statement = connection.prepare_cached(&sql)?;
    let printed = statement.query_map((root, MOST_PRINTED), printed)?.collect::<rusqlite::Result<_>>()?;
    Ok(Snapshot { claim, words, speaker, printed })
}

/// A speaker's name and kind out of two columns.
///
/// # Errors
/// When the kind is none.
pub fn speaker(name: Option<String>, kind: Option<String>) -> rusqlite::Result<Option<(String, EntityKind)>> {
    let (Some(name), Some(kind)) = (name, kind) else { return Ok(None) };
    Ok(Some((name, kind.parse().map_err(nonsense)?)))
}

/// Says that a column holds what nobody writes there.
pub fn nonsense(error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(0, Type::Text, Box::new(FromSqlError::other(error)))
}
