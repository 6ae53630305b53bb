//! How far an evaluation has come, for whoever watches it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counters that the work adds to; clones share them.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    situations: Arc<AtomicU64>,
    runs: Arc<AtomicU64>,
}

impl Progress {
    /// So many more situations have been found.
    pub fn add_situations(&self, count: usize) {
        self.situations.fetch_add(count as u64, Ordering::Relaxed);
    }

    /// So many more runs have been drawn.
    pub fn add_runs(&self, count: u64) {
        self.runs.fetch_add(count, Ordering::Relaxed);
    }

    /// In a few words.
    #[must_use]
    pub fn told(&self) -> String {
        let situations = self.situations.load(Ordering::Relaxed);
        match self.runs.load(Ordering::Relaxed) {
            0 => format!("{situations} situations"),
            runs => format!("{runs} storylines drawn"),
        }
    }
}
