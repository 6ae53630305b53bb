//! What is possible and what is certain, decided by the ways there are and never by a number, which may
//! be too small, or too near to 1, to be told from the end.
//!
//! Pairs of a situation and a lane are followed, for actors that change places make one goal
//! another. The sets are the usual fixed points of Markov decision processes (de Alfaro 1997): what some choice reaches with
//! probability 1 is a fixed point within a fixed point.

use super::branch_and_bound::best;
use super::fixed_points::settle;
use super::values::one_turn::Backup;
use crate::engine::Scaled;
use crate::engine::choice::Choice;
use crate::engine::{Freedom, Program};

/// Whether a goal can be reached from the start, and whether it must be.
pub struct Qualities<'a> {
    backup: &'a Backup<'a>,
    /// The lanes that the goal can become.
    orbit: &'a [usize],
    /// The place of each lane in the orbit.
    place: Vec<usize>,
    /// For each situation and lane of the orbit: in how many turns a storyline can come there at the
    /// earliest, the goal still open; [`NEVER`] where it cannot.
    earliest: Vec<u32>,
    /// Those of them to which it can, in that order.
    open: Vec<usize>,
    /// The earliest turn in which the goal can be reached.
    reached: u32,
    /// Whether it is to avoid something.
    avoids: bool,
}

const NEVER: u32 = u32::MAX;

/// Where a leaf leads.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Reached,
    Missed,
    Open(usize),
}

impl<'a> Qualities<'a> {
    /// Of a lane of the backup's goals: what it may vary decides what is possible.
    #[must_use]
    pub fn new(backup: &'a Backup<'a>, lane: usize) -> Self {
        let goals = backup.goals;
        let orbit = goals.orbits.iter().find(|orbit| orbit.contains(&lane));
        let orbit = orbit.map_or(&[][..], Vec::as_slice);
        let mut place = vec![usize::MAX; goals.lanes];
        orbit.iter().enumerate().for_each(|(at, &lane)| place[lane] = at);
        let count = backup.solver.graph.len() * orbit.len();
        let mut found = Self {
            backup,
            orbit,
            place,
            earliest: vec![NEVER; count],
            open: Vec::new(),
            reached: NEVER,
            avoids: goals.at_end()[lane] > 0.0,
        };
        found.explore(lane);
        found
    }

    fn explore(&mut self, lane: usize) {
        let first = self.backup.goals.at_first(lane);
        match first.map_or(End::Reached, |lane| self.at(0, lane)) {
            End::Reached => self.reached = 0,
            End::Missed => {}
            End::Open(at) => {
                self.earliest[at] = 0;
                self.open.push(at);
            }
        }
        let mut next = 0;
        while let Some(&at) = self.open.get(next) {
            next += 1;
            let turn = self.earliest[at] + 1;
            let possible = self.possible_leaves(at / self.orbit.len());
            for (end, possible) in self.ends(at).into_iter().zip(possible) {
                match end {
                    _ if !possible => {}
                    End::Reached => self.reached = self.reached.min(turn),
                    End::Open(to) if self.earliest[to] == NEVER => {
                        self.earliest[to] = turn;
                        self.open.push(to);
                    }
                    End::Missed | End::Open(_) => {}
                }
            }
        }
    }

    /// Whether the goal can be reached within so many turns, for some choice.
    #[must_use]
    pub fn possible(&self, turns: Option<u32>) -> bool {
        if let (Some(turns), true) = (turns, self.avoids) {
            return self.open.first().is_some_and(|&start| self.avoidable_within(turns)[start]);
        }
        self.reached != NEVER && turns.is_none_or(|turns| self.reached <= turns)
    }

    /// Whether it is reached for sure within so many turns: under the best choice where the greatest
    /// value is looked for, else under every choice.
    #[must_use]
    pub fn certain(&self, turns: Option<u32>) -> bool {
        let Some(&start) = self.open.first() else { return self.reached == 0 };
        match turns {
            Some(turns) => self.certain_within(turns)[start],
            None if self.backup.aim.greatest => self.certain_under_some()[start],
            None => !self.can_be_avoided().contains(&true),
        }
    }

