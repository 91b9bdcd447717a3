//! Keeps the claims up to date as statements come, go and change.
//!
//! The links between wordings are those of [`crate::claims::grouping`], whatever the order in which the statements came: a wording
//! that comes or changes is compared with those that share its anchors, and each of them takes the better link.

use crate::claims::decision::judged;
use crate::claims::nearness::Nearness;
use crate::claims::node::{Node, Shared};
use crate::claims::wording::Wording;
use crate::claims::worth::worth;
use crate::store::wordings::{
    Kept, STATEMENT, Statement, Weighed, Whom, candidates, date, find, kept, read_weighed, statement,
    wording_of,
};
use crate::store::worths::weigh;
use crate::store::{decided, wordings};
use jiff::civil::Date;
use rusqlite::{Connection, params};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Puts statements, by the row ids of their quotes, among the claims. Those that are there, of earlier versions or
/// rejected, and terms in quotation marks, are passed over.
///
/// # Errors
/// When the database can't be written to.
pub fn enter(connection: &Connection, quotes: &[i64]) -> rusqlite::Result<()> {
    quotes.iter().try_for_each(|&quote| match statement(connection, quote)? {
        Some(statement) => enter_one(connection, &statement),
        None => Ok(()),
    })
}

/// Takes statements out of the claims. It has to be told before one is deleted or rejected, gets other words or another
/// speaker, or its version is superseded; what is a statement still is entered again afterwards.
///
/// # Errors
/// When the database can't be written to.
pub fn leave(connection: &Connection, quotes: &[i64]) -> rusqlite::Result<()> {
    quotes.iter().try_for_each(|&quote| leave_one(connection, quote))
}

/// As [`leave`], for all quotes of an article version.
///
/// # Errors
/// As [`leave`].
pub fn leave_version(connection: &Connection, version: i64) -> rusqlite::Result<()> {
    let quotes: Vec<i64> = connection
        .prepare_cached("SELECT id FROM quote WHERE version = ?1 ORDER BY id")?
        .query_map([version], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    leave(connection, &quotes)
}

/// As [`enter`], for all quotes from a row id on; by their row ids what is known of some.
///
/// # Errors
/// As [`enter`].
pub fn enter_from(
    connection: &Connection,
    first: i64,
    weighed: &FxHashMap<i64, Weighed>,
) -> rusqlite::Result<()> {
    let mut select = connection.prepare_cached(&format!("{STATEMENT} q.id >= ?1 ORDER BY q.id"))?;
    let mut rows = select.query([first])?;
    while let Some(row) = rows.next()? {
        enter_one(connection, &read_weighed(row, weighed.get(&row.get(0)?))?)?;
    }
    Ok(())
}

/// Links wordings anew, by their keys, after something else was said of them. Those that aren't there are passed over.
///
/// # Errors
/// As [`enter`].
pub fn judge_anew(connection: &Connection, keys: &BTreeSet<i64>) -> rusqlite::Result<()> {
    keys.iter().try_for_each(|&key| match find(connection, key)? {
        Some(id) => link(connection, &kept(connection, id)?),
        None => Ok(()),
    })
}

fn enter_one(connection: &Connection, statement: &Statement) -> rusqlite::Result<()> {
    if statement.wording.is_term() {
        return Ok(());
    }
    let key = statement.key();
    let Some(id) = find(connection, key)? else {
        let new = insert(connection, key, statement)?;
        see(connection, new.id, statement.quote)?;
        return link(connection, &new);
    };
    see(connection, id, statement.quote)?;
    if see_again(connection, id, statement)? { relink(connection, id) } else { Ok(()) }
}

fn see(connection: &Connection, wording: i64, quote: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO sighting (wording, quote) VALUES (?1, ?2)")?
        .execute([wording, quote])
        .map(drop)
}

fn insert(connection: &Connection, key: i64, statement: &Statement) -> rusqlite::Result<Kept> {
    let day = statement.published.map(|date| date.to_string());
    let id = connection
        .prepare_cached(
            "INSERT INTO wording (key, speaker, quote, verbatim, first, last, printed, worth)
             VALUES (?1, ?2, ?3, ?4, ?5, ?5, 1, ?6)",
        )?
        .insert(params![
            key,
            statement.speaker,
            statement.quote,
            statement.wording.verbatim as i64,
            day,
            statement.worth.unwrap_or_else(|| worth(&statement.text, statement.cue_class).score),
        ])?;
    let (name, wording) = (statement.name.clone(), statement.wording.clone());
    let node = Node { key, name, wording, days: statement.published.map(|date| (date, date)) };
    anchor(connection, id, &node)?;
    Ok(Kept { id, node, parent: None })
}

/// Notes by which anchors a wording is found.
fn anchor(connection: &Connection, id: i64, node: &Node) -> rusqlite::Result<()> {
    let places = node.places();
    let mut all = Shared::all(&places, &node.wording);
    let numbers = node.numbers();
    let mut insert = connection.prepare_cached(
        "INSERT INTO anchor (owner, anchor, wording, among, in_part, numbers) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    places.iter().try_for_each(|(owner, anchor)| {
        let among = *all.of(*owner) as i64;
        insert.execute(params![owner, anchor, id, among, all.in_part, numbers]).map(drop)
    })
}

