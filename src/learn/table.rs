//! A table of weights, one row of labels a hashed feature, as bytes that are read where they lie.

use crate::learn::weights::{Section, Writer};
use std::borrow::Cow;

/// Weights of hashed features, `LABELS` a row, each a signed byte times one common scale.
///
/// A feature's row is its hash modulo the number of rows, a power of two: features that share one share their
/// weights (the hashing trick, Weinberger et al. 2009). Bytes are exact enough: on dev, figures change by less
/// than 0.1 against 32-bit floats.
// Invariant: `weights.len() == LABELS << bits`.
#[derive(Clone, Debug)]
pub struct Table<const LABELS: usize> {
    bits: u32,
    scale: f32,
    weights: Cow<'static, [u8]>,
}

/// More features than this could overflow the sum of one row.
pub const MOST_FEATURES: usize = 250;

impl<const LABELS: usize> Table<LABELS> {
    /// Rounds trained weights, `LABELS << bits` of them, to bytes.
    ///
    /// # Panics
    /// When the number of weights is another.
    pub fn quantised(trained: &[f32], bits: u32) -> Self {
        assert_eq!(trained.len(), LABELS << bits, "a row of weights for each hash");
        let largest = trained.iter().fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
        let scale = if largest > 0.0 { largest / 127.0 } else { 1.0 };
        let weights = trained.iter().map(|weight| (weight / scale).round() as i8 as u8).collect();
        Self { bits, scale, weights: Cow::Owned(weights) }
    }

    /// What one unit of a sum is worth.
    pub const fn scale(&self) -> f32 {
        self.scale
    }

    /// Adds the row of `feature` to a sum; multiply by [`Table::scale`] at the end.
    #[inline]
    pub fn add(&self, feature: u32, sum: &mut [i16; LABELS]) {
        let row = (feature & ((1 << self.bits) - 1)) as usize;
        let row = &self.weights[row * LABELS..(row + 1) * LABELS];
        for (sum, &weight) in sum.iter_mut().zip(row) {
            *sum = sum.wrapping_add(i16::from(weight as i8));
        }
    }

    /// The summed and scaled rows of `features`, at most [`MOST_FEATURES`].
    pub fn score(&self, features: &[u32]) -> [f32; LABELS] {
        let mut sum = [0; LABELS];
        features.iter().for_each(|&feature| self.add(feature, &mut sum));
        sum.map(|sum| f32::from(sum) * self.scale)
    }

    /// How many rows have a weight other than 0.
    pub fn filled_rows(&self) -> usize {
        self.weights.chunks_exact(LABELS).filter(|row| row.iter().any(|&weight| weight != 0)).count()
    }

    /// Reads a table that [`Table::write`] wrote; `None` when it is cut off or of another shape.
    pub fn read(section: &mut Section) -> Option<Self> {
        let bits = section.u32()?;
        let scale = section.f32()?;
        let length = LABELS.checked_shl(bits).filter(|_| bits < 28)?;
        let weights = section.bytes(length)?;
        Some(Self { bits, scale, weights })
    }

    pub fn write(&self, writer: &mut Writer) {
        writer.u32(self.bits);
        writer.f32(self.scale);
        writer.bytes(&self.weights);
    }
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn rows_add_up() {
        let mut trained = vec![0.0; 4 << 3];
        trained[4..8].copy_from_slice(&[1.0, -1.0, 0.5, 0.0]);
        trained[8..12].copy_from_slice(&[0.0, -1.0, 0.0, 0.0]);
        let table = Table::<4>::quantised(&trained, 3);
        let score = table.score(&[1, 2, 1 + 8]);
        let wanted = [2.0, -3.0, 1.0, 0.0];
        assert!(score.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 0.02), "{score:?}");
        assert_eq!(table.filled_rows(), 2);
    }
}
