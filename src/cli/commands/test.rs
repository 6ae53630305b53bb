//! `escalade test`.

use crate::analysis::Failure;
use crate::cli::console::Console;
use crate::cli::evaluate::{evaluate_loaded, tell};
use crate::cli::files::{scenarios, unreadable};
use crate::cli::identity::Identity;
use crate::cli::load::{self, load_observed};
use crate::cli::output::{Existing, Output, spared, write_file};
use crate::cli::status::{Status, Stop};
use crate::disk;
use crate::model::BASELINE;
use crate::report::content::tested::{Evaluated, SnapshotResult, TestResult, Tested, Verdict};
use crate::report::formats::junit;
use crate::report::formats::snapshot::{difference, snapshot};
use crate::report::{json, text};
use crate::session::{Audience, Evaluation, Method, Options, Refusal, Which};
use crate::syntax::Ends;
use clap::{Args, ValueEnum};
use std::io::ErrorKind;
use std::path::PathBuf;
use std::time::Instant;

/// The arguments of `test`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Scenarios, and folders that are searched for `.esc` files with a `scenario` in them
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<String>,
    /// The form of the report
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Say how long each scenario took, also where the same input would give the same bytes
    #[arg(long)]
    times: bool,
    /// Write or renew the snapshot beside each scenario
    #[arg(long)]
    accept: bool,
    #[command(flatten)]
    pub output: Output,
    #[command(flatten)]
    options: Options,
}

