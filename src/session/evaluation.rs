//! From a scenario that was read to its answers, with all that reports are made from.

use super::answering::{Answered, answer};
use super::loaded::Loaded;
use super::options::{Options, Which};
use super::refusal::{Refusal, Why};
use super::repeat::repeat;
use super::strike;
use super::variants::variants;
use crate::analysis::{self, Answers, Behind, Evidence, Questions, Unanswered};
use crate::diagnostic::Diagnostic;
use crate::model::{Model, Written};
use crate::report::text::Limits;
use crate::report::{Repeat, Report, WIDER, counted, grouped, html, json, markdown, text};
use crate::source::Sources;

/// What is promised without a horizon.
const ACCURACY: f64 = 1e-8;

/// Everything that can happen.
const WHOLE: Limits = Limits { min_probability: 0.0, depth: usize::MAX };

/// A scenario with its answers.
#[derive(Debug)]
pub struct Evaluation {
    /// Its path.
    pub file: String,
    /// All files that were read.
    pub sources: Sources,
    /// Its warnings.
    pub diagnostics: Vec<Diagnostic>,
    /// What it means, with the changes of the options.
    pub model: Model,
    /// What is written in it.
    pub written: Option<Written>,
    /// The answers: of the scenario as written, then of its readings, or of those asked for.
    pub results: Vec<Answers>,
    /// The readings that there are none for.
    pub unanswered: Vec<Unanswered>,
    /// What is needed to repeat them.
    pub repeat: Repeat,
    /// What the claims rest on.
    pub evidence: Evidence,
    /// What is behind the answers, where that was looked for.
    pub behind: Option<Behind>,
    /// Whether a simulation was stopped: the answers are of the runs before that.
    pub interrupted: bool,
    /// Whether something was simulated only because it is too large to be evaluated exactly.
    pub fallback: bool,
    /// How many readings an interruption left without answers.
    pub missing: usize,
}

impl Evaluation {
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

    /// The report for a terminal of 80 columns, without colours.
    #[must_use]
    pub fn text(&self) -> String {
        text::run(&self.report(), WHOLE, text::Style::default())
    }

    /// The report as Markdown.
    #[must_use]
    pub fn markdown(&self) -> String {
        markdown::run(&self.report(), WHOLE)
    }

    /// The report as one page for a browser.
    #[must_use]
    pub fn html(&self) -> String {
        html::run(&self.report(), WHOLE)
    }

    /// The answers as JSON, as the schema `escalade-run/1` has them.
    #[must_use]
    pub fn json(&self) -> String {
        json::run(&self.report())
    }

    /// What is to be known of how the numbers were found, a sentence each.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.fallback {
            notes.push(format!(
                "too large to evaluate exactly (see `--max-situations` and `--max-memory`): simulated from {} storylines",
                grouped(self.repeat.options.runs as usize)
            ));
        }
        if self.interrupted {
            notes.push(self.told_interrupted());
        }
        let error = self.results.iter().map(|answers| answers.error).fold(0.0, f64::max);
        if error > ACCURACY {
            notes.push(format!(
                "storylines stay in some part of the scenario for so long that outcomes are known only to within {error:.0e}; give it a horizon for exact numbers"
            ));
        }
        if self.results.iter().any(|answers| answers.wider) {
            notes.push(WIDER.to_owned());
        }
        notes
    }

    /// What there is of a simulation that was stopped.
    fn told_interrupted(&self) -> String {
        let drawn = self.results.iter().filter_map(|answers| match answers.method {
            analysis::Method::Simulated { runs, .. } => Some(runs),
            analysis::Method::Exact => None,
        });
        let drawn = drawn.min().unwrap_or(0);
        let missing = match self.missing {
            0 => String::new(),
            count => format!("; {} left out", counted(count, "reading")),
        };
        let (drawn, runs) = (grouped(drawn as usize), grouped(self.repeat.options.runs as usize));
        format!("interrupted after {drawn} of {runs} storylines{missing}")
    }
}

/// Evaluates a scenario that was read without errors, within these limits.
///
/// # Errors
/// It has errors that show only now, the options do not fit it, or a limit is reached.
pub fn evaluate(
    loaded: Loaded,
    model: Model,
    options: &Options,
    which: Which,
    limits: &analysis::Options,
) -> Result<Evaluation, Refusal> {
    let Loaded { file, sources, diagnostics, model: _, written } = loaded;
    let variants = strike::out(written.as_ref(), model, options, &sources)
        .and_then(|model| variants(&model, options, which))
        .map_err(|why| why.with(&sources))?;
    let others = match which {
        Which::All | Which::One => limits.questions,
        Which::Sound => Questions::Expectations,
    };
    let answered = answer(&variants.readings, options, limits, others);
    let stopped = || Refusal::Stopped(limits.progress.told());
    let answered = answered.map_err(|failure| match Why::from(failure) {
        Why::Stopped => stopped(),
        why => why.with(&sources),
    })?;
    let Answered { mut results, fallback, interrupted, unanswered: failed } = answered;
    let wanted = variants.readings.len() - failed.len();
    let missing = wanted - results.len();
    let mut unanswered = variants.impossible;
    unanswered.extend(failed);
    unanswered.sort_by_key(|part| part.reading);
    if which == Which::Sound {
        results.truncate(1);
    }
    if results.is_empty() {
        return Err(stopped());
    }
    let repeat = repeat(options, &sources, written.as_ref().and_then(Written::given));
    let model = variants.baseline;
    let evidence = Evidence::new(&model);
    Ok(Evaluation {
        file,
        sources,
        diagnostics,
        model,
        written,
        results,
        unanswered,
        repeat,
        evidence,
        behind: None,
        interrupted,
        fallback,
        missing,
    })
}
