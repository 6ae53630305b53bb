//! All situations, breadth first, equal ones merged.

use super::conflict::{Conflict, conflicts};
use super::program::Program;
use super::turn::{Expansion, Turn};
use hashbrown::HashTable;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

/// Where an exploration stops.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The number of the last situation of a storyline; `None` goes on until nothing is new.
    pub horizon: Option<u32>,
    /// How many situations there may be.
    pub situations: usize,
}

/// After so many new situations their number is told.
const TELLING: usize = 1024;

/// How an exploration ended.
pub enum Explored {
    /// All situations.
    Whole(Graph),
    /// Assignments contradict each other.
    Conflicts(Graph, Vec<Conflict>),
    /// More situations than the limit allows.
    TooMany,
}

/// The situations of a program and what can come next from each.
///
/// A situation takes [`Program::layout`] words, a hash of a few bytes, and its share of the
/// tables below. A transition (`leaf`) goes from a situation to another with one set of things
/// that happened: 16 bytes. For situations in which something varies there is, beside the
/// estimated probabilities, the layered graph of the draws, from which bounds are found.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    words: usize,
    packed: Vec<u64>,
    /// For each depth: the first situation that is first reached in that turn; then the count.
    pub depths: Vec<u32>,
    /// For each situation: one that it was first reached from, and by which of its leaves.
    pub parents: Vec<(u32, u32)>,
    /// For each situation: the ending that holds there, as its outcome plus 1, or 0.
    pub endings: Vec<u32>,
    /// For each situation: its first leaf; then the count. Only situations before the horizon and
    /// without an ending have leaves.
    first_leaf: Vec<usize>,
    /// For each leaf: where it leads.
    pub targets: Vec<u32>,
    /// For each leaf: what happened, as an index of [`Graph::happened`].
    pub labels: Vec<u32>,
    /// For each leaf: its estimated probability; 0 where only other likelihoods allow it.
    pub estimates: Vec<f64>,
    label_ends: Vec<usize>,
    label_nodes: Vec<u32>,
    choices: Choices,
    /// For each rule: whether it has its chance in some situation.
    pub chances: Vec<bool>,
    /// What happened in turn 0.
    pub initial_label: u32,
}

/// The layered graphs of situations in which something varies. The code of one: the number of
/// draws, where the bundle ends begin, then each draw with the width of its layer and where its
/// children begin, then all children, then where each bundle begins, and the end of the last.
#[derive(Clone, Debug, Default)]
struct Choices {
    /// For each situation: where its code begins; then the end.
    first: Vec<usize>,
    code: Vec<u32>,
    bundle_leaves: Vec<u32>,
    bundle_weights: Vec<f64>,
}

/// The draws of one situation that some freedom varies, as a layered graph.
#[derive(Clone, Copy, Debug)]
pub struct Choice<'g> {
    code: &'g [u32],
    choices: &'g Choices,
}

/// One draw of a [`Choice`].
#[derive(Clone, Copy, Debug)]
pub struct Layer<'g> {
    /// The draw.
    pub draw: u32,
    /// How many nodes the layer has.
    pub width: usize,
    /// For each node and each result: the node of the next layer.
    pub children: &'g [u32],
}

impl<'g> Choice<'g> {
    /// How many draws there are, at least 1.
    #[must_use]
    pub fn draws(self) -> usize {
        self.code[0] as usize
    }

    /// The layer of a draw, counted from 0.
    #[must_use]
    pub fn layer(self, program: &Program, index: usize) -> Layer<'g> {
        let [draw, width, begin] = [0, 1, 2].map(|at| self.code[2 + 3 * index + at]);
        let (width, begin) = (width as usize, begin as usize);
        let end = begin + width * program.draws[draw as usize].results.len();
        Layer { draw, width, children: &self.code[begin..end] }
    }

    /// Its layers, from the first to the last.
    pub fn layers(self, program: &'g Program) -> impl Iterator<Item = Layer<'g>> {
        (0..self.draws()).map(move |index| self.layer(program, index))
    }

    /// For each node behind the last layer: the leaves that it leads to (counted from the
    /// situation's first) with their probabilities.
    pub fn bundles(self) -> impl Iterator<Item = (&'g [u32], &'g [f64])> {
        let ends = self.code[1] as usize;
        self.code[ends..].windows(2).map(move |pair| {
            let range = pair[0] as usize..pair[1] as usize;
            (&self.choices.bundle_leaves[range.clone()], &self.choices.bundle_weights[range])
        })
    }
}

