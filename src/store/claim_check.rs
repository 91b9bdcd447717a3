//! Proves that the claims are in step with the statements, and what people said of them with the log.

use crate::claims::node::{Node, Shared};
use crate::copies::same_words;
use crate::pipeline::ANALYSER;
use crate::store::left;
use crate::store::wordings::{STATEMENT, kept, read_statement};
use rusqlite::{Connection, params};

/// What is never so of claims, and the rows where it is: rebuilding them mends it.
pub const CLAIM_RULES: &[(&str, &str)] = &[
    (
        "it is among the claims, but rejected or of an earlier version",
        "SELECT 'quote ' || q.id FROM sighting AS g JOIN quote AS q ON q.id = g.quote
           JOIN article_version AS v ON v.id = q.version WHERE v.is_current = 0 OR q.state = 'rejected'",
    ),
    (
        "its wording isn't there",
        "SELECT 'quote ' || g.quote FROM sighting AS g
          WHERE NOT EXISTS (SELECT 1 FROM wording AS w WHERE w.id = g.wording)",
    ),
    (
        "its speaker is not that of its wording",
        "SELECT 'quote ' || q.id FROM sighting AS g JOIN wording AS w ON w.id = g.wording
           JOIN quote AS q ON q.id = g.quote LEFT JOIN speaker AS s ON s.id = q.speaker
          WHERE s.person IS NOT w.speaker",
    ),
    (
        "no statement has it",
        "SELECT 'wording ' || w.id FROM wording AS w
          WHERE NOT EXISTS (SELECT 1 FROM sighting AS g WHERE g.wording = w.id)",
    ),
    (
        "it is not shown by the most verbatim and earliest of its statements",
        "SELECT 'wording ' || w.id FROM wording AS w WHERE w.quote IS NOT (
             SELECT q.id FROM sighting AS g JOIN quote AS q ON q.id = g.quote WHERE g.wording = w.id
              ORDER BY CASE q.type WHEN 'direct' THEN 3 WHEN 'mixed' THEN 2 WHEN 'scare' THEN 0 ELSE 1 END DESC,
                       q.published IS NULL, q.published, q.public_id LIMIT 1)
             AND EXISTS (SELECT 1 FROM sighting AS g WHERE g.wording = w.id)",
    ),
    (
        "its statements are counted wrongly, or its days or how verbatim it is are not theirs",
        "SELECT 'wording ' || w.id FROM wording AS w JOIN (
             SELECT g.wording, count(*) AS printed, min(q.published) AS first, max(q.published) AS last,
                    max(CASE q.type WHEN 'direct' THEN 3 WHEN 'mixed' THEN 2 WHEN 'scare' THEN 0 ELSE 1 END) AS verbatim
               FROM sighting AS g JOIN quote AS q ON q.id = g.quote GROUP BY g.wording) AS s ON s.wording = w.id
          WHERE w.printed <> s.printed OR w.verbatim <> s.verbatim OR w.first IS NOT s.first OR w.last IS NOT s.last",
    ),
    (
        "an anchor is of no wording",
        "SELECT 'wording ' || wording FROM anchor WHERE wording NOT IN (SELECT id FROM wording) GROUP BY wording",
    ),
    (
        "its anchors are not all there, or differ in what they say of it",
        "SELECT DISTINCT 'wording ' || wording FROM anchor GROUP BY wording, owner <= 0
         HAVING count(*) <> min(among) OR min(among) <> max(among) OR min(numbers) <> max(numbers)",
    ),
    (
        "it is a form of another by a person's word that nobody gave, or against one",
        "SELECT 'wording ' || w.id FROM wording AS w JOIN wording AS f ON f.id = w.parent
          WHERE coalesce((SELECT d.what FROM claim_decision AS d
                           WHERE d.a = min(w.key, f.key) AND d.b = max(w.key, f.key)
                           ORDER BY d.correction DESC LIMIT 1), '') <> iif(w.method = 'person', 'together', '')",
    ),
];

/// What is never so of people's work on claims.
pub const WORK_RULES: &[(&str, &str)] = &[
    (
        "what it said of claims is not what counts",
        "SELECT 'correction ' || c.id FROM correction AS c
          WHERE (c.kind IN ('merge_claims', 'split_claim') AND c.status <> 'undone')
             <> EXISTS (SELECT 1 FROM claim_decision AS d WHERE d.correction = c.id
                           AND d.what = iif(c.kind = 'merge_claims', 'together', 'apart'))
             OR EXISTS (SELECT 1 FROM claim_decision AS d WHERE d.correction = c.id
                           AND d.what <> iif(c.kind = 'merge_claims', 'together', 'apart'))",
    ),
    (
        "its entries are not numbered from 1 on",
        "SELECT printf('claim c%016x', claim) FROM verdict GROUP BY claim HAVING count(*) <> max(number)",
    ),
    (
        "its evidence or its prints are no list, or its rating has no name",
        "SELECT 'verdict ' || id FROM verdict WHERE json_type(evidence) <> 'array' OR json_type(printed) <> 'array'
             OR (rating IS NOT NULL AND json_type(rating, '$.name') IS NOT 'text')",
    ),
    (
        "it is no object of JSON",
        "SELECT 'review ' || id FROM review WHERE json_type(document) <> 'object'",
    ),
];

