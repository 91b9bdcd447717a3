//! The earliest of many statements, found without putting all of them in order.

/// The ids with the lowest days of all that it meets.
pub struct Earliest {
    /// How many at least; those of the same day as the last come with them.
    count: usize,
    met: Vec<(u32, i64)>,
    /// No later day is wanted any more.
    last: u32,
    /// From so many on it is worth to look which are too late.
    many: usize,
}

impl Earliest {
    pub fn new(count: usize) -> Self {
        Self { count, met: Vec::new(), last: u32::MAX, many: count.saturating_mul(2).saturating_add(1000) }
    }

    pub fn meet(&mut self, day: u32, id: i64) {
        if day > self.last {
            return;
        }
        self.met.push((day, id));
        if self.met.len() >= self.many {
            self.settle();
            // Many may be of one day: only when there are twice as many again does another look cost little for each.
            self.many = self.many.max(2 * self.met.len());
        }
    }

    /// Forgets those that are too late.
    fn settle(&mut self) {
        if self.count > 0 && self.met.len() > self.count {
            let (_, &mut (day, _), _) = self.met.select_nth_unstable(self.count - 1);
            self.last = day;
            self.met.retain(|&(met, _)| met <= day);
        }
    }

    /// Those that were met, in no order.
    pub fn ids(mut self) -> Vec<i64> {
        self.settle();
        self.met.into_iter().map(|(_, id)| id).collect()
    }
}
