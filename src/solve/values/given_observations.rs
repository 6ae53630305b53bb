//! The least and greatest probability of a goal given what has been seen.
//!
//! It is a ratio, P(goal and seen) / P(seen), over likelihoods and decisions that may differ in
//! every situation, turn, and with what has happened so far; only choices under which what was seen
//! can come about count. The greatest ratio is the `r` at which the greatest value of
//! P(goal and seen) - r P(seen) is 0, and each choice that makes that value greater has a greater
//! ratio: that leads there in a few rounds (Dinkelbach 1967). The value is found going back
//! through the situations that what was seen tells apart by turn; behind them the goal's own
//! extremes, which hang on no `r`, are what is left. Where not all choices of some situation could be
//! looked at, the value is only known to be no more than some number, and an `r` at which that
//! number is 0 or less is a bound.

use super::one_turn::Backup;
use super::policy_iteration;
use super::with_horizon;
use super::without_horizon;
use crate::engine::{NOWHERE, Scaled};
use crate::solve::aim::Aim;
use crate::solve::chances::Chance;
use crate::solve::extremes::LANES;
use crate::solve::goals::{Goal, Goals};
use crate::solve::solver::{Given, Solver};
use crate::solve::work::Work;
use rayon::prelude::*;

/// Two rounds that differ by no more than this share have arrived.
const ARRIVED: f64 = 1e-14;
/// Rounds at most: what is left is squared by each.
const ROUNDS: usize = 200;

/// The extreme of each goal within a number of turns, given what has been seen. With
/// [`Aim::ESTIMATE`] only estimates are left to choose from.
#[must_use]
pub fn values(
    solver: Solver<'_>,
    given: Given<'_>,
    goals: &[Goal],
    aim: Aim,
    turns: Option<u32>,
) -> Vec<Chance> {
    let estimates = solver.within(goals, Aim::ESTIMATE, turns);
    let (work, asked) = (Work::apart(solver.work), solver.work);
    let solver = Solver { work: Some(&work), ..solver };
    let least = seen(solver, given, Aim { greatest: false, ..aim });
    let most = seen(solver, given, Aim { greatest: true, ..aim });
    let blocks = goals.chunks(LANES).zip(estimates.chunks(LANES));
    let solve = |(goals, estimates): (&[Goal], &[Chance])| {
        let all: Vec<&Goal> = goals.iter().collect();
        let lanes = Goals::new(solver, &all);
        let (rows, error) = behind(solver, given, &lanes, aim, turns);
        let ratio = |lane: usize| {
            let ratio = Ratio {
                solver,
                given,
                goals: &lanes,
                lane,
                aim,
                turns,
                rows: &rows,
                least: &least,
                most: &most,
            };
            let mut value = ratio.find(estimates[lane].value);
            if work.is_wider() {
                value = ratio.beyond(value);
            }
            Chance { value, error, ..Chance::default() }
        };
        (0..goals.len()).into_par_iter().map(ratio).collect::<Vec<_>>()
    };
    let found = blocks.flat_map(solve).collect();
    if let (true, Some(asked)) = (work.is_wider(), asked) {
        asked.widen();
    }
    found
}

/// The extreme of the probability of what has been seen.
#[must_use]
pub fn probability(solver: Solver<'_>, given: Given<'_>, aim: Aim) -> Scaled {
    if solver.varies(aim.freedom) {
        seen(solver, given, aim).first().copied().unwrap_or(Scaled::ONE)
    } else {
        given.seen.probability
    }
}

/// For each situation before the last turn seen: the extreme of the probability that the rest of
/// what was seen comes about.
fn seen(solver: Solver<'_>, given: Given<'_>, aim: Aim) -> Vec<Scaled> {
    let plain = given.seen.plain;
    let mut found = vec![Scaled::ONE; plain];
    for s in (0..plain).rev() {
        if solver.graph.endings[s] == 0 {
            let ahead = |&to: &u32| match to {
                NOWHERE => Scaled::ZERO,
                to => found.get(to as usize).copied().unwrap_or(Scaled::ONE),
            };
            let later = |to: &u32| *to as usize > s;
            debug_assert!(
                given.seen.ways(s).iter().all(later),
                "what comes later is known already"
            );
            let ahead: Vec<Scaled> = given.seen.ways(s).iter().map(ahead).collect();
            found[s] = extreme(solver, given, aim, s, &ahead).0;
        }
    }
    found
}

