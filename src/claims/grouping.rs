//! All wordings grouped at once: what the database keeps up to date step by step.

use crate::claims::nearness::Nearness;
use crate::claims::node::{Link, Node, Shared};
use std::collections::{BTreeMap, BTreeSet};

/// For each wording the fuller one that it is a form of. Whatever their order, the links are the same.
pub fn links(nodes: &[Node]) -> Vec<Option<Link>> {
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
        for place in &own[at] {
            for &other in &places[place] {
                shared.entry(other).or_default().count(place.0);
            }
        }
        let mine = Shared::all(&own[at]);
        let candidates =
            shared.into_iter().filter(|(other, shared)| shared.is_enough(mine, Shared::all(&own[*other])));
        let mut best: Option<(&Node, Nearness)> = None;
        for (other, _) in candidates {
            let candidate = &nodes[other];
            if candidate.is_fuller(node)
                && let Some(nearness) = node.nearness(candidate)
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
