//! Parts that are left in the end whatever likelihoods and decisions are, bounded from both sides.
//!
//! Where no choice stays for ever, the values are the only solution of their equations. They are
//! then found from anywhere, with extrapolation and on all cores, and confirmed afterwards: some
//! rounds of the monotone operator lower a slightly higher guess everywhere and raise a slightly
//! lower one, so the values lie between them (as in optimistic value iteration, Hartmanns and
//! Kaminski 2020, but from both sides).

use super::backup::{Backup, Scratch};
use super::extreme::Aim;
use super::iterate::Iteration;

/// The last step of the iteration.
const ENOUGH: f64 = 1e-14;
/// Rounds of iteration, and of confirming, at most.
const ROUNDS: usize = 2_000;
/// How far the guesses are from the values.
const GUESS: f64 = 1e-10;
/// What rounding may add to or take from a value in one round, with margin.
const ROUNDING: f64 = 4e-15;

/// Finds the values of a part: midpoints of bounds into `rows`; says how far the bounds are from
/// them. `None`, and `rows` as they were, where some choice stays in the part for ever or the
/// values are not confirmed.
pub fn solve(backup: &Backup<'_>, members: &[u32], rows: &mut [f64]) -> Option<f64> {
    let mut part = Part { backup, members, scratch: Scratch::default() };
    if !part.is_left() {
        return None;
    }
    let before = part.take(rows);
    let found = part.between(rows);
    if found.is_none() {
        part.put(&before, rows);
    }
    found
}

struct Part<'a> {
    backup: &'a Backup<'a>,
    members: &'a [u32],
    scratch: Scratch,
}

impl Part<'_> {
    /// Whether every choice has a way out of every situation: the least probability, over all
    /// choices, of coming out of the part or to where a goal is settled is above 0.
    fn is_left(&mut self) -> bool {
        let (goals, stride) = (self.backup.goals, self.backup.goals.stride());
        let aim = Aim { freedom: self.backup.aim.freedom, greatest: false };
        let least = Backup { aim, ..*self.backup };
        let mut out = vec![0.0; stride];
        let mut leaves = vec![1.0; self.backup.solver.graph.len() * stride];
        for &s in self.members {
            leaves[s as usize * stride..][..goals.lanes].fill(0.0);
        }
        loop {
            let mut grown = false;
            for &s in self.members.iter().rev() {
                let s = s as usize;
                least.value(s, &leaves, &mut self.scratch, &mut out);
                let row = &mut leaves[s * stride..][..goals.lanes];
                for (lane, (known, new)) in row.iter_mut().zip(&out).enumerate() {
                    if *known == 0.0 && (*new > 0.0 || goals.settles(s, lane)) {
                        *known = 1.0;
                        grown = true;
                    }
                }
            }
            if !grown {
                break;
            }
        }
        self.members.iter().all(|&s| !leaves[s as usize * stride..][..stride].contains(&0.0))
    }

    /// Iterates, and confirms what comes out from both sides.
    fn between(&mut self, rows: &mut [f64]) -> Option<f64> {
        let goals = self.backup.goals;
        let enough = vec![ENOUGH; goals.orbits.len()];
        let mut iteration = Iteration::new(self.backup, self.members, &goals.orbits);
        let steps = iteration.run(rows, &enough, ROUNDS);
        if steps.iter().any(|step| step.is_nan() || *step > GUESS / 100.0) {
            return None;
        }
        let values = self.take(rows);
        let high = self.confirmed(&values, GUESS, rows)?;
        let low = self.confirmed(&values, -GUESS, rows)?;
        let mut error = 0.0_f64;
        let middle: Vec<f64> = low
            .iter()
            .zip(&high)
            .map(|(low, high)| {
                error = error.max((high - low) / 2.0);
                f64::midpoint(*low, *high)
            })
            .collect();
        self.put(&middle, rows);
        Some(error)
    }

    /// A guess so far from the values, after as many rounds as show it to be a bound.
    fn confirmed(&mut self, values: &[f64], away: f64, rows: &mut [f64]) -> Option<Vec<f64>> {
        let guess: Vec<f64> = values.iter().map(|value| (value + away).clamp(0.0, 1.0)).collect();
        self.put(&guess, rows);
        for round in 1..=ROUNDS {
            self.sweep(rows);
            let now = self.take(rows);
            // What rounding may have hidden in so many rounds does not count.
            let hidden = ROUNDING * round as f64;
            let holds = now.iter().zip(&guess).all(|(now, guess)| {
                if away > 0.0 {
                    *guess >= 1.0 || now * (1.0 + hidden) <= *guess
                } else {
                    *guess <= 0.0 || now * (1.0 - hidden) >= *guess
                }
            });
            if holds {
                return Some(now);
            }
        }
        None
    }

    /// One round over the members, each value used at once.
    fn sweep(&mut self, rows: &mut [f64]) {
        let stride = self.backup.goals.stride();
        let mut out = vec![0.0; stride];
        for &s in self.members.iter().rev() {
            self.backup.value(s as usize, rows, &mut self.scratch, &mut out);
            rows[s as usize * stride..][..stride].copy_from_slice(&out);
        }
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
