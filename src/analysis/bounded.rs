//! Probabilities within a number of turns: backward induction over the situations.

use super::backup::{Backup, Scratch};
use super::extreme::Aim;
use rayon::prelude::*;

/// After so many turns, what only fades further and is below [`FADED`] is left as it is (a least value: as
/// the least there is): it would take a million turns to vanish.
const LONG: u32 = 5_000;
/// See [`LONG`].
const FADED: f64 = 1e-15;
/// How many situations one thread takes at a time.
const CHUNK: usize = 256;

/// For each turn from 0 to `turns`: the value of each goal at the start when that many turns are
/// left; no more of them than until nothing changes any more. Situations first reached in turn `d` are looked at only while `d` turns may have passed,
/// and only when something behind them has changed.
#[must_use]
pub fn by_turn(backup: &Backup<'_>, turns: u32) -> Vec<Vec<f64>> {
    run(backup, turns, turns).0
}

/// The rows of situations that can be that of turn `turn`, with `turns - turn` turns left.
#[must_use]
pub fn rows_at(backup: &Backup<'_>, turns: u32, turn: u32) -> Vec<f64> {
    run(backup, turns, turns.saturating_sub(turn)).1
}

/// The first `steps` steps of the induction over `turns` turns: the values at the start after
/// each, up to where nothing changes any more, and the rows after the last.
fn run(backup: &Backup<'_>, turns: u32, steps: u32) -> (Vec<Vec<f64>>, Vec<f64>) {
    let graph = backup.solver.graph;
    let stride = backup.goals.stride();
    let least = backup.aim != Aim::ESTIMATE && !backup.aim.greatest;
    let mut rows = backup.ends();
    let mut found = vec![backup.goals.at_start(&rows[..stride])];
    let mut next = rows.clone();
    let mut changed = vec![true; graph.len()];
    let mut changes = vec![false; graph.len()];
    let mut scratch = Scratch::default();
    for step in 1..=steps {
        backup.solver.round();
        let depth = (turns - step) as usize + 1;
        let within = graph.depths.get(depth).map_or(graph.len(), |&count| count as usize);
        let one = |scratch: &mut Scratch, at: usize, next: &mut [f64], changes: &mut [bool]| {
            for (place, (next, changes)) in next.chunks_exact_mut(stride).zip(changes).enumerate() {
                let s = at * CHUNK + place;
                let targets = &graph.targets[graph.leaves(s)];
                *changes = targets.iter().any(|&target| changed[target as usize]);
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
        let (next_rows, changes_within) = (&mut next[..within * stride], &mut changes[..within]);
        if within <= CHUNK {
            one(&mut scratch, 0, next_rows, changes_within);
        } else {
            let chunks = next_rows.par_chunks_mut(CHUNK * stride);
            let chunks = chunks.zip(changes_within.par_chunks_mut(CHUNK)).enumerate();
            chunks.for_each_init(Scratch::default, |scratch, (at, (next, changes))| {
                one(scratch, at, next, changes);
            });
        }
        let any = changes[..within].contains(&true);
        let moved = changes[..within].iter().enumerate().filter(|(_, changed)| **changed);
        for (s, _) in moved {
            let range = s * stride..(s + 1) * stride;
            rows[range.clone()].copy_from_slice(&next[range]);
        }
        changed.fill(false);
        changed[..within].copy_from_slice(&changes[..within]);
        found.push(backup.goals.at_start(&rows[..stride]));
        if !any {
            break;
        }
    }
    (found, rows)
}
