//! Goals that are looked at side by side.

use crate::analysis::goal::Goal;
use crate::engine::Graph;

/// Goals that are looked at side by side; a row has an entry for each.
#[derive(Clone, Debug)]
pub struct Block<'a> {
    sets: Vec<&'a [bool]>,
}

impl<'a> Block<'a> {
    /// Of these goals: those of outcomes are to reach a situation of a set.
    #[must_use]
    pub fn new(goals: &'a [Goal]) -> Self {
        let set = |goal: &'a Goal| match goal {
            Goal::Reach(set) | Goal::Until(set, _) => &set[..],
            Goal::Happen(_) | Goal::HappenAny(_) => &[],
        };
        Self { sets: goals.iter().map(set).collect() }
    }

    /// How many there are.
    #[must_use]
    pub fn goals(&self) -> usize {
        self.sets.len()
    }

    /// Whether a situation reaches a goal.
    #[must_use]
    pub fn reaches(&self, s: usize, goal: usize) -> bool {
        self.sets[goal].get(s).copied().unwrap_or(false)
    }

    /// The visits of situation 0: 1 for each goal that it does not reach.
    pub fn begin(&self, visits: &mut [f64]) {
        for (goal, visits) in visits.iter_mut().enumerate() {
            *visits = f64::from(u8::from(!self.reaches(0, goal)));
        }
    }

    /// Rows for all situations where nothing follows.
    #[must_use]
    pub fn ends(&self, graph: &Graph) -> Vec<f64> {
        let reached = |s: usize| {
            (0..self.goals()).map(move |goal| f64::from(u8::from(self.reaches(s, goal))))
        };
        (0..graph.len()).flat_map(reached).collect()
    }

    /// The row of a situation one turn before those of `rows`; `row` holds 0 on entry.
    pub fn value(&self, graph: &Graph, s: usize, rows: &[f64], row: &mut [f64]) {
        let goals = self.goals();
        for (target, kind) in graph.ways(graph.leaves(s)) {
            let weight = graph.kinds[kind as usize].estimate;
            let behind = &rows[target as usize * goals..][..goals];
            row.iter_mut().zip(behind).for_each(|(sum, value)| *sum += weight * value);
        }
        for (goal, value) in row.iter_mut().enumerate() {
            if self.reaches(s, goal) {
                *value = 1.0;
            }
        }
    }
}
