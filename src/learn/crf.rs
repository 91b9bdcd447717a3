//! A linear-chain conditional random field over hashed features (Lafferty et al. 2001): scores, marginals and
//! the best labellings of a sequence.

use crate::learn::math::{exp, ln};
use crate::learn::table::Table;
use crate::learn::weights::{Section, Writer};

/// Weights of a field with `L` labels: 0 is «outside», then a begin and an inside label for each kind of span.
///
/// `N` is `L` and `E` is `L * L`, each rounded up to a whole number of machine words.
#[derive(Clone, Debug)]
pub struct Crf<const L: usize, const N: usize, const E: usize> {
    pub nodes: Table<N>,
    pub edges: Table<E>,
}

impl<const L: usize, const N: usize, const E: usize> Crf<L, N, E> {
    pub fn read(section: &mut Section) -> Option<Self> {
        Some(Self { nodes: Table::read(section)?, edges: Table::read(section)? })
    }

    pub fn write(&self, writer: &mut Writer) {
        self.nodes.write(writer);
        self.edges.write(writer);
    }
}

/// Whether label `b` may follow label `a`: inside goes on with the begin or inside of its own kind.
pub const fn may_follow(a: usize, b: usize) -> bool {
    !is_inside(b) || a == b || a + 1 == b
}

/// Whether `label` goes on with a span.
pub const fn is_inside(label: usize) -> bool {
    label > 0 && label.is_multiple_of(2)
}

/// The score that no labelling survives.
pub const FORBIDDEN: f32 = -1e4;

/// The scores of one sequence.
#[derive(Clone, Debug)]
pub struct Lattice<const L: usize> {
    /// For each place, the score of each label.
    pub nodes: Vec<[f32; L]>,
    /// For each place, the score of each label before and here; not read at the first place.
    pub edges: Vec<[[f32; L]; L]>,
}

impl<const L: usize> Default for Lattice<L> {
    fn default() -> Self {
        Self { nodes: Vec::new(), edges: Vec::new() }
    }
}

impl<const L: usize> Lattice<L> {
    pub fn clear(&mut self) {
        self.nodes.clear();
        self.edges.clear();
    }

    /// Appends a place by the sums of its rows.
    pub fn push<const N: usize, const E: usize>(&mut self, node: [f32; N], edge: [f32; E]) {
        self.nodes.push(std::array::from_fn(|label| node[label]));
        self.edges.push(std::array::from_fn(|before| {
            std::array::from_fn(|label| {
                if may_follow(before, label) {
                    edge[before * L + label].clamp(-30.0, 30.0)
                } else {
                    FORBIDDEN
                }
            })
        }));
    }

    /// Allows nothing but «outside» at place `at`.
    pub fn fix_outside(&mut self, at: usize) {
        self.nodes[at] = std::array::from_fn(|label| if label == 0 { 0.0 } else { FORBIDDEN });
    }

    /// The score of one labelling.
    pub fn score(&self, labels: &[u8]) -> f32 {
        let mut score = 0.0;
        for (at, &label) in labels.iter().enumerate() {
            score += self.nodes[at][usize::from(label)];
            if at > 0 {
                score += self.edges[at][usize::from(labels[at - 1])][usize::from(label)];
            }
        }
        score
    }
}

/// What the forward and backward passes say of a sequence; kept to be used again for the next one.
#[derive(Clone, Debug)]
pub struct Marginals<const L: usize> {
    /// For each place, the probability of each label.
    pub nodes: Vec<[f32; L]>,
    /// The logarithm of the sum over all labellings.
    pub log_total: f32,
    forward: Vec<[f32; L]>,
    backward: Vec<[f32; L]>,
    node_factors: Vec<[f32; L]>,
    edge_factors: Vec<[[f32; L]; L]>,
}

impl<const L: usize> Default for Marginals<L> {
    fn default() -> Self {
        Self {
            nodes: Vec::new(),
            log_total: 0.0,
            forward: Vec::new(),
            backward: Vec::new(),
            node_factors: Vec::new(),
            edge_factors: Vec::new(),
        }
    }
}

impl<const L: usize> Marginals<L> {
    /// Computes the marginals of `lattice`; each pass is scaled to 1 at every place.
    pub fn compute(&mut self, lattice: &Lattice<L>) {
        self.factors(lattice);
        self.run_forward();
        self.run_backward();
        self.nodes.clear();
        for (forward, backward) in self.forward.iter().zip(&self.backward) {
            let mut product: [f32; L] = std::array::from_fn(|label| forward[label] * backward[label]);
            scale(&mut product);
            self.nodes.push(product);
        }
    }

