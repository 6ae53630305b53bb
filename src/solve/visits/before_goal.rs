//! Without a last turn: how often a storyline is expected in each situation before it comes to a
//! goal. Strongly connected parts in order, the first first.

use super::incoming::Back;
use crate::engine::Graph;
use crate::solve::linear::elimination::{self, Row};
use crate::solve::linear::iteration::{Iteration, Operator};
use crate::solve::linear::parts::{Parts, thin};

/// The last step, as a share of the largest number, after which a part is solved.
const ENOUGH: f64 = 1e-13;
/// Rounds of iteration on a part of the graph at most.
const ROUNDS: usize = 20_000;

/// A graph to carry visits through.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The situations.
    pub graph: &'a Graph,
    /// For each, what leads to it.
    pub back: &'a Back,
    /// Its parts, by the estimates.
    pub parts: &'a Parts,
}

impl Ground<'_> {
    /// The expected number of visits of each situation before one of `reached`, which are not
    /// visited; infinite where a storyline stays for ever.
    #[must_use]
    pub fn visits(self, reached: &dyn Fn(usize) -> bool) -> Vec<f64> {
        let reached: Vec<bool> = (0..self.graph.len()).map(reached).collect();
        let mut walk = Walk { ground: self, reached: &reached, part: 0, begin: Vec::new() };
        let mut visits = vec![0.0; self.graph.len()];
        for part in (0..self.parts.count()).rev() {
            walk.part = part as u32;
            walk.solve(&mut visits);
        }
        visits
    }
}

/// One part being solved.
struct Walk<'a> {
    ground: Ground<'a>,
    reached: &'a [bool],
    part: u32,
    /// For each member: what comes from outside.
    begin: Vec<f64>,
}

impl Walk<'_> {
    fn solve(&mut self, visits: &mut [f64]) {
        let Ground { graph, parts, .. } = self.ground;
        let members = parts.members(self.part as usize);
        self.begin = members.iter().map(|&s| self.incoming(s, visits)).collect();
        if self.begin.iter().all(|begin| *begin <= 0.0) {
            return;
        }
        let rows: Vec<Row> = members.iter().map(|&s| self.row(members, s)).collect();
        if let ([only], [row]) = (members, &rows[..]) {
            let leaves = graph.leaves(*only as usize).len();
            let ends = leaves == 0 || row.inside.is_empty();
            visits[*only as usize] = self.begin[0] / if ends { 1.0 } else { row.leaving };
        } else if rows.iter().all(|row| row.leaving <= 0.0) {
            members.iter().for_each(|&s| visits[s as usize] = f64::INFINITY);
        } else if let Some(found) =
            thin(graph, members).then(|| elimination::visits(&rows, &self.begin)).flatten()
        {
            members.iter().zip(found).for_each(|(&s, found)| visits[s as usize] = found);
        } else {
            self.iterate(members, &rows, visits);
        }
    }

    /// A part that is large and thick.
    fn iterate(&self, members: &[u32], rows: &[Row], visits: &mut [f64]) {
        let classes = [vec![0]];
        let share = Iteration::new(self, members, &classes).run_relative(visits, ENOUGH, ROUNDS);
        if share > 1e-9
            && let Some(found) = elimination::visits(rows, &self.begin)
        {
            members.iter().zip(found).for_each(|(&s, found)| visits[s as usize] = found);
        }
    }

    /// What comes to a situation from other parts.
    fn incoming(&self, s: u32, visits: &[f64]) -> f64 {
        if self.reached[s as usize] {
            return 0.0;
        }
        let outside = |way: &&(u32, u32)| self.ground.parts.part_of[way.0 as usize] != self.part;
        let ways = self.ground.back.to(s).iter().filter(outside);
        ways.fold(f64::from(u8::from(s == 0)), |sum, way| sum + self.along(*way, visits))
    }

    fn along(&self, (from, kind): (u32, u32), visits: &[f64]) -> f64 {
        let weight = self.ground.graph.kinds[kind as usize].estimate;
        if weight > 0.0 { weight * visits[from as usize] } else { 0.0 }
    }

    /// What follows a member: coming to the goal is leaving.
    fn row(&self, members: &[u32], s: u32) -> Row {
        let graph = self.ground.graph;
        let mut row = Row::default();
        if self.reached[s as usize] {
            return Row { leaving: 1.0, ..row };
        }
        for (target, kind) in graph.ways(graph.leaves(s as usize)) {
            let weight = graph.kinds[kind as usize].estimate;
            match members.binary_search(&target) {
                Ok(at) if !self.reached[target as usize] => {
                    if weight > 0.0 {
                        row.inside.push((at, weight));
                    }
                }
                Ok(_) | Err(_) => row.leaving += weight,
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
}

impl Operator for Walk<'_> {
    type Scratch = ();

    fn stride(&self) -> usize {
        1
    }

    fn apply(&self, s: usize, rows: &[f64], (): &mut (), out: &mut [f64]) {
        out[0] = 0.0;
        if !self.reached[s] {
            let ways = self.ground.back.to(s as u32).iter();
            out[0] =
                ways.fold(f64::from(u8::from(s == 0)), |sum, way| sum + self.along(*way, rows));
        }
    }
}
