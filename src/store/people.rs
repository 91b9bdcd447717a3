//! Writes speakers: one row a name, its other names, and its appearance in an article.

use crate::model::{Entity, EntityKind};
use crate::speakers::fold::fold;
use rusqlite::{Connection, OptionalExtension, params};

/// Writes the speaker that `entity` names and its appearance in `version`; returns the speaker's id.
///
/// A speaker of the same kind and the same folded name is the same speaker; nothing else is merged.
pub fn write(connection: &Connection, version: i64, entity: &Entity) -> rusqlite::Result<i64> {
    let folded = fold(&entity.name);
    let speaker = match find(connection, &folded, entity.kind)? {
        Some(speaker) => speaker,
        None => insert(connection, &entity.name, &folded, entity.kind)?,
    };
    for alias in &entity.aliases {
        write_alias(connection, speaker, &folded, alias)?;
    }
    connection
        .prepare_cached(
            "INSERT INTO appearance (version, speaker, role) VALUES (?1, ?2, ?3)
             ON CONFLICT (version, speaker) DO UPDATE SET role = coalesce(role, excluded.role)",
        )?
        .execute(params![version, speaker, entity.role])?;
    Ok(speaker)
}

fn find(connection: &Connection, folded: &str, kind: EntityKind) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT id FROM speaker WHERE folded = ?1 AND kind = ?2")?
        .query_row(params![folded, kind.as_str()], |row| row.get(0))
        .optional()
}

fn insert(connection: &Connection, name: &str, folded: &str, kind: EntityKind) -> rusqlite::Result<i64> {
    connection
        .prepare_cached("INSERT INTO speaker (name, folded, kind) VALUES (?1, ?2, ?3)")?
        .insert(params![name, folded, kind.as_str()])
}

fn write_alias(connection: &Connection, speaker: i64, name: &str, alias: &str) -> rusqlite::Result<()> {
    let folded = fold(alias);
    if folded.is_empty() || folded == name {
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT INTO speaker_alias (speaker, folded, alias) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )?
        .execute(params![speaker, folded, alias])?;
    Ok(())
}
