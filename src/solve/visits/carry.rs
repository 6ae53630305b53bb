//! Expected numbers of visits, carried forward from the start by the estimates.
//!
//! Beside the visits, lanes follow what led to the present: each leaf says how much of each lane
//! goes along. Everything is linear, so the totals over all turns are found without following
//! storylines one by one.

use super::incoming::Back;
use super::steady::Steady;
use crate::solve::linear::elimination::{Row, visits};
use crate::solve::linear::iteration::{Iteration, Operator};
use crate::solve::linear::parts::{Edges, Parts, cycles, thin};
use crate::solve::solver::Solver;
use rayon::prelude::*;

/// How lanes move along a leaf.
pub trait Carry: Sync {
    /// How many lanes there are; lane 0 is the visits.
    fn lanes(&self) -> usize;
    /// The lanes in situation 0, `lanes` long, all 0 on entry.
    fn begin(&self, lanes: &mut [f64]);
    /// Adds to `lanes` what goes along a way, given the lanes of the situation that it leaves.
    fn carry(&self, way: Way, from: &[f64], lanes: &mut [f64]);
}

/// A leaf that is taken.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    /// The situation that it leaves.
    pub from: u32,
    /// The situation that it leads to.
    pub to: u32,
    /// The number of its kind.
    pub kind: u32,
    /// Its estimated probability.
    pub weight: f64,
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

    fn carry(&self, way: Way, from: &[f64], lanes: &mut [f64]) {
        lanes[0] += way.weight * from[0];
    }
}

/// The last step, as a share of the largest number, after which a part is solved: times the longest
/// stay it bounds the error, and nobody asks for expected numbers with more than nine digits.
pub const ENOUGH: f64 = 1e-12;
/// Rounds of iteration on a part of the graph at most.
pub const ROUNDS: usize = 20_000;
/// Rounds after which what does not fade in a part that nothing leaves stays for ever.
const FADING: usize = 2_000;
/// From so many situations on a turn is worth several threads.
const PARALLEL: usize = 1024;

/// For each situation and lane: the sum over the turns in which a storyline goes on from there.
/// With `turns`, from turn 0 to the one before the last; else for ever, perhaps infinite.
#[must_use]
pub fn totals(solver: Solver<'_>, back: &Back, carry: &impl Carry, turns: Option<u32>) -> Vec<f64> {
    match turns {
        Some(turns) => within(solver, back, carry, turns),
        None => ever(solver, back, carry),
    }
}

/// What comes to a situation from those of `now`.
fn pull(
    solver: Solver<'_>,
    back: &Back,
    carry: &impl Carry,
    to: usize,
    now: &[f64],
    out: &mut [f64],
) {
    let width = carry.lanes();
    for &(from, kind) in back.to(to as u32) {
        let lanes = &now[from as usize * width..][..width];
        let weight = solver.graph.kinds[kind as usize].estimate;
        if weight > 0.0 && lanes.iter().any(|lane| *lane != 0.0) {
            carry.carry(Way { from, to: to as u32, kind, weight }, lanes, out);
        }
    }
}

fn within(solver: Solver<'_>, back: &Back, carry: &impl Carry, turns: u32) -> Vec<f64> {
    let (graph, width) = (solver.graph, carry.lanes());
    let mut total = vec![0.0; graph.len() * width];
    let mut now = vec![0.0; graph.len() * width];
    let mut next = now.clone();
    let (mut active, mut coming) = (vec![0_u32], Vec::new());
    let mut seen = vec![false; graph.len()];
    carry.begin(&mut now[..width]);
    for turn in 0..turns {
        for &s in &active {
            let s = s as usize;
            let from = &now[s * width..(s + 1) * width];
            for (total, value) in total[s * width..].iter_mut().zip(from) {
                *total += value;
            }
            for leaf in graph.leaves(s).filter(|&leaf| graph.estimate(leaf) > 0.0) {
                let target = graph.targets[leaf] as usize;
                if !std::mem::replace(&mut seen[target], true) {
                    coming.push(target as u32);
                }
            }
        }
        coming.sort_unstable();
        if coming.len() < PARALLEL {
            for &s in &coming {
                let out = &mut next[s as usize * width..][..width];
                pull(solver, back, carry, s as usize, &now, out);
            }
        } else {
            next.par_chunks_exact_mut(width)
                .zip(&seen)
                .enumerate()
                .filter(|(_, (_, seen))| **seen)
                .for_each(|(s, (out, _))| pull(solver, back, carry, s, &now, out));
        }
        let left = turns - turn - 1;
        let steady = Steady::new(left);
        let lanes = |s: &u32| *s as usize * width..(*s as usize + 1) * width;
        let stays = |s: &u32| steady.all(&now[lanes(s)], &next[lanes(s)], &total[lanes(s)]);
        if active == coming && active.iter().all(stays) {
            for lanes in active.iter().map(lanes) {
                let all = total[lanes.clone()].iter_mut().zip(&next[lanes]);
                all.for_each(|(total, value)| *total += value * f64::from(left));
            }
            break;
        }
        for &s in &active {
            now[s as usize * width..][..width].fill(0.0);
        }
        std::mem::swap(&mut now, &mut next);
        std::mem::swap(&mut active, &mut coming);
        coming.clear();
        active.iter().for_each(|&s| seen[s as usize] = false);
    }
    total
}

