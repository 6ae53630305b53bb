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
mod torn;
mod why;

pub use check::{CHECK, check};
pub(crate) use diagnostic::DiagnosticRecord;
pub use drivers::{DRIVERS, drivers};
pub use graph::{INFLUENCE, REACTIONS, SITUATIONS, influence, reactions, situations};
pub(crate) use results::method_word;
pub use run::{RUN, run};
pub(crate) use run::{RunRecord, UnansweredRecord};
pub use structure::{STRUCTURE, structure};
pub use tested::{TEST, tested};
pub(crate) use torn::TornRecord;
pub use why::{WHY, why};

use crate::analysis::Interval;
use crate::diagnostic::steers;
use serde::Serialize;
use std::fmt::Write as _;

/// An [`Interval`] as it is written: `[low, high]`.
pub(crate) fn pair(interval: Interval) -> [f64; 2] {
    [interval.low, interval.high]
}

/// Any of our records, indented, with a line feed at the end.
pub(crate) fn document<T: Serialize>(record: &T) -> String {
    // Our records have string keys only and no failing writers: there is nothing that can go wrong.
    let mut text = shown(&serde_json::to_string_pretty(record).unwrap_or_default());
    text.push('\n');
    text
}

/// One of our records on one line.
#[must_use]
pub fn line<T: Serialize>(record: &T) -> String {
    // As above.
    shown(&serde_json::to_string(record).unwrap_or_default())
}

/// JSON that steers no terminal: it says the same, with the numbers of characters that are no text.
/// Except for the layout, they can only stand in strings.
pub(crate) fn shown(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    for c in json.chars() {
        if steers(c) && c != '\n' {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(c);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::{document, line};

    #[test]
    fn the_same_is_said_without_what_steers() {
        let text = "a\u{1b}\u{7f}\u{9b}\u{202E}\u{E0041}\n é 👩\u{200D}🚀";
        let json = line(&[text]);
        assert_eq!(json, r#"["a\u001b\u007f\u009b\u202e\udb40\udc41\n é 👩‍🚀"]"#);
        for json in [json, document(&[text])] {
            let read: Vec<String> = serde_json::from_str(&json).unwrap_or_default();
            assert_eq!(read, [text]);
        }
    }
}
