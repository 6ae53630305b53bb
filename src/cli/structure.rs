//! `escalade structure`.

use super::console::Console;
use super::evaluate::{Audience, Changed, Options, changed, limits, on_threads, refuse, repeat};
use super::output::{Output, PageFormat};
use super::run::probability;
use super::status::{Status, Stop};
use super::why::{leave_unobserved, only_exact};
use super::working::Working;
use crate::analysis;
use crate::diagnostic::suggest;
use crate::model::{Model, OutcomeId};
use crate::report::structure::StructureReport;
use crate::report::{json, markdown, text};
use clap::Args;

/// The arguments of `structure`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The scenario; `-` reads standard input
    file: String,
    /// Firebreaks keep outcomes below this
    #[arg(long, value_name = "P", default_value = "5%", value_parser = probability)]
    below: f64,
    /// Chokepoints and firebreaks of this outcome only
    #[arg(long, value_name = "NAME")]
    outcome: Option<String>,
    /// The form of the page
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    format: PageFormat,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    options: Options,
}

/// Reads the reactions of a scenario as a graph.
///
/// # Errors
/// The scenario cannot be read or has errors, the options do not fit it, a limit is reached, or the
/// result cannot be written.
pub fn run(arguments: &Arguments, console: &Console) -> Result<Status, Stop> {
    let options = &arguments.options;
    only_exact("structure", options)?;
    let Changed { mut model, file, sources } = changed(&arguments.file, options, console)?;
    leave_unobserved("structure", &mut model, console);
    let only = arguments.outcome.as_deref().map(|name| outcome(&model, name)).transpose()?;
    let limits = limits(options, Audience::Machines);
    let working = Working::show(&limits.progress);
    let found = on_threads(options, || analysis::structure(&model, arguments.below, only, &limits));
    drop(working);
    let structure = found.map_err(|failure| refuse(failure, &sources, console))?;
    let repeat = repeat(options, &sources);
    let report =
        StructureReport { file: &file, model: &model, structure: &structure, repeat: &repeat };
    let page = match arguments.format {
        PageFormat::Text => {
            text::structure(&report, console.page_style(arguments.output.is_file()))
        }
        PageFormat::Markdown => markdown::structure(&report),
        PageFormat::Json => json::structure(&report),
    };
    arguments.output.write(&page)?;
    Ok(Status::Done)
}

fn outcome(model: &Model, name: &str) -> Result<OutcomeId, Stop> {
    let Some(at) = model.outcomes.iter().position(|outcome| outcome.name == name) else {
        let names = model.outcomes.iter().map(|outcome| outcome.name.as_str());
        let hint = suggest::did_you_mean(name, names).map(|hint| format!("; {hint}"));
        let message =
            format!("`--outcome`: there is no outcome `{name}`{}", hint.unwrap_or_default());
        return Err(Stop::because(Status::WrongCommandLine, message));
    };
    if model.outcomes[at].condition.is_none() {
        let message = format!(
            "`--outcome`: `{name}` is reached where no other outcome is; it has no condition to lead to"
        );
        return Err(Stop::because(Status::WrongCommandLine, message));
    }
    Ok(OutcomeId::new(at))
}
