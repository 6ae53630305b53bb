//! `escalade export`.

use crate::cli::console::Console;
use crate::cli::evaluate::{Changed, changed};
use crate::cli::exact::situations;
use crate::cli::output::{Existing, Output, write_file, write_standard};
use crate::cli::status::{Status, Stop};
use crate::model::Grade;
use crate::report::export::{self, Form, Language, Ranges, Refusal, Refused};
use crate::report::{counted, defaults_told, text_hash};
use crate::session::{Method, Options};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// The arguments of `export`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The scenario; `-` reads standard input
    file: String,
    /// The language of the model
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    to: Target,
    /// What a model for PRISM is made of
    #[arg(long, value_enum, default_value_t = FormOption::Auto)]
    form: FormOption,
    /// What becomes of decisions
    #[arg(long, value_enum, default_value_t = DecisionsOption::Free)]
    decisions: DecisionsOption,
    /// What becomes of likelihoods with a range
    #[arg(long, value_enum, default_value_t = RangesOption::Estimate)]
    ranges: RangesOption,
    /// Write the properties to this file: outcomes and expectations (in JANI they are in the model);
    /// `-` is standard output
    #[arg(long, value_name = "FILE")]
    properties: Option<PathBuf>,
    #[command(flatten)]
    pub output: Output,
    /// Export this reading [default: the scenario as written]
    #[arg(long, value_name = "NAME", value_parser = crate::session::composed)]
    reading: Option<String>,
    /// Set a param, the initial value of a state, flag or meter, or ACTOR.ISSUE to a level; repeatable
    #[arg(long, value_name = "NAME=VALUE", value_parser = crate::session::composed)]
    set: Vec<String>,
    /// Strike out a source: rules, decisions and positions that rest on struck-out sources alone do
    /// not count; repeatable
    #[arg(long, value_name = "NAME", value_parser = crate::session::composed)]
    without_source: Vec<String>,
    /// Strike out sources with a worse grade, e.g. C3; what cannot be judged (F, 6, no grade) is kept
    #[arg(long, value_name = "GRADE", value_parser = crate::session::grade)]
    min_grade: Option<Grade>,
    /// Ask for this many turns ahead, whatever the scenario says
    #[arg(long, value_name = "N", value_parser = crate::session::turns())]
    horizon: Option<u32>,
    /// List at most this many situations
    #[arg(long, value_name = "N", default_value_t = 1_000_000)]
    max_situations: usize,
}

