//! `escalade why`.

use super::console::Console;
use super::evaluate::{
    Audience, Changed, Method, Options, changed, limits, on_threads, refuse, repeat,
};
use super::output::{Output, PageFormat};
use super::status::{Status, Stop};
use super::working::Working;
use crate::analysis::{self, Subject};
use crate::model::Model;
use crate::report::why::WhyReport;
use crate::report::{json, markdown, text};
use clap::Args;

/// The arguments of `why`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The scenario; `-` reads standard input
    file: String,
    /// An outcome, a rung, or something that happens, e.g. russia does strike against poland
    #[arg(required = true, value_name = "NAME")]
    name: Vec<String>,
    /// The form of the page
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    format: PageFormat,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    options: Options,
}

/// How many storylines are told, if nothing else is said.
const STORYLINES: usize = 3;

/// Tells why something happens, and why not.
///
/// # Errors
/// The scenario cannot be read or has errors, nothing has the name, the options do not fit, a limit
/// is reached, or the result cannot be written.
pub fn run(arguments: &Arguments, console: &Console) -> Result<Status, Stop> {
    let options = &arguments.options;
    only_exact("why", options)?;
    let Changed { mut model, file, sources } = changed(&arguments.file, options, console)?;
    leave_unobserved("why", &mut model, console);
    let name = arguments.name.join(" ");
    let subject = Subject::find(&model, &name).map_err(|hint| {
        Stop::because(Status::WrongCommandLine, format!("there is no `{name}`: {hint}"))
    })?;
    let limits = analysis::Options {
        storylines: options.storylines.unwrap_or(STORYLINES),
        ..limits(options, Audience::Machines)
    };
    let working = Working::show(&limits.progress);
    let found = on_threads(options, || analysis::why(&model, subject, &limits));
    drop(working);
    let why = found.map_err(|failure| refuse(failure, &sources, console))?;
    let repeat = repeat(options, &sources);
    let report = WhyReport { file: &file, model: &model, why: &why, repeat: &repeat };
    let page = match arguments.format {
        PageFormat::Text => text::why(&report, console.page_style(arguments.output.is_file())),
        PageFormat::Markdown => markdown::why(&report),
        PageFormat::Json => json::why(&report),
    };
    arguments.output.write(&page)?;
    Ok(Status::Done)
}

/// Refuses to simulate what is only found by looking at every situation.
///
/// # Errors
/// A simulation was asked for.
pub(super) fn only_exact(command: &str, options: &Options) -> Result<(), Stop> {
    let asked = if options.method == Method::Simulate {
        "--method simulate"
    } else if options.run.is_some() {
        "--run"
    } else {
        return Ok(());
    };
    let message =
        format!("`{command}` looks at every situation and draws none: leave out `{asked}`");
    Err(Stop::because(Status::WrongCommandLine, message))
}

/// Leaves out what was observed, and says so: all that can happen is looked at, not only what fits.
pub(super) fn leave_unobserved(command: &str, model: &mut Model, console: &Console) {
    if !model.observations.is_empty() {
        model.observations.clear();
        console.note(&format!(
            "`{command}` looks at all that can happen: what was observed is left out"
        ));
    }
}
