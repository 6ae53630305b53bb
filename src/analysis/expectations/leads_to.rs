//! `A leads to B within n turns`: a storyline on which A holds and B does not follow.

use crate::analysis::storylines::likeliest_paths::{Found, Quest, ends, path_from, paths, weight};
use crate::engine::{Freedom, Graph, Scaled};
use crate::solve::aim::Aim;
use crate::solve::branch_and_bound::best;
use crate::solve::solver::Solver;
use crate::solve::visits::incoming::Back;

/// How many steps are looked ahead at most, in all situations together.
const AHEAD: usize = 1 << 22;
/// No leaf.
const NONE: usize = usize::MAX;

/// Whether every storyline comes to one of these situations, whatever is drawn and decided.
#[must_use]
pub fn always_reached(solver: Solver<'_>, set: &[bool]) -> bool {
    let without: Vec<bool> = set.iter().map(|reached| !reached).collect();
    let open = match solver.horizon {
        Some(turns) => open_sets(solver, &without, turns).pop(),
        None => Some(coming_to(solver.graph, &without, &may_stay(solver, &without), true)),
    };
    open.is_none_or(|open| !open[0])
}

/// A path on which `cause` holds and `effect` does not follow, if there is one.
///
/// With a horizon the storyline's end cuts it: what has not followed by then does not follow. Without
/// any limit of turns the path goes on to where the effect never follows any more.
#[must_use]
pub fn breaking_lead(
    solver: Solver<'_>,
    back: &Back,
    cause: &[bool],
    effect: &[bool],
    limit: Option<u32>,
) -> Option<Found> {
    let without: Vec<bool> = effect.iter().map(|effect| !effect).collect();
    let Some(limit) = limit.or(solver.horizon) else {
        return for_ever(solver, back, cause, &without);
    };
    let open = open_sets(solver, &without, limit);
    let (turn, path) = match solver.horizon {
        Some(horizon) => within(solver, back, cause, &open, horizon)?,
        None => (0, to(solver, back, &both(cause, &open[open.len() - 1]), false)?),
    };
    let left = solver.horizon.map_or(limit, |horizon| limit.min(horizon - turn));
    Some(last(solver.graph, path, &open, left))
}

/// For each number of turns from 0: where a storyline can go on for that long without the effect.
/// The last set stands for all larger numbers.
fn open_sets(solver: Solver<'_>, without: &[bool], turns: u32) -> Vec<Vec<bool>> {
    let graph = solver.graph;
    let mut sets = vec![without.to_vec()];
    for _ in 0..turns {
        let Some(last) = sets.last() else { break };
        let goes_on = |s: usize| {
            ends(graph, s as u32) || graph.leaves(s).any(|leaf| last[graph.targets[leaf] as usize])
        };
        let next: Vec<bool> = (0..graph.len()).map(|s| without[s] && goes_on(s)).collect();
        if next == *last {
            break;
        }
        sets.push(next);
    }
    sets
}

/// A path that goes on from its end for so many turns without the effect, on the most probable way.
/// Where that is too far to look ahead to the end, it goes where it can always go on, and is the most
/// probable way for as far as it looks.
fn last(graph: &Graph, mut path: Found, open: &[Vec<bool>], turns: u32) -> Found {
    let ahead = (AHEAD / graph.len().max(1)).max(1);
    let far = turns as usize > ahead;
    let among = if far { &open[open.len() - 1] } else { &open[0] };
    let ways = ways(graph, among, ahead.min(turns as usize));
    for left in (1..=turns as usize).rev() {
        let Some(&s) = path.situations.last() else { break };
        let leaf = ways[left.min(ways.len()) - 1][s as usize];
        if leaf == NONE {
            break;
        }
        path.leaves.push(leaf);
        path.situations.push(graph.targets[leaf]);
        path.probability *= graph.estimate(leaf);
    }
    path
}

/// For each number of turns from 1: the leaf on the most probable way that goes on for so long within a
/// set, for each situation from which there is one and that does not end.
fn ways(graph: &Graph, among: &[bool], turns: usize) -> Vec<Vec<usize>> {
    let value = |within: &bool| if *within { Scaled::ONE } else { Scaled::ZERO };
    let mut values: Vec<Scaled> = among.iter().map(value).collect();
    let mut all = Vec::with_capacity(turns);
    for _ in 0..turns {
        let best = |s: usize| -> (usize, Scaled) {
            if !among[s] || ends(graph, s as u32) {
                return (NONE, values[s]);
            }
            let mut best = (NONE, Scaled::ZERO);
            for leaf in graph.leaves(s) {
                let behind = values[graph.targets[leaf] as usize];
                let value = weight(graph.estimate(leaf), true) * behind;
                if value > best.1 {
                    best = (leaf, value);
                }
            }
            best
        };
        let (leaves, next) = (0..graph.len()).map(best).unzip();
        values = next;
        all.push(leaves);
    }
    all
}

