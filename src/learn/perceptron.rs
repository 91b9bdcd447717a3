//! The averaged perceptron over hashed features: its training.

use crate::learn::table::Table;

/// A linear model of `LABELS` classes that is being trained, one decision after the other.
///
/// Weights are changed only where the model decides wrong or by a hair; the model that comes out is the
/// average over all decisions (Freund and Schapire 1999; Collins 2002).
// Invariant: `weights.len() == totals.len() == LABELS << bits`.
#[derive(Clone, Debug)]
pub struct Perceptron<const LABELS: usize> {
    bits: u32,
    weights: Vec<f32>,
    /// Each change times the decision it was made at: what tells the average from the last weights.
    totals: Vec<f32>,
    decisions: f32,
}

impl<const LABELS: usize> Perceptron<LABELS> {
    /// A model of `1 << bits` rows that knows nothing.
    pub fn new(bits: u32) -> Self {
        let weights = vec![0.0; LABELS << bits];
        Self { bits, totals: weights.clone(), weights, decisions: 0.0 }
    }

    /// The sums of the rows of `features` as they are now.
    pub fn scores(&self, features: &[u32]) -> [f32; LABELS] {
        let mut sums = [0.0; LABELS];
        for &feature in features {
            let row = self.row(feature);
            for (sum, weight) in sums.iter_mut().zip(&self.weights[row..row + LABELS]) {
                *sum += weight;
            }
        }
        sums
    }

    /// Takes note of one more decision, whether or not [`Perceptron::correct`] follows.
    pub fn decide(&mut self) {
        self.decisions += 1.0;
    }

    /// Moves `features` towards the label that was right and away from the one that was wrong.
    pub fn correct(&mut self, features: &[u32], right: usize, wrong: usize) {
        for &feature in features {
            let row = self.row(feature);
            for (label, change) in [(right, 1.0), (wrong, -1.0)] {
                self.weights[row + label] += change;
                self.totals[row + label] += change * self.decisions;
            }
        }
    }

    /// The average of all weights that there were, as bytes.
    pub fn average(self) -> Table<LABELS> {
        let decisions = self.decisions.max(1.0);
        let each = self.weights.iter().zip(&self.totals);
        let average: Vec<f32> = each.map(|(weight, total)| weight - total / decisions).collect();
        Table::quantised(&average, self.bits)
    }

    fn row(&self, feature: u32) -> usize {
        (feature & ((1 << self.bits) - 1)) as usize * LABELS
    }
}

#[cfg(test)]
mod tests {
    use super::Perceptron;

    #[test]
    fn learns_what_can_be_told_apart() {
        let examples = [([1, 2], 0), ([1, 3], 1), ([4, 2], 2), ([4, 3], 3)];
        let mut model = Perceptron::<4>::new(4);
        for (features, right) in examples.iter().cycle().take(80) {
            model.decide();
            let scores = model.scores(features);
            let guess = (0..4).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap();
            if guess != *right {
                model.correct(features, *right, guess);
            }
        }
        let table = model.average();
        for (features, right) in examples {
            let scores = table.score(&features);
            assert!((0..4).all(|label| label == right || scores[label] < scores[right]), "{scores:?}");
        }
    }
}
