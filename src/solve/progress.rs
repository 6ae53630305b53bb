//! How far an evaluation has come, for whoever watches it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Counters that the work adds to; clones share them.
#[derive(Clone, Debug, Default)]
pub struct Progress {
    situations: Arc<AtomicU64>,
    rounds: Arc<AtomicU64>,
    points: Arc<AtomicU64>,
    runs: Arc<Mutex<Runs>>,
    stopped: Arc<AtomicBool>,
}

/// How far simulations have come, those of several readings together.
#[derive(Debug, Default)]
struct Runs {
    wanted: u64,
    drawn: u64,
    /// The outcomes of the first simulation, and how many of its runs have come to each.
    outcomes: Vec<(String, u64)>,
}

/// How far simulations have come.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// How many runs are wanted.
    pub wanted: u64,
    /// How many have been drawn.
    pub drawn: u64,
    /// For each outcome its name, and how many of them have come to it.
    pub outcomes: Vec<(String, u64)>,
}

impl Progress {
    /// So many more situations have been found.
    pub fn add_situations(&self, count: usize) {
        self.situations.fetch_add(count as u64, Ordering::Relaxed);
    }

    /// All values of a part have been worked out so many times more.
    pub fn add_rounds(&self, count: u64) {
        self.rounds.fetch_add(count, Ordering::Relaxed);
    }

    /// So many more points of a sweep have been evaluated.
    pub fn add_points(&self, count: u64) {
        self.points.fetch_add(count, Ordering::Relaxed);
    }

    /// A simulation of so many runs begins, with outcomes of these names.
    pub fn begin_runs(&self, count: u64, outcomes: Vec<String>) {
        let mut runs = self.runs();
        *runs = Runs {
            wanted: count,
            drawn: 0,
            outcomes: outcomes.into_iter().map(|name| (name, 0)).collect(),
        };
    }

    /// More runs have been drawn: how many, then how many of them came to each outcome.
    pub fn add_runs(&self, news: Vec<u64>) {
        let mut news = news.into_iter();
        let mut runs = self.runs();
        runs.drawn += news.next().unwrap_or(0);
        runs.outcomes.iter_mut().zip(news).for_each(|(outcome, more)| outcome.1 += more);
    }

    /// Asks the work to stop: simulations answer from the runs that have been drawn, everything else ends
    /// without an answer.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Whether the work is to stop.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    /// How far a simulation has come, where one is under way.
    #[must_use]
    pub fn drawn(&self) -> Option<Drawn> {
        let runs = self.runs();
        (runs.wanted > 0).then(|| Drawn {
            wanted: runs.wanted,
            drawn: runs.drawn,
            outcomes: runs.outcomes.clone(),
        })
    }

    /// How much has been explored or evaluated, in a few words.
    #[must_use]
    pub fn told(&self) -> String {
        let counted = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        match (counted(&self.points), counted(&self.rounds)) {
            (0, 0) => format!("{} situations", counted(&self.situations)),
            (0, rounds) => format!("{} situations, {rounds} rounds", counted(&self.situations)),
            (points, _) => format!("{points} points evaluated"),
        }
    }

    fn runs(&self) -> MutexGuard<'_, Runs> {
        self.runs.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
