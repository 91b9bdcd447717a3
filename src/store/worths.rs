//! How much a wording is worth checking, kept beside it so that claims can be ordered by it.

use crate::claims::worth::worth;
use rusqlite::{Connection, params};

/// Weighs a wording by the statement that shows it.
///
/// # Errors
/// When the database can't be written to.
pub fn weigh(connection: &Connection, wording: i64) -> rusqlite::Result<()> {
    let sql =
        "SELECT q.text, q.cue_class FROM wording AS w JOIN quote AS q ON q.id = w.quote WHERE w.id = ?1";
    let score = connection.prepare_cached(sql)?.query_row([wording], |row| {
        let class = row.get_ref(1)?.as_str_or_null()?.and_then(|class| class.parse().ok());
        Ok(worth(row.get_ref(0)?.as_str()?, class).score)
    })?;
    connection
        .prepare_cached("UPDATE wording SET worth = ?2 WHERE id = ?1")?
        .execute(params![wording, score])
        .map(drop)
}
