//! Found, missed and spurious; right and wrong; and the figures that they give.

use serde::Serialize;

/// Found, missed and spurious of one kind of thing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    pub found: usize,
    pub missed: usize,
    pub spurious: usize,
}

/// How often something was right.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Share {
    pub right: usize,
    pub of: usize,
}

impl Tally {
    /// Of what was predicted, how much was right: 0 to 1; `None` when nothing was predicted.
    pub fn precision(self) -> Option<f64> {
        ratio(self.found, self.found + self.spurious)
    }

    /// Of what should be found, how much was.
    pub fn recall(self) -> Option<f64> {
        ratio(self.found, self.found + self.missed)
    }

    /// The harmonic mean of both.
    pub fn f1(self) -> Option<f64> {
        ratio(2 * self.found, 2 * self.found + self.missed + self.spurious)
    }
}

impl std::ops::AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.found += other.found;
        self.missed += other.missed;
        self.spurious += other.spurious;
    }
}

impl Share {
    pub fn add(&mut self, is_right: bool) {
        self.right += usize::from(is_right);
        self.of += 1;
    }

    /// 0 to 1; `None` when there was nothing to be right about.
    pub fn rate(self) -> Option<f64> {
        ratio(self.right, self.of)
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

impl Serialize for Tally {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shown {
            precision: Option<f64>,
            recall: Option<f64>,
            f1: Option<f64>,
            found: usize,
            missed: usize,
            spurious: usize,
        }
        let Tally { found, missed, spurious } = *self;
        let (precision, recall, f1) = (self.precision(), self.recall(), self.f1());
        Shown { precision, recall, f1, found, missed, spurious }.serialize(serializer)
    }
}

impl Serialize for Share {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Shown {
            rate: Option<f64>,
            right: usize,
            of: usize,
        }
        Shown { rate: self.rate(), right: self.right, of: self.of }.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::{Share, Tally};

    #[test]
    fn figures_of_a_tally() {
        let tally = Tally { found: 6, missed: 2, spurious: 4 };
        assert_eq!((tally.precision(), tally.recall()), (Some(0.6), Some(0.75)));
        assert!((tally.f1().unwrap() - 2.0 * 0.6 * 0.75 / 1.35).abs() < 1e-12);
        assert_eq!(Tally::default().f1(), None);
    }

    #[test]
    fn nothing_to_count_is_null_and_not_zero() {
        assert_eq!(serde_json::to_string(&Share::default()).unwrap(), r#"{"rate":null,"right":0,"of":0}"#);
    }
}