impl Arguments {
    /// The paths, where JSON is asked for.
    #[must_use]
    pub fn for_machines(&self) -> Option<Vec<String>> {
        (self.format == Format::Json).then(|| self.paths.clone())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For a terminal
    Text,
    /// For machines
    Json,
    /// For services of continuous integration: JUnit XML
    Junit,
}

/// Tests all scenarios under the paths.
///
/// # Errors
/// The options do not fit a scenario, or the report cannot be written.
pub fn run(arguments: &Arguments, console: &Console) -> Result<Status, Stop> {
    let mut failed: Vec<Stop> = Vec::new();
    let files = scenarios(&arguments.paths, &mut |stop| failed.push(stop));
    let mut all = Vec::with_capacity(files.len());
    for file in &files {
        match test(file, arguments, console) {
            Ok(tested) => all.push(tested),
            // What is wrong with the command line is so for all of them.
            Err(stop) if stop.status == Status::WrongCommandLine => return Err(stop),
            Err(stop) => failed.push(stop),
        }
    }
    let failures = failed.iter().map(|stop| stop.status).fold(Status::Done, Status::and);
    // Where nothing was tested it is the last of them that the command fails with.
    let last = if all.is_empty() { failed.pop() } else { None };
    for stop in failed {
        console.error(&stop.message.unwrap_or_default());
    }
    if let Some(stop) = last {
        return Err(Stop { status: failures, message: stop.message });
    }
    let page = match arguments.format {
        Format::Text => {
            let to_file = arguments.output.is_file();
            let times = arguments.times || (console.is_terminal() && !to_file);
            text::tested(&all, times, console.page_style(to_file))
        }
        Format::Json => json::tested(&all, arguments.times),
        Format::Junit => junit::tested(&all, arguments.times),
    };
    arguments.output.write(&page)?;
    Ok(all.iter().map(status).fold(failures, Status::and))
}

fn status(tested: &Tested) -> Status {
    match tested.verdict() {
        Verdict::Passed => Status::Done,
        Verdict::Failed => Status::ExpectationFails,
        Verdict::Errors => Status::of_errors(&tested.diagnostics),
        Verdict::Limit => Status::CannotBeDone,
    }
}

fn test(path: &str, arguments: &Arguments, console: &Console) -> Result<Tested, Stop> {
    let begun = Instant::now();
    let mut loaded = load_observed(path, &arguments.options.observe)?;
    let Some(model) = loaded.model.take() else {
        console.errors(&loaded.diagnostics, &loaded.sources);
        return Ok(Tested {
            file: loaded.file,
            sources: loaded.sources,
            diagnostics: loaded.diagnostics,
            result: TestResult::Errors,
            time: begun.elapsed(),
        });
    };
    let file = loaded.file.clone();
    if arguments.options.method == Method::Simulate {
        let message = "expectations are not tested by simulation: leave out `--method simulate`";
        return Err(Stop::because(Status::WrongCommandLine, message));
    }
    // A sample proves no expectation: too many situations are a failure here.
    let options = Options { method: Method::Exact, ..arguments.options.clone() };
    let snapped = arguments.accept || snapshot_path(&file).exists();
    let audience = if snapped { Audience::People } else { Audience::Tests };
    match evaluate_loaded(loaded, model, &options, Which::Sound, audience, console) {
        Ok(evaluation) => evaluated(evaluation, arguments, begun),
        Err(refusal @ (Refusal::Options(_) | Refusal::Unreadable(_) | Refusal::Stopped(_))) => {
            let stop = tell(refusal, console);
            let message = stop.message.map(|message| format!("{file}: {message}"));
            Err(Stop { status: stop.status, message })
        }
        Err(Refusal::Errors(diagnostics, sources)) => {
            console.errors(&diagnostics, &sources);
            let result = TestResult::Errors;
            Ok(Tested { file, sources, diagnostics, result, time: begun.elapsed() })
        }
        Err(Refusal::Limit(diagnostic, sources)) => {
            let diagnostics = vec![*diagnostic];
            console.errors(&diagnostics, &sources);
            let result = TestResult::Limit;
            Ok(Tested { file, sources, diagnostics, result, time: begun.elapsed() })
        }
    }
}

fn evaluated(
    evaluation: Evaluation,
    arguments: &Arguments,
    begun: Instant,
) -> Result<Tested, Stop> {
    let Evaluation { file, sources, mut diagnostics, model, results, mut unanswered, .. } =
        evaluation;
    // What was observed may speak against a reading: that is no mistake.
    unanswered.retain(|part| !part.failure.is_unobservable());
    // The scenario as written, or the reading asked for, is what is tested.
    if let Some(own) = unanswered.iter().find(|part| part.reading.is_none()) {
        diagnostics = own.failure.diagnostics().to_vec();
        let result = match own.failure {
            Failure::Scenario(_) => TestResult::Errors,
            Failure::Limit(_) | Failure::Stopped => TestResult::Limit,
        };
        return Ok(Tested { file, sources, diagnostics, result, time: begun.elapsed() });
    }
    let Some(answers) = results.into_iter().next() else {
        return Err(Stop::because(Status::CannotBeDone, format!("{file}: there are no results")));
    };
    let time = begun.elapsed();
    let snapshot = compare(&file, || snapshot(&model, &answers), arguments)?;
    let result =
        TestResult::Evaluated(Box::new(Evaluated { model, answers, unanswered, snapshot }));
    Ok(Tested { file, sources, diagnostics, result, time })
}

/// Holds the snapshot beside the scenario against the new one, or writes it.
fn compare(
    file: &str,
    new: impl Fn() -> String,
    arguments: &Arguments,
) -> Result<SnapshotResult, Stop> {
    let options = &arguments.options;
    let reading = options.reading.as_ref().is_some_and(|name| name != BASELINE);
    let changed = reading || !options.set.is_empty() || options.horizon.is_some();
    // Beside standard input lies nothing.
    if changed || file == load::STANDARD_INPUT {
        return Ok(SnapshotResult::NotCompared);
    }
    let path = snapshot_path(file);
    let old = match disk::read(&path.to_string_lossy()) {
        Ok(old) => Some(String::from_utf8_lossy(&old).into_owned()),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(unreadable(&path, &error)),
    };
    let difference = old.as_deref().map(|old| difference(old, &new()));
    let result = match difference {
        Some(difference) if difference.is_empty() => SnapshotResult::Same,
        Some(difference) if !arguments.accept => SnapshotResult::Different(difference),
        None if !arguments.accept => SnapshotResult::Missing,
        difference => {
            let ends = Ends::of(old.as_deref().unwrap_or_default());
            write_file(&path, &ends.given_to(&new()), Existing::Replace)?;
            let renewed = difference.is_some();
            if renewed { SnapshotResult::Renewed } else { SnapshotResult::Created }
        }
    };
    // From here on no report may take its place.
    spared::reads(&path.to_string_lossy(), Identity::of(&path));
    Ok(result)
}

/// Where the snapshot of a scenario lies.
fn snapshot_path(file: &str) -> PathBuf {
    PathBuf::from(format!("{file}.snap"))
}
