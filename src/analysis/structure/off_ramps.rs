//! Off-ramps: reactions that lower the level, or bring a variable back towards where it began.

use super::answer::{Down, OffRamp};
use super::spirals::reaction;
use crate::analysis::answer::{By, NodeKind, ReactionGraph, VariableChange};
use crate::analysis::names;
use crate::analysis::unfolded::Ground;
use crate::model::{Domain, Model, RungEffect, VarId};
use crate::solve::visits::carry::{Visits, totals};
use crate::solve::visits::incoming::Back;
use crate::solve::visits::steady::Steady;
use std::collections::BTreeMap;

/// The off-ramps of a scenario: those that lower the level first, then those taken most often.
#[must_use]
pub fn off_ramps(model: &Model, ground: &Ground, reactions: &ReactionGraph) -> Vec<OffRamp> {
    let mut expected: BTreeMap<(Down, u32), f64> = BTreeMap::new();
    let mut turns: BTreeMap<(Down, u32), f64> = BTreeMap::new();
    let solver = ground.solver();
    let back = Back::new(ground.graph());
    let visits = totals(solver, &back, &Visits, solver.horizon);
    let later = solver.horizon.map(|_| summed_turns(ground));
    for (s, &visits) in visits.iter().enumerate().filter(|(_, visits)| **visits > 0.0) {
        for leaf in ground.graph().leaves(s) {
            let weight = ground.graph().estimate(leaf);
            if weight <= 0.0 {
                continue;
            }
            for (key, leads_down) in down(model, ground, s, leaf) {
                let share = if leads_down { weight } else { 0.0 };
                if share > 0.0 {
                    *expected.entry(key).or_default() += visits * share;
                } else {
                    expected.entry(key).or_default();
                }
                if let Some(later) = &later {
                    *turns.entry(key).or_default() += later[s] * share;
                }
            }
        }
    }
    let mut found: Vec<OffRamp> = expected
        .into_iter()
        .filter_map(|((down, node), expected)| {
            let kind = names::kind(model, &ground.program, node);
            let index = reactions.find(&names::id(model, kind))?;
            let mut by: Vec<(By, Option<String>)> = reactions
                .graph
                .edges_directed(index, petgraph::Direction::Incoming)
                .map(|edge| (edge.weight().by.clone(), edge.weight().alternative.clone()))
                .collect();
            by.sort();
            by.dedup();
            let turns = turns.get(&(down, node));
            let mean_turn = turns.filter(|_| expected > 0.0).map(|turns| turns / expected);
            Some(OffRamp { reaction: reaction(reactions, index), down, expected, mean_turn, by })
        })
        .collect();
    found.sort_by(|one, other| {
        let level = |ramp: &OffRamp| ramp.down != Down::Level;
        let by_level = level(one).cmp(&level(other));
        by_level
            .then(other.expected.total_cmp(&one.expected))
            .then(one.reaction.id.cmp(&other.reaction.id))
    });
    found
}

/// For each situation: the sum over all turns of the probability that a storyline is there when a
/// turn begins, times the number of the turn that comes.
fn summed_turns(ground: &Ground) -> Vec<f64> {
    let graph = ground.graph();
    let mut sums = vec![0.0; graph.len()];
    let mut total = sums.clone();
    let mut now = vec![0.0; graph.len()];
    now[0] = 1.0;
    let horizon = ground.solver().horizon.unwrap_or(0);
    for turn in 1..=horizon {
        let mut next = vec![0.0; graph.len()];
        for s in (0..graph.len()).filter(|&s| now[s] > 0.0) {
            total[s] += now[s];
            sums[s] += now[s] * f64::from(turn);
            for leaf in graph.leaves(s) {
                next[graph.targets[leaf] as usize] += now[s] * graph.estimate(leaf);
            }
        }
        if Steady::new(horizon - turn).all(&now, &next, &total) {
            let later =
                f64::from(horizon - turn) * (f64::from(turn + 1) + f64::from(horizon)) / 2.0;
            sums.iter_mut().zip(&next).for_each(|(sum, visits)| *sum += visits * later);
            break;
        }
        now = next;
    }
    sums
}

/// What of a transition leads back down, or is meant to (an action with `to`), the node that does it,
/// and whether it does.
fn down(model: &Model, ground: &Ground, s: usize, leaf: usize) -> Vec<((Down, u32), bool)> {
    let (program, graph) = (&ground.program, ground.graph());
    let (before, after) = (graph.situation(s), graph.situation(graph.targets[leaf] as usize));
    let value = |words: &[u64], slot: u32| program.layout.get(words, slot);
    let mut found = Vec::new();
    for &node in graph.happened(graph.label(leaf)) {
        if let Some(event) = program.events.get(node as usize) {
            let lowers = program.level.is_some_and(|slot| value(after, slot) < value(before, slot));
            if matches!(event.rung, Some(RungEffect::To(_))) {
                found.push(((Down::Level, node), lowers));
            }
            continue;
        }
        let NodeKind::Change(variable, change) = names::kind(model, program, node) else {
            continue;
        };
        let written = program.variables.iter().find(|one| one.variable == variable.index());
        let Some(written) = written else { continue };
        let ends = (value(before, written.slot), value(after, written.slot));
        if nearer(model, variable, change, ends) {
            found.push(((Down::Variable(variable), node), true));
        }
    }
    found
}

/// Whether a change brings a variable nearer to its initial value; where values have no order, back
/// to it.
fn nearer(model: &Model, id: VarId, change: VariableChange, (before, after): (i32, i32)) -> bool {
    let variable = &model.variables[id.index()];
    let initial = variable.initial;
    let ordered = match variable.domain {
        Domain::State { ordered, .. } => ordered,
        Domain::Flag | Domain::Meter { .. } | Domain::Position(_) => true,
    };
    // Of two changes in one turn only the one that goes the way of the whole counts.
    let goes_along = match change {
        VariableChange::Becomes(_) => true,
        VariableChange::Raised => after > before,
        VariableChange::Lowered => after < before,
    };
    goes_along
        && if ordered {
            after.abs_diff(initial) < before.abs_diff(initial)
        } else {
            after == initial && before != initial
        }
}
