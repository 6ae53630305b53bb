//! How far an evaluation has come, for whoever watches it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counters that the work adds to; clones share them.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    situations: Arc<AtomicU64>,
    runs: Arc<AtomicU64>,
    points: Arc<AtomicU64>,
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

    /// So many more points of a sweep have been evaluated.
    pub fn add_points(&self, count: u64) {
        self.points.fetch_add(count, Ordering::Relaxed);
    }

    /// In a few words.
    #[must_use]
    pub fn told(&self) -> String {
        let situations = self.situations.load(Ordering::Relaxed);
        let points = self.points.load(Ordering::Relaxed);
        if points > 0 {
            return format!("{points} points evaluated");
        }
        match self.runs.load(Ordering::Relaxed) {
            0 => format!("{situations} situations"),
            runs => format!("{runs} storylines drawn"),
        }
    }
}
