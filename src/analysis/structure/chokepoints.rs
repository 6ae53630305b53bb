//! Chokepoints: reactions that every storyline to an outcome passes.
//!
//! In the reaction graph alone these would be the dominators of the outcome (Lengauer and Tarjan
//! 1979), but a condition may need several things at once, which that graph does not show. So they
//! are found in the situations: without the transitions on which a reaction happens, can the outcome
//! still be reached?

use super::answer::{Chokepoint, Chokepoints};
use super::spirals::reaction;
use crate::analysis::answer::{NodeKind, ReactionGraph};
use crate::analysis::names;
use crate::analysis::unfolded::Ground;
use crate::model::{Model, OutcomeId};
use rayon::prelude::*;

/// The chokepoints of each of these outcomes, with their probabilities.
#[must_use]
pub fn chokepoints(
    model: &Model,
    ground: &Ground,
    reactions: &ReactionGraph,
    outcomes: &[(OutcomeId, f64)],
) -> Vec<Chokepoints> {
    let solver = ground.solver();
    let targets: Vec<Vec<bool>> = outcomes
        .iter()
        .map(|(id, _)| {
            let test = ground.program.outcomes[id.index()].as_ref();
            test.map(|test| solver.holding(test)).unwrap_or_default()
        })
        .collect();
    // For each node of the engine: which outcomes are reached without it.
    let without: Vec<Vec<bool>> = (0..ground.program.nodes)
        .into_par_iter()
        .map(|node| reached(ground, node, &targets))
        .collect();
    let one = |(at, &(outcome, probability)): (usize, &(OutcomeId, f64))| {
        let mut found: Vec<Chokepoint> = Vec::new();
        let mut certain = 0;
        let needed = (0..without.len()).filter(|&node| !without[node][at]);
        for node in needed {
            let kind = names::kind(model, &ground.program, node as u32);
            let Some(index) = reactions.find(&names::id(model, kind)) else { continue };
            if matches!(kind, NodeKind::Start | NodeKind::Outcome(_)) {
                continue;
            }
            if reactions.graph[index].probability >= 1.0 {
                certain += 1;
                continue;
            }
            let reaction = reaction(reactions, index);
            let then = if reaction.probability > 0.0 {
                (probability / reaction.probability).min(1.0)
            } else {
                0.0
            };
            found.push(Chokepoint { reaction, then });
        }
        let turn = |one: &Chokepoint| one.reaction.mean_turn.unwrap_or(f64::INFINITY);
        found.sort_by(|one, other| {
            turn(one).total_cmp(&turn(other)).then(one.reaction.id.cmp(&other.reaction.id))
        });
        Chokepoints { outcome, probability, reactions: found, certain }
    };
    outcomes.iter().enumerate().map(one).collect()
}

/// Which targets are reached on transitions on which a node does not happen.
fn reached(ground: &Ground, node: u32, targets: &[Vec<bool>]) -> Vec<bool> {
    let graph = ground.graph();
    let happens = |label: u32| graph.happened(label).binary_search(&node).is_ok();
    let mut found = vec![false; targets.len()];
    if happens(graph.initial_label) {
        return found;
    }
    let labels: Vec<bool> = (0..graph.label_count() as u32).map(happens).collect();
    let mut seen = vec![false; graph.len()];
    // Situations are numbered by depth only where nothing is left out: with a horizon the turns count.
    let horizon = ground.solver().horizon;
    let (mut now, mut turn) = (vec![0_usize], 0);
    seen[0] = true;
    while !now.is_empty() {
        let mut next = Vec::new();
        for &s in &now {
            for (found, target) in found.iter_mut().zip(targets) {
                *found |= target[s];
            }
            if horizon.is_some_and(|horizon| turn >= horizon) {
                continue;
            }
            for leaf in graph.leaves(s).filter(|&leaf| !labels[graph.label(leaf) as usize]) {
                let target = graph.targets[leaf] as usize;
                if !std::mem::replace(&mut seen[target], true) {
                    next.push(target);
                }
            }
        }
        now = next;
        turn += 1;
    }
    found
}
