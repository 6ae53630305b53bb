//! How an evaluation is to be done.

use super::answer::Failure;
use crate::solve::branch_and_bound::NODES;
use crate::solve::progress::Progress;
use crate::solve::work::Work;

/// How an evaluation is to be done.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many situations there may be.
    pub max_situations: usize,
    /// How much memory the situations may take, in bytes.
    pub max_memory: usize,
    /// Whether situations that make no difference for any answer are explored as one. The answers
    /// are the same.
    pub folded: bool,
    /// Which questions are answered.
    pub questions: Questions,
    /// How many storylines to find for each outcome.
    pub storylines: usize,
    /// Whether to draw storylines instead of exploring.
    pub simulate: Option<Simulation>,
    /// Whether storylines on which assignments contradict each other end there, instead of all.
    pub torn: bool,
    /// How many nodes of the draws of one situation may be gone through before what is left of their
    /// combinations is only bounded.
    pub nodes: usize,
    /// What the work adds to while it goes on.
    pub progress: Progress,
}

/// Which questions are answered. Fewer questions need fewer situations and transitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Questions {
    /// All of them.
    All,
    /// Only outcomes: estimates, bounds and mean turns.
    Outcomes,
    /// Only whether expectations hold, and which rules have their chance.
    Expectations,
}

/// How storylines are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Simulation {
    /// How many.
    pub runs: u64,
    /// The seed of all numbers.
    pub seed: u64,
    /// Draw this run only, and tell its storyline.
    pub only: Option<u64>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            max_situations: 10_000_000,
            max_memory: usize::MAX,
            folded: true,
            questions: Questions::All,
            storylines: 3,
            simulate: None,
            torn: false,
            nodes: NODES,
            progress: Progress::default(),
        }
    }
}

impl Options {
    /// What a solver may do.
    #[must_use]
    pub fn work(&self) -> Work {
        Work::new(self.nodes, self.max_memory, &self.progress)
    }

    /// What was found, if nobody has stopped the work meanwhile: then it is nothing.
    ///
    /// # Errors
    /// It was stopped.
    pub fn unless_stopped<T>(&self, found: T) -> Result<T, Failure> {
        if self.progress.is_stopped() { Err(Failure::Stopped) } else { Ok(found) }
    }
}
