//! Expected numbers of visits, pushed forward from the start by the estimates.
//!
//! Beside the visits, lanes follow what led to the present: each leaf says how much of each lane
//! goes along. Everything is linear, so the totals over all turns are found without following
//! storylines one by one.

use super::component::{Edges, components, cycles};
use super::elimination::{Row, visits};
use super::solver::Solver;
use super::unbounded::MIDDLING;

/// Rounds of iteration after which what still grows in a part that nothing leaves is infinite.
const GROWING: usize = 2_000;

/// How lanes move along a leaf.
pub trait Carry: Sync {
    /// How many lanes there are; lane 0 is the visits.
    fn lanes(&self) -> usize;
    /// The lanes in situation 0, `lanes` long, all 0 on entry.
    fn begin(&self, lanes: &mut [f64]);
    /// Adds to `to` what goes along this leaf of situation `s`, given the lanes of `s`, for weight 1.
    fn carry(&self, s: usize, leaf: usize, from: &[f64], weight: f64, to: &mut [f64]);
}

/// Only the visits.
#[derive(Clone, Copy, Debug)]
pub struct Visits;

impl Carry for Visits {
    fn lanes(&self) -> usize {
        1
    }

    fn begin(&self, lanes: &mut [f64]) {
        lanes[0] = 1.0;
    }

    fn carry(&self, _: usize, _: usize, from: &[f64], weight: f64, to: &mut [f64]) {
        to[0] += weight * from[0];
    }
}

/// Rounds of iteration on a part of the graph at most.
const ROUNDS: usize = 100_000;

/// For each situation and lane: the sum over the turns in which a storyline goes on from there.
/// With `turns`, from turn 0 to the one before the last; else for ever, perhaps infinite.
#[must_use]
pub fn totals(solver: Solver<'_>, carry: &impl Carry, turns: Option<u32>) -> Vec<f64> {
    match turns {
        Some(turns) => within(solver, carry, turns),
        None => ever(solver, carry),
    }
}

fn within(solver: Solver<'_>, carry: &impl Carry, turns: u32) -> Vec<f64> {
    let (graph, width) = (solver.graph, carry.lanes());
    let mut total = vec![0.0; graph.len() * width];
    let mut now = vec![0.0; graph.len() * width];
    let mut next = now.clone();
    let (mut active, mut coming) = (vec![0_u32], Vec::new());
    let mut seen = vec![false; graph.len()];
    carry.begin(&mut now[..width]);
    for _ in 0..turns {
        for &s in &active {
            let s = s as usize;
            let from = &mut now[s * width..(s + 1) * width];
            for (total, value) in total[s * width..].iter_mut().zip(&*from) {
                *total += value;
            }
            for leaf in graph.leaves(s) {
                let (target, weight) = (graph.targets[leaf] as usize, graph.estimates[leaf]);
                if weight > 0.0 {
                    if !std::mem::replace(&mut seen[target], true) {
                        coming.push(target as u32);
                    }
                    carry.carry(
                        s,
                        leaf,
                        from,
                        weight,
                        &mut next[target * width..(target + 1) * width],
                    );
                }
            }
            from.fill(0.0);
        }
        std::mem::swap(&mut now, &mut next);
        std::mem::swap(&mut active, &mut coming);
        coming.clear();
        active.sort_unstable();
        active.iter().for_each(|&s| seen[s as usize] = false);
    }
    total
}

fn ever(solver: Solver<'_>, carry: &impl Carry) -> Vec<f64> {
    let (graph, width) = (solver.graph, carry.lanes());
    let mut total = vec![0.0; graph.len() * width];
    carry.begin(&mut total[..width]);
    let mut arrived = vec![0.0; width];
    for mut members in components(graph, Edges::Estimated).into_iter().rev() {
        members.sort_unstable();
        if total[members[0] as usize * width..].is_empty() {
            continue;
        }
        if cycles(graph, &members, Edges::Estimated) {
            settle(solver, carry, &members, &mut total);
        }
        for &s in &members {
            let s = s as usize;
            for leaf in graph.leaves(s) {
                let (target, weight) = (graph.targets[leaf] as usize, graph.estimates[leaf]);
                if weight > 0.0 && members.binary_search(&(target as u32)).is_err() {
                    arrived.fill(0.0);
                    carry.carry(s, leaf, &total[s * width..(s + 1) * width], weight, &mut arrived);
                    for (total, value) in total[target * width..].iter_mut().zip(&arrived) {
                        *total += value;
                    }
                }
            }
        }
    }
    total
}

