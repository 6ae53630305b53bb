//! `escalade sweep`.

mod empty;
#[cfg(feature = "parquet")]
mod parquet;
mod part;
mod points;
mod table;

use crate::analysis::{Answers, Sweep};
use crate::cli::console::Console;
use crate::cli::evaluate::{self};
use crate::cli::output::Output;
use crate::cli::status::{Status, Stop};
use crate::cli::working::Working;
use crate::model::{Cell, Model};
use crate::report::{Form, Repeat, json};
use crate::session::{Audience, Method, Options, on_threads, repeat};
use clap::{Args, ValueEnum};
use empty::Empty;
use points::Points;
use schemars::JsonSchema;
use serde::Serialize;
use table::{Table, Writer};

/// The arguments of `sweep`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The scenario; `-` reads standard input
    file: String,
    /// Vary a param, an initial state, flag or meter, or ACTOR.ISSUE: NAME=LOW..HIGH:STEP or
    /// NAME=VALUE,VALUE; with several, all combinations, the last fastest
    #[arg(long, value_name = "NAME=VALUES", value_parser = crate::session::composed)]
    vary: Vec<String>,
    /// Sample this many points from all ranges (a Latin hypercube, by --seed) instead of a grid
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    sample: Option<u32>,
    /// Evaluate only part I of N equal ones, from 1; the parts together are the whole
    #[arg(long, value_name = "I/N", value_parser = shard)]
    shard: Option<(u32, u32)>,
    /// Go on where an interrupted sweep into the same file has stopped
    #[arg(long)]
    resume: bool,
    /// The form of the table
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    #[command(flatten)]
    pub output: Output,
    #[command(flatten)]
    options: Options,
}

/// The forms of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Comma-separated values
    Csv,
    /// Apache Parquet
    #[cfg(feature = "parquet")]
    Parquet,
}

/// What a table carries of how it was made.
pub const SWEEP: Form = Form::new::<Provenance<'static>>("escalade-sweep/1", "sweep");

/// What is needed to repeat a sweep: the first line of its table, and metadata of Parquet.
#[derive(Debug, JsonSchema, Serialize)]
struct Provenance<'a> {
    /// The name and the version of this form.
    #[schemars(extend("const" = SWEEP.format))]
    format: &'static str,
    /// The path of the scenario, as it was given.
    file: &'a str,
    #[serde(flatten)]
    repeat: &'a Repeat,
    /// `--vary`, in order.
    vary: &'a [String],
    /// `--sample`; `null` where it was not given.
    sample: Option<u32>,
    /// `--shard`, the number of the part and of how many; `null` where it was not given.
    shard: Option<(u32, u32)>,
}

/// Evaluates all points and writes a row for each; of a point that has no answers, with the reason.
///
/// # Errors
/// The scenario cannot be read or has errors, the options do not fit it, or the table cannot be written.
pub fn run(arguments: &Arguments, console: &Console) -> Result<Status, Stop> {
    let options = &arguments.options;
    if options.method == Method::Simulate {
        let message = "a sweep is evaluated exactly: leave out `--method simulate`";
        return Err(Stop::because(Status::WrongCommandLine, message));
    }
    let changed = evaluate::changed(&arguments.file, options, console)?;
    let model = &changed.model;
    let points = Points::new(model, &arguments.vary, arguments.sample, options.seed)?;
    let part = part(points.changes.len(), arguments.shard);
    let repeat = repeat(options, &changed.sources, &changed.given);
    let provenance = Provenance {
        format: SWEEP.format,
        file: &changed.file,
        repeat: &repeat,
        vary: &arguments.vary,
        sample: arguments.sample,
        shard: arguments.shard,
    };
    let provenance = json::line(&provenance);
    let named = arguments.shard.is_none_or(|(number, _)| number == 1);
    let table = Table { columns: columns(model, &points), named, provenance };
    let mut writer = Writer::open(arguments.format, &arguments.output, table, arguments.resume)?;
    writer.damage().iter().for_each(|damage| console.note(damage));
    let done = writer.rows();
    let exact = options.limits(Audience::Machines);
    let working = Working::show(&exact.progress);
    let mut sweep = Sweep::new(model, &points.changes, &exact);
    let (mut written, mut empty) = (Ok(true), Empty::new());
    on_threads(options.threads, || {
        sweep.run(part.start + done..part.end, |at, answers| {
            let answers = match answers {
                Ok(answers) => {
                    empty.answered();
                    Ok(answers)
                }
                Err(failure) => Err(empty.add(at, failure)),
            };
            written = writer.add(row(at, model, &points, answers));
            matches!(written, Ok(true))
        });
    });
    drop(working);
    written?;
    writer.finish()?;
    empty.told(&points).iter().for_each(|told| console.note(told));
    Ok(empty.status())
}

/// The points of a part.
fn part(count: usize, shard: Option<(u32, u32)>) -> std::ops::Range<usize> {
    let (number, of) = shard.map_or((1, 1), |(number, of)| (number as usize, of as usize));
    let begin = |number: usize| (count as u128 * number as u128 / of as u128) as usize;
    begin(number - 1)..begin(number)
}

fn columns(model: &Model, points: &Points) -> Vec<String> {
    let mut columns = vec!["point".to_owned()];
    columns.extend(points.names.iter().cloned());
    columns.push("situations".to_owned());
    if !model.observations.is_empty() {
        columns.push("log_probability".to_owned());
    }
    for outcome in &model.outcomes {
        let name = &outcome.name;
        columns.extend([
            name.clone(),
            format!("{name}_low"),
            format!("{name}_high"),
            format!("{name}_mean_turn"),
        ]);
    }
    columns.push("why_empty".to_owned());
    columns
}

/// The row of a point: its answers, or why there are none.
fn row(
    at: usize,
    model: &Model,
    points: &Points,
    answers: Result<&Answers, String>,
) -> Vec<Option<Cell>> {
    use Cell::{Number, Word};
    let mut row = vec![Some(Number(at as f64))];
    row.extend(points.cells[at].iter().cloned().map(Some));
    match answers {
        Ok(answers) => {
            row.push(Some(Number(answers.situations as f64)));
            row.extend(answers.observation.map(|seen| Some(Number(seen.log_probability))));
            for outcome in &answers.outcomes {
                row.push(Some(Number(outcome.estimate)));
                row.push(outcome.both.map(|both| Number(both.low)));
                row.push(outcome.both.map(|both| Number(both.high)));
                row.push(outcome.mean_turn.map(Number));
            }
            row.push(None);
        }
        Err(reason) => {
            row.resize(columns(model, points).len() - 1, None);
            row.push(Some(Word(reason)));
        }
    }
    row
}

/// `I/N` with I from 1 to N.
fn shard(text: &str) -> Result<(u32, u32), String> {
    let wrong = || "expected I/N, such as 2/8, with I from 1 to N".to_owned();
    let (number, of) = text.split_once('/').ok_or_else(wrong)?;
    match (number.trim().parse(), of.trim().parse()) {
        (Ok(number), Ok(of)) if (1..=of).contains(&number) => Ok((number, of)),
        _ => Err(wrong()),
    }
}