/// Looks at what only the program can tell of claims: whether each statement is among them, each wording is a form of a
/// fuller one and can be found by its anchors. Holds one of them at a time. Returns how many statements aren't among
/// the claims because these were left for later.
///
/// What another build of the program read, that one judged by rules of its own: it is passed over.
///
/// # Errors
/// When the file can't be read on.
pub fn claims(connection: &Connection, found: &mut dyn FnMut(String)) -> rusqlite::Result<u64> {
    let mut left_for_later = 0;
    if left::is_noted(connection)? {
        left_out(connection, "", &mut |_| left_for_later += 1)?;
    } else {
        left_out(connection, ANALYSER, &mut |quote| {
            found(format!("quote {quote}: it is a statement, but not among the claims"));
        })?;
    }
    wordings(connection, found)?;
    Ok(left_for_later)
}

const OF_THIS_BUILD: &str = "substr(v.analyser, 1, length(?1)) = ?1";

/// The statements that aren't among the claims, of those that a build read; of all with no name of one.
fn left_out(connection: &Connection, build: &str, found: &mut dyn FnMut(i64)) -> rusqlite::Result<()> {
    let mut statements = connection.prepare(&format!("{STATEMENT} {OF_THIS_BUILD} ORDER BY q.id"))?;
    let mut rows = statements.query([build])?;
    while let Some(row) = rows.next()? {
        let statement = read_statement(row)?;
        if !statement.wording.is_term() {
            found(statement.quote);
        }
    }
    Ok(())
}

fn wordings(connection: &Connection, found: &mut dyn FnMut(String)) -> rusqlite::Result<()> {
    // Those whose statement is gone are told already.
    let mut wordings = connection.prepare(&format!(
        "SELECT w.id, f.id FROM wording AS w JOIN quote AS q ON q.id = w.quote
           JOIN article_version AS v ON v.id = q.version AND {OF_THIS_BUILD}
           LEFT JOIN wording AS f ON f.id = w.parent AND EXISTS (
                SELECT 1 FROM quote AS o JOIN article_version AS e ON e.id = o.version
                 WHERE o.id = f.quote AND e.analyser = v.analyser)
          ORDER BY w.id"
    ))?;
    let mut rows = wordings.query([ANALYSER])?;
    while let Some(row) = rows.next()? {
        let (id, fuller): (i64, Option<i64>) = (row.get(0)?, row.get(1)?);
        let node = kept(connection, id)?.node;
        if let Some(fuller) = fuller
            && !kept(connection, fuller)?.node.is_fuller(&node)
        {
            found(format!("wording {id}: it is a form of one that is not fuller"));
        }
        if !is_anchored(connection, id, &node)? {
            found(format!("wording {id}: it can't be found by its anchors"));
        }
    }
    Ok(())
}

fn is_anchored(connection: &Connection, id: i64, node: &Node) -> rusqlite::Result<bool> {
    let places = node.places();
    let mut anchor = connection.prepare_cached(
        "SELECT 1 FROM anchor WHERE owner = ?1 AND anchor = ?2 AND wording = ?3 AND among = ?4 AND numbers = ?5
            AND in_part = ?6",
    )?;
    let mut all = Shared::all(&places, &node.wording);
    for (owner, word) in &places {
        if !anchor.exists(params![owner, word, id, *all.of(*owner) as i64, node.numbers(), all.in_part])? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Looks whether reviews are found by their words.
///
/// # Errors
/// When the file can't be read on.
pub fn reviews(connection: &Connection, found: &mut dyn FnMut(String)) -> rusqlite::Result<()> {
    let mut reviews = connection.prepare("SELECT id, words, same_words FROM review ORDER BY id")?;
    let mut rows = reviews.query([])?;
    while let Some(row) = rows.next()? {
        let words: String = row.get(1)?;
        if row.get::<_, i64>(2)? != same_words(&words).cast_signed() {
            found(format!("review {}: its hash is not that of its words", row.get::<_, i64>(0)?));
        }
    }
    Ok(())
}
