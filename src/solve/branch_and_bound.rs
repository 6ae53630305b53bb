//! The best of all combinations of corners of the draws of a situation: branch and bound.
//!
//! Layer by layer from the last, a corner that is best at every node is taken. Where none is, each
//! corner is tried, the most promising first. What a corner promises is what comes out if from there on every
//! node may take the corner that is best for itself, which no combination exceeds: where that is no
//! better than what has been found, it is left out.

use super::aim::{Aim, EQUAL};
use crate::engine::choice::{Choice, Layer};
use crate::engine::{Program, Scaled};

/// What can stand at a node of a layer.
pub trait Step: Copy {
    /// Nothing.
    const NOTHING: Self;

    /// Adds `weight` times a value.
    fn add(&mut self, weight: f64, value: &Self);

    /// What a node comes to at a corner.
    fn mean(children: &[u32], corner: &[f64], below: &[Self]) -> Self {
        let mut sum = Self::NOTHING;
        for (&child, &share) in children.iter().zip(corner) {
            sum.add(share, &below[child as usize]);
        }
        sum
    }
}

/// A single value, of any sign.
pub trait Value: Step + PartialOrd {
    /// Whether it is better than another by more than rounding.
    fn beats(self, other: Self, aim: Aim) -> bool;
}

impl<const N: usize> Step for [f64; N] {
    const NOTHING: Self = [0.0; N];

    fn add(&mut self, weight: f64, value: &Self) {
        for (sum, value) in self.iter_mut().zip(value) {
            *sum += weight * value;
        }
    }
}

impl Step for f64 {
    const NOTHING: Self = 0.0;

    fn add(&mut self, weight: f64, value: &Self) {
        *self += weight * value;
    }
}

impl Value for f64 {
    fn beats(self, other: Self, aim: Aim) -> bool {
        aim.better(self, other) && (self - other).abs() > EQUAL * self.abs().max(other.abs())
    }
}

impl Step for Scaled {
    const NOTHING: Self = Self::ZERO;

    fn add(&mut self, weight: f64, value: &Self) {
        *self = *self + *value * weight;
    }
}

impl Value for Scaled {
    fn beats(self, other: Self, aim: Aim) -> bool {
        let size = if self.abs() > other.abs() { self.abs() } else { other.abs() };
        aim.better(self, other) && (self - other).abs() > size * EQUAL
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Best<V> {
    /// The best value; where not all could be looked at, one that none of the others exceeds.
    pub value: V,
    /// The corner of each draw that it is found at; of the best that was found.
    pub picks: Vec<u32>,
    /// Whether all could be looked at.
    pub exact: bool,
}

/// How often, counted in rounds over all its nodes, a situation may be gone through before what is left is
/// only bounded.
const ROUNDS: usize = 256;
/// The same in nodes: some hundredths of a second.
pub const NODES: usize = 2_000_000;

/// The best value over all corners, given the values behind the leaves of the situation.
#[must_use]
pub fn best<V: Value>(program: &Program, choice: Choice<'_>, aim: Aim, leaves: &[V]) -> Best<V> {
    best_within(program, choice, aim, leaves, NODES)
}

/// The same, where so many nodes may be gone through.
#[must_use]
pub fn best_within<V: Value>(
    program: &Program,
    choice: Choice<'_>,
    aim: Aim,
    leaves: &[V],
    nodes: usize,
) -> Best<V> {
    let bundle = |(bundle, weights): (&[u32], &[f64])| {
        let mut sum = V::NOTHING;
        bundle.iter().zip(weights).for_each(|(&leaf, &w)| sum.add(w, &leaves[leaf as usize]));
        sum
    };
    let below: Vec<V> = choice.bundles().map(bundle).collect();
    let picks = vec![0; choice.draws()];
    let size = |layer: Layer<'_>| {
        layer.children.len() * program.draws[layer.draw as usize].corners(aim.freedom).len()
    };
    let work = nodes.min(ROUNDS * choice.layers(program).map(size).sum::<usize>());
    let mut search = Search { program, choice, aim, picks, found: None, unseen: None, work };
    search.go(choice.draws(), below);
    debug_assert!(search.found.is_some() || search.unseen.is_some(), "something has been weighed");
    let (value, picks) = search.found.unwrap_or((V::NOTHING, search.picks));
    match search.unseen.filter(|unseen| aim.better(*unseen, value)) {
        Some(unseen) => Best { value: unseen, picks, exact: false },
        None => Best { value, picks, exact: true },
    }
}

struct Search<'a, V> {
    program: &'a Program,
    choice: Choice<'a>,
    aim: Aim,
    /// The corners taken so far, of the layers gone through.
    picks: Vec<u32>,
    /// The best value and its corners.
    found: Option<(V, Vec<u32>)>,
    /// The best that was promised by what was not looked at for lack of time.
    unseen: Option<V>,
    work: usize,
}

