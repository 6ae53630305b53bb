//! Machine-readable reports. Keys keep their order; later versions may add keys, never change or
//! drop one. A value that does not exist, or is infinite, is `null`.

mod check;
mod diagnostic;
mod drivers;
mod graph;
mod results;
mod run;
mod tested;

pub use check::check;
pub use drivers::drivers;
pub use graph::{influence, reactions, situations};
pub use run::run;
pub use tested::tested;

use crate::analysis::Interval;
use serde::Serialize;

/// An [`Interval`] as it is written: `[low, high]`.
pub(crate) fn pair(interval: Interval) -> [f64; 2] {
    [interval.low, interval.high]
}

/// Any of our records, indented, with a line feed at the end.
pub(crate) fn document<T: Serialize>(record: &T) -> String {
    // Our records have string keys only and no failing writers: there is nothing that can go wrong.
    let mut text = serde_json::to_string_pretty(record).unwrap_or_default();
    text.push('\n');
    text
}
