//! The scale of verdicts that comes with the program.

use crate::error::Result;
use crate::lexicon::table::{Row, rows};
use crate::model::verdicts::Rating;

const COLUMNS: &[&str] = &["name", "order", "alternate_name", "value", "worst", "best"];

/// The ratings built into the program, in their order.
///
/// # Errors
/// [`crate::error::Error::Table`] when a row breaks the table's rules.
pub fn built_in() -> Result<Vec<Rating>> {
    let text = include_str!("../../data/verdict_scale.tsv");
    let rows = rows("verdict_scale.tsv", text, COLUMNS)?;
    let mut scale: Vec<(u32, Rating)> = rows
        .iter()
        .map(|row| {
            let order = row.cell(1).parse().map_err(|_| row.error("the order is no number"))?;
            Ok((order, rating(row)?))
        })
        .collect::<Result<_>>()?;
    scale.sort_by_key(|(order, _)| *order);
    Ok(scale.into_iter().map(|(_, rating)| rating).collect())
}

fn rating(row: &Row) -> Result<Rating> {
    let number = |column| match row.cell(column) {
        "" => Ok(None),
        cell => cell.parse().map(Some).map_err(|_| row.error(format!("«{cell}» is no number"))),
    };
    let rating = Rating {
        name: row.cell(0).to_owned(),
        alternate_name: row.cell(2).to_owned(),
        value: number(3)?,
        worst: number(4)?,
        best: number(5)?,
    };
    rating.check().map_err(|reason| row.error(reason))?;
    Ok(rating)
}

#[cfg(test)]
mod tests {
    use super::built_in;

    #[test]
    fn the_scale_begins_with_true() {
        let scale = built_in().unwrap();
        let names: Vec<&str> = scale.iter().map(|rating| rating.name.as_str()).collect();
        assert_eq!(names[..5], ["true", "mostly true", "half true", "mostly false", "false"]);
        assert_eq!(scale[4].value, Some(1.0));
        assert_eq!(scale.last().unwrap().value, None);
    }
}
