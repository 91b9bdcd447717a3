//! Writes speakers: one row a name, the words that it is found by, and its appearance in an article.

use crate::lexicon::fold::fold;
use crate::store::entry::Person;
use crate::store::rules::{Who, qualifier, root};
use rusqlite::{Connection, OptionalExtension, params};
use std::cmp::Reverse;

/// Writes a speaker and its appearance in `version`; returns the speaker's id.
///
/// A speaker of the same kind and the same folded name is the same speaker, unless a person said otherwise; nothing
/// else is merged. Of the ways to write the name the best is kept, whichever came first.
pub fn write(connection: &Connection, version: i64, person: &Person) -> rusqlite::Result<i64> {
    let qualifier = qualifier(connection, version, &person.folded, person.kind, person.role.as_deref())?;
    let (name, folded) = (person.name.clone(), person.folded.clone());
    let speaker = row(connection, &Who { name, folded, kind: person.kind, qualifier })?;
    for alias in &person.aliases {
        if !is_printed(connection, speaker, alias)? {
            write_words(connection, speaker, &fold(alias))?;
        }
    }
    let aliases = (!person.aliases.is_empty()).then(|| serde_json::json!(person.aliases).to_string());
    appear(connection, version, speaker, person.role.as_deref(), aliases.as_deref())?;
    Ok(speaker)
}

/// Makes a speaker appear in a version.
pub fn appear(
    connection: &Connection,
    version: i64,
    speaker: i64,
    role: Option<&str>,
    aliases: Option<&str>,
) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO appearance (version, speaker, role, aliases) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![version, speaker, role, aliases])
        .map(drop)
}

/// The row of a speaker, made when it isn't there.
pub fn row(connection: &Connection, who: &Who) -> rusqlite::Result<i64> {
    if let Some((speaker, known)) = find(connection, who)? {
        if spelling(&who.name) > spelling(&known) {
            rename(connection, speaker, &who.name)?;
        }
        return Ok(speaker);
    }
    let speaker = insert(connection, who)?;
    write_words(connection, speaker, &who.folded)?;
    write_words(connection, speaker, &fold(who.part()))?;
    join(connection, speaker, who)?;
    Ok(speaker)
}

/// Lets the row of a speaker stand for whom people say that it is; the name that stands for the person gets a row, too.
pub fn join(connection: &Connection, speaker: i64, who: &Who) -> rusqlite::Result<()> {
    let root = root(connection, who)?;
    let person = if root.is(who) { speaker } else { row(connection, &root)? };
    connection
        .prepare_cached("UPDATE speaker SET person = ?2 WHERE id = ?1 AND person <> ?2")?
        .execute([speaker, person])
        .map(drop)
}

/// The row of a speaker and the name that it has, if it is there.
pub fn find(connection: &Connection, who: &Who) -> rusqlite::Result<Option<(i64, String)>> {
    connection
        .prepare_cached(
            "SELECT id, name FROM speaker WHERE folded = ?1 AND kind = ?2 AND coalesce(qualifier, '') = ?3",
        )?
        .query_row(params![who.folded, who.kind.as_str(), who.part()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// At first each is a person of its own.
fn insert(connection: &Connection, who: &Who) -> rusqlite::Result<i64> {
    connection
        .prepare_cached(
            "INSERT INTO speaker (id, name, folded, kind, qualifier, person)
             SELECT free, ?1, ?2, ?3, ?4, free FROM (SELECT coalesce(max(id), 0) + 1 AS free FROM speaker)",
        )?
        .insert(params![who.name, who.folded, who.kind.as_str(), who.qualifier])
}

fn rename(connection: &Connection, speaker: i64, name: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE speaker SET name = ?2 WHERE id = ?1")?
        .execute(params![speaker, name])?;
    Ok(())
}

/// Orders the ways to write one name, the best last: «ANA SOLIS», «ana solís», «Ana Solis», «Ana Solís».
///
/// No two spellings are equal, so the order of ingest can't matter.
fn spelling(name: &str) -> (bool, usize, usize, Reverse<&str>) {
    let is_mixed = name.chars().any(char::is_lowercase);
    let capitals = name.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count();
    let accents = name.chars().filter(|letter| !letter.is_ascii()).count();
    (is_mixed, capitals, accents, Reverse(name))
}

fn is_printed(connection: &Connection, speaker: i64, alias: &str) -> rusqlite::Result<bool> {
    connection
        .prepare_cached("SELECT 1 FROM speaker_alias WHERE speaker = ?1 AND alias = ?2")?
        .exists(params![speaker, alias])
}

/// Makes a speaker findable by the words of a folded name.
pub fn write_words(connection: &Connection, speaker: i64, folded: &str) -> rusqlite::Result<()> {
    let mut insert = connection
        .prepare_cached("INSERT INTO speaker_word (word, speaker) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?;
    folded
        .split(' ')
        .filter(|word| !word.is_empty())
        .try_for_each(|word| insert.execute(params![word, speaker]).map(drop))
}

/// Takes the speakers out of `version`, and returns who they were.
pub fn leave(connection: &Connection, version: i64) -> rusqlite::Result<Vec<i64>> {
    connection
        .prepare_cached("DELETE FROM appearance WHERE version = ?1 RETURNING speaker")?
        .query_map([version], |row| row.get(0))?
        .collect()
}

/// Takes a speaker out of a version in which it says nothing any more, not even in what corrections were put upon;
/// and forgets it, if that was all.
pub fn tidy(connection: &Connection, version: i64, speaker: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "DELETE FROM appearance WHERE version = ?1 AND speaker = ?2
                AND NOT EXISTS (SELECT 1 FROM quote WHERE version = ?1 AND speaker = ?2)
                AND NOT EXISTS (SELECT 1 FROM quote AS q JOIN corrected AS c ON c.quote = q.id
                                 WHERE q.version = ?1 AND c.speaker = ?2)",
        )?
        .execute([version, speaker])?;
    forget(connection, &[speaker])
}

/// Forgets those of `speakers` who said nothing that is kept, and whose name stands for nobody else.
pub fn forget(connection: &Connection, speakers: &[i64]) -> rusqlite::Result<()> {
    let mut delete = connection.prepare_cached(
        "DELETE FROM speaker WHERE id = ?1
            AND NOT EXISTS (SELECT 1 FROM quote WHERE speaker = ?1)
            AND NOT EXISTS (SELECT 1 FROM corrected WHERE speaker = ?1)
            AND NOT EXISTS (SELECT 1 FROM speaker WHERE person = ?1 AND id <> ?1) RETURNING person",
    )?;
    for &speaker in speakers {
        let person: Option<i64> = delete.query_row([speaker], |row| row.get(0)).optional()?;
        // The name that stood for it may have had nothing else to stand for.
        if let Some(person) = person.filter(|&person| person != speaker) {
            let _: Option<i64> = delete.query_row([person], |row| row.get(0)).optional()?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::spelling;

    #[test]
    fn the_best_spelling_is_the_one_of_prose() {
        let worse_to_better = ["ANA SOLIS", "ana solís", "Ana solís", "Ana Solis", "Ana Solís"];
        assert!(worse_to_better.is_sorted_by_key(|name| spelling(name)));
    }
}
