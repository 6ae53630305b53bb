//! From the readings of a scenario to answers: exactly, or from storylines that are drawn.

use super::evaluate::{Method, Options, on_threads};
use super::interrupt;
use crate::analysis::{self, Answers, Failure, Simulation};
use crate::model::Model;
use rayon::prelude::*;

/// What came of evaluating readings.
pub struct Answered {
    /// The answers, readings in their order; after an interruption only the first ones.
    pub results: Vec<Answers>,
    /// Whether some are simulated only because they are too large to be evaluated exactly.
    pub fallback: bool,
    /// Whether a simulation was interrupted.
    pub interrupted: bool,
    /// Readings, as indices of the model's, that are left out because under them it cannot come to
    /// what was observed.
    pub excluded: Vec<usize>,
}

/// Evaluates readings by the method asked for.
///
/// # Errors
/// The first reading that fails, on any number of threads.
pub fn answer(
    readings: &[(Option<usize>, Model)],
    options: &Options,
    exact: &analysis::Options,
) -> Result<Answered, Failure> {
    on_threads(options, || {
        let found: Vec<Option<Result<Answers, Failure>>> = readings
            .par_iter()
            .map(|(reading, model)| {
                let draws = options.method == Method::Simulate || options.run.is_some();
                (!draws).then(|| analysis::evaluate(model, *reading, exact))
            })
            .collect();
        complete(readings, found, options, exact)
    })
}

/// Simulates what is to be simulated: one reading after the other, each on all threads.
fn complete(
    readings: &[(Option<usize>, Model)],
    found: Vec<Option<Result<Answers, Failure>>>,
    options: &Options,
    exact: &analysis::Options,
) -> Result<Answered, Failure> {
    let simulation = Simulation { runs: options.runs, seed: options.seed, only: options.run };
    let simulated = analysis::Options { simulate: Some(simulation), ..exact.clone() };
    let mut results = Vec::new();
    let mut fallback = false;
    let mut excluded = Vec::new();
    let among = readings.len() > 1;
    for ((reading, model), found) in readings.iter().zip(found) {
        let limit = match found {
            Some(Ok(answers)) => {
                results.push(answers);
                continue;
            }
            Some(Err(limit @ Failure::Limit(_))) if options.method == Method::Auto => Some(limit),
            // What was observed may speak against one reading among several.
            Some(Err(failure)) if reading.is_some() && among && failure.is_unobservable() => {
                excluded.extend(*reading);
                continue;
            }
            Some(Err(failure)) => return Err(failure),
            None => None,
        };
        interrupt::stops(&exact.progress);
        let answers = analysis::evaluate(model, *reading, &simulated);
        let is_fallback = limit.is_some();
        let answers = answers.map_err(|failure| limit.unwrap_or(failure))?;
        if matches!(answers.method, analysis::Method::Simulated { runs: 0, .. }) {
            break;
        }
        fallback |= is_fallback;
        results.push(answers);
    }
    Ok(Answered { results, fallback, interrupted: exact.progress.is_stopped(), excluded })
}
