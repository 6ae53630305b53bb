//! Goals that are looked at side by side.

use crate::engine::Graph;
use crate::solve::goals::Goal;

/// Goals that are looked at side by side; a row has an entry for each.
#[derive(Clone, Debug)]
pub struct Block<'a> {
    goals: &'a [Goal],
}

impl<'a> Block<'a> {
    /// Of these goals: to reach a situation of a set, on the way passing only others of a second.
    #[must_use]
    pub fn new(goals: &'a [Goal]) -> Self {
        Self { goals }
    }

    /// How many there are.
    #[must_use]
    pub fn goals(&self) -> usize {
        self.goals.len()
    }

    /// Whether a situation reaches a goal.
    #[must_use]
    pub fn reaches(&self, s: usize, goal: usize) -> bool {
        match &self.goals[goal] {
            Goal::Reach(set) | Goal::Until(set, _) => set[s],
            Goal::Avoid(_) => false,
            Goal::Happen(_) | Goal::HappenAny(_) => false,
        }
    }

    /// Whether a situation settles a goal: it is reached there, or out of reach.
    #[must_use]
    pub fn settles(&self, s: usize, goal: usize) -> bool {
        match &self.goals[goal] {
            Goal::Until(set, pass) => set[s] || !pass[s],
            Goal::Avoid(set) => set[s],
            Goal::Reach(_) | Goal::Happen(_) | Goal::HappenAny(_) => self.reaches(s, goal),
        }
    }

    /// The visits of situation 0: 1 for each goal that it does not settle.
    pub fn begin(&self, visits: &mut [f64]) {
        for (goal, visits) in visits.iter_mut().enumerate() {
            *visits = f64::from(u8::from(!self.settles(0, goal)));
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
            if self.settles(s, goal) {
                *value = f64::from(u8::from(self.reaches(s, goal)));
            }
        }
    }
}
