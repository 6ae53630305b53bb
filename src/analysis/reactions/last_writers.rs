//! What last wrote something: the causes of rules with `when` and `while`, and of outcomes.

use super::ledger::START;
use crate::engine::symmetry::Permutation;
use crate::engine::{Graph, Program};
use crate::model::{Cond, Expr, Model};
use crate::solve::permutations::turned_set;
use crate::solve::solver::Solver;
use crate::solve::visits::carry::{Carry, Way};
use rustc_hash::{FxHashMap, FxHashSet};
use std::ops::Range;

/// Sets of nodes that are watched, each for what wrote it last. Where actors change places, a set
/// becomes another: all that it can become are watched together.
#[derive(Clone, Debug)]
pub struct Watches<'g> {
    graph: &'g Graph,
    /// The sets: sorted nodes that ever happen.
    pub sets: Vec<Vec<u32>>,
    /// For each set its first lane: that nothing has been written yet; then one a node.
    pub first: Vec<usize>,
    lanes: usize,
    /// For each label: what it does to the lanes.
    plans: Vec<Plan>,
    /// For each label and set: where the lanes of the nodes that it holds end in `all_written`.
    written_end: Vec<usize>,
    all_written: Vec<u32>,
    /// The lanes of sets of which a label writes nothing.
    stay: Vec<u32>,
    /// For each kind of leaf: which of `becomes` holds for it.
    turn_of: Vec<u32>,
    /// What each lane becomes; the first is where nobody moves.
    becomes: Vec<Box<[u32]>>,
}

/// What a label does to the lanes.
#[derive(Clone, Debug)]
struct Plan {
    /// Those that go along, in [`Watches::stay`].
    stay: Range<usize>,
    /// Those that are written, in [`Watches::all_written`].
    written: Range<usize>,
}

impl<'g> Watches<'g> {
    /// Of these sets of writers, closed under the solver's permutations.
    #[must_use]
    pub fn new(solver: Solver<'g>, sets: &[Vec<u32>]) -> Self {
        let graph = solver.graph;
        let seen = seen(solver);
        let sets: Vec<Vec<u32>> = sets
            .iter()
            .map(|set| set.iter().copied().filter(|node| seen.contains(node)).collect())
            .collect();
        let mut first = Vec::new();
        let mut lanes = 1;
        for set in &sets {
            first.push(lanes);
            lanes += 1 + set.len();
        }
        let mut all = Self {
            graph,
            sets,
            first,
            lanes,
            plans: Vec::new(),
            written_end: Vec::new(),
            all_written: Vec::new(),
            stay: Vec::new(),
            turn_of: Vec::new(),
            becomes: vec![(0..lanes as u32).collect()],
        };
        (0..graph.label_count() as u32).for_each(|label| all.plan(label));
        let mut known: FxHashMap<u32, u32> = FxHashMap::default();
        for kind in &graph.kinds {
            let turn = *known.entry(kind.turned).or_insert_with(|| {
                let frame = solver.frames.get(kind.turned);
                all.becomes.extend(frame.map(|frame| all.turned(frame)));
                if frame.is_some() { all.becomes.len() as u32 - 1 } else { 0 }
            });
            all.turn_of.push(turn);
        }
        all
    }

    fn plan(&mut self, label: u32) {
        let (stay, written) = (self.stay.len(), self.all_written.len());
        for set in 0..self.sets.len() {
            let begin = self.all_written.len();
            let happened = self.graph.happened(label).iter();
            let lanes: Vec<u32> = happened.filter_map(|&node| self.lane(set, node)).collect();
            self.all_written.extend(lanes);
            self.written_end.push(self.all_written.len());
            if self.all_written.len() == begin {
                let first = self.first[set] as u32;
                self.stay.extend(first..=first + self.sets[set].len() as u32);
            }
        }
        let (stay, written) = (stay..self.stay.len(), written..self.all_written.len());
        self.plans.push(Plan { stay, written });
    }

    /// The lane of a node in a set.
    fn lane(&self, set: usize, node: u32) -> Option<u32> {
        let at = self.sets[set].binary_search(&node).ok()?;
        Some((self.first[set] + 1 + at) as u32)
    }

    /// The set that a set becomes.
    #[must_use]
    pub fn image(&self, set: usize, frame: &Permutation) -> usize {
        let image = turned_set(&self.sets[set], frame);
        let found = self.sets.iter().position(|other| *other == image);
        debug_assert!(found.is_some(), "what a set becomes is watched, too");
        found.unwrap_or(set)
    }

