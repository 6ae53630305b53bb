//! What is behind the answers of a report.

use super::amounts::on_threads;
use super::evaluate::{Audience, Evaluation, Options, limits};
use super::variants::variant;
use super::working::Working;
use crate::analysis::{self, Behind};

/// What is behind the answers of an evaluation; nothing where that would take long.
#[must_use]
pub fn behind(evaluation: &Evaluation, options: &Options) -> Option<Behind> {
    let main = evaluation.results.first()?;
    let reading = main.reading.and_then(|at| evaluation.model.readings.get(at));
    let model = variant(&evaluation.model, reading, options).ok()?;
    let limits = limits(options, Audience::Machines);
    let working = Working::show(&limits.progress);
    let found = on_threads(options, || analysis::behind(model, main, &limits));
    drop(working);
    // What cannot be found is asked for with a command of its own, which says why.
    found.ok().flatten()
}
