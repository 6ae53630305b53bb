//! From the readings of a scenario to answers: exactly, or from storylines that are drawn.

use super::amounts::on_threads;
use super::options::{Method, Options};
use crate::analysis::{self, Answers, Failure, Questions, Simulation, Unanswered};
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
    /// The readings that there are no answers for, where there are any for others.
    pub unanswered: Vec<Unanswered>,
}

/// Evaluates readings by the method asked for; of all but the first only `others` is asked.
///
/// # Errors
/// Why the first reading has no answers, on any number of threads, where none has any.
pub fn answer(
    readings: &[(Option<usize>, Model)],
    options: &Options,
    exact: &analysis::Options,
    others: Questions,
) -> Result<Answered, Failure> {
    let asked = |at: usize| match at {
        0 => exact.clone(),
        _ => analysis::Options { questions: others, ..exact.clone() },
    };
    on_threads(options.threads, || {
        let found: Vec<Option<Result<Answers, Failure>>> = readings
            .par_iter()
            .enumerate()
            .map(|(at, (reading, model))| {
                let draws = options.method == Method::Simulate || options.run.is_some();
                (!draws).then(|| analysis::evaluate(model, *reading, &asked(at)))
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
    let mut unanswered: Vec<Unanswered> = Vec::new();
    let mut lacks = |reading: Option<usize>, model: &Model, failure: Failure| {
        let name = reading.and_then(|at| model.readings.get(at)).map(|reading| &reading.name);
        let among = name.filter(|_| readings.len() > 1);
        let failure = match among {
            Some(name) => failure.in_reading(name),
            None => failure,
        };
        unanswered.push(Unanswered { reading, failure });
    };
    for ((reading, model), found) in readings.iter().zip(found) {
        let limit = match found {
            Some(Ok(answers)) => {
                results.push(answers);
                continue;
            }
            Some(Err(limit @ Failure::Limit(_))) if options.method == Method::Auto => Some(limit),
            Some(Err(Failure::Stopped)) => continue,
            Some(Err(failure)) => {
                lacks(*reading, model, failure);
                continue;
            }
            None => None,
        };
        let answers = analysis::evaluate(model, *reading, &simulated);
        let is_fallback = limit.is_some();
        let answers = match answers {
            Ok(answers) => answers,
            Err(failure) => {
                lacks(*reading, model, limit.unwrap_or(failure));
                continue;
            }
        };
        if matches!(answers.method, analysis::Method::Simulated { runs: 0, .. }) {
            break;
        }
        fallback |= is_fallback;
        results.push(answers);
    }
    match unanswered.first() {
        _ if results.is_empty() && exact.progress.is_stopped() => Err(Failure::Stopped),
        Some(first) if results.is_empty() => Err(first.failure.clone()),
        _ => {
            let interrupted = exact.progress.is_stopped();
            Ok(Answered { results, fallback, interrupted, unanswered })
        }
    }
}
