//! Whether `confidence` is what it says, and what a threshold on it does.

use crate::evaluation::comparison::{Comparison, Pair, Side};
use crate::evaluation::figures::Figures;
use crate::evaluation::matching::LEAST_OVERLAP;
use crate::evaluation::tally::{Share, Tally};
use crate::record::{RecordQuote, decimal};
use serde::ser::{SerializeSeq, SerializeStruct};
use serde::{Serialize, Serializer};

/// How often quotes of each confidence are right: found with their source.
///
/// A confidence that is calibrated is right as often as it says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Calibration {
    /// Bins of equal width, from 0 to 1; the last one holds 1 itself.
    pub bins: [Bin; BINS],
}

const BINS: usize = 10;

/// Quotes of about the same confidence.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Bin {
    pub right: Share,
    /// Their confidences, summed, in thousandths: whole numbers add up the same in any order.
    thousandths: usize,
}

/// What is found, with its source, among the quotes of at least some confidence.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Thresholds {
    tallies: [Tally; LEAST.len()],
}

/// The thresholds shown, in thousandths.
const LEAST: [usize; 7] = [0, 300, 500, 700, 800, 900, 950];

impl Calibration {
    /// Counts a quote that was predicted with `confidence`, in thousandths.
    fn add(&mut self, confidence: usize, is_right: bool) {
        let bin = &mut self.bins[(confidence * BINS / 1000).min(BINS - 1)];
        bin.right.add(is_right);
        bin.thousandths += confidence;
    }

    /// The bins with their bounds.
    pub fn bounded(&self) -> impl Iterator<Item = (f64, f64, &Bin)> {
        let bound = |index: usize| index as f64 / BINS as f64;
        self.bins.iter().enumerate().map(move |(index, bin)| (bound(index), bound(index + 1), bin))
    }

    /// Expected calibration error, 0 to 1: by how much the confidence of a quote is off, on average
    /// over the bins; `None` when no quote has one. Naeini, Cooper and Hauskrecht, AAAI 2015.
    pub fn expected_error(&self) -> Option<f64> {
        let quotes: usize = self.bins.iter().map(|bin| bin.right.of).sum();
        let off = self.bins.iter().filter_map(|bin| {
            let distance = (bin.mean_confidence()? - bin.right.rate()?).abs();
            Some(bin.right.of as f64 * distance)
        });
        (quotes > 0).then(|| off.sum::<f64>() / quotes as f64)
    }
}

impl Bin {
    /// 0 to 1; `None` when the bin is empty.
    pub fn mean_confidence(&self) -> Option<f64> {
        (self.right.of > 0).then(|| self.thousandths as f64 / 1000.0 / self.right.of as f64)
    }
}

impl Thresholds {
    /// The least confidence kept, and what is found with it.
    pub fn tallies(&self) -> impl Iterator<Item = (f64, Tally)> {
        LEAST.iter().map(|&least| least as f64 / 1000.0).zip(self.tallies)
    }
}

impl Comparison<'_> {
    pub fn count_confidence(&self, figures: &mut Figures) {
        let predicted = self.predicted_contents();
        let (_, right) = self.kept(&predicted);
        for (column, (_, quote)) in predicted.iter().enumerate() {
            if let Some(confidence) = thousandths(quote.quote) {
                figures.calibration.add(confidence, right.iter().any(|pair| pair.1 == column));
            }
        }
        for (least, tally) in LEAST.iter().zip(&mut figures.min_confidence.tallies) {
            let is_kept = |side: &Side| thousandths(side.1.quote).unwrap_or(0) >= *least;
            let (counted, _) = self.kept(&predicted.iter().copied().filter(is_kept).collect::<Vec<_>>());
            *tally += counted;
        }
    }

    /// What would be found if only `predicted` had been predicted.
    fn kept(&self, predicted: &[Side]) -> (Tally, Vec<Pair>) {
        let gold = self.gold_contents();
        let right = self.attributed(&gold, predicted, &self.pairs(&gold, predicted, LEAST_OVERLAP));
        let found = right.len();
        (Tally { found, missed: gold.len() - found, spurious: predicted.len() - found }, right)
    }
}

fn thousandths(quote: &RecordQuote) -> Option<usize> {
    quote.confidence.map(|confidence| (decimal(confidence).clamp(0.0, 1.0) * 1000.0).round() as usize)
}

impl Serialize for Calibration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shown {
            from: f64,
            to: f64,
            predicted: usize,
            mean_confidence: Option<f64>,
            right: Option<f64>,
        }
        let bins = self.bounded().map(|(from, to, bin)| Shown {
            from,
            to,
            predicted: bin.right.of,
            mean_confidence: bin.mean_confidence(),
            right: bin.right.rate(),
        });
        let mut shown = serializer.serialize_struct("Calibration", 2)?;
        shown.serialize_field("expected_error", &self.expected_error())?;
        shown.serialize_field("bins", &bins.collect::<Vec<_>>())?;
        shown.end()
    }
}

impl Serialize for Thresholds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shown {
            least: f64,
            #[serde(flatten)]
            end_to_end: Tally,
        }
        let mut list = serializer.serialize_seq(Some(LEAST.len()))?;
        for (least, end_to_end) in self.tallies() {
            list.serialize_element(&Shown { least, end_to_end })?;
        }
        list.end()
    }
}

#[cfg(test)]
mod tests {
    use super::{Calibration, thousandths};
    use crate::record::RecordQuote;

    fn calibration(quotes: &[(usize, bool)]) -> Calibration {
        let mut calibration = Calibration::default();
        quotes.iter().for_each(|&(confidence, is_right)| calibration.add(confidence, is_right));
        calibration
    }

    #[test]
    fn a_bound_belongs_to_the_bin_above_it() {
        let calibration = calibration(&[(0, true), (99, true), (100, true), (700, true), (1000, true)]);
        let counts: Vec<usize> = calibration.bins.iter().map(|bin| bin.right.of).collect();
        assert_eq!(counts, [2, 1, 0, 0, 0, 0, 0, 1, 0, 1]);
    }

    #[test]
    fn a_confidence_is_what_its_decimals_say() {
        let read = |confidence| thousandths(&RecordQuote { confidence, ..RecordQuote::default() });
        // As a number of 32 bits, 0.7 is a little less.
        assert_eq!(
            [Some(0.7), Some(0.3), Some(1.5), Some(f32::NAN)].map(read),
            [Some(700), Some(300), Some(1000), Some(0)]
        );
        assert_eq!(read(None), None);
    }

    #[test]
    fn the_expected_error_weighs_bins_by_their_quotes() {
        // Three of four at 0.75 are right: no error. One at 0.25 is right: off by 0.75.
        let quotes = [(750, true), (750, true), (750, true), (750, false), (250, true)];
        let error = calibration(&quotes).expected_error().unwrap();
        assert!((error - 0.75 / 5.0).abs() < 1e-12, "{error}");
        assert_eq!(calibration(&[]).expected_error(), None);
    }

    #[test]
    fn an_empty_bin_has_no_mean() {
        let calibration = calibration(&[(610, false), (690, true)]);
        assert_eq!(calibration.bins[6].mean_confidence(), Some(0.65));
        assert_eq!(calibration.bins[6].right.rate(), Some(0.5));
        assert_eq!(calibration.bins[5].mean_confidence(), None);
    }
}
