//! What all rests on, as records.

use super::TornRecord;
use crate::analysis::{Claim, ClaimKind, Reason, Without, WithoutThem};
use crate::model::{Model, SourceId};
use crate::report::Report;
use crate::report::content::evidence::cannot_be_judged;
use crate::source::Sources;
use schemars::JsonSchema;
use serde::Serialize;

/// The claims, the sources, and what becomes of the outcomes without them.
#[derive(Debug, JsonSchema, Serialize)]
pub struct EvidenceRecord<'a> {
    /// Every claim of the scenario, by its place.
    claims: Vec<ClaimRecord<'a>>,
    /// For each source that something rests on, what becomes of the outcomes without it.
    sources: Vec<WithoutRecord<'a>>,
    /// The worst-graded sources that can be judged, together; `null` where all are graded alike.
    worst_graded: Option<WithoutRecord<'a>>,
    /// The names of the sources without a grade, or whose grade says that they cannot be judged.
    cannot_be_judged: Vec<&'a str>,
    /// The names of the sources that were struck out by `--without-source` or `--min-grade`.
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

/// Something that the scenario claims, and what is given for it.
#[derive(Debug, JsonSchema, Serialize)]
struct ClaimRecord<'a> {
    /// `position`, `becomes`, `rule`, `decision` or `reading`.
    #[schemars(extend("enum" = ["position", "becomes", "rule", "decision", "reading"]))]
    kind: &'static str,
    /// The name in the scenario; of a position `ACTOR on ISSUE`.
    name: &'a str,
    /// What it says: the title, or of a position the level.
    title: &'a str,
    /// Since when, for a position that says so; `null` otherwise.
    #[schemars(extend("format" = "date"))]
    since: Option<String>,
    /// The path of the file that it stands in.
    file: &'a str,
    /// The line that it begins on.
    #[schemars(range(min = 1))]
    line: u32,
    /// Whether it does not count, because all of its sources are struck out.
    struck_out: bool,
    /// What is given for it, quotations first; empty where nothing is.
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

/// What is given for a claim.
#[derive(Debug, JsonSchema, Serialize)]
struct ReasonRecord<'a> {
    /// Whether it is quoted (`says`); otherwise it is the author's own reasoning (`because`).
    quoted: bool,
    /// The text.
    text: &'a str,
    /// The line that it begins on.
    #[schemars(range(min = 1))]
    line: u32,
    /// The name of the source; `null` where none is named, or for reasoning of one's own.
    source: Option<&'a str>,
    /// The grade of the source, such as `B2`; `null` without one.
    grade: Option<&'a str>,
    /// The date of the source; `null` without one.
    #[schemars(extend("format" = "date"))]
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

/// What becomes of the outcomes without some sources.
#[derive(Debug, JsonSchema, Serialize)]
struct WithoutRecord<'a> {
    /// The names of the sources.
    sources: Vec<&'a str>,
    /// The grade of each; `null` without one.
    grades: Vec<Option<&'a str>>,
    /// How many positions rest on them, alone or with others.
    positions: usize,
    /// How many rules and decisions do.
    rules: usize,
    /// How many readings do.
    readings: usize,
    /// How many claims fall with them.
    falling: usize,
    /// The estimates without what falls; `null` where it was not looked at or cannot be evaluated.
    outcomes: Option<Vec<EstimateRecord<'a>>>,
    /// The storylines that lead nowhere because assignments contradict each other on them; only where
    /// there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    contradiction: Option<TornRecord<'a>>,
    /// Why it cannot be evaluated; `null` where it can be, or was not looked at.
    impossible: Option<&'a str>,
}

/// An outcome and how likely it is.
#[derive(Debug, JsonSchema, Serialize)]
struct EstimateRecord<'a> {
    /// The name of the outcome.
    name: &'a str,
    /// The estimated probability.
    #[schemars(range(min = 0, max = 1))]
    estimate: f64,
}

impl<'a> WithoutRecord<'a> {
    fn new(model: &'a Model, without: &'a Without) -> Self {
        let sources = without.sources.iter().map(|id| &model.sources[id.index()]);
        let (outcomes, impossible) = match &without.outcomes {
            WithoutThem::Estimates(found) => {
                let all = model.outcomes.iter().zip(&found.outcomes);
                let record = all
                    .map(|(outcome, &estimate)| EstimateRecord { name: &outcome.name, estimate });
                (Some(record.collect()), None)
            }
            WithoutThem::Impossible(why) => (None, Some(why.as_str())),
            WithoutThem::NotLookedAt => (None, None),
        };
        let torn = match &without.outcomes {
            WithoutThem::Estimates(found) => found.torn.as_ref(),
            WithoutThem::Impossible(_) | WithoutThem::NotLookedAt => None,
        };
        Self {
            contradiction: torn.map(TornRecord::new),
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
