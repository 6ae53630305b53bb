//! Parts in which likelihoods or decisions vary, bounded from both sides.
//!
//! A part is iterated upon from below; its values are accepted when a slightly higher guess is seen
//! to be too high: if some rounds of the (monotone) operator lower the guess everywhere, its least
//! fixed point, which is the value, lies below it (optimistic value iteration, Hartmanns and
//! Kaminski 2020). Small parts, and those where that takes too long, are solved directly.

use super::backup::{Backup, Scratch};
use super::policy;
use super::unbounded::SMALL;

/// Parts up to this size are solved directly where iteration crawls.
const MIDDLING: usize = 1000;
/// Rounds of iteration after which a part crawls.
const PATIENCE: usize = 4000;
/// Rounds of iteration after which a large part is given up: its upper bounds then stay at 1.
const ENDURANCE: usize = 50_000;
/// How far above the lower values the guess lies.
const GUESS: f64 = 1e-10;

/// Finds the values of a part: midpoints of bounds into `rows`; says how far the bounds are from them.
pub fn solve(backup: &Backup<'_>, members: &[u32], rows: &mut [f64]) -> f64 {
    Part { backup, members, scratch: Scratch::default() }.solve(rows)
}

struct Part<'a> {
    backup: &'a Backup<'a>,
    members: &'a [u32],
    scratch: Scratch,
}

impl Part<'_> {
    fn solve(&mut self, rows: &mut [f64]) -> f64 {
        let lanes = self.backup.goals.lanes;
        let mut open: Vec<bool> = vec![true; lanes];
        let mut error = 0.0;
        if self.members.len() > SMALL {
            error = self.rise(rows, &mut open);
        }
        if !open.contains(&true) {
            return error;
        }
        for _ in 0..=self.members.len() {
            self.sweep(rows);
        }
        for orbit in &self.backup.goals.orbits {
            if orbit.iter().any(|&lane| open[lane]) {
                policy::solve(self.backup, self.members, orbit, rows);
            }
        }
        error
    }

    /// Iterates from below until a guess above is confirmed; leaves open the lanes that are to be
    /// solved directly. Says how wrong the others may be.
    fn rise(&mut self, rows: &mut [f64], open: &mut [bool]) -> f64 {
        let mut next_guess = 16;
        let mut guess = Vec::new();
        for round in 1..=ENDURANCE {
            let step = self.sweep(rows);
            let crawls = round >= PATIENCE && self.members.len() <= MIDDLING;
            if step < GUESS / 8.0 && round >= next_guess || crawls {
                guess = self.guess(rows, open, round.min(PATIENCE));
                next_guess = round * 2;
            }
            if !open.contains(&true) || crawls {
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
        for (at, &s) in self.members.iter().enumerate() {
            for lane in 0..lanes {
                let low = &mut rows[s as usize * stride + lane];
                let high = match guess.get(at * stride + lane) {
                    Some(high) if !open[lane] => *high,
                    _ if *low > 0.0 => 1.0,
                    _ => 0.0,
                };
                error = error.max((high - *low) / 2.0);
                *low = f64::midpoint(*low, high);
            }
        }
        open.fill(false);
        error
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
        let above = |value: f64| if value > 0.0 { (value + GUESS).min(1.0) } else { 0.0 };
        for (&s, low) in self.members.iter().zip(low.chunks_exact(stride)) {
            let row = &mut rows[s as usize * stride..][..lanes];
            row.iter_mut().zip(low).for_each(|(guess, low)| *guess = above(*low));
        }
        for _ in 0..rounds {
            self.sweep(rows);
            open.fill(false);
            for (&s, low) in self.members.iter().zip(low.chunks_exact(stride)) {
                let row = &rows[s as usize * stride..][..lanes];
                for ((open, guess), low) in open.iter_mut().zip(row).zip(low) {
                    *open |= *guess > above(*low) + 1e-15;
                }
            }
            if !open.contains(&true) {
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
}
