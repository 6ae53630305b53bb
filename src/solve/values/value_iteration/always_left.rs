//! Parts that are left in the end whatever likelihoods and decisions are, bounded from both sides.
//!
//! Where no choice stays for ever, the values are the only solution of their equations. They are
//! then found from anywhere, with extrapolation and on all cores, and confirmed afterwards: some
//! rounds of the monotone operator lower a slightly higher guess everywhere and raise a slightly
//! lower one, so the values lie between them (as in optimistic value iteration, Hartmanns and
//! Kaminski 2020, but from both sides).

use super::{GUESS, Part, ROUNDING};
use crate::solve::aim::Aim;
use crate::solve::linear::iteration::Iteration;
use crate::solve::values::one_turn::Backup;

/// The last step of the iteration.
const ENOUGH: f64 = 1e-14;
/// Rounds of iteration, and of confirming, at most.
const ROUNDS: usize = 2_000;

impl Part<'_> {
    /// Finds the values: midpoints of bounds into `rows`; says how far the bounds are from them.
    /// `None`, and `rows` as they were, where some choice stays in the part for ever or the values
    /// are not confirmed.
    pub(super) fn leave(&mut self, rows: &mut [f64]) -> Option<f64> {
        if !self.is_left() {
            return None;
        }
        let before = self.take(rows);
        let found = self.between(rows);
        if found.is_none() {
            self.put(&before, rows);
        }
        found
    }

    /// Whether every choice has a way out of every situation: the least probability, over all
    /// choices, of coming out of the part or to where a goal is settled is above 0.
    fn is_left(&mut self) -> bool {
        let (lanes, stride) = (self.backup.goals.lanes, self.backup.goals.stride());
        let aim = Aim { freedom: self.backup.aim.freedom, greatest: false };
        let least = Backup { aim, ..*self.backup };
        let out = std::mem::take(&mut self.ones);
        for &s in self.members {
            let settled = (0..lanes)
                .map(|lane| f64::from(u8::from(self.backup.goals.settles(s as usize, lane))));
            out[s as usize * stride..][..lanes]
                .iter_mut()
                .zip(settled)
                .for_each(|(out, settled)| *out = settled);
        }
        self.spread(&least, out);
        let mut left = true;
        for &s in self.members {
            let own = &mut out[s as usize * stride..][..lanes];
            left &= !own.contains(&0.0);
            own.fill(1.0);
        }
        self.ones = out;
        left
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
        let possible = self.possible(rows);
        let high = self.confirmed(&values, &possible, GUESS, rows)?;
        let low = self.confirmed(&values, &possible, -GUESS, rows)?;
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

    /// A guess so far from the values, or 0 where nothing else is possible, after as many rounds as
    /// show it to be a bound.
    fn confirmed(
        &mut self,
        values: &[f64],
        possible: &[bool],
        away: f64,
        rows: &mut [f64],
    ) -> Option<Vec<f64>> {
        let guess = |(value, possible): (&f64, &bool)| {
            if *possible { (value + away).clamp(0.0, 1.0) } else { 0.0 }
        };
        let guess: Vec<f64> = values.iter().zip(possible).map(guess).collect();
        self.put(&guess, rows);
        for round in 1..=ROUNDS {
            if !self.backup.solver.round() {
                break;
            }
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
}
