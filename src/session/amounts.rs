//! How much may be asked for.

use crate::model::Grade;
#[cfg(feature = "cli")]
use crate::model::MOST_TURNS;

/// More storylines than this to each outcome nobody reads.
const MOST_STORYLINES: usize = 1_000;
/// More threads than this, and than there are cores, only look for work with each other.
const MOST_THREADS: usize = 64;

/// A horizon.
#[cfg(feature = "cli")]
pub fn turns() -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(..=i64::from(MOST_TURNS))
}

/// A number of storylines.
///
/// # Errors
/// It is none, or there would be too many.
pub fn storylines(text: &str) -> Result<usize, String> {
    let count = text.parse().ok().filter(|count| *count <= MOST_STORYLINES);
    count.ok_or_else(|| format!("expected a whole number up to {MOST_STORYLINES}"))
}

/// Runs on so many threads, as many as there are cores where none are named; on this one where no others can
/// be had.
pub fn on_threads<T: Send>(threads: Option<u16>, run: impl FnOnce() -> T + Send) -> T {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let most = cores.max(MOST_THREADS);
    let threads = threads.map_or(0, |threads| usize::from(threads).min(most));
    match rayon::ThreadPoolBuilder::new().num_threads(threads).build() {
        Ok(pool) => pool.install(run),
        Err(_) => run(),
    }
}

/// A grade of the Admiralty code.
///
/// # Errors
/// A sentence that says how to write one.
pub fn grade(text: &str) -> Result<Grade, String> {
    Grade::of(text).ok_or_else(|| {
        "expected a grade such as C3: reliability A to F, then credibility 1 to 6".to_owned()
    })
}
