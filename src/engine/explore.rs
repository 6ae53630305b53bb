//! All situations, breadth first, equal ones merged, on all threads.
//!
//! The situations of one depth are expanded in batches side by side; what the batches found is put
//! together in their order, so that the graph is the same on any number of threads.

use super::batch::{Batch, FRESH, Known, Worker};
use super::conflict::Conflict;
use super::graph::{Graph, Kind};
use super::layout::hash;
use super::program::Program;
use super::symmetry::Symmetry;
use hashbrown::HashTable;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::sync::atomic::AtomicUsize;
use std::sync::{Mutex, PoisonError};

/// Where an exploration stops.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The number of the last situation of a storyline; `None` goes on until nothing is new.
    pub horizon: Option<u32>,
    /// How many situations there may be.
    pub situations: usize,
    /// How much memory the graph may take, in bytes.
    pub memory: usize,
}

/// What is kept of the situations and transitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detail {
    /// What happens on each transition; without it, transitions between two situations are one.
    pub happenings: bool,
    /// Whether what makes no difference for any answer is folded: situations in which an ending
    /// holds are told apart only by what is asked, and those that differ only in who is who are one.
    pub folded: bool,
    /// Whether a storyline on which assignments contradict each other ends there, as `TORN`;
    /// otherwise the exploration does.
    pub torn: bool,
}

impl Detail {
    /// Everything, nothing folded.
    pub const WHOLE: Self = Self { happenings: true, folded: false, torn: false };
    /// Nothing of what happens, and nothing folded but endings.
    pub const BARE: Self = Self { happenings: false, folded: true, torn: false };
}

/// How an exploration ended.
pub enum Explored {
    /// All situations.
    Whole(Graph),
    /// Assignments contradict each other.
    Conflicts(Graph, Vec<Conflict>),
    /// A limit was reached.
    TooMany(Limit),
    /// It was to stop.
    Stopped,
}

/// What there was too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Situations.
    Situations,
    /// Memory; with the number of situations that took it.
    Memory(usize),
    /// Ways in which one turn can come out.
    Combinations,
}

/// How many contradictions are kept where storylines go on beside them.
const TOLD: usize = 10;
/// How many situations are expanded at a stretch.
const BATCH: usize = 64;
/// How many batches are made for each thread before they are put together.
const BATCHES: usize = 8;

/// Explores; tells `found` from time to time how many more situations there are, and goes on as long as that
/// says so.
#[must_use]
pub fn explore(
    program: &Program,
    symmetry: Option<&Symmetry>,
    detail: Detail,
    limits: Limits,
    found: &(dyn Fn(usize) -> bool + Sync),
) -> Explored {
    Explorer::new(program, symmetry.filter(|_| detail.folded), detail).run(limits, found)
}

struct Explorer<'p> {
    graph: Graph,
    index: HashTable<u32>,
    labels: FxHashMap<Box<[u32]>, u32>,
    kinds: FxHashMap<(u64, u32, u32), u32>,
    conflicts: Vec<Conflict>,
    /// Whether contradictions end storylines only.
    torn: bool,
    workers: Mutex<Vec<Worker<'p>>>,
    make: Box<dyn Fn() -> Worker<'p> + Sync + 'p>,
    limit: Option<Limit>,
    stopped: bool,
}

impl<'p> Explorer<'p> {
    fn new(program: &'p Program, symmetry: Option<&'p Symmetry>, detail: Detail) -> Self {
        let words = program.layout.words();
        Self {
            graph: Graph {
                words,
                chances: vec![false; program.rules.len()],
                endings_folded: detail.folded && program.asked.len() <= words * 64,
                ..Graph::default()
            },
            index: HashTable::new(),
            labels: FxHashMap::default(),
            kinds: FxHashMap::default(),
            conflicts: Vec::new(),
            torn: detail.torn,
            workers: Mutex::new(Vec::new()),
            make: Box::new(move || Worker::new(program, symmetry, detail)),
            limit: None,
            stopped: false,
        }
    }

    fn run(mut self, limits: Limits, found: &(dyn Fn(usize) -> bool + Sync)) -> Explored {
        self.begin();
        let mut depth = 0;
        while self.goes_on() && self.limit.is_none() {
            let begin = self.graph.depths[depth] as usize;
            let end = self.graph.len();
            self.graph.depths.push(end as u32);
            if begin == end || limits.horizon.is_some_and(|last| depth >= last as usize) {
                return self.close(begin);
            }
            self.expand(begin, end, limits, found);
            if self.stopped {
                return Explored::Stopped;
            }
            depth += 1;
        }
        match self.limit {
            Some(limit) if self.goes_on() => Explored::TooMany(limit),
            _ => {
                self.graph.first_leaf.push(self.graph.targets.len());
                Explored::Conflicts(self.graph, self.conflicts)
            }
        }
    }

    fn goes_on(&self) -> bool {
        self.torn || self.conflicts.is_empty()
    }

    fn begin(&mut self) {
        let taken = AtomicUsize::new(0);
        let known =
            Known { graph: &self.graph, index: &self.index, room: usize::MAX, taken: &taken };
        let mut batch = (self.make)().begin(&known);
        self.graph.depths.push(0);
        self.conflicts.append(&mut batch.conflicts);
        self.add_fresh(&batch);
        let label = batch.kinds[batch.kind_of[0] as usize].label;
        self.graph.initial_label = self.label(&batch.labels[label as usize]);
    }