/// The totals of a part, from those of the parts before.
struct Flow<'a, C> {
    solver: Solver<'a>,
    back: &'a Back,
    carry: &'a C,
    /// What is infinite in the part being solved, one entry a lane of each situation; left out.
    infinite: Vec<bool>,
}

impl<C: Carry> Operator for Flow<'_, C> {
    type Scratch = ();

    fn stride(&self) -> usize {
        self.carry.lanes()
    }

    fn apply(&self, s: usize, rows: &[f64], (): &mut (), out: &mut [f64]) {
        out.fill(0.0);
        if s == 0 {
            self.carry.begin(out);
        }
        pull(self.solver, self.back, self.carry, s, rows, out);
        if !self.infinite.is_empty() {
            let infinite = &self.infinite[s * self.stride()..][..out.len()];
            out.iter_mut().zip(infinite).filter(|lane| *lane.1).for_each(|(out, _)| *out = 0.0);
        }
    }
}

fn ever(solver: Solver<'_>, back: &Back, carry: &impl Carry) -> Vec<f64> {
    let (graph, width) = (solver.graph, carry.lanes());
    let mut flow = Flow { solver, back, carry, infinite: Vec::new() };
    let mut total = vec![0.0; graph.len() * width];
    let parts = Parts::new(graph, Edges::Estimated);
    let mut out = vec![0.0; width];
    for part in (0..parts.count()).rev() {
        let members = parts.members(part);
        match members {
            [only] => {
                flow.apply(*only as usize, &total, &mut (), &mut out);
                if cycles(graph, members, Edges::Estimated) {
                    flow.looping(*only as usize, &mut out);
                }
                total[*only as usize * width..][..width].copy_from_slice(&out);
            }
            _ if leaves(solver, &parts, members) => flow.passing(&parts, members, &mut total),
            _ => flow.staying(members, &mut total),
        }
    }
    total
}

/// Whether some estimated leaf leads out of a part.
pub fn leaves(solver: Solver<'_>, parts: &Parts, members: &[u32]) -> bool {
    let graph = solver.graph;
    let part = parts.part_of[members[0] as usize];
    members.iter().any(|&s| {
        graph.leaves(s as usize).any(|leaf| {
            graph.estimate(leaf) > 0.0 && parts.part_of[graph.targets[leaf] as usize] != part
        })
    })
}

