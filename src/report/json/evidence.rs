//! What all rests on, as records.

use crate::analysis::{Claim, ClaimKind, Reason, Without, WithoutThem};
use crate::model::{Model, SourceId};
use crate::report::Report;
use crate::report::evidence::cannot_be_judged;
use crate::source::Sources;
use serde::Serialize;

/// The claims, the sources, and what becomes of the outcomes without them.
#[derive(Debug, Serialize)]
pub struct EvidenceRecord<'a> {
    claims: Vec<ClaimRecord<'a>>,
    sources: Vec<WithoutRecord<'a>>,
    /// The worst-graded sources that can be judged, together; `null` where all are graded alike.
    worst_graded: Option<WithoutRecord<'a>>,
    cannot_be_judged: Vec<&'a str>,
    struck_out: Vec<&'a str>,
}

impl<'a> EvidenceRecord<'a> {
    /// The record of a report's evidence.
    pub fn new(report: &Report<'a>) -> Self {
        let (model, evidence) = (report.model, report.evidence);
        let name = |id: &SourceId| model.sources[id.index()].name.as_str();
        Self {
            claims: (evidence.claims.iter())
                .map(|claim| ClaimRecord::new(model, claim, report.sources))
                .collect(),
            sources: evidence.sources.iter().map(|it| WithoutRecord::new(model, it)).collect(),
            worst_graded: evidence.worst.as_ref().map(|it| WithoutRecord::new(model, it)),
            cannot_be_judged: cannot_be_judged(model, evidence).iter().map(name).collect(),
            struck_out: model.struck.iter().map(name).collect(),
        }
    }
}

#[derive(Debug, Serialize)]
struct ClaimRecord<'a> {
    kind: &'static str,
    name: &'a str,
    title: &'a str,
    since: Option<String>,
    file: &'a str,
    line: u32,
    struck_out: bool,
    reasons: Vec<ReasonRecord<'a>>,
}

impl<'a> ClaimRecord<'a> {
    fn new(model: &'a Model, claim: &'a Claim, sources: &'a Sources) -> Self {
        let file = sources.file(claim.span.file);
        Self {
            kind: match claim.kind {
                ClaimKind::Position => "position",
                ClaimKind::Becomes => "becomes",
                ClaimKind::Rule => "rule",
                ClaimKind::Decision => "decision",
                ClaimKind::Reading => "reading",
            },
            name: &claim.name,
            title: &claim.title,
            since: claim.since.map(|date| date.to_string()),
            file: &file.path,
            line: file.place(claim.span.start).line,
            struck_out: claim.struck,
            reasons: (claim.reasons.iter())
                .map(|reason| ReasonRecord::new(model, reason, sources))
                .collect(),
        }
    }
}

#[derive(Debug, Serialize)]
struct ReasonRecord<'a> {
    quoted: bool,
    text: &'a str,
    line: u32,
    source: Option<&'a str>,
    grade: Option<&'a str>,
    date: Option<String>,
}

impl<'a> ReasonRecord<'a> {
    fn new(model: &'a Model, reason: &'a Reason, sources: &Sources) -> Self {
        let source = reason.source.map(|id| &model.sources[id.index()]);
        Self {
            quoted: reason.quoted,
            text: &reason.text,
            line: sources.file(reason.span.file).place(reason.span.start).line,
            source: source.map(|source| source.name.as_str()),
            grade: source.and_then(|source| source.grade.as_deref()),
            date: source.and_then(|source| source.date).map(|date| date.to_string()),
        }
    }
}

#[derive(Debug, Serialize)]
struct WithoutRecord<'a> {
    sources: Vec<&'a str>,
    grades: Vec<Option<&'a str>>,
    positions: usize,
    rules: usize,
    readings: usize,
    /// How many claims fall with them.
    falling: usize,
    /// The estimates without what falls; `null` where it was not looked at or cannot be evaluated.
    outcomes: Option<Vec<EstimateRecord<'a>>>,
    /// Why it cannot be evaluated.
    impossible: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct EstimateRecord<'a> {
    name: &'a str,
    estimate: f64,
}

impl<'a> WithoutRecord<'a> {
    fn new(model: &'a Model, without: &'a Without) -> Self {
        let sources = without.sources.iter().map(|id| &model.sources[id.index()]);
        let (outcomes, impossible) = match &without.outcomes {
            WithoutThem::Estimates(found) => {
                let all = model.outcomes.iter().zip(found);
                let record = all
                    .map(|(outcome, &estimate)| EstimateRecord { name: &outcome.name, estimate });
                (Some(record.collect()), None)
            }
            WithoutThem::Impossible(why) => (None, Some(why.as_str())),
            WithoutThem::NotLookedAt => (None, None),
        };
        Self {
            sources: sources.clone().map(|source| source.name.as_str()).collect(),
            grades: sources.map(|source| source.grade.as_deref()).collect(),
            positions: without.positions,
            rules: without.rules,
            readings: without.readings,
            falling: without.falling,
            outcomes,
            impossible,
        }
    }
}
