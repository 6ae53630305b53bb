//! What a question may cost, what it has cost so far, and whether all of it could be looked at.

use super::branch_and_bound::NODES;
use super::progress::Progress;
use std::sync::atomic::{AtomicBool, Ordering};

/// How many values are kept at the same time, at most, if it can be helped.
pub const VALUES: usize = 1 << 27;

/// What a solver may do, and what is told of it while it does.
#[derive(Debug)]
pub struct Work {
    nodes: usize,
    values: usize,
    progress: Progress,
    wider: AtomicBool,
}

impl Work {
    /// Nothing so far, where values may take so many bytes of memory.
    #[must_use]
    pub fn new(nodes: usize, memory: usize, progress: &Progress) -> Self {
        Self::within(nodes, (memory / size_of::<f64>()).min(VALUES), progress.clone())
    }

    /// The same on a question of its own.
    #[must_use]
    pub fn apart(asked: Option<&Self>) -> Self {
        match asked {
            Some(asked) => Self::within(asked.nodes, asked.values, asked.progress.clone()),
            None => Self::within(NODES, VALUES, Progress::default()),
        }
    }

    fn within(nodes: usize, values: usize, progress: Progress) -> Self {
        Self { nodes, values, progress, wider: AtomicBool::new(false) }
    }

    /// How many nodes of the draws of one situation may be gone through.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.nodes
    }

    /// How many values are kept at the same time, at most, if it can be helped.
    #[must_use]
    pub fn values(&self) -> usize {
        self.values
    }

    /// A round over all values of a part begins; says whether it is to go on.
    pub fn round(&self) -> bool {
        self.progress.add_rounds(1);
        !self.progress.is_stopped()
    }

    /// Whether the work is to stop: what comes out then is nothing.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.progress.is_stopped()
    }

    /// For lack of time a bound was found that may be wider than need be.
    pub fn widen(&self) {
        self.wider.store(true, Ordering::Relaxed);
    }

    /// Whether one was.
    #[must_use]
    pub fn is_wider(&self) -> bool {
        self.wider.load(Ordering::Relaxed)
    }
}
