//! The situations of a scenario and what can come next from each.

use super::choice::{Choice, Choices};
use super::conflict::Conflict;
use std::ops::Range;

/// In the place of an ending: assignments contradict each other on the way to this situation, so there
/// is no saying what it is.
pub const TORN: u32 = u32::MAX;

/// What a transition is like, apart from where it leads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kind {
    /// Its estimated probability; 0 where only other likelihoods allow it.
    pub estimate: f64,
    /// What happened, as an index of [`Graph::happened`].
    pub label: u32,
    /// How actors change places on the way into the situation that stands for the one that comes:
    /// a permutation of the scenario's symmetry, 0 for none.
    pub turned: u32,
}

/// The situations of a program and what can come next from each.
///
/// A situation takes its packed words, 8 bytes for where it was first reached from, 4 for its
/// ending, 8 for its leaves, and about 7 in the hash table while exploring. A transition (`leaf`)
/// takes 8 bytes: where it leads and its [`Kind`], which many share. For situations in which something
/// varies there is, beside the estimated probabilities, the layered graph of the draws, from which
/// bounds are found.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    pub(super) words: usize,
    pub(super) packed: Vec<u64>,
    /// For each depth: the first situation that is first reached in that turn; then the count.
    pub depths: Vec<u32>,
    /// For each situation: one that it was first reached from, and by which of its leaves.
    pub parents: Vec<(u32, u32)>,
    /// For each situation: the ending that holds there, as its outcome plus 1, or 0; [`TORN`] where
    /// assignments have contradicted each other on the way.
    pub endings: Vec<u32>,
    /// For each situation: its first leaf; then the count. Only situations before the horizon and
    /// without an ending have leaves.
    pub(super) first_leaf: Vec<usize>,
    /// For each leaf: where it leads.
    pub targets: Vec<u32>,
    pub(super) kind_of: Vec<u32>,
    /// The kinds of leaves.
    pub kinds: Vec<Kind>,
    pub(super) label_ends: Vec<usize>,
    pub(super) label_nodes: Vec<u32>,
    pub(super) choices: Choices,
    /// For each rule: whether it has its chance in some situation.
    pub chances: Vec<bool>,
    /// What happened in turn 0.
    pub initial_label: u32,
    /// How many transitions there are between situations, whatever happens on the way.
    pub transitions: usize,
    /// Whether situations in which an ending holds are told apart only by what is asked: their words
    /// are then the bits of [`super::Program::asked`].
    pub endings_folded: bool,
    /// Assignments that contradict each other, where storylines on which they do end there; a few.
    pub conflicts: Vec<Conflict>,
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

    /// The packed words of a situation.
    #[must_use]
    pub fn situation(&self, s: usize) -> &[u64] {
        &self.packed[s * self.words..(s + 1) * self.words]
    }

    /// Whether the words of a situation are bits of what is asked instead of values: where it is torn,
    /// all of them are 0, and nothing holds.
    #[must_use]
    pub fn is_folded(&self, s: usize) -> bool {
        self.endings_folded && self.endings[s] != 0 || self.is_torn(s)
    }

    /// Whether assignments have contradicted each other on the way to a situation.
    #[must_use]
    pub fn is_torn(&self, s: usize) -> bool {
        self.endings[s] == TORN
    }

    /// The leaves of a situation.
    #[must_use]
    pub fn leaves(&self, s: usize) -> Range<usize> {
        self.first_leaf[s]..self.first_leaf[s + 1]
    }

    /// What a leaf is like.
    #[must_use]
    pub fn kind(&self, leaf: usize) -> Kind {
        self.kinds[self.kind_of[leaf] as usize]
    }

    /// The number of a leaf's kind.
    #[must_use]
    pub fn kind_number(&self, leaf: usize) -> u32 {
        self.kind_of[leaf]
    }

    /// Where each of these leaves leads, and its kind as an index of [`Graph::kinds`].
    pub fn ways(&self, leaves: Range<usize>) -> impl Iterator<Item = (u32, u32)> + '_ {
        let kinds = &self.kind_of[leaves.clone()];
        self.targets[leaves].iter().copied().zip(kinds.iter().copied())
    }

    /// The estimated probability of a leaf.
    #[must_use]
    pub fn estimate(&self, leaf: usize) -> f64 {
        self.kind(leaf).estimate
    }

    /// What happened on a leaf, as an index of [`Graph::happened`].
    #[must_use]
    pub fn label(&self, leaf: usize) -> u32 {
        self.kind(leaf).label
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
        self.choices.get(s)
    }

    /// Whether anything varies anywhere.
    #[must_use]
    pub fn varies(&self) -> bool {
        !self.choices.is_empty()
    }

    /// How much memory it takes, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let situation = 8 * self.words + size_of::<(u32, u32)>() + 4 + 8;
        self.len() * situation
            + self.targets.len() * 8
            + self.kinds.len() * size_of::<Kind>()
            + self.label_nodes.len() * 4
            + self.choices.bytes()
    }
}
