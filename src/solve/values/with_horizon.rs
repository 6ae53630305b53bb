//! Probabilities within a number of turns: backward induction over the situations.

use super::one_turn::{Backup, Scratch};
use crate::engine::Graph;
use crate::solve::aim::Aim;
use rayon::prelude::*;

/// After so many turns, what only fades further and is below [`FADED`] is left as it is (a least value: as
/// the least there is): it would take a million turns to vanish.
const LONG: u32 = 5_000;
/// See [`LONG`].
const FADED: f64 = 1e-15;
/// How many situations one thread takes at a time.
const CHUNK: usize = 256;

/// For each turn from 0 to `turns`: the value of each goal at the start when that many turns are
/// left; no more of them than until nothing changes any more.
#[must_use]
pub fn by_turn(backup: &Backup<'_>, turns: u32) -> Vec<Vec<f64>> {
    let mut found = Vec::new();
    let alive = Alive::for_ever(backup.solver.graph);
    run(backup, turns, turns, alive, &mut |start| found.push(backup.goals.at_start(start)));
    found
}

/// The value of each goal at the start with `turns` turns left.
#[must_use]
pub fn at_start(backup: &Backup<'_>, turns: u32) -> Vec<f64> {
    backup.goals.at_start(&rows_at(backup, turns, 0)[..backup.goals.stride()])
}

/// The rows of situations that can be that of turn `turn`, with `turns - turn` turns left.
#[must_use]
pub fn rows_at(backup: &Backup<'_>, turns: u32, turn: u32) -> Vec<f64> {
    let alive = Alive::by_turn(backup.solver.graph);
    run(backup, turns, turns.saturating_sub(turn), alive, &mut |_| {})
}

/// The first `steps` steps of the induction over `turns` turns, each from what is left of the turns at a
/// turn: the rows after the last. Says the row of the start before the first and after each, up to
/// where nothing changes any more. Situations are looked at only in turns that can be theirs, and only when
/// something behind them has changed.
fn run(
    backup: &Backup<'_>,
    turns: u32,
    steps: u32,
    mut alive: Alive,
    start: &mut dyn FnMut(&[f64]),
) -> Vec<f64> {
    let graph = backup.solver.graph;
    let stride = backup.goals.stride();
    let least = backup.aim != Aim::ESTIMATE && !backup.aim.greatest;
    let mut rows = backup.ends();
    start(&rows[..stride]);
    let mut next = vec![0.0; rows.len()];
    let (mut changed, mut moved) = (vec![true; graph.len()], Vec::new());
    moved.extend(0..graph.len());
    let mut changes = vec![false; graph.len()];
    let mut scratch = Scratch::default();
    let mut step = 1;
    while step <= steps && backup.solver.round() {
        let turn = turns - step;
        alive.go_to(turn);
        let members = alive.members(graph, turn);
        let one =
            |scratch: &mut Scratch, members: &[u32], next: &mut [f64], changes: &mut [bool]| {
                let places = members.iter().zip(next.chunks_exact_mut(stride)).zip(changes);
                for ((&s, next), changes) in places {
                    let s = s as usize;
                    let targets = &graph.targets[graph.leaves(s)];
                    *changes = alive.is_last(s, turn)
                        || targets.iter().any(|&target| changed[target as usize]);
                    if *changes {
                        backup.value(s, &rows, scratch, next);
                        let old = &rows[s * stride..][..stride];
                        for (new, &old) in next.iter_mut().zip(old) {
                            if step > LONG && *new < old && old < FADED {
                                *new = if least { f64::MIN_POSITIVE } else { old };
                            }
                        }
                        *changes = next != old;
                    }
                }
            };
        if members.len() <= CHUNK {
            one(&mut scratch, members, &mut next, &mut changes);
        } else {
            let chunks = next.par_chunks_mut(CHUNK * stride).zip(changes.par_chunks_mut(CHUNK));
            let chunks = members.par_chunks(CHUNK).zip(chunks);
            chunks.for_each_init(Scratch::default, |scratch, (members, (next, changes))| {
                one(scratch, members, next, changes);
            });
        }
        moved.drain(..).for_each(|s: usize| changed[s] = false);
        let places = members.iter().zip(next.chunks_exact(stride)).zip(&changes);
        for ((&s, next), _) in places.filter(|(_, changes)| **changes) {
            let s = s as usize;
            rows[s * stride..][..stride].copy_from_slice(next);
            changed[s] = true;
            moved.push(s);
        }
        start(&rows[..stride]);
        step = match alive.next() {
            _ if !moved.is_empty() => step + 1,
            // Nothing changes but where a situation is looked at for the first time.
            Some(turn) => turns - turn,
            None => break,
        };
    }
    rows
}

/// The situations that can be that of a turn, from the last turn back.
struct Alive {
    /// For each situation the last turn that it can be that of; empty where nothing is known.
    latest: Vec<u32>,
    /// Those looked at so far, in their order.
    members: Vec<u32>,
    /// Those whose last turn is still to come, the next one last.
    pending: Vec<u32>,
}

impl Alive {
    /// Whatever the turn is.
    fn for_ever(graph: &Graph) -> Self {
        let members = (0..graph.len() as u32).collect();
        Self { latest: Vec::new(), members, pending: Vec::new() }
    }

    fn by_turn(graph: &Graph) -> Self {
        let latest = latest(graph);
        let all = 0..graph.len() as u32;
        let (members, mut pending): (Vec<u32>, Vec<u32>) =
            all.partition(|&s| latest[s as usize] == u32::MAX);
        pending.sort_by_key(|&s| latest[s as usize]);
        Self { latest, members, pending }
    }

    /// Takes in those whose last turn has come.
    fn go_to(&mut self, turn: u32) {
        let before = self.pending.partition_point(|&s| self.latest[s as usize] < turn);
        if before < self.pending.len() {
            self.members.extend(self.pending.drain(before..));
            self.members.sort_unstable();
        }
    }

    /// Those that can be that of a turn.
    fn members(&self, graph: &Graph, turn: u32) -> &[u32] {
        let within = graph.depths.get(turn as usize + 1).map_or(graph.len(), |&all| all as usize);
        &self.members[..self.members.partition_point(|&s| (s as usize) < within)]
    }

    /// Whether a turn is the last that a situation can be that of.
    fn is_last(&self, s: usize, turn: u32) -> bool {
        self.latest.get(s) == Some(&turn)
    }

    /// The last turn of those that are still to come.
    fn next(&self) -> Option<u32> {
        self.pending.last().map(|&s| self.latest[s as usize])
    }
}

/// For each situation the last turn that it can be that of: the longest way to it, where no way leads round;
/// otherwise the greatest number there is.
fn latest(graph: &Graph) -> Vec<u32> {
    let mut open = vec![0_u32; graph.len()];
    graph.targets.iter().for_each(|&target| open[target as usize] += 1);
    let mut latest = vec![u32::MAX; graph.len()];
    let mut longest = vec![0_u32; graph.len()];
    let mut ready: Vec<usize> = (open[0] == 0).then_some(0).into_iter().collect();
    while let Some(s) = ready.pop() {
        latest[s] = longest[s];
        for &target in &graph.targets[graph.leaves(s)] {
            let target = target as usize;
            longest[target] = longest[target].max(longest[s] + 1);
            open[target] -= 1;
            if open[target] == 0 {
                ready.push(target);
            }
        }
    }
    latest
}
