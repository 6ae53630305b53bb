//! `escalade compare`.

use crate::analysis::{self, Answers, Attribution, Failure, Method, Simulation};
use crate::cli::console::Console;
use crate::cli::evaluate::{refuse, tell};
use crate::cli::load::{load_beside, load_observed};
use crate::cli::output::{Output, PageFormat};
use crate::cli::status::{Status, Stop};
use crate::cli::working::Working;
use crate::model::{BASELINE, Comparison, Model, Side, View, Written};
use crate::report::comparison::{ComparisonReport, SideReport, json, markdown, text};
use crate::session::{
    Audience, Loaded, Options, Why, answer, find_reading, on_threads, repeat, strike_out, struck,
    variant,
};
use crate::source::Sources;
use clap::Args;
use rayon::prelude::*;

/// The arguments of `compare`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The scenario; `-` reads standard input
    file: String,
    /// The scenario to compare it with; without one, the scenario as written is compared with what
    /// `--reading`, `--set`, `--without-source` and `--min-grade` make of it
    other: Option<String>,
    /// Compare these two readings of one scenario; `baseline` is the scenario as written
    #[arg(long, value_name = "NAME,NAME", value_parser = readings, conflicts_with_all = ["other", "reading"])]
    readings: Option<[Option<String>; 2]>,
    /// The form of the report
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    format: PageFormat,
    #[command(flatten)]
    pub output: Output,
    #[command(flatten)]
    options: Options,
}

impl Arguments {
    /// The files, where JSON is asked for.
    #[must_use]
    pub fn for_machines(&self) -> Option<Vec<String>> {
        let files = std::iter::once(&self.file).chain(&self.other);
        (self.format == PageFormat::Json).then(|| files.cloned().collect())
    }
}

/// One side, before it is evaluated.
struct Given {
    file: String,
    model: Model,
    written: Written,
    /// The options as they hold for this side.
    options: Options,
}

/// Compares and reports.
///
/// # Errors
/// A scenario cannot be read or has errors, the options do not fit it, there is nothing to compare, or
/// a limit is reached.
pub fn run(arguments: &Arguments, console: &Console) -> Result<Status, Stop> {
    let options = &arguments.options;
    let [left, right] = sided(arguments)?;
    if options.run.is_some() {
        let message = "one run of a simulation is no result to compare: leave out `--run`";
        return Err(Stop::because(Status::WrongCommandLine, message));
    }
    let (given, sources) = read(arguments, [left, right], console)?;
    let told = |why: Why| tell(why.with(&sources), console);
    let option = if arguments.readings.is_some() { "--readings" } else { "--reading" };
    let models = given.iter().map(|side| looked_at(side, option, &sources));
    let models = models.collect::<Result<Vec<Model>, Why>>().map_err(told)?;
    let strikes: Vec<_> = given.iter().map(|side| struck(&side.options)).collect();
    let views: Vec<View> = given.iter().map(|side| view(&side.options)).collect();
    let side = |at: usize| Side {
        written: &given[at].written,
        model: &given[at].model,
        strike: &strikes[at],
        view: &views[at],
    };
    let comparison = Comparison::new([side(0), side(1)], options.horizon, &sources)
        .map_err(|message| Stop::because(Status::WrongCommandLine, message))?;
    let limits = options.limits(Audience::Machines);
    let limits = analysis::Options { storylines: 0, ..limits };
    let working = Working::stoppable(&limits.progress);
    let evaluated: Vec<(Option<usize>, Model)> = models.into_iter().map(|it| (None, it)).collect();
    let mut interrupted = false;
    let mut found: Vec<Result<Answers, Failure>> = Vec::new();
    for (side, model) in given.iter().zip(&evaluated) {
        match answer(std::slice::from_ref(model), options, &limits, limits.questions) {
            Ok(mut answered) => {
                interrupted |= answered.interrupted;
                found.extend(answered.results.pop().map(Ok));
            }
            Err(Failure::Stopped) => {
                let message = "interrupted before there was anything to compare";
                return Err(Stop::because(Status::Interrupted, message));
            }
            Err(failure) => found.push(Err(failure.within(&told_side(side)))),
        }
    }
    let status = failed(&found, &sources, console);
    let (none, sides) = (Answers::none(), [0, 1].map(|at| found[at].as_ref()));
    if let [Err(_), Err(_)] = sides {
        return Err(Stop::said(status));
    }
    let attribution = match sides {
        [Ok(before), Ok(after)] => on_threads(options.threads, || {
            let sides = [(&evaluated[0].1, before), (&evaluated[1].1, after)];
            attribution(&comparison, sides, options, &limits)
        }),
        _ => None,
    };
    drop(working);
    let mut defaults: Vec<_> = given.iter().filter_map(|side| side.written.given()).collect();
    defaults.dedup();
    let repeat = repeat(options, &sources, defaults);
    let told: Vec<String> = given.iter().map(|side| told_view(&side.options)).collect();
    let report = |at: usize| SideReport {
        file: &given[at].file,
        view: &told[at],
        model: &evaluated[at].1,
        answers: sides[at].unwrap_or(&none),
        failure: sides[at].err(),
    };
    let report = ComparisonReport {
        sides: [report(0), report(1)],
        differences: &comparison.differences,
        attribution: attribution.as_ref(),
        sources: &sources,
        repeat: &repeat,
    };
    let page = match arguments.format {
        PageFormat::Text => text(&report, console.page_style(arguments.output.is_file())),
        PageFormat::Json => json(&report),
        PageFormat::Markdown => markdown(&report),
    };
    arguments.output.write(&page)?;
    Ok(if interrupted { Status::Interrupted } else { status })
}

