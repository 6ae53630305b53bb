//! The most probable paths through the situations: best-first search with a bound on what is still
//! to come that is never too low (A*, Hart, Nilsson and Raphael 1968).

use crate::engine::{Graph, Scaled};
use crate::solve::solver::Solver;
use crate::solve::visits::incoming::Back;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// The weight of a leaf that is possible only under other likelihoods than the estimates: below that of
/// any path that these allow.
const UNLIKELY: Scaled = Scaled::TINY;
/// How many lists are kept of what lies ahead by the turns that are left, and how many values in all.
const LISTS: usize = 1_000;
const VALUES: usize = 1 << 22;
/// How many steps a search may take: paths of a million turns are many steps each. Those that have been
/// found by then are the most probable ones, only fewer.
const STEPS: usize = 1 << 22;

/// A path: the leaves that it takes from situation 0, and its probability by the estimates.
#[derive(Clone, Debug)]
pub struct Found {
    /// The leaves, in order.
    pub leaves: Vec<usize>,
    /// The situations, one more than leaves.
    pub situations: Vec<u32>,
    /// The product of the estimates.
    pub probability: f64,
}

/// What a path has to come to.
#[derive(Clone, Copy, Debug)]
pub struct Quest<'a> {
    /// For each situation: whether the path has arrived.
    pub target: &'a [bool],
    /// For each situation: whether the path may pass it, the last one apart.
    pub pass: Option<&'a [bool]>,
    /// Whether to arrive only where a storyline ends: at the horizon, in an ending, or settled.
    pub at_end: bool,
    /// Whether leaves with an estimate of 0 may be taken, as something very unlikely.
    pub possible: bool,
}

/// The `count` most probable paths, the most probable first.
#[must_use]
pub fn paths(solver: Solver<'_>, back: &Back, quest: Quest<'_>, count: usize) -> Vec<Found> {
    paths_to(solver, back, quest, &[], count)
}

/// The same, where a path also arrives with a leaf that has one of these labels; none counts where
/// `labels` is empty.
#[must_use]
pub fn paths_to(
    solver: Solver<'_>,
    back: &Back,
    quest: Quest<'_>,
    labels: &[bool],
    count: usize,
) -> Vec<Found> {
    Search::new(solver, back, quest, labels).run(0, count)
}

/// The most probable path that begins in a situation, as if storylines began there.
#[must_use]
pub fn path_from(solver: Solver<'_>, back: &Back, quest: Quest<'_>, start: u32) -> Option<Found> {
    Search::new(solver, back, quest, &[]).run(start, 1).into_iter().next()
}

struct Search<'a> {
    graph: &'a Graph,
    horizon: Option<u32>,
    quest: Quest<'a>,
    labels: &'a [bool],
    ahead: Ahead,
    steps: Vec<Step>,
    queue: BinaryHeap<Entry>,
}

/// The most that a path can still keep on its way to the target.
#[derive(Default)]
struct Ahead {
    /// For each number of turns that are left, from 0: of each situation. Where it does not matter how
    /// many are left, that is the last list.
    left: Vec<Vec<Scaled>>,
    /// What each turn more than these keeps at most of the last list.
    rate: f64,
}

impl Ahead {
    fn of(&self, s: u32, left: u32) -> Scaled {
        let last = self.left.len() as u32 - 1;
        let kept = self.left[left.min(last) as usize][s as usize];
        kept * power(self.rate, left.saturating_sub(last))
    }
}

/// A number multiplied with itself so many times.
fn power(number: f64, mut times: u32) -> Scaled {
    if number >= 1.0 {
        return Scaled::ONE;
    }
    let (mut all, mut square) = (Scaled::ONE, Scaled::from(number));
    while times > 0 {
        if times & 1 == 1 {
            all = all * square;
        }
        square = square * square;
        times >>= 1;
    }
    all
}

/// A step of a path: where it came from, which leaf it took, where it is, when.
struct Step {
    before: u32,
    leaf: usize,
    situation: u32,
    turn: u32,
    /// Whether the leaf has a label with which a path arrives.
    labelled: bool,
}

#[derive(PartialEq)]
struct Entry {
    bound: Scaled,
    sofar: Scaled,
    step: u32,
}

