//! The least or greatest value of one situation over all that its ranges and decisions allow.
//!
//! The draws of a situation are independent, so the value is multilinear in their distributions
//! and its extremes lie at corners; but not at the best corner of each draw on its own. Going up
//! the layers, a corner is settled at once where it is best at every node of its layer; where none
//! is, all combinations are kept that no other is better than at every node.

use super::goal::{LANES, Lanes};
use crate::engine::explore::{Choice, Layer};
use crate::engine::{Freedom, Program};

/// Values nearer than this count as equal: choosing either costs less than rounding does.
const EQUAL: f64 = 1e-15;

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Aim {
    /// What may vary.
    pub freedom: Freedom,
    /// The greatest value (true) or the least.
    pub greatest: bool,
}

impl Aim {
    /// The estimate, which varies nothing.
    pub const ESTIMATE: Self = Self { freedom: Freedom::Estimate, greatest: false };

    fn better(self, one: f64, other: f64) -> bool {
        if self.greatest { one > other } else { one < other }
    }

    fn best(self, one: f64, other: f64) -> f64 {
        if self.better(other, one) { other } else { one }
    }
}

/// Finds extremes; keeps its working memory.
#[derive(Debug, Default)]
pub struct Extremes {
    below: Vec<Lanes>,
    here: Vec<Lanes>,
    corner: Vec<Lanes>,
}

impl Extremes {
    /// The best value of each lane, given the values behind the leaves of the situation.
    pub fn value(
        &mut self,
        program: &Program,
        choice: Choice<'_>,
        aim: Aim,
        leaves: &[Lanes],
    ) -> Lanes {
        let layers: Vec<Layer<'_>> = choice.layers(program).collect();
        self.take_bundles(choice, leaves);
        let mut open = 0_u8;
        for layer in layers.iter().rev() {
            open |= self.go_up(program, layer, aim);
        }
        let mut value = self.below[0];
        for (lane, value) in value.iter_mut().enumerate() {
            if open >> lane & 1 == 1 {
                let leaves: Vec<f64> = leaves.iter().map(|lanes| lanes[lane]).collect();
                *value = best(program, choice, aim, &leaves).0;
            }
        }
        value
    }

    fn take_bundles(&mut self, choice: Choice<'_>, leaves: &[Lanes]) {
        self.below.clear();
        for (bundle, weights) in choice.bundles() {
            let mut sum = [0.0; LANES];
            for (&leaf, &weight) in bundle.iter().zip(weights) {
                add(&mut sum, weight, &leaves[leaf as usize]);
            }
            self.below.push(sum);
        }
    }

    /// Goes up one layer; says the lanes in which no corner is best at every node.
    fn go_up(&mut self, program: &Program, layer: &Layer<'_>, aim: Aim) -> u8 {
        let corners = program.draws[layer.draw as usize].corners(aim.freedom);
        let Some((first, others)) = corners.split_first() else { return 0 };
        contract(layer, first, &self.below, &mut self.here);
        let mut best_of_one = u8::MAX;
        for corner in others {
            contract(layer, corner, &self.below, &mut self.corner);
            let (mut new_best, mut old_best) = (u8::MAX, u8::MAX);
            for (here, corner) in self.here.iter_mut().zip(&self.corner) {
                for lane in 0..LANES {
                    let (old, new) = (here[lane], corner[lane]);
                    let bit = 1 << lane;
                    if aim.better(new, old) {
                        here[lane] = new;
                        if (new - old).abs() > EQUAL {
                            old_best &= !bit;
                        }
                    } else if (new - old).abs() > EQUAL {
                        new_best &= !bit;
                    }
                }
            }
            // The best so far is that of one corner if it was and still is, or if the new one is.
            best_of_one = (best_of_one & old_best) | new_best;
        }
        std::mem::swap(&mut self.below, &mut self.here);
        if others.is_empty() || layer.width == 1 { 0 } else { !best_of_one }
    }
}

/// The best value and the corner of each draw that it is found at, for one lane.
#[must_use]
pub fn best(program: &Program, choice: Choice<'_>, aim: Aim, leaves: &[f64]) -> (f64, Vec<u32>) {
    let bundle = |(leaf, weights): (&[u32], &[f64])| {
        leaf.iter().zip(weights).map(|(&leaf, &weight)| weight * leaves[leaf as usize]).sum::<f64>()
    };
    let mut candidates = vec![(choice.bundles().map(bundle).collect::<Vec<f64>>(), Vec::new())];
    let layers: Vec<Layer<'_>> = choice.layers(program).collect();
    for layer in layers.iter().rev() {
        let corners = program.draws[layer.draw as usize].corners(aim.freedom);
        let mut kept: Vec<(Vec<f64>, Vec<u32>)> = Vec::new();
        for (below, picks) in &candidates {
            for (pick, corner) in corners.iter().enumerate() {
                let here = contract_one(layer, corner, below);
                keep(&mut kept, here, aim, || {
                    let mut picks = picks.clone();
                    picks.push(pick as u32);
                    picks
                });
            }
        }
        candidates = kept;
    }
    let mut found = (if aim.greatest { 0.0 } else { 1.0 }, Vec::new());
    for (values, mut picks) in candidates {
        let value = values[0];
        if found.1.is_empty() || aim.better(value, found.0) {
            picks.reverse();
            found = (value, picks);
        }
    }
    found
}

/// Keeps a candidate unless another is at least as good everywhere; drops those that it beats.
fn keep(
    kept: &mut Vec<(Vec<f64>, Vec<u32>)>,
    here: Vec<f64>,
    aim: Aim,
    picks: impl FnOnce() -> Vec<u32>,
) {
    let no_worse = |one: &[f64], other: &[f64]| {
        one.iter().zip(other).all(|(&one, &other)| (aim.best(one, other) - one).abs() <= EQUAL)
    };
    if kept.iter().any(|(other, _)| no_worse(other, &here)) {
        return;
    }
    kept.retain(|(other, _)| !no_worse(&here, other));
    kept.push((here, picks()));
}

fn contract(layer: &Layer<'_>, corner: &[f64], below: &[Lanes], into: &mut Vec<Lanes>) {
    into.clear();
    for children in layer.children.chunks_exact(corner.len()) {
        let mut sum = [0.0; LANES];
        for (&child, &share) in children.iter().zip(corner) {
            add(&mut sum, share, &below[child as usize]);
        }
        into.push(sum);
    }
}

fn contract_one(layer: &Layer<'_>, corner: &[f64], below: &[f64]) -> Vec<f64> {
    let node = |children: &[u32]| {
        children.iter().zip(corner).map(|(&child, share)| share * below[child as usize]).sum()
    };
    layer.children.chunks_exact(corner.len()).map(node).collect()
}

/// Adds `weight * value` to each lane.
pub fn add(sum: &mut Lanes, weight: f64, value: &Lanes) {
    for (sum, value) in sum.iter_mut().zip(value) {
        *sum += weight * value;
    }
}
