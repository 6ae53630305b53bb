//! `escalade structure`.

use super::run::probability;
use crate::analysis;
use crate::cli::console::Console;
use crate::cli::evaluate::Changed;
use crate::cli::exact::{self, ask, read};
use crate::cli::output::{Output, PageFormat};
use crate::cli::status::{Status, Stop};
use crate::model::{Model, OutcomeId};
use crate::report::content::structure::StructureReport;
use crate::report::{json, markdown, text};
use crate::session::{Options, repeat};
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
    #[arg(long, value_name = "NAME", value_parser = crate::session::composed)]
    outcome: Option<String>,
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

/// Reads the reactions of a scenario as a graph.
///
/// # Errors
/// The scenario cannot be read or has errors, the options do not fit it, a limit is reached, or the
/// result cannot be written.
pub fn run(arguments: &Arguments, console: &Console) -> Result<Status, Stop> {
    let options = &arguments.options;
    let Changed { mut model, file, sources, given } =
        read("structure", &arguments.file, options, console)?;
    if !model.observations.is_empty() {
        model.observations.clear();
        console.note("`structure` looks at all that can happen: what was observed is left out");
    }
    let only = arguments.outcome.as_deref().map(|name| outcome(&model, name)).transpose()?;
    let structure = ask(options, &sources, console, |limits| {
        analysis::structure(&model, arguments.below, only, limits)
    })?;
    let repeat = repeat(options, &sources, &given);
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

/// An outcome that something leads to.
fn outcome(model: &Model, name: &str) -> Result<OutcomeId, Stop> {
    let id = exact::outcome(model, name)?;
    if model.outcomes[id.index()].condition.is_none() {
        let message = format!(
            "`--outcome`: `{name}` is reached where no other outcome is; it has no condition to lead to"
        );
        return Err(Stop::because(Status::WrongCommandLine, message));
    }
    Ok(id)
}