/// Solves `x = start + carried(x)` on one strongly connected part; on entry `total` holds what
/// comes from outside.
fn settle(solver: Solver<'_>, carry: &impl Carry, members: &[u32], total: &mut [f64]) {
    let (graph, width) = (solver.graph, carry.lanes());
    if let ([only], 1) = (members, width) {
        let s = *only as usize;
        let leaves = graph.leaves(s).filter(|&leaf| graph.targets[leaf] != *only);
        let leaving: f64 = leaves.map(|leaf| graph.estimates[leaf]).sum();
        if leaving > 0.0 {
            total[s] /= leaving;
            return;
        }
    }
    let inside: Vec<Vec<(usize, usize)>> = incoming(solver, members);
    let closed = members.iter().all(|&s| {
        graph.leaves(s as usize).all(|leaf| {
            graph.estimates[leaf] <= 0.0 || members.binary_search(&graph.targets[leaf]).is_ok()
        })
    });
    let start: Vec<f64> = members
        .iter()
        .flat_map(|&s| total[s as usize * width..(s as usize + 1) * width].to_vec())
        .collect();
    // The visits of a part that is left in the end are found directly; the other lanes, which are
    // renewed again and again, by iteration.
    let known = !closed && members.len() <= MIDDLING;
    if known {
        let begin: Vec<f64> = start.chunks(width).map(|lanes| lanes[0]).collect();
        let visits = visits(&rows(solver, members), &begin);
        for (&s, visits) in members.iter().zip(visits) {
            total[s as usize * width] = visits;
        }
    }
    if known && width == 1 {
        return;
    }
    let mut value = vec![0.0; width];
    let mut before = Vec::new();
    for round in 0..ROUNDS {
        if round == GROWING.max(members.len()) {
            before = total.to_vec();
        }
        let mut largest = 0.0_f64;
        for (at, &s) in members.iter().enumerate() {
            value.copy_from_slice(&start[at * width..(at + 1) * width]);
            for &(from, leaf) in &inside[at] {
                let weight = graph.estimates[leaf];
                let begin = from * width;
                carry.carry(from, leaf, &total[begin..begin + width], weight, &mut value);
            }
            let old = &mut total[s as usize * width..(s as usize + 1) * width];
            if known {
                value[0] = old[0];
            }
            for (old, new) in old.iter_mut().zip(&value) {
                largest = largest.max((new - *old).abs() / new.abs().max(1e-300));
                *old = *new;
            }
        }
        if largest < 1e-15 {
            return;
        }
        if closed && round > GROWING.max(members.len()) {
            return endless(members, &before, width, total);
        }
    }
}

/// What follows each member, by the estimates.
fn rows(solver: Solver<'_>, members: &[u32]) -> Vec<Row> {
    let graph = solver.graph;
    let row = |&s: &u32| {
        let mut row = Row::default();
        for leaf in graph.leaves(s as usize).filter(|&leaf| graph.estimates[leaf] > 0.0) {
            match members.binary_search(&graph.targets[leaf]) {
                Ok(at) => match row.inside.last_mut().filter(|last| last.0 == at) {
                    // Leaves are sorted by target, and so are members.
                    Some(last) => last.1 += graph.estimates[leaf],
                    None => row.inside.push((at, graph.estimates[leaf])),
                },
                Err(_) => row.leaving += graph.estimates[leaf],
            }
        }
        row
    };
    members.iter().map(row).collect()
}

/// For each member: the leaves that lead to it from members, with where they come from.
fn incoming(solver: Solver<'_>, members: &[u32]) -> Vec<Vec<(usize, usize)>> {
    let graph = solver.graph;
    let mut inside = vec![Vec::new(); members.len()];
    for &s in members {
        for leaf in graph.leaves(s as usize) {
            if graph.estimates[leaf] > 0.0
                && let Ok(at) = members.binary_search(&graph.targets[leaf])
            {
                inside[at].push((s as usize, leaf));
            }
        }
    }
    inside
}

/// Nothing ever leaves: what still grows after many rounds comes back for ever.
fn endless(members: &[u32], before: &[f64], width: usize, total: &mut [f64]) {
    for &s in members {
        let range = s as usize * width..(s as usize + 1) * width;
        for (value, before) in total[range.clone()].iter_mut().zip(&before[range]) {
            if *value > before * (1.0 + 1e-12) {
                *value = f64::INFINITY;
            }
        }
    }
}