/// A path past the cause to where some policy and likelihoods keep it without the effect for ever:
/// by the estimates, if they do anywhere that it can come to.
fn for_ever(solver: Solver<'_>, back: &Back, cause: &[bool], without: &[bool]) -> Option<Found> {
    let graph = solver.graph;
    let stays = staying(graph, without, |s, stays| {
        let leaves =
            |leaf: usize| graph.estimate(leaf) > 0.0 && !stays[graph.targets[leaf] as usize];
        graph.leaves(s).any(leaves)
    });
    let path_to = |stays: &[bool], possible: bool| {
        let open = coming_to(graph, without, stays, possible);
        let quest = Quest { target: &both(cause, &open), pass: None, at_end: false, possible };
        let first = paths(solver, back, quest, 1).into_iter().next()?;
        let quest = Quest { target: stays, pass: Some(without), at_end: false, possible };
        go_on(solver, back, first, quest)
    };
    path_to(&stays, false).or_else(|| {
        let path = path_to(&may_stay(solver, without), true)?;
        let &last = path.situations.last()?;
        // Where the estimates leave it in the end, nothing stays by them.
        let probability = if stays[last as usize] { path.probability } else { 0.0 };
        Some(Found { probability, ..path })
    })
}

/// Where some policy and likelihoods keep a storyline among these situations for ever.
fn may_stay(solver: Solver<'_>, without: &[bool]) -> Vec<bool> {
    let graph = solver.graph;
    let least = Aim { freedom: Freedom::Both, greatest: false };
    staying(graph, without, |s, stays| {
        let outside = |leaf: usize| f64::from(u8::from(!stays[graph.targets[leaf] as usize]));
        let leaves: Vec<f64> = graph.leaves(s).map(outside).collect();
        match graph.choice(s) {
            Some(choice) => best(solver.program, choice, least, &leaves).value > 0.0,
            None => leaves.contains(&1.0),
        }
    })
}

/// The largest set of these situations that storylines need not leave; `leaves` says whether one has
/// to leave a set from a situation.
fn staying(graph: &Graph, without: &[bool], leaves: impl Fn(usize, &[bool]) -> bool) -> Vec<bool> {
    let mut stays = without.to_vec();
    loop {
        let next: Vec<bool> = (0..graph.len()).map(|s| stays[s] && !leaves(s, &stays)).collect();
        if next == stays {
            return stays;
        }
        stays = next;
    }
}

/// Where a storyline can come to a set by situations without the effect.
fn coming_to(graph: &Graph, without: &[bool], set: &[bool], possible: bool) -> Vec<bool> {
    let mut can = set.to_vec();
    loop {
        let reaches = |s: usize| {
            let mut leaves = graph.leaves(s);
            leaves.any(|leaf| {
                can[graph.targets[leaf] as usize] && (possible || graph.estimate(leaf) > 0.0)
            })
        };
        let next: Vec<bool> =
            (0..graph.len()).map(|s| can[s] || without[s] && reaches(s)).collect();
        if next == can {
            return can;
        }
        can = next;
    }
}

/// The most probable path to where the cause holds and the effect need not follow, in the first turn
/// in which that can be, with that turn.
fn within(
    solver: Solver<'_>,
    back: &Back,
    cause: &[bool],
    open: &[Vec<bool>],
    horizon: u32,
) -> Option<(u32, Found)> {
    let graph = solver.graph;
    let mut now = vec![false; graph.len()];
    now[0] = true;
    // Where storylines can be comes back in the end: then whole rounds are passed over.
    let (mut known, mut known_at) = (now.clone(), 0);
    let mut turn = 0;
    while turn <= horizon {
        let left = ((horizon - turn) as usize).min(open.len() - 1);
        let broken = both(&now, &both(cause, &open[left]));
        if broken.contains(&true) {
            let path = to(Solver { horizon: Some(turn), ..solver }, back, &broken, true)?;
            return Some((turn, path));
        }
        let mut next = vec![false; graph.len()];
        for s in (0..graph.len()).filter(|&s| now[s]) {
            if graph.leaves(s).is_empty() {
                next[s] = true;
            }
            graph.leaves(s).for_each(|leaf| next[graph.targets[leaf] as usize] = true);
        }
        now = next;
        turn += 1;
        if now == known {
            let round = turn - known_at;
            let alike = (horizon.saturating_sub(turn) as usize).saturating_sub(open.len() - 1);
            turn += alike as u32 / round * round;
            known_at = turn;
        } else if turn >= 2 * known_at.max(1) {
            (known, known_at) = (now.clone(), turn);
        }
    }
    None
}

fn to(solver: Solver<'_>, back: &Back, target: &[bool], at_end: bool) -> Option<Found> {
    let quest = Quest { target, pass: None, at_end, possible: true };
    paths(solver, back, quest, 1).into_iter().next()
}

/// A path with the most probable one that comes from its end to where it should.
fn go_on(solver: Solver<'_>, back: &Back, mut path: Found, quest: Quest<'_>) -> Option<Found> {
    let &last = path.situations.last()?;
    let more = path_from(solver, back, quest, last)?;
    path.leaves.extend(more.leaves);
    path.situations.extend(&more.situations[1..]);
    path.probability *= more.probability;
    Some(path)
}

fn both(one: &[bool], other: &[bool]) -> Vec<bool> {
    one.iter().zip(other).map(|(one, other)| *one && *other).collect()
}
