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

    /// Whether nothing varies in a situation.
    #[must_use]
    pub fn is_fixed(&self, s: usize) -> bool {
        self.aim.freedom == Freedom::Estimate || self.graph.choice(s).is_none()
    }

    /// The value of a situation in which nothing varies and that may loop, for ever: what it comes
    /// to when it leaves its loop, or 0 where it never does.
    #[must_use]
    pub fn alone(&self, s: usize, values: &[Lanes]) -> Lanes {
        let (mut gain, mut leaving) = ([0.0; LANES], [0.0; LANES]);
        for leaf in self.graph.leaves(s) {
            let (target, label) = (self.graph.targets[leaf] as usize, self.graph.labels[leaf]);
            let weight = self.graph.estimates[leaf];
            let happened = self.block.happened[label as usize];
            for lane in 0..LANES {
                let reached = happened >> lane & 1 == 1;
                if reached || target != s {
                    gain[lane] += weight * if reached { 1.0 } else { values[target][lane] };
                    leaving[lane] += weight;
                }
            }
        }
        let share =
            |lane: usize| if leaving[lane] > 0.0 { gain[lane] / leaving[lane] } else { 0.0 };
        self.block.pin(s, std::array::from_fn(share))
    }
}