/// The extreme of the sum of these values of the leaves that a situation has without observations, and the
/// probabilities of the leaves with the choice that makes it so. Where not all choices could be
/// looked at, the value is one that none exceeds.
fn extreme(
    solver: Solver<'_>,
    given: Given<'_>,
    aim: Aim,
    s: usize,
    values: &[Scaled],
) -> (Scaled, Vec<f64>) {
    let before = given.before;
    let own = given.seen.situations[s] as usize;
    let Some(choice) = before.choice(own) else {
        let weights: Vec<f64> = before.leaves(own).map(|leaf| before.estimate(leaf)).collect();
        return (sum(&weights, values), weights);
    };
    let found = solver.best(choice, aim, values);
    let mut weights = vec![0.0; values.len()];
    policy_iteration::take(solver.program, choice, aim.freedom, &found.picks, &mut weights);
    (found.value, weights)
}

fn sum(weights: &[f64], values: &[Scaled]) -> Scaled {
    weights.iter().zip(values).fold(Scaled::ZERO, |sum, (weight, value)| sum + *value * *weight)
}

/// The extremes of the goals in the situations of the last turn seen, and how wrong they may be.
fn behind(
    solver: Solver<'_>,
    given: Given<'_>,
    goals: &Goals,
    aim: Aim,
    turns: Option<u32>,
) -> (Vec<f64>, f64) {
    let backup = Backup { solver, goals, aim };
    match turns {
        Some(turns) => (with_horizon::rows_at(&backup, turns, given.seen.last), 0.0),
        None => {
            let values = without_horizon::ever(&backup);
            let errors = values.errors.iter().skip(given.seen.plain);
            (values.rows, errors.copied().fold(0.0, f64::max))
        }
    }
}

/// One goal.
#[derive(Clone, Copy)]
struct Ratio<'a> {
    solver: Solver<'a>,
    given: Given<'a>,
    goals: &'a Goals,
    lane: usize,
    aim: Aim,
    turns: Option<u32>,
    /// The goals' extremes in the situations of the last turn seen.
    rows: &'a [f64],
    /// The least and the greatest probability of the rest of what was seen.
    least: &'a [Scaled],
    most: &'a [Scaled],
}

/// What is known of a goal at some point of a storyline.
#[derive(Clone, Copy, PartialEq, Eq)]
enum So {
    Open,
    Reached,
    Missed,
}

/// What comes of a choice that is good for `both - ratio * seen`.
#[derive(Clone, Copy)]
struct Point {
    /// The probability of goal and seen.
    both: Scaled,
    /// The probability of seen.
    seen: Scaled,
    /// What `both - ratio * seen` does not exceed under any choice, or does not fall below.
    value: Scaled,
}

impl Point {
    /// Where nothing is left to choose.
    fn new(both: Scaled, seen: Scaled, ratio: f64) -> Self {
        Self { both, seen, value: both - seen * ratio }
    }
}

/// How far beyond a ratio a bound is looked for.
const BEYOND: [f64; 6] = [1e-9, 1e-6, 1e-4, 1e-3, 1e-2, 1e-1];

