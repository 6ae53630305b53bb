//! For each situation, the leaves that lead to it.

use crate::engine::Graph;

/// For each situation, the leaves that lead to it.
#[derive(Clone, Debug)]
pub struct Back {
    first: Vec<usize>,
    from: Vec<(u32, u32)>,
}

impl Back {
    /// Of a graph.
    #[must_use]
    pub fn new(graph: &Graph) -> Self {
        let mut first = vec![0; graph.len() + 2];
        graph.targets.iter().for_each(|&target| first[target as usize + 2] += 1);
        for s in 2..first.len() {
            first[s] += first[s - 1];
        }
        let mut from = vec![(0, 0); graph.targets.len()];
        for s in 0..graph.len() {
            for leaf in graph.leaves(s) {
                let place = &mut first[graph.targets[leaf] as usize + 1];
                from[*place] = (s as u32, graph.kind_number(leaf));
                *place += 1;
            }
        }
        Self { first, from }
    }

    /// The leaves that lead to a situation: where each comes from, and its kind.
    #[must_use]
    pub fn to(&self, s: u32) -> &[(u32, u32)] {
        &self.from[self.first[s as usize]..self.first[s as usize + 1]]
    }
}
