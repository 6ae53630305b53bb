//! What is behind the answers of a report.

use super::amounts::on_threads;
use super::evaluation::Evaluation;
use super::options::Options;
use super::variants::variant;
use crate::analysis::{self, Behind};

/// What is behind the answers of an evaluation; nothing where that would take long.
#[must_use]
pub fn behind(
    evaluation: &Evaluation,
    options: &Options,
    limits: &analysis::Options,
) -> Option<Behind> {
    let main = evaluation.results.first()?;
    let reading = main.reading.and_then(|at| evaluation.model.readings.get(at));
    let model = variant(&evaluation.model, reading, options).ok()?;
    // What cannot be found is asked for with a command of its own, which says why.
    on_threads(options.threads, || analysis::behind(model, main, limits)).ok().flatten()
}
