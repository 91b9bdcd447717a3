//! Links the articles that tell one story in nearly the same words.
//!
//! Two articles are linked when a version of one is a copy of a version of the other ([`Sketch::is_copy`]) and
//! they were published within [`DAYS`]; a story is all that hang together by links. So stories don't depend on
//! the order of ingest, as long as no more than [`CANDIDATES`] other articles look alike.

use crate::copies::Sketch;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, params};
use std::collections::BTreeSet;

/// Days between a report and its last copy. Series in fixed words (a forecast, a fixture list) come again later.
const DAYS: i32 = 10;
/// So many versions that share a band are looked at: what a text that thousands share may cost.
const CANDIDATES: u32 = 200;

/// Keeps the sketch of a version, and puts its article into the story that it tells, if there is one.
pub fn join(
    connection: &Connection,
    article: i64,
    version: i64,
    published: Option<Date>,
    sketch: &Sketch,
) -> rusqlite::Result<()> {
    let mut insert = connection
        .prepare_cached("INSERT INTO sketch_band (band, version) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?;
    let mut likely = BTreeSet::new();
    for band in sketch.bands() {
        likely.extend(sharing(connection, band, version)?);
        insert.execute(params![band, version])?;
    }
    let mut linked = BTreeSet::new();
    for version in likely.into_iter().take(CANDIDATES as usize) {
        let Some(other) = candidate(connection, version)? else { continue };
        let is_linked = other.article == article || linked.contains(&other.root());
        if !is_linked && other.sketch.is_copy(sketch) && are_near(published, other.published) {
            linked.insert(other.root());
        }
    }
    if linked.is_empty() { Ok(()) } else { unite(connection, article, linked) }
}

fn sharing(connection: &Connection, band: u32, version: i64) -> rusqlite::Result<Vec<i64>> {
    connection
        .prepare_cached("SELECT version FROM sketch_band WHERE band = ?1 AND version <> ?2 LIMIT ?3")?
        .query_map(params![band, version, CANDIDATES], |row| row.get(0))?
        .collect()
}

/// A version that may be a copy.
struct Candidate {
    article: i64,
    story: Option<i64>,
    published: Option<Date>,
    sketch: Sketch,
}

impl Candidate {
    /// What stands for its story.
    fn root(&self) -> i64 {
        self.story.unwrap_or(self.article)
    }
}

fn candidate(connection: &Connection, version: i64) -> rusqlite::Result<Option<Candidate>> {
    let read = |row: &Row<'_>| {
        let published: Option<String> = row.get(2)?;
        let sketch: Option<Vec<u8>> = row.get(3)?;
        let (article, story) = (row.get(0)?, row.get(1)?);
        let published = published.and_then(|date| date.parse().ok());
        let sketch = sketch.and_then(|bytes| Sketch::from_bytes(&bytes));
        Ok(sketch.map(|sketch| Candidate { article, story, published, sketch }))
    };
    let found = connection
        .prepare_cached(
            "SELECT v.article, a.story, v.published, v.sketch
               FROM article_version AS v JOIN article AS a ON a.id = v.article WHERE v.id = ?1",
        )?
        .query_row([version], read)
        .optional()?;
    Ok(found.flatten())
}

fn are_near(one: Option<Date>, other: Option<Date>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return true };
    one.until(other).is_ok_and(|gap| gap.get_days().abs() <= DAYS)
}

/// Makes one story of an article, its own story if it has one, and the stories of `roots`.
fn unite(connection: &Connection, article: i64, mut roots: BTreeSet<i64>) -> rusqlite::Result<()> {
    let own: Option<i64> = connection
        .prepare_cached("SELECT story FROM article WHERE id = ?1")?
        .query_row([article], |row| row.get(0))?;
    roots.insert(own.unwrap_or(article));
    let root = *roots.first().expect("the article's own root is in it");
    let mut update =
        connection.prepare_cached("UPDATE article SET story = ?1 WHERE id = ?2 OR story = ?2")?;
    roots.iter().try_for_each(|other| update.execute([root, *other]).map(drop))
}

/// Takes an article that is about to be forgotten out of its story.
pub fn leave(connection: &Connection, article: i64) -> rusqlite::Result<()> {
    let story: Option<i64> = connection
        .prepare_cached("SELECT story FROM article WHERE id = ?1")?
        .query_row([article], |row| row.get(0))?;
    let Some(story) = story else { return Ok(()) };
    let (root, count): (Option<i64>, i64) = connection
        .prepare_cached("SELECT min(id), count(*) FROM article WHERE story = ?1 AND id <> ?2")?
        .query_row([story, article], |row| Ok((row.get(0)?, row.get(1)?)))?;
    connection
        .prepare_cached("UPDATE article SET story = ?1 WHERE story = ?2")?
        .execute(params![root.filter(|_| count > 1), story])?;
    Ok(())
}