impl<V: Value> Search<'_, V> {
    /// Looks at all corners of the first `layers` layers, given the nodes below them.
    fn go(&mut self, layers: usize, mut below: Vec<V>) {
        for index in (0..layers).rev() {
            let layer = self.choice.layer(self.program, index);
            let corners = self.program.draws[layer.draw as usize].corners(self.aim.freedom);
            let mut here = Vec::new();
            if let Some(pick) = self.settled(&layer, corners, &below, &mut here) {
                self.picks[index] = pick as u32;
                contract(&layer, &corners[pick], &below, &mut here);
                below = here;
                continue;
            }
            let mut ways: Vec<(V, usize)> = Vec::with_capacity(corners.len());
            for (pick, corner) in corners.iter().enumerate() {
                contract(&layer, corner, &below, &mut here);
                ways.push((self.promise(index, here.clone()), pick));
            }
            ways.sort_by(|one, other| {
                let order = other.0.partial_cmp(&one.0);
                debug_assert!(order.is_some(), "values are numbers");
                let order = order.unwrap_or(std::cmp::Ordering::Equal);
                if self.aim.greatest { order } else { order.reverse() }
            });
            for (promise, pick) in ways {
                if !self.found.as_ref().is_none_or(|found| promise.beats(found.0, self.aim)) {
                    break;
                }
                if self.work == 0 && self.found.is_some() {
                    self.unseen =
                        Some(self.unseen.map_or(promise, |unseen| self.aim.best(unseen, promise)));
                    break;
                }
                self.picks[index] = pick as u32;
                contract(&layer, &corners[pick], &below, &mut here);
                self.go(index, here.clone());
            }
            return;
        }
        let value = below[0];
        if self.found.as_ref().is_none_or(|found| self.aim.better(value, found.0)) {
            self.found = Some((value, self.picks.clone()));
        }
    }

    /// A corner that is best at every node of a layer, if there is one.
    fn settled(
        &mut self,
        layer: &Layer<'_>,
        corners: &[Box<[f64]>],
        below: &[V],
        here: &mut Vec<V>,
    ) -> Option<usize> {
        let mut pick = None;
        self.work = self.work.saturating_sub(layer.children.len() * corners.len());
        best_of_each(self.aim, layer, corners, below, here);
        for (at, corner) in corners.iter().enumerate() {
            let nodes = layer.children.chunks_exact(corner.len()).zip(&*here);
            let mut values =
                nodes.map(|(children, best)| (V::mean(children, corner, below), *best));
            if values.all(|(value, best)| !best.beats(value, self.aim)) {
                pick = Some(at);
                break;
            }
        }
        pick
    }

    /// What comes out at the top if every node of the first `layers` layers takes its own best corner.
    fn promise(&mut self, layers: usize, mut below: Vec<V>) -> V {
        let mut here = Vec::new();
        for index in (0..layers).rev() {
            let layer = self.choice.layer(self.program, index);
            let corners = self.program.draws[layer.draw as usize].corners(self.aim.freedom);
            self.work = self.work.saturating_sub(layer.children.len() * corners.len());
            best_of_each(self.aim, &layer, corners, &below, &mut here);
            std::mem::swap(&mut below, &mut here);
        }
        below[0]
    }
}

/// Puts the best that some corner gives at each node of a layer into `here`.
fn best_of_each<V: Value>(
    aim: Aim,
    layer: &Layer<'_>,
    corners: &[Box<[f64]>],
    below: &[V],
    here: &mut Vec<V>,
) {
    here.clear();
    let Some((first, others)) = corners.split_first() else { return };
    let node = |children: &[u32]| {
        let start = V::mean(children, first, below);
        others.iter().fold(start, |best, corner| aim.best(best, V::mean(children, corner, below)))
    };
    here.extend(layer.children.chunks_exact(first.len()).map(node));
}

/// Puts what each node of a layer comes to at a corner into `into`.
pub fn contract<V: Step>(layer: &Layer<'_>, corner: &[f64], below: &[V], into: &mut Vec<V>) {
    into.clear();
    let nodes = layer.children.chunks_exact(corner.len());
    into.extend(nodes.map(|children| V::mean(children, corner, below)));
}
