//! What the commands that evaluate have in common: the way from a path to answers, with what is said on
//! the way.

use super::console::Console;
use super::load::{blame, load_observed};
use super::status::{Status, Stop};
use super::working::Working;
use crate::analysis::{Failure, Unanswered};
use crate::model::{Given, Model, Written};
use crate::session::{
    self, Audience, Evaluation, Loaded, Options, Refusal, Which, Why, strike_out, variants,
};
use crate::source::Sources;

/// What a command that evaluated ends with, if everything else is as this says.
#[must_use]
pub fn status(evaluation: &Evaluation, otherwise: Status) -> Status {
    if evaluation.interrupted {
        return Status::Interrupted;
    }
    // What is wrong in another reading is told, as are expectations that do not hold there.
    let own = evaluation.unanswered.iter().filter(|part| part.reading.is_none());
    own.map(|part| part_status(part, &evaluation.sources)).fold(otherwise, Status::and)
}

/// Reads and evaluates the scenario of this path. Its errors are shown on the console.
///
/// # Errors
/// It cannot be read or has errors, the options do not fit it, or a limit is reached.
pub fn evaluate(
    path: &str,
    options: &Options,
    which: Which,
    audience: Audience,
    console: &Console,
) -> Result<Evaluation, Stop> {
    let mut loaded = load_observed(path, &options.observe)?;
    let Some(model) = loaded.model.take() else {
        console.errors(&loaded.diagnostics, &loaded.sources);
        return Err(Stop::said(blame(&loaded.diagnostics, &loaded.sources)));
    };
    evaluate_loaded(loaded, model, options, which, audience, console)
        .map_err(|refusal| tell(refusal, console))
}

/// Evaluates a scenario that was read without errors, and says what is to be known of it.
///
/// # Errors
/// It has errors that show only now, the options do not fit it, or a limit is reached.
pub fn evaluate_loaded(
    loaded: Loaded,
    written: Model,
    options: &Options,
    which: Which,
    audience: Audience,
    console: &Console,
) -> Result<Evaluation, Refusal> {
    let limits = options.limits(audience);
    let working = Working::stoppable(&limits.progress);
    let found = session::evaluate(loaded, written, options, which, &limits);
    drop(working);
    let evaluation = found?;
    tell_unanswered(&evaluation, console);
    evaluation.notes().iter().for_each(|note| console.note(note));
    Ok(evaluation)
}

/// Shows why a scenario is not evaluated.
#[must_use]
pub fn tell(refusal: Refusal, console: &Console) -> Stop {
    match refusal {
        Refusal::Options(message) => Stop::because(Status::WrongCommandLine, message),
        Refusal::Unreadable(message) => Stop::because(Status::CannotBeDone, message),
        Refusal::Stopped(_) => Stop::because(Status::Interrupted, refusal.to_string()),
        Refusal::Errors(diagnostics, sources) => {
            console.errors(&diagnostics, &sources);
            Stop::said(blame(&diagnostics, &sources))
        }
        Refusal::Limit(diagnostic, sources) => {
            console.errors(&[*diagnostic], &sources);
            Stop::said(Status::CannotBeDone)
        }
    }
}

/// Says which readings have no answers, and why.
fn tell_unanswered(evaluation: &Evaluation, console: &Console) {
    for part in &evaluation.unanswered {
        let reading = part.reading.and_then(|at| evaluation.model.readings.get(at));
        match reading.filter(|_| part.failure.is_unobservable()) {
            // What was observed speaks against it: nothing is wrong.
            Some(reading) => console.note(&format!(
                "the reading `{}` is left out: under it, it cannot come to what was observed",
                reading.name
            )),
            None => console.errors(part.failure.diagnostics(), &evaluation.sources),
        }
    }
}

/// What a part that has no answers means for a command that is about that part.
#[must_use]
pub fn part_status(part: &Unanswered, sources: &Sources) -> Status {
    match &part.failure {
        Failure::Scenario(diagnostics) => blame(diagnostics, sources),
        Failure::Limit(_) => Status::CannotBeDone,
        Failure::Stopped => Status::Interrupted,
    }
}

/// A scenario, as the options change it.
#[derive(Debug)]
pub struct Changed {
    /// What it means.
    pub model: Model,
    /// Its path.
    pub file: String,
    /// All files that were read.
    pub sources: Sources,
    /// What the file of defaults gave it.
    pub given: Option<Given>,
}

/// Reads the scenario of this path, as the options change it.
///
/// # Errors
/// As with [`evaluate`].
pub fn changed(path: &str, options: &Options, console: &Console) -> Result<Changed, Stop> {
    let mut loaded = load_observed(path, &options.observe)?;
    let Some(model) = loaded.model.take() else {
        console.errors(&loaded.diagnostics, &loaded.sources);
        return Err(Stop::said(blame(&loaded.diagnostics, &loaded.sources)));
    };
    let variants = strike_out(loaded.written.as_ref(), model, options, &loaded.sources)
        .and_then(|model| variants(&model, options, Which::One))
        .map_err(|why| tell(why.with(&loaded.sources), console))?;
    let baseline = variants.baseline;
    let model = variants.readings.into_iter().next().map_or(baseline, |(_, model)| model);
    let given = loaded.written.as_ref().and_then(Written::given).cloned();
    Ok(Changed { model, file: loaded.file, sources: loaded.sources, given })
}

/// Shows why there are no answers.
#[must_use]
pub fn refuse(failure: Failure, sources: &Sources, console: &Console) -> Stop {
    tell(Why::from(failure).with(sources), console)
}