/// Says which sides have no answers, and why; what that means for the command.
fn failed(found: &[Result<Answers, Failure>], sources: &Sources, console: &Console) -> Status {
    let failures = found.iter().filter_map(|found| found.as_ref().err());
    let refused = |failure: &Failure| refuse(failure.clone(), sources, console).status;
    failures.map(refused).fold(Status::Done, Status::and)
}

/// A side, as diagnostics name it.
fn told_side(side: &Given) -> String {
    format!("`{}` ({})", side.file, told_view(&side.options))
}

/// The options of both sides.
fn sided(arguments: &Arguments) -> Result<[Options; 2], Stop> {
    let options = &arguments.options;
    if arguments.other.is_some() {
        return Ok([options.clone(), options.clone()]);
    }
    if let Some([left, right]) = &arguments.readings {
        let with =
            |reading: &Option<String>| Options { reading: reading.clone(), ..options.clone() };
        return Ok([with(left), with(right)]);
    }
    let plain = Options {
        reading: None,
        set: Vec::new(),
        without_source: Vec::new(),
        min_grade: None,
        ..options.clone()
    };
    let nothing = options.reading.is_none() && options.set.is_empty() && struck(options).is_empty();
    if nothing {
        let message = "nothing to compare the scenario with: name a second one, or say `--reading NAME`, `--readings NAME,NAME`, `--set NAME=VALUE`, `--without-source NAME` or `--min-grade GRADE`";
        return Err(Stop::because(Status::WrongCommandLine, message));
    }
    Ok([plain, options.clone()])
}

/// Reads the scenarios, whose errors are shown.
fn read(
    arguments: &Arguments,
    [left, right]: [Options; 2],
    console: &Console,
) -> Result<([Given; 2], Sources), Stop> {
    if arguments.file == "-" && arguments.other.as_deref() == Some("-") {
        let message = "standard input can be only one of the two scenarios";
        return Err(Stop::because(Status::WrongCommandLine, message));
    }
    let first = whole(load_observed(&arguments.file, &left.observe)?, console)?;
    let (file, model, written, sources) = first;
    let (second, sources) = match &arguments.other {
        Some(other) => {
            let loaded = load_beside(other, &right.observe, sources)?;
            let (file, model, written, sources) = whole(loaded, console)?;
            (Given { file, model, written, options: right }, sources)
        }
        None => {
            let (file, model, written) = (file.clone(), model.clone(), written.clone());
            (Given { file, model, written, options: right }, sources)
        }
    };
    Ok(([Given { file, model, written, options: left }, second], sources))
}

