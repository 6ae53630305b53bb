//! Probabilities of goals, side by side, on all cores.

use super::backup::Backup;
use super::bounded;
use super::conditional;
use super::extreme::{Aim, LANES};
use super::frames::Frames;
use super::goal::{Goal, Goals};
use super::mean;
use super::qualitative::Qualities;
use super::search::{self, Best, NODES, Value};
use super::unbounded;
use super::work::Work;
use crate::engine::choice::Choice;
use crate::engine::test::Test;
use crate::engine::{Conditioned, Freedom, Graph, Program};
use rayon::prelude::*;

/// Asks for probabilities of goals in the situations of a program.
#[derive(Clone, Copy, Debug)]
pub struct Solver<'a> {
    /// The program.
    pub program: &'a Program,
    /// Its situations.
    pub graph: &'a Graph,
    /// How actors change places in it.
    pub frames: &'a Frames,
    /// The number of the last situation of a storyline.
    pub horizon: Option<u32>,
    /// What the graph was before it was told what has been seen, if anything has been.
    pub given: Option<Given<'a>>,
    /// Where somebody watches: what it costs, and whether bounds may be wider than need be.
    pub work: Option<&'a Work>,
}

/// What has been seen, and the graph without it.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// Given what has been seen: its graph is that of the solver.
    pub seen: &'a Conditioned,
    /// All situations.
    pub before: &'a Graph,
}

/// The probability of a goal.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The probability that it is ever reached.
    pub value: f64,
    /// How far the value may be from the true one; rounding apart, 0 with a limit of turns.
    pub error: f64,
    /// For each turn from 0: that it is reached by then; it ends where nothing changes any more, and is
    /// empty without a limit of turns.
    pub by_turn: Vec<f64>,
    /// The mean turn in which it is first reached, given that it is; `None` where it never is, or
    /// where only the value was asked for.
    pub mean_turn: Option<f64>,
}

/// Goals that are followed side by side where nothing varies: more cost too much memory.
const SIDE_BY_SIDE: usize = 64;
/// How many values are kept at the same time, at most, if it can be helped.
pub const VALUES: usize = 1 << 27;

