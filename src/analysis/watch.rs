//! What last wrote something: the causes of rules with `when` and `while`, and of outcomes.

use super::flow::Carry;
use super::ledger::START;
use crate::engine::{Graph, Program};
use crate::model::{Cond, Expr, Model};
use rustc_hash::FxHashMap;

/// The nodes that write what a condition reads, and which of them each label holds.
#[derive(Clone, Debug)]
pub struct Watch {
    /// The nodes, sorted; those that ever happen.
    pub writers: Vec<u32>,
    /// For each label: the indices of its writers.
    pub of_label: Vec<Vec<u32>>,
    initial_label: u32,
    labels: Vec<u32>,
}

impl Watch {
    /// Of these writers, sorted.
    #[must_use]
    pub fn new(graph: &Graph, writers: &[u32]) -> Self {
        let count = graph.label_count() as u32;
        let holds = |label: u32| graph.happened(label).iter().copied();
        let mut seen: Vec<u32> =
            (0..count).flat_map(holds).filter(|node| writers.binary_search(node).is_ok()).collect();
        seen.sort_unstable();
        seen.dedup();
        let index: FxHashMap<u32, u32> =
            seen.iter().zip(0..).map(|(&node, at)| (node, at)).collect();
        let of_label =
            (0..count).map(|label| holds(label).filter_map(|n| index.get(&n).copied()).collect());
        Self {
            of_label: of_label.collect(),
            writers: seen,
            initial_label: graph.initial_label,
            labels: graph.labels.clone(),
        }
    }

    /// The lanes in situation 0.
    #[must_use]
    pub fn at_start(&self) -> Vec<f64> {
        let mut lanes = vec![0.0; self.lanes()];
        self.begin(&mut lanes);
        lanes
    }

    /// The causes with their lanes: the start, then the writers.
    pub fn flows<'b>(&'b self, lanes: &'b [f64]) -> impl Iterator<Item = (u32, f64)> + 'b {
        let causes = std::iter::once(START).chain(self.writers.iter().copied());
        causes.zip(lanes[1..].iter().copied())
    }
}

/// Lane 0 is the visits, lane 1 says that nothing has been written yet, the others that their
/// writer was among those of the last turn that wrote anything.
impl Carry for Watch {
    fn lanes(&self) -> usize {
        2 + self.writers.len()
    }

    fn begin(&self, lanes: &mut [f64]) {
        lanes[0] = 1.0;
        let written = &self.of_label[self.initial_label as usize];
        if written.is_empty() {
            lanes[1] = 1.0;
        }
        written.iter().for_each(|&at| lanes[2 + at as usize] = 1.0);
    }

    fn carry(&self, _: usize, leaf: usize, from: &[f64], weight: f64, to: &mut [f64]) {
        let written = &self.of_label[self.labels[leaf] as usize];
        to[0] += weight * from[0];
        if written.is_empty() {
            for (to, from) in to[1..].iter_mut().zip(&from[1..self.lanes()]) {
                *to += weight * from;
            }
        }
        written.iter().for_each(|&at| to[2 + at as usize] += weight * from[0]);
    }
}

/// The nodes that write what a condition reads, sorted.
#[must_use]
pub fn writers(model: &Model, program: &Program, cond: &Cond) -> Vec<u32> {
    let mut nodes = Vec::new();
    cond.patterns(&mut |pattern, _| nodes.extend(program.places.matching(pattern)));
    cond.leaves(&mut |leaf| match leaf {
        Expr::Var(id) => {
            let written = program.variables.iter().find(|v| v.variable == id.index());
            nodes.extend(written.into_iter().flat_map(|variable| variable.nodes()));
        }
        Expr::Level | Expr::Peak => {
            let moves = |at: &usize| program.events[*at].rung.is_some();
            nodes.extend((0..model.events.len()).filter(moves).map(|at| at as u32));
        }
        Expr::Const(_) | Expr::Turn | Expr::Binary(..) => {}
    });
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}