impl Graph {
    /// How many situations there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parents.len()
    }

    /// Whether there are none; never, once explored.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parents.is_empty()
    }

    /// How many transitions there are between situations, whatever happens on the way.
    #[must_use]
    pub fn transitions(&self) -> usize {
        let distinct = |s: usize| {
            let targets = &self.targets[self.leaves(s)];
            targets.iter().zip(targets.iter().skip(1)).filter(|(a, b)| a != b).count()
                + usize::from(!targets.is_empty())
        };
        (0..self.len()).map(distinct).sum()
    }

    /// The packed words of a situation.
    #[must_use]
    pub fn situation(&self, s: usize) -> &[u64] {
        &self.packed[s * self.words..(s + 1) * self.words]
    }

    /// The leaves of a situation, sorted by target.
    #[must_use]
    pub fn leaves(&self, s: usize) -> std::ops::Range<usize> {
        self.first_leaf[s]..self.first_leaf[s + 1]
    }

    /// How many different labels there are.
    #[must_use]
    pub fn label_count(&self) -> usize {
        self.label_ends.len()
    }

    /// The nodes of a label: what happened.
    #[must_use]
    pub fn happened(&self, label: u32) -> &[u32] {
        let label = label as usize;
        let begin = if label == 0 { 0 } else { self.label_ends[label - 1] };
        &self.label_nodes[begin..self.label_ends[label]]
    }

    /// The draws of a situation that some freedom varies, if there are any.
    #[must_use]
    pub fn choice(&self, s: usize) -> Option<Choice<'_>> {
        let code = &self.choices.code[self.choices.first[s]..self.choices.first[s + 1]];
        (!code.is_empty()).then_some(Choice { code, choices: &self.choices })
    }

    /// Whether anything varies anywhere.
    #[must_use]
    pub fn varies(&self) -> bool {
        !self.choices.code.is_empty()
    }
}

/// Explores; tells `found` from time to time how many more situations there are.
#[must_use]
pub fn explore(program: &Program, limits: Limits, found: &dyn Fn(usize)) -> Explored {
    Explorer::new(program).run(limits, found)
}

struct Explorer<'p> {
    program: &'p Program,
    turn: Turn<'p>,
    out: Expansion,
    graph: Graph,
    index: HashTable<u32>,
    labels: FxHashMap<Box<[u32]>, u32>,
    found: Vec<Conflict>,
    /// For each node of the last layer: target, label, node; then its leaf.
    ends: Vec<(u32, u32, u32)>,
    leaf: Vec<u32>,
    reach: Vec<f64>,
    next_reach: Vec<f64>,
}

impl<'p> Explorer<'p> {
    fn new(program: &'p Program) -> Self {
        Self {
            program,
            turn: Turn::new(program),
            out: Expansion::default(),
            graph: Graph {
                words: program.layout.words(),
                chances: vec![false; program.rules.len()],
                ..Graph::default()
            },
            index: HashTable::new(),
            labels: FxHashMap::default(),
            found: Vec::new(),
            ends: Vec::new(),
            leaf: Vec::new(),
            reach: Vec::new(),
            next_reach: Vec::new(),
        }
    }

    fn run(mut self, limits: Limits, found: &dyn Fn(usize)) -> Explored {
        self.begin();
        let (mut depth, mut told) = (0, 0);
        while self.found.is_empty() {
            let begin = self.graph.depths[depth] as usize;
            let end = self.graph.len();
            self.graph.depths.push(end as u32);
            let last = limits.horizon.is_some_and(|horizon| depth >= horizon as usize);
            if begin == end || last {
                self.close(begin);
                return Explored::Whole(self.graph);
            }
            for s in begin..end {
                self.expand(s);
                if self.graph.len() - told >= TELLING {
                    found(self.graph.len() - told);
                    told = self.graph.len();
                }
                if self.graph.len() > limits.situations {
                    return Explored::TooMany;
                }
            }
            depth += 1;
        }
        Explored::Conflicts(self.graph, self.found)
    }

    fn begin(&mut self) {
        self.turn.begin(&mut self.out);
        self.graph.depths.push(0);
        let label = self.label(0);
        self.graph.initial_label = label;
        self.intern(0, (0, 0));
        self.found.extend(conflicts(self.program, &self.out, 0));
    }

    /// Situations at the horizon have no leaves.
    fn close(&mut self, from: usize) {
        let graph = &mut self.graph;
        for _ in from..=graph.parents.len() {
            graph.first_leaf.push(graph.targets.len());
            graph.choices.first.push(graph.choices.code.len());
        }
    }

    fn expand(&mut self, s: usize) {
        self.graph.first_leaf.push(self.graph.targets.len());
        self.graph.choices.first.push(self.graph.choices.code.len());
        if self.graph.endings[s] != 0 {
            return;
        }
        let words = &self.graph.packed[s * self.graph.words..(s + 1) * self.graph.words];
        self.turn.expand(words, &mut self.out);
        for &rule in &self.out.chances {
            self.graph.chances[rule as usize] = true;
        }
        self.found.extend(conflicts(self.program, &self.out, s));
        self.add_leaves(s);
        self.add_estimates();
        self.add_choice();
    }

