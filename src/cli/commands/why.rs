//! `escalade why`.

use crate::analysis::{self, Subject};
use crate::cli::console::Console;
use crate::cli::evaluate::Changed;
use crate::cli::exact::{ask, read};
use crate::cli::output::{Output, PageFormat};
use crate::cli::status::{Status, Stop};
use crate::report::content::why::WhyReport;
use crate::report::{json, markdown, text};
use crate::session::{Options, repeat};
use clap::Args;

/// The arguments of `why`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The scenario; `-` reads standard input
    file: String,
    /// An outcome, a rung, or something that happens, e.g. russia does strike against poland
    #[arg(required = true, value_name = "NAME", value_parser = crate::session::composed)]
    name: Vec<String>,
    /// The form of the page
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

/// How many storylines are told, if nothing else is said.
const STORYLINES: usize = 3;

/// Tells why something happens, and why not.
///
/// # Errors
/// The scenario cannot be read or has errors, nothing has the name, the options do not fit, a limit
/// is reached, or the result cannot be written.
pub fn run(arguments: &Arguments, console: &Console) -> Result<Status, Stop> {
    let options = &arguments.options;
    let Changed { model, file, sources, given } = read("why", &arguments.file, options, console)?;
    let name = arguments.name.join(" ");
    let subject = Subject::find(&model, &name).map_err(|hint| {
        Stop::because(Status::WrongCommandLine, format!("there is no `{name}`: {hint}"))
    })?;
    let storylines = options.storylines.unwrap_or(STORYLINES);
    let why = ask(options, &sources, console, |limits| {
        let limits = analysis::Options { storylines, ..limits.clone() };
        analysis::why(&model, subject, &limits)
    })?;
    let repeat = repeat(options, &sources, &given);
    let report = WhyReport { file: &file, model: &model, why: &why, repeat: &repeat };
    let page = match arguments.format {
        PageFormat::Text => text::why(&report, console.page_style(arguments.output.is_file())),
        PageFormat::Markdown => markdown::why(&report),
        PageFormat::Json => json::why(&report),
    };
    arguments.output.write(&page)?;
    Ok(Status::Done)
}
