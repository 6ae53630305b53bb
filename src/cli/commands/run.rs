//! `escalade run`.

use crate::analysis::Answers;
use crate::cli::console::Console;
use crate::cli::evaluate::{evaluate, status};
use crate::cli::output::Output;
use crate::cli::status::{Status, Stop};
use crate::cli::working::Working;
use crate::report::text::Limits;
use crate::report::{counted, html, json, markdown, text};
use crate::session::{Audience, Options, Which, behind, evidence};
use clap::{Args, ValueEnum};

/// The arguments of `run`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The scenario; `-` reads standard input
    file: String,
    /// The form of the report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Leave out of the reaction graph what is less likely than this (not in JSON)
    #[arg(long, value_name = "P", default_value = "1%", value_parser = probability)]
    min_probability: f64,
    /// Show this many steps of the reaction graph's tree
    #[arg(long, value_name = "N", default_value_t = 12)]
    depth: usize,
    #[command(flatten)]
    pub output: Output,
    #[command(flatten)]
    options: Options,
}

impl Arguments {
    /// The file, where JSON is asked for.
    #[must_use]
    pub fn for_machines(&self) -> Option<Vec<String>> {
        (self.format == Format::Json).then(|| vec![self.file.clone()])
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// For machines
    Json,
    /// For pages, with a Mermaid graph
    Markdown,
    /// One page for a browser that needs nothing else
    Html,
}

/// Evaluates and reports.
///
/// # Errors
/// The scenario cannot be read or has errors, the options do not fit it, or a limit is reached.
pub fn run(arguments: &Arguments, console: &Console) -> Result<Status, Stop> {
    let audience = match arguments.format {
        Format::Text | Format::Markdown => Audience::People,
        Format::Json | Format::Html => Audience::Machines,
    };
    let mut evaluation =
        evaluate(&arguments.file, &arguments.options, Which::All, audience, console)?;
    if !evaluation.interrupted {
        evaluation.evidence = evidence(&evaluation, &arguments.options);
    }
    if !evaluation.interrupted && matches!(arguments.format, Format::Markdown | Format::Html) {
        let limits = arguments.options.limits(Audience::Machines);
        let working = Working::stoppable(&limits.progress);
        evaluation.behind = behind(&evaluation, &arguments.options, &limits);
        drop(working);
    }
    let report = evaluation.report();
    let limits = Limits { min_probability: arguments.min_probability, depth: arguments.depth };
    let style = || console.page_style(arguments.output.is_file());
    let page = match arguments.format {
        Format::Text if arguments.options.run.is_some() => {
            text::told(&report, arguments.options.run.unwrap_or_default(), style())
        }
        Format::Text => text::run(&report, limits, style()),
        Format::Json => json::run(&report),
        Format::Markdown => markdown::run(&report, limits),
        Format::Html => html::run(&report, limits),
    };
    arguments.output.write(&page)?;
    if !evaluation.diagnostics.is_empty() {
        let warnings = counted(evaluation.diagnostics.len(), "warning");
        console.note(&format!("{warnings}: see `escalade check {}`", arguments.file));
    }
    Ok(status(&evaluation, expectations(evaluation.results.first(), console)))
}

/// Says how many expectations do not hold, if any.
fn expectations(main: Option<&Answers>, console: &Console) -> Status {
    let all = main.map_or(&[][..], |main| &main.expectations);
    let failed = all.iter().filter(|answer| !answer.holds).count();
    if failed == 0 {
        return Status::Done;
    }
    let verb = if failed == 1 { "does" } else { "do" };
    console.note(&format!("{failed} of {} {verb} not hold", counted(all.len(), "expectation")));
    Status::ExpectationFails
}

/// `1%` or `0.01`.
pub(crate) fn probability(text: &str) -> Result<f64, String> {
    let value = match text.strip_suffix('%') {
        Some(percent) => percent.trim().parse::<f64>().map(|percent| percent / 100.0),
        None => text.parse::<f64>(),
    };
    match value {
        Ok(value) if (0.0..=1.0).contains(&value) => Ok(value),
        Ok(_) | Err(_) => Err("expected a probability such as 1% or 0.01".to_owned()),
    }
}
