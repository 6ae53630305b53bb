//! Machine-readable reports. Keys keep their order; later versions may add keys, never change or
//! drop one. A value that does not exist, or is infinite, is `null`.

mod check;
mod diagnostic;
mod drivers;
mod evidence;
mod graph;
mod results;
mod run;
mod structure;
mod tested;
mod why;

pub use check::{CHECK, check};
pub(crate) use diagnostic::DiagnosticRecord;
pub use drivers::{DRIVERS, drivers};
pub use graph::{INFLUENCE, REACTIONS, SITUATIONS, influence, reactions, situations};
pub(crate) use results::method_word;
pub(crate) use run::RunRecord;
pub use run::{RUN, run};
pub use structure::{STRUCTURE, structure};
pub use tested::{TEST, tested};
pub use why::{WHY, why};

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
