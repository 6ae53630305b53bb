//! The expansion of a run of situations, on its own: numbers of what is new are those of the batch.

use super::choice::Choices;
use super::conflict::{Conflict, conflicts};
use super::expansion::{Expansion, Group};
use super::explore::Detail;
use super::finish::finish;
use super::graph::{Graph, Kind, TORN};
use super::layout::hash;
use super::product::Product;
use super::program::Program;
use super::symmetry::Symmetry;
use super::turn::Turn;
use hashbrown::HashTable;
use rustc_hash::FxHashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Marks a target as an index of [`Batch::fresh_endings`], instead of a situation known before.
pub const FRESH: u32 = 1 << 31;
/// In how many ways a turn may come out.
const COMBINATIONS_MAX: usize = 1 << 24;

/// What a run of situations leads to.
#[derive(Debug, Default)]
pub struct Batch {
    /// For each situation: how many leaves it has.
    pub leaves: Vec<u32>,
    /// For each leaf: the situation that it leads to, or [`FRESH`] and which of the fresh ones.
    pub targets: Vec<u32>,
    /// For each leaf: its kind, an index of `kinds`.
    pub kind_of: Vec<u32>,
    /// Kinds, with labels as indices of `labels`.
    pub kinds: Vec<Kind>,
    /// Labels.
    pub labels: Vec<Box<[u32]>>,
    /// The packed words of situations that were not known before.
    pub fresh: Vec<u64>,
    /// Their endings.
    pub fresh_endings: Vec<u32>,
    /// For each: the situation that it was first reached from, and by which of its leaves.
    pub fresh_parents: Vec<(u32, u32)>,
    /// What varies.
    pub choices: Choices,
    /// Rules that have their chance somewhere.
    pub chances: Vec<u32>,
    /// Assignments that contradict each other.
    pub conflicts: Vec<Conflict>,
    /// How many transitions there are between situations.
    pub transitions: usize,
    /// The first situation in which a turn can come out in too many ways.
    pub too_wide: Option<u32>,
    /// Whether it ends before its end for lack of memory.
    pub full: bool,
}

impl Batch {
    /// How much memory what grows with the situations takes, in bytes.
    fn bytes(&self) -> usize {
        8 * (self.targets.len() + self.fresh.len() + self.kinds.len()) + self.choices.bytes()
    }
}

/// The situations that are known while a batch is made.
pub struct Known<'a> {
    /// The graph so far.
    pub graph: &'a Graph,
    /// Its situations by their words and endings.
    pub index: &'a HashTable<u32>,
    /// How much memory the batches made beside each other may take, in bytes.
    pub room: usize,
    /// How much they take so far.
    pub taken: &'a AtomicUsize,
}

impl Known<'_> {
    /// Whether there is room for so many bytes more, which are taken.
    fn take(&self, bytes: usize) -> bool {
        self.taken.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes) <= self.room
    }
}

/// Makes batches; keeps its working memory.
pub struct Worker<'p> {
    program: &'p Program,
    symmetry: Option<&'p Symmetry>,
    detail: Detail,
    turn: Turn<'p>,
    out: Expansion,
    batch: Batch,
    chances: Vec<bool>,
    /// Situations as they come out of the product, not finished, and what they come to.
    raw: Vec<u64>,
    raw_index: HashTable<u32>,
    raw_final: Vec<(u32, u32)>,
    /// Finished ones: words, where to find them, and as targets.
    finals: Vec<u64>,
    final_index: HashTable<u32>,
    final_targets: Vec<u32>,
    final_endings: Vec<u32>,
    /// For each finished one: the situation of the batch that came there last, and its leaf.
    stamps: Vec<(u32, u32)>,
    label_index: FxHashMap<Box<[u32]>, u32>,
    label_pairs: FxHashMap<(u32, u32), u32>,
    kind_index: FxHashMap<(u64, u32, u32), u32>,
    values: Vec<i32>,
    words: Vec<u64>,
    turned: Vec<i32>,
    union: Vec<u32>,
    product: Product,
    /// For each leaf of a situation: its estimate, and its label and change of places.
    sums: Vec<f64>,
    looks: Vec<(u32, u32)>,
    same: FxHashMap<(u32, u32, u32), u32>,
    /// For each combination of ends: its leaf.
    leaf: Vec<u32>,
    /// For each combination of ends whether assignments contradict each other in it; empty where they do
    /// in none.
    torn: Vec<bool>,
    reach: Vec<f64>,
    next_reach: Vec<f64>,
}

