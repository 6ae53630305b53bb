//! `escalade watch`.

use crate::cli::console::Console;
use crate::cli::evaluate::{evaluate_loaded, tell};
use crate::cli::files::unreadable;
use crate::cli::interrupt;
use crate::cli::load::blame;
use crate::cli::output::write_while_read;
use crate::cli::seen::{Seen, Waiting};
use crate::cli::status::{Status, Stop};
use crate::diagnostic::render;
use crate::disk;
use crate::report::comparison::watched;
use crate::report::{clean, counted, text};
use crate::session::load_from;
use crate::session::{Audience, Evaluation, Options, Refusal, Which};
use crate::source::Sources;
use clap::Args;
use std::path::Path;

/// The arguments of `watch`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The scenario; what it imports and quotes is watched, too
    file: String,
    #[command(flatten)]
    options: Options,
}

/// Evaluates, and evaluates again whenever something is saved, until it is interrupted or nobody reads
/// any more.
///
/// # Errors
/// The scenario cannot be read, or the options do not fit it.
pub fn run(arguments: &Arguments, console: &Console) -> Result<Status, Stop> {
    let file = &arguments.file;
    let wrong = |message| Err(Stop::because(Status::WrongCommandLine, message));
    if file == "-" {
        return wrong("standard input cannot be watched: name a file");
    }
    if arguments.options.run.is_some() {
        return wrong("one run of a simulation is no result to compare: leave out `--run`");
    }
    disk::read(file).map_err(|error| unreadable(Path::new(file), &error))?;
    interrupt::ends();
    let mut waiting = Waiting::new();
    let mut good: Option<Evaluation> = None;
    let mut changed = Vec::new();
    loop {
        let (seen, found) = look(arguments, console);
        let page = match found {
            Ok(evaluation) => {
                let page = told(good.as_ref(), &evaluation, console);
                good = Some(evaluation);
                page
            }
            // What is wrong with the command line is not mended by a change of the scenario.
            Err(refusal @ Refusal::Options(_)) if changed.is_empty() => {
                return Err(tell(refusal, console));
            }
            Err(refusal) => not_evaluated(refusal, good.is_some(), console),
        };
        if !write_while_read(&format!("{}{page}\n", heading(&changed)))? {
            return Ok(Status::Done);
        }
        if changed.is_empty() {
            let others = match seen.count().saturating_sub(1) {
                0 => String::new(),
                count => format!(" and {} that it rests on", counted(count, "file")),
            };
            console.note(&format!("watching `{file}`{others}; Ctrl-C ends it"));
        }
        changed = waiting.until_changed(&seen);
    }
}

/// Reads and evaluates, and notes which files were read for it.
fn look(arguments: &Arguments, console: &Console) -> (Seen, Result<Evaluation, Refusal>) {
    let seen = Seen::default();
    let options = &arguments.options;
    let mut loaded = load_from(&arguments.file, &options.observe, &seen, Sources::default());
    let found = match loaded.model.take() {
        None => Err(Refusal::Errors(loaded.diagnostics, loaded.sources)),
        Some(model) => {
            evaluate_loaded(loaded, model, options, Which::All, Audience::People, console)
        }
    };
    (seen, found)
}

/// When, and which files have changed; nothing the first time.
fn heading(changed: &[String]) -> String {
    if changed.is_empty() {
        return String::new();
    }
    let time = jiff::Zoned::now().strftime("%H:%M:%S").to_string();
    let files: Vec<String> = changed.iter().map(|file| clean(file)).collect();
    format!("{time}  {} changed\n", files.join(", "))
}

fn told(before: Option<&Evaluation>, now: &Evaluation, console: &Console) -> String {
    let style = console.page_style(false);
    match before {
        None => text::short(&now.report(), style),
        Some(before) => watched(&before.report(), &now.report(), style),
    }
}

/// Shows why there are no answers; what is said of it beside the results.
fn not_evaluated(refusal: Refusal, compared: bool, console: &Console) -> String {
    let why = match &refusal {
        Refusal::Errors(diagnostics, sources)
            if blame(diagnostics, sources) == Status::WrongCommandLine =>
        {
            "an observation of the command line does not fit".to_owned()
        }
        Refusal::Errors(diagnostics, _) => render::count(diagnostics).unwrap_or_default(),
        Refusal::Limit(..) => "a limit is reached".to_owned(),
        Refusal::Options(_) => "the options do not fit".to_owned(),
        Refusal::Unreadable(_) => "it cannot be read".to_owned(),
        Refusal::Stopped(_) => "it was interrupted".to_owned(),
    };
    if let Some(message) = tell(refusal, console).message {
        console.error(&message);
    }
    let kept = if compared { "; what comes next is compared with the last results" } else { "" };
    format!("  not evaluated: {why}{kept}\n")
}
