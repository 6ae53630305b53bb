//! `A leads to B within n turns`: a storyline on which A holds and B does not follow.

use super::back::Back;
use super::extreme::Aim;
use super::paths::{Found, Quest, ends, paths};
use super::search::best;
use super::solver::Solver;
use crate::engine::Freedom;

/// Whether every storyline comes to one of these situations, whatever is drawn and decided.
#[must_use]
pub fn always_reached(solver: Solver<'_>, set: &[bool]) -> bool {
    open_sets(solver, set, solver.horizon).last().is_none_or(|open| !open[0])
}

/// A path on which `cause` holds and `effect` does not follow, if there is one.
///
/// With a horizon the storyline's end cuts it: what has not followed by then does not follow.
#[must_use]
pub fn breaking_lead(
    solver: Solver<'_>,
    back: &Back,
    cause: &[bool],
    effect: &[bool],
    limit: Option<u32>,
) -> Option<Found> {
    let open = open_sets(solver, effect, limit.or(solver.horizon));
    match solver.horizon {
        Some(horizon) => within(solver, back, cause, &open, horizon),
        None => ever(solver, back, cause, &open),
    }
}

/// For each number of turns from 0: where a storyline can go on for that long without the effect.
/// The last set stands for all larger numbers. Without any limit there is one set: where the
/// effect may never follow, with probability above 0.
fn open_sets(solver: Solver<'_>, effect: &[bool], turns: Option<u32>) -> Vec<Vec<bool>> {
    let graph = solver.graph;
    let without: Vec<bool> = effect.iter().map(|effect| !effect).collect();
    let Some(turns) = turns else { return vec![never(solver, without)] };
    let mut sets = vec![without];
    for _ in 0..turns {
        let Some(last) = sets.last() else { break };
        let goes_on = |s: usize| {
            ends(graph, s as u32) || graph.leaves(s).any(|leaf| last[graph.targets[leaf] as usize])
        };
        let next: Vec<bool> = (0..graph.len()).map(|s| sets[0][s] && goes_on(s)).collect();
        if next == *last {
            break;
        }
        sets.push(next);
    }
    sets
}

/// Where a storyline can come, without the effect, to where some policy and likelihoods keep it
/// without the effect for ever.
fn never(solver: Solver<'_>, without: Vec<bool>) -> Vec<bool> {
    let graph = solver.graph;
    let mut stays = without.clone();
    let least = Aim { freedom: Freedom::Both, greatest: false };
    loop {
        let leaves_set = |s: usize| {
            let outside = |leaf: usize| f64::from(u8::from(!stays[graph.targets[leaf] as usize]));
            let leaves: Vec<f64> = graph.leaves(s).map(outside).collect();
            match graph.choice(s) {
                Some(choice) => best(solver.program, choice, least, &leaves).value > 0.0,
                None => leaves.contains(&1.0),
            }
        };
        let next: Vec<bool> = (0..graph.len()).map(|s| stays[s] && !leaves_set(s)).collect();
        if next == stays {
            break;
        }
        stays = next;
    }
    let mut can = stays;
    loop {
        let reaches = |s: usize| graph.leaves(s).any(|leaf| can[graph.targets[leaf] as usize]);
        let next: Vec<bool> =
            (0..graph.len()).map(|s| can[s] || without[s] && reaches(s)).collect();
        if next == can {
            return can;
        }
        can = next;
    }
}

fn within(
    solver: Solver<'_>,
    back: &Back,
    cause: &[bool],
    open: &[Vec<bool>],
    horizon: u32,
) -> Option<Found> {
    let graph = solver.graph;
    let mut now = vec![false; graph.len()];
    now[0] = true;
    for turn in 0..=horizon {
        let left = ((horizon - turn) as usize).min(open.len() - 1);
        let broken: Vec<bool> =
            (0..graph.len()).map(|s| now[s] && cause[s] && open[left][s]).collect();
        if broken.contains(&true) {
            let first = to(Solver { horizon: Some(turn), ..solver }, back, &broken, true)?;
            return Some(go_on(solver, first, open, left));
        }
        let mut next = vec![false; graph.len()];
        for s in (0..graph.len()).filter(|&s| now[s]) {
            if graph.leaves(s).is_empty() {
                next[s] = true;
            }
            graph.leaves(s).for_each(|leaf| next[graph.targets[leaf] as usize] = true);
        }
        now = next;
    }
    None
}

fn ever(solver: Solver<'_>, back: &Back, cause: &[bool], open: &[Vec<bool>]) -> Option<Found> {
    let left = open.len() - 1;
    let broken: Vec<bool> = cause.iter().zip(&open[left]).map(|(a, b)| *a && *b).collect();
    let first = to(solver, back, &broken, false)?;
    Some(go_on(solver, first, open, left))
}

fn to(solver: Solver<'_>, back: &Back, target: &[bool], at_end: bool) -> Option<Found> {
    let quest = Quest { target, pass: None, at_end, possible: true };
    paths(solver, back, quest, 1).into_iter().next()
}

/// Goes on from the end of a path without the effect, the most probable leaf each time.
fn go_on(solver: Solver<'_>, mut path: Found, open: &[Vec<bool>], mut left: usize) -> Found {
    let graph = solver.graph;
    while left > 0 {
        left -= 1;
        let Some(&last) = path.situations.last() else { break };
        let ways = graph.leaves(last as usize);
        let ways = ways.filter(|&leaf| open[left][graph.targets[leaf] as usize]);
        let best =
            ways.max_by(|&one, &other| graph.estimate(one).total_cmp(&graph.estimate(other)));
        let Some(leaf) = best else { break };
        path.leaves.push(leaf);
        path.situations.push(graph.targets[leaf]);
        path.probability *= graph.estimate(leaf);
    }
    path
}
