//! Who is in the database, and whom a typed name means.

use crate::error::Result;
use crate::lexicon::fold::fold;
use crate::model::EntityKind;
use crate::query::conditions::{Conditions, list};
use crate::query::{Reader, named};
use crate::speakers::matching::{distance, has_words, is_alias};
use rusqlite::{OptionalExtension, Row};
use std::collections::{BTreeMap, BTreeSet};

/// Row id of a speaker; of a person with several names, that of the name that stands for it.
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
    /// The person's id in Wikidata, where somebody noted it.
    pub wikidata: Option<String>,
}

/// Where a folded name stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Name,
    Alias,
}

/// Whose names to look at.
#[derive(Clone, Copy)]
enum Whose<'a> {
    All,
    /// Those of whose names at least one word each is among these, folded, with spaces between them.
    Having(&'a str),
}

impl Reader {
    /// Finds the people one of whose names has all words of `typed`, whole and in order, without regard to
    /// case and accents, or whose alias has them and ends with the last; in order of their ids.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be read.
    pub fn match_speakers(&self, typed: &str) -> Result<Vec<SpeakerId>> {
        let wanted = fold(typed);
        let mut found = Vec::new();
        self.each_name(Whose::Having(&wanted), |id, name, origin| {
            let matches = match origin {
                Origin::Name => has_words(name, &wanted),
                Origin::Alias => is_alias(name, &wanted),
            };
            if matches && found.last() != Some(&id) {
                found.push(id);
            }
        })?;
        self.persons(&found)
    }

    /// The speakers whose name is `typed`, without regard to case and accents; in order of their ids.
    ///
    /// # Errors
    /// As [`Reader::match_speakers`].
    pub fn speakers_named(&self, typed: &str) -> Result<Vec<SpeakerId>> {
        let wanted = fold(typed);
        let mut found = Vec::new();
        self.each_name(Whose::Having(&wanted), |id, name, origin| {
            if origin == Origin::Name && name == wanted {
                found.push(id);
            }
        })?;
        Ok(found)
    }

    /// A speaker's own name and kind.
    ///
    /// # Errors
    /// As [`Reader::match_speakers`].
    pub fn speaker_name(&self, SpeakerId(id): SpeakerId) -> Result<(String, EntityKind)> {
        let sql = "SELECT name || coalesce(' (' || qualifier || ')', ''), kind FROM speaker WHERE id = ?1";
        let read = |row: &Row<'_>| Ok((row.get(0)?, named(row, 1)?.unwrap_or(EntityKind::Person)));
        self.connection.query_row(sql, [id], read).map_err(|error| self.failed(error))
    }

    /// Who stands for some speakers, each once, in order of their ids.
    ///
    /// # Errors
    /// As [`Reader::match_speakers`].
    pub fn persons(&self, speakers: &[SpeakerId]) -> Result<Vec<SpeakerId>> {
        let sql =
            "SELECT DISTINCT person FROM speaker WHERE id IN (SELECT value FROM json_each(?1)) ORDER BY 1";
        self.ids(sql, speakers)
    }

    /// All names of those people whom some speakers are.
    ///
    /// # Errors
    /// As [`Reader::match_speakers`].
    pub fn all_names(&self, speakers: &[SpeakerId]) -> Result<Vec<SpeakerId>> {
        let sql = "SELECT id FROM speaker WHERE person IN
                     (SELECT person FROM speaker WHERE id IN (SELECT value FROM json_each(?1))) ORDER BY 1";
        self.ids(sql, speakers)
    }

    fn ids(&self, sql: &str, speakers: &[SpeakerId]) -> Result<Vec<SpeakerId>> {
        let ids = list(&speakers.iter().map(|id| id.0).collect::<Vec<_>>());
        let read = || -> rusqlite::Result<Vec<SpeakerId>> {
            self.connection.prepare_cached(sql)?.query_map([ids], |row| row.get(0).map(SpeakerId))?.collect()
        };
        read().map_err(|error| self.failed(error))
    }

    /// The names of speakers and how many statements each has in all versions of articles, the most first.
    ///
    /// # Errors
    /// As [`Reader::match_speakers`].
    pub fn names(&self, speakers: &[SpeakerId]) -> Result<Vec<(String, i64)>> {
        let mut names = Vec::new();
        for SpeakerId(id) in speakers {
            let sql = "SELECT name || coalesce(' (' || qualifier || ')', ''),
                              (SELECT count(*) FROM speaker AS s JOIN quote AS q ON q.speaker = s.id WHERE s.person = ?1)
                         FROM speaker WHERE id = ?1";
            let pair = self.connection.query_row(sql, [id], |row| Ok((row.get(0)?, row.get(1)?)));
            names.push(pair.map_err(|error| self.failed(error))?);
        }
        names.sort_by(|(name, count): &(String, i64), (other, more)| more.cmp(count).then(name.cmp(other)));
        Ok(names)
    }

