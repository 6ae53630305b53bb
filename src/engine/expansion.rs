//! Everything that can come next from one situation.

use super::draw::both;
use super::program::{Consequence, Program};
use rustc_hash::FxHasher;
use std::collections::BTreeMap;
use std::hash::Hasher;
use std::ops::Range;

/// Everything that can come next from one situation, as a product: draws that touch something in
/// common form a [`Group`]; groups come about independently, and the successors are all
/// combinations of their ends. The product itself is written out only by those who need it.
///
/// A group is a layered graph. Its layer 0 is one node; draw `i` leads from each node of layer `i`
/// to a node of layer `i + 1`, one for each of its results; nodes in which the same has been
/// collected are one. Nodes of the last layer are its ends.
#[derive(Clone, Debug, Default)]
pub struct Expansion {
    words: usize,
    /// Rules and decisions that have their chance.
    pub chances: Vec<u32>,
    /// What happens for sure: consequences of rules that do not draw, of injects, and what is due,
    /// with its chain.
    pub sure: Vec<(Option<u32>, Consequence)>,
    /// The packed situation that comes if no group changes anything; not finished.
    pub base: Vec<u64>,
    /// The groups, those with varying draws first.
    pub groups: Vec<Group>,
    /// The draws of all groups, as indices in [`Program::draws`]; within a group the varying first.
    pub draws: Vec<u32>,
    /// For each group: how many nodes each of its layers has, the last one included.
    pub widths: Vec<u32>,
    /// For each draw: where its nodes' children begin in `children`.
    pub first_child: Vec<usize>,
    /// For each node of a layer and each result of its draw: the node of the next layer.
    pub children: Vec<u32>,
    /// For each end: what it changes in the packed situation (by exclusive or).
    pub deltas: Vec<u64>,
    happened_end: Vec<u32>,
    happened: Vec<u32>,
    /// Ends at which assignments contradict each other: group, end, the variable's column.
    pub conflicts: Vec<(u32, u32, u32)>,
    /// Whether a group has more ways than may be listed; then not all groups are here.
    pub too_wide: bool,
}

/// Draws that depend on each other.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its draws in [`Expansion::draws`].
    pub draws: Range<usize>,
    /// How many of them, from the first, vary.
    pub varying: usize,
    /// The widths of its layers in [`Expansion::widths`].
    pub widths: Range<usize>,
    /// Its ends.
    pub ends: Range<usize>,
}

impl Expansion {
    /// How many ends all groups have together.
    #[must_use]
    pub fn ends(&self) -> usize {
        self.happened_end.len()
    }

    /// In how many ways the turn can come out: the product of the numbers of ends.
    #[must_use]
    pub fn combinations(&self) -> usize {
        self.groups.iter().fold(1, |product, group| product.saturating_mul(group.ends.len()))
    }

    /// What an end changes in the packed situation.
    #[must_use]
    pub fn delta(&self, end: usize) -> &[u64] {
        &self.deltas[end * self.words..(end + 1) * self.words]
    }

    /// What happened on the way to an end: nodes of events and changes, sorted.
    #[must_use]
    pub fn happened(&self, end: usize) -> &[u32] {
        let begin = if end == 0 { 0 } else { self.happened_end[end - 1] as usize };
        &self.happened[begin..self.happened_end[end] as usize]
    }

    /// The children of a node of the layer of `draw`, one for each of `results`.
    #[must_use]
    pub fn children(&self, draw: usize, node: usize, results: usize) -> &[u32] {
        let begin = self.first_child[draw] + node * results;
        &self.children[begin..begin + results]
    }

    /// The number of nodes of layer `layer` of a group, 0 being the first.
    #[must_use]
    pub fn width(&self, group: &Group, layer: usize) -> usize {
        self.widths[group.widths.start + layer] as usize
    }

    /// Pushes probabilities of the nodes of layer `from` of a group down to those of layer `to`, by
    /// the estimates.
    pub fn push_down(
        &self,
        program: &Program,
        group: &Group,
        layers: Range<usize>,
        reach: &mut Vec<f64>,
        next: &mut Vec<f64>,
    ) {
        for layer in layers {
            let draw = group.draws.start + layer;
            let estimate = program.draws[self.draws[draw] as usize].estimate();
            next.clear();
            next.resize(self.width(group, layer + 1), 0.0);
            for (node, &reach) in reach.iter().enumerate() {
                let children = self.children(draw, node, estimate.len());
                for (&child, share) in children.iter().zip(estimate) {
                    next[child as usize] += both(reach, *share);
                }
            }
            std::mem::swap(reach, next);
        }
    }

    /// The ends of a group that follow a node of layer `from`, with their probabilities by the
    /// estimates; by time and memory of what follows, not of the width of the layers.
    #[must_use]
    pub fn ends_behind(
        &self,
        program: &Program,
        group: &Group,
        from: usize,
        node: usize,
    ) -> Vec<(usize, f64)> {
        let mut reach = vec![(node, 1.0)];
        for layer in from..group.draws.len() {
            let draw = group.draws.start + layer;
            let estimate = program.draws[self.draws[draw] as usize].estimate();
            let mut next: BTreeMap<usize, f64> = BTreeMap::new();
            for &(node, reach) in &reach {
                let children = self.children(draw, node, estimate.len());
                for (&child, &share) in children.iter().zip(estimate).filter(|it| *it.1 > 0.0) {
                    *next.entry(child as usize).or_default() += both(reach, share);
                }
            }
            reach = next.into_iter().collect();
        }
        reach
    }

    /// Where nothing is drawn: the packed situation that comes, not finished, and what happened.
    pub fn only(&self, words: &mut Vec<u64>) -> Vec<u32> {
        let mut happened = Vec::new();
        words.clear();
        words.extend_from_slice(&self.base);
        for group in &self.groups {
            words.iter_mut().zip(self.delta(group.ends.start)).for_each(|(word, d)| *word ^= d);
            happened.extend_from_slice(self.happened(group.ends.start));
        }
        happened.sort_unstable();
        happened
    }

    pub(super) fn clear(&mut self, words: usize) {
        self.words = words;
        self.chances.clear();
        self.sure.clear();
        self.base.clear();
        self.base.resize(words, 0);
        self.groups.clear();
        self.draws.clear();
        self.widths.clear();
        self.first_child.clear();
        self.children.clear();
        self.deltas.clear();
        self.happened_end.clear();
        self.happened.clear();
        self.conflicts.clear();
        self.too_wide = false;
    }

    /// Begins an end that changes nothing so far; says what it changes.
    pub(super) fn add_end(&mut self, happened: impl FnOnce(&mut Vec<u32>)) -> &mut [u64] {
        let begin = self.happened.len();
        happened(&mut self.happened);
        self.happened[begin..].sort_unstable();
        self.happened_end.push(self.happened.len() as u32);
        let begin = self.deltas.len();
        self.deltas.resize(begin + self.words, 0);
        &mut self.deltas[begin..]
    }

    pub(super) fn end_hash(&self, end: usize) -> u64 {
        let mut hasher = FxHasher::default();
        self.delta(end).iter().for_each(|&word| hasher.write_u64(word));
        self.happened(end).iter().for_each(|&node| hasher.write_u32(node));
        hasher.finish()
    }

    pub(super) fn same_end(&self, one: usize, other: usize) -> bool {
        self.delta(one) == self.delta(other) && self.happened(one) == self.happened(other)
    }

    pub(super) fn forget_last_end(&mut self) {
        self.happened_end.pop();
        self.happened.truncate(self.happened_end.last().map_or(0, |end| *end as usize));
        self.deltas.truncate(self.deltas.len() - self.words);
    }
}