impl Eq for Entry {}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        let bounds = self.bound.partial_cmp(&other.bound).unwrap_or(Ordering::Equal);
        bounds.then(other.step.cmp(&self.step))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<'a> Search<'a> {
    fn new(solver: Solver<'a>, back: &Back, quest: Quest<'a>, labels: &'a [bool]) -> Self {
        let (graph, horizon) = (solver.graph, solver.horizon);
        let mut search = Self {
            graph,
            horizon,
            quest,
            labels,
            ahead: Ahead::default(),
            steps: Vec::new(),
            queue: BinaryHeap::new(),
        };
        let to_the_end = horizon.filter(|_| quest.at_end);
        search.ahead = to_the_end
            .and_then(|horizon| search.look_to_the_end(horizon))
            .unwrap_or_else(|| Ahead { left: vec![search.look_ahead(back)], rate: 1.0 });
        search
    }

    fn run(mut self, start: u32, count: usize) -> Vec<Found> {
        let mut found = Vec::new();
        let mut visits = rustc_hash::FxHashMap::<(u32, u32, bool), usize>::default();
        let labelled = self.labels.get(self.graph.initial_label as usize) == Some(&true);
        self.push(
            Step { before: u32::MAX, leaf: 0, situation: start, turn: 0, labelled },
            Scaled::ONE,
        );
        while let Some(Entry { sofar, step, .. }) = self.queue.pop() {
            if self.steps.len() > STEPS && !found.is_empty() {
                break;
            }
            let Step { situation, turn, labelled, .. } = self.steps[step as usize];
            let visits = visits.entry((situation, turn, labelled)).or_default();
            *visits += 1;
            if *visits > count {
                continue;
            }
            if labelled || self.arrived(situation, turn) {
                found.push(self.path(step));
                if found.len() == count {
                    break;
                }
                continue;
            }
            if self.horizon.is_some_and(|horizon| turn >= horizon) || !self.passes(situation) {
                continue;
            }
            for leaf in self.graph.leaves(situation as usize) {
                let (target, labelled) = (self.graph.targets[leaf], self.labelled(leaf));
                // A loop without a limit of turns leads nowhere new.
                if self.horizon.is_some() || target != situation || labelled {
                    let sofar = sofar * self.weight(self.graph.kind_number(leaf));
                    let turn = turn + 1;
                    self.push(
                        Step { before: step, leaf, situation: target, turn, labelled },
                        sofar,
                    );
                }
            }
        }
        found
    }

    fn push(&mut self, step: Step, sofar: Scaled) {
        let left = self.horizon.map_or(0, |horizon| horizon.saturating_sub(step.turn));
        let ahead = if step.labelled { Scaled::ONE } else { self.ahead.of(step.situation, left) };
        let bound = sofar * ahead;
        if bound.is_positive() {
            self.queue.push(Entry { bound, sofar, step: self.steps.len() as u32 });
            self.steps.push(step);
        }
    }

    fn weight(&self, kind: u32) -> Scaled {
        weight(self.graph.kinds[kind as usize].estimate, self.quest.possible)
    }

    fn labelled(&self, leaf: usize) -> bool {
        !self.labels.is_empty() && self.labels[self.graph.label(leaf) as usize]
    }

    fn passes(&self, s: u32) -> bool {
        self.quest.pass.is_none_or(|pass| pass[s as usize])
    }

    fn arrived(&self, s: u32, turn: u32) -> bool {
        let end = || self.ends(s) || self.horizon.is_some_and(|horizon| turn >= horizon);
        self.quest.target[s as usize] && (!self.quest.at_end || end())
    }

    /// Whether every storyline stays here: an ending, or nothing can happen any more.
    fn ends(&self, s: u32) -> bool {
        ends(self.graph, s)
    }

    /// For each situation: the most that a path from there to the target can keep, turns apart.
    fn look_ahead(&self, back: &Back) -> Vec<Scaled> {
        let graph = self.graph;
        let mut ahead = vec![Scaled::ZERO; graph.len()];
        let mut queue = BinaryHeap::new();
        for s in 0..graph.len() as u32 {
            let at_end = self.quest.at_end && self.horizon.is_none();
            if self.quest.target[s as usize] && (!at_end || self.ends(s)) {
                ahead[s as usize] = Scaled::ONE;
                queue.push(Entry { bound: Scaled::ONE, sofar: Scaled::ONE, step: s });
            }
        }
        if !self.labels.is_empty() {
            for (s, ahead) in ahead.iter_mut().enumerate() {
                for leaf in graph.leaves(s).filter(|&leaf| self.labelled(leaf)) {
                    let weight = self.weight(graph.kind_number(leaf));
                    *ahead = if weight > *ahead { weight } else { *ahead };
                }
                if ahead.is_positive() {
                    queue.push(Entry { bound: *ahead, sofar: Scaled::ONE, step: s as u32 });
                }
            }
        }
        while let Some(Entry { bound, step, .. }) = queue.pop() {
            if bound < ahead[step as usize] {
                continue;
            }
            for &(from, kind) in back.to(step) {
                let value = bound * self.weight(kind);
                if self.passes(from) && value > ahead[from as usize] {
                    ahead[from as usize] = value;
                    queue.push(Entry { bound: value, sofar: Scaled::ONE, step: from });
                }
            }
        }
        ahead
    }

    /// The same for a path that has to be there when the last turn is over: by how many turns are left.
    /// From some number on each further turn keeps about the same share, wherever a path is; `None`
    /// where that takes too long to show.
    fn look_to_the_end(&self, horizon: u32) -> Option<Ahead> {
        let graph = self.graph;
        let most = (VALUES / graph.len()).clamp(1, LISTS).min(horizon as usize + 1);
        let target = |s: usize| if self.quest.target[s] { Scaled::ONE } else { Scaled::ZERO };
        let mut left: Vec<Vec<Scaled>> = vec![(0..graph.len()).map(target).collect()];
        let mut rate = 1.0;
        while left.len() <= most {
            let Some(last) = left.last() else { break };
            let value = |s: usize| {
                if self.ends(s as u32) {
                    return target(s);
                }
                let mut best = Scaled::ZERO;
                for leaf in graph.leaves(s).filter(|_| self.passes(s as u32)) {
                    let weight = self.weight(graph.kind_number(leaf));
                    let arrives = self.labelled(leaf);
                    let kept =
                        if arrives { weight } else { weight * last[graph.targets[leaf] as usize] };
                    best = if kept > best { kept } else { best };
                }
                best
            };
            let next: Vec<Scaled> = (0..graph.len()).map(value).collect();
            let (mut least, mut greatest) = (f64::INFINITY, 0.0_f64);
            for (new, old) in next.iter().zip(last).filter(|pair| pair.0.is_positive()) {
                let share = if old.is_positive() { new.over(*old) } else { f64::INFINITY };
                (least, greatest) = (least.min(share), greatest.max(share));
            }
            // What one turn more keeps at most of the last list, each further one keeps at most, too.
            rate = greatest;
            if least >= greatest || left.len() == most {
                break;
            }
            left.push(next);
        }
        (rate <= 1.0 || left.len() > horizon as usize).then_some(Ahead { left, rate })
    }

    fn path(&self, last: u32) -> Found {
        let (mut leaves, mut situations, mut probability) = (Vec::new(), Vec::new(), Scaled::ONE);
        let mut at = last;
        loop {
            let step = &self.steps[at as usize];
            situations.push(step.situation);
            if step.before == u32::MAX {
                break;
            }
            leaves.push(step.leaf);
            probability = probability * self.graph.estimate(step.leaf);
            at = step.before;
        }
        leaves.reverse();
        situations.reverse();
        Found { leaves, situations, probability: probability.double() }
    }
}

/// What a leaf with this estimate counts in a search; `possible` as in a [`Quest`].
#[must_use]
pub fn weight(estimate: f64, possible: bool) -> Scaled {
    // A sum of shares can come out a little above 1: round a circle that would gain for ever.
    if estimate <= 0.0 && possible { UNLIKELY } else { estimate.min(1.0).into() }
}

/// Whether every storyline stays in a situation: an ending, or nothing can happen any more.
#[must_use]
pub fn ends(graph: &Graph, s: u32) -> bool {
    let mut leaves = graph.leaves(s as usize);
    graph.endings[s as usize] != 0
        || leaves.len() == 1
            && leaves.all(|leaf| {
                graph.targets[leaf] == s && graph.happened(graph.label(leaf)).is_empty()
            })
}