    /// Whether it has a probability above 0 under every choice, without a limit of turns.
    #[must_use]
    pub fn unavoidable(&self) -> bool {
        let avoided = |&start: &usize| self.can_be_avoided()[start];
        !self.avoids && !self.open.first().map_or(self.reached > 0, avoided)
    }

    fn certain_within(&self, turns: u32) -> Vec<bool> {
        self.rounds(turns, |at, sure| {
            self.least_outside(at, |end| match end {
                End::Reached => true,
                End::Missed => false,
                End::Open(to) => sure[to],
            })
        })
    }

    /// From where some storyline comes to its end in so many turns without what is to be avoided.
    fn avoidable_within(&self, turns: u32) -> Vec<bool> {
        self.rounds(turns, |at, can| {
            let possible = self.possible_leaves(at / self.orbit.len());
            let mut ends = self.ends(at).into_iter().zip(possible).filter(|it| it.1);
            ends.any(|(end, _)| matches!(end, End::Open(to) if can[to]))
        })
    }

    /// So many turns back from the end, where what is to be avoided has been, and nothing else.
    fn rounds(&self, turns: u32, holds: impl Fn(usize, &[bool]) -> bool) -> Vec<bool> {
        let graph = self.backup.solver.graph;
        let mut now = vec![self.avoids; self.earliest.len()];
        for _ in 0..turns {
            let mut next = now.clone();
            for &at in &self.open {
                next[at] = if graph.leaves(at / self.orbit.len()).is_empty() {
                    self.avoids
                } else {
                    holds(at, &now)
                };
            }
            if next == now {
                break;
            }
            now = next;
        }
        now
    }

    /// Where some choice stays without the goal for ever.
    fn can_be_avoided(&self) -> Vec<bool> {
        let mut stays: Vec<bool> = self.earliest.iter().map(|turn| *turn != NEVER).collect();
        let graph = self.backup.solver.graph;
        settle(&self.before(), self.open.iter().copied(), |at| {
            let goes = stays[at]
                && !graph.leaves(at / self.orbit.len()).is_empty()
                && !self.some_stays(at, &stays);
            stays[at] &= !goes;
            goes
        });
        stays
    }

    /// For each pair those that lead to it.
    fn before(&self) -> Vec<Vec<u32>> {
        let mut before = vec![Vec::new(); self.earliest.len()];
        for &at in &self.open {
            for end in self.ends(at) {
                if let End::Open(to) = end {
                    before[to].push(at as u32);
                }
            }
        }
        before
    }

    /// Whether some choice comes to none but these, or to where the goal is out of reach.
    fn some_stays(&self, at: usize, stays: &[bool]) -> bool {
        let inside = |end: End| match end {
            End::Reached => false,
            End::Missed => true,
            End::Open(to) => stays[to],
        };
        self.extreme(at, |end| if inside(end) { Scaled::ZERO } else { Scaled::ONE }, false)
            == Scaled::ZERO
    }

    /// Where some choice reaches the goal with probability 1: all that it may come to is such, and it
    /// does come on.
    fn certain_under_some(&self) -> Vec<bool> {
        let mut outer: Vec<bool> = self.earliest.iter().map(|turn| *turn != NEVER).collect();
        let before = self.before();
        loop {
            // Out goes first what cannot help coming to where the goal is out of reach.
            settle(&before, self.open.iter().copied(), |at| {
                let stays = |end: End| match end {
                    End::Reached => Scaled::ONE,
                    End::Open(to) if outer[to] => Scaled::ONE,
                    End::Open(_) | End::Missed => Scaled::ZERO - Scaled::HUGE,
                };
                let goes = outer[at] && !self.extreme(at, stays, true).is_positive();
                outer[at] &= !goes;
                goes
            });
            let mut inner = vec![false; outer.len()];
            settle(&before, self.open.iter().copied(), |at| {
                let worth = |end: End| match end {
                    End::Reached => Scaled::ONE,
                    End::Open(to) if inner[to] => Scaled::ONE,
                    End::Open(to) if outer[to] => Scaled::ZERO,
                    End::Open(_) | End::Missed => Scaled::ZERO - Scaled::HUGE,
                };
                let comes_on =
                    outer[at] && !inner[at] && self.extreme(at, worth, true).is_positive();
                inner[at] |= comes_on;
                comes_on
            });
            if inner == outer {
                return outer;
            }
            outer = inner;
        }
    }

