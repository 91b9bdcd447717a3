//! Trains linear models on hashed features: AdaGrad (Duchi et al. 2011) with feature dropout.
//!
//! Everything is in one thread and in one order, so the same examples and seed give the same weights.

use crate::learn::crf::{Crf, Lattice, Marginals};
use crate::learn::linear::Linear;
use crate::learn::math::logistic;
use crate::learn::random::Random;
use crate::learn::table::Table;

/// How a model is trained.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Settings {
    /// Passes over the examples; the last three at a half, a quarter and a tenth of the rate.
    pub epochs: usize,
    pub rate: f32,
    /// Pulls weights towards 0.
    pub decay: f32,
    /// The share of features that is hidden at each look at an example.
    pub dropout: f32,
    /// Features seen less often are left out.
    pub least_count: u8,
    /// Rows of the table of nodes, as a power of two.
    pub node_bits: u32,
    /// Rows of the table of edges, as a power of two.
    pub edge_bits: u32,
    pub seed: u64,
    /// Models trained from seeds in a row and averaged, which evens out what dropout and order do by chance.
    pub repeats: u32,
}

impl Settings {
    fn rate_at(&self, epoch: usize) -> f32 {
        let share = match self.epochs - epoch {
            1 => 0.1,
            2 => 0.25,
            3 => 0.5,
            _ => 1.0,
        };
        self.rate * share
    }
}

/// Lists of features, one behind the other.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    features: Vec<u32>,
    ends: Vec<u32>,
}

impl Lists {
    pub fn push(&mut self, features: &[u32]) {
        self.features.extend_from_slice(features);
        self.ends.push(self.features.len() as u32);
    }