impl<C: Carry> Flow<'_, C> {
    /// A part that is left in the end. The visits of a small one are found directly.
    fn passing(&self, parts: &Parts, members: &[u32], total: &mut [f64]) {
        let width = self.stride();
        if width == 1 && thin(self.solver.graph, members) && self.directly(parts, members, total) {
            return;
        }
        let classes = [(0..width).collect::<Vec<_>>()];
        let mut iteration = Iteration::new(self, members, &classes);
        let steps = iteration.run_relative(total, ENOUGH, ROUNDS);
        if steps > 1e-9 && width == 1 {
            self.directly(parts, members, total);
        }
    }

    /// A situation that loops, with what comes from others in `row`: what its loop makes of it.
    fn looping(&self, s: usize, row: &mut [f64]) {
        let graph = self.solver.graph;
        let counts = |leaf: &usize| graph.estimate(*leaf) > 0.0;
        let is_loop = |leaf: &usize| graph.targets[*leaf] as usize == s;
        let loops: Vec<usize> = graph.leaves(s).filter(counts).filter(is_loop).collect();
        let out = graph.leaves(s).filter(counts).filter(|leaf| !is_loop(leaf));
        // A sum of nothing would be -0.0, and dividing by it minus infinity.
        let leaving = out.fold(0.0, |sum, leaf| sum + graph.estimate(leaf));
        let begin = row.to_vec();
        row[0] = if begin[0] > 0.0 { begin[0] / leaving } else { 0.0 };
        if row.len() == 1 {
            return;
        }
        // Visits without end bring about again and again what a loop writes.
        let mut visits = row.to_vec();
        visits.iter_mut().for_each(|lane| *lane = 0.0);
        visits[0] = f64::from(u8::from(row[0].is_infinite()));
        let round = |from: &[f64], to: &mut [f64]| {
            for &leaf in &loops {
                let (s, kind) = (s as u32, graph.kind_number(leaf));
                let way = Way { from: s, to: s, kind, weight: graph.estimate(leaf) };
                self.carry.carry(way, from, to);
            }
        };
        let mut endless = vec![0.0; row.len()];
        (0..2).for_each(|_| {
            round(&visits, &mut endless);
            visits.copy_from_slice(&endless);
        });
        let visits = if row[0].is_finite() { row[0] } else { 0.0 };
        let mut next = begin.clone();
        let mut grows = false;
        let rounds = if leaving > 0.0 { ROUNDS } else { FADING };
        for _ in 0..rounds {
            row[0] = visits;
            next.copy_from_slice(&begin);
            round(row, &mut next);
            grows = next[1..].iter().zip(&row[1..]).any(|(new, old)| new - old > 1e-15 * new);
            row.copy_from_slice(&next);
            if !grows {
                break;
            }
        }
        row[0] = if begin[0] > 0.0 { begin[0] / leaving } else { 0.0 };
        for (at, lane) in row.iter_mut().enumerate().skip(1) {
            let stays = leaving <= 0.0 && grows && *lane > begin[at] * (FADING as f64) / 2.0;
            if endless[at] > 0.0 || stays && *lane > 0.0 {
                *lane = f64::INFINITY;
            }
        }
    }

    /// The visits of a part by elimination; says whether that could be done.
    fn directly(&self, parts: &Parts, members: &[u32], total: &mut [f64]) -> bool {
        let graph = self.solver.graph;
        let part = parts.part_of[members[0] as usize];
        let begin: Vec<f64> = members
            .iter()
            .map(|&s| {
                let outside = |way: &&(u32, u32)| parts.part_of[way.0 as usize] != part;
                let ways = self.back.to(s).iter().filter(outside);
                let part = |&(from, kind): &(u32, u32)| {
                    graph.kinds[kind as usize].estimate * total[from as usize]
                };
                ways.map(part).sum::<f64>() + f64::from(u8::from(s == 0))
            })
            .collect();
        let row = |&s: &u32| {
            let mut row = Row::default();
            for (target, kind) in graph.ways(graph.leaves(s as usize)) {
                let weight = graph.kinds[kind as usize].estimate;
                match members.binary_search(&target) {
                    Ok(at) if weight > 0.0 => row.inside.push((at, weight)),
                    Ok(_) => {}
                    Err(_) => row.leaving += weight,
                }
            }
            row.inside.sort_unstable_by_key(|entry| entry.0);
            row.inside.dedup_by(|next, entry| {
                let same = next.0 == entry.0;
                entry.1 += if same { next.1 } else { 0.0 };
                same
            });
            row
        };
        let rows: Vec<Row> = members.iter().map(row).collect();
        let Some(found) = visits(&rows, &begin) else { return false };
        members.iter().zip(found).for_each(|(&s, visits)| total[s as usize] = visits);
        true
    }

    /// A part that is never left: its visits are infinite, and whatever they bring about again and
    /// again. What only came in from outside may fade.
    fn staying(&mut self, members: &[u32], total: &mut [f64]) {
        let width = self.stride();
        let mut out = vec![0.0; width];
        self.infinite.clear();
        let mut endless = vec![0.0; total.len()];
        members.iter().for_each(|&s| endless[s as usize * width] = 1.0);
        loop {
            let mut grown = false;
            for &s in members {
                out.fill(0.0);
                pull(self.solver, self.back, self.carry, s as usize, &endless, &mut out);
                let row = &mut endless[s as usize * width..][..width];
                for (known, _) in row.iter_mut().zip(&out).filter(|lane| *lane.1 > 0.0) {
                    grown |= std::mem::replace(known, 1.0) == 0.0;
                }
            }
            if !grown {
                break;
            }
        }
        self.infinite = endless.iter().map(|lane| *lane > 0.0).collect();
        let mut before = Vec::new();
        let classes = [(0..width).collect::<Vec<_>>()];
        let mut iteration = Iteration::new(&*self, members, &classes);
        let fading = FADING.max(members.len());
        for round in 0..=fading {
            if round + 1 == fading {
                before = total.to_vec();
            }
            if iteration.round(total)[0] < 1e-15 {
                before.clear();
                break;
            }
        }
        for &s in members {
            let range = s as usize * width..(s as usize + 1) * width;
            for (at, value) in range.clone().zip(&mut total[range]) {
                let grows = before.get(at).is_some_and(|before| *value > before * (1.0 + 1e-12));
                if self.infinite[at] || grows {
                    *value = f64::INFINITY;
                }
            }
        }
        // Nothing follows a part that is never left: what was left out is not needed again.
        self.infinite.clear();
    }
}
