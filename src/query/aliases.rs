//! The names that people gave to persons, as they are written to and read from CSV files.

use crate::error::Result;
use crate::model::EntityKind;
use crate::query::conditions::Conditions;
use crate::query::{Reader, named};

/// A name of a person, or a person's id in Wikidata, as somebody said it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AliasRow {
    pub name: String,
    pub alias: Option<String>,
    pub kind: EntityKind,
    pub wikidata: Option<String>,
}

impl Reader {
    /// Lists the names that were said to be a person's and the ids in Wikidata, in the order in which they were said. Those of
    /// one of several people of one name are left out.
    ///
    /// # Errors
    /// [`crate::error::Error::Database`] when the file can't be read, and what `each` returns.
    pub fn aliases(&self, limit: Option<u64>, each: impl FnMut(AliasRow) -> Result<()>) -> Result<u64> {
        let mut conditions = Conditions::default();
        let sql = conditions.sql(SELECT, "correction, name", limit);
        let read = |row: &rusqlite::Row<'_>| {
            let kind = named(row, 2)?.unwrap_or(EntityKind::Person);
            Ok(AliasRow { name: row.get(0)?, alias: row.get(1)?, kind, wikidata: row.get(3)? })
        };
        self.rows(&sql, &conditions, read, each)
    }
}

const SELECT: &str = "\
    SELECT name, alias, kind, item
      FROM (SELECT r.person_name AS name, r.name AS alias, r.kind, NULL AS item, r.correction
              FROM name_rule AS r WHERE r.qualifier = '' AND r.person_qualifier = ''
            UNION ALL
            SELECT json_extract(c.says, '$.person'), NULL, w.kind, w.item, w.correction
              FROM wikidata AS w JOIN correction AS c ON c.id = w.correction
             WHERE w.qualifier = '' AND w.correction = (SELECT max(l.correction) FROM wikidata AS l
                   WHERE l.folded = w.folded AND l.kind = w.kind AND l.qualifier = w.qualifier))";
