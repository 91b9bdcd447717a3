//! The best pairing of what was found with what should be found.

use crate::evaluation::words::WordSet;
use pathfinding::kuhn_munkres::kuhn_munkres;
use pathfinding::matrix::Matrix;
use std::collections::BTreeMap;

/// The least overlap at which two quotes are taken for the same one.
pub const LEAST_OVERLAP: f64 = 0.5;

/// One-to-one pairs (gold, predicted) whose words overlap enough: the most pairs that there can
/// be, then the highest total overlap (Hungarian algorithm), then the most that `is_right`.
///
/// Overlap is the Jaccard index, shared words over all words of both; `least` is the lowest that
/// makes a pair. In the order of the gold. Takes cubic time in the largest group of quotes that
/// overlap one another, and those groups are small.
pub fn pairs(
    gold: &[&WordSet],
    predicted: &[&WordSet],
    least: f64,
    is_right: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    let mut weights = Weights::new();
    let holders = holders(predicted);
    for (row, words) in gold.iter().enumerate() {
        for column in neighbours(words, &holders) {
            let overlap = jaccard(words, predicted[column]);
            if overlap >= least {
                weights.insert((row, column), weight(overlap, is_right(row, column)));
            }
        }
    }
    let mut pairs: Vec<_> = components(&weights).iter().flat_map(assign).collect();
    pairs.sort_unstable();
    pairs
}

/// Shared words over all words of both: 0 to 1.
pub fn jaccard(a: &WordSet, b: &WordSet) -> f64 {
    let shared = a.iter().filter(|word| b.binary_search(word).is_ok()).count();
    if shared == 0 { 0.0 } else { shared as f64 / (a.len() + b.len() - shared) as f64 }
}

/// How much a pair is worth, by gold and predicted index; pairs that can't be aren't in it.
type Weights = BTreeMap<(usize, usize), i64>;

/// A pair outweighs any overlap, and the least difference of overlap a right source.
fn weight(overlap: f64, is_right: bool) -> i64 {
    1_000_000_000_000 + (overlap * 1e9) as i64 + if is_right { 100_000 } else { 0 }
}

fn holders(sets: &[&WordSet]) -> BTreeMap<u32, Vec<usize>> {
    let mut holders: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (index, words) in sets.iter().enumerate() {
        for &word in *words {
            holders.entry(word).or_default().push(index);
        }
    }
    holders
}

fn neighbours(words: &WordSet, holders: &BTreeMap<u32, Vec<usize>>) -> Vec<usize> {
    let mut found: Vec<usize> =
        words.iter().filter_map(|word| holders.get(word)).flatten().copied().collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Parts the weights into groups that share no row and no column.
fn components(weights: &Weights) -> Vec<Weights> {
    let mut groups: Vec<Weights> = Vec::new();
    for (&(row, column), &weight) in weights {
        let touches = |group: &Weights| group.keys().any(|&(r, c)| r == row || c == column);
        let (touched, mut rest): (Vec<_>, Vec<_>) = groups.into_iter().partition(touches);
        let mut merged: Weights = touched.into_iter().flatten().collect();
        merged.insert((row, column), weight);
        rest.push(merged);
        groups = rest;
    }
    groups
}

fn assign(group: &Weights) -> Vec<(usize, usize)> {
    let rows = distinct(group.keys().map(|key| key.0));
    let columns = distinct(group.keys().map(|key| key.1));
    // The algorithm wants no more rows than columns.
    let is_flipped = rows.len() > columns.len();
    let (short, long) = if is_flipped { (&columns, &rows) } else { (&rows, &columns) };
    let pair = |i: usize, j: usize| if is_flipped { (long[j], short[i]) } else { (short[i], long[j]) };
    let worth = |(i, j): (usize, usize)| group.get(&pair(i, j)).copied().unwrap_or(0);
    let (_, assigned) = kuhn_munkres(&Matrix::from_fn(short.len(), long.len(), worth));
    let pairs = assigned.into_iter().enumerate().map(|(i, j)| pair(i, j));
    pairs.filter(|pair| group.contains_key(pair)).collect()
}

fn distinct(indices: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut indices: Vec<usize> = indices.collect();
    indices.sort_unstable();
    indices.dedup();
    indices
}

#[cfg(test)]
mod tests {
    use super::{jaccard, pairs};
    use crate::evaluation::words::WordSet;

    fn paired(gold: &[WordSet], predicted: &[WordSet]) -> Vec<(usize, usize)> {
        let (gold, predicted): (Vec<_>, Vec<_>) = (gold.iter().collect(), predicted.iter().collect());
        pairs(&gold, &predicted, 0.5, |_, _| false)
    }

    #[test]
    fn overlap_is_shared_over_all() {
        assert_eq!(jaccard(&vec![1, 2, 3], &vec![2, 3, 4]), 0.5);
        assert_eq!(jaccard(&vec![1], &vec![2]), 0.0);
    }

    #[test]
    fn more_pairs_beat_a_better_pair() {
        // The first gold fits the first prediction best, but then the second gold would go without.
        let gold = [vec![1, 2, 3], vec![1, 2, 3, 4, 5, 6]];
        let predicted = [vec![1, 2, 3], vec![1, 2]];
        assert_eq!(paired(&gold, &predicted), [(0, 1), (1, 0)]);
    }

    #[test]
    fn a_right_source_settles_a_tie() {
        let (gold, predicted) = (vec![1, 2], [vec![1, 2], vec![1, 2]]);
        let predicted: Vec<&WordSet> = predicted.iter().collect();
        assert_eq!(pairs(&[&gold], &predicted, 1.0, |_, column| column == 1), [(0, 1)]);
        assert_eq!(pairs(&[&gold], &predicted, 1.0, |_, column| column == 0), [(0, 0)]);
    }

    #[test]
    fn more_gold_than_predictions() {
        assert_eq!(paired(&[vec![1, 2], vec![1, 2, 3], vec![9]], &[vec![1, 2, 3]]), [(1, 0)]);
    }
}
