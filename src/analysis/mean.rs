//! The mean turn of the first time, given that there is one.

use super::backup::Backup;
use super::component::{Edges, components};
use super::elimination::{self, Row};
use super::extreme::Aim;
use super::goal::{Block, Goal, LANES, Lanes};
use super::policy;
use super::solver::{Found, Solver};
use super::unbounded::MIDDLING;
use rustc_hash::FxHashMap;

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

/// Without a limit, part by part: with `q` the probability, `m = q + sum p m'`, for each turn adds
/// one to the time of those storylines that arrive.
fn unbounded(solver: Solver<'_>, goals: &[Goal], estimates: &[Found]) -> Vec<Option<f64>> {
    let graph = solver.graph;
    let block = Block::new(graph, goals);
    let mut backup = Backup::new(solver.program, graph, &block, Aim::ESTIMATE);
    let mut chance: Vec<Lanes> = vec![[0.0; LANES]; graph.len()];
    let mut time = chance.clone();
    for mut members in components(graph, Edges::Estimated) {
        members.sort_unstable();
        if let [only] = members[..] {
            alone(&backup, only as usize, &mut chance, &mut time);
            continue;
        }
        if members.len() <= MIDDLING {
            for lane in 0..goals.len() {
                directly(&backup, &members, lane, &mut chance, &mut time);
            }
            continue;
        }
        for _ in 0..ROUNDS {
            if sweep(&mut backup, &members, &mut chance, &mut time) < 1e-14 {
                break;
            }
        }
    }
    let started = block.happened[graph.initial_label as usize];
    let mean = |(lane, found): (usize, &Found)| {
        let at_once = started >> lane & 1 == 1;
        let time = if at_once { 0.0 } else { time[0][lane] };
        (found.value > 0.0).then(|| time / found.value)
    };
    estimates.iter().enumerate().map(mean).collect()
}

/// What a situation adds to the time, by the times of those that follow.
fn later(backup: &Backup<'_>, s: usize, lane: usize, time: &[Lanes]) -> f64 {
    let (graph, block) = (backup.graph, backup.block);
    let goes_on = |leaf: &usize| block.happened[graph.labels[*leaf] as usize] >> lane & 1 == 0;
    let part = |leaf: usize| graph.estimates[leaf] * time[graph.targets[leaf] as usize][lane];
    graph.leaves(s).filter(goes_on).map(part).sum()
}

fn settled(backup: &Backup<'_>, s: usize, lane: usize) -> bool {
    (backup.block.reached[s] | backup.block.missed[s]) >> lane & 1 == 1
}

/// The values of a situation that may loop, but is in no larger circle.
fn alone(backup: &Backup<'_>, s: usize, chance: &mut [Lanes], time: &mut [Lanes]) {
    let (graph, block) = (backup.graph, backup.block);
    chance[s] = backup.alone(s, chance);
    for lane in 0..LANES {
        let goes_on = |leaf: &usize| block.happened[graph.labels[*leaf] as usize] >> lane & 1 == 0;
        let loops = |leaf: &usize| graph.targets[*leaf] as usize == s && goes_on(leaf);
        let weight = |leaf: usize| graph.estimates[leaf];
        let leaving: f64 = graph.leaves(s).filter(|leaf| !loops(leaf)).map(weight).sum();
        let done = settled(backup, s, lane) || leaving <= 0.0;
        // The time of the situation itself is still 0 here.
        let late = chance[s][lane] + later(backup, s, lane, time);
        time[s][lane] = if done { 0.0 } else { late / leaving };
    }
}

/// One round over the members; says the largest relative step.
fn sweep(
    backup: &mut Backup<'_>,
    members: &[u32],
    chance: &mut [Lanes],
    time: &mut [Lanes],
) -> f64 {
    let mut largest = 0.0_f64;
    for &s in members {
        let s = s as usize;
        let new = backup.value(s, chance);
        for lane in 0..LANES {
            let settled = settled(backup, s, lane);
            let late = if settled { 0.0 } else { new[lane] + later(backup, s, lane, time) };
            largest = largest.max((late - time[s][lane]).abs() / late.max(1e-300));
            largest = largest.max((new[lane] - chance[s][lane]).abs());
            time[s][lane] = late;
        }
        chance[s] = new;
    }
    largest
}

/// The members' values by elimination.
fn directly(
    backup: &Backup<'_>,
    members: &[u32],
    lane: usize,
    chance: &mut [Lanes],
    time: &mut [Lanes],
) {
    let place: FxHashMap<u32, usize> = members.iter().enumerate().map(|(i, &s)| (s, i)).collect();
    let rows: Vec<Row> = members
        .iter()
        .map(|&s| policy::row(backup, s as usize, None, chance, lane, &place))
        .collect();
    let chances = elimination::values(&rows);
    // Members' times are still 0 here, so that only what comes from outside is added.
    let late = |((row, &s), chance): ((&Row, &u32), &f64)| {
        let settled = settled(backup, s as usize, lane);
        let gain = if settled { 0.0 } else { chance + later(backup, s as usize, lane, time) };
        Row { gain, ..row.clone() }
    };
    let late: Vec<Row> = rows.iter().zip(members).zip(&chances).map(late).collect();
    let times = elimination::values(&late);
    for ((&s, chances), times) in members.iter().zip(chances).zip(times) {
        chance[s as usize][lane] = chances;
        time[s as usize][lane] = times;
    }
}
