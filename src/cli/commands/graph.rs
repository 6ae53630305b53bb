//! `escalade graph`.

use super::run::probability;
use crate::analysis::InfluenceGraph;
use crate::cli::console::Console;
use crate::cli::evaluate::{self, changed, evaluate};
use crate::cli::exact::situations;
use crate::cli::output::Output;
use crate::cli::status::{Status, Stop};
use crate::report::drawing::{self, Drawing};
use crate::report::{Report, json};
use crate::session::{Audience, Options, Which};
use clap::{Args, ValueEnum};
use std::io::IsTerminal as _;

/// The arguments of `graph`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The scenario; `-` reads standard input
    file: String,
    /// What the graph shows
    #[arg(long, value_enum, default_value_t = View::Reactions)]
    view: View,
    /// The language of the graph
    #[arg(long, value_enum, default_value_t = Format::Dot)]
    format: Format,
    /// Leave out of the reaction graph what is less likely than this (not in JSON)
    #[arg(long, value_name = "P", default_value = "0%", value_parser = probability)]
    min_probability: f64,
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
enum View {
    /// What can happen, and what it follows from
    Reactions,
    /// Every situation that can be reached
    Situations,
    /// What can influence what, by the text alone
    Influence,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Graphviz
    Dot,
    /// Mermaid, at most 500 edges
    Mermaid,
    /// GraphML, for yEd, Gephi and others
    Graphml,
    /// A picture that needs no other program, at most 500 edges
    Svg,
    /// The same as pixels; where it is built with `--features png`
    Png,
    /// For machines
    Json,
}

/// Writes the graph.
///
/// # Errors
/// The scenario cannot be read or has errors, the options do not fit it, a limit is reached, or the
/// result cannot be written.
pub fn run(arguments: &Arguments, console: &Console) -> Result<Status, Stop> {
    let mut status = Status::Done;
    if arguments.format == Format::Png {
        can_be_png(&arguments.output)?;
    }
    let page = match arguments.view {
        View::Reactions => {
            let (file, options) = (&arguments.file, &arguments.options);
            let evaluation = evaluate(file, options, Which::One, Audience::Machines, console)?;
            status = evaluate::status(&evaluation, status);
            reactions(arguments, &evaluation.report())?
        }
        View::Situations => {
            let (model, graph, file) = situations(&arguments.file, &arguments.options, console)?;
            let drawing = || drawing::situations(&model, &graph);
            page(arguments.format, drawing, || json::situations(&file, &model, &graph))?
        }
        View::Influence => {
            let changed = changed(&arguments.file, &arguments.options, console)?;
            let (model, file) = (changed.model, changed.file);
            let graph = InfluenceGraph::new(&model);
            let drawing = || drawing::influence(&model, &graph);
            page(arguments.format, drawing, || json::influence(&file, &model, &graph))?
        }
    };
    arguments.output.write_bytes(&page)?;
    Ok(status)
}

fn reactions(arguments: &Arguments, report: &Report<'_>) -> Result<Vec<u8>, Stop> {
    let Some(main) = report.main() else { return Ok(Vec::new()) };
    let drawing = || drawing::reactions(report.model, main, arguments.min_probability);
    page(arguments.format, drawing, || json::reactions(report, main))
}

fn page(
    format: Format,
    drawing: impl FnOnce() -> Drawing,
    json: impl FnOnce() -> String,
) -> Result<Vec<u8>, Stop> {
    let text = match format {
        Format::Dot => drawing::dot(&drawing()),
        Format::Mermaid => drawing::mermaid(&drawing()),
        Format::Graphml => drawing::graphml(&drawing()),
        Format::Svg => drawing::svg::svg(&drawing()),
        Format::Png => return png(&drawing()),
        Format::Json => json(),
    };
    Ok(text.into_bytes())
}

/// Pixels are not for terminals, and not every build can make them.
fn can_be_png(output: &Output) -> Result<(), Stop> {
    if cfg!(not(feature = "png")) {
        return Err(without_png());
    }
    if !output.is_file() && std::io::stdout().is_terminal() {
        let message = "a picture is not for a terminal: give `-o FILE`";
        return Err(Stop::because(Status::WrongCommandLine, message));
    }
    Ok(())
}

fn without_png() -> Stop {
    let message = "this build makes no PNG: build it with `cargo build --release --features png`, \
                   or ask for `--format svg`";
    Stop::because(Status::CannotBeDone, message)
}

#[cfg(feature = "png")]
fn png(drawing: &Drawing) -> Result<Vec<u8>, Stop> {
    drawing::png(&drawing::svg::svg(drawing)).map_err(|error| {
        Stop::because(Status::CannotBeDone, format!("cannot make a picture: {error}"))
    })
}

#[cfg(not(feature = "png"))]
fn png(_: &Drawing) -> Result<Vec<u8>, Stop> {
    Err(without_png())
}
