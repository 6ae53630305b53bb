//! Exact values of one strongly connected part by policy iteration (Howard 1960) with elimination
//! of situations, which keeps its accuracy where iteration would crawl.

use super::equations::{Unknowns, rows};
use super::one_turn::Backup;
use crate::engine::choice::Choice;
use crate::engine::draw::both;
use crate::engine::{Freedom, Program};
use crate::solve::aim::EQUAL;
use crate::solve::branch_and_bound::Best;
use crate::solve::linear::elimination;

/// A step counts as an improvement when it gains at least this share of the value.
const GAIN: f64 = 100.0 * EQUAL;
/// Improvements at most: they are few, but rounding must not make them go on for ever.
const ROUNDS: usize = 200;

/// For each unknown of a part the corner of each draw of its situation; none where nothing varies.
pub type Policy = Vec<Option<Vec<u32>>>;

/// Improves the policy until nothing is gained that doubles can tell; the values of the lanes of an
/// orbit go into `rows`. Says the policy, if that could be done.
///
/// On entry `rows` must hold lower bounds of the members' values that are above 0 exactly where
/// the values are: the first policy is the best one against them. For the least values it then already stays for ever where
/// it can, and every further improvement is strict, which makes the last policy the best there is.
pub fn solve(
    backup: &Backup<'_>,
    members: &[u32],
    orbit: &[usize],
    rows: &mut [f64],
) -> Option<Policy> {
    let unknowns = Unknowns::new(members, orbit);
    let stride = backup.goals.stride();
    let mut policy: Policy = unknowns
        .each()
        .map(|(s, lane)| pick(backup, s as usize, rows, lane).map(|best| best.picks))
        .collect();
    for _ in 0..ROUNDS {
        if !backup.solver.round() {
            return None;
        }
        let chosen = |s: u32, lane: usize| {
            let picks = policy[unknowns.find(s, lane as u32)?].as_deref()?;
            Some(weights(backup, s as usize, picks))
        };
        let chain = self::rows(backup, &unknowns, &chosen, rows);
        let values = elimination::values(&chain)?;
        unknowns.put(&values, stride, rows);
        let mut gained = false;
        for ((s, lane), picks) in unknowns.each().zip(&mut policy) {
            let Some(best) = pick(backup, s as usize, rows, lane) else { continue };
            if !best.exact {
                return None;
            }
            let (value, now) = (best.value, rows[s as usize * stride + lane]);
            let gain = if backup.aim.greatest { value - now } else { now - value };
            if gain > GAIN * value.max(now) {
                gained = true;
                *picks = Some(best.picks);
            }
        }
        if !gained {
            break;
        }
    }
    Some(policy)
}

/// The best value of a situation against these rows and the corners that give it; `None` where
/// nothing varies or the goal is settled.
pub fn pick(backup: &Backup<'_>, s: usize, rows: &[f64], lane: usize) -> Option<Best<f64>> {
    if backup.goals.settles(s, lane) || backup.is_fixed(s) {
        return None;
    }
    let (graph, goals) = (backup.solver.graph, backup.goals);
    let behind = |(target, kind): (u32, u32)| {
        rows[target as usize * goals.stride() + goals.place(kind)[lane] as usize]
    };
    let leaves: Vec<f64> = graph.ways(graph.leaves(s)).map(behind).collect();
    graph.choice(s).map(|choice| backup.solver.best(choice, backup.aim, &leaves))
}

/// The probabilities of the leaves of a situation under a policy.
pub fn weights(backup: &Backup<'_>, s: usize, picks: &[u32]) -> Vec<f64> {
    let (graph, program) = (backup.solver.graph, backup.solver.program);
    let mut weights = vec![0.0; graph.leaves(s).len()];
    if let Some(choice) = graph.choice(s) {
        take(program, choice, backup.aim.freedom, picks, &mut weights);
    }
    weights
}

/// Adds the probability of each leaf of a situation where each of its draws takes the corner picked.
pub fn take(
    program: &Program,
    choice: Choice<'_>,
    freedom: Freedom,
    picks: &[u32],
    weights: &mut [f64],
) {
    let mut reach = vec![1.0];
    for (layer, &pick) in choice.layers(program).zip(picks) {
        let corner = &program.draws[layer.draw as usize].corners(freedom)[pick as usize];
        let width = layer.children.iter().max().map_or(0, |&child| child as usize + 1);
        let mut next = vec![0.0; width];
        for (children, reach) in layer.children.chunks_exact(corner.len()).zip(&reach) {
            for (&child, share) in children.iter().zip(corner) {
                next[child as usize] += both(*reach, *share);
            }
        }
        reach = next;
    }
    for ((leaves, shares), reach) in choice.bundles().zip(&reach) {
        for (&leaf, share) in leaves.iter().zip(shares) {
            weights[leaf as usize] += both(*reach, *share);
        }
    }
}
