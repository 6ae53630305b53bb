//! Probabilities without a limit of turns, bounded from both sides.
//!
//! Strongly connected parts are solved in order, what comes last first. Where nothing varies, a part
//! is a set of linear equations: iterated with a bound of the error from what is measured
//! (`exit.rs`), or, where storylines stay so long that this would crawl, eliminated. Where likelihoods or decisions vary, see
//! `optimistic/`.

use super::equations::{Unknowns, rows};
use super::longest_stay;
use super::one_turn::Backup;
use super::value_iteration;
use crate::solve::aim::Aim;
use crate::solve::linear::elimination;
use crate::solve::linear::iteration::Iteration;
use crate::solve::linear::parts::{Edges, Parts, cycles, thin};

/// The error that is good enough.
const ENOUGH: f64 = 1e-11;
/// Rounding of one round, with margin.
const ROUNDING: f64 = 2e-15;
/// Rounds of iteration.
const ROUNDS: usize = 20_000;

/// Values of all situations, and bounds of how wrong they are.
#[derive(Clone, Debug)]
pub struct Values {
    /// The rows.
    pub rows: Vec<f64>,
    /// For each situation: how far its values may be from the true ones.
    pub errors: Vec<f64>,
}

/// Finds the values of goals.
#[must_use]
pub fn ever(backup: &Backup<'_>) -> Values {
    let graph = backup.solver.graph;
    let fixed = backup.aim == Aim::ESTIMATE;
    let edges = if fixed { Edges::Estimated } else { Edges::Possible };
    let parts = Parts::new(graph, edges);
    let stride = backup.goals.stride();
    let mut values = Values { rows: backup.ends(), errors: vec![0.0; graph.len()] };
    let mut out = vec![0.0; stride];
    let mut turns = if fixed { vec![0.0; graph.len()] } else { Vec::new() };
    let mut ones = Vec::new();
    for part in 0..parts.count() {
        if backup.solver.is_stopped() {
            break;
        }
        let members = parts.members(part);
        let behind = members.iter().flat_map(|&s| &graph.targets[graph.leaves(s as usize)]);
        let error = behind.map(|&target| values.errors[target as usize]).fold(0.0, f64::max);
        let own = match members {
            [only] if backup.is_fixed(*only as usize) => {
                backup.alone(*only as usize, &values.rows, &mut out);
                values.rows[*only as usize * stride..][..stride].copy_from_slice(&out);
                0.0
            }
            [only] if !cycles(graph, members, edges) => {
                let s = *only as usize;
                backup.value(s, &values.rows, &mut Default::default(), &mut out);
                values.rows[s * stride..][..stride].copy_from_slice(&out);
                0.0
            }
            _ if fixed => {
                linear(backup, &parts, members, &mut values.rows, (&mut turns, &mut ones))
            }
            _ => value_iteration::solve(backup, members, &mut values.rows, &mut ones),
        };
        members.iter().for_each(|&s| values.errors[s as usize] = error + own);
    }
    values
}

/// Solves a part in which nothing varies; says how wrong its values may be.
fn linear(
    backup: &Backup<'_>,
    parts: &Parts,
    members: &[u32],
    rows: &mut [f64],
    (turns, ones): (&mut [f64], &mut Vec<f64>),
) -> f64 {
    if thin(backup.solver.graph, members) && directly(backup, members, rows) {
        return 0.0;
    }
    if certain(backup, parts, members, rows) {
        return 0.0;
    }
    let longest = longest_stay::longest(backup.solver, parts, Some(backup.goals), members, turns);
    let mut iteration = Iteration::new(backup, members, &backup.goals.orbits);
    if let Some(longest) = longest.filter(|longest| longest * ROUNDING < 1e-9) {
        let enough = (ENOUGH / longest).max(ROUNDING / 4.0);
        let steps = iteration.run(rows, &vec![enough; backup.goals.orbits.len()], ROUNDS);
        let step = steps.into_iter().fold(0.0, f64::max);
        return longest * (step + ROUNDING);
    }
    if directly(backup, members, rows) {
        return 0.0;
    }
    drop(iteration);
    value_iteration::solve(backup, members, rows, ones)
}

/// Solves a part by elimination, orbit by orbit; says whether that could be done.
fn directly(backup: &Backup<'_>, members: &[u32], rows: &mut [f64]) -> bool {
    let found: Option<Vec<_>> = backup
        .goals
        .orbits
        .iter()
        .map(|orbit| {
            let unknowns = Unknowns::new(members, orbit);
            elimination::values(&self::rows(backup, &unknowns, &|_, _| None, rows))
        })
        .collect();
    let Some(found) = found else { return false };
    for (orbit, values) in backup.goals.orbits.iter().zip(found) {
        Unknowns::new(members, orbit).put(&values, backup.goals.stride(), rows);
    }
    true
}

/// Settles a part that is never left and in which no goal is put out of reach: what can happen
/// there happens. Says whether it is one.
fn certain(backup: &Backup<'_>, parts: &Parts, members: &[u32], rows: &mut [f64]) -> bool {
    let (graph, goals) = (backup.solver.graph, backup.goals);
    let part = parts.part_of[members[0] as usize];
    let mut happens = vec![false; goals.lanes];
    for &s in members {
        let s = s as usize;
        for (target, kind) in graph.ways(graph.leaves(s)) {
            if graph.kinds[kind as usize].estimate <= 0.0 {
                continue;
            }
            if parts.part_of[target as usize] != part {
                return false;
            }
            for (happens, &from) in happens.iter_mut().zip(goals.place(kind)) {
                *happens |= from as usize == goals.lanes;
            }
        }
        for (lane, happens) in happens.iter_mut().enumerate() {
            if goals.misses(s, lane) {
                return false;
            }
            *happens |= goals.reaches(s, lane);
        }
    }
    // Names change places on the way round: what happens to one happens to all of its orbit.
    for orbit in &goals.orbits {
        let any = orbit.iter().any(|&lane| happens[lane]);
        orbit.iter().for_each(|&lane| happens[lane] = any);
    }
    for &s in members {
        let row = &mut rows[s as usize * goals.stride()..][..goals.lanes];
        row.iter_mut().zip(&happens).for_each(|(value, &happens)| {
            *value = f64::from(u8::from(happens));
        });
    }
    true
}
