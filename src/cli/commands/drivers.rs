//! `escalade drivers`.

use crate::analysis::{self, DriversOptions};
use crate::cli::console::Console;
use crate::cli::evaluate::Changed;
use crate::cli::exact::{ask, outcome, read};
use crate::cli::output::{Output, PageFormat};
use crate::cli::status::{Status, Stop};
use crate::model::OutcomeId;
use crate::report::{DriversReport, json, markdown, text};
use crate::session::{Options, repeat};
use clap::Args;

/// The arguments of `drivers`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The scenario; `-` reads standard input
    file: String,
    /// Only what this outcome hangs on; repeatable [default: all, and for people the three most
    /// probable]
    #[arg(long, value_name = "NAME", value_parser = crate::session::composed)]
    outcome: Vec<String>,
    /// Show so many rows of each table (not in JSON, which has all)
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    top: u16,
    /// The form of the report
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    format: PageFormat,
    #[command(flatten)]
    pub output: Output,
    #[command(flatten)]
    options: Options,
}

impl Arguments {
    /// The file, where JSON is asked for.
    #[must_use]
    pub fn for_machines(&self) -> Option<Vec<String>> {
        (self.format == PageFormat::Json).then(|| vec![self.file.clone()])
    }
}

/// Finds what the outcomes hang on and reports it.
///
/// # Errors
/// The scenario cannot be read or has errors, the options do not fit it, a limit is reached, or the
/// report cannot be written.
pub fn run(arguments: &Arguments, console: &Console) -> Result<Status, Stop> {
    let options = &arguments.options;
    let Changed { model, file, sources, given } =
        read("drivers", &arguments.file, options, console)?;
    let outcomes = arguments.outcome.iter().map(|name| outcome(&model, name));
    let outcomes = outcomes.collect::<Result<Vec<OutcomeId>, Stop>>()?;
    if model.outcomes.is_empty() {
        let message = format!("`{}` has no outcomes: there is nothing to hang on anything", file);
        return Err(Stop::because(Status::CannotBeDone, message));
    }
    let reading = options.reading.as_ref();
    let reading =
        reading.and_then(|name| model.readings.iter().position(|reading| reading.name == *name));
    let asked = DriversOptions { outcomes, ..DriversOptions::default() };
    let found = ask(options, &sources, console, |limits| {
        analysis::drivers(&model, reading, limits, &asked)
    });
    let found = found.map_err(smaller)?;
    let repeat = repeat(options, &sources, &given);
    let report = DriversReport {
        file: &file,
        model: &model,
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

/// Says what to do about a limit: simulation, the usual way around it, answers no such question.
fn smaller(stop: Stop) -> Stop {
    if stop.status != Status::CannotBeDone {
        return stop;
    }
    let message = "`drivers` needs all situations: a scenario that can only be simulated has to be made smaller for it (a shorter `--horizon` often is enough), or varied with `escalade run --method simulate --set`";
    Stop::because(stop.status, message)
}
