//! Where features go: into a sum of weights when a text is read, into a list when a model is trained.

use crate::learn::hash;
use crate::learn::table::Table;

/// Takes the hashed features of one place. A feature is a template, which says what is looked at, and the
/// values that were seen there.
pub trait Features {
    fn take(&mut self, template: u32, feature: u32);

    /// The feature that is always there.
    #[inline]
    fn bias(&mut self, template: u32) {
        self.take(template, template);
    }

    #[inline]
    fn one(&mut self, template: u32, a: u32) {
        self.take(template, hash::one(template, a));
    }

    #[inline]
    fn two(&mut self, template: u32, a: u32, b: u32) {
        self.take(template, hash::two(template, a, b));
    }

    #[inline]
    fn three(&mut self, template: u32, a: u32, b: u32, c: u32) {
        self.take(template, hash::three(template, a, b, c));
    }
}

impl Features for Vec<u32> {
    #[inline]
    fn take(&mut self, _template: u32, feature: u32) {
        self.push(feature);
    }
}

/// The features with their templates, to tell which of them mattered.
impl Features for Vec<(u32, u32)> {
    fn take(&mut self, template: u32, feature: u32) {
        self.push((template, feature));
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

    /// Goes on with a sum of rows of `table`.
    pub const fn going_on(table: &'a Table<LABELS>, sum: [i16; LABELS]) -> Self {
        Self { table, sum }
    }

    pub const fn sum(&self) -> [i16; LABELS] {
        self.sum
    }

    pub fn scores(&self) -> [f32; LABELS] {
        self.sum.map(|sum| f32::from(sum) * self.table.scale())
    }
}

impl<const LABELS: usize> Features for Sum<'_, LABELS> {
    #[inline]
    fn take(&mut self, _template: u32, feature: u32) {
        self.table.add(feature, &mut self.sum);
    }
}
