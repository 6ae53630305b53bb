//! How an evaluation is to be done.

use super::progress::Progress;

/// How an evaluation is to be done.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many situations there may be.
    pub max_situations: usize,
    /// How many storylines to find for each outcome.
    pub storylines: usize,
    /// Whether to draw storylines instead of exploring.
    pub simulate: Option<Simulation>,
    /// What the work adds to while it goes on.
    pub progress: Progress,
}

/// How storylines are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Simulation {
    /// How many.
    pub runs: u64,
    /// The seed; run `i` draws from stream `i` of its generator.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_situations: 10_000_000,
            storylines: 3,
            simulate: None,
            progress: Progress::default(),
        }
    }
}
