//! Effects that follow without end.

use super::Aftermath;
use crate::analysis::storylines::likeliest_paths::ends;
use crate::solve::linear::iteration::Operator;
use crate::solve::linear::parts::{Edges, Parts, cycles};
use crate::solve::visits::carry::leaves;

/// For each lane of each situation: whether the effect still follows infinitely often before
/// something is written that its rule reads.
///
/// In a part that is never left every storyline comes by everything again and again, so the lanes
/// that can come to a transition that writes are finite there; of the others those are infinite that
/// can come to a rate. Before such parts: what can come to something infinite.
pub fn endless(all: &Aftermath<'_>, parts: &Parts) -> Vec<bool> {
    let graph = all.solver.graph;
    let mut infinite = vec![false; graph.len() * all.stride()];
    let mut any = false;
    for part in 0..parts.count() {
        let members = parts.members(part);
        if matches!(members, [only] if ends(graph, *only)) {
            continue;
        }
        let stays = cycles(graph, members, Edges::Estimated) && !leaves(all.solver, parts, members);
        if stays {
            any |= all.stay_for_ever(members, &mut infinite);
        } else if any {
            all.spread(members, &mut infinite);
        }
    }
    infinite
}

impl Aftermath<'_> {
    /// Marks what is infinite in a part that is never left; says whether anything is.
    fn stay_for_ever(&self, members: &[u32], infinite: &mut [bool]) -> bool {
        let mut fires = vec![false; infinite.len()];
        let mut ended = vec![false; infinite.len()];
        for &s in members {
            let range = self.range(s);
            for (lane, rate) in self.rates(s) {
                fires[range.start + *lane as usize] |= *rate > 0.0;
            }
            for (_, look) in self.ways(s) {
                let stay = self.stay(look.label);
                if stay.len() < self.stride() {
                    let lanes =
                        (0..self.stride() as u32).filter(|lane| stay.binary_search(lane).is_err());
                    lanes.for_each(|lane| ended[range.start + lane as usize] = true);
                }
            }
        }
        self.spread(members, &mut fires);
        self.spread(members, &mut ended);
        let mut any = false;
        for at in members.iter().flat_map(|&s| self.range(s)) {
            infinite[at] = fires[at] && !ended[at];
            any |= infinite[at];
        }
        any
    }

    /// Marks what can come to something marked as long as nothing is written.
    fn spread(&self, members: &[u32], marked: &mut [bool]) {
        let mut grown = true;
        while grown {
            grown = false;
            // Marks go against the transitions, and most lead from lower numbers to higher ones.
            for &s in members.iter().rev() {
                let range = self.range(s);
                for (target, look) in self.ways(s) {
                    let to = self.range(target).start;
                    let lanes = &self.turns[look.turn as usize].lanes;
                    for &lane in self.stay(look.label) {
                        let at = range.start + lane as usize;
                        if !marked[at] && marked[to + lanes[lane as usize] as usize] {
                            marked[at] = true;
                            grown = true;
                        }
                    }
                }
            }
        }
    }

    fn range(&self, s: u32) -> std::ops::Range<usize> {
        let begin = s as usize * self.stride();
        begin..begin + self.stride()
    }
}