    /// The leaves of a situation: its successors, those with the same target and label as one.
    fn add_leaves(&mut self, s: usize) {
        let first = self.graph.targets.len();
        self.ends.clear();
        for node in 0..self.out.successors() {
            let target = self.intern(node, (s as u32, 0));
            let label = self.label(node);
            self.ends.push((target, label, node as u32));
        }
        self.ends.sort_unstable();
        self.leaf.clear();
        self.leaf.resize(self.ends.len(), 0);
        let mut last = None;
        for &(target, label, node) in &self.ends {
            if last != Some((target, label)) {
                last = Some((target, label));
                self.graph.targets.push(target);
                self.graph.labels.push(label);
                self.graph.estimates.push(0.0);
            }
            let leaf = self.graph.targets.len() - 1 - first;
            self.leaf[node as usize] = leaf as u32;
            let parent = &mut self.graph.parents[target as usize];
            if parent.1 == u32::MAX {
                parent.1 = leaf as u32;
            }
        }
    }

    /// Pushes the estimates through the layers, down to the leaves.
    fn add_estimates(&mut self) {
        let first =
            self.graph.targets.len() - self.leaf.iter().max().map_or(0, |l| *l as usize + 1);
        self.reach.clear();
        self.reach.push(1.0);
        push(self.program, &self.out, 0, &mut self.reach, &mut self.next_reach);
        for (&leaf, &reach) in self.leaf.iter().zip(&self.reach) {
            self.graph.estimates[first + leaf as usize] += reach;
        }
    }

    /// Keeps the layers of the draws that vary; the others are taken together in bundles.
    fn add_choice(&mut self) {
        let out = &self.out;
        if out.varying == 0 {
            return;
        }
        let choices = &mut self.graph.choices;
        let begin = choices.code.len();
        choices.code.extend([out.varying as u32, 0]);
        let table = 2 + 3 * out.varying;
        for at in 0..out.varying {
            let children = (table + out.first_child[at]) as u32;
            choices.code.extend([out.draws[at], out.widths[at], children]);
        }
        let children_end = out.first_child.get(out.varying).copied().unwrap_or(out.children.len());
        choices.code.extend(&out.children[..children_end]);
        choices.code[begin + 1] = (choices.code.len() - begin) as u32;
        let nodes = out.widths[out.varying] as usize;
        for node in 0..nodes {
            choices.code.push(choices.bundle_leaves.len() as u32);
            self.reach.clear();
            self.reach.resize(nodes, 0.0);
            self.reach[node] = 1.0;
            push(self.program, out, out.varying, &mut self.reach, &mut self.next_reach);
            for (&leaf, &reach) in self.leaf.iter().zip(&self.reach) {
                if reach > 0.0 {
                    choices.bundle_leaves.push(leaf);
                    choices.bundle_weights.push(reach);
                }
            }
        }
        choices.code.push(choices.bundle_leaves.len() as u32);
    }

    /// The number of the situation at a node of the last layer.
    fn intern(&mut self, node: usize, parent: (u32, u32)) -> u32 {
        let words = self.graph.words;
        let packed = &self.out.next[node * words..(node + 1) * words];
        let hash = hash(packed);
        let known = &self.graph.packed;
        let same = |&s: &u32| known[s as usize * words..(s as usize + 1) * words] == *packed;
        if let Some(&s) = self.index.find(hash, same) {
            return s;
        }
        let s = self.graph.parents.len() as u32;
        self.graph.packed.extend_from_slice(packed);
        self.graph.parents.push((parent.0, u32::MAX));
        self.graph.endings.push(self.out.ending[node]);
        let known = &self.graph.packed;
        let rehash = |&s: &u32| self::hash(&known[s as usize * words..(s as usize + 1) * words]);
        self.index.insert_unique(hash, s, rehash);
        s
    }

    /// The number of the set of things that happened on the way to a node of the last layer.
    fn label(&mut self, node: usize) -> u32 {
        let happened = self.out.happened(node);
        if let Some(&label) = self.labels.get(happened) {
            return label;
        }
        let label = self.labels.len() as u32;
        self.labels.insert(happened.into(), label);
        self.graph.label_nodes.extend_from_slice(happened);
        self.graph.label_ends.push(self.graph.label_nodes.len());
        label
    }
}

/// Pushes probabilities of the nodes of layer `from` down to those of the last layer.
fn push(
    program: &Program,
    out: &Expansion,
    from: usize,
    reach: &mut Vec<f64>,
    next: &mut Vec<f64>,
) {
    for at in from..out.draws.len() {
        out.push_down(program, at, reach, next);
        std::mem::swap(reach, next);
    }
}

fn hash(words: &[u64]) -> u64 {
    let mut hasher = FxHasher::default();
    for &word in words {
        hasher.write_u64(word);
    }
    hasher.finish()
}
