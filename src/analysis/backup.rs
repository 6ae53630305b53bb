//! The value of a situation from the values of what can come next.

use super::extreme::{Aim, Extremes, add};
use super::goal::{Block, LANES, Lanes};
use crate::engine::{Freedom, Graph, Program};

/// Computes values of situations for one block of goals; keeps its working memory.
pub struct Backup<'a> {
    /// The program.
    pub program: &'a Program,
    /// Its situations.
    pub graph: &'a Graph,
    /// The goals.
    pub block: &'a Block,
    /// What is looked for.
    pub aim: Aim,
    extremes: Extremes,
    leaves: Vec<Lanes>,
}

impl<'a> Backup<'a> {
    /// For these goals.
    #[must_use]
    pub fn new(program: &'a Program, graph: &'a Graph, block: &'a Block, aim: Aim) -> Self {
        let extremes = Extremes::default();
        Self { program, graph, block, aim, extremes, leaves: Vec::new() }
    }

    /// The value where a storyline ends, at the horizon or in an ending: goals reached are 1.
    #[must_use]
    pub fn at_end(&self, s: usize) -> Lanes {
        self.block.pin(s, [0.0; LANES])
    }

    /// The value of a situation one turn before those of `values`.
    pub fn value(&mut self, s: usize, values: &[Lanes]) -> Lanes {
        let range = self.graph.leaves(s);
        if range.is_empty() {
            return self.at_end(s);
        }
        let (targets, labels) =
            (&self.graph.targets[range.clone()], &self.graph.labels[range.clone()]);
        let behind = targets
            .iter()
            .zip(labels)
            .map(|(&target, &label)| self.block.behind(label, &values[target as usize]));
        let choice = match self.aim.freedom {
            Freedom::Estimate => None,
            Freedom::Likelihoods | Freedom::Decisions | Freedom::Both => self.graph.choice(s),
        };
        let value = if let Some(choice) = choice {
            self.leaves.clear();
            self.leaves.extend(behind);
            self.extremes.value(self.program, choice, self.aim, &self.leaves)
        } else {
            let mut sum = [0.0; LANES];
            for (value, &weight) in behind.zip(&self.graph.estimates[range]) {
                add(&mut sum, weight, &value);
            }
            sum
        };
        self.block.pin(s, value)
    }
}
