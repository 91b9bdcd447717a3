//! A `WHERE` clause put together from fixed pieces, its values always bound.

use rusqlite::ToSql;

/// Conditions that must all hold, with the values for their question marks.
// Invariant: as many values as question marks, in the same order.
#[derive(Default)]
pub struct Conditions {
    pieces: Vec<&'static str>,
    values: Vec<Box<dyn ToSql + Send + Sync>>,
}

impl Conditions {
    /// Adds a condition without a value.
    pub fn always(&mut self, piece: &'static str) {
        self.pieces.push(piece);
    }

    /// Adds a condition with one question mark, if there is a value for it.
    pub fn with(&mut self, piece: &'static str, value: Option<impl ToSql + Send + Sync + 'static>) {
        if let Some(value) = value {
            self.pieces.push(piece);
            self.values.push(Box::new(value));
        }
    }

    /// Adds a condition with as many question marks as values.
    pub fn with_all(&mut self, piece: &'static str, values: Vec<Box<dyn ToSql + Send + Sync>>) {
        self.pieces.push(piece);
        self.values.extend(values);
    }

    /// `select` with the conditions, `order` and, if there is one, the limit.
    pub fn sql(&mut self, select: &str, order: &str, limit: Option<u64>) -> String {
        let filter = if self.pieces.is_empty() { "1" } else { &self.pieces.join(" AND ") };
        let mut sql = format!("{select} WHERE {filter} ORDER BY {order}");
        if let Some(limit) = limit {
            sql.push_str(" LIMIT ?");
            self.values.push(Box::new(i64::try_from(limit).unwrap_or(i64::MAX)));
        }
        sql
    }

    /// As [`Conditions::sql`] without a limit, behind a condition `first` that has the first value.
    pub fn sql_behind(&self, first: &str, select: &str, order: &str) -> String {
        let pieces: String = self.pieces.iter().map(|piece| format!(" AND {piece}")).collect();
        format!("{select} WHERE {first}{pieces} ORDER BY {order}")
    }

    /// These conditions and, behind them, those of `other`.
    pub fn and(mut self, other: Self) -> Self {
        self.pieces.extend(other.pieces);
        self.values.extend(other.values);
        self
    }

    /// The values for the question marks, one by one.
    pub fn each(&self) -> impl Iterator<Item = &dyn ToSql> {
        self.values.iter().map(|value| &**value as &dyn ToSql)
    }

    /// The values for the question marks of [`Conditions::sql`].
    pub fn values(&self) -> impl rusqlite::Params + '_ {
        rusqlite::params_from_iter(self.values.iter())
    }
}

/// Values for `IN (SELECT value FROM json_each(?))`.
pub fn list<T: serde::Serialize>(values: &[T]) -> String {
    serde_json::json!(values).to_string()
}