impl Arguments {
    /// Where it will write.
    pub fn outputs(&self) -> Vec<(&'static str, PathBuf)> {
        let properties = self.properties.iter().map(|path| ("--properties", path.clone()));
        [self.output.promised()].into_iter().chain(properties).collect()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Target {
    /// For PRISM and Storm
    Prism,
    /// JANI, for Storm, the Modest Toolset and others: always by rules
    Jani,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormOption {
    /// Rules where the scenario falls apart into small groups of them, otherwise situations
    Auto,
    /// One module for each group of rules that write the same
    Rules,
    /// A list of all situations
    Situations,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum DecisionsOption {
    /// Choices: a Markov decision process
    Free,
    /// As the baseline policy decides
    Baseline,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum RangesOption {
    /// Their estimates
    Estimate,
    /// Choices among the ends of what they allow
    Corners,
    /// Intervals where these say exactly the same, corners elsewhere; lists situations, for PRISM
    Intervals,
}

/// Writes the model and its properties.
///
/// # Errors
/// The scenario cannot be read or has errors, the options do not fit it or one another, a limit is
/// reached, or the result cannot be written.
pub fn run(arguments: &Arguments, console: &Console) -> Result<Status, Stop> {
    let options = options(arguments)?;
    let evaluation = evaluation(arguments);
    let Changed { model, file, sources, given } = changed(&arguments.file, &evaluation, console)?;
    if !model.observations.is_empty() {
        let left = counted(model.observations.len(), "observation");
        console.note(&format!(
            "{left} left out: the model is that of the scenario before anything was seen"
        ));
    }
    let mut head = head(arguments, &model.title, &file, &text_hash(&sources));
    head.extend(given.as_ref().map(|given| defaults_told(&given.into())));
    let exported = match export::export(&model, options, &head) {
        Ok(exported) => exported,
        Err(refusal) => return Err(refused(refusal, arguments, &evaluation, console)),
    };
    match arguments.properties.as_deref() {
        Some(path) if path == Path::new("-") => write_standard(&exported.properties)?,
        Some(path) => write_file(path, &exported.properties, Existing::Replace)?,
        None => {}
    }
    arguments.output.write(&exported.model)?;
    Ok(Status::Done)
}

fn options(arguments: &Arguments) -> Result<export::Options, Stop> {
    let wrong = |message: &str| Err(Stop::because(Status::WrongCommandLine, message));
    let form = match arguments.form {
        FormOption::Auto => Form::Auto,
        FormOption::Rules => Form::Rules,
        FormOption::Situations => Form::Situations,
    };
    let ranges = match arguments.ranges {
        RangesOption::Estimate => Ranges::Estimate,
        RangesOption::Corners => Ranges::Corners,
        RangesOption::Intervals => Ranges::Intervals,
    };
    let language = match arguments.to {
        Target::Prism => Language::Prism(form),
        Target::Jani => Language::Jani,
    };
    if ranges == Ranges::Intervals && arguments.to == Target::Jani {
        return wrong("JANI has no intervals: use `--ranges corners`, or `--to prism`");
    }
    if ranges == Ranges::Intervals && form == Form::Rules {
        return wrong(
            "intervals of several modules would be multiplied, which is not what ranges mean: leave out `--form rules`, or use `--ranges corners`",
        );
    }
    if arguments.to == Target::Jani && form == Form::Situations {
        return wrong("JANI is always written by rules: leave out `--form situations`");
    }
    if arguments.to == Target::Jani && arguments.properties.is_some() {
        return wrong("JANI keeps properties in the model: leave out `--properties`");
    }
    let decisions = arguments.decisions == DecisionsOption::Free;
    Ok(export::Options { language, decisions, ranges, situations: arguments.max_situations })
}

/// What changes the scenario, as the commands that evaluate know it.
fn evaluation(arguments: &Arguments) -> Options {
    Options {
        reading: arguments.reading.clone(),
        set: arguments.set.clone(),
        observe: Vec::new(),
        without_source: arguments.without_source.clone(),
        min_grade: arguments.min_grade,
        horizon: arguments.horizon,
        method: Method::Exact,
        max_situations: arguments.max_situations,
        max_memory: None,
        run: None,
        runs: 1,
        seed: 0,
        threads: None,
        storylines: None,
    }
}

/// What the model is, and what is needed to make it again.
fn head(arguments: &Arguments, title: &str, file: &str, hash: &str) -> Vec<String> {
    let mut made = format!("Made by escalade {} from {file} ({hash})", env!("CARGO_PKG_VERSION"));
    if let Some(reading) = &arguments.reading {
        made.push_str(&format!(", reading {reading}"));
    }
    for set in &arguments.set {
        made.push_str(&format!(", with {set}"));
    }
    for source in &arguments.without_source {
        made.push_str(&format!(", without source {source}"));
    }
    if let Some(grade) = arguments.min_grade {
        made.push_str(&format!(", sources of grade {} or better", grade.signs()));
    }
    vec![title.to_owned(), made]
}

fn refused(
    refusal: Refusal,
    arguments: &Arguments,
    evaluation: &Options,
    console: &Console,
) -> Stop {
    let cannot = |message: &str| Stop::because(Status::CannotBeDone, message);
    match refusal {
        Refusal::Together => cannot(
            "the rules of this scenario write too much in common for modules of their own: leave out `--form rules`, or use `--to jani`",
        ),
        Refusal::Situations(Refused::TooManyTransitions) => cannot(
            "there are more than 5,000,000 transitions to write: `--to jani` writes rules instead",
        ),
        // The exploration says which assignments, on which storyline, or what makes it large.
        Refusal::Situations(Refused::Contradiction | Refused::TooManySituations) => {
            match situations(&arguments.file, evaluation, console) {
                Err(stop) => stop,
                Ok(_) => cannot("the situations cannot be listed"),
            }
        }
    }
}
