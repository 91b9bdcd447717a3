//! All wordings grouped at once: what the database keeps up to date step by step.

use crate::claims::decision::{Decision, Decisions, judged};
use crate::claims::nearness::Nearness;
use crate::claims::node::{Link, Node, Shared};
use std::collections::{BTreeMap, BTreeSet};

/// For each wording the fuller one that it is a form of, by their words and by what people said of them. Whatever their
/// order, the links are the same.
pub fn links(nodes: &[Node], decisions: &Decisions) -> Vec<Option<Link>> {
    let by_key: BTreeMap<i64, usize> = nodes.iter().enumerate().map(|(at, node)| (node.key, at)).collect();
    let mut places: BTreeMap<(i64, u32), Vec<usize>> = BTreeMap::new();
    let own: Vec<BTreeSet<(i64, u32)>> = nodes.iter().map(Node::places).collect();
    for (at, mine) in own.iter().enumerate() {
        for &place in mine {
            places.entry(place).or_default().push(at);
        }
    }
    let link = |at: usize| {
        let node = &nodes[at];
        let mut shared: BTreeMap<usize, Shared> = BTreeMap::new();
        for place in node.places_of_others(&own[at], false) {
            for &other in places.get(&place).into_iter().flatten() {
                shared.entry(other).or_default().count(place.0);
            }
        }
        let (mine, said) = (Shared::all(&own[at], &node.wording), decisions.of(node.key));
        let mut candidates: BTreeSet<usize> = shared
            .into_iter()
            .filter(|(other, shared)| {
                shared.is_enough(mine, Shared::all(&own[*other], &nodes[*other].wording))
            })
            .map(|(other, _)| other)
            .collect();
        let together = said.iter().filter(|(_, decision)| **decision == Decision::Together);
        candidates.extend(together.filter_map(|(key, _)| by_key.get(key)));
        let mut best: Option<(&Node, Nearness)> = None;
        for other in candidates {
            let candidate = &nodes[other];
            if candidate.is_fuller(node)
                && let Some(nearness) = judged(said, node, candidate)
                && node.is_better((candidate, nearness), best)
            {
                best = Some((candidate, nearness));
            }
        }
        best.map(|(parent, nearness)| Link { parent: parent.key, nearness })
    };
    (0..nodes.len()).map(link).collect()
}

/// The groups that links make: for each wording the key of the fullest in its group.
pub fn roots(nodes: &[Node], links: &[Option<Link>]) -> Vec<i64> {
    let parents: BTreeMap<i64, i64> =
        nodes.iter().zip(links).filter_map(|(node, link)| Some((node.key, link.as_ref()?.parent))).collect();
    let root = |node: &Node| {
        let mut key = node.key;
        while let Some(&parent) = parents.get(&key) {
            key = parent;
        }
        key
    };
    nodes.iter().map(root).collect()
}
