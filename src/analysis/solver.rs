//! Probabilities of goals, block by block, on all cores.

use super::backup::Backup;
use super::bounded;
use super::extreme::Aim;
use super::goal::{Block, Goal, LANES};
use super::unbounded;
use crate::engine::{Freedom, Graph, Program};
use rayon::prelude::*;

/// Asks for probabilities of goals in the situations of a program.
#[derive(Clone, Copy, Debug)]
pub struct Solver<'a> {
    /// The program.
    pub program: &'a Program,
    /// Its situations.
    pub graph: &'a Graph,
    /// The number of the last situation of a storyline.
    pub horizon: Option<u32>,
}

/// The probability of a goal.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The probability that it is ever reached.
    pub value: f64,
    /// For each turn from 0: that it is reached by then; empty without a limit of turns.
    pub by_turn: Vec<f64>,
}

impl Solver<'_> {
    /// The probability of each goal.
    #[must_use]
    pub fn solve(&self, goals: &[Goal], aim: Aim) -> Vec<Found> {
        self.within(goals, aim, self.horizon)
    }

    /// The probability of each goal within a number of turns.
    #[must_use]
    pub fn within(&self, goals: &[Goal], aim: Aim, turns: Option<u32>) -> Vec<Found> {
        goals.par_chunks(LANES).flat_map_iter(|goals| self.block(goals, aim, turns)).collect()
    }

    /// The least and the greatest probability of each goal, as far as the freedom allows.
    #[must_use]
    pub fn bounds(&self, goals: &[Goal], freedom: Freedom, turns: Option<u32>) -> Vec<(f64, f64)> {
        let side = |greatest| self.within(goals, Aim { freedom, greatest }, turns);
        let (low, high) = rayon::join(|| side(false), || side(true));
        low.into_iter().zip(high).map(|(low, high)| (low.value, high.value)).collect()
    }

    /// Whether a freedom leaves anything to vary.
    #[must_use]
    pub fn varies(&self, freedom: Freedom) -> bool {
        self.program.draws.iter().any(|draw| draw.corners(freedom).len() > 1)
    }

    fn block(&self, goals: &[Goal], aim: Aim, turns: Option<u32>) -> Vec<Found> {
        let block = Block::new(self.graph, goals);
        let mut backup = Backup::new(self.program, self.graph, &block, aim);
        if let Some(turns) = turns {
            let by_turn = bounded::by_turn(&mut backup, turns);
            let of =
                |lane: usize| by_turn.iter().map(|values| clip(values[lane])).collect::<Vec<_>>();
            let found = |by_turn: Vec<f64>| Found {
                value: by_turn.last().copied().unwrap_or_default(),
                by_turn,
            };
            return (0..goals.len()).map(|lane| found(of(lane))).collect();
        }
        let enclosure = unbounded::ever(&mut backup);
        let middle = |lane: usize| clip(f64::midpoint(enclosure.low[lane], enclosure.high[lane]));
        (0..goals.len()).map(|lane| Found { value: middle(lane), by_turn: Vec::new() }).collect()
    }
}

/// Rounding can carry a sum of probabilities a little out of 0..=1.
fn clip(value: f64) -> f64 {
    value.clamp(0.0, 1.0)
}