    pub fn get(&self, index: usize) -> &[u32] {
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.features[start..self.ends[index] as usize]
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// A labelled sequence.
#[derive(Clone, Debug, Default)]
pub struct Sequence {
    pub nodes: Lists,
    pub edges: Lists,
    pub labels: Vec<u8>,
    /// Places that can't be but «outside».
    pub fixed: Vec<bool>,
    /// How much it counts.
    pub weight: f32,
}

/// One example of a yes-or-no question.
#[derive(Clone, Debug, Default)]
pub struct Example {
    pub features: Vec<u32>,
    pub answer: bool,
    pub weight: f32,
}

/// Trains a conditional random field by the gradient of the log-likelihood of each sequence.
pub fn crf<const L: usize, const N: usize, const E: usize>(
    sequences: &[&Sequence],
    settings: &Settings,
) -> Crf<L, N, E> {
    let node_count = Counts::of(sequences.iter().map(|sequence| &sequence.nodes.features[..]), settings);
    let edge_count = Counts::of(sequences.iter().map(|sequence| &sequence.edges.features[..]), settings);
    let mut sums = (Weights::<N>::new(settings.node_bits), Weights::<E>::new(settings.edge_bits));
    let mut work = Work::<L>::default();
    for repeat in 0..settings.repeats {
        let mut nodes = Weights::<N>::new(settings.node_bits);
        let mut edges = Weights::<E>::new(settings.edge_bits);
        let mut random = Random::new(settings.seed + u64::from(repeat));
        let mut order: Vec<usize> = (0..sequences.len()).collect();
        for epoch in 0..settings.epochs {
            random.shuffle(&mut order);
            let step = Step { rate: settings.rate_at(epoch), decay: settings.decay };
            for &index in &order {
                let sequence = sequences[index];
                work.node_features.fill(&sequence.nodes, &node_count, settings.dropout, &mut random);
                work.edge_features.fill(&sequence.edges, &edge_count, settings.dropout, &mut random);
                work.learn(sequence, &mut nodes, &mut edges, step);
            }
        }
        sums.0.add(&nodes);
        sums.1.add(&edges);
    }
    let kept = (1.0 - settings.dropout) / settings.repeats as f32;
    Crf { nodes: sums.0.table(kept), edges: sums.1.table(kept) }
}

/// Trains a logistic regression.
pub fn linear(examples: &[&Example], settings: &Settings) -> Linear {
    let counts = Counts::of(examples.iter().map(|example| &example.features[..]), settings);
    let mut weights = Weights::<1>::new(settings.node_bits);
    let mut random = Random::new(settings.seed);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut kept = Vec::new();
    for epoch in 0..settings.epochs {
        random.shuffle(&mut order);
        let step = Step { rate: settings.rate_at(epoch), decay: settings.decay };
        for &index in &order {
            let example = examples[index];
            kept.clear();
            keep(&example.features, &counts, settings.dropout, &mut random, &mut kept);
            let [score] = weights.score(&kept);
            let error = (f32::from(u8::from(example.answer)) - logistic(score)) * example.weight;
            weights.update(&kept, [error], step);
        }
    }
    Linear { table: weights.table(1.0 - settings.dropout) }
}

/// The buffers that go from one sequence to the next.
#[derive(Default)]
struct Work<const L: usize> {
    node_features: Kept,
    edge_features: Kept,
    lattice: Lattice<L>,
    marginals: Marginals<L>,
}

impl<const L: usize> Work<L> {
    fn learn<const N: usize, const E: usize>(
        &mut self,
        sequence: &Sequence,
        nodes: &mut Weights<N>,
        edges: &mut Weights<E>,
        step: Step,
    ) {
        self.lattice.clear();
        for at in 0..sequence.labels.len() {
            let node = nodes.score(self.node_features.lists.get(at));
            let edge = edges.score(self.edge_features.lists.get(at));
            self.lattice.push(node, edge);
            if sequence.fixed.get(at) == Some(&true) {
                self.lattice.fix_outside(at);
            }
        }
        self.marginals.compute(&self.lattice);
        for at in 0..sequence.labels.len() {
            let gold = usize::from(sequence.labels[at]);
            let error = |label: usize| f32::from(u8::from(label == gold)) - self.marginals.nodes[at][label];
            let gradient: [f32; N] =
                std::array::from_fn(|label| if label < L { error(label) * sequence.weight } else { 0.0 });
            if is_worth(&gradient) {
                nodes.update(self.node_features.lists.get(at), gradient, step);
            }
            if at > 0 {
                let pairs = self.marginals.pairs(at);
                let pair = usize::from(sequence.labels[at - 1]) * L + gold;
                let error = |index: usize| f32::from(u8::from(index == pair)) - pairs[index / L][index % L];
                let gradient: [f32; E] =
                    std::array::from_fn(
                        |index| if index < L * L { error(index) * sequence.weight } else { 0.0 },
                    );
                if is_worth(&gradient) {
                    edges.update(self.edge_features.lists.get(at), gradient, step);
                }
            }
        }
    }
}

/// Whether a gradient moves anything.
fn is_worth(gradient: &[f32]) -> bool {
    gradient.iter().any(|part| part.abs() > 1e-3)
}

/// The features of one look at a sequence.
#[derive(Default)]
struct Kept {
    lists: Lists,
}

impl Kept {
    fn fill(&mut self, all: &Lists, counts: &Counts, dropout: f32, random: &mut Random) {
        self.lists.features.clear();
        self.lists.ends.clear();
        for index in 0..all.len() {
            keep(all.get(index), counts, dropout, random, &mut self.lists.features);
            self.lists.ends.push(self.lists.features.len() as u32);
        }
    }
}

/// Appends the features that are frequent enough and not hidden this time.
fn keep(features: &[u32], counts: &Counts, dropout: f32, random: &mut Random, kept: &mut Vec<u32>) {
    let limit = (f64::from(dropout) * 65536.0) as u64;
    let mut bits = 0;
    let mut left = 0;
    for &feature in features {
        if !counts.is_frequent(feature) {
            continue;
        }
        if left == 0 {
            bits = random.next();
            left = 4;
        }
        left -= 1;
        if bits & 0xffff >= limit {
            kept.push(feature);
        }
        bits >>= 16;
    }
}

/// How often each feature occurs, up to 255, features of one hash together.
struct Counts {
    counts: Vec<u8>,
    least: u8,
}

/// Rows of the table of counts, as a power of two.
const COUNT_BITS: u32 = 26;

impl Counts {
    fn of<'a>(lists: impl Iterator<Item = &'a [u32]>, settings: &Settings) -> Self {
        let least = settings.least_count;
        let mut counts = if least > 1 { vec![0_u8; 1 << COUNT_BITS] } else { Vec::new() };
        if least > 1 {
            lists.flatten().for_each(|&feature| {
                let count = &mut counts[(feature >> (32 - COUNT_BITS)) as usize];
                *count = count.saturating_add(1);
            });
        }
        Self { counts, least }
    }

    fn is_frequent(&self, feature: u32) -> bool {
        self.least <= 1 || self.counts[(feature >> (32 - COUNT_BITS)) as usize] >= self.least
    }
}

#[derive(Clone, Copy)]
struct Step {
    rate: f32,
    decay: f32,
}

/// Weights while they are trained, with the sums of their squared gradients.
struct Weights<const LABELS: usize> {
    bits: u32,
    weights: Vec<[f32; LABELS]>,
    squares: Vec<[f32; LABELS]>,
}

impl<const LABELS: usize> Weights<LABELS> {
    fn new(bits: u32) -> Self {
        Self { bits, weights: vec![[0.0; LABELS]; 1 << bits], squares: vec![[0.0; LABELS]; 1 << bits] }
    }

