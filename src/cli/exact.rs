//! What the commands that look at every situation have in common: the way from a file to what was
//! asked of it.

use super::console::Console;
use super::evaluate::{self, Changed};
use super::status::{Status, Stop};
use super::working::Working;
use crate::analysis::{self, Failure, SituationGraph};
use crate::diagnostic::suggest::none_declared;
use crate::model::{Model, OutcomeId};
use crate::session::{Audience, Method, Options, Refusal, on_threads};
use crate::source::Sources;

/// Reads the scenario of this path, as the options change it, for a command that draws nothing.
///
/// # Errors
/// A simulation was asked for, the scenario cannot be read or has errors, or the options do not fit it.
pub fn read(
    command: &str,
    path: &str,
    options: &Options,
    console: &Console,
) -> Result<Changed, Stop> {
    let asked = match options.method {
        Method::Simulate => Some("--method simulate"),
        Method::Auto | Method::Exact => options.run.map(|_| "--run"),
    };
    if let Some(asked) = asked {
        let message =
            format!("`{command}` looks at every situation and draws none: leave out `{asked}`");
        return Err(Stop::because(Status::WrongCommandLine, message));
    }
    evaluate::changed(path, options, console)
}

/// Asks something of a scenario on as many threads as the options say, and shows how it goes on.
///
/// # Errors
/// Conflicting assignments, which are shown, or a limit that was reached.
pub fn ask<T: Send>(
    options: &Options,
    sources: &Sources,
    console: &Console,
    question: impl FnOnce(&analysis::Options) -> Result<T, Failure> + Send,
) -> Result<T, Stop> {
    let limits = options.limits(Audience::Machines);
    let working = Working::stoppable(&limits.progress);
    let found = on_threads(options.threads, || question(&limits));
    drop(working);
    found.map_err(|failure| match failure {
        Failure::Stopped => evaluate::tell(Refusal::Stopped(limits.progress.told()), console),
        failure => evaluate::refuse(failure, sources, console),
    })
}

/// Reads the scenario of this path and explores the graph of its situations.
///
/// # Errors
/// As with [`ask`].
pub fn situations(
    path: &str,
    options: &Options,
    console: &Console,
) -> Result<(Model, SituationGraph, String), Stop> {
    if options.method == Method::Simulate {
        let message = "situations are explored, not simulated: leave out `--method simulate`";
        return Err(Stop::because(Status::WrongCommandLine, message));
    }
    let Changed { model, file, sources, .. } = evaluate::changed(path, options, console)?;
    let graph = ask(options, &sources, console, |limits| analysis::situations(&model, limits))?;
    Ok((model, graph, file))
}

/// The outcome that `--outcome` names.
///
/// # Errors
/// There is none.
pub fn outcome(model: &Model, name: &str) -> Result<OutcomeId, Stop> {
    if let Some(at) = model.outcomes.iter().position(|outcome| outcome.name == name) {
        return Ok(OutcomeId::new(at));
    }
    let names = model.outcomes.iter().map(|outcome| outcome.name.as_str());
    let message = format!("`--outcome`: {}", none_declared("outcome", name, names));
    Err(Stop::because(Status::WrongCommandLine, message))
}
