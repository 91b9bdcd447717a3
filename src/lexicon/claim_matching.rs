//! What is known of words and weights for telling that a statement repeats a claim.

use crate::error::Result;
use crate::lexicon::table::{Row, rows};
use std::collections::HashMap;

/// The tables that claims are compared with.
#[derive(Debug)]
pub struct MatchingTables {
    /// Stems, and the share of sentences in the news that have them.
    pub background: HashMap<&'static str, f64>,
    /// Stems that can stand for a stem, each with how well, in order.
    pub paraphrases: HashMap<&'static str, Vec<(&'static str, f64)>>,
    /// In the order in which the stemmer tries them.
    pub endings: Vec<&'static str>,
    pub weights: MatchingWeights,
}

/// Weights of what is compared.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct MatchingWeights {
    /// Words, letters, paraphrases, spelling, the rarest word in common and the next rarest.
    pub ranking: [f64; 6],
    /// How sure: score, lead, share of the claim, share of the statement.
    pub sureness: [f64; 4],
    pub bias: f64,
}

/// The rows that hold them, in the same order.
const RANKING: [&str; 6] = ["bm25", "gram", "para", "fuzzy", "rare1", "rare2"];
const SURENESS: [&str; 4] = ["sure_score", "sure_lead", "sure_claim", "sure_statement"];
const BIAS: &str = "sure_bias";

impl MatchingTables {
    /// Reads the tables built into the program.
    ///
    /// # Errors
    /// [`crate::error::Error::Table`] when a row breaks its table's rules.
    pub fn load() -> Result<Self> {
        let text = include_str!("../../data/matching_background.tsv");
        let background = rows("matching_background.tsv", text, &["stem", "share"])?;
        let background = background.iter().map(|row| Ok((row.cell(0), number(row)?)));
        Ok(Self {
            background: background.collect::<Result<_>>()?,
            paraphrases: paraphrases()?,
            endings: endings()?,
            weights: weights()?,
        })
    }
}

fn number(row: &Row) -> Result<f64> {
    let number: Option<f64> = row.cell(1).parse().ok();
    number.filter(|number| number.is_finite()).ok_or_else(|| row.error("the second cell is no number"))
}

fn paraphrases() -> Result<HashMap<&'static str, Vec<(&'static str, f64)>>> {
    let text = include_str!("../../data/matching_paraphrases.tsv");
    let mut paraphrases: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows("matching_paraphrases.tsv", text, &["stems", "likeness"])? {
        let pair = row.cell(0).split_once(' ').ok_or_else(|| row.error("two stems belong there"))?;
        let likeness = number(&row)?;
        paraphrases.entry(pair.0).or_default().push((pair.1, likeness));
        paraphrases.entry(pair.1).or_default().push((pair.0, likeness));
    }
    Ok(paraphrases)
}

fn endings() -> Result<Vec<&'static str>> {
    let text = include_str!("../../data/matching_endings.tsv");
    let rows = rows("matching_endings.tsv", text, &["ending", "order"])?;
    let mut endings: Vec<(u64, &str)> =
        rows.iter().map(|row| Ok((number(row)? as u64, row.cell(0)))).collect::<Result<_>>()?;
    endings.sort_unstable();
    Ok(endings.into_iter().map(|(_, ending)| ending).collect())
}

fn weights() -> Result<MatchingWeights> {
    let text = include_str!("../../data/matching_weights.tsv");
    let (table, columns) = ("matching_weights.tsv", ["feature", "weight"]);
    let mut found = HashMap::new();
    for row in rows(table, text, &columns)? {
        let is_known = RANKING.iter().chain(&SURENESS).chain([&BIAS]).any(|name| *name == row.cell(0));
        if !is_known {
            return Err(row.error(format!("unknown feature «{}»", row.cell(0))));
        }
        found.insert(row.cell(0), number(&row)?);
    }
    let weight = |name: &str| {
        let reason = format!("there is no row «{name}»");
        found.get(name).copied().ok_or(crate::error::Error::Table { table, line: 1, reason })
    };
    let mut weights = MatchingWeights { ranking: [0.0; 6], sureness: [0.0; 4], bias: weight(BIAS)? };
    for (place, name) in weights.ranking.iter_mut().zip(RANKING) {
        *place = weight(name)?;
    }
    for (place, name) in weights.sureness.iter_mut().zip(SURENESS) {
        *place = weight(name)?;
    }
    Ok(weights)
}

#[cfg(test)]
mod tests {
    use super::MatchingTables;

    #[test]
    fn the_tables_load() {
        let tables = MatchingTables::load().unwrap();
        assert!(tables.background["the"] > 0.3);
        assert!(tables.paraphrases["ten"].contains(&("10", 0.136)));
        assert_eq!(tables.endings[0], "ization");
        assert!(tables.weights.ranking.iter().all(|weight| *weight > 0.0));
    }
}
