//! Where features go: into a sum of weights when a text is read, into a list when a model is trained.

use crate::learn::table::Table;

/// Takes the hashed features of one place.
pub trait Features {
    fn add(&mut self, feature: u32);
}

impl Features for Vec<u32> {
    #[inline]
    fn add(&mut self, feature: u32) {
        self.push(feature);
    }
}

/// The sum of the weights of the features so far.
#[derive(Debug)]
pub struct Sum<'a, const LABELS: usize> {
    table: &'a Table<LABELS>,
    sum: [i16; LABELS],
}

impl<'a, const LABELS: usize> Sum<'a, LABELS> {
    pub const fn of(table: &'a Table<LABELS>) -> Self {
        Self { table, sum: [0; LABELS] }
    }

    pub fn scores(&self) -> [f32; LABELS] {
        self.sum.map(|sum| f32::from(sum) * self.table.scale())
    }
}

impl<const LABELS: usize> Features for Sum<'_, LABELS> {
    #[inline]
    fn add(&mut self, feature: u32) {
        self.table.add(feature, &mut self.sum);
    }
}
