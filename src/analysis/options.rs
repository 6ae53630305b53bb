//! How an evaluation is to be done.

/// How an evaluation is to be done.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many situations there may be.
    pub max_situations: usize,
    /// How many threads to use; `None` is all cores.
    pub threads: Option<usize>,
    /// How many storylines to find for each outcome.
    pub storylines: usize,
    /// Whether to draw storylines instead of exploring.
    pub simulate: Option<Simulation>,
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
        Self { max_situations: 10_000_000, threads: None, storylines: 3, simulate: None }
    }
}
