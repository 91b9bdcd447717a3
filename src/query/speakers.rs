//! Who is in the database, and whom a typed name means.

use crate::error::Result;
use crate::lexicon::fold::fold;
use crate::model::EntityKind;
use crate::query::conditions::{Conditions, list};
use crate::query::{Reader, named};
use crate::speakers::matching::{distance, has_words, is_alias};
use rusqlite::Row;

/// Row id of a speaker.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SpeakerId(pub i64);

/// Which speakers to list.
#[derive(Clone, Debug, Default)]
pub struct SpeakerFilter {
    pub speakers: Option<Vec<SpeakerId>>,
    pub kind: Option<EntityKind>,
    pub limit: Option<u64>,
}

/// A speaker with at least one statement in a current version.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SpeakerRow {
    pub id: SpeakerId,
    pub name: String,
    pub kind: EntityKind,
    pub quotes: i64,
    pub articles: i64,
    /// ISO 8601 dates of the first and last dated article with a statement.
    pub first: Option<String>,
    pub last: Option<String>,
    /// As printed, the commonest first.
    pub roles: Vec<String>,
    /// Other names printed, sorted.
    pub aliases: Vec<String>,
}

/// Where a folded name stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Name,
    Alias,
}

impl Reader {
    /// Finds the speakers whose name has all words of `typed`, whole and in order, without regard to
    /// case and accents, or whose alias has them and ends with the last; in order of their ids.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be read.
    pub fn match_speakers(&self, typed: &str) -> Result<Vec<SpeakerId>> {
        let wanted = fold(typed);
        let mut found = Vec::new();
        self.each_name(|id, name, origin| {
            let matches = match origin {
                Origin::Name => has_words(name, &wanted),
                Origin::Alias => is_alias(name, &wanted),
            };
            if matches && found.last() != Some(&id) {
                found.push(id);
            }
        })?;
        Ok(found)
    }

    /// Finds up to `limit` names that `typed` may have been meant for, the nearest first.
    ///
    /// # Errors
    /// As [`Reader::match_speakers`].
    pub fn suggest_speakers(&self, typed: &str, limit: usize) -> Result<Vec<String>> {
        let wanted = fold(typed);
        let mut near = Vec::new();
        self.each_name(|id, name, _| near.extend(distance(name, &wanted).map(|distance| (distance, id))))?;
        near.sort_unstable();
        let mut ids = Vec::new();
        for (_, id) in near {
            if !ids.contains(&id) && ids.len() < limit {
                ids.push(id);
            }
        }
        let named = |SpeakerId(id): &SpeakerId| {
            self.connection.query_row("SELECT name FROM speaker WHERE id = ?1", [id], |row| row.get(0))
        };
        ids.iter().map(named).collect::<rusqlite::Result<_>>().map_err(|error| self.failed(error))
    }

    /// Calls `each` with every folded name and alias, those of a speaker together.
    fn each_name(&self, each: impl FnMut(SpeakerId, &str, Origin)) -> Result<()> {
        self.read_names(each).map_err(|error| self.failed(error))
    }

    fn read_names(&self, mut each: impl FnMut(SpeakerId, &str, Origin)) -> rusqlite::Result<()> {
        let sql = "SELECT id, folded, 0 FROM speaker
                   UNION ALL SELECT DISTINCT speaker, folded, 1 FROM speaker_alias ORDER BY 1, 3, 2";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let origin = if row.get(2)? { Origin::Alias } else { Origin::Name };
            each(SpeakerId(row.get(0)?), row.get_ref(1)?.as_str()?, origin);
        }
        Ok(())
    }

    /// Lists speakers, those with the most quotes first, then by name.
    ///
    /// # Errors
    /// As [`Reader::match_speakers`], and what `each` returns.
    pub fn speakers(
        &self,
        filter: &SpeakerFilter,
        mut each: impl FnMut(SpeakerRow) -> Result<()>,
    ) -> Result<u64> {
        let mut conditions = Conditions::default();
        let ids = filter.speakers.as_ref().map(|ids| list(&ids.iter().map(|id| id.0).collect::<Vec<_>>()));
        conditions.with("id IN (SELECT value FROM json_each(?))", ids);
        conditions.with("kind = ?", filter.kind.map(EntityKind::as_str));
        let select =
            "SELECT id, name, kind, quotes, articles, first_published, last_published FROM speaker_view";
        let sql = conditions.sql(select, "quotes DESC, name, id", filter.limit);
        let failed = |error| self.failed(error);
        let mut statement = self.connection.prepare(&sql).map_err(failed)?;
        let mut rows = statement.query(conditions.values()).map_err(failed)?;
        let mut count = 0;
        while let Some(row) = rows.next().map_err(failed)? {
            each(self.speaker(row).map_err(failed)?)?;
            count += 1;
        }
        Ok(count)
    }

    fn speaker(&self, row: &Row<'_>) -> rusqlite::Result<SpeakerRow> {
        let id: i64 = row.get("id")?;
        Ok(SpeakerRow {
            id: SpeakerId(id),
            name: row.get("name")?,
            kind: named(row, "kind")?.unwrap_or(EntityKind::Person),
            quotes: row.get("quotes")?,
            articles: row.get("articles")?,
            first: row.get("first_published")?,
            last: row.get("last_published")?,
            roles: self.strings(ROLES, id)?,
            aliases: self.strings(ALIASES, id)?,
        })
    }

    fn strings(&self, sql: &str, id: i64) -> rusqlite::Result<Vec<String>> {
        self.connection.prepare_cached(sql)?.query_map([id], |row| row.get(0))?.collect()
    }
}

const ROLES: &str = "\
    SELECT p.role
      FROM appearance AS p
      JOIN article_version AS v ON v.id = p.version AND v.is_current = 1
     WHERE p.speaker = ?1 AND p.role IS NOT NULL
     GROUP BY p.role ORDER BY count(*) DESC, p.role";

/// Of the ways to print an alias the last in byte order: it has small letters and accents.
const ALIASES: &str =
    "SELECT max(alias) FROM speaker_alias WHERE speaker = ?1 GROUP BY folded ORDER BY folded";
