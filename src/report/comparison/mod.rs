//! Two scenarios, or two ways to look at one, side by side.

mod json;
mod markdown;
mod results;
mod text;
mod watched;
mod words;

pub use json::{COMPARE, json};
pub use markdown::markdown;
pub use results::{ExpectationChange, NodeChange, ResultChanges, Value, ValueChange};
pub use text::text;
pub use watched::watched;

use super::Repeat;
use crate::analysis::{Answers, Attribution, Failure};
use crate::model::{Difference, Model};
use crate::source::Sources;

/// What a report of a comparison is made from.
#[derive(Clone, Copy, Debug)]
pub struct ComparisonReport<'a> {
    /// The first side, then the second.
    pub sides: [SideReport<'a>; 2],
    /// What differs.
    pub differences: &'a [Difference],
    /// What of the changes of outcomes is due to what; `None` where there is nothing to share out.
    pub attribution: Option<&'a Attribution>,
    /// The files of both sides.
    pub sources: &'a Sources,
    /// What is needed to make the same report again.
    pub repeat: &'a Repeat,
}

/// One side of a comparison.
#[derive(Clone, Copy, Debug)]
pub struct SideReport<'a> {
    /// Its path as the user wrote it.
    pub file: &'a str,
    /// How it is looked at: `as written`, `reading cost`, `tension=3`.
    pub view: &'a str,
    /// What it means.
    pub model: &'a Model,
    /// Its answers; none where there is a failure.
    pub answers: &'a Answers,
    /// Why it could not be evaluated.
    pub failure: Option<&'a Failure>,
}

impl SideReport<'_> {
    /// How it is called beside the other side.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} ({})", self.file, self.view)
    }
}
