//! What people said of wordings: which are of one claim, and which are not.

use crate::claims::nearness::{Method, Nearness};
use crate::claims::node::Node;
use crate::named::named;
use std::collections::BTreeMap;

named! {
/// What a person said of two wordings.
Decision {
    /// They are one claim, whatever their words and speakers: the fuller one comes before all that the program would
    /// take the other for a form of.
    Together = "together",
    /// The one is no form of the other. Both can still be forms of a third.
    Apart = "apart",
}
}

/// What holds now of one wording and others, by their keys.
pub type Said = BTreeMap<i64, Decision>;

/// How near two wordings are, by what a person `said` of the first one, else by their words.
pub fn judged(said: &Said, one: &Node, other: &Node) -> Option<Nearness> {
    match said.get(&other.key) {
        Some(Decision::Together) => Some(Nearness { method: Method::Person, score: 1.0 }),
        Some(Decision::Apart) => None,
        None => one.nearness(other),
    }
}

/// What holds of all wordings.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Decisions {
    // Invariant: what `a` has of `b`, `b` has of `a`.
    of: BTreeMap<i64, Said>,
}

impl Decisions {
    /// Notes what was said of two wordings by their keys, in place of what was said of them before.
    pub fn note(&mut self, a: i64, b: i64, decision: Decision) {
        for (one, other) in [(a, b), (b, a)] {
            self.of.entry(one).or_default().insert(other, decision);
        }
    }

    /// What was said of a wording and others.
    pub fn of(&self, key: i64) -> &Said {
        static NOTHING: Said = Said::new();
        self.of.get(&key).unwrap_or(&NOTHING)
    }
}
