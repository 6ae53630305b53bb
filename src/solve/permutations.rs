//! How actors change places on the transitions of a folded graph.

use crate::engine::symmetry::Permutation;
use crate::engine::{Graph, Symmetry};
use rustc_hash::FxHashMap;

/// The permutations on the transitions of a graph, by their numbers.
#[derive(Clone, Debug, Default)]
pub struct Frames {
    permutations: FxHashMap<u32, Permutation>,
    /// Permutations that generate all others.
    pub generators: Vec<Permutation>,
}

impl Frames {
    /// Those of a graph that was explored with this symmetry.
    #[must_use]
    pub fn new(graph: &Graph, symmetry: Option<&Symmetry>) -> Self {
        let Some(symmetry) = symmetry else { return Self::default() };
        let mut permutations = FxHashMap::default();
        for kind in graph.kinds.iter().filter(|kind| kind.turned != 0) {
            permutations.entry(kind.turned).or_insert_with(|| symmetry.permutation(kind.turned));
        }
        Self { permutations, generators: symmetry.generators() }
    }

    /// The permutation with a number; `None` where nobody moves.
    #[must_use]
    pub fn get(&self, turned: u32) -> Option<&Permutation> {
        self.permutations.get(&turned)
    }
}

/// What a sorted set of nodes becomes, sorted.
#[must_use]
pub fn turned_set(set: &[u32], frame: &Permutation) -> Vec<u32> {
    let mut image: Vec<u32> = set.iter().map(|&node| frame.nodes[node as usize]).collect();
    image.sort_unstable();
    image
}