impl<'p> Worker<'p> {
    /// For a program.
    #[must_use]
    pub fn new(program: &'p Program, symmetry: Option<&'p Symmetry>, detail: Detail) -> Self {
        Self {
            program,
            symmetry,
            detail,
            turn: Turn::new(program),
            out: Expansion::default(),
            batch: Batch::default(),
            chances: vec![false; program.rules.len()],
            raw: Vec::new(),
            raw_index: HashTable::new(),
            raw_final: Vec::new(),
            finals: Vec::new(),
            final_index: HashTable::new(),
            final_targets: Vec::new(),
            final_endings: Vec::new(),
            stamps: Vec::new(),
            label_index: FxHashMap::default(),
            label_pairs: FxHashMap::default(),
            kind_index: FxHashMap::default(),
            values: vec![0; program.layout.slots()],
            words: vec![0; program.layout.words()],
            turned: Vec::new(),
            union: Vec::new(),
            product: Product::default(),
            sums: Vec::new(),
            looks: Vec::new(),
            same: FxHashMap::default(),
            leaf: Vec::new(),
            torn: Vec::new(),
            reach: Vec::new(),
            next_reach: Vec::new(),
        }
    }

    /// Situation 0, as the one leaf of nothing.
    pub fn begin(&mut self, known: &Known<'_>) -> Batch {
        self.turn.begin(&mut self.out);
        self.batch.conflicts = conflicts(self.program, &self.out, 0);
        self.multiply();
        self.tear();
        self.add_leaves(0, known);
        self.take()
    }

    /// Expands these situations, in which no ending holds or which have an ending and no leaves.
    pub fn expand(&mut self, situations: std::ops::Range<usize>, known: &Known<'_>) -> Batch {
        for s in situations {
            self.batch.choices.begin();
            let first = self.batch.targets.len();
            if known.graph.endings[s] == 0 {
                self.turn.expand(known.graph.situation(s), &mut self.out);
                for &rule in &self.out.chances {
                    if !std::mem::replace(&mut self.chances[rule as usize], true) {
                        self.batch.chances.push(rule);
                    }
                }
                if !self.out.conflicts.is_empty() {
                    self.batch.conflicts.extend(conflicts(self.program, &self.out, s));
                }
                if self.out.too_wide || self.out.combinations() > COMBINATIONS_MAX {
                    self.batch.too_wide = Some(s as u32);
                    break;
                }
                let combinations = self.out.combinations();
                if combinations.saturating_mul(self.each()) > known.room {
                    self.batch.full = true;
                    break;
                }
                let before = self.batch.bytes();
                self.multiply();
                self.tear();
                self.add_leaves(s as u32, known);
                self.batch.choices.add(self.program, &self.out, &self.leaf);
                if !known.take(self.batch.bytes() - before) {
                    self.batch.full = true;
                    break;
                }
            }
            self.batch.leaves.push((self.batch.targets.len() - first) as u32);
        }
        self.take()
    }

    /// How much working memory one combination of ends takes, in bytes: it is written twice.
    fn each(&self) -> usize {
        2 * (8 * self.program.layout.words() + 12) + 4
    }

    fn take(&mut self) -> Batch {
        self.chances.fill(false);
        self.raw.clear();
        self.raw_index.clear();
        self.raw_final.clear();
        self.finals.clear();
        self.final_index.clear();
        self.final_targets.clear();
        self.final_endings.clear();
        self.stamps.clear();
        self.label_index.clear();
        self.label_pairs.clear();
        self.kind_index.clear();
        std::mem::take(&mut self.batch)
    }