    fn turned(&self, frame: &Permutation) -> Box<[u32]> {
        let mut becomes: Box<[u32]> = (0..self.lanes as u32).collect();
        for (set, nodes) in self.sets.iter().enumerate() {
            let image = self.image(set, frame);
            becomes[self.first[set]] = self.first[image] as u32;
            for &node in nodes {
                let lanes = (self.lane(set, node), self.lane(image, frame.nodes[node as usize]));
                if let (Some(from), Some(to)) = lanes {
                    becomes[from as usize] = to;
                }
            }
        }
        becomes
    }

    /// What a lane becomes along a leaf of this kind.
    #[must_use]
    pub fn becomes(&self, kind: u32, lane: usize) -> usize {
        self.becomes[self.turn_of[kind as usize] as usize][lane] as usize
    }

    /// The lanes of a set that a label writes.
    #[must_use]
    pub fn written(&self, label: u32, set: usize) -> &[u32] {
        let at = label as usize * self.sets.len() + set;
        let begin = if at == 0 { 0 } else { self.written_end[at - 1] };
        &self.all_written[begin..self.written_end[at]]
    }

    /// The lanes in situation 0.
    #[must_use]
    pub fn at_start(&self) -> Vec<f64> {
        let mut lanes = vec![0.0; self.lanes];
        self.begin(&mut lanes);
        lanes
    }

    /// The causes that a set has, each with its lane: the start, then the writers.
    pub fn causes(&self, set: usize) -> impl Iterator<Item = (u32, usize)> + '_ {
        let causes = std::iter::once(START).chain(self.sets[set].iter().copied());
        causes.zip(self.first[set]..)
    }
}

/// Lane 0 is the visits; for each set one says that nothing of it has been written yet, the others
/// that their writer was among those of the last turn that wrote anything of it.
impl Carry for Watches<'_> {
    fn lanes(&self) -> usize {
        self.lanes
    }

    fn begin(&self, lanes: &mut [f64]) {
        lanes[0] = 1.0;
        for (set, &first) in self.first.iter().enumerate() {
            let written = self.written(self.graph.initial_label, set);
            if written.is_empty() {
                lanes[first] = 1.0;
            }
            written.iter().for_each(|&lane| lanes[lane as usize] = 1.0);
        }
    }

    fn carry(&self, way: Way, from: &[f64], lanes: &mut [f64]) {
        let label = self.graph.kinds[way.kind as usize].label;
        let becomes = &self.becomes[self.turn_of[way.kind as usize] as usize];
        let visits = way.weight * from[0];
        lanes[0] += visits;
        let plan = &self.plans[label as usize];
        for lane in plan.stay.clone() {
            let lane = self.stay[lane] as usize;
            lanes[becomes[lane] as usize] += way.weight * from[lane];
        }
        for lane in plan.written.clone() {
            lanes[becomes[self.all_written[lane] as usize] as usize] += visits;
        }
    }
}

/// Nodes that ever happen, under any name.
fn seen(solver: Solver<'_>) -> FxHashSet<u32> {
    let labels = 0..solver.graph.label_count() as u32;
    let mut queue: Vec<u32> =
        labels.flat_map(|label| solver.graph.happened(label)).copied().collect();
    let mut seen: FxHashSet<u32> = queue.iter().copied().collect();
    while let Some(node) = queue.pop() {
        for generator in &solver.frames.generators {
            let image = generator.nodes[node as usize];
            if seen.insert(image) {
                queue.push(image);
            }
        }
    }
    seen
}

/// The nodes that write what a condition reads, sorted.
#[must_use]
pub fn writers(model: &Model, program: &Program, cond: &Cond) -> Vec<u32> {
    let mut nodes = Vec::new();
    cond.patterns(&mut |pattern, _| nodes.extend(program.places.matching(pattern)));
    cond.leaves(&mut |leaf| match leaf {
        Expr::Var(id) => {
            let written = program.variables.iter().find(|v| v.variable == id.index());
            nodes.extend(written.into_iter().flat_map(|variable| variable.nodes()));
        }
        Expr::Level | Expr::Peak => {
            let moves = |at: &usize| program.events[*at].rung.is_some();
            nodes.extend((0..model.events.len()).filter(moves).map(|at| at as u32));
        }
        Expr::Const(_) | Expr::Turn | Expr::Binary(..) => {}
    });
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}