    fn factors(&mut self, lattice: &Lattice<L>) {
        self.log_total = 0.0;
        self.node_factors.clear();
        self.edge_factors.clear();
        for scores in &lattice.nodes {
            let largest = scores.iter().fold(f32::MIN, |largest, &score| largest.max(score));
            self.log_total += largest;
            let mut factors = [0.0; L];
            for (factor, score) in factors.iter_mut().zip(scores) {
                *factor = exp(score - largest);
            }
            self.node_factors.push(factors);
        }
        for scores in &lattice.edges {
            self.edge_factors.push(std::array::from_fn(|before| {
                std::array::from_fn(
                    |label| {
                        if may_follow(before, label) { exp(scores[before][label]) } else { 0.0 }
                    },
                )
            }));
        }
    }

    fn run_forward(&mut self) {
        self.forward.clear();
        let mut before = [0.0; L];
        for (at, node) in self.node_factors.iter().enumerate() {
            let mut here: [f32; L] = if at == 0 {
                std::array::from_fn(|label| if is_inside(label) { 0.0 } else { node[label] })
            } else {
                let mut sums = [0.0; L];
                for (from, edges) in before.iter().zip(&self.edge_factors[at]) {
                    for (sum, edge) in sums.iter_mut().zip(edges) {
                        *sum += from * edge;
                    }
                }
                std::array::from_fn(|label| sums[label] * node[label])
            };
            self.log_total += ln(scale(&mut here));
            self.forward.push(here);
            before = here;
        }
    }

    fn run_backward(&mut self) {
        let length = self.node_factors.len();
        self.backward.clear();
        self.backward.resize(length, [1.0; L]);
        for at in (1..length).rev() {
            let after: [f32; L] =
                std::array::from_fn(|label| self.backward[at][label] * self.node_factors[at][label]);
            let mut here = [0.0; L];
            for (sum, edges) in here.iter_mut().zip(&self.edge_factors[at]) {
                for (edge, after) in edges.iter().zip(&after) {
                    *sum += edge * after;
                }
            }
            scale(&mut here);
            self.backward[at - 1] = here;
        }
    }

    /// The probability of each pair of labels before and at place `at`, which isn't the first.
    pub fn pairs(&self, at: usize) -> [[f32; L]; L] {
        let mut pairs: [[f32; L]; L] = std::array::from_fn(|before| {
            std::array::from_fn(|label| {
                self.forward[at - 1][before]
                    * self.edge_factors[at][before][label]
                    * self.node_factors[at][label]
                    * self.backward[at][label]
            })
        });
        let total: f32 = pairs.iter().flatten().sum();
        if total > 0.0 {
            pairs.iter_mut().flatten().for_each(|pair| *pair /= total);
        }
        pairs
    }

    /// The probability that place `at` has `label`, given that the one before has `before`.
    pub fn given(&self, at: usize, before: usize, label: usize) -> f32 {
        let reach = |label: usize| {
            self.edge_factors[at][before][label] * self.node_factors[at][label] * self.backward[at][label]
        };
        let all: f32 = (0..L).map(reach).sum();
        if all > 0.0 { reach(label) / all } else { 0.0 }
    }
}

/// Makes the numbers add up to 1; gives what they added up to.
fn scale<const L: usize>(numbers: &mut [f32; L]) -> f32 {
    let total = numbers.iter().sum::<f32>().max(1e-30);
    let factor = 1.0 / total;
    numbers.iter_mut().for_each(|number| *number *= factor);
    total
}

/// A labelling with its score.
#[derive(Clone, PartialEq, Debug)]
pub struct Labelling {
    pub score: f32,
    pub labels: Vec<u8>,
}

/// One of the best ways to a label: its score, and where it came from.
#[derive(Clone, Copy, Debug)]
struct Way {
    score: f32,
    label: u8,
    rank: u8,
}

const NO_WAY: Way = Way { score: f32::NEG_INFINITY, label: 0, rank: 0 };

/// The `K` best labellings, the best first; kept to be used again for the next sequence.
#[derive(Clone, Debug)]
pub struct Best<const L: usize, const K: usize> {
    ways: Vec<[[Way; K]; L]>,
}

impl<const L: usize, const K: usize> Default for Best<L, K> {
    fn default() -> Self {
        Self { ways: Vec::new() }
    }
}

impl<const L: usize, const K: usize> Best<L, K> {
    /// Finds the labellings (Viterbi's algorithm, with `K` ways kept for every label).
    pub fn find(&mut self, lattice: &Lattice<L>) -> Vec<Labelling> {
        self.ways.clear();
        for at in 0..lattice.nodes.len() {
            let here = if at == 0 { first(lattice) } else { self.next(lattice, at) };
            self.ways.push(here);
        }
        let Some(last) = self.ways.last() else { return Vec::new() };
        let mut ends: Vec<(f32, usize, usize)> = Vec::new();
        for (label, ways) in last.iter().enumerate() {
            ends.extend(ways.iter().enumerate().map(|(rank, way)| (way.score, label, rank)));
        }
        ends.retain(|end| end.0 > FORBIDDEN / 2.0);
        ends.sort_by(|a, b| b.0.total_cmp(&a.0));
        ends.truncate(K);
        ends.into_iter().map(|(score, label, rank)| self.trace(score, label, rank)).collect()
    }

