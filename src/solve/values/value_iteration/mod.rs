//! Parts in which likelihoods or decisions vary, bounded from both sides.
//!
//! Parts that are left whatever is chosen are solved quickly (`leaving.rs`). Any other part is
//! iterated upon from below; its values are accepted when a slightly higher guess is seen to be too
//! high: if some rounds of the (monotone) operator lower the guess everywhere, its least fixed point,
//! which is the value, lies below it (optimistic value iteration, Hartmanns and Kaminski 2020). Small parts, and those where that takes too long, are solved directly (`policy_error.rs` says how far that can be trusted).

mod always_left;
mod policy_error;

use super::one_turn::{Backup, Scratch};
use super::policy_iteration;
use super::precise_policies;
use crate::engine::Graph;
use crate::solve::fixed_points::settle;
use crate::solve::linear::parts::thin;
use rustc_hash::FxHashMap;

/// Parts up to this size are solved directly where iteration crawls.
const MIDDLING: usize = 1000;
/// Rounds of iteration after which a part crawls.
const PATIENCE: usize = 4000;
/// Rounds of iteration after which a large part is given up: its upper bounds then stay at 1.
const ENDURANCE: usize = 50_000;
/// The same in rounds times transitions: a minute or so.
const WORK: usize = 4_000_000_000;
/// What rounding may add to or take from a value in one round, with margin.
const ROUNDING: f64 = 4e-15;
/// An error that is none.
const ENOUGH: f64 = 1e-9;
/// How far above the lower values the guess lies.
const GUESS: f64 = 1e-10;

/// Finds the values of a part: midpoints of bounds into `rows`; says how far the bounds are from
/// them. `ones` is working memory: empty, or what an earlier call left.
pub fn solve(backup: &Backup<'_>, members: &[u32], rows: &mut [f64], ones: &mut Vec<f64>) -> f64 {
    ones.resize(rows.len(), 1.0);
    Part { backup, members, scratch: Scratch::default(), ones }.solve(rows)
}

struct Part<'a> {
    backup: &'a Backup<'a>,
    members: &'a [u32],
    scratch: Scratch,
    /// Rows of all situations that are 1 everywhere.
    ones: &'a mut [f64],
}

