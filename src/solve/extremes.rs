//! The least or greatest value of one situation over all that its ranges and decisions allow.
//!
//! The draws of a situation are independent, so the value is multilinear in their distributions
//! and its extremes lie at corners; but not at the best corner of each draw on its own. Going up
//! the layers, a corner is settled at once where it is best at every node of its layer; where none
//! is, each is followed on its own (`search.rs`).

use super::aim::{Aim, EQUAL};
use super::branch_and_bound::{Step, contract};
use super::solver::Solver;
use crate::engine::Program;
use crate::engine::choice::{Choice, Layer};

/// How many values are looked for side by side.
pub const LANES: usize = 8;

/// One value for each of some lanes.
pub type Lanes<const N: usize> = [f64; N];

/// Situations whose draws have more combinations of corners than this are not branched on for all
/// lanes at once.
const BRANCHING: usize = 64;

/// Finds extremes of so many values side by side, [`LANES`] at most; keeps its working memory.
#[derive(Debug, Default)]
pub struct Extremes<const N: usize> {
    pool: Vec<Vec<Lanes<N>>>,
    gains: Vec<(Lanes<N>, Lanes<N>)>,
}

/// What going up does not change.
#[derive(Clone, Copy)]
struct Climb<'a> {
    program: &'a Program,
    choice: Choice<'a>,
    aim: Aim,
    /// Whether to branch.
    branches: bool,
}

impl<const N: usize> Extremes<N> {
    /// The best value of each lane, given the values behind the leaves of the situation.
    pub fn value(
        &mut self,
        solver: &Solver<'_>,
        choice: Choice<'_>,
        aim: Aim,
        leaves: &[Lanes<N>],
    ) -> Lanes<N> {
        let program = solver.program;
        let mut below = self.pool.pop().unwrap_or_default();
        take_bundles(choice, leaves, &mut below);
        let corners =
            |layer: Layer<'_>| program.draws[layer.draw as usize].corners(aim.freedom).len();
        let combinations = choice.layers(program).map(corners).fold(1, usize::saturating_mul);
        let climb = Climb { program, choice, aim, branches: combinations <= BRANCHING };
        let (value, open) = self.climb(climb, choice.draws(), below);
        let exact = |lane: usize| {
            let leaves: Vec<f64> = leaves.iter().map(|lanes| lanes[lane]).collect();
            solver.best(choice, aim, &leaves).value
        };
        std::array::from_fn(|lane| if open >> lane & 1 == 1 { exact(lane) } else { value[lane] })
    }

    /// Goes up from the nodes below the first `layers` layers. Where in some lane no corner of a
    /// layer is best at every node, each corner is followed on its own: the layers above are
    /// narrower, so that this costs little. With many draws it would not; then the lanes are
    /// left open.
    fn climb(&mut self, climb: Climb<'_>, layers: usize, below: Vec<Lanes<N>>) -> (Lanes<N>, u8) {
        let Some(index) = layers.checked_sub(1) else {
            let value = below[0];
            self.pool.push(below);
            return (value, 0);
        };
        let layer = climb.choice.layer(climb.program, index);
        let corners = climb.program.draws[layer.draw as usize].corners(climb.aim.freedom);
        let mut here = self.pool.pop().unwrap_or_default();
        let mixed = self.settle(climb.aim, &layer, corners, &below, &mut here);
        let open = if layer.width == 1 { 0 } else { mixed };
        if open == 0 || !climb.branches {
            self.pool.push(below);
            let (value, above) = self.climb(climb, index, here);
            return (value, above | open);
        }
        self.pool.push(here);
        let mut value: Option<Lanes<N>> = None;
        for corner in corners {
            let mut way = self.pool.pop().unwrap_or_default();
            contract(&layer, corner, &below, &mut way);
            let found = self.climb(climb, index, way).0;
            let better =
                |old: Lanes<N>| std::array::from_fn(|lane| climb.aim.best(old[lane], found[lane]));
            value = Some(value.map_or(found, better));
        }
        self.pool.push(below);
        debug_assert!(value.is_some(), "a draw has corners");
        (value.unwrap_or([0.0; N]), 0)
    }

    /// Puts the best that some corner gives at each node of a layer, lane by lane, into `here`; says
    /// the lanes in which that is no single corner.
    fn settle(
        &mut self,
        aim: Aim,
        layer: &Layer<'_>,
        corners: &[Box<[f64]>],
        below: &[Lanes<N>],
        here: &mut Vec<Lanes<N>>,
    ) -> u8 {
        let Some((first, others)) = corners.split_first() else { return 0 };
        contract(layer, first, below, here);
        // How much each lane gains at most and at least, over the nodes, by each other corner, as a
        // share of its size.
        self.gains.clear();
        self.gains.resize(others.len(), ([f64::NEG_INFINITY; N], [f64::INFINITY; N]));
        let sign = if aim.greatest { 1.0 } else { -1.0 };
        for (here, children) in here.iter_mut().zip(layer.children.chunks_exact(first.len())) {
            for (corner, (most, least)) in others.iter().zip(&mut self.gains) {
                let new: Lanes<N> = Step::mean(children, corner, below);
                for lane in 0..N {
                    let gain = sign * (new[lane] - here[lane]);
                    let noise = EQUAL * new[lane].max(here[lane]);
                    here[lane] = if gain > 0.0 { new[lane] } else { here[lane] };
                    let (up, down) = (gain - noise, gain + noise);
                    most[lane] = if up > most[lane] { up } else { most[lane] };
                    least[lane] = if down < least[lane] { down } else { least[lane] };
                }
            }
        }
        let mut open = 0_u8;
        for (most, least) in &self.gains {
            for lane in 0..N {
                let (old_is_best, new_is_best) = (most[lane] <= 0.0, least[lane] >= 0.0);
                let mixed = !new_is_best && (open >> lane & 1 == 1 || !old_is_best);
                open = open & !(1 << lane) | u8::from(mixed) << lane;
            }
        }
        open
    }
}

fn take_bundles<const N: usize>(choice: Choice<'_>, leaves: &[Lanes<N>], into: &mut Vec<Lanes<N>>) {
    into.clear();
    for (bundle, weights) in choice.bundles() {
        let mut sum = [0.0; N];
        for (&leaf, &weight) in bundle.iter().zip(weights) {
            sum.add(weight, &leaves[leaf as usize]);
        }
        into.push(sum);
    }
}
