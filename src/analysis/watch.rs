//! What last wrote something: the causes of rules with `when` and `while`, and of outcomes.

use super::flow::Carry;
use super::ledger::START;
use super::solver::Solver;
use crate::engine::symmetry::Permutation;
use crate::engine::{Graph, Program};
use crate::model::{Cond, Expr, Model};
use rustc_hash::{FxHashMap, FxHashSet};

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
    /// For each label and set: the lanes of the nodes that it holds.
    written: Vec<Vec<u32>>,
    /// For each kind of leaf: which of `becomes` holds for it.
    turn_of: Vec<u32>,
    /// What each lane becomes; the first is where nobody moves.
    becomes: Vec<Box<[u32]>>,
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
            written: Vec::new(),
            turn_of: Vec::new(),
            becomes: vec![(0..lanes as u32).collect()],
        };
        let labels = 0..graph.label_count() as u32;
        all.written = labels
            .flat_map(|label| (0..all.sets.len()).map(move |set| (label, set)))
            .map(|(label, set)| all.holds(graph.happened(label), set))
            .collect();
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

    fn holds(&self, happened: &[u32], set: usize) -> Vec<u32> {
        let lane = |node: &u32| self.lane(set, *node);
        happened.iter().filter_map(lane).collect()
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
        self.sets.iter().position(|other| *other == image).unwrap_or(set)
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
        &self.written[label as usize * self.sets.len() + set]
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

    fn carry(&self, _: usize, leaf: usize, from: &[f64], weight: f64, to: &mut [f64]) {
        let kind = self.graph.kind_number(leaf);
        let label = self.graph.label(leaf);
        let becomes = &self.becomes[self.turn_of[kind as usize] as usize];
        let visits = weight * from[0];
        to[0] += visits;
        for (set, &first) in self.first.iter().enumerate() {
            let written = self.written(label, set);
            if written.is_empty() {
                let lanes = first..=first + self.sets[set].len();
                for (lane, &to_lane) in from[lanes.clone()].iter().zip(&becomes[lanes]) {
                    to[to_lane as usize] += weight * lane;
                }
            }
            for &lane in written {
                to[becomes[lane as usize] as usize] += visits;
            }
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

/// What a sorted set of nodes becomes, sorted.
#[must_use]
pub fn turned_set(set: &[u32], frame: &Permutation) -> Vec<u32> {
    let mut image: Vec<u32> = set.iter().map(|&node| frame.nodes[node as usize]).collect();
    image.sort_unstable();
    image
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
