//! Storylines on which assignments contradict each other, where a question goes on beside them: what
//! comes without some rule, or with another value, may say two things at once.
//!
//! Such a storyline leads nowhere: it ends there, and counts for no outcome, not even for one that is
//! reached where no other is. How many do is told beside the answer, which is between what was found
//! and that much more.

use super::failure;
use crate::model::Model;
use crate::solve::aim::Aim;
use crate::solve::goals::Goal;
use crate::solve::solver::Solver;

/// Storylines on which assignments contradict each other.
#[derive(Clone, Debug, PartialEq)]
pub struct Torn {
    /// The estimated probability that it comes to that; 0 where only other likelihoods allow it.
    pub probability: f64,
    /// What contradicts what, the first of it, in a sentence without its full stop.
    pub what: String,
}

impl Torn {
    /// Those among the storylines of a solver; `None` where there are none.
    #[must_use]
    pub fn of(model: &Model, solver: Solver<'_>) -> Option<Self> {
        let torn = torn(solver);
        let explored = solver.given.map_or(solver.graph, |given| given.before);
        let what = failure::contradiction(model, explored.conflicts.first()?);
        let found = solver.within(&[Goal::Reach(torn)], Aim::ESTIMATE, solver.horizon);
        debug_assert!(!found.is_empty(), "one goal has one answer");
        let probability = found.first().map_or(0.0, |found| found.value);
        Some(Self { probability, what })
    }

    /// Whether all storylines are such: then there is nothing to tell of any other.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.probability > 1.0 - 1e-12
    }
}

/// For each situation of a solver: whether it is torn.
#[must_use]
pub fn torn(solver: Solver<'_>) -> Vec<bool> {
    (0..solver.graph.len()).map(|s| solver.graph.is_torn(s)).collect()
}
