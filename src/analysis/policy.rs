//! Exact values of one strongly connected part by policy iteration (Howard 1960) with elimination
//! of situations, which keeps its accuracy where iteration would crawl.

use super::backup::Backup;
use super::elimination::{self, Row};
use super::extreme::best;
use super::goal::Lanes;
use crate::engine::Freedom;
use rustc_hash::FxHashMap;

/// A step counts as an improvement when it gains at least this much.
const GAIN: f64 = 1e-13;
/// Improvements at most: they are few, but rounding must not make them go on for ever.
const ROUNDS: usize = 200;

/// Improves the policy until nothing is gained; the lane's values go into `values`.
///
/// On entry `values` must hold lower bounds of the members' values that are above 0 exactly where
/// the values are (as many rounds of iteration from 0 as there are members do it): the first
/// policy is the best one against them. For the least values it then already stays for ever where
/// it can, and every further improvement is strict, which makes the last policy the best there is.
pub fn solve(backup: &Backup<'_>, members: &[u32], values: &mut [Lanes], lane: usize) {
    let place: FxHashMap<u32, usize> = members.iter().enumerate().map(|(i, &s)| (s, i)).collect();
    let mut policy: Vec<Option<Vec<u32>>> = members
        .iter()
        .map(|&s| pick(backup, s as usize, values, lane).map(|pick| pick.1))
        .collect();
    for _ in 0..ROUNDS {
        let rows: Vec<Row> = members
            .iter()
            .zip(&policy)
            .map(|(&s, picks)| row(backup, s as usize, picks.as_deref(), values, lane, &place))
            .collect();
        for (&s, value) in members.iter().zip(elimination::values(&rows)) {
            values[s as usize][lane] = value;
        }
        let mut gained = false;
        for (&s, picks) in members.iter().zip(&mut policy) {
            let Some((value, better)) = pick(backup, s as usize, values, lane) else { continue };
            let now = values[s as usize][lane];
            let gain = if backup.aim.greatest { value - now } else { now - value };
            if gain > GAIN {
                gained = true;
                *picks = Some(better);
            }
        }
        if !gained {
            return;
        }
    }
}

/// The best value of a situation against these values and the corners that give it; `None` where
/// nothing varies or the goal is settled.
fn pick(backup: &Backup<'_>, s: usize, values: &[Lanes], lane: usize) -> Option<(f64, Vec<u32>)> {
    let settled = (backup.block.reached[s] | backup.block.missed[s]) >> lane & 1 == 1;
    if settled || backup.aim.freedom == Freedom::Estimate {
        return None;
    }
    let graph = backup.graph;
    let behind = |leaf: usize| {
        let target = &values[graph.targets[leaf] as usize];
        backup.block.behind(graph.labels[leaf], target)[lane]
    };
    let leaves: Vec<f64> = graph.leaves(s).map(behind).collect();
    graph.choice(s).map(|choice| best(backup.program, choice, backup.aim, &leaves))
}

/// What follows a situation under a policy; by the estimates where there is none.
pub fn row(
    backup: &Backup<'_>,
    s: usize,
    picks: Option<&[u32]>,
    values: &[Lanes],
    lane: usize,
    place: &FxHashMap<u32, usize>,
) -> Row {
    let graph = backup.graph;
    let (bit, range) = (1_u8 << lane, graph.leaves(s));
    if (backup.block.reached[s] | backup.block.missed[s]) & bit != 0 || range.is_empty() {
        return Row { gain: backup.at_end(s)[lane], leaving: 1.0, ..Row::default() };
    }
    let weights = weights(backup, s, picks);
    let mut row = Row::default();
    for (leaf, weight) in range.zip(weights) {
        let target = graph.targets[leaf];
        if backup.block.happened[graph.labels[leaf] as usize] & bit != 0 {
            row.gain += weight;
            row.leaving += weight;
        } else if let Some(&at) = place.get(&target) {
            if weight > 0.0 {
                row.inside.push((at, weight));
            }
        } else {
            row.gain += weight * values[target as usize][lane];
            row.leaving += weight;
        }
    }
    row.inside.sort_unstable_by_key(|entry| entry.0);
    row.inside.dedup_by(|next, entry| {
        let same = next.0 == entry.0;
        entry.1 += if same { next.1 } else { 0.0 };
        same
    });
    row
}

/// The probabilities of the leaves of a situation under a policy; the estimates where there is none.
fn weights(backup: &Backup<'_>, s: usize, picks: Option<&[u32]>) -> Vec<f64> {
    let graph = backup.graph;
    let (Some(picks), Some(choice)) = (picks, graph.choice(s)) else {
        return graph.estimates[graph.leaves(s)].to_vec();
    };
    let mut reach = vec![1.0];
    for (layer, &pick) in choice.layers(backup.program).zip(picks) {
        let corner =
            &backup.program.draws[layer.draw as usize].corners(backup.aim.freedom)[pick as usize];
        let width = layer.children.iter().max().map_or(0, |&child| child as usize + 1);
        let mut next = vec![0.0; width];
        for (children, reach) in layer.children.chunks_exact(corner.len()).zip(&reach) {
            for (&child, share) in children.iter().zip(corner) {
                next[child as usize] += reach * share;
            }
        }
        reach = next;
    }
    let mut weights = vec![0.0; graph.leaves(s).len()];
    for ((leaves, shares), reach) in choice.bundles().zip(&reach) {
        for (&leaf, share) in leaves.iter().zip(shares) {
            weights[leaf as usize] += reach * share;
        }
    }
    weights
}