    /// Whether what is asked of all ends holds under some choice (greatest) or under every.
    fn least_outside(&self, at: usize, inside: impl Fn(End) -> bool) -> bool {
        let outside = |end: End| if inside(end) { Scaled::ZERO } else { Scaled::ONE };
        self.extreme(at, outside, !self.backup.aim.greatest) == Scaled::ZERO
    }

    /// The extreme of the expected worth of the ends of a situation; exact in whether it is 0 where no
    /// worth is below 0.
    fn extreme(&self, at: usize, worth: impl Fn(End) -> Scaled, greatest: bool) -> Scaled {
        let (solver, aim) = (self.backup.solver, self.backup.aim);
        let s = at / self.orbit.len();
        let leaves: Vec<Scaled> = self.ends(at).into_iter().map(worth).collect();
        match solver.graph.choice(s).filter(|_| aim.freedom != Freedom::Estimate) {
            Some(choice) => {
                best(solver.program, choice, super::aim::Aim { greatest, ..aim }, &leaves).value
            }
            None => {
                let weigh = |sum, (leaf, worth): (usize, &Scaled)| {
                    sum + *worth * solver.graph.estimate(leaf)
                };
                solver.graph.leaves(s).zip(&leaves).fold(Scaled::ZERO, weigh)
            }
        }
    }

    /// For each leaf of a situation: whether some choice takes it.
    fn possible_leaves(&self, s: usize) -> Vec<bool> {
        let (solver, freedom) = (self.backup.solver, self.backup.aim.freedom);
        let leaves = solver.graph.leaves(s);
        match solver.graph.choice(s).filter(|_| freedom != Freedom::Estimate) {
            Some(choice) => taken(solver.program, choice, freedom, leaves.len()),
            None => leaves.map(|leaf| solver.graph.estimate(leaf) > 0.0).collect(),
        }
    }

    fn ends(&self, at: usize) -> Vec<End> {
        let (graph, goals) = (self.backup.solver.graph, self.backup.goals);
        let (s, lane) = (at / self.orbit.len(), self.orbit[at % self.orbit.len()]);
        let end = |(target, kind): (u32, u32)| match goals.place(kind)[lane] as usize {
            settled if settled == goals.lanes => End::Reached,
            lane => self.at(target as usize, lane),
        };
        graph.ways(graph.leaves(s)).map(end).collect()
    }

    fn at(&self, s: usize, lane: usize) -> End {
        let goals = self.backup.goals;
        if goals.reaches(s, lane) {
            End::Reached
        } else if goals.misses(s, lane) {
            End::Missed
        } else {
            End::Open(s * self.orbit.len() + self.place[lane])
        }
    }
}

/// For each leaf: whether it has a probability above 0 for some corner of each draw.
fn taken(program: &Program, choice: Choice<'_>, freedom: Freedom, leaves: usize) -> Vec<bool> {
    let mut here = vec![true];
    for layer in choice.layers(program) {
        let corners = program.draws[layer.draw as usize].corners(freedom);
        debug_assert!(!corners.is_empty(), "a draw has corners");
        let results = corners.first().map_or(0, |corner| corner.len());
        let takes: Vec<bool> =
            (0..results).map(|at| corners.iter().any(|corner| corner[at] > 0.0)).collect();
        let width = layer.children.iter().max().map_or(0, |&child| child as usize + 1);
        let mut next = vec![false; width];
        for (children, _) in layer.children.chunks_exact(results).zip(&here).filter(|it| *it.1) {
            for (&child, _) in children.iter().zip(&takes).filter(|it| *it.1) {
                next[child as usize] = true;
            }
        }
        here = next;
    }
    let mut taken = vec![false; leaves];
    for ((leaves, shares), _) in choice.bundles().zip(&here).filter(|it| *it.1) {
        for (&leaf, _) in leaves.iter().zip(shares).filter(|it| *it.1 > 0.0) {
            taken[leaf as usize] = true;
        }
    }
    taken
}
