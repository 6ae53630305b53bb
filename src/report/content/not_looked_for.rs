//! What is behind the answers, for the reports of `run`: the same answers as those of `why`,
//! `drivers` and `structure`, and how to ask for them where a report does not have them.

use super::drivers::DriversReport;
use super::structure::StructureReport;
use super::why::WhyReport;
use crate::analysis::{Answers, Behind, Method, Why};
use crate::report::{Report, counted};

/// This many rows of a table of drivers.
const ROWS: usize = 10;

/// How `why` is asked for.
pub const WHY: &str =
    "`escalade why FILE NAME` tells why an outcome, a rung or an event comes about, and why not";
/// How `drivers` is asked for.
pub const DRIVERS: &str = "`escalade drivers FILE` tells what the outcomes hang on";
/// How `structure` is asked for.
pub const STRUCTURE: &str =
    "`escalade structure FILE` tells of spirals, chokepoints, firebreaks and off-ramps";

impl<'a> Report<'a> {
    /// Why something happens.
    pub(crate) fn why(&self, behind: &'a Behind, why: &'a Why) -> WhyReport<'a> {
        WhyReport { file: self.file, model: &behind.model, why, repeat: self.repeat }
    }

    /// What the outcomes hang on.
    pub(crate) fn drivers(&self, behind: &'a Behind) -> DriversReport<'a> {
        DriversReport {
            file: self.file,
            model: &behind.model,
            drivers: &behind.drivers,
            repeat: self.repeat,
            asked: &[],
            top: ROWS,
        }
    }

    /// What the reactions are like as a whole.
    pub(crate) fn structure(&self, behind: &'a Behind) -> StructureReport<'a> {
        StructureReport {
            file: self.file,
            model: &behind.model,
            structure: &behind.structure,
            repeat: self.repeat,
        }
    }
}

/// Why something is not in a report, and how to ask for it: one of the sentences above.
#[must_use]
pub fn not_here(main: &Answers, ask: &str) -> String {
    let reason = if main.method != Method::Exact {
        "that takes every situation, and here storylines were drawn"
    } else if main.observation.is_some() {
        "that is about all that can happen, whatever was observed"
    } else {
        "that may take long"
    };
    format!("Not looked for here, for {reason}: {ask}.")
}

/// What is left out of a table, if anything is: `2 more flips: see ...`.
#[must_use]
pub fn left_out(count: usize, what: &str) -> Option<String> {
    let more = count.saturating_sub(ROWS);
    (more > 0).then(|| {
        format!(
            "{}: see `escalade drivers FILE --top {count}`.",
            counted(more, &format!("more {what}"))
        )
    })
}
