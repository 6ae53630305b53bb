//! The same situations under other likelihoods.

use super::compile::corners;
use super::draw::{Distribution, Freedom, both};
use super::graph::{Graph, Kind};
use super::program::{Draw, DrawResult, Program};
use crate::model::{Alternative, Model};
use rustc_hash::FxHashMap;

impl Program {
    /// The same program with the likelihoods of `model`, which must lie within those that it was
    /// compiled with: then nothing becomes possible that was not.
    #[must_use]
    pub fn with_likelihoods(&self, model: &Model) -> Self {
        let mut program = self.clone();
        for draw in &mut program.draws {
            draw.weigh(&model.rules[draw.rule as usize].alternatives);
        }
        program
    }

    /// The same program with the draws of these rules marked as some that vary: what is explored with
    /// it can be weighed anew for any likelihoods of theirs that make nothing else possible.
    #[must_use]
    pub fn varying(mut self, rules: impl Fn(u32) -> bool) -> Self {
        for draw in self.draws.iter_mut().filter(|draw| rules(draw.rule)) {
            let estimate: Box<[f64]> = draw.estimate().into();
            draw.corners[Freedom::Both as usize] = vec![estimate.clone(), estimate];
        }
        self
    }
}

impl Draw {
    /// Gives it the likelihoods of these alternatives, or options.
    pub fn weigh(&mut self, alternatives: &[Alternative]) {
        self.distribution = if self.decides {
            Distribution::of_decision(alternatives)
        } else {
            Distribution::of_rule(alternatives)
        };
        self.corners = corners(&self.distribution, self.decides, &self.results);
    }

    /// Lets it come to this alternative, or option, for sure.
    pub fn choose(&mut self, alternative: u32) {
        let sure = |result: &DrawResult| match result.alternative == alternative {
            true => result.share,
            false => 0.0,
        };
        let corner: Box<[f64]> = self.results.iter().map(sure).collect();
        self.corners = [(); 4].map(|()| vec![corner.clone()]);
    }

    /// Whether it can come to everything that its estimate gives a probability.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let sum: f64 = self.estimate().iter().sum();
        sum > 1.0 - 1e-9
    }
}

impl Graph {
    /// The same graph with the estimates of `program`, whose draws may differ from those that it was
    /// explored with only in likelihoods that varied there.
    #[must_use]
    pub fn reweighed(&self, program: &Program) -> Self {
        let mut graph = self.clone();
        graph.kinds.clear();
        let mut known: FxHashMap<(u64, u32, u32), u32> = FxHashMap::default();
        let (mut reach, mut next, mut weights) = (Vec::new(), Vec::new(), Vec::new());
        for s in 0..self.len() {
            let leaves = self.leaves(s);
            weights.clear();
            if let Some(choice) = self.choice(s) {
                reach.clear();
                reach.push(1.0);
                for layer in choice.layers(program) {
                    let estimate = program.draws[layer.draw as usize].estimate();
                    let width = layer.children.iter().max().map_or(0, |&child| child as usize + 1);
                    next.clear();
                    next.resize(width, 0.0);
                    for (children, reach) in layer.children.chunks_exact(estimate.len()).zip(&reach)
                    {
                        for (&child, share) in children.iter().zip(estimate) {
                            next[child as usize] += both(*reach, *share);
                        }
                    }
                    std::mem::swap(&mut reach, &mut next);
                }
                weights.resize(leaves.len(), 0.0);
                for ((leaves, shares), reach) in choice.bundles().zip(&reach) {
                    for (&leaf, share) in leaves.iter().zip(shares) {
                        weights[leaf as usize] += both(*reach, *share);
                    }
                }
            } else {
                weights.extend(leaves.clone().map(|leaf| self.estimate(leaf)));
            }
            for (leaf, &estimate) in leaves.zip(&weights) {
                let kind = Kind { estimate, ..self.kind(leaf) };
                let key = (estimate.to_bits(), kind.label, kind.turned);
                graph.kind_of[leaf] = *known.entry(key).or_insert_with(|| {
                    graph.kinds.push(kind);
                    graph.kinds.len() as u32 - 1
                });
            }
        }
        graph
    }
}