    /// Situations at the horizon have no leaves.
    fn close(mut self, from: usize) -> Explored {
        let graph = &mut self.graph;
        graph.first_leaf.resize(from, graph.targets.len());
        graph.first_leaf.resize(graph.parents.len() + 1, graph.targets.len());
        graph.conflicts = self.conflicts;
        Explored::Whole(self.graph)
    }

    /// Expands the situations of one depth.
    fn expand(
        &mut self,
        begin: usize,
        end: usize,
        limits: Limits,
        found: &(dyn Fn(usize) -> bool + Sync),
    ) {
        let wave = BATCH * BATCHES * rayon::current_num_threads();
        let mut told = self.graph.len();
        for first in (begin..end).step_by(wave) {
            let last = end.min(first + wave);
            let room = limits.memory.saturating_sub(self.bytes());
            for batch in self.batches(first, last, room) {
                if batch.full {
                    self.limit = Some(Limit::Memory(told));
                    return;
                }
                self.add(batch);
            }
            let graph = &self.graph;
            self.stopped = !found(graph.len() - told);
            told = graph.len();
            if graph.len() > limits.situations {
                self.limit = Some(Limit::Situations);
            } else if self.bytes() > limits.memory {
                self.limit = Some(Limit::Memory(graph.len()));
            }
            if self.stopped || self.limit.is_some() || !self.goes_on() {
                return;
            }
        }
    }

    /// How much memory the graph and its index take, in bytes.
    fn bytes(&self) -> usize {
        self.graph.bytes() + self.index.capacity() * 5
    }

    /// The batches of these situations, in order, where there is room for so many bytes.
    fn batches(&self, first: usize, last: usize, room: usize) -> Vec<Batch> {
        let taken = AtomicUsize::new(0);
        let known = Known { graph: &self.graph, index: &self.index, room, taken: &taken };
        let make = |at: usize| {
            let spare = self.workers.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut worker = spare.unwrap_or_else(|| (self.make)());
            let batch = worker.expand(at..last.min(at + BATCH), &known);
            self.workers.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
            batch
        };
        if last - first <= BATCH {
            return vec![make(first)];
        }
        let count = (last - first).div_ceil(BATCH);
        (0..count).into_par_iter().map(|at| make(first + at * BATCH)).collect()
    }

    /// Puts a batch into the graph.
    fn add(&mut self, mut batch: Batch) {
        let fresh = self.add_fresh(&batch);
        let labels: Vec<u32> = batch.labels.iter().map(|label| self.label(label)).collect();
        let kinds: Vec<u32> = batch
            .kinds
            .iter()
            .map(|kind| self.kind(Kind { label: labels[kind.label as usize], ..*kind }))
            .collect();
        let graph = &mut self.graph;
        let mut first = graph.targets.len();
        for &count in &batch.leaves {
            graph.first_leaf.push(first);
            first += count as usize;
        }
        let target = |&target: &u32| {
            if target & FRESH == 0 { target } else { fresh[(target & !FRESH) as usize] }
        };
        graph.targets.extend(batch.targets.iter().map(target));
        graph.kind_of.extend(batch.kind_of.iter().map(|&kind| kinds[kind as usize]));
        graph.choices.append(&mut batch.choices);
        graph.transitions += batch.transitions;
        batch.chances.iter().for_each(|&rule| graph.chances[rule as usize] = true);
        self.conflicts.append(&mut batch.conflicts);
        if self.torn {
            self.conflicts.truncate(TOLD);
        }
        if batch.too_wide.is_some() {
            self.limit = Some(Limit::Combinations);
        }
    }

    /// The numbers of the fresh situations of a batch.
    fn add_fresh(&mut self, batch: &Batch) -> Vec<u32> {
        let Self { graph, index, .. } = self;
        let endings = batch.fresh_endings.iter().zip(&batch.fresh_parents);
        let fresh = batch.fresh.chunks_exact(graph.words).zip(endings);
        let number = |(words, (&ending, &parent)): (&[u64], (&u32, &(u32, u32)))| {
            let hashed = hash(words, ending);
            let same = |&s: &u32| {
                graph.endings[s as usize] == ending && graph.situation(s as usize) == words
            };
            if let Some(&s) = index.find(hashed, same) {
                return s;
            }
            let s = graph.parents.len() as u32;
            graph.packed.extend_from_slice(words);
            graph.endings.push(ending);
            graph.parents.push(parent);
            let rehash = |&s: &u32| hash(graph.situation(s as usize), graph.endings[s as usize]);
            index.insert_unique(hashed, s, rehash);
            s
        };
        fresh.map(number).collect()
    }

    fn label(&mut self, happened: &[u32]) -> u32 {
        if let Some(&label) = self.labels.get(happened) {
            return label;
        }
        let label = self.labels.len() as u32;
        self.labels.insert(happened.into(), label);
        self.graph.label_nodes.extend_from_slice(happened);
        self.graph.label_ends.push(self.graph.label_nodes.len());
        label
    }

    fn kind(&mut self, kind: Kind) -> u32 {
        let kinds = &mut self.graph.kinds;
        *self.kinds.entry((kind.estimate.to_bits(), kind.label, kind.turned)).or_insert_with(|| {
            kinds.push(kind);
            kinds.len() as u32 - 1
        })
    }
}
