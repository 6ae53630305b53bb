//! What the commands that evaluate have in common: their options, and the way from them to answers.

use super::amounts;
use super::answering::{Answered, answer};
use super::console::Console;
use super::exact::ask;
use super::load::{Loaded, blame, load_observed};
use super::memory;
use super::refusal::Why;
use super::repeat::repeat;
use super::status::{Status, Stop};
use super::strike;
use super::variants::variants;
use super::working::Working;
use crate::analysis::{
    self, Answers, Behind, Evidence, Failure, Questions, SituationGraph, Unanswered,
};
use crate::diagnostic::Diagnostic;
use crate::model::{Given, Grade, Model, Written};
use crate::report::{Repeat, Report, WIDER, counted, grouped};
use crate::source::Sources;
use clap::{Args, ValueEnum};

/// What is promised without a horizon.
const ACCURACY: f64 = 1e-8;

/// The options of the commands that evaluate.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "How it is evaluated")]
pub struct Options {
    /// Evaluate this reading only, `baseline` for the scenario as written [default: that, and all
    /// readings]
    #[arg(long, value_name = "NAME", value_parser = super::name::composed)]
    pub reading: Option<String>,
    /// Set a param, the initial value of a state, flag or meter, or ACTOR.ISSUE to a level; also in
    /// readings that change the same; repeatable
    #[arg(long, value_name = "NAME=VALUE", value_parser = super::name::composed)]
    pub set: Vec<String>,
    /// Tell everything given that this was seen, beside what the scenario observes, e.g.
    /// "turn 3: russia does warn" or "2024-04-08: front >= strained"; repeatable
    #[arg(long, value_name = "TURN: CONDITION")]
    pub observe: Vec<String>,
    /// Strike out a source: rules, decisions and positions that rest on struck-out sources alone do
    /// not count; repeatable
    #[arg(long, value_name = "NAME", value_parser = super::name::composed)]
    pub without_source: Vec<String>,
    /// Strike out sources with a worse grade, e.g. C3; what cannot be judged (F, 6, no grade) is kept
    #[arg(long, value_name = "GRADE", value_parser = super::strike::grade)]
    pub min_grade: Option<Grade>,
    /// Look this many turns ahead, whatever the scenario says
    #[arg(long, value_name = "N", value_parser = amounts::turns())]
    pub horizon: Option<u32>,
    /// How the numbers are found
    #[arg(long, value_enum, default_value_t = Method::Auto)]
    pub method: Method,
    /// Explore at most this many situations
    #[arg(long, value_name = "N", default_value_t = 10_000_000)]
    pub max_situations: usize,
    /// Use at most about this much memory, e.g. 500MB or 8GB [default: three quarters of what is free]
    #[arg(long, value_name = "SIZE", value_parser = memory::size)]
    pub max_memory: Option<usize>,
    /// Draw this many storylines when simulating
    #[arg(long, value_name = "N", default_value_t = 100_000, value_parser = clap::value_parser!(u64).range(1..))]
    pub runs: u64,
    /// The seed of the draws when simulating or playing
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    /// Draw this run of a simulation only, counted from 0, and tell its storyline
    #[arg(long, value_name = "I")]
    pub run: Option<u64>,
    /// Use this many threads [default: as many as there are cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
    /// Find this many storylines for each outcome [default: 1 for people, 3 for machines]
    #[arg(long, value_name = "N", value_parser = amounts::storylines)]
    pub storylines: Option<usize>,
}

/// How the numbers are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Method {
    /// Exactly, as long as the limit on situations allows it
    Auto,
    /// Exactly: every situation is explored
    Exact,
    /// From storylines that are drawn at random
    Simulate,
}

impl Method {
    /// As it is written on the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Exact => "exact",
            Self::Simulate => "simulate",
        }
    }
}

/// Who reads the results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// People: one storyline to each outcome tells enough.
    People,
    /// Machines.
    Machines,
    /// A test, which only looks whether expectations hold.
    Tests,
}

impl Audience {
    fn storylines(self) -> usize {
        match self {
            Self::People => 1,
            Self::Machines => 3,
            Self::Tests => 0,
        }
    }

    fn questions(self) -> Questions {
        match self {
            Self::People | Self::Machines => Questions::All,
            Self::Tests => Questions::Expectations,
        }
    }
}

/// Which results are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The scenario as written, then all readings; or the one reading asked for.
    All,
    /// The scenario as written, or the one reading asked for.
    One,
    /// The same; of all other readings only whether they can be evaluated.
    Sound,
}

