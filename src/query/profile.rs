//! A person's profile: names, roles over time, outlets, years, and what was repeated most.

use crate::error::Result;
use crate::named::named;
use crate::query::Reader;
use crate::query::speakers::SpeakerId;
use rusqlite::Row;

named! {
/// What a line of a profile tells.
Trait {
    /// A name that articles print.
    Name = "name",
    /// The person's id in Wikidata.
    Wikidata = "wikidata",
    Role = "role",
    Outlet = "outlet",
    Year = "year",
    /// One of the statements that were printed most.
    Statement = "statement",
}
}

/// One line of a profile.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProfileRow {
    pub what: Trait,
    pub value: String,
    /// Statements of today: under that name, in that role, in that outlet, in that year, or with these words.
    pub quotes: i64,
    /// The first and the last of their days.
    pub first: Option<String>,
    pub last: Option<String>,
}

/// So many of the statements that were printed most are listed.
const REPEATED: u64 = 10;

impl Reader {
    /// Tells what is known of a person: names and outlets by how much they have, roles and years by time, then the
    /// statements that were printed most, at least twice.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be read, and what `each` returns.
    pub fn profile(&self, person: SpeakerId, mut each: impl FnMut(ProfileRow) -> Result<()>) -> Result<u64> {
        let mut count = 0;
        for (what, sql) in [
            (Trait::Name, NAMES),
            (Trait::Wikidata, WIKIDATA),
            (Trait::Role, ROLES),
            (Trait::Outlet, OUTLETS),
            (Trait::Year, YEARS),
            (Trait::Statement, STATEMENTS),
        ] {
            for row in self.lines(what, sql, person).map_err(|error| self.failed(error))? {
                each(row)?;
                count += 1;
            }
        }
        Ok(count)
    }

    fn lines(&self, what: Trait, sql: &str, person: SpeakerId) -> rusqlite::Result<Vec<ProfileRow>> {
        let read = |row: &Row<'_>| {
            let (value, quotes) = (row.get(0)?, row.get(1)?);
            Ok(ProfileRow { what, value, quotes, first: row.get(2)?, last: row.get(3)? })
        };
        let limit = if what == Trait::Statement { REPEATED } else { u64::from(u32::MAX) };
        self.connection.prepare(sql)?.query_map((person.0, limit as i64), read)?.collect()
    }
}

const NAMES: &str = "\
    SELECT s.name || coalesce(' (' || s.qualifier || ')', ''), count(*), min(q.published), max(q.published)
      FROM speaker AS s JOIN current_statement AS q ON q.speaker = s.id
     WHERE s.person = ?1 GROUP BY s.id ORDER BY count(*) DESC, 1 LIMIT ?2";

const WIKIDATA: &str = "\
    SELECT w.item, 0, NULL, NULL
      FROM speaker AS s
      JOIN wikidata AS w ON w.folded = s.folded AND w.kind = s.kind AND w.qualifier = coalesce(s.qualifier, '')
     WHERE s.person = ?1 ORDER BY w.correction DESC LIMIT min(?2, 1)";

const ROLES: &str = "\
    SELECT p.role, count(*), min(q.published), max(q.published)
      FROM speaker AS s JOIN current_statement AS q ON q.speaker = s.id
      JOIN appearance AS p ON p.version = q.version AND p.speaker = q.speaker
     WHERE s.person = ?1 AND p.role IS NOT NULL
     GROUP BY p.role ORDER BY coalesce(min(q.published), '~'), 1 LIMIT ?2";

const OUTLETS: &str = "\
    SELECT v.outlet, count(*), min(q.published), max(q.published)
      FROM speaker AS s JOIN current_statement AS q ON q.speaker = s.id
      JOIN article_version AS v ON v.id = q.version
     WHERE s.person = ?1 AND v.outlet IS NOT NULL GROUP BY v.outlet ORDER BY count(*) DESC, 1 LIMIT ?2";

const YEARS: &str = "\
    SELECT substr(q.published, 1, 4), count(*), min(q.published), max(q.published)
      FROM speaker AS s JOIN current_statement AS q ON q.speaker = s.id
     WHERE s.person = ?1 AND q.published IS NOT NULL GROUP BY 1 ORDER BY 1 LIMIT ?2";

const STATEMENTS: &str = "\
    SELECT q.text, count(*), min(q.published), max(q.published)
      FROM speaker AS s JOIN current_statement AS q ON q.speaker = s.id
     WHERE s.person = ?1 GROUP BY q.same_words HAVING count(*) > 1
     ORDER BY count(*) DESC, coalesce(min(q.published), '~'), 1 LIMIT ?2";
