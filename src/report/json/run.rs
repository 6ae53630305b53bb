//! The JSON of `run`.

use super::diagnostic::DiagnosticRecord;
use super::document;
use super::evidence::EvidenceRecord;
use super::results::ResultRecord;
use crate::report::{Repeat, Report, labels};
use serde::Serialize;

/// The JSON of `run`, format `escalade-run/1`: what was evaluated, the results (baseline first, then
/// the readings), the warnings, what all rests on, and what is needed to repeat it. Probabilities
/// have full precision.
#[must_use]
pub fn run(report: &Report<'_>) -> String {
    document(&RunRecord::new(report))
}

/// What `run` found, as a record.
#[derive(Serialize)]
pub(crate) struct RunRecord<'a> {
    format: &'static str,
    file: &'a str,
    title: &'a str,
    start: Option<String>,
    turn: Option<String>,
    horizon: Option<u32>,
    results: Vec<ResultRecord<'a>>,
    diagnostics: Vec<DiagnosticRecord<'a>>,
    evidence: EvidenceRecord<'a>,
    #[serde(flatten)]
    repeat: &'a Repeat,
}

impl<'a> RunRecord<'a> {
    /// The record of a report.
    pub(crate) fn new(report: &Report<'a>) -> Self {
        let model = report.model;
        Self {
            format: "escalade-run/1",
            file: report.file,
            title: &model.title,
            start: model.start.map(|date| date.to_string()),
            turn: model.turn.map(labels::turn_length),
            horizon: model.horizon,
            results: report.results.iter().map(|one| ResultRecord::new(report, one)).collect(),
            diagnostics: DiagnosticRecord::all(report.diagnostics, report.sources),
            evidence: EvidenceRecord::new(report),
            repeat: report.repeat,
        }
    }
}