    fn next(&self, lattice: &Lattice<L>, at: usize) -> [[Way; K]; L] {
        let before = &self.ways[at - 1];
        std::array::from_fn(|label| {
            let mut best = [NO_WAY; K];
            let node = lattice.nodes[at][label];
            if node <= FORBIDDEN {
                return best;
            }
            for (from, ways) in before.iter().enumerate().filter(|(from, _)| may_follow(*from, label)) {
                let step = node + lattice.edges[at][from][label];
                for (rank, way) in ways.iter().enumerate() {
                    let score = way.score + step;
                    if score <= best[K - 1].score {
                        break;
                    }
                    insert(&mut best, Way { score, label: from as u8, rank: rank as u8 });
                }
            }
            best
        })
    }

    fn trace(&self, score: f32, label: usize, rank: usize) -> Labelling {
        let (mut label, mut rank) = (label, rank);
        let mut labels = vec![0; self.ways.len()];
        for at in (0..self.ways.len()).rev() {
            labels[at] = label as u8;
            let way = self.ways[at][label][rank];
            (label, rank) = (usize::from(way.label), usize::from(way.rank));
        }
        Labelling { score, labels }
    }
}

fn first<const L: usize, const K: usize>(lattice: &Lattice<L>) -> [[Way; K]; L] {
    std::array::from_fn(|label| {
        let mut ways = [NO_WAY; K];
        if !is_inside(label) && lattice.nodes[0][label] > FORBIDDEN {
            ways[0].score = lattice.nodes[0][label];
        }
        ways
    })
}

/// Puts `way`, better than the last, in its place.
fn insert<const K: usize>(best: &mut [Way; K], way: Way) {
    let mut at = K - 1;
    while at > 0 && best[at - 1].score < way.score {
        best[at] = best[at - 1];
        at -= 1;
    }
    best[at] = way;
}

#[cfg(test)]
mod tests {
    use super::{Best, Lattice, Marginals, may_follow};

    /// All labellings of a lattice with their scores, the best first.
    fn all(lattice: &Lattice<3>) -> Vec<(f32, Vec<u8>)> {
        let mut labellings = vec![Vec::new()];
        for _ in 0..lattice.nodes.len() {
            labellings = labellings
                .iter()
                .flat_map(|labels: &Vec<u8>| (0..3).map(|next| [labels.clone(), vec![next]].concat()))
                .filter(|labels| {
                    labels[0] != 2 && labels.windows(2).all(|pair| may_follow(pair[0].into(), pair[1].into()))
                })
                .collect();
        }
        let mut scored: Vec<_> =
            labellings.into_iter().map(|labels| (lattice.score(&labels), labels)).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        scored
    }

    fn lattice() -> Lattice<3> {
        let mut lattice = Lattice::default();
        for at in 0..5_u8 {
            let value = |seed: u8| f32::from((at * 37 + seed * 91) % 23) / 9.0 - 1.0;
            lattice.push(
                [value(1), value(2), value(3), 0.0],
                std::array::from_fn::<_, 16, _>(|i| value(i as u8)),
            );
        }
        lattice
    }

    #[test]
    fn the_best_labellings_are_those_of_all() {
        let lattice = lattice();
        let all = all(&lattice);
        let best = Best::<3, 4>::default().find(&lattice);
        assert_eq!(best.len(), 4);
        for (found, (score, labels)) in best.iter().zip(&all) {
            assert_eq!(&found.labels, labels);
            assert!((found.score - score).abs() < 1e-4);
        }
    }

    #[test]
    fn marginals_are_sums_over_all() {
        let lattice = lattice();
        let mut marginals = Marginals::default();
        marginals.compute(&lattice);
        let total: f32 = all(&lattice).iter().map(|(score, _)| score.exp()).sum();
        assert!((marginals.log_total - total.ln()).abs() < 1e-3);
        for at in 0..5 {
            for label in 0..3 {
                let with = all(&lattice).into_iter().filter(|(_, labels)| usize::from(labels[at]) == label);
                let share = with.map(|(score, _)| score.exp()).sum::<f32>() / total;
                assert!((marginals.nodes[at][label] - share).abs() < 1e-3);
            }
        }
        let pairs = marginals.pairs(2);
        let given = marginals.given(2, 1, 2);
        assert!((pairs[1][2] / pairs[1].iter().sum::<f32>() - given).abs() < 1e-3);
    }
}
