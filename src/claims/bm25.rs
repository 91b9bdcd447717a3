//! The BM25 weight of Robertson and Walker (1994): how much it counts that a text has a word.

/// Two numbers that a collection is tuned with.
#[derive(Clone, Copy, Debug)]
pub struct Bm25 {
    /// How soon more of the same counts no more.
    pub saturation: f64,
    /// How much the length of a text matters, 0 to 1.
    pub length: f64,
}

impl Bm25 {
    /// What `count` occurrences in a text of `length` are worth, before the rarity of what occurs.
    pub fn part(&self, count: u32, length: f64, average: f64) -> f64 {
        let count = f64::from(count);
        let room = self.saturation * (1.0 - self.length + self.length * length / average);
        count * (self.saturation + 1.0) / (count + room)
    }
}

#[cfg(test)]
mod tests {
    use super::Bm25;

    #[test]
    fn more_counts_less_and_less_and_long_texts_count_less() {
        let weight = Bm25 { saturation: 1.5, length: 0.6 };
        let part = |count, length| weight.part(count, length, 10.0);
        assert!((part(1, 10.0) - 1.0).abs() < 1e-12);
        assert!(part(2, 10.0) - part(1, 10.0) < part(1, 10.0));
        assert!(part(1, 20.0) < part(1, 10.0));
    }
}
