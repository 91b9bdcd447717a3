//! Puts what people say of names upon the speakers that are there: who is whom, and which of several people of one name.

use crate::lexicon::fold::fold;
use crate::model::EntityKind;
use crate::store::rules::{Who, qualifier, root};
use crate::store::{claims, people};
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeSet;

/// The speaker of a row id, if it is there.
pub fn who(connection: &Connection, speaker: i64) -> rusqlite::Result<Option<Who>> {
    connection
        .prepare_cached("SELECT name, folded, kind, qualifier FROM speaker WHERE id = ?1")?
        .query_row([speaker], read)
        .optional()
}

/// The several people of one name, those that are told from the first.
pub fn parts(connection: &Connection) -> rusqlite::Result<Vec<Who>> {
    connection
        .prepare_cached(
            "SELECT name, folded, kind, qualifier FROM speaker WHERE qualifier IS NOT NULL ORDER BY id",
        )?
        .query_map([], read)?
        .collect()
}

fn read(row: &Row<'_>) -> rusqlite::Result<Who> {
    let kind = row.get_ref(2)?.as_str()?.parse().unwrap_or(EntityKind::Person);
    Ok(Who { name: row.get(0)?, folded: row.get(1)?, kind, qualifier: row.get(3)? })
}

/// Makes two people one: whoever is `alias`, which stands for its person, is `person` from now on, which does so too.
pub fn link(connection: &Connection, alias: &Who, person: &Who, correction: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "INSERT INTO name_rule (folded, kind, qualifier, name, person_folded, person_qualifier, person_name,
                                    correction) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )?
        .execute(params![
            alias.folded,
            alias.kind.as_str(),
            alias.part(),
            alias.name,
            person.folded,
            person.part(),
            person.name,
            correction,
        ])?;
    match people::find(connection, alias)? {
        Some((row, _)) => join_all(connection, row),
        None => Ok(()),
    }
}

/// Takes the rule of a correction away: what it made one is two again.
pub fn unlink(connection: &Connection, correction: i64) -> rusqlite::Result<()> {
    let rules: Vec<(Who, Who)> = connection
        .prepare_cached(
            "SELECT name, folded, kind, nullif(qualifier, ''), person_name, person_folded, nullif(person_qualifier, '')
               FROM name_rule WHERE correction = ?1",
        )?
        .query_map([correction], |row| {
            let alias = read(row)?;
            let (name, folded) = (row.get(4)?, row.get(5)?);
            Ok((alias.clone(), Who { name, folded, kind: alias.kind, qualifier: row.get(6)? }))
        })?
        .collect::<rusqlite::Result<_>>()?;
    connection.prepare_cached("DELETE FROM name_rule WHERE correction = ?1")?.execute([correction])?;
    for (_, person) in rules {
        let root = root(connection, &person)?;
        if let Some((row, _)) = people::find(connection, &root)? {
            join_all(connection, row)?;
        }
    }
    Ok(())
}

/// Lets all names that stood for one person stand for whom the rules say.
fn join_all(connection: &Connection, person: i64) -> rusqlite::Result<()> {
    let rows: Vec<i64> = connection
        .prepare_cached("SELECT id FROM speaker WHERE person = ?1 ORDER BY id")?
        .query_map([person], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let quotes = statements(connection, &rows)?;
    claims::leave(connection, &quotes)?;
    for &row in &rows {
        if let Some(who) = who(connection, row)? {
            people::join(connection, row, &who)?;
        }
    }
    claims::enter(connection, &quotes)?;
    people::forget(connection, &rows)?;
    people::forget(connection, &[person])
}

/// The statements of today of some speakers.
fn statements(connection: &Connection, speakers: &[i64]) -> rusqlite::Result<Vec<i64>> {
    let mut select =
        connection.prepare_cached("SELECT id FROM current_statement WHERE speaker = ?1 ORDER BY id")?;
    let mut quotes = Vec::new();
    for speaker in speakers {
        for quote in select.query_map([speaker], |row| row.get(0))? {
            quotes.push(quote?);
        }
    }
    Ok(quotes)
}

/// A speaker in a version.
struct Appearance {
    version: i64,
    speaker: i64,
    qualifier: Option<String>,
    role: Option<String>,
}

/// Gives each of several people of one name what is theirs by the rules, wherever the name appears. Returns in how many
/// article versions it changed hands.
pub fn settle(connection: &Connection, name: &Who) -> rusqlite::Result<u64> {
    let appearances: Vec<Appearance> = connection
        .prepare_cached(
            "SELECT p.version, s.id, s.qualifier, p.role FROM speaker AS s JOIN appearance AS p ON p.speaker = s.id
              WHERE s.folded = ?1 AND s.kind = ?2 ORDER BY p.version, s.id",
        )?
        .query_map(params![name.folded, name.kind.as_str()], |row| {
            let (version, speaker) = (row.get(0)?, row.get(1)?);
            Ok(Appearance { version, speaker, qualifier: row.get(2)?, role: row.get(3)? })
        })?
        .collect::<rusqlite::Result<_>>()?;
    let (mut moved, mut left) = (0, BTreeSet::new());
    for appearance in appearances {
        let role = appearance.role.as_deref();
        let part = qualifier(connection, appearance.version, &name.folded, name.kind, role)?;
        if part != appearance.qualifier {
            let to = people::row(connection, &Who { qualifier: part, ..name.clone() })?;
            hand_over(connection, appearance.version, appearance.speaker, to)?;
            left.insert(appearance.speaker);
            moved += 1;
        }
    }
    people::forget(connection, &Vec::from_iter(left))?;
    Ok(moved)
}

/// Gives another row what a speaker says in a version, its role and other names.
fn hand_over(connection: &Connection, version: i64, from: i64, to: i64) -> rusqlite::Result<()> {
    let quotes: Vec<i64> = connection
        .prepare_cached(
            "SELECT q.id FROM quote AS q JOIN current_statement AS c ON c.id = q.id
              WHERE q.version = ?1 AND q.speaker = ?2 ORDER BY q.id",
        )?
        .query_map([version, from], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    claims::leave(connection, &quotes)?;
    let run = |sql: &str| connection.prepare_cached(sql)?.execute([version, from, to]);
    run("UPDATE quote SET speaker = ?3 WHERE version = ?1 AND speaker = ?2")?;
    run("UPDATE corrected SET speaker = ?3
          WHERE speaker = ?2 AND quote IN (SELECT id FROM quote WHERE version = ?1)")?;
    // By deleting and inserting: so its other names are counted right.
    let (role, aliases): (Option<String>, Option<String>) = connection
        .prepare_cached("DELETE FROM appearance WHERE version = ?1 AND speaker = ?2 RETURNING role, aliases")?
        .query_row([version, from], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let is_there = connection
        .prepare_cached("SELECT 1 FROM appearance WHERE version = ?1 AND speaker = ?2")?
        .exists([version, to])?;
    if !is_there {
        people::appear(connection, version, to, role.as_deref(), aliases.as_deref())?;
    }
    let names: Vec<String> = aliases.and_then(|list| serde_json::from_str(&list).ok()).unwrap_or_default();
    for name in names {
        people::write_words(connection, to, &fold(&name))?;
    }
    claims::enter(connection, &quotes)
}
