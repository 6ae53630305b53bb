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
}

impl Default for Options {
    fn default() -> Self {
        Self { max_situations: 10_000_000, threads: None, storylines: 3 }
    }
}