    /// Writes the product of the groups out: words, estimates, labels.
    fn multiply(&mut self) {
        let width = self.program.layout.words();
        let mut product = std::mem::take(&mut self.product);
        product.words.clear();
        product.words.extend_from_slice(&self.out.base);
        product.estimates.clear();
        product.estimates.push(1.0);
        product.labels.clear();
        product.labels.push(self.label(&[]));
        for at in 0..self.out.groups.len() {
            let group = self.out.groups[at].clone();
            self.reach.clear();
            self.reach.push(1.0);
            let layers = 0..group.draws.len();
            let (reach, next) = (&mut self.reach, &mut self.next_reach);
            self.out.push_down(self.program, &group, layers, reach, next);
            product.multiply(&self.out, group.ends.clone(), &self.reach, width);
            if self.detail.happenings {
                self.add_labels(&mut product, group.ends);
            }
        }
        self.product = product;
    }

    /// Marks the combinations in which assignments contradict each other.
    fn tear(&mut self) {
        let count = self.product.estimates.len();
        self.torn.clear();
        if !self.detail.torn || self.out.conflicts.is_empty() {
            return;
        }
        self.torn.resize(count, false);
        // The ends of the last group change with every combination.
        for &(group, end, _) in &self.out.conflicts {
            let ends = |group: &Group| group.ends.len();
            let stride: usize = self.out.groups[group as usize + 1..].iter().map(ends).product();
            let all = ends(&self.out.groups[group as usize]);
            let own = |combination: usize| combination / stride % all == end as usize;
            (0..count).filter(|&at| own(at)).for_each(|at| self.torn[at] = true);
        }
    }

    fn add_labels(&mut self, product: &mut Product, ends: std::ops::Range<usize>) {
        product.next_labels.clear();
        let own: Vec<u32> = ends
            .map(|end| {
                let happened = self.out.happened(end).to_vec();
                self.label(&happened)
            })
            .collect();
        for &before in &product.labels {
            for &label in &own {
                let both = match self.label_pairs.get(&(before, label)) {
                    Some(&both) => both,
                    None => self.union(before, label),
                };
                product.next_labels.push(both);
            }
        }
        std::mem::swap(&mut product.labels, &mut product.next_labels);
    }

    /// The label of what two labels hold together.
    fn union(&mut self, one: u32, other: u32) -> u32 {
        let mut union = std::mem::take(&mut self.union);
        union.clear();
        union.extend_from_slice(&self.batch.labels[one as usize]);
        union.extend_from_slice(&self.batch.labels[other as usize]);
        union.sort_unstable();
        let label = self.label(&union);
        self.union = union;
        self.label_pairs.insert((one, other), label);
        label
    }

    /// The number of the set of things that happened.
    fn label(&mut self, happened: &[u32]) -> u32 {
        if let Some(&label) = self.label_index.get(happened) {
            return label;
        }
        let label = self.batch.labels.len() as u32;
        self.label_index.insert(happened.into(), label);
        self.batch.labels.push(happened.into());
        label
    }

    /// The leaves of a situation; those with the same target, label and change of places as one.
    fn add_leaves(&mut self, s: u32, known: &Known<'_>) {
        let width = self.program.layout.words();
        let (stamp, happenings) = (self.batch.leaves.len() as u32, self.detail.happenings);
        self.leaf.clear();
        self.sums.clear();
        self.looks.clear();
        if self.same.capacity() > 64 + 8 * self.product.estimates.len() {
            self.same = FxHashMap::default();
        }
        self.same.clear();
        for combination in 0..self.product.estimates.len() {
            let words = combination * width..(combination + 1) * width;
            let torn = self.torn.get(combination).is_some_and(|torn| *torn);
            let (end, turned) =
                if torn { (self.torn_apart(known), 0) } else { self.resolve(words, known) };
            let estimate = self.product.estimates[combination];
            let new = self.sums.len() as u32;
            let came = std::mem::replace(&mut self.stamps[end as usize], (stamp, new));
            let again = came.0 == stamp;
            self.batch.transitions += usize::from(!again);
            let (label, turned) = match happenings {
                true if torn => (self.label(&[]), 0),
                true => (self.product.labels[combination], turned),
                false => (0, 0),
            };
            let leaf = if happenings {
                *self.same.entry((end, label, turned)).or_insert(new)
            } else if again {
                self.stamps[end as usize] = came;
                came.1
            } else {
                new
            };
            self.leaf.push(leaf);
            if leaf != new {
                self.sums[leaf as usize] += estimate;
                continue;
            }
            self.sums.push(estimate);
            self.looks.push((label, turned));
            let target = self.final_targets[end as usize];
            self.batch.targets.push(target);
            if target & FRESH != 0 {
                let parent = &mut self.batch.fresh_parents[(target & !FRESH) as usize];
                if parent.0 == u32::MAX {
                    *parent = (s, leaf);
                }
            }
        }
        for at in 0..self.sums.len() {
            let (label, turned) = self.looks[at];
            let kind = self.kind(Kind { estimate: self.sums[at], label, turned });
            self.batch.kind_of.push(kind);
        }
    }