    /// The name of whoever has the most statements in all versions of articles.
    ///
    /// # Errors
    /// As [`Reader::match_speakers`].
    pub fn most_quoted(&self) -> Result<Option<String>> {
        let sql = "SELECT s.name
                     FROM (SELECT speaker, count(*) AS quotes FROM quote WHERE speaker IS NOT NULL GROUP BY speaker) AS q
                     JOIN speaker AS s ON s.id = q.speaker ORDER BY q.quotes DESC, s.name LIMIT 1";
        let name = self.connection.query_row(sql, [], |row| row.get(0)).optional();
        name.map_err(|error| self.failed(error))
    }

    /// Finds up to `limit` names that `typed` may have been meant for, the nearest first.
    ///
    /// # Errors
    /// As [`Reader::match_speakers`].
    pub fn suggest_speakers(&self, typed: &str, limit: usize) -> Result<Vec<String>> {
        let wanted = fold(typed);
        let mut near = Vec::new();
        self.each_name(Whose::All, |id, name, _| {
            near.extend(distance(name, &wanted).map(|distance| (distance, id)))
        })?;
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

    /// Calls `each` with the folded names and aliases, those of a speaker together.
    fn each_name(&self, whose: Whose<'_>, each: impl FnMut(SpeakerId, &str, Origin)) -> Result<()> {
        self.read_names(whose, each).map_err(|error| self.failed(error))
    }

    fn read_names(
        &self,
        whose: Whose<'_>,
        mut each: impl FnMut(SpeakerId, &str, Origin),
    ) -> rusqlite::Result<()> {
        let ids = match whose {
            Whose::All => "SELECT id FROM speaker ORDER BY id",
            Whose::Having(_) => HAVING_WORDS,
        };
        let words = match whose {
            Whose::Having(words) => Some(list(&Vec::from_iter(words.split(' ').collect::<BTreeSet<_>>()))),
            Whose::All => None,
        };
        let mut ids = self.connection.prepare(ids)?;
        let mut names = self.connection.prepare(NAMES)?;
        let mut ids = ids.query(rusqlite::params_from_iter(words))?;
        while let Some(id) = ids.next()? {
            let id: i64 = id.get(0)?;
            let mut names = names.query([id])?;
            while let Some(row) = names.next()? {
                let origin = if row.get(1)? { Origin::Alias } else { Origin::Name };
                each(SpeakerId(id), &fold(row.get_ref(0)?.as_str()?), origin);
            }
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
        each: impl FnMut(SpeakerRow) -> Result<()>,
    ) -> Result<u64> {
        let mut conditions = Conditions::default();
        let ids = filter.speakers.as_ref().map(|ids| list(&ids.iter().map(|id| id.0).collect::<Vec<_>>()));
        conditions.with("id IN (SELECT value FROM json_each(?))", ids);
        conditions.with("kind = ?", filter.kind.map(EntityKind::as_str));
        let select = "SELECT id, name, kind, quotes, articles, first_published, last_published, wikidata FROM speaker_view";
        let sql = conditions.sql(select, "quotes DESC, name, id", filter.limit);
        self.rows(&sql, &conditions, |row| self.speaker(row), each)
    }

    fn speaker(&self, row: &Row<'_>) -> rusqlite::Result<SpeakerRow> {
        let id: i64 = row.get("id")?;
        Ok(SpeakerRow {
            id: SpeakerId(id),
            name: row.get("name")?,
            kind: named(row, 2)?.unwrap_or(EntityKind::Person),
            quotes: row.get("quotes")?,
            articles: row.get("articles")?,
            first: row.get("first_published")?,
            last: row.get("last_published")?,
            roles: self.strings(ROLES, id)?,
            aliases: spelled(self.strings(ALIASES, id)?),
            wikidata: row.get("wikidata")?,
        })
    }

    pub(crate) fn strings(&self, sql: &str, id: i64) -> rusqlite::Result<Vec<String>> {
        self.connection.prepare_cached(sql)?.query_map([id], |row| row.get(0))?.collect()
    }
}

/// The speakers who have each of a list of words in some name.
const HAVING_WORDS: &str = "\
    SELECT speaker FROM speaker_word WHERE word IN (SELECT value FROM json_each(?1))
     GROUP BY speaker HAVING count(*) = json_array_length(?1) ORDER BY speaker";

const NAMES: &str = "\
    SELECT name || coalesce(' ' || qualifier, ''), 0 FROM speaker WHERE id = ?1
    UNION ALL SELECT alias, 1 FROM speaker_alias WHERE speaker = ?1";

const ROLES: &str = "\
    SELECT p.role
      FROM speaker AS s
      JOIN current_statement AS q ON q.speaker = s.id
      JOIN appearance AS p ON p.version = q.version AND p.speaker = q.speaker
     WHERE s.person = ?1 AND p.role IS NOT NULL
     GROUP BY p.role ORDER BY count(DISTINCT q.version) DESC, p.role";

const ALIASES: &str = "\
    SELECT alias FROM speaker AS s JOIN speaker_alias AS a ON a.speaker = s.id WHERE s.person = ?1
    UNION SELECT name FROM speaker WHERE person = ?1 AND id <> ?1 ORDER BY 1";

/// Of aliases that differ in case and accents only, the last in byte order: it has small letters and accents.
fn spelled(aliases: Vec<String>) -> Vec<String> {
    let by_name: BTreeMap<String, String> = aliases.into_iter().map(|alias| (fold(&alias), alias)).collect();
    by_name.into_values().collect()
}