impl Solver<'_> {
    /// The probability of each goal, with its mean turn.
    #[must_use]
    pub fn estimates(&self, goals: &[Goal]) -> Vec<Found> {
        self.turned(goals, Aim::ESTIMATE, self.horizon, &|goals, aim| {
            self.blocks(goals, aim, self.horizon, true)
        })
    }

    /// The probability of each goal within a number of turns.
    #[must_use]
    pub fn within(&self, goals: &[Goal], aim: Aim, turns: Option<u32>) -> Vec<Found> {
        self.turned(goals, aim, turns, &|goals, aim| {
            if let (Some(given), true) = (self.given, self.varies(aim.freedom)) {
                return conditional::values(*self, given, goals, aim, turns);
            }
            self.blocks(goals, aim, turns, false)
        })
    }

    /// Without a limit of turns, what is to be avoided is found as the complement of what is reached:
    /// whoever goes round for ever avoids it.
    fn turned(
        &self,
        goals: &[Goal],
        aim: Aim,
        turns: Option<u32>,
        solve: &dyn Fn(&[Goal], Aim) -> Vec<Found>,
    ) -> Vec<Found> {
        let avoided = |goal: &Goal| match goal {
            Goal::Avoid(set) if turns.is_none() => Some(Goal::Reach(set.clone())),
            _ => None,
        };
        let (places, reached): (Vec<usize>, Vec<Goal>) =
            (0..).zip(goals).filter_map(|(at, goal)| avoided(goal).map(|goal| (at, goal))).unzip();
        if places.is_empty() {
            return solve(goals, aim);
        }
        let contrary = Aim { greatest: !aim.greatest && aim != Aim::ESTIMATE, ..aim };
        let mut found = solve(goals, aim);
        for (at, Found { value, error, .. }) in places.into_iter().zip(solve(&reached, contrary)) {
            found[at] = Found { value: 1.0 - value, error, ..Found::default() };
        }
        found
    }

    /// The least and the greatest probability of each goal, as far as the freedom allows, given the
    /// estimates: these lie between them, whatever rounding does.
    #[must_use]
    pub fn bounds(&self, goals: &[Goal], estimates: &[Found], freedom: Freedom) -> Vec<(f64, f64)> {
        if !self.varies(freedom) {
            return estimates.iter().map(|found| (found.value, found.value)).collect();
        }
        let side = |greatest| self.within(goals, Aim { freedom, greatest }, self.horizon);
        let (low, high) = rayon::join(|| side(false), || side(true));
        let pair = |((low, high), estimate): ((Found, Found), &Found)| {
            let (low, high) = (clip(low.value - low.error), clip(high.value + high.error));
            (low.min(estimate.value), high.max(estimate.value))
        };
        low.into_iter().zip(high).zip(estimates).map(pair).collect()
    }

    /// The best value of a choice over all corners, given the values behind its leaves. It may be better
    /// than the best, and then says so.
    pub fn best<V: Value>(&self, choice: Choice<'_>, aim: Aim, leaves: &[V]) -> Best<V> {
        let nodes = self.work.map_or(NODES, Work::nodes);
        let found = search::best_within(self.program, choice, aim, leaves, nodes);
        if let (false, Some(work)) = (found.exact, self.work) {
            work.widen();
        }
        found
    }

    /// All values of a part have been worked out once more.
    pub fn round(&self) {
        if let Some(work) = self.work {
            work.round();
        }
    }

    /// Whether a freedom leaves anything to vary.
    #[must_use]
    pub fn varies(&self, freedom: Freedom) -> bool {
        self.program.draws.iter().any(|draw| draw.corners(freedom).len() > 1)
    }

    /// For each situation whether one of the tests that are asked of situations holds there.
    #[must_use]
    pub fn holding(&self, test: &Test) -> Vec<bool> {
        let bit = self.program.asked.iter().position(|asked| asked == test);
        let mut values = vec![0; self.program.layout.slots()];
        let holds = |s: usize| match bit {
            // What is contradictory is nothing.
            _ if self.graph.is_torn(s) => false,
            Some(bit) if self.graph.is_folded(s) => {
                self.graph.situation(s)[bit / 64] >> (bit % 64) & 1 == 1
            }
            _ => {
                self.program.layout.unpack(self.graph.situation(s), &mut values);
                test.holds(&values)
            }
        };
        (0..self.graph.len()).map(holds).collect()
    }

    /// Follows goals in blocks; those that can become each other are in one.
    fn blocks(&self, goals: &[Goal], aim: Aim, turns: Option<u32>, means: bool) -> Vec<Found> {
        let values = self.work.map_or(VALUES, Work::values);
        let most = values / self.graph.len().max(1);
        let most = if aim == Aim::ESTIMATE { most.clamp(LANES, SIDE_BY_SIDE) } else { LANES };
        let mut blocks: Vec<Vec<usize>> = Vec::new();
        for orbit in self.orbits(goals) {
            match blocks.last_mut().filter(|block| block.len() + orbit.len() <= most) {
                Some(block) => block.extend(orbit),
                None => blocks.push(orbit),
            }
        }
        let solve = |block: &Vec<usize>| {
            let chosen: Vec<&Goal> = block.iter().map(|&at| &goals[at]).collect();
            self.block(&chosen, aim, turns, means)
        };
        let solved: Vec<Vec<Found>> = if self.graph.len() > values / SIDE_BY_SIDE {
            blocks.iter().map(solve).collect()
        } else {
            blocks.par_iter().map(solve).collect()
        };
        let mut found = vec![Found::default(); goals.len()];
        for (block, solved) in blocks.iter().zip(solved) {
            block.iter().zip(solved).for_each(|(&at, one)| found[at] = one);
        }
        found
    }

    /// The goals by which of them can become each other.
    fn orbits(&self, goals: &[Goal]) -> Vec<Vec<usize>> {
        if self.frames.generators.is_empty() {
            return (0..goals.len()).map(|at| vec![at]).collect();
        }
        let all: Vec<&Goal> = goals.iter().collect();
        let orbits = Goals::orbits_of(*self, &all);
        let asked = |orbit: Vec<usize>| orbit.into_iter().filter(|&at| at < goals.len()).collect();
        orbits.into_iter().map(asked).collect()
    }

    fn block(&self, goals: &[&Goal], aim: Aim, turns: Option<u32>, means: bool) -> Vec<Found> {
        let aim = if self.varies(aim.freedom) { aim } else { Aim::ESTIMATE };
        let lanes = Goals::new(*self, goals);
        let backup = Backup { solver: *self, goals: &lanes, aim };
        if let Some(turns) = turns {
            let by_turn = match means {
                true => bounded::by_turn(&backup, turns),
                false => vec![bounded::at_start(&backup, turns)],
            };
            let found = |lane: usize| {
                let by_turn: Vec<f64> = by_turn.iter().map(|row| clip(row[lane])).collect();
                let value = by_turn.last().copied().unwrap_or_default();
                let avoids = lanes.at_end()[lane] > 0.0;
                let mean_turn = if avoids || !means { None } else { mean::from_turns(&by_turn) };
                told(&backup, lane, Some(turns), Found { value, error: 0.0, mean_turn, by_turn })
            };
            return (0..goals.len()).map(found).collect();
        }
        let values = unbounded::ever(&backup);
        let start = lanes.at_start(&values.rows[..lanes.stride()]);
        let means = if means { mean::ever(&backup, &values.rows) } else { vec![None; goals.len()] };
        let found = |(lane, mean_turn): (usize, Option<f64>)| {
            let error = if lanes.starts_settled(lane) { 0.0 } else { values.errors[0] };
            let found = Found { value: clip(start[lane]), error, by_turn: Vec::new(), mean_turn };
            told(&backup, lane, None, found)
        };
        means.into_iter().take(goals.len()).enumerate().map(found).collect()
    }
}

