//! The visits of every single turn, from the last to the first.

use super::carry::{Visits, totals};
use super::incoming::Back;
use super::steady::Steady;
use crate::solve::solver::Solver;
use rayon::prelude::*;

/// How many situations one thread takes at a time.
const CHUNK: usize = 256;
/// How many visits are kept, at most, if it can be helped.
const VALUES: usize = 1 << 24;

/// For each situation: how often a storyline is expected to go on from there, within so many turns or
/// for ever; then perhaps infinite.
#[must_use]
pub fn visits(solver: Solver<'_>, back: &Back, turns: Option<u32>) -> Vec<f64> {
    let Some(turns) = turns else { return totals(solver, back, &Visits, None) };
    let mut total = vec![0.0; solver.graph.len()];
    let walk = Turns::new(solver, back, turns);
    let mut now = vec![1.0];
    for turn in 0..turns {
        total.iter_mut().zip(&now).for_each(|(total, visits)| *total += visits);
        let next = walk.next(turn, &now);
        let left = turns - turn - 1;
        if Steady::new(left).all(&now, &next, &total) {
            let all = total.iter_mut().zip(&next);
            all.for_each(|(total, visits)| *total += visits * f64::from(left));
            break;
        }
        now = next;
    }
    total
}

/// Gives the visits of each turn, the last turn first. Only every so many turns are kept; those
/// between are found again.
pub struct Turns<'a> {
    solver: Solver<'a>,
    back: &'a Back,
    turns: u32,
}

impl<'a> Turns<'a> {
    /// Of so many turns from the start.
    #[must_use]
    pub fn new(solver: Solver<'a>, back: &'a Back, turns: u32) -> Self {
        Self { solver, back, turns }
    }

    /// Calls `look` for each turn from the last one that is followed by another to turn 0, with the
    /// expected visits of the situations that can occur in it, and 1. Once `look` says that turns need
    /// not be told apart any more, those that are alike come as one, with how many they are.
    pub fn backwards(&self, mut look: impl FnMut(u32, &[f64], u32) -> bool) {
        let whole = self.turns as usize * self.solver.graph.len() <= VALUES;
        let span = if whole { self.turns } else { self.turns.isqrt() }.max(1);
        let mut starts: Vec<Vec<f64>> = Vec::new();
        let mut total = vec![0.0; self.solver.graph.len()];
        let (mut now, mut steady) = (vec![1.0], self.turns);
        for turn in 0..self.turns {
            total.iter_mut().zip(&now).for_each(|(total, visits)| *total += visits);
            let next = self.next(turn, &now);
            let still = Steady::new(self.turns - turn - 1).all(&now, &next, &total);
            if turn.is_multiple_of(span) {
                starts.push(now);
            }
            now = next;
            if still || self.solver.is_stopped() {
                steady = turn + 1;
                break;
            }
        }
        if self.solver.is_stopped() {
            return;
        }
        let (mut apart, mut turn) = (true, self.turns);
        while turn > steady {
            let first = if apart { turn - 1 } else { steady };
            apart = look(first, &now, turn - first);
            turn = first;
        }
        for first in (0..steady).step_by(span as usize).rev() {
            let last = steady.min(first + span);
            let Some(mut now) = starts.pop().filter(|_| self.solver.round()) else { return };
            let mut all = Vec::new();
            for turn in first..last {
                let next = if turn + 1 < last { self.next(turn, &now) } else { Vec::new() };
                all.push(now);
                now = next;
            }
            (first..last).zip(all).rev().for_each(|(turn, visits)| {
                look(turn, &visits, 1);
            });
        }
    }

    /// The visits of the turn after `turn`.
    fn next(&self, turn: u32, now: &[f64]) -> Vec<f64> {
        let graph = self.solver.graph;
        let count = graph.depths.get(turn as usize + 2);
        let mut next = vec![0.0; count.map_or(graph.len(), |&count| count as usize)];
        let come = |(from, kind): &(u32, u32)| {
            let visits = now.get(*from as usize).copied().unwrap_or_default();
            visits * graph.kinds[*kind as usize].estimate
        };
        next.par_chunks_mut(CHUNK).enumerate().for_each(|(at, next)| {
            for (s, next) in (at * CHUNK..).zip(next) {
                *next = self.back.to(s as u32).iter().map(come).sum();
            }
        });
        next
    }
}
