//! The JSON of `run`.

use super::diagnostic::DiagnosticRecord;
use super::document;
use super::evidence::EvidenceRecord;
use super::results::ResultRecord;
use crate::analysis::Unanswered;
use crate::model::Model;
use crate::report::content::labels;
use crate::report::{Form, Repeat, Report};
use crate::source::Sources;
use schemars::JsonSchema;
use serde::Serialize;

/// The JSON of `run`.
pub const RUN: Form = Form::new::<RunRecord<'static>>("escalade-run/1", "run --format json");

/// The JSON of `run`, format `escalade-run/1`: what was evaluated, the results (baseline first, then
/// the readings), the warnings, what all rests on, and what is needed to repeat it. Probabilities
/// have full precision.
#[must_use]
pub fn run(report: &Report<'_>) -> String {
    document(&RunRecord::new(report))
}

/// What `run` found: the results, baseline first, then the readings; what is doubtful, what all
/// rests on, and what is needed to repeat it. Probabilities are numbers from 0 to 1.
#[derive(JsonSchema, Serialize)]
pub(crate) struct RunRecord<'a> {
    /// The name and the version of this form.
    #[schemars(extend("const" = RUN.format))]
    format: &'static str,
    /// The path of the scenario, as it was given.
    file: &'a str,
    /// The title of the scenario.
    title: &'a str,
    /// The date of turn 0; `null` without a calendar.
    #[schemars(extend("format" = "date"))]
    start: Option<String>,
    /// How long a turn is, such as `2 weeks`; `null` where the scenario does not say.
    turn: Option<String>,
    /// How many turns are looked at; `null` without end.
    horizon: Option<u32>,
    /// One for the scenario as written and one for each reading, or only the one asked for.
    results: Vec<ResultRecord<'a>>,
    /// What could not be evaluated, the scenario as written or a reading, and why; only where there is
    /// any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_evaluated: Vec<UnansweredRecord<'a>>,
    /// The warnings.
    diagnostics: Vec<DiagnosticRecord<'a>>,
    /// What the scenario's claims rest on.
    evidence: EvidenceRecord<'a>,
    #[serde(flatten)]
    repeat: &'a Repeat,
}

/// The scenario as written, or a reading, that could not be evaluated.
#[derive(JsonSchema, Serialize)]
pub(crate) struct UnansweredRecord<'a> {
    /// The name of the reading; `null` for the scenario as written.
    reading: Option<&'a str>,
    /// Why.
    diagnostics: Vec<DiagnosticRecord<'a>>,
}

impl<'a> UnansweredRecord<'a> {
    /// The records of all of them.
    pub(crate) fn all(all: &'a [Unanswered], model: &'a Model, sources: &'a Sources) -> Vec<Self> {
        let one = |part: &'a Unanswered| {
            let reading = part.reading.and_then(|at| model.readings.get(at));
            let diagnostics = DiagnosticRecord::all(part.failure.diagnostics(), sources);
            Self { reading: reading.map(|reading| reading.name.as_str()), diagnostics }
        };
        all.iter().map(one).collect()
    }
}

impl<'a> RunRecord<'a> {
    /// The record of a report.
    pub(crate) fn new(report: &Report<'a>) -> Self {
        let model = report.model;
        Self {
            format: RUN.format,
            file: report.file,
            title: &model.title,
            start: model.start.map(|date| date.to_string()),
            turn: model.turn.map(labels::turn_length),
            horizon: model.horizon,
            results: report.results.iter().map(|one| ResultRecord::new(report, one)).collect(),
            not_evaluated: UnansweredRecord::all(report.unanswered, model, report.sources),
            diagnostics: DiagnosticRecord::all(report.diagnostics, report.sources),
            evidence: EvidenceRecord::new(report),
            repeat: report.repeat,
        }
    }
}