impl Part<'_> {
    fn solve(&mut self, rows: &mut [f64]) -> f64 {
        let lanes = self.backup.goals.lanes;
        let mut open: Vec<bool> = vec![true; lanes];
        let mut error = 0.0;
        let graph = self.backup.solver.graph;
        if !thin(graph, self.members) {
            if let Some(error) = self.leave(rows) {
                return error;
            }
            error = self.rise(rows, &mut open);
        }
        if !open.contains(&true) {
            return error;
        }
        error = error.max(self.improve(rows, &mut open));
        if open.contains(&true) { error.max(self.middle(rows, &[], &mut open)) } else { error }
    }

    /// Solves open lanes by policy iteration: in doubles, and where these cannot tell that no choice is
    /// better, in as many digits as it takes. Leaves open what that cannot do, with the bounds that
    /// were; says how wrong the others may be.
    fn improve(&mut self, rows: &mut [f64], open: &mut [bool]) -> f64 {
        let (backup, members) = (self.backup, self.members);
        let (lanes, stride) = (backup.goals.lanes, backup.goals.stride());
        let before = self.take(rows);
        self.begin(rows);
        let mut error = 0.0_f64;
        for orbit in &backup.goals.orbits {
            if !orbit.iter().any(|&lane| open[lane]) {
                continue;
            }
            let policy = policy_iteration::solve(backup, members, orbit, rows);
            let solved = policy.and_then(|policy| {
                let doubt =
                    policy_error::doubt(backup, members, orbit, rows).filter(|doubt| *doubt < 1.0);
                match doubt {
                    Some(doubt) if doubt <= ENOUGH => Some(0.0),
                    _ if precise_policies::solve(backup, members, orbit, policy, rows) => Some(0.0),
                    doubt => doubt,
                }
            });
            error = error.max(solved.unwrap_or(0.0));
            for &lane in orbit {
                open[lane] = solved.is_none();
                let old = before.iter().skip(lane).step_by(lanes);
                for (&s, old) in members.iter().zip(old).filter(|_| open[lane]) {
                    rows[s as usize * stride + lane] = *old;
                }
            }
        }
        error
    }

    /// Puts 1 where the values of the best choice are above 0, and 0 elsewhere.
    fn begin(&mut self, rows: &mut [f64]) {
        let none = vec![0.0; self.members.len() * self.backup.goals.lanes];
        self.put(&none, rows);
        self.spread(self.backup, rows);
    }

    /// Makes every value 1 that comes out above 0, until there is none more.
    fn spread(&mut self, backup: &Backup<'_>, rows: &mut [f64]) {
        let (goals, stride) = (backup.goals, backup.goals.stride());
        let scratch = &mut self.scratch;
        let mut out = vec![0.0; stride];
        until_settled(backup.solver.graph, self.members, |s| {
            backup.value(s, rows, scratch, &mut out);
            let mut grown = false;
            for (known, new) in rows[s * stride..][..goals.lanes].iter_mut().zip(&out) {
                if *known == 0.0 && *new > 0.0 {
                    *known = 1.0;
                    grown = true;
                }
            }
            grown
        });
    }

    /// Iterates from below until a guess above is confirmed; leaves open the lanes that are to be
    /// solved directly. Says how wrong the others may be.
    fn rise(&mut self, rows: &mut [f64], open: &mut [bool]) -> f64 {
        let mut next_guess = 16;
        let mut guess = Vec::new();
        let graph = self.backup.solver.graph;
        let leaves: usize =
            self.members.iter().map(|&s| graph.leaves(s as usize).len()).sum::<usize>().max(1);
        let endurance = (WORK / leaves).clamp(PATIENCE, ENDURANCE);
        for round in 1..=endurance {
            let step = self.sweep(rows);
            let crawls = round >= PATIENCE && self.members.len() <= MIDDLING;
            if step < GUESS / 8.0 && round >= next_guess || crawls {
                guess = self.guess(rows, open, round.min(PATIENCE));
                next_guess = round * 2;
            }
            if !open.contains(&true) || crawls || !self.backup.solver.round() {
                break;
            }
        }
        if self.members.len() <= MIDDLING {
            return GUESS;
        }
        self.middle(rows, &guess, open)
    }

    /// Takes the middle between the values and confirmed guesses, or 1 where none is.
    fn middle(&self, rows: &mut [f64], guess: &[f64], open: &mut [bool]) -> f64 {
        let (stride, lanes) = (self.backup.goals.stride(), self.backup.goals.lanes);
        let mut error = 0.0_f64;
        let possible = self.possible(rows);
        for (at, &s) in self.members.iter().enumerate() {
            for lane in 0..lanes {
                let low = &mut rows[s as usize * stride + lane];
                if guess.is_empty() && !open[lane] {
                    continue;
                }
                let high = match guess.get(at * stride + lane) {
                    Some(high) if !open[lane] => *high,
                    _ if possible[at * lanes + lane] => 1.0,
                    _ => 0.0,
                };
                error = error.max((high - *low) / 2.0);
                *low = f64::midpoint(*low, high);
            }
        }
        open.fill(false);
        error
    }

    /// For each member and lane: whether the goal can be reached at all. A value above 0 may be too
    /// small to be told from it.
    fn possible(&self, rows: &[f64]) -> Vec<bool> {
        let (graph, goals) = (self.backup.solver.graph, self.backup.goals);
        let (stride, lanes) = (goals.stride(), goals.lanes);
        let place: FxHashMap<u32, usize> =
            self.members.iter().enumerate().map(|(at, &s)| (s, at)).collect();
        let mut possible: Vec<bool> = self.take(rows).iter().map(|value| *value > 0.0).collect();
        until_settled(graph, self.members, |s| {
            let own = place[&(s as u32)] * lanes;
            let mut grown = false;
            for (target, kind) in graph.ways(graph.leaves(s)) {
                for (lane, &from) in goals.place(kind).iter().enumerate() {
                    let behind = match place.get(&target) {
                        Some(at) if (from as usize) < lanes => possible[at * lanes + from as usize],
                        _ => rows[target as usize * stride + from as usize] > 0.0,
                    };
                    if behind && !possible[own + lane] && !goals.settles(s, lane) {
                        possible[own + lane] = true;
                        grown = true;
                    }
                }
            }
            grown
        });
        possible
    }

    /// One round over the members, each value used at once; says the largest step.
    fn sweep(&mut self, rows: &mut [f64]) -> f64 {
        let stride = self.backup.goals.stride();
        let mut out = vec![0.0; stride];
        let mut largest = 0.0_f64;
        for &s in self.members.iter().rev() {
            self.backup.value(s as usize, rows, &mut self.scratch, &mut out);
            let row = &mut rows[s as usize * stride..][..stride];
            for (new, old) in out.iter().zip(&*row) {
                largest = largest.max((new - old).abs());
            }
            row.copy_from_slice(&out);
        }
        largest
    }

    /// Guesses upper values and looks whether the operator lowers them; leaves open the lanes in
    /// which it does not. Says the members' rows of the guess.
    fn guess(&mut self, rows: &mut [f64], open: &mut [bool], rounds: usize) -> Vec<f64> {
        let goals = self.backup.goals;
        let (stride, lanes) = (goals.stride(), goals.lanes);
        let low: Vec<f64> = self
            .members
            .iter()
            .flat_map(|&s| rows[s as usize * stride..][..stride].to_vec())
            .collect();
        let possible = self.possible(rows);
        let above: Vec<f64> = self
            .members
            .iter()
            .zip(low.chunks_exact(stride))
            .zip(possible.chunks_exact(lanes))
            .flat_map(|((_, low), possible)| {
                let guess = |(low, possible): (&f64, &bool)| {
                    if *possible { (low + GUESS).min(1.0) } else { 0.0 }
                };
                low.iter().zip(possible).map(guess).collect::<Vec<f64>>()
            })
            .collect();
        self.put(&above, rows);
        for round in 1..=rounds {
            self.sweep(rows);
            open.fill(false);
            // What rounding may have hidden in so many rounds does not count as lower.
            let hidden = 1.0 + ROUNDING * round as f64;
            for (&s, above) in self.members.iter().zip(above.chunks_exact(lanes)) {
                let row = &rows[s as usize * stride..][..lanes];
                for ((open, guess), above) in open.iter_mut().zip(row).zip(above) {
                    *open |= *above < 1.0 && guess * hidden > *above;
                }
            }
            if !open.contains(&true) || !self.backup.solver.round() {
                break;
            }
        }
        // Lanes that become each other are confirmed together or not at all.
        for orbit in &goals.orbits {
            let any = orbit.iter().any(|&lane| open[lane]);
            orbit.iter().for_each(|&lane| open[lane] = any);
        }
        let mut guess = Vec::with_capacity(low.len());
        for (&s, low) in self.members.iter().zip(low.chunks_exact(stride)) {
            let row = &mut rows[s as usize * stride..][..stride];
            guess.extend_from_slice(row);
            row.copy_from_slice(low);
        }
        guess
    }

    /// The members' values.
    fn take(&self, rows: &[f64]) -> Vec<f64> {
        let (stride, lanes) = (self.backup.goals.stride(), self.backup.goals.lanes);
        let row = |&s: &u32| &rows[s as usize * stride..][..lanes];
        self.members.iter().flat_map(row).copied().collect()
    }

    /// Puts values of the members into the rows.
    fn put(&self, values: &[f64], rows: &mut [f64]) {
        let (stride, lanes) = (self.backup.goals.stride(), self.backup.goals.lanes);
        for (&s, values) in self.members.iter().zip(values.chunks_exact(lanes)) {
            rows[s as usize * stride..][..lanes].copy_from_slice(values);
        }
    }
}

/// Calls `grow` with every member, the last first, and again with those that lead to one for which it has
/// said that something has changed, until nothing does.
fn until_settled(graph: &Graph, members: &[u32], mut grow: impl FnMut(usize) -> bool) {
    let place: FxHashMap<u32, u32> = members.iter().copied().zip(0..).collect();
    let mut before: Vec<Vec<u32>> = vec![Vec::new(); members.len()];
    for (&s, at) in members.iter().zip(0..) {
        for target in &graph.targets[graph.leaves(s as usize)] {
            if let Some(&target) = place.get(target) {
                before[target as usize].push(at);
            }
        }
    }
    settle(&before, (0..members.len()).rev(), |at| grow(members[at] as usize));
}
