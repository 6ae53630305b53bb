//! With a last turn: visits carried forward turn by turn, beside what lies behind at that moment.
//!
//! Values change from turn to turn, and the visits need them in the opposite order to that in which
//! they are found. Of so many turns only about the square root is kept; the others are found again,
//! stretch by stretch (Griewank 1992).

use super::block::Block;
use crate::engine::Graph;
use crate::solve::visits::steady::Steady;
use rayon::prelude::*;

/// Changes by a smaller share than this are left out.
const STILL: f64 = 1e-15;
/// How many situations one thread takes at a time.
const CHUNK: usize = 256;

/// For each leaf and goal: the sum over the turns of how likely a storyline is to be where the leaf
/// begins, without having come to the goal, times the probability of the goal behind the leaf.
#[must_use]
pub fn flows(graph: &Graph, block: &Block<'_>, turns: u32) -> Vec<f64> {
    let goals = block.goals();
    let mut history = History::new(graph, block, turns);
    let mut flows = vec![0.0; graph.targets.len() * goals];
    let mut now = vec![0.0; graph.len() * goals];
    let mut next = now.clone();
    let mut total = now.clone();
    let (mut active, mut coming) = (vec![0_u32], Vec::new());
    let mut seen = vec![false; graph.len()];
    block.begin(&mut now[..goals]);
    let (mut turn, mut steady) = (0, false);
    while turn < turns {
        let left = turns - 1 - turn;
        // Of turns with the same visits and the same behind them one is looked at for all.
        let alike = if steady { left.saturating_sub(history.still) + 1 } else { 1 };
        let values = history.rows(left);
        for &s in &active {
            let s = s as usize;
            let visits = &now[s * goals..][..goals];
            total[s * goals..].iter_mut().zip(visits).for_each(|(sum, visits)| *sum += visits);
            for leaf in graph.leaves(s) {
                let (target, estimate) = (graph.targets[leaf] as usize, graph.estimate(leaf));
                let behind = &values[target * goals..][..goals];
                for goal in 0..goals {
                    flows[leaf * goals + goal] += visits[goal] * behind[goal] * f64::from(alike);
                }
                if estimate > 0.0 {
                    for goal in 0..goals {
                        if !block.settles(target, goal) {
                            next[target * goals + goal] += visits[goal] * estimate;
                        }
                    }
                    if !std::mem::replace(&mut seen[target], true) {
                        coming.push(target as u32);
                    }
                }
            }
        }
        coming.sort_unstable();
        if !steady {
            let still = Steady::new(left);
            let row = |s: &u32| *s as usize * goals..(*s as usize + 1) * goals;
            let stays = |s: &u32| still.all(&now[row(s)], &next[row(s)], &total[row(s)]);
            steady = active == coming && active.iter().all(stays);
        }
        for &s in &active {
            now[s as usize * goals..][..goals].fill(0.0);
        }
        std::mem::swap(&mut now, &mut next);
        std::mem::swap(&mut active, &mut coming);
        coming.clear();
        active.iter().for_each(|&s| seen[s as usize] = false);
        if active.is_empty() {
            break;
        }
        turn += alike;
    }
    flows
}

/// The probabilities of the goals from all situations, for any number of turns that are left.
struct History<'a> {
    graph: &'a Graph,
    block: &'a Block<'a>,
    /// Every how many turns rows are kept.
    every: usize,
    /// The rows that are kept, from none left on.
    kept: Vec<Vec<f64>>,
    /// From so many turns left on, nothing changes any more.
    still: u32,
    /// The rows of the stretch looked at last, and its number.
    stretch: (usize, Vec<Vec<f64>>),
}

impl<'a> History<'a> {
    fn new(graph: &'a Graph, block: &'a Block<'a>, turns: u32) -> Self {
        let last = turns.saturating_sub(1);
        let every = (f64::from(last).sqrt().ceil() as usize).max(1);
        let mut rows = block.ends(graph);
        let mut history = Self {
            graph,
            block,
            every,
            kept: Vec::new(),
            still: last,
            stretch: (usize::MAX, Vec::new()),
        };
        for left in 0..=last {
            if (left as usize).is_multiple_of(every) {
                history.kept.push(rows.clone());
            }
            let next = history.step(&rows);
            let still = |(new, old): (&f64, &f64)| (new - old).abs() <= STILL * new.max(*old);
            if next.iter().zip(&rows).all(still) {
                history.still = left;
                break;
            }
            rows = next;
        }
        history
    }

    /// One turn more that is left.
    fn step(&self, rows: &[f64]) -> Vec<f64> {
        let Self { graph, block, .. } = self;
        let goals = block.goals();
        let mut next = vec![0.0; rows.len()];
        next.par_chunks_mut(CHUNK * goals).enumerate().for_each(|(chunk, next)| {
            for (place, row) in next.chunks_exact_mut(goals).enumerate() {
                block.value(graph, chunk * CHUNK + place, rows, row);
            }
        });
        next
    }

    fn rows(&mut self, left: u32) -> &[f64] {
        let still = self.still as usize;
        let left = (left as usize).min(still);
        let number = left / self.every;
        if self.stretch.0 != number {
            let mut rows = vec![self.kept[number].clone()];
            let most = (still - number * self.every).min(self.every - 1);
            for at in 0..most {
                let next = self.step(&rows[at]);
                rows.push(next);
            }
            self.stretch = (number, rows);
        }
        &self.stretch.1[left - number * self.every]
    }
}
