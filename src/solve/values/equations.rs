//! The equations of a part of the graph, as rows to eliminate.

use super::one_turn::Backup;
use crate::solve::linear::elimination::Row;
use crate::solve::linear::number::Number;
use rustc_hash::FxHashMap;

/// The unknowns of a part: each member's lanes that can become each other.
#[derive(Clone, Debug)]
pub struct Unknowns<'a> {
    members: &'a [u32],
    orbit: &'a [usize],
    place: FxHashMap<u32, usize>,
    lane: FxHashMap<u32, usize>,
}

impl<'a> Unknowns<'a> {
    /// Of these members and lanes.
    #[must_use]
    pub fn new(members: &'a [u32], orbit: &'a [usize]) -> Self {
        let place = members.iter().enumerate().map(|(at, &s)| (s, at)).collect();
        let lane = orbit.iter().enumerate().map(|(at, &lane)| (lane as u32, at)).collect();
        Self { members, orbit, place, lane }
    }

    /// Each situation with a lane, in the order of the unknowns.
    pub fn each(&self) -> impl Iterator<Item = (u32, usize)> + '_ {
        self.members.iter().flat_map(|&s| self.orbit.iter().map(move |&lane| (s, lane)))
    }

    /// The number of an unknown, if it is one.
    #[must_use]
    pub fn find(&self, s: u32, lane: u32) -> Option<usize> {
        Some(self.place.get(&s)? * self.orbit.len() + self.lane.get(&lane)?)
    }

    /// Puts solved unknowns into rows.
    pub fn put(&self, values: &[f64], stride: usize, rows: &mut [f64]) {
        for ((s, lane), value) in self.each().zip(values) {
            rows[s as usize * stride + lane] = *value;
        }
    }
}

/// What follows each unknown, with the probabilities of the leaves that `weights` says for a
/// situation and a lane; by the estimates where it says none. The rows of the part's members are not read.
#[must_use]
pub fn rows(
    backup: &Backup<'_>,
    unknowns: &Unknowns<'_>,
    weights: &dyn Fn(u32, usize) -> Option<Vec<f64>>,
    rows: &[f64],
) -> Vec<Row> {
    rows_in(backup, unknowns, weights, rows, &|value| value)
}

/// The same in other numbers, which `of` makes of doubles.
#[must_use]
pub fn rows_in<N: Number>(
    backup: &Backup<'_>,
    unknowns: &Unknowns<'_>,
    weights: &dyn Fn(u32, usize) -> Option<Vec<f64>>,
    rows: &[f64],
    of: &dyn Fn(f64) -> N,
) -> Vec<Row<N>> {
    let (graph, goals) = (backup.solver.graph, backup.goals);
    let one = |(s, lane): (u32, usize)| {
        let leaves = graph.leaves(s as usize);
        if goals.settles(s as usize, lane) || leaves.is_empty() {
            let gain = f64::from(u8::from(goals.reaches(s as usize, lane)));
            return Row { inside: Vec::new(), gain: of(gain), leaving: of(1.0) };
        }
        let weights = weights(s, lane);
        let mut row = Row { inside: Vec::new(), gain: N::default(), leaving: N::default() };
        for (at, (target, kind)) in graph.ways(leaves).enumerate() {
            let weight = match &weights {
                Some(weights) => weights[at],
                None => graph.kinds[kind as usize].estimate,
            };
            let from = goals.place(kind)[lane];
            let inside =
                if from as usize == goals.lanes { None } else { unknowns.find(target, from) };
            match inside {
                Some(at) if weight > 0.0 => row.inside.push((at, of(weight))),
                Some(_) => {}
                None => {
                    let value = rows[target as usize * goals.stride() + from as usize];
                    row.gain.add(&of(weight).times(&of(value)));
                    row.leaving.add(&of(weight));
                }
            }
        }
        row.inside.sort_unstable_by_key(|entry| entry.0);
        row.inside.dedup_by(|next, entry| {
            let same = next.0 == entry.0;
            if same {
                entry.1.add(&next.1);
            }
            same
        });
        row
    };
    unknowns.each().map(one).collect()
}
