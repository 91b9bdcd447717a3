//! A logistic regression over hashed features.

use crate::learn::math::logistic;
use crate::learn::table::Table;
use crate::learn::weights::{Section, Writer};

#[derive(Clone, Debug)]
pub struct Linear {
    pub table: Table<1>,
}

impl Linear {
    /// A regression that has learnt nothing: its answer is always undecided.
    pub fn untrained() -> Self {
        Self { table: Table::quantised(&[0.0], 0) }
    }

    /// The log-odds that the answer is yes.
    pub fn score(&self, features: &[u32]) -> f32 {
        self.table.score(features)[0]
    }

    pub fn probability(&self, features: &[u32]) -> f32 {
        logistic(self.score(features))
    }

    pub fn read(section: &mut Section) -> Option<Self> {
        Some(Self { table: Table::read(section)? })
    }

    pub fn write(&self, writer: &mut Writer) {
        self.table.write(writer);
    }
}
