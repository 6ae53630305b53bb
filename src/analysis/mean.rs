//! The mean turn of the first time, given that there is one.

use super::component::{Edges, components, cycles};
use super::goal::{Block, Goal, LANES, Lanes};
use super::solver::{Found, Solver};

/// Rounds of iteration on a part of the graph at most.
const ROUNDS: usize = 100_000;

/// For each goal, whose estimates are known: the mean turn in which it is first reached, given
/// that it is; `None` where its estimate is 0.
#[must_use]
pub fn mean_turns(solver: Solver<'_>, goals: &[Goal], estimates: &[Found]) -> Vec<Option<f64>> {
    if solver.horizon.is_some() {
        return estimates.iter().map(from_turns).collect();
    }
    let blocks = goals.chunks(LANES).zip(estimates.chunks(LANES));
    blocks.flat_map(|(goals, estimates)| unbounded(solver, goals, estimates)).collect()
}

/// From the probabilities of having been reached by each turn.
fn from_turns(found: &Found) -> Option<f64> {
    let steps = found.by_turn.windows(2).zip(1_u32..);
    let sum: f64 = steps.map(|(pair, turn)| f64::from(turn) * (pair[1] - pair[0])).sum();
    (found.value > 0.0).then(|| sum / found.value)
}

/// Without a limit: `m = sum p (m' + q')` with `q` the probability, solved part by part.
fn unbounded(solver: Solver<'_>, goals: &[Goal], estimates: &[Found]) -> Vec<Option<f64>> {
    let graph = solver.graph;
    let block = Block::new(graph, goals);
    let mut values: Vec<(Lanes, Lanes)> = vec![([0.0; LANES], [0.0; LANES]); graph.len()];
    let step = |s: usize, values: &[(Lanes, Lanes)]| {
        let mut chance = [0.0; LANES];
        let mut time = [0.0; LANES];
        for leaf in graph.leaves(s) {
            let weight = graph.estimates[leaf];
            let (next, later) = &values[graph.targets[leaf] as usize];
            let next = block.behind(graph.labels[leaf], next);
            let happened = block.happened[graph.labels[leaf] as usize];
            for lane in 0..LANES {
                let later = if happened >> lane & 1 == 1 { 0.0 } else { later[lane] };
                chance[lane] += weight * next[lane];
                time[lane] += weight * (later + next[lane]);
            }
        }
        for (lane, time) in time.iter_mut().enumerate() {
            if (block.reached[s] | block.missed[s]) >> lane & 1 == 1 {
                *time = 0.0;
            }
        }
        (block.pin(s, chance), time)
    };
    for members in components(graph, Edges::Estimated) {
        let rounds = if cycles(graph, &members, Edges::Estimated) { ROUNDS } else { 1 };
        for _ in 0..rounds {
            let mut largest = 0.0_f64;
            for &s in &members {
                let new = step(s as usize, &values);
                let old = &mut values[s as usize];
                for lane in 0..LANES {
                    let change = (new.1[lane] - old.1[lane]).abs() / new.1[lane].max(1e-300);
                    largest = largest.max(change).max((new.0[lane] - old.0[lane]).abs());
                }
                *old = new;
            }
            if largest < 1e-14 {
                break;
            }
        }
    }
    let started = block.happened[graph.initial_label as usize];
    let mean = |(lane, found): (usize, &Found)| {
        let at_once = started >> lane & 1 == 1;
        let time = if at_once { 0.0 } else { values[0].1[lane] };
        (found.value > 0.0).then(|| time / found.value)
    };
    estimates.iter().enumerate().map(mean).collect()
}