fn whole(loaded: Loaded, console: &Console) -> Result<(String, Model, Written, Sources), Stop> {
    let Loaded { file, sources, diagnostics, model, written } = loaded;
    let (Some(model), Some(written)) = (model, written) else {
        console.errors(&diagnostics, &sources);
        return Err(Stop::said(Status::of_errors(&diagnostics)));
    };
    Ok((file, model, written, sources))
}

/// A side as it is evaluated; `option` is the one that its reading is asked for with.
fn looked_at(side: &Given, option: &str, sources: &Sources) -> Result<Model, Why> {
    let model = strike_out(Some(&side.written), side.model.clone(), &side.options, sources)?;
    let reading = side.options.reading.as_deref();
    let reading = reading.map(|name| find_reading(&model, name, option)).transpose()?.flatten();
    variant(&model, reading.and_then(|at| model.readings.get(at)), &side.options)
}

/// The reading that a side is looked at in; none for the scenario as written.
fn reading(options: &Options) -> Option<&String> {
    options.reading.as_ref().filter(|name| *name != BASELINE)
}

fn view(options: &Options) -> View {
    View { reading: reading(options).cloned(), set: options.set.clone() }
}

/// How a side is looked at, in words.
fn told_view(options: &Options) -> String {
    let mut told: Vec<String> = Vec::new();
    told.extend(reading(options).map(|name| format!("reading {name}")));
    told.extend(options.set.iter().cloned());
    told.extend(options.without_source.iter().map(|name| format!("without source {name}")));
    told.extend(
        options.min_grade.map(|grade| format!("sources of grade {} or better", grade.signs())),
    );
    if told.is_empty() { "as written".to_owned() } else { told.join(", ") }
}

/// What of the change of each outcome that both sides have is due to which difference.
fn attribution(
    comparison: &Comparison<'_>,
    [(left, before), (right, after)]: [(&Model, &Answers); 2],
    options: &Options,
    exact: &analysis::Options,
) -> Option<Attribution> {
    let bundles = comparison.together();
    if bundles.is_empty() {
        return None;
    }
    let names: Vec<&str> = (left.outcomes.iter())
        .map(|outcome| outcome.name.as_str())
        .filter(|name| right.outcomes.iter().any(|outcome| outcome.name == *name))
        .collect();
    let of = |model: &Model, found: &[f64]| -> Option<Vec<f64>> {
        let at = |name: &&str| model.outcomes.iter().position(|outcome| outcome.name == *name);
        names.iter().map(|name| found.get(at(name)?).copied()).collect()
    };
    let known = |model: &Model, answers: &Answers| {
        let found: Vec<f64> = answers.outcomes.iter().map(|answer| answer.estimate).collect();
        of(model, &found)
    };
    let drawn = [before, after].iter().any(|answers| answers.method != Method::Exact);
    let simulation = Simulation { runs: options.runs, seed: options.seed, only: None };
    let limits = analysis::Options { simulate: drawn.then_some(simulation), ..exact.clone() };
    let all: usize = bundles.iter().map(Vec::len).sum();
    let value = |mask: &Vec<bool>| {
        match mask.iter().filter(|applied| **applied).count() {
            0 => return known(left, before),
            count if count == all => return known(right, after),
            _ => {}
        }
        let model = comparison.mix(mask).ok()?;
        of(&model, &analysis::estimates(&model, &limits).ok()?.outcomes)
    };
    analysis::attribute(comparison.differences.len(), bundles, |masks| {
        masks.par_iter().map(value).collect()
    })
}

/// `baseline,NAME` or `NAME,NAME`.
fn readings(text: &str) -> Result<[Option<String>; 2], String> {
    let one = |name: &str| Some(name.trim().to_owned()).filter(|name| name != BASELINE);
    match text.split_once(',') {
        Some((left, right)) if left.trim() == right.trim() => {
            Err("a reading is compared with itself".to_owned())
        }
        Some((left, right)) if !left.trim().is_empty() && !right.trim().is_empty() => {
            Ok([one(left), one(right)])
        }
        Some(_) | None => Err("expected two readings, such as baseline,NAME".to_owned()),
    }
}