    fn row(&self, feature: u32) -> usize {
        (feature & ((1 << self.bits) - 1)) as usize
    }

    fn score(&self, features: &[u32]) -> [f32; LABELS] {
        let mut sum = [0.0; LABELS];
        for &feature in features {
            let row = &self.weights[self.row(feature)];
            sum.iter_mut().zip(row).for_each(|(sum, weight)| *sum += weight);
        }
        sum
    }

    fn update(&mut self, features: &[u32], gradient: [f32; LABELS], step: Step) {
        for &feature in features {
            let row = self.row(feature);
            let (weights, squares) = (&mut self.weights[row], &mut self.squares[row]);
            for label in 0..LABELS {
                let slope = gradient[label] - step.decay * weights[label];
                squares[label] += slope * slope;
                weights[label] += step.rate * slope / (squares[label] + 1e-2).sqrt();
            }
        }
    }

    fn add(&mut self, other: &Self) {
        for (sum, weights) in self.weights.iter_mut().zip(&other.weights) {
            sum.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
        }
    }

    /// The weights as bytes; `kept` undoes what dropout made too large.
    fn table(&self, kept: f32) -> Table<LABELS> {
        let weights: Vec<f32> = self.weights.iter().flatten().map(|weight| weight * kept).collect();
        Table::quantised(&weights, self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::{Example, Lists, Sequence, Settings, crf, linear};
    use crate::learn::crf::{Best, Crf, Lattice};

    const SETTINGS: Settings = Settings {
        epochs: 20,
        rate: 0.2,
        decay: 1e-4,
        dropout: 0.0,
        least_count: 1,
        node_bits: 8,
        edge_bits: 4,
        seed: 1,
        repeats: 1,
    };

    #[test]
    fn a_field_learns_where_spans_begin_and_end() {
        // Feature 10 begins a span, 11 goes on, 12 is outside.
        let pattern = [12, 10, 11, 11, 12, 10, 12];
        let mut sequence = Sequence { weight: 1.0, ..Sequence::default() };
        for feature in pattern {
            sequence.nodes.push(&[feature]);
            sequence.edges.push(&[1]);
            sequence.labels.push([1, 2, 0][feature as usize - 10]);
        }
        let model: Crf<3, 4, 16> = crf(&[&sequence], &SETTINGS);
        let mut lattice = Lattice::<3>::default();
        pattern
            .iter()
            .for_each(|&feature| lattice.push(model.nodes.score(&[feature]), model.edges.score(&[1])));
        let best = Best::<3, 2>::default().find(&lattice);
        assert_eq!(best[0].labels, sequence.labels);
    }

    #[test]
    fn a_regression_learns_and_repeats_itself() {
        let yes = Example { features: vec![1, 3], answer: true, weight: 1.0 };
        let no = Example { features: vec![2, 3], answer: false, weight: 1.0 };
        let long = Settings { epochs: 200, ..SETTINGS };
        let model = linear(&[&yes, &no], &long);
        assert!(model.probability(&[1, 3]) > 0.8 && model.probability(&[2, 3]) < 0.2);
        let again = linear(&[&yes, &no], &long);
        assert_eq!(model.probability(&[1]), again.probability(&[1]));
    }

    #[test]
    fn lists_keep_their_bounds() {
        let mut lists = Lists::default();
        lists.push(&[1, 2]);
        lists.push(&[]);
        lists.push(&[3]);
        assert_eq!((lists.get(0), lists.get(1), lists.get(2)), (&[1, 2][..], &[][..], &[3][..]));
    }
}
