//! Counts in a folded graph, put back on the actors that they belong to.
//!
//! A situation stands for all that differ from it only in who is who, and what happens there is
//! counted under the names that the actors have in it. In truth all that a name can become
//! happen equally often: each has the mean of its orbit.

use super::ledger::{Ledger, Link, LinkBy};
use crate::engine::symmetry::Permutation;
use rustc_hash::{FxHashMap, FxHashSet};
use std::hash::Hash;

/// Gives every link and node the mean of those that it can become under these permutations.
pub fn symmetrize(ledger: &mut Ledger, generators: &[Permutation]) {
    if generators.is_empty() {
        return;
    }
    let mut links: Vec<(Link, f64)> = ledger.links.drain().collect();
    links.sort_unstable_by_key(|link| link.0);
    ledger.links = spread(&links, turned, generators).into_iter().collect();
    let nodes: Vec<(u32, f64)> = (0..).zip(ledger.nodes.iter().copied()).collect();
    for (node, mean) in spread(&nodes, |node, by| by.nodes[node as usize], generators) {
        ledger.nodes[node as usize] = mean;
    }
}

/// For each of these, and all that they can become: the mean over its orbit.
fn spread<T: Copy + Eq + Hash>(
    counts: &[(T, f64)],
    image: impl Fn(T, &Permutation) -> T,
    generators: &[Permutation],
) -> Vec<(T, f64)> {
    let known: FxHashMap<T, f64> = counts.iter().copied().collect();
    let mut placed: FxHashSet<T> = FxHashSet::default();
    let mut means = Vec::new();
    for &(first, _) in counts {
        if !placed.insert(first) {
            continue;
        }
        let mut orbit = vec![first];
        let mut at = 0;
        while let Some(&one) = orbit.get(at) {
            at += 1;
            for generator in generators {
                let other = image(one, generator);
                if placed.insert(other) {
                    orbit.push(other);
                }
            }
        }
        let sum: f64 = orbit.iter().filter_map(|one| known.get(one)).sum();
        let mean = sum / orbit.len() as f64;
        means.extend(orbit.into_iter().map(|one| (one, mean)));
    }
    means
}

fn turned(link: Link, by: &Permutation) -> Link {
    // The start and outcomes stay what they are.
    let node = |node: u32| by.nodes.get(node as usize).copied().unwrap_or(node);
    let connects = match link.by {
        LinkBy::Origin(origin) => LinkBy::Origin(by.origin(origin)),
        LinkBy::Body(event) => LinkBy::Body(node(event)),
        other @ LinkBy::Outcome(_) => other,
    };
    Link { from: node(link.from), to: node(link.to), by: connects }
}
