//! What is asked of: a program, its situations, and what has been seen of them.

use super::aim::Aim;
use super::branch_and_bound::{self, Best, NODES, Value};
use super::permutations::Frames;
use super::work::Work;
use crate::engine::choice::Choice;
use crate::engine::test::Test;
use crate::engine::{Conditioned, Freedom, Graph, Program};

/// Asks for probabilities of goals in the situations of a program.
#[derive(Clone, Copy, Debug)]
pub struct Solver<'a> {
    /// The program.
    pub program: &'a Program,
    /// Its situations.
    pub graph: &'a Graph,
    /// How actors change places in it.
    pub frames: &'a Frames,
    /// The number of the last situation of a storyline.
    pub horizon: Option<u32>,
    /// What the graph was before it was told what has been seen, if anything has been.
    pub given: Option<Given<'a>>,
    /// Where somebody watches: what it costs, and whether bounds may be wider than need be.
    pub work: Option<&'a Work>,
}

/// What has been seen, and the graph without it.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// Given what has been seen: its graph is that of the solver.
    pub seen: &'a Conditioned,
    /// All situations.
    pub before: &'a Graph,
}

impl Solver<'_> {
    /// The best value of a choice over all corners, given the values behind its leaves. It may be better
    /// than the best, and then says so.
    pub fn best<V: Value>(&self, choice: Choice<'_>, aim: Aim, leaves: &[V]) -> Best<V> {
        let nodes = self.work.map_or(NODES, Work::nodes);
        let found = branch_and_bound::best_within(self.program, choice, aim, leaves, nodes);
        if let (false, Some(work)) = (found.exact, self.work) {
            work.widen();
        }
        found
    }

    /// A round over all values of a part begins; says whether it is to go on. Where it is not, what comes
    /// out is nothing, and nobody will look at it.
    #[must_use]
    pub fn round(&self) -> bool {
        self.work.is_none_or(Work::round)
    }

    /// Whether the work is to stop.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.work.is_some_and(Work::is_stopped)
    }

    /// Whether a freedom leaves anything to vary.
    #[must_use]
    pub fn varies(&self, freedom: Freedom) -> bool {
        self.program.draws.iter().any(|draw| draw.corners(freedom).len() > 1)
    }

    /// For each situation whether one of the tests that are asked of situations holds there.
    #[must_use]
    pub fn holding(&self, test: &Test) -> Vec<bool> {
        let bit = self.program.asked.iter().position(|asked| asked == test);
        let mut values = vec![0; self.program.layout.slots()];
        let holds = |s: usize| match bit {
            // What is contradictory is nothing.
            _ if self.graph.is_torn(s) => false,
            Some(bit) if self.graph.is_folded(s) => {
                self.graph.situation(s)[bit / 64] >> (bit % 64) & 1 == 1
            }
            _ => {
                self.program.layout.unpack(self.graph.situation(s), &mut values);
                test.holds(&values)
            }
        };
        (0..self.graph.len()).map(holds).collect()
    }
}
