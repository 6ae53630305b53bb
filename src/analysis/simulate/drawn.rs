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
    pub results: Kept,
    /// The nodes that happened.
    pub happened: Kept,
    /// Which ends its groups of draws have come to, while it is drawn.
    pub ends: Vec<u32>,
}

impl Drawn {
    /// Forgets everything.
    #[inline]
    pub fn clear(&mut self) {
        self.words.clear();
        self.fired.clear();
        self.results.clear();
        self.happened.clear();
    }
}

/// No number.
pub const NONE: u32 = u32::MAX;

/// Numbers of which only some are kept. Which nobody can foresee, a processor neither: so all are
/// written into its room, without a branch.
#[derive(Clone, Default)]
pub struct Kept {
    /// Those kept, and room.
    numbers: Vec<u32>,
    count: usize,
}

impl Kept {
    /// Forgets all.
    #[inline]
    pub fn clear(&mut self) {
        self.count = 0;
    }

    /// Room for so many more: those at its beginning are kept as soon as [`Self::kept`] says so.
    #[inline]
    pub fn room(&mut self, more: usize) -> &mut [u32] {
        let most = self.count + more;
        if self.numbers.len() < most {
            self.numbers.resize(most, 0);
        }
        &mut self.numbers[self.count..most]
    }

    /// Keeps so many of the room.
    #[inline]
    pub fn kept(&mut self, count: usize) {
        self.count += count;
    }

    /// Keeps all of these.
    #[inline]
    pub fn extend(&mut self, numbers: &[u32]) {
        self.room(numbers.len()).copy_from_slice(numbers);
        self.kept(numbers.len());
    }

    /// Those kept.
    #[inline]
    pub fn all(&self) -> &[u32] {
        &self.numbers[..self.count]
    }
}
