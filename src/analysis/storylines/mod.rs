//! Storylines: what happens on the most probable paths, turn by turn.

pub mod likeliest_paths;

use super::answer::{Step, Storyline};
use super::names;
use crate::model::{Model, OutcomeId};
use crate::solve::solver::Solver;
use crate::solve::visits::incoming::Back;
use indexmap::IndexMap;
use indexmap::map::Entry;
use likeliest_paths::{Found, Quest, paths};

/// How many paths are looked at for each storyline that is kept: paths on which the same happens
/// (they differ in what is under way unseen) are told as one.
const PATHS: usize = 8;

/// The most probable storylines to each outcome, at most `count` each.
#[must_use]
pub fn storylines(model: &Model, solver: Solver<'_>, back: &Back, count: usize) -> Vec<Storyline> {
    let mut all = Vec::new();
    for (at, test) in solver.program.outcomes.iter().enumerate() {
        let test_holds = |test| solver.holding(test);
        let found = match test {
            Some(test) => {
                let target = test_holds(test);
                let quest = Quest { target: &target, pass: None, at_end: false, possible: false };
                paths(solver, back, quest, count * PATHS)
            }
            None => {
                let others = solver.program.outcomes.iter().flatten().map(test_holds);
                let mut target = vec![true; solver.graph.len()];
                for other in others {
                    target.iter_mut().zip(other).for_each(|(target, other)| *target &= !other);
                }
                let pass = Some(&target[..]);
                let quest = Quest { target: &target, pass, at_end: true, possible: false };
                paths(solver, back, quest, count * PATHS)
            }
        };
        let outcome = Some(OutcomeId::new(at));
        let told = found.iter().map(|path| tell(model, solver, path, outcome)).collect();
        let mut merged = merge(told);
        merged.truncate(count);
        all.extend(merged);
    }
    all
}

/// What happens on a path.
#[must_use]
pub fn tell(
    model: &Model,
    solver: Solver<'_>,
    path: &Found,
    outcome: Option<OutcomeId>,
) -> Storyline {
    let graph = solver.graph;
    let name = |&node: &u32| names::id(model, names::kind(model, solver.program, node));
    let mut steps = Vec::new();
    // Where actors have changed places on the way, everyone gets the name back that they began with.
    let mut began: Option<Vec<u32>> = None;
    let first = std::iter::once((graph.initial_label, 0));
    let kinds = path.leaves.iter().map(|&leaf| graph.kind(leaf));
    for ((label, turned), turn) in first.chain(kinds.map(|it| (it.label, it.turned))).zip(0..) {
        let told = |node: &u32| began.as_ref().map_or(*node, |began| began[*node as usize]);
        let mut nodes: Vec<String> =
            graph.happened(label).iter().map(told).map(|node| name(&node)).collect();
        nodes.sort();
        if !nodes.is_empty() {
            steps.push(Step { turn, nodes });
        }
        if let Some(frame) = solver.frames.get(turned) {
            let mut next = vec![0; frame.nodes.len()];
            for (node, &image) in frame.nodes.iter().enumerate() {
                next[image as usize] = told(&(node as u32));
            }
            began = Some(next);
        }
    }
    Storyline { outcome, probability: path.probability, steps }
}

/// Storylines in which the same happens as one, the most probable first.
fn merge(told: Vec<Storyline>) -> Vec<Storyline> {
    let mut merged: IndexMap<Vec<Step>, Storyline> = IndexMap::new();
    for line in told {
        match merged.entry(line.steps.clone()) {
            Entry::Occupied(mut other) => other.get_mut().probability += line.probability,
            Entry::Vacant(place) => _ = place.insert(line),
        }
    }
    let mut merged: Vec<Storyline> = merged.into_values().collect();
    merged.sort_by(|one, other| other.probability.total_cmp(&one.probability));
    merged
}