/// A scenario with its answers.
#[derive(Debug)]
pub struct Evaluation {
    /// Its path.
    pub file: String,
    /// All files that were read.
    pub sources: Sources,
    /// Its warnings.
    pub diagnostics: Vec<Diagnostic>,
    /// What it means, with the changes of the command line.
    pub model: Model,
    /// What is written in it.
    pub written: Option<Written>,
    /// The answers.
    pub results: Vec<Answers>,
    /// The readings that there are none for.
    pub unanswered: Vec<Unanswered>,
    /// What is needed to repeat them.
    pub repeat: Repeat,
    /// What the claims rest on.
    pub evidence: Evidence,
    /// What is behind the answers, where that was looked for.
    pub behind: Option<Behind>,
    /// Whether a simulation was interrupted: the answers are of the runs before that.
    pub interrupted: bool,
}

impl Evaluation {
    /// What the command ends with, if everything else is as this says.
    #[must_use]
    pub fn status(&self, otherwise: Status) -> Status {
        if self.interrupted {
            return Status::Interrupted;
        }
        // What is wrong in another reading is told, as are expectations that do not hold there.
        let own = self.unanswered.iter().filter(|part| part.reading.is_none());
        own.map(|part| part_status(part, &self.sources)).fold(otherwise, Status::and)
    }

    /// What reports are made from.
    #[must_use]
    pub fn report(&self) -> Report<'_> {
        Report {
            file: &self.file,
            model: &self.model,
            results: &self.results,
            unanswered: &self.unanswered,
            sources: &self.sources,
            diagnostics: &self.diagnostics,
            repeat: &self.repeat,
            evidence: &self.evidence,
            behind: self.behind.as_ref(),
        }
    }
}

/// Reads and evaluates the scenario of this path. Its errors are shown on the console.
///
/// # Errors
/// It cannot be read or has errors, the options do not fit it, or a limit is reached.
pub fn evaluate(
    path: &str,
    options: &Options,
    which: Which,
    audience: Audience,
    console: &Console,
) -> Result<Evaluation, Stop> {
    let mut loaded = load_observed(path, &options.observe)?;
    let Some(model) = loaded.model.take() else {
        console.errors(&loaded.diagnostics, &loaded.sources);
        return Err(Stop::said(blame(&loaded.diagnostics, &loaded.sources)));
    };
    evaluate_loaded(loaded, model, options, which, audience, console)
        .map_err(|refusal| refusal.tell(console))
}

/// Why a scenario that was read is not evaluated.
#[derive(Debug)]
pub enum Refusal {
    /// The options do not fit it.
    Stop(Stop),
    /// It has errors.
    Errors(Vec<Diagnostic>, Sources),
    /// A limit is reached.
    Limit(Box<Diagnostic>, Sources),
}

impl Refusal {
    /// Shows its diagnostics on the console.
    #[must_use]
    pub fn tell(self, console: &Console) -> Stop {
        match self {
            Self::Stop(stop) => stop,
            Self::Errors(diagnostics, sources) => {
                console.errors(&diagnostics, &sources);
                Stop::said(blame(&diagnostics, &sources))
            }
            Self::Limit(diagnostic, sources) => {
                console.errors(&[*diagnostic], &sources);
                Stop::said(Status::CannotBeDone)
            }
        }
    }
}

/// Evaluates a scenario that was read without errors.
///
/// # Errors
/// It has errors that show only now, the options do not fit it, or a limit is reached.
pub fn evaluate_loaded(
    loaded: Loaded,
    written: Model,
    options: &Options,
    which: Which,
    audience: Audience,
    console: &Console,
) -> Result<Evaluation, Refusal> {
    let Loaded { file, sources, diagnostics, model: _, written: text } = loaded;
    let variants = strike::out(text.as_ref(), written, options, &sources)
        .and_then(|model| variants(&model, options, which))
        .map_err(|why| why.with(&sources))?;
    let limits = limits(options, audience);
    let working = Working::show(&limits.progress);
    let others = match which {
        Which::All | Which::One => limits.questions,
        Which::Sound => Questions::Expectations,
    };
    let answered = answer(&variants.readings, options, &limits, others);
    drop(working);
    let answered = answered.map_err(|failure| Why::from(failure).with(&sources))?;
    let Answered { mut results, fallback, interrupted, unanswered: failed } = answered;
    let wanted = variants.readings.len() - failed.len();
    let mut unanswered = variants.impossible;
    unanswered.extend(failed);
    unanswered.sort_by_key(|part| part.reading);
    tell_unanswered(&variants.baseline, &unanswered, &sources, console);
    if which == Which::Sound {
        results.truncate(1);
    }
    if results.is_empty() {
        let message = "interrupted before there was anything to report";
        return Err(Refusal::Stop(Stop::because(Status::Interrupted, message)));
    }
    if fallback {
        console.note(&format!(
            "too large to evaluate exactly (see `--max-situations` and `--max-memory`): simulated from {} storylines",
            grouped(options.runs as usize)
        ));
    }
    if interrupted {
        console.note(&told_interrupted(&results, wanted, options.runs));
    }
    let error = results.iter().map(|answers| answers.error).fold(0.0, f64::max);
    if error > ACCURACY {
        console.note(&format!(
            "storylines stay in some part of the scenario for so long that outcomes are known only to within {error:.0e}; give it a horizon for exact numbers"
        ));
    }
    let repeat = repeat(options, &sources, text.as_ref().and_then(Written::given));
    if results.iter().any(|answers| answers.wider) {
        console.note(WIDER);
    }
    let model = variants.baseline;
    let evidence = Evidence::new(&model);
    Ok(Evaluation {
        file,
        sources,
        diagnostics,
        model,
        written: text,
        results,
        unanswered,
        repeat,
        evidence,
        behind: None,
        interrupted,
    })
}

