//! Storylines by what leads there: courses that differ only in their turns, and in what happens
//! beside, are one.
//!
//! Which things lead there is read off the most probable courses. Then the probability of every set of
//! them is carried forward through the situations, turn by turn, with the most probable course of
//! each. Only where there are too many sets for that, those that matter least are dropped: what is
//! found is then a little too low, never too high.

use super::derivation::{Arrival, Deriving, Moment};
use super::reaching::{Reaching, arrivals};
use crate::analysis::reactions::firing::nodes;
use crate::analysis::unfolded::Ground;
use crate::engine::program::Origin;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Storylines in which the same things lead there.
#[derive(Clone, Debug)]
pub struct Route {
    /// Their probability together.
    pub probability: f64,
    /// The most probable of them: where each of its turns arrives.
    pub course: Vec<Arrival>,
}

/// How many things that lead there are told apart.
const MILESTONES: usize = 64;
/// What leads there on fewer than one in so many courses tells no storylines apart.
const FEW: usize = 3;
/// How many sets are followed side by side in a turn.
const SETS: usize = 40_000;
/// How many turns are followed up to the horizon, without one at all.
const TURNS: u32 = 1_000;
/// The share of what is found that may still be under way when it ends without a horizon, or later.
const REST: f64 = 1e-6;
/// How many entries are kept at most.
const ENTRIES: usize = 1 << 22;
/// Graphs with more transitions are searched without a look ahead.
const LOOK_AHEAD: usize = 2_000_000;
/// How often the look ahead is improved.
const ROUNDS: usize = 200;

/// The routes to where a subject is reached, the most probable first, told apart by these nodes and
/// by the rules that bring about the last of them.
#[must_use]
pub fn routes(
    ground: &Ground,
    reaching: &Reaching,
    milestones: &[u32],
    count: usize,
) -> Vec<Route> {
    let bits = milestones.iter().take(MILESTONES).enumerate();
    let bits: FxHashMap<u32, u64> = bits.map(|(at, &node)| (node, 1 << at)).collect();
    let mask = |label: u32| {
        let happened = ground.graph().happened(label).iter();
        happened.filter_map(|node| bits.get(node)).fold(0, |mask, bit| mask | bit)
    };
    let labels: Vec<u64> = (0..ground.graph().label_count() as u32).map(mask).collect();
    let ahead = ahead(ground, reaching);
    let deriving = Deriving::new(&ground.program);
    let last = FxHashMap::default();
    Search { ground, reaching, labels, bits, ahead, deriving, last, turns: Vec::new() }.run(count)
}

/// What is followed: a situation and what has happened on the way.
#[derive(Clone, Copy)]
struct Entry {
    situation: u32,
    mask: u64,
    /// The probability of all courses that have come to this.
    mass: f64,
    /// That of the most probable one.
    best: f64,
    /// The entry of the turn before from which that comes, and its leaf.
    from: u32,
    leaf: usize,
}

/// What has arrived: the most probable course.
struct Arrived {
    mass: f64,
    best: f64,
    turn: usize,
    from: u32,
    leaf: usize,
}

/// The rules and alternatives that brought the last about.
type Causes = Vec<Origin>;

struct Search<'a> {
    ground: &'a Ground,
    reaching: &'a Reaching,
    /// For each label which milestones happen.
    labels: Vec<u64>,
    bits: FxHashMap<u32, u64>,
    /// For each situation: about how likely it leads there.
    ahead: Vec<f64>,
    deriving: Deriving<'a>,
    /// For leaves that arrive, with these milestones: what brought those about.
    last: FxHashMap<(usize, u64), Causes>,
    /// The entries of each turn.
    turns: Vec<Vec<Entry>>,
}

