//! Writes speakers: one row a name, the words that it is found by, and its appearance in an article.

use crate::lexicon::fold::fold;
use crate::model::EntityKind;
use crate::store::entry::Person;
use rusqlite::{Connection, OptionalExtension, params};
use std::cmp::Reverse;

/// Writes a speaker and its appearance in `version`; returns the speaker's id.
///
/// A speaker of the same kind and the same folded name is the same speaker; nothing else is merged.
/// Of the ways to write the name the best is kept, whichever came first.
pub fn write(connection: &Connection, version: i64, person: &Person) -> rusqlite::Result<i64> {
    let speaker = match find(connection, &person.folded, person.kind)? {
        Some((speaker, known)) => {
            if spelling(&person.name) > spelling(&known) {
                rename(connection, speaker, &person.name)?;
            }
            speaker
        }
        None => {
            let speaker = insert(connection, &person.name, &person.folded, person.kind)?;
            write_words(connection, speaker, &person.folded)?;
            speaker
        }
    };
    for alias in &person.aliases {
        if !is_printed(connection, speaker, alias)? {
            write_words(connection, speaker, &fold(alias))?;
        }
    }
    let aliases = (!person.aliases.is_empty()).then(|| serde_json::json!(person.aliases).to_string());
    connection
        .prepare_cached("INSERT INTO appearance (version, speaker, role, aliases) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![version, speaker, person.role, aliases])?;
    Ok(speaker)
}

fn find(connection: &Connection, folded: &str, kind: EntityKind) -> rusqlite::Result<Option<(i64, String)>> {
    connection
        .prepare_cached("SELECT id, name FROM speaker WHERE folded = ?1 AND kind = ?2")?
        .query_row(params![folded, kind.as_str()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

fn insert(connection: &Connection, name: &str, folded: &str, kind: EntityKind) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("INSERT INTO speaker (name, folded, kind) VALUES (?1, ?2, ?3)")?
        .insert(params![name, folded, kind.as_str()])
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
fn write_words(connection: &Connection, speaker: i64, folded: &str) -> rusqlite::Result<()> {
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

/// Forgets those of `speakers` who said nothing that is kept.
pub fn forget(connection: &Connection, speakers: &[i64]) -> rusqlite::Result<()> {
    let mut delete = connection.prepare_cached(
        "DELETE FROM speaker WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM quote WHERE speaker = ?1)",
    )?;
    speakers.iter().try_for_each(|speaker| delete.execute([speaker]).map(drop))
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