/// Says which readings have no answers, and why.
fn tell_unanswered(model: &Model, all: &[Unanswered], sources: &Sources, console: &Console) {
    for part in all {
        let reading = part.reading.and_then(|at| model.readings.get(at));
        match reading.filter(|_| part.failure.is_unobservable()) {
            // What was observed speaks against it: nothing is wrong.
            Some(reading) => console.note(&format!(
                "the reading `{}` is left out: under it, it cannot come to what was observed",
                reading.name
            )),
            None => console.errors(part.failure.diagnostics(), sources),
        }
    }
}

/// What a part that has no answers means for a command that is about that part.
#[must_use]
pub fn part_status(part: &Unanswered, sources: &Sources) -> Status {
    match &part.failure {
        Failure::Scenario(diagnostics) => blame(diagnostics, sources),
        Failure::Limit(_) => Status::CannotBeDone,
    }
}

/// What there is of a simulation that was interrupted.
fn told_interrupted(results: &[Answers], wanted: usize, runs: u64) -> String {
    let drawn = results.iter().filter_map(|answers| match answers.method {
        analysis::Method::Simulated { runs, .. } => Some(runs),
        analysis::Method::Exact => None,
    });
    let drawn = drawn.min().unwrap_or(0);
    let missing = match wanted - results.len() {
        0 => String::new(),
        count => format!("; {} left out", counted(count, "reading")),
    };
    let (drawn, runs) = (grouped(drawn as usize), grouped(runs as usize));
    format!("interrupted after {drawn} of {runs} storylines{missing}")
}

/// Reads the scenario of this path and explores the graph of its situations.
///
/// # Errors
/// As with [`evaluate`].
pub fn situations(
    path: &str,
    options: &Options,
    console: &Console,
) -> Result<(Model, SituationGraph, String), Stop> {
    if options.method == Method::Simulate {
        let message = "situations are explored, not simulated: leave out `--method simulate`";
        return Err(Stop::because(Status::WrongCommandLine, message));
    }
    let Changed { model, file, sources, .. } = changed(path, options, console)?;
    let graph = ask(options, &sources, console, |limits| analysis::situations(&model, limits))?;
    Ok((model, graph, file))
}

/// A scenario, as the options change it.
#[derive(Debug)]
pub struct Changed {
    /// What it means.
    pub model: Model,
    /// Its path.
    pub file: String,
    /// All files that were read.
    pub sources: Sources,
    /// What the file of defaults gave it.
    pub given: Option<Given>,
}

/// Reads the scenario of this path, as the options change it.
///
/// # Errors
/// As with [`evaluate`].
pub fn changed(path: &str, options: &Options, console: &Console) -> Result<Changed, Stop> {
    let mut loaded = load_observed(path, &options.observe)?;
    let Some(model) = loaded.model.take() else {
        console.errors(&loaded.diagnostics, &loaded.sources);
        return Err(Stop::said(blame(&loaded.diagnostics, &loaded.sources)));
    };
    let variants = strike::out(loaded.written.as_ref(), model, options, &loaded.sources)
        .and_then(|model| variants(&model, options, Which::One))
        .map_err(|why| why.with(&loaded.sources).tell(console))?;
    let baseline = variants.baseline;
    let model = variants.readings.into_iter().next().map_or(baseline, |(_, model)| model);
    let given = loaded.written.as_ref().and_then(Written::given).cloned();
    Ok(Changed { model, file: loaded.file, sources: loaded.sources, given })
}

/// Shows why there are no answers.
#[must_use]
pub fn refuse(failure: Failure, sources: &Sources, console: &Console) -> Stop {
    Why::from(failure).with(sources).tell(console)
}

/// The options of the analysis.
#[must_use]
pub fn limits(options: &Options, audience: Audience) -> analysis::Options {
    analysis::Options {
        max_situations: options.max_situations,
        max_memory: options.max_memory.unwrap_or_else(memory::usual) / 2,
        folded: true,
        questions: audience.questions(),
        storylines: options.storylines.unwrap_or(audience.storylines()),
        simulate: None,
        torn: false,
        ..analysis::Options::default()
    }
}
