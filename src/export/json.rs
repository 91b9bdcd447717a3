//! A row as one JSON object, its fields in the order of the columns.

use crate::export::{Cell, Row};
use serde::ser::{Error, Serialize, SerializeMap, Serializer};
use serde_json::value::RawValue;

/// Makes any [`Row`] an object for `serde_json`.
#[derive(Clone, Copy, Debug)]
pub struct Object<'a, R>(pub &'a R);

impl<R: Row> Serialize for Object<'_, R> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(R::COLUMNS.len()))?;
        for (column, cell) in R::COLUMNS.iter().zip(self.0.cells()) {
            match cell {
                Cell::Missing => object.serialize_entry(column, &())?,
                Cell::Text(words) => object.serialize_entry(column, &words)?,
                Cell::Count(count) => object.serialize_entry(column, &count)?,
                Cell::Share(share) => object.serialize_entry(column, &share)?,
                Cell::List(values) => {
                    let values = RawValue::from_string(values).map_err(S::Error::custom)?;
                    object.serialize_entry(column, &values)?;
                }
            }
        }
        object.end()
    }
}