impl Ratio<'_> {
    fn find(&self, estimate: f64) -> f64 {
        let mut ratio = estimate;
        for _ in 0..ROUNDS {
            let Point { both, seen, .. } = self.round(ratio);
            if !seen.is_positive() {
                break;
            }
            let next = both.over(seen).min(1.0);
            let gain = if self.aim.greatest { next - ratio } else { ratio - next };
            if gain > 0.0 {
                ratio = next;
            }
            if gain <= ARRIVED * next {
                break;
            }
        }
        // Rounding on the way may have left it a little short of 1.
        if self.aim.greatest && ratio > 1.0 - ARRIVED { 1.0 } else { ratio }
    }

    /// A ratio that none exceeds, from one that is attained.
    fn beyond(&self, ratio: f64) -> f64 {
        let end = if self.aim.greatest { 1.0 } else { 0.0 };
        let away = |step: f64| if self.aim.greatest { ratio + step } else { ratio - step };
        let within = |further: &f64| {
            (0.0..=1.0).contains(further)
                && !self.aim.better(self.round(*further).value, Scaled::ZERO)
        };
        BEYOND.into_iter().map(away).find(within).unwrap_or(end)
    }

    /// What comes of the best choice at the start.
    fn round(&self, ratio: f64) -> Point {
        let plain = self.given.seen.plain;
        let mut found = vec![Point::new(Scaled::ZERO, Scaled::ZERO, ratio); plain];
        let depths = &self.solver.graph.depths;
        for turn in (0..self.given.seen.last).rev() {
            let range = depths[turn as usize]..depths[turn as usize + 1];
            for s in range.rev() {
                found[s as usize] = self.open(s as usize, turn, ratio, &found);
            }
        }
        let first = if self.goals.starts_settled(self.lane) { So::Reached } else { So::Open };
        self.at(0, 0, first, ratio, &found)
    }

    /// What comes of a situation in which the goal is still open.
    fn open(&self, s: usize, turn: u32, ratio: f64, found: &[Point]) -> Point {
        if self.solver.graph.endings[s] != 0 {
            return Point::new(self.goals.at_end()[self.lane].into(), Scaled::ONE, ratio);
        }
        let late = self.turns.is_some_and(|turns| turn >= turns);
        let mut left = self.solver.graph.leaves(s);
        let behind = |&to: &u32| {
            // Those that lead somewhere are the leaves that are left, in the same order.
            let Some(leaf) = (to != NOWHERE).then(|| left.next()).flatten() else {
                return Point::new(Scaled::ZERO, Scaled::ZERO, ratio);
            };
            let so = if late {
                if self.goals.at_end()[self.lane] > 0.0 { So::Reached } else { So::Missed }
            } else if self.happens(self.solver.graph.kind_number(leaf)) {
                So::Reached
            } else {
                So::Open
            };
            self.at(to, turn + 1, so, ratio, found)
        };
        let points: Vec<Point> = self.given.seen.ways(s).iter().map(behind).collect();
        let values: Vec<Scaled> = points.iter().map(|point| point.value).collect();
        let (value, weights) = extreme(self.solver, self.given, self.aim, s, &values);
        let sum = |of: &dyn Fn(&Point) -> Scaled| {
            self::sum(&weights, &points.iter().map(of).collect::<Vec<_>>())
        };
        Point { both: sum(&|point| point.both), seen: sum(&|point| point.seen), value }
    }

    /// What comes of a situation, where it was so on the way there.
    fn at(&self, to: u32, turn: u32, so: So, ratio: f64, found: &[Point]) -> Point {
        let s = to as usize;
        let so = match so {
            So::Open if self.goals.reaches(s, self.lane) => So::Reached,
            So::Open if self.goals.misses(s, self.lane) => So::Missed,
            so => so,
        };
        let rest = |greatest: bool| {
            let all = if greatest { self.most } else { self.least };
            all.get(s).copied().unwrap_or(Scaled::ONE)
        };
        match so {
            So::Reached => {
                let seen = rest(self.aim.greatest);
                Point::new(seen, seen, ratio)
            }
            So::Missed => Point::new(Scaled::ZERO, rest(!self.aim.greatest), ratio),
            So::Open if turn < self.given.seen.last && s < found.len() => found[s],
            So::Open => {
                let value = self.rows[s * self.goals.stride() + self.lane];
                Point::new(value.into(), Scaled::ONE, ratio)
            }
        }
    }

    /// Whether the goal happens on leaves of this kind.
    fn happens(&self, kind: u32) -> bool {
        self.goals.place(kind)[self.lane] as usize == self.goals.lanes
    }
}
