//! What is asked of the situations: the probability that something is ever reached or happens.

use crate::engine::Graph;
use crate::engine::test::Test;

/// How many goals are followed side by side.
pub const LANES: usize = 8;

/// One value for each goal of a block.
pub type Lanes = [f64; LANES];

/// Something that a storyline may come to.
#[derive(Clone, Debug)]
pub enum Goal {
    /// A situation of a set.
    Reach(Vec<bool>),
    /// A situation of the first set, with only situations of the second before it.
    Until(Vec<bool>, Vec<bool>),
    /// A node of an event or change happens.
    Happen(u32),
}

/// Up to [`LANES`] goals, as masks: bit `i` stands for goal `i`.
#[derive(Clone, Debug)]
pub struct Block {
    /// For each situation: which goals it reaches.
    pub reached: Vec<u8>,
    /// For each situation: which goals it puts out of reach.
    pub missed: Vec<u8>,
    /// For each label: which goals it reaches.
    pub happened: Vec<u8>,
}

impl Block {
    /// The masks of these goals, at most [`LANES`].
    #[must_use]
    pub fn new(graph: &Graph, goals: &[Goal]) -> Self {
        let mut block = Self {
            reached: vec![0; graph.len()],
            missed: vec![0; graph.len()],
            happened: vec![0; graph.label_count()],
        };
        for (lane, goal) in goals.iter().enumerate() {
            let bit = 1 << lane;
            match goal {
                Goal::Reach(set) => mark(&mut block.reached, set, bit),
                Goal::Until(set, before) => {
                    mark(&mut block.reached, set, bit);
                    for ((mask, set), before) in block.missed.iter_mut().zip(set).zip(before) {
                        *mask |= if *set || *before { 0 } else { bit };
                    }
                }
                Goal::Happen(node) => {
                    for (label, mask) in block.happened.iter_mut().enumerate() {
                        if graph.happened(label as u32).contains(node) {
                            *mask |= bit;
                        }
                    }
                }
            }
        }
        block
    }

    /// The value of each goal at the start, from its value in situation 0.
    #[must_use]
    pub fn at_start(&self, graph: &Graph, value: &Lanes) -> Lanes {
        pinned(*value, self.happened[graph.initial_label as usize], 0)
    }

    /// The values of a situation with the reached and missed goals put in.
    #[must_use]
    pub fn pin(&self, s: usize, value: Lanes) -> Lanes {
        pinned(value, self.reached[s], self.missed[s])
    }

    /// The values behind a leaf.
    #[must_use]
    pub fn behind(&self, label: u32, value: &Lanes) -> Lanes {
        pinned(*value, self.happened[label as usize], 0)
    }
}

fn mark(masks: &mut [u8], set: &[bool], bit: u8) {
    for (mask, member) in masks.iter_mut().zip(set) {
        *mask |= if *member { bit } else { 0 };
    }
}

fn pinned(mut value: Lanes, ones: u8, zeros: u8) -> Lanes {
    if ones | zeros != 0 {
        for (lane, value) in value.iter_mut().enumerate() {
            if zeros >> lane & 1 == 1 {
                *value = 0.0;
            }
            if ones >> lane & 1 == 1 {
                *value = 1.0;
            }
        }
    }
    value
}

/// For each situation whether a test holds there.
#[must_use]
pub fn holding(graph: &Graph, layout: &crate::engine::layout::Layout, test: &Test) -> Vec<bool> {
    let mut values = vec![0; layout.slots()];
    (0..graph.len())
        .map(|s| {
            layout.unpack(graph.situation(s), &mut values);
            test.holds(&values)
        })
        .collect()
}
