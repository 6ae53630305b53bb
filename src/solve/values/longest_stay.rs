//! How long storylines stay in a part of the graph: what turns the remainder of an iteration into
//! bounds for its error.
//!
//! For a vector `w > 0` with `w(s) - sum p w(s') >= b > 0` over what stays inside, the error of `x`
//! with remainder `r = f(x) - x` is at most `w(s) max|r| / b` everywhere (the inverse of an M-matrix
//! is not negative). The expected number of turns inside is such a vector; any approximation
//! will do whose `b` was measured.

use crate::solve::goals::Goals;
use crate::solve::linear::iteration::{Iteration, Operator};
use crate::solve::linear::parts::Parts;
use crate::solve::solver::Solver;

/// Rounds that are tried.
const ROUNDS: usize = 1500;

/// Solves for the expected number of turns inside a part, one more than what follows.
struct Turns<'a> {
    solver: Solver<'a>,
    parts: &'a Parts,
    goals: Option<&'a Goals>,
}

impl Turns<'_> {
    /// Whether storylines count as having left in a situation: it settles all that is asked.
    fn left(&self, s: usize) -> bool {
        self.goals.is_some_and(|goals| (0..goals.lanes).all(|lane| goals.settles(s, lane)))
    }
}

impl Operator for Turns<'_> {
    type Scratch = ();

    fn stride(&self) -> usize {
        1
    }

    fn apply(&self, s: usize, rows: &[f64], (): &mut (), out: &mut [f64]) {
        let (graph, part) = (self.solver.graph, self.parts.part_of[s]);
        out[0] = 1.0;
        if self.left(s) {
            return;
        }
        for (target, kind) in graph.ways(graph.leaves(s)) {
            if self.parts.part_of[target as usize] == part {
                out[0] += graph.kinds[kind as usize].estimate * rows[target as usize];
            }
        }
    }
}

/// The largest number of turns by which a remainder has to be multiplied to bound the error in the
/// part; `None` where storylines stay too long to tell. `turns` is working memory, one entry a
/// situation.
#[must_use]
pub fn longest(
    solver: Solver<'_>,
    parts: &Parts,
    goals: Option<&Goals>,
    members: &[u32],
    turns: &mut [f64],
) -> Option<f64> {
    let operator = Turns { solver, parts, goals };
    members.iter().for_each(|&s| turns[s as usize] = 0.0);
    let classes = [vec![0]];
    let mut iteration = Iteration::new(&operator, members, &classes);
    iteration.run(turns, &[0.25], ROUNDS);
    // An extrapolation may overshoot: only what one more round shows counts.
    let before: Vec<f64> = members.iter().map(|&s| turns[s as usize]).collect();
    let step = iteration.round(turns)[0];
    let positive = before.iter().all(|turns| *turns > 0.0);
    let largest = before.into_iter().fold(0.0, f64::max);
    // f(w) - w <= step, and f(w) = 1 + P w: so w - P w >= 1 - step.
    (positive && step < 0.75 && largest.is_finite()).then(|| largest / (1.0 - step))
}
