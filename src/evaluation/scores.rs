//! Counts of what was found, missed and made up, and the figures they give.

use serde::Serialize;
use std::collections::BTreeMap;

/// The quotes that a figure is about.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    All,
    Direct,
    Mixed,
    Indirect,
    /// Annotated without a type.
    Untyped,
}

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

/// Everything counted about one group of quotes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Counts {
    /// Quotes annotated, quotes predicted.
    pub gold: usize,
    pub predicted: usize,
    /// Content of the very same words.
    pub content_exact: Tally,
    /// Content whose words overlap by half (Jaccard).
    pub content_overlap: Tally,
    /// Content that overlaps by half, with the right source.
    pub end_to_end: Tally,
    /// Of the quotes whose content overlaps by half: the source shares a telling word.
    pub source: Share,
    /// Of those, where the gold names the speaker: the name is the same.
    pub speaker_exact: Share,
    /// … or is a shorter or longer form of it.
    pub speaker: Share,
    /// Stretches between quotation marks: found, and found with the right source.
    pub units_found: Tally,
    pub units_attributed: Tally,
    /// Predicted quotes for which no source is given.
    pub unknown: Share,
}

/// The counts of every group that has any.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Figures {
    pub articles: usize,
    #[serde(flatten)]
    pub groups: BTreeMap<Group, Counts>,
}

impl Figures {
    /// Counts for `group` and for all quotes together.
    pub fn count(&mut self, group: Group, change: impl Fn(&mut Counts)) {
        for group in [Group::All, group] {
            change(self.groups.entry(group).or_default());
        }
    }
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
    use super::{Figures, Group, Share, Tally};

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

    #[test]
    fn a_group_counts_for_all_too() {
        let mut figures = Figures::default();
        figures.count(Group::Mixed, |counts| counts.gold += 1);
        figures.count(Group::Direct, |counts| counts.gold += 1);
        let gold: Vec<_> = figures.groups.iter().map(|(group, counts)| (*group, counts.gold)).collect();
        assert_eq!(gold, [(Group::All, 2), (Group::Direct, 1), (Group::Mixed, 1)]);
    }
}