/// Notes the anchors of a wording anew where they aren't those of `before` any more: they depend on how verbatim it is,
/// and on the statement that shows it. Gives the wording as it is now.
fn anchor_anew(connection: &Connection, id: i64, before: &Node) -> rusqlite::Result<Arc<Wording>> {
    let after = kept(connection, id)?.node;
    if after.places() != before.places()
        || after.numbers() != before.numbers()
        || after.wording.is_part() != before.wording.is_part()
    {
        unanchor(connection, id, before)?;
        anchor(connection, id, &after)?;
    }
    Ok(after.wording)
}

/// Takes the anchors of a wording away, which are those of `node`.
fn unanchor(connection: &Connection, id: i64, node: &Node) -> rusqlite::Result<()> {
    let mut delete =
        connection.prepare_cached("DELETE FROM anchor WHERE owner = ?1 AND anchor = ?2 AND wording = ?3")?;
    node.places().iter().try_for_each(|(owner, anchor)| delete.execute(params![owner, anchor, id]).map(drop))
}

/// Counts a statement more of a wording; tells whether that changes what the wording belongs to.
fn see_again(connection: &Connection, id: i64, statement: &Statement) -> rusqlite::Result<bool> {
    let sql = "SELECT w.verbatim, q.published, q.public_id, w.first, w.last
                 FROM wording AS w JOIN quote AS q ON q.id = w.quote WHERE w.id = ?1";
    let (verbatim, published, public_id, first, last) =
        connection.prepare_cached(sql)?.query_row([id], |row| {
            let (verbatim, public_id): (i64, String) = (row.get(0)?, row.get(2)?);
            Ok((verbatim, date(row, 1)?, public_id, date(row, 3)?, date(row, 4)?))
        })?;
    let mine = statement.wording.verbatim as i64;
    let order = |verbatim: i64, published: Option<Date>, id: &str| {
        (-verbatim, published.is_none(), published, id.to_owned())
    };
    let is_better =
        order(mine, statement.published, &statement.public_id) < order(verbatim, published, &public_id);
    // The same words with other capitals or brackets can have other anchors, and be nearer to others.
    let before = is_better.then(|| kept(connection, id)).transpose()?;
    let day = statement.published;
    let widest = (first.into_iter().chain(day).min(), last.into_iter().chain(day).max());
    connection
        .prepare_cached(
            "UPDATE wording SET printed = printed + 1, quote = coalesce(?2, quote), verbatim = max(verbatim, ?3),
                                first = ?4, last = ?5 WHERE id = ?1",
        )?
        .execute(params![
            id,
            is_better.then_some(statement.quote),
            mine,
            widest.0.map(|date| date.to_string()),
            widest.1.map(|date| date.to_string()),
        ])?;
    if is_better {
        weigh(connection, id)?;
    }
    let shows_else = match &before {
        Some(before) => anchor_anew(connection, id, &before.node)? != before.node.wording,
        None => false,
    };
    Ok(shows_else || widest != (first, last))
}

