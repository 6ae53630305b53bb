//! What one turn of a run has come to.

use crate::engine::program::Consequence;

/// What one turn of a run has come to.
#[derive(Clone, Default)]
pub struct Drawn {
    /// The packed situation, not finished.
    pub words: Vec<u64>,
    /// What was sure, with the chain if it had been under way; and what was drawn, where it is not
    /// in `results`.
    pub fired: Vec<(Option<u32>, Consequence)>,
    /// What was drawn, as results of the odds, where something follows from it.
    pub results: Vec<u32>,
    /// The nodes that happened.
    pub happened: Vec<u32>,
    /// The random numbers, in the order of the rules.
    pub numbers: Vec<u64>,
    /// Where further nodes that happened stand, while it is drawn.
    pub more: Vec<u32>,
}

impl Drawn {
    /// Forgets everything.
    pub fn clear(&mut self) {
        self.words.clear();
        self.fired.clear();
        self.results.clear();
        self.happened.clear();
        self.numbers.clear();
        self.more.clear();
    }
}
