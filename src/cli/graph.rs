//! `escalade graph`.

use super::console::Console;
use super::evaluate::{Audience, Options, Which, changed, evaluate, situations};
use super::output::Output;
use super::run::probability;
use super::status::{Status, Stop};
use crate::analysis::InfluenceGraph;
use crate::report::drawing::{self, Drawing};
use crate::report::{Report, json};
use clap::{Args, ValueEnum};

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
    output: Output,
    #[command(flatten)]
    options: Options,
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
    let page = match arguments.view {
        View::Reactions => {
            let (file, options) = (&arguments.file, &arguments.options);
            let evaluation = evaluate(file, options, Which::One, Audience::Machines, console)?;
            status = evaluation.status(status);
            reactions(arguments, &evaluation.report())
        }
        View::Situations => {
            let (model, graph, file) = situations(&arguments.file, &arguments.options, console)?;
            let drawing = || drawing::situations(&model, &graph);
            page(arguments.format, drawing, || json::situations(&file, &model, &graph))
        }
        View::Influence => {
            let changed = changed(&arguments.file, &arguments.options, console)?;
            let (model, file) = (changed.model, changed.file);
            let graph = InfluenceGraph::new(&model);
            let drawing = || drawing::influence(&model, &graph);
            page(arguments.format, drawing, || json::influence(&file, &model, &graph))
        }
    };
    arguments.output.write(&page)?;
    Ok(status)
}

fn reactions(arguments: &Arguments, report: &Report<'_>) -> String {
    let Some(main) = report.main() else { return String::new() };
    let drawing = || drawing::reactions(report.model, main, arguments.min_probability);
    page(arguments.format, drawing, || json::reactions(report, main))
}

fn page(
    format: Format,
    drawing: impl FnOnce() -> Drawing,
    json: impl FnOnce() -> String,
) -> String {
    match format {
        Format::Dot => drawing::dot(&drawing()),
        Format::Mermaid => drawing::mermaid(&drawing()),
        Format::Graphml => drawing::graphml(&drawing()),
        Format::Svg => drawing::svg::svg(&drawing()),
        Format::Json => json(),
    }
}