    fn kind(&mut self, kind: Kind) -> u32 {
        let kinds = &mut self.batch.kinds;
        let key = (kind.estimate.to_bits(), kind.label, kind.turned);
        *self.kind_index.entry(key).or_insert_with(|| {
            kinds.push(kind);
            kinds.len() as u32 - 1
        })
    }

    /// The finished situation that words of the product come to, and how actors change places.
    fn resolve(&mut self, words: std::ops::Range<usize>, known: &Known<'_>) -> (u32, u32) {
        let width = self.program.layout.words();
        let words = &self.product.words[words];
        let raw = &self.raw;
        let same = |&at: &u32| raw[at as usize * width..(at as usize + 1) * width] == *words;
        let hash = hash(words, 0);
        if let Some(&at) = self.raw_index.find(hash, same) {
            return self.raw_final[at as usize];
        }
        let at = self.raw_final.len() as u32;
        self.raw.extend_from_slice(words);
        self.program.layout.unpack(words, &mut self.values);
        let found = self.finish(known);
        self.raw_final.push(found);
        let raw = &self.raw;
        let rehash =
            |&at: &u32| self::hash(&raw[at as usize * width..(at as usize + 1) * width], 0);
        self.raw_index.insert_unique(hash, at, rehash);
        found
    }

    /// The situation that stands for all in which assignments have contradicted each other.
    fn torn_apart(&mut self, known: &Known<'_>) -> u32 {
        self.words.fill(0);
        self.arrive(TORN, known)
    }

    fn finish(&mut self, known: &Known<'_>) -> (u32, u32) {
        let ending = finish(self.program, &mut self.values);
        let mut turned = 0;
        if ending != 0 && known.graph.endings_folded {
            self.words.fill(0);
            for (at, test) in self.program.asked.iter().enumerate() {
                self.words[at / 64] |= u64::from(test.holds(&self.values)) << (at % 64);
            }
        } else {
            if let Some(symmetry) = self.symmetry {
                turned = symmetry.canonical(&mut self.values, &mut self.turned);
            }
            self.program.layout.pack(&self.values, &mut self.words);
        }
        (self.arrive(ending, known), turned)
    }

    /// The finished situation with these words and this ending.
    fn arrive(&mut self, ending: u32, known: &Known<'_>) -> u32 {
        let width = self.program.layout.words();
        let hash = hash(&self.words, ending);
        let finals = &self.finals;
        let same = |&at: &u32| {
            self.final_endings[at as usize] == ending
                && finals[at as usize * width..(at as usize + 1) * width] == *self.words
        };
        if let Some(&at) = self.final_index.find(hash, same) {
            return at;
        }
        let at = self.final_targets.len() as u32;
        self.finals.extend_from_slice(&self.words);
        self.final_endings.push(ending);
        self.stamps.push((u32::MAX, 0));
        let (finals, endings) = (&self.finals, &self.final_endings);
        let rehash = |&at: &u32| {
            let at = at as usize;
            self::hash(&finals[at * width..(at + 1) * width], endings[at])
        };
        self.final_index.insert_unique(hash, at, rehash);
        let graph = known.graph;
        let same = |&s: &u32| {
            graph.endings[s as usize] == ending && *graph.situation(s as usize) == *self.words
        };
        let target = known.index.find(hash, same).copied().unwrap_or_else(|| {
            self.batch.fresh.extend_from_slice(&self.words);
            self.batch.fresh_endings.push(ending);
            self.batch.fresh_parents.push((u32::MAX, 0));
            FRESH | (self.batch.fresh_endings.len() as u32 - 1)
        });
        self.final_targets.push(target);
        at
    }
}
