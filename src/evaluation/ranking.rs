//! How well claims are ranked for statements whose claims people have named.

use serde::Serialize;
use std::collections::HashSet;

/// Figures over statements, each 0 to 1.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize)]
pub struct Figures {
    /// Mean average precision over the first five.
    #[serde(rename = "map@5")]
    pub map: f64,
    /// The first claim is right.
    #[serde(rename = "p@1")]
    pub first: f64,
    /// Mean of one over the rank of the first right one.
    pub mrr: f64,
    /// Share of a statement's claims among the first five and the first twenty.
    #[serde(rename = "recall@5")]
    pub recall_5: f64,
    #[serde(rename = "recall@20")]
    pub recall_20: f64,
}

/// Sums over statements so far.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    sums: Figures,
    pub statements: u64,
}

/// So many are looked at for the mean average precision.
const FIRST: usize = 5;

impl Tally {
    /// Counts a statement's ranking, best first; one whose claims nobody has named is left out.
    pub fn count(&mut self, wanted: &[String], ranked: &[&str]) {
        let wanted: HashSet<&str> = wanted.iter().map(String::as_str).collect();
        if wanted.is_empty() {
            return;
        }
        let right: Vec<bool> = ranked.iter().map(|claim| wanted.contains(claim)).collect();
        let (mut hits, mut precision) = (0.0, 0.0);
        for (at, _) in right.iter().take(FIRST).enumerate().filter(|(_, right)| **right) {
            hits += 1.0;
            precision += hits / (at + 1) as f64;
        }
        let all = wanted.len() as f64;
        let found = |most| right.iter().take(most).filter(|right| **right).count() as f64;
        self.statements += 1;
        self.sums.map += precision / all.min(FIRST as f64);
        self.sums.first += found(1);
        self.sums.mrr += right.iter().position(|right| *right).map_or(0.0, |at| 1.0 / (at + 1) as f64);
        self.sums.recall_5 += found(5) / all;
        self.sums.recall_20 += found(20) / all;
    }

    /// The means; `None` of no statement.
    pub fn figures(&self) -> Option<Figures> {
        let mean = |sum: f64| sum / self.statements as f64;
        let Figures { map, first, mrr, recall_5, recall_20 } = self.sums;
        (self.statements > 0).then(|| Figures {
            map: mean(map),
            first: mean(first),
            mrr: mean(mrr),
            recall_5: mean(recall_5),
            recall_20: mean(recall_20),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn figures_are_those_of_the_scorer() {
        let mut tally = Tally::default();
        let wanted = ["a", "b"].map(str::to_owned);
        tally.count(&wanted, &["x", "a", "b"]);
        tally.count(&wanted[..1], &["a"]);
        tally.count(&[], &["a"]);
        let figures = tally.figures().unwrap();
        assert_eq!(tally.statements, 2);
        assert!((figures.map - (f64::midpoint(0.5, 2.0 / 3.0) + 1.0) / 2.0).abs() < 1e-12);
        assert_eq!((figures.first, figures.mrr, figures.recall_5), (0.5, 0.75, 1.0));
        assert!(Tally::default().figures().is_none());
    }
}
