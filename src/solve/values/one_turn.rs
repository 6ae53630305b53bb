//! The values of a situation from those of what can come next.

use crate::engine::Freedom;
use crate::solve::aim::Aim;
use crate::solve::extremes::{Extremes, LANES, Lanes};
use crate::solve::goals::Goals;
use crate::solve::linear::iteration::Operator;
use crate::solve::solver::Solver;

/// Computes rows of values for goals.
#[derive(Clone, Copy, Debug)]
pub struct Backup<'a> {
    /// The situations.
    pub solver: Solver<'a>,
    /// The goals.
    pub goals: &'a Goals,
    /// What is looked for.
    pub aim: Aim,
}

/// Working memory of a [`Backup`].
#[derive(Debug, Default)]
pub struct Scratch {
    single: Looking<1>,
    several: Looking<LANES>,
    sums: Vec<f64>,
}

/// Working memory of looking for extremes.
#[derive(Debug, Default)]
struct Looking<const N: usize> {
    extremes: Extremes<N>,
    leaves: Vec<Lanes<N>>,
}

impl Backup<'_> {
    /// Rows for all situations where nothing follows: goals reached are 1, all else 0, but for what is
    /// to be avoided.
    #[must_use]
    pub fn ends(&self) -> Vec<f64> {
        let stride = self.goals.stride();
        let mut rows = vec![0.0; self.solver.graph.len() * stride];
        for (s, row) in rows.chunks_exact_mut(stride).enumerate() {
            row[..self.goals.lanes].copy_from_slice(self.goals.at_end());
            row[self.goals.lanes] = 1.0;
            self.goals.pin(s, row, 1.0);
        }
        rows
    }

    /// The row of a situation one turn before those of `rows`.
    pub fn value(&self, s: usize, rows: &[f64], scratch: &mut Scratch, out: &mut [f64]) {
        let (graph, goals) = (self.solver.graph, self.goals);
        out.fill(0.0);
        out[goals.lanes] = 1.0;
        if graph.leaves(s).is_empty() {
            out[..goals.lanes].copy_from_slice(goals.at_end());
        } else if self.is_fixed(s) {
            goals.gather(graph, s, rows, &mut scratch.sums, &mut out[..goals.lanes]);
        } else if goals.lanes == 1 {
            self.extreme(s, rows, &mut scratch.single, &mut out[..1]);
        } else {
            self.extreme(s, rows, &mut scratch.several, &mut out[..goals.lanes]);
        }
        goals.pin(s, out, 1.0);
    }

    fn extreme<const N: usize>(
        &self,
        s: usize,
        rows: &[f64],
        looking: &mut Looking<N>,
        out: &mut [f64],
    ) {
        let (graph, stride) = (self.solver.graph, self.goals.stride());
        let Some(choice) = graph.choice(s) else { return };
        for (at, out) in out.chunks_mut(N).enumerate() {
            let lanes = at * N..at * N + out.len();
            looking.leaves.clear();
            for (target, kind) in graph.ways(graph.leaves(s)) {
                let row = &rows[target as usize * stride..][..stride];
                let mut values = [0.0; N];
                for (value, &from) in values.iter_mut().zip(&self.goals.place(kind)[lanes.clone()])
                {
                    *value = row[from as usize];
                }
                looking.leaves.push(values);
            }
            let found = looking.extremes.value(&self.solver, choice, self.aim, &looking.leaves);
            out.copy_from_slice(&found[..out.len()]);
        }
    }

    /// Whether nothing varies in a situation.
    #[must_use]
    pub fn is_fixed(&self, s: usize) -> bool {
        self.aim.freedom == Freedom::Estimate || self.solver.graph.choice(s).is_none()
    }

    /// The row of a situation in which nothing varies and that may loop, for ever: what it comes to
    /// when it leaves its loop, or 0 where it never does. No actors change places in a loop.
    pub fn alone(&self, s: usize, rows: &[f64], out: &mut [f64]) {
        let (graph, goals, stride) = (self.solver.graph, self.goals, self.goals.stride());
        for (lane, out) in out[..goals.lanes].iter_mut().enumerate() {
            let (mut gain, mut leaving, mut loops) = (0.0, 0.0, false);
            for (target, kind) in graph.ways(graph.leaves(s)) {
                let from = goals.place(kind)[lane] as usize;
                if target as usize != s || from == goals.lanes {
                    let weight = graph.kinds[kind as usize].estimate;
                    gain += weight * rows[target as usize * stride + from];
                    leaving += weight;
                } else {
                    loops = true;
                }
            }
            *out = match loops {
                true if leaving > 0.0 => gain / leaving,
                true => 0.0,
                false => gain,
            };
        }
        out[goals.lanes] = 1.0;
        goals.pin(s, out, 1.0);
    }
}

impl Operator for Backup<'_> {
    type Scratch = Scratch;

    fn stride(&self) -> usize {
        self.goals.stride()
    }

    fn apply(&self, s: usize, rows: &[f64], scratch: &mut Scratch, out: &mut [f64]) {
        self.value(s, rows, scratch, out);
    }

    fn round(&self) -> bool {
        self.solver.round()
    }
}