fn leave_one(connection: &Connection, quote: i64) -> rusqlite::Result<()> {
    let Some(id) = wording_of(connection, quote)? else { return Ok(()) };
    let before = kept(connection, id)?;
    connection.prepare_cached("DELETE FROM sighting WHERE quote = ?1")?.execute([quote])?;
    let changed = connection.prepare_cached(RECOUNT)?.execute([id])?;
    if changed > 0 {
        weigh(connection, id)?;
        anchor_anew(connection, id, &before.node)?;
        return relink(connection, id);
    }
    let children = part(connection, id)?;
    unanchor(connection, id, &before.node)?;
    connection.prepare_cached("DELETE FROM wording WHERE id = ?1")?.execute([id])?;
    children.into_iter().try_for_each(|child| link(connection, &kept(connection, child)?))
}

/// Shows a wording by what is left of its statements; changes nothing when none is.
const RECOUNT: &str = "\
    UPDATE wording SET (quote, verbatim) = (
               SELECT q.id, CASE q.type WHEN 'direct' THEN 3 WHEN 'mixed' THEN 2 WHEN 'scare' THEN 0 ELSE 1 END AS verbatim
                 FROM sighting AS s JOIN quote AS q ON q.id = s.quote WHERE s.wording = ?1
                ORDER BY verbatim DESC, q.published IS NULL, q.published, q.public_id LIMIT 1),
           (first, last, printed) = (
               SELECT min(q.published), max(q.published), count(*)
                 FROM sighting AS s JOIN quote AS q ON q.id = s.quote WHERE s.wording = ?1)
     WHERE id = ?1 AND EXISTS (SELECT 1 FROM sighting WHERE wording = ?1)";

/// Parts a wording from those that are forms of it, and returns them.
fn part(connection: &Connection, id: i64) -> rusqlite::Result<Vec<i64>> {
    let sql = "UPDATE wording SET parent = NULL, method = NULL, score = NULL WHERE parent = ?1 RETURNING id";
    let mut children: Vec<i64> = connection
        .prepare_cached(sql)?
        .query_map([id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    children.sort_unstable();
    Ok(children)
}

/// Links a wording that changed, and those that were forms of it, anew.
fn relink(connection: &Connection, id: i64) -> rusqlite::Result<()> {
    let children = part(connection, id)?;
    link(connection, &kept(connection, id)?)?;
    children.into_iter().try_for_each(|child| link(connection, &kept(connection, child)?))
}

/// Finds the fuller wording that `kept` is a form of, and gives those that are forms of it their link where it is better.
fn link(connection: &Connection, kept: &Kept) -> rusqlite::Result<()> {
    let mut best: Option<(Kept, Nearness)> = None;
    let said = decided::of(connection, kept.node.key)?;
    let near = candidates(connection, kept, Whom::Near)?;
    for candidate in decided::with_partners(connection, &said, near)? {
        let other = wordings::kept(connection, candidate)?;
        let Some(nearness) = judged(&said, &kept.node, &other.node) else { continue };
        if other.node.is_fuller(&kept.node) {
            let present = best.as_ref().map(|(best, near)| (&best.node, *near));
            if kept.node.is_better((&other.node, nearness), present) {
                best = Some((other, nearness));
            }
            continue;
        }
        let parent = match other.parent {
            Some((parent, nearness)) if parent != kept.id => {
                Some((wordings::kept(connection, parent)?, nearness))
            }
            _ => None,
        };
        let present = parent.as_ref().map(|(parent, near)| (&parent.node, *near));
        if other.node.is_better((&kept.node, nearness), present) {
            set_parent(connection, other.id, Some((kept.id, nearness)))?;
        }
    }
    let best = best.map(|(parent, nearness)| (parent.id, nearness));
    if best == kept.parent { Ok(()) } else { set_parent(connection, kept.id, best) }
}

fn set_parent(connection: &Connection, id: i64, parent: Option<(i64, Nearness)>) -> rusqlite::Result<()> {
    connection
        .prepare_cached("UPDATE wording SET parent = ?2, method = ?3, score = ?4 WHERE id = ?1")?
        .execute(params![
            id,
            parent.map(|parent| parent.0),
            parent.map(|parent| parent.1.method.as_str()),
            parent.map(|parent| parent.1.score),
        ])
        .map(drop)
}
