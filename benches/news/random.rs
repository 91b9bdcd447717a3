//! Random numbers that are the same on every machine: whole numbers only, no clock, no hash map.

/// SplitMix64 (Steele, Lea and Flood, 2014).
#[derive(Clone)]
pub struct Random(u64);

impl Random {
    /// A stream of its own for every seed, number and purpose.
    pub fn new(seed: u64, number: u64, purpose: u64) -> Self {
        Self(mix(seed ^ mix(number ^ mix(purpose))))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// A number below `bound`, which is not zero.
    pub fn below(&mut self, bound: usize) -> usize {
        let high = u128::from(self.next()) * bound as u128;
        (high >> 64) as usize
    }

    pub fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    /// True so many times in a hundred.
    pub fn percent(&mut self, share: usize) -> bool {
        self.below(100) < share
    }

    /// A number below `bound`, small ones more often.
    pub fn skewed(&mut self, bound: usize) -> usize {
        self.below(bound).min(self.below(bound))
    }

    /// A number of at most so many bits, each about as often as its size is rare (Zipf's law): what is
    /// drawn goes on growing with the number of draws.
    pub fn long_tail(&mut self, bits: usize) -> u64 {
        let length = self.below(bits + 1);
        (1 << length) + self.below(1 << length) as u64
    }

    pub fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^ (bits >> 31)
}

/// Ranks drawn by Zipf's law, flattened at the top: rank r weighs 1 / (r + `flat`).
pub struct Zipf {
    /// Invariant: not empty, rising.
    sums: Vec<u64>,
}

impl Zipf {
    pub fn new(ranks: usize, flat: u64) -> Self {
        let weights = (0..ranks as u64).map(|rank| 1_000_000_000 / (rank + 1 + flat));
        let sums = weights.scan(0, |sum, weight| {
            *sum += weight;
            Some(*sum)
        });
        Self { sums: sums.collect() }
    }

    pub fn draw(&self, random: &mut Random) -> usize {
        let total = *self.sums.last().expect("there are ranks");
        let at = random.below(total as usize) as u64;
        self.sums.partition_point(|&sum| sum <= at)
    }
}