impl Search<'_> {
    fn run(mut self, count: usize) -> Vec<Route> {
        let graph = self.ground.graph();
        let horizon = self.ground.solver().horizon;
        if arrives(self.reaching, 0, graph.initial_label) {
            return vec![Route { probability: 1.0, course: arrivals(graph, &[]) }];
        }
        let mask = self.labels[graph.initial_label as usize];
        let first = Entry { situation: 0, mask, mass: 1.0, best: 1.0, from: 0, leaf: 0 };
        self.turns.push(vec![first]);
        let mut arrived: BTreeMap<(u64, Causes), Arrived> = BTreeMap::new();
        let (mut found, mut kept) = (0.0, 0);
        for turn in 0..horizon.unwrap_or(TURNS) as usize {
            let next = self.step(turn, &mut arrived, &mut found);
            let rest: f64 =
                next.iter().map(|one| one.mass * self.ahead[one.situation as usize]).sum();
            let late = horizon.is_none() || turn >= TURNS as usize;
            kept += next.len();
            self.turns.push(next);
            if rest <= 0.0 || late && rest <= found * REST || kept > ENTRIES {
                break;
            }
        }
        let mut all: Vec<Arrived> = arrived.into_values().collect();
        all.sort_by(|one, other| other.mass.total_cmp(&one.mass));
        all.truncate(count);
        all.iter().map(|one| Route { probability: one.mass, course: self.course(one) }).collect()
    }

    /// Carries the entries of a turn on.
    fn step(
        &mut self,
        turn: usize,
        arrived: &mut BTreeMap<(u64, Causes), Arrived>,
        found: &mut f64,
    ) -> Vec<Entry> {
        let graph = self.ground.graph();
        let mut index: FxHashMap<(u32, u64), usize> = FxHashMap::default();
        let mut next: Vec<Entry> = Vec::new();
        for at in 0..self.turns[turn].len() {
            let entry = self.turns[turn][at];
            for leaf in graph.leaves(entry.situation as usize) {
                let (target, label) = (graph.targets[leaf], graph.label(leaf));
                let weight = graph.estimate(leaf);
                if weight <= 0.0 {
                    continue;
                }
                let mask = entry.mask | self.labels[label as usize];
                let (mass, best) = (entry.mass * weight, entry.best * weight);
                if arrives(self.reaching, target as usize, label) {
                    let last = self.last_bits(entry.mask, label);
                    let key = (mask, self.causes(entry.situation, leaf, last));
                    *found += mass;
                    let from = at as u32;
                    let new = Arrived { mass: 0.0, best: 0.0, turn, from, leaf };
                    let all = arrived.entry(key).or_insert(new);
                    all.mass += mass;
                    if best > all.best {
                        *all = Arrived { mass: all.mass, best, turn, from, leaf };
                    }
                } else if self.ahead[target as usize] > 0.0 {
                    let place = *index.entry((target, mask)).or_insert_with(|| {
                        let from = at as u32;
                        next.push(Entry {
                            situation: target,
                            mask,
                            mass: 0.0,
                            best: 0.0,
                            from,
                            leaf,
                        });
                        next.len() - 1
                    });
                    let one = &mut next[place];
                    one.mass += mass;
                    if best > one.best {
                        (one.best, one.from, one.leaf) = (best, at as u32, leaf);
                    }
                }
            }
        }
        if next.len() > SETS {
            let worth = |one: &Entry| one.mass * self.ahead[one.situation as usize];
            next.sort_by(|one, other| worth(other).total_cmp(&worth(one)));
            next.truncate(SETS);
        }
        next
    }

    /// The milestones that a storyline arrives with: those asked for, or those that are new.
    fn last_bits(&self, before: u64, label: u32) -> u64 {
        let all = self.labels[label as usize];
        let last = match self.reaching {
            Reaching::Nodes(nodes, _) => {
                let bits = nodes.iter().filter_map(|node| self.bits.get(node));
                all & bits.fold(0, |mask, bit| mask | bit)
            }
            Reaching::Situations(_) | Reaching::Otherwise(_) => all & !before,
        };
        if last == 0 { all } else { last }
    }

    /// What brought these milestones about on a leaf.
    fn causes(&mut self, from: u32, leaf: usize, last: u64) -> Causes {
        if let Some(known) = self.last.get(&(leaf, last)) {
            return known.clone();
        }
        let (program, graph) = (&self.ground.program, self.ground.graph());
        let arrival = arrivals(graph, &[leaf]).swap_remove(1);
        let derivation = self.deriving.derive(graph.situation(from as usize), &arrival);
        let mut causes = Vec::new();
        for fired in derivation.unwrap_or_default().fired {
            let effects = &program.blocks[fired.block as usize].effects;
            let now = !matches!(fired.moment, Moment::Later(..));
            let bits = |node: &u32| self.bits.get(node).is_some_and(|bit| bit & last != 0);
            if now && nodes(program, effects).iter().any(bits) {
                causes.push(fired.origin);
            }
        }
        causes.sort();
        causes.dedup();
        self.last.insert((leaf, last), causes.clone());
        causes
    }

    fn course(&self, arrived: &Arrived) -> Vec<Arrival> {
        let mut leaves = vec![arrived.leaf];
        let mut at = arrived.from as usize;
        for turn in (1..=arrived.turn).rev() {
            let entry = self.turns[turn][at];
            leaves.push(entry.leaf);
            at = entry.from as usize;
        }
        leaves.reverse();
        arrivals(self.ground.graph(), &leaves)
    }
}

/// Whether a storyline has arrived with this transition.
fn arrives(reaching: &Reaching, target: usize, label: u32) -> bool {
    match reaching {
        Reaching::Situations(set) => set[target],
        Reaching::Nodes(_, labels) => labels[label as usize],
        Reaching::Otherwise(_) => false,
    }
}

/// For each situation: about how likely a storyline gets there from it, turns apart; above 0 wherever
/// it can.
fn ahead(ground: &Ground, reaching: &Reaching) -> Vec<f64> {
    let graph = ground.graph();
    let mut ahead = vec![0.0_f64; graph.len()];
    let look = graph.targets.len() <= LOOK_AHEAD;
    for round in 0..ROUNDS.max(graph.depths.len()) {
        let mut moved = false;
        for s in (0..graph.len()).rev() {
            let mut sum = 0.0;
            for leaf in graph.leaves(s) {
                let (target, weight) = (graph.targets[leaf] as usize, graph.estimate(leaf));
                let there = arrives(reaching, target, graph.label(leaf));
                sum += weight * if there { 1.0 } else { ahead[target] };
            }
            let value = if look || sum <= 0.0 { sum } else { 1.0 };
            moved |= (value - ahead[s]).abs() > 1e-9 * value;
            ahead[s] = value;
        }
        if !moved || !look && round >= graph.depths.len() {
            break;
        }
    }
    ahead
}

/// The nodes that lead there on many of these courses, those of the most courses first. What leads
/// there on a few only does not make a storyline of its own.
#[must_use]
pub fn milestones(leading: &[Vec<u32>]) -> Vec<u32> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for node in leading.iter().flatten() {
        *counts.entry(*node).or_default() += 1;
    }
    let many = |count: usize| count * FEW >= leading.len();
    let mut all: Vec<(u32, usize)> = counts.into_iter().filter(|one| many(one.1)).collect();
    all.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(&other.0)));
    all.into_iter().map(|(node, _)| node).collect()
}
