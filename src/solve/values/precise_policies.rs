//! Policy iteration in as many digits as it takes.
//!
//! Where a part is left once in 2^60 rounds, two choices that lead to quite different ends have values
//! that differ by less than a double can tell. Values are found in fixed-point numbers with more bits
//! than the least probability of a way through the part has; a choice is then judged by the differences between the
//! values behind it and its own, which keep their digits however small they are.

use super::equations::{Unknowns, rows_in};
use super::one_turn::Backup;
use super::policy_iteration::{Policy, weights};
use crate::engine::Scaled;
use crate::solve::branch_and_bound::best;
use crate::solve::linear::elimination;
use crate::solve::linear::number::Fixed;
use rustc_hash::FxHashMap;

/// A step counts as an improvement when it gains this share of what it moves.
const GAIN: f64 = 1e-12;
/// Improvements at most.
const ROUNDS: usize = 200;
/// Bits beyond those that the rarest way takes: less than this behind the point is rounding.
const SPARE: u64 = 128;
/// Bits that rounding may take.
const ROUNDING: u64 = 64;
/// Bits of all unknowns together at most: some seconds.
const WORK: u64 = 4_000_000;

/// Improves a policy until nothing is gained; the values of the lanes of an orbit go into `rows`. Says
/// whether that could be done; `rows` are as they were where not.
pub fn solve(
    backup: &Backup<'_>,
    members: &[u32],
    orbit: &[usize],
    mut policy: Policy,
    rows: &mut [f64],
) -> bool {
    let unknowns = Unknowns::new(members, orbit);
    let way = rarest_way(backup, members);
    let bits = 2 * way + SPARE + ROUNDING;
    if bits.saturating_mul((members.len() * orbit.len()) as u64) > WORK {
        return false;
    }
    let fixed = |value: f64| Fixed::new(value, bits);
    let noise = Scaled::ONE.shifted(-((way + SPARE) as i64));
    for _ in 0..ROUNDS {
        if !backup.solver.round() {
            return false;
        }
        let chosen = |s: u32, lane: usize| {
            let picks = policy[unknowns.find(s, lane as u32)?].as_deref()?;
            Some(weights(backup, s as usize, picks))
        };
        let chain = rows_in(backup, &unknowns, &chosen, rows, &fixed);
        let Some(values) = elimination::values(&chain) else { return false };
        let mut gained = false;
        for ((at, (s, lane)), picks) in unknowns.each().enumerate().zip(&mut policy) {
            if picks.is_none() {
                continue;
            }
            let behind = |(target, kind): (u32, u32)| {
                let from = backup.goals.place(kind)[lane];
                match unknowns.find(target, from) {
                    Some(inside) => values[inside].above(&values[at]),
                    None => {
                        let row = target as usize * backup.goals.stride();
                        fixed(rows[row + from as usize]).above(&values[at])
                    }
                }
            };
            let graph = backup.solver.graph;
            let told = |above: Scaled| if above.abs() < noise { Scaled::ZERO } else { above };
            let ways = graph.ways(graph.leaves(s as usize));
            let leaves: Vec<Scaled> = ways.map(behind).map(told).collect();
            match gain(backup, s as usize, &leaves) {
                None => return false,
                Some((true, better)) => {
                    gained = true;
                    *picks = Some(better);
                }
                Some((false, _)) => {}
            }
        }
        if !gained {
            let values: Vec<f64> = values.iter().map(|value| value.double().min(1.0)).collect();
            unknowns.put(&values, backup.goals.stride(), rows);
            return true;
        }
    }
    false
}

/// Whether some corners of a situation's draws gain, given how far the values behind its leaves lie above its
/// own, and which; `None` where not all could be looked at.
fn gain(backup: &Backup<'_>, s: usize, leaves: &[Scaled]) -> Option<(bool, Vec<u32>)> {
    let choice = backup.solver.graph.choice(s)?;
    let found = best(backup.solver.program, choice, backup.aim, leaves);
    if !found.exact {
        return None;
    }
    let moved = weights(backup, s, &found.picks)
        .iter()
        .zip(leaves)
        .fold(Scaled::ZERO, |sum, (weight, value)| sum + value.abs() * *weight);
    let step = if backup.aim.greatest { found.value } else { Scaled::ZERO - found.value };
    Some((step > moved * GAIN, found.picks))
}

/// How many bits the probability of the rarest way from one member to another takes at most, by ways
/// through the first member.
fn rarest_way(backup: &Backup<'_>, members: &[u32]) -> u64 {
    let graph = backup.solver.graph;
    let place: FxHashMap<u32, usize> = members.iter().enumerate().map(|(at, &s)| (s, at)).collect();
    let mut to: Vec<Vec<usize>> = vec![Vec::new(); members.len()];
    let mut from = to.clone();
    for (at, &s) in members.iter().enumerate() {
        for target in &graph.targets[graph.leaves(s as usize)] {
            if let Some(&target) = place.get(target) {
                to[at].push(target);
                from[target].push(at);
            }
        }
    }
    let costs: Vec<f64> = members.iter().map(|&s| rarest_leaf(backup, s as usize)).collect();
    let farthest = |next: &[Vec<usize>], cost_of_next: bool| {
        let mut far = vec![f64::NAN; members.len()];
        far[0] = 0.0;
        let (mut queue, mut at) = (vec![0], 0);
        while let Some(&here) = queue.get(at) {
            at += 1;
            for &other in &next[here] {
                if far[other].is_nan() {
                    far[other] = far[here] + costs[if cost_of_next { other } else { here }];
                    queue.push(other);
                }
            }
        }
        far.into_iter().fold(0.0, f64::max)
    };
    (farthest(&to, false) + farthest(&from, true)).ceil() as u64
}

/// How many bits the least probability above 0 of a leaf of a situation takes at most.
fn rarest_leaf(backup: &Backup<'_>, s: usize) -> f64 {
    let (solver, graph) = (backup.solver, backup.solver.graph);
    let bits = |values: &mut dyn Iterator<Item = f64>| {
        values.filter(|value| *value > 0.0).map(|value| -value.log2()).fold(0.0, f64::max)
    };
    let Some(choice) = graph.choice(s).filter(|_| !backup.is_fixed(s)) else {
        return bits(&mut graph.leaves(s).map(|leaf| graph.estimate(leaf)));
    };
    let drawn: f64 = choice
        .layers(solver.program)
        .map(|layer| {
            let corners = solver.program.draws[layer.draw as usize].corners(backup.aim.freedom);
            bits(&mut corners.iter().flat_map(|corner| corner.iter().copied()))
        })
        .sum();
    drawn + bits(&mut choice.bundles().flat_map(|(_, weights)| weights.iter().copied()))
}
