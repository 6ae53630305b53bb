//! The mean turn of the first time, given that there is one.

use super::equations::{Unknowns, rows};
use super::one_turn::Backup;
use crate::solve::linear::elimination;
use crate::solve::linear::iteration::{Iteration, Operator};
use crate::solve::linear::parts::{Edges, Parts, thin};

/// Rounds of iteration on a part of the graph at most.
const ROUNDS: usize = 20_000;

/// From the probabilities of having been reached by each turn.
#[must_use]
pub fn from_turns(by_turn: &[f64]) -> Option<f64> {
    let steps = by_turn.windows(2).zip(1_u32..);
    let sum: f64 = steps.map(|(pair, turn)| f64::from(turn) * (pair[1] - pair[0])).sum();
    by_turn.last().filter(|last| **last > 0.0).map(|last| sum / last)
}

/// Without a limit, from the probabilities `chances` of all situations, part by part: with `q` the
/// probability, `m = q + sum p m'`, for each turn adds one to the time of those storylines that
/// arrive.
#[must_use]
pub fn ever(backup: &Backup<'_>, chances: &[f64]) -> Vec<Option<f64>> {
    let (graph, goals) = (backup.solver.graph, backup.goals);
    let stride = goals.stride();
    let times = Times { backup, chances };
    let mut rows = vec![0.0; chances.len()];
    let mut out = vec![0.0; stride];
    let parts = Parts::new(graph, Edges::Estimated);
    for part in 0..parts.count() {
        let members = parts.members(part);
        if let [only] = *members {
            times.alone(only as usize, &rows, &mut out);
            rows[only as usize * stride..][..stride].copy_from_slice(&out);
        } else if !thin(graph, members) || !times.directly(members, &mut rows) {
            let mut iteration = Iteration::new(&times, members, &goals.orbits);
            let enough = vec![1e-12; goals.orbits.len()];
            let steps = iteration.run(&mut rows, &enough, ROUNDS);
            if steps.into_iter().fold(0.0, f64::max) > 1e-7 {
                times.directly(members, &mut rows);
            }
        }
    }
    let mean = |lane: usize| {
        let chance = goals.at_start(&chances[..stride])[lane];
        let time = if goals.starts_settled(lane) { 0.0 } else { rows[lane] };
        (chance > 0.0).then(|| time / chance)
    };
    (0..goals.lanes).map(mean).collect()
}

/// The times of storylines that arrive; the last entry of a row is 0, the time from arriving on.
struct Times<'a> {
    backup: &'a Backup<'a>,
    chances: &'a [f64],
}

impl Operator for Times<'_> {
    type Scratch = Vec<f64>;

    fn stride(&self) -> usize {
        self.backup.goals.stride()
    }

    fn apply(&self, s: usize, rows: &[f64], sums: &mut Vec<f64>, out: &mut [f64]) {
        let (graph, goals) = (self.backup.solver.graph, self.backup.goals);
        let stride = goals.stride();
        out.copy_from_slice(&self.chances[s * stride..][..stride]);
        out[goals.lanes] = 0.0;
        goals.gather(graph, s, rows, sums, &mut out[..goals.lanes]);
        for (lane, out) in out[..goals.lanes].iter_mut().enumerate() {
            let never = self.chances[s * stride + lane] <= 0.0;
            if never || graph.leaves(s).is_empty() || goals.settles(s, lane) {
                *out = 0.0;
            }
        }
    }
}

impl Times<'_> {
    /// The row of a situation that may loop, but is in no larger circle.
    fn alone(&self, s: usize, rows: &[f64], out: &mut [f64]) {
        let (graph, goals) = (self.backup.solver.graph, self.backup.goals);
        // Its own times are still 0 here.
        self.apply(s, rows, &mut Vec::new(), out);
        for (lane, out) in out[..goals.lanes].iter_mut().enumerate() {
            let loops = |(target, kind): &(u32, u32)| {
                *target as usize == s && goals.place(*kind)[lane] as usize != goals.lanes
            };
            let ways = graph.ways(graph.leaves(s)).filter(|way| !loops(way));
            let leaving: f64 = ways.map(|way| graph.kinds[way.1 as usize].estimate).sum();
            *out = if leaving > 0.0 { *out / leaving } else { 0.0 };
        }
    }

    /// The members' times by elimination; says whether that could be done.
    fn directly(&self, members: &[u32], rows: &mut [f64]) -> bool {
        let goals = self.backup.goals;
        let (stride, mut out) = (goals.stride(), vec![0.0; goals.stride()]);
        let before: Vec<f64> =
            members.iter().flat_map(|&s| rows[s as usize * stride..][..stride].to_vec()).collect();
        for &s in members {
            rows[s as usize * stride..][..stride].fill(0.0);
        }
        let gains: Vec<f64> = members
            .iter()
            .flat_map(|&s| {
                // The members' times are 0 here: only what comes from outside is added.
                self.apply(s as usize, rows, &mut Vec::new(), &mut out);
                out.clone()
            })
            .collect();
        for orbit in &goals.orbits {
            let unknowns = Unknowns::new(members, orbit);
            let mut chain = self::rows(self.backup, &unknowns, &|_, _| None, rows);
            let gain =
                (0..members.len()).flat_map(|at| orbit.iter().map(move |&l| at * stride + l));
            chain.iter_mut().zip(gain).for_each(|(row, at)| row.gain = gains[at]);
            let Some(times) = elimination::values(&chain) else {
                for (&s, before) in members.iter().zip(before.chunks_exact(stride)) {
                    rows[s as usize * stride..][..stride].copy_from_slice(before);
                }
                return false;
            };
            unknowns.put(&times, stride, rows);
        }
        true
    }
}