/// Values nearer to 0 or 1 than this are looked at for whether they are the end itself.
const NEAR: f64 = 1e-7;
/// The greatest number below 1.
const BELOW_ONE: f64 = 1.0 - f64::EPSILON / 2.0;

/// Puts the value of a lane at an end exactly where it is there: above 0 where the goal is possible (a least
/// value: where no choice avoids it), 1 where it is certain, below 1 where it is not. A greatest value
/// keeps its error.
fn told(backup: &Backup<'_>, lane: usize, turns: Option<u32>, found: Found) -> Found {
    let Found { value, error, .. } = found;
    if backup.aim.freedom != Freedom::Estimate && !backup.aim.greatest && value - error < NEAR {
        let lost = turns.is_none() && error > 0.0 && value <= error;
        return match lost && Qualities::new(backup, lane).unavoidable() {
            true => Found { value: f64::MIN_POSITIVE, error: 0.0, ..found },
            false => found,
        };
    }
    if value - error < NEAR {
        if value > NEAR {
            return found;
        }
        return match Qualities::new(backup, lane).possible(turns) {
            true => Found { value: value.max(f64::MIN_POSITIVE), ..found },
            false => Found { value: 0.0, error: 0.0, ..found },
        };
    }
    if value + error <= 1.0 - NEAR {
        return found;
    }
    match Qualities::new(backup, lane).certain(turns) {
        true => Found { value: 1.0, error: 0.0, ..found },
        // As near to it as can be.
        false if backup.aim.greatest && value + error >= 1.0 => {
            Found { value: BELOW_ONE, error: 0.0, ..found }
        }
        false => Found { value: value.min(BELOW_ONE), ..found },
    }
}

/// Rounding can carry a sum of probabilities a little out of 0..=1.
fn clip(value: f64) -> f64 {
    value.clamp(0.0, 1.0)
}
