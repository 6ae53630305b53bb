//! How likely goals are, side by side, on all cores.

use super::aim::Aim;
use super::extremes::LANES;
use super::goals::{Goal, Goals};
use super::qualitative::Qualities;
use super::solver::Solver;
use super::values::given_observations;
use super::values::mean_turn;
use super::values::one_turn::Backup;
use super::values::with_horizon;
use super::values::without_horizon;
use super::work::{VALUES, Work};
use crate::engine::Freedom;
use rayon::prelude::*;

/// The probability of a goal.
#[derive(Clone, Debug, Default)]
pub struct Chance {
    /// The probability that it is ever reached.
    pub value: f64,
    /// How far the value may be from the true one; rounding apart, 0 with a limit of turns.
    pub error: f64,
    /// For each turn from 0: that it is reached by then; it ends where nothing changes any more, and is
    /// empty without a limit of turns, or where only the value was asked for.
    pub by_turn: Vec<f64>,
    /// The mean turn in which it is first reached, given that it is; `None` where it never is, or
    /// where only the value was asked for.
    pub mean_turn: Option<f64>,
}

/// Goals that are followed side by side where nothing varies: more cost too much memory.
const SIDE_BY_SIDE: usize = 64;
impl Solver<'_> {
    /// The probability of each goal, with its mean turn.
    #[must_use]
    pub fn estimates(&self, goals: &[Goal]) -> Vec<Chance> {
        self.turned(goals, Aim::ESTIMATE, self.horizon, &|goals, aim| {
            self.blocks(goals, aim, self.horizon, true)
        })
    }

    /// The probability of each goal within a number of turns.
    #[must_use]
    pub fn within(&self, goals: &[Goal], aim: Aim, turns: Option<u32>) -> Vec<Chance> {
        self.turned(goals, aim, turns, &|goals, aim| {
            if let (Some(given), true) = (self.given, self.varies(aim.freedom)) {
                return given_observations::values(*self, given, goals, aim, turns);
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
        solve: &dyn Fn(&[Goal], Aim) -> Vec<Chance>,
    ) -> Vec<Chance> {
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
        for (at, Chance { value, error, .. }) in places.into_iter().zip(solve(&reached, contrary)) {
            found[at] = Chance { value: 1.0 - value, error, ..Chance::default() };
        }
        found
    }

    /// The least and the greatest probability of each goal, as far as the freedom allows, given the
    /// estimates: these lie between them, whatever rounding does.
    #[must_use]
    pub fn bounds(
        &self,
        goals: &[Goal],
        estimates: &[Chance],
        freedom: Freedom,
    ) -> Vec<(f64, f64)> {
        if !self.varies(freedom) {
            return estimates.iter().map(|found| (found.value, found.value)).collect();
        }
        let side = |greatest| self.within(goals, Aim { freedom, greatest }, self.horizon);
        let (low, high) = rayon::join(|| side(false), || side(true));
        let pair = |((low, high), estimate): ((Chance, Chance), &Chance)| {
            let (low, high) = (clip(low.value - low.error), clip(high.value + high.error));
            (low.min(estimate.value), high.max(estimate.value))
        };
        low.into_iter().zip(high).zip(estimates).map(pair).collect()
    }

    /// Follows goals in blocks; those that can become each other are in one.
    fn blocks(&self, goals: &[Goal], aim: Aim, turns: Option<u32>, means: bool) -> Vec<Chance> {
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
        let solved: Vec<Vec<Chance>> = if self.graph.len() > values / SIDE_BY_SIDE {
            blocks.iter().map(solve).collect()
        } else {
            blocks.par_iter().map(solve).collect()
        };
        let mut found = vec![Chance::default(); goals.len()];
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

    fn block(&self, goals: &[&Goal], aim: Aim, turns: Option<u32>, means: bool) -> Vec<Chance> {
        let aim = if self.varies(aim.freedom) { aim } else { Aim::ESTIMATE };
        let lanes = Goals::new(*self, goals);
        let backup = Backup { solver: *self, goals: &lanes, aim };
        if let Some(turns) = turns {
            let rows = match means {
                true => with_horizon::by_turn(&backup, turns),
                false => vec![with_horizon::at_start(&backup, turns)],
            };
            let found = |lane: usize| {
                let mut by_turn: Vec<f64> = rows.iter().map(|row| clip(row[lane])).collect();
                let value = by_turn.last().copied().unwrap_or_default();
                let avoids = lanes.at_end()[lane] > 0.0;
                let mean_turn =
                    if avoids || !means { None } else { mean_turn::from_turns(&by_turn) };
                by_turn.truncate(if means { by_turn.len() } else { 0 });
                told(&backup, lane, Some(turns), Chance { value, error: 0.0, mean_turn, by_turn })
            };
            return (0..goals.len()).map(found).collect();
        }
        let values = without_horizon::ever(&backup);
        let start = lanes.at_start(&values.rows[..lanes.stride()]);
        let means =
            if means { mean_turn::ever(&backup, &values.rows) } else { vec![None; goals.len()] };
        let found = |(lane, mean_turn): (usize, Option<f64>)| {
            let error = if lanes.starts_settled(lane) { 0.0 } else { values.errors[0] };
            let found = Chance { value: clip(start[lane]), error, by_turn: Vec::new(), mean_turn };
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
fn told(backup: &Backup<'_>, lane: usize, turns: Option<u32>, found: Chance) -> Chance {
    let Chance { value, error, .. } = found;
    if backup.aim.freedom != Freedom::Estimate && !backup.aim.greatest && value - error < NEAR {
        let lost = turns.is_none() && error > 0.0 && value <= error;
        return match lost && Qualities::new(backup, lane).unavoidable() {
            true => Chance { value: f64::MIN_POSITIVE, error: 0.0, ..found },
            false => found,
        };
    }
    if value - error < NEAR {
        if value > NEAR {
            return found;
        }
        return match Qualities::new(backup, lane).possible(turns) {
            true => Chance { value: value.max(f64::MIN_POSITIVE), ..found },
            false => Chance { value: 0.0, error: 0.0, ..found },
        };
    }
    if value + error <= 1.0 - NEAR {
        return found;
    }
    match Qualities::new(backup, lane).certain(turns) {
        true => Chance { value: 1.0, error: 0.0, ..found },
        // As near to it as can be.
        false if backup.aim.greatest && value + error >= 1.0 => {
            Chance { value: BELOW_ONE, error: 0.0, ..found }
        }
        false => Chance { value: value.min(BELOW_ONE), ..found },
    }
}

/// Rounding can carry a sum of probabilities a little out of 0..=1.
fn clip(value: f64) -> f64 {
    value.clamp(0.0, 1.0)
}
