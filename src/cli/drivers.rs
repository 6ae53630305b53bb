//! `escalade drivers`.

use super::console::Console;
use super::evaluate::{self, Audience, Options};
use super::output::{Output, PageFormat};
use super::status::{Status, Stop};
use super::why::{leave_unobserved, only_exact};
use super::working::Working;
use crate::analysis::{self, DriversOptions, Failure};
use crate::diagnostic::suggest::did_you_mean;
use crate::model::{Model, OutcomeId};
use crate::report::{DriversReport, json, markdown, text};
use clap::Args;

/// The arguments of `drivers`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The scenario; `-` reads standard input
    file: String,
    /// Only what this outcome hangs on; repeatable [default: all, and for people the three most
    /// probable]
    #[arg(long, value_name = "NAME")]
    outcome: Vec<String>,
    /// Show so many rows of each table (not in JSON, which has all)
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    top: u16,
    /// The form of the report
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    format: PageFormat,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    options: Options,
}

/// Finds what the outcomes hang on and reports it.
///
/// # Errors
/// The scenario cannot be read or has errors, the options do not fit it, a limit is reached, or the
/// report cannot be written.
pub fn run(arguments: &Arguments, console: &Console) -> Result<Status, Stop> {
    let options = &arguments.options;
    only_exact("drivers", options)?;
    let wrong = |message: String| Stop::because(Status::WrongCommandLine, message);
    let mut changed = evaluate::changed(&arguments.file, options, console)?;
    leave_unobserved("drivers", &mut changed.model, console);
    let model = &changed.model;
    let outcomes = arguments.outcome.iter().map(|name| outcome(model, name));
    let outcomes = outcomes.collect::<Result<Vec<OutcomeId>, String>>().map_err(wrong)?;
    if model.outcomes.is_empty() {
        let message =
            format!("`{}` has no outcomes: there is nothing to hang on anything", changed.file);
        return Err(Stop::because(Status::CannotBeDone, message));
    }
    let reading = options.reading.as_ref();
    let reading =
        reading.and_then(|name| model.readings.iter().position(|reading| reading.name == *name));
    let ask = DriversOptions { outcomes, ..DriversOptions::default() };
    let limits = evaluate::limits(options, Audience::Machines);
    let working = Working::show(&limits.progress);
    let found = evaluate::on_threads(options, || analysis::drivers(model, reading, &limits, &ask));
    drop(working);
    let found = found.map_err(|failure| refuse(failure, &changed.sources, console))?;
    let repeat = evaluate::repeat(options, &changed.sources);
    let report = DriversReport {
        file: &changed.file,
        model,
        drivers: &found,
        repeat: &repeat,
        asked: &arguments.outcome,
        top: usize::from(arguments.top),
    };
    let page = match arguments.format {
        PageFormat::Text => text::drivers(&report, console.page_style(arguments.output.is_file())),
        PageFormat::Json => json::drivers(&report),
        PageFormat::Markdown => markdown::drivers(&report),
    };
    arguments.output.write(&page)?;
    Ok(Status::Done)
}

/// The outcome of a name.
fn outcome(model: &Model, name: &str) -> Result<OutcomeId, String> {
    if let Some(at) = model.outcomes.iter().position(|outcome| outcome.name == name) {
        return Ok(OutcomeId::new(at));
    }
    let names = || model.outcomes.iter().map(|outcome| outcome.name.as_str());
    let hint = match did_you_mean(name, names()) {
        Some(hint) => hint,
        None => format!("there are {}", names().collect::<Vec<_>>().join(", ")),
    };
    Err(format!("`--outcome`: there is no outcome `{name}`; {hint}"))
}

/// Says why nothing was found. A limit has no way around it here: simulation answers no such question.
fn refuse(failure: Failure, sources: &crate::source::Sources, console: &Console) -> Stop {
    let limit = matches!(failure, Failure::Limit(_));
    let stop = evaluate::refuse(failure, sources, console);
    if limit {
        let message = "`drivers` needs all situations: a scenario that can only be simulated has to be made smaller for it (a shorter `--horizon` often is enough), or varied with `escalade run --method simulate --set`";
        return Stop::because(stop.status, message);
    }
    stop
}
