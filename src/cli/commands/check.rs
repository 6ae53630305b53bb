//! `escalade check`.

use crate::cli::console::Console;
use crate::cli::files::scenarios;
use crate::cli::load::load;
use crate::cli::output::Output;
use crate::cli::status::{Status, Stop};
use crate::diagnostic::{Diagnostic, Severity, escaped_path, render};
use crate::report::formats::github;
use crate::report::formats::sarif;
use crate::report::{counted, json};
use crate::source::Sources;
use clap::{Args, ValueEnum};

/// The arguments of `check`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Files, and folders that are searched for `.esc` files with a `scenario` in them; `-` reads
    /// standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// The form of the diagnostics
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Let these fail, too
    #[arg(long, value_enum, value_name = "WHAT")]
    deny: Option<Deny>,
    #[command(flatten)]
    pub output: Output,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// With the places in the text
    Text,
    /// A line each
    Short,
    /// For machines
    Json,
    /// For GitHub: annotations beside the lines of a change
    Github,
    /// For services of code review: SARIF 2.1.0
    Sarif,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings count as errors
    Warnings,
}

/// A file with what was found in it.
type Checked = (String, Sources, Vec<Diagnostic>);

/// Finds mistakes and doubts.
///
/// # Errors
/// The result cannot be written.
pub fn run(arguments: &Arguments, console: &Console) -> Result<Status, Stop> {
    let mut status = Status::Done;
    let mut checked: Vec<Checked> = Vec::new();
    let mut failures = Vec::new();
    let mut failed = |stop: Stop| {
        status = status.and(stop.status);
        let message = stop.message.unwrap_or_default();
        console.error(&message);
        failures.push(message);
    };
    for path in scenarios(&arguments.files, &mut failed) {
        match load(&path) {
            Ok(loaded) => {
                checked.push((loaded.file, loaded.sources, loaded.diagnostics));
                // Nobody waits for a large model to be taken down.
                rayon::spawn(move || drop(loaded.model));
            }
            // What was asked for cannot be written: nothing else is of use.
            Err(stop) if stop.status == Status::WrongCommandLine => return Err(stop),
            Err(stop) => failed(stop),
        }
    }
    let count = |severity| {
        let all = checked.iter().flat_map(|(_, _, diagnostics)| diagnostics);
        all.filter(|one| one.severity == severity).count()
    };
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if errors > 0 || (warnings > 0 && arguments.deny == Some(Deny::Warnings)) {
        status = status.and(Status::of_errors(checked.iter().flat_map(|(_, _, found)| found)));
    }
    match arguments.format {
        Format::Json => {
            let files: Vec<&str> = checked.iter().map(|(file, _, _)| file.as_str()).collect();
            let found = checked.iter().map(|(_, sources, found)| (sources, found.as_slice()));
            arguments.output.write(&json::check(&files, found, &failures))?;
        }
        Format::Github => arguments.output.write(&github::check(&checked))?,
        Format::Sarif => arguments.output.write(&sarif::check(&checked))?,
        Format::Text | Format::Short => {
            let found = render_all(arguments, console, &checked);
            let summary = summary(&checked, errors, warnings);
            if arguments.output.is_file() {
                arguments.output.write(&format!("{found}{summary}"))?;
            } else {
                console.say(&found);
                arguments.output.write(&summary)?;
            }
        }
    }
    Ok(status)
}

fn render_all(arguments: &Arguments, console: &Console, checked: &[Checked]) -> String {
    let style = console.diagnostic_style(arguments.output.is_file());
    let found = checked.iter().filter(|(_, _, diagnostics)| !diagnostics.is_empty());
    match arguments.format {
        Format::Short => {
            found.map(|(_, sources, diagnostics)| render::short(diagnostics, sources)).collect()
        }
        Format::Text | Format::Json | Format::Github | Format::Sarif => {
            let pages: Vec<String> = found
                .map(|(_, sources, diagnostics)| render::render(diagnostics, sources, &style))
                .collect();
            pages.join("\n")
        }
    }
}

/// How much was found; nothing where nothing could be read.
fn summary(checked: &[Checked], errors: usize, warnings: usize) -> String {
    let subject = match checked {
        [] => return String::new(),
        [(file, _, _)] => escaped_path(file),
        _ => counted(checked.len(), "file"),
    };
    let errors = if errors == 0 { "no errors".to_owned() } else { counted(errors, "error") };
    let warnings =
        if warnings == 0 { "no warnings".to_owned() } else { counted(warnings, "warning") };
    format!("{subject}: {errors}, {warnings}\n")
}
