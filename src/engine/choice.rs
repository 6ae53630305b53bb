//! What varies in a situation: the draws with ranges, and decisions.

use super::draw::both;
use super::expansion::Expansion;
use super::program::Program;

/// The layered graphs of situations in which something varies. The code of one: the number of
/// draws, where the bundle ends begin, then each draw with the width of its layer and where its
/// children begin, then all children, then where each bundle begins, and the end of the last.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// For each situation: where its code and its bundles begin.
    first: Vec<(usize, usize)>,
    code: Vec<u32>,
    bundle_leaves: Vec<u32>,
    bundle_weights: Vec<f64>,
}

/// The draws of one situation that some freedom varies, as a layered graph.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'g> {
    code: &'g [u32],
    leaves: &'g [u32],
    weights: &'g [f64],
}

/// One draw of a [`Choice`].
#[derive(Clone, Copy, Debug)]
pub struct Layer<'g> {
    /// The draw.
    pub draw: u32,
    /// How many nodes the layer has.
    pub width: usize,
    /// For each node and each result: the node of the next layer.
    pub children: &'g [u32],
}

impl<'g> Choice<'g> {
    /// How many draws there are, at least 1.
    #[must_use]
    pub fn draws(self) -> usize {
        self.code[0] as usize
    }

    /// The layer of a draw, counted from 0.
    #[must_use]
    pub fn layer(self, program: &Program, index: usize) -> Layer<'g> {
        let [draw, width, begin] = [0, 1, 2].map(|at| self.code[2 + 3 * index + at]);
        let (width, begin) = (width as usize, begin as usize);
        let end = begin + width * program.draws[draw as usize].results.len();
        Layer { draw, width, children: &self.code[begin..end] }
    }

    /// Its layers, from the first to the last.
    pub fn layers(self, program: &'g Program) -> impl Iterator<Item = Layer<'g>> {
        (0..self.draws()).map(move |index| self.layer(program, index))
    }

    /// For each node behind the last layer: the leaves that it leads to (counted from the
    /// situation's first) with their probabilities.
    pub fn bundles(self) -> impl Iterator<Item = (&'g [u32], &'g [f64])> {
        let ends = self.code[1] as usize;
        self.code[ends..].windows(2).map(move |pair| {
            let range = pair[0] as usize..pair[1] as usize;
            (&self.leaves[range.clone()], &self.weights[range])
        })
    }
}

impl Choices {
    /// The choice of a situation, if it has one.
    #[must_use]
    pub fn get(&self, s: usize) -> Option<Choice<'_>> {
        let &(code, bundle) = self.first.get(s)?;
        let end = self.first.get(s + 1).copied();
        let (code_end, bundle_end) = end.unwrap_or((self.code.len(), self.bundle_leaves.len()));
        (code < code_end).then(|| Choice {
            code: &self.code[code..code_end],
            leaves: &self.bundle_leaves[bundle..bundle_end],
            weights: &self.bundle_weights[bundle..bundle_end],
        })
    }

    /// Whether nothing varies anywhere.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.code.is_empty()
    }

    /// How much memory it takes, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.first.len() * 16 + self.code.len() * 4 + self.bundle_leaves.len() * 12
    }

    /// Begins the next situation, with nothing that varies so far.
    pub fn begin(&mut self) {
        self.first.push((self.code.len(), self.bundle_leaves.len()));
    }

    /// Adds the situations of another table.
    pub fn append(&mut self, other: &mut Self) {
        let (code, bundle) = (self.code.len(), self.bundle_leaves.len());
        self.first.extend(other.first.drain(..).map(|first| (first.0 + code, first.1 + bundle)));
        self.code.append(&mut other.code);
        self.bundle_leaves.append(&mut other.bundle_leaves);
        self.bundle_weights.append(&mut other.bundle_weights);
    }

    /// Gives the situation begun last what varies in a situation of another table.
    pub fn copy(&mut self, other: &Self, s: usize) {
        if let Some(choice) = other.get(s) {
            self.code.extend_from_slice(choice.code);
            self.bundle_leaves.extend_from_slice(choice.leaves);
            self.bundle_weights.extend_from_slice(choice.weights);
        }
    }

    /// Adds the varying draws of an expansion to the situation begun last. The layers of its groups
    /// follow each other; the fixed draws below them are taken together in bundles. `leaf` says
    /// the leaf of each combination of ends.
    pub fn add(&mut self, program: &Program, out: &Expansion, leaf: &[u32]) {
        let varying: usize = out.groups.iter().map(|group| group.varying).sum();
        if varying == 0 {
            return;
        }
        let begin = self.code.len();
        let table = 2 + 3 * varying;
        self.code.resize(begin + table, 0);
        self.code[begin] = varying as u32;
        let (mut index, mut before) = (0, 1);
        for group in &out.groups {
            for layer in 0..group.varying {
                let draw = group.draws.start + layer;
                let (width, next) = (out.width(group, layer), out.width(group, layer + 1) as u32);
                let results = program.draws[out.draws[draw] as usize].results.len();
                let entry = begin + 2 + 3 * index;
                self.code[entry] = out.draws[draw];
                self.code[entry + 1] = before * width as u32;
                self.code[entry + 2] = (self.code.len() - begin) as u32;
                let children = &out.children[out.first_child[draw]..][..width * results];
                for prefix in 0..before {
                    self.code.extend(children.iter().map(|child| prefix * next + child));
                }
                index += 1;
            }
            before *= out.width(group, group.varying) as u32;
        }
        self.code[begin + 1] = (self.code.len() - begin) as u32;
        self.add_bundles(program, out, leaf, before as usize);
    }

    fn add_bundles(&mut self, program: &Program, out: &Expansion, leaf: &[u32], nodes: usize) {
        let first = self.first.last().map_or(0, |first| first.1);
        // For each group and each of its nodes below the varying draws: its ends, with their shares.
        let fixed: Vec<Vec<Vec<(usize, f64)>>> = out
            .groups
            .iter()
            .map(|group| {
                let width = out.width(group, group.varying);
                let from = |node| out.ends_behind(program, group, group.varying, node);
                (0..width).map(from).collect()
            })
            .collect();
        let (mut all, mut next) = (Vec::new(), Vec::new());
        for node in 0..nodes {
            self.code.push((self.bundle_leaves.len() - first) as u32);
            all.clear();
            all.push((0, 1.0));
            let mut below = nodes;
            for (group, fixed) in out.groups.iter().zip(&fixed) {
                below /= fixed.len();
                let ends = &fixed[node / below % fixed.len()];
                next.clear();
                for &(combination, weight) in &all {
                    let one =
                        |&(end, share)| (combination * group.ends.len() + end, both(weight, share));
                    next.extend(ends.iter().map(one));
                }
                std::mem::swap(&mut all, &mut next);
            }
            self.bundle_leaves.extend(all.iter().map(|&(combination, _)| leaf[combination]));
            self.bundle_weights.extend(all.iter().map(|&(_, weight)| weight));
        }
        self.code.push((self.bundle_leaves.len() - first) as u32);
    }
}
