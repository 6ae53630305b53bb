//! The JSON of `compare`.

use super::results::{ExpectationChange, NodeChange, ResultChanges, Value, ValueChange};
use super::{ComparisonReport, SideReport, words};
use crate::analysis::{Attribution, Method, SharesMethod};
use crate::model::{Difference, PartChange, Status};
use crate::report::Repeat;
use crate::report::json::{document, pair};
use crate::source::{Sources, Span};
use serde::Serialize;

/// The JSON of `compare`, format `escalade-compare/1`: what differs, the results of both sides, and
/// what of each outcome's change is due to what. Probabilities and differences have full precision.
#[must_use]
pub fn json(report: &ComparisonReport<'_>) -> String {
    let results = ResultChanges::new(&report.sides);
    let attributed: Vec<&str> =
        words::attributed(&results.outcomes).map(|one| one.name.as_str()).collect();
    let outcome = |one| OutcomeRecord::new(report.attribution, &attributed, one);
    document(&CompareRecord {
        format: "escalade-compare/1",
        sides: report.sides.iter().map(SideRecord::new).collect(),
        differences: (report.differences.iter())
            .map(|one| DifferenceRecord::new(one, report.sources))
            .collect(),
        attribution: report.attribution.map(|it| AttributionRecord::new(report, it)),
        outcomes: results.outcomes.iter().map(outcome).collect(),
        ladder: results.rungs.iter().map(ValueRecord::new).collect(),
        reactions: ReactionsRecord {
            gained: results.gained.iter().map(NodeRecord::new).collect(),
            lost: results.lost.iter().map(NodeRecord::new).collect(),
            changed: results.changed.iter().map(NodeRecord::new).collect(),
            links_gained: &results.edges_gained,
            links_lost: &results.edges_lost,
        },
        expectations: results.expectations.iter().map(ExpectationRecord::new).collect(),
        repeat: report.repeat,
    })
}

#[derive(Serialize)]
struct CompareRecord<'a> {
    format: &'static str,
    sides: Vec<SideRecord<'a>>,
    differences: Vec<DifferenceRecord<'a>>,
    /// `null` where nothing differs that results can hang on, or it could not be found.
    attribution: Option<AttributionRecord<'a>>,
    outcomes: Vec<OutcomeRecord<'a>>,
    ladder: Vec<ValueRecord<'a>>,
    reactions: ReactionsRecord<'a>,
    expectations: Vec<ExpectationRecord<'a>>,
    #[serde(flatten)]
    repeat: &'a Repeat,
}

#[derive(Serialize)]
struct SideRecord<'a> {
    file: &'a str,
    view: &'a str,
    title: &'a str,
    method: &'static str,
}

impl<'a> SideRecord<'a> {
    fn new(side: &SideReport<'a>) -> Self {
        Self {
            file: side.file,
            view: side.view,
            title: &side.model.title,
            method: match side.answers.method {
                Method::Exact => "exact",
                Method::Simulated { .. } => "simulate",
            },
        }
    }
}

#[derive(Serialize)]
struct DifferenceRecord<'a> {
    name: &'a str,
    status: &'static str,
    affects_results: bool,
    line_before: Option<u32>,
    line_after: Option<u32>,
    parts: Vec<PartRecord<'a>>,
}

#[derive(Serialize)]
struct PartRecord<'a> {
    part: &'a str,
    before: Option<&'a str>,
    after: Option<&'a str>,
    affects_results: bool,
}

impl<'a> DifferenceRecord<'a> {
    fn new(one: &'a Difference, sources: &Sources) -> Self {
        let line = |span: Span| sources.file(span.file).place(span.start).line;
        let part = |part: &'a PartChange| PartRecord {
            part: &part.part,
            before: part.before.as_deref(),
            after: part.after.as_deref(),
            affects_results: part.matters,
        };
        Self {
            name: &one.name,
            status: match one.status {
                Status::Added => "added",
                Status::Removed => "removed",
                Status::Changed => "changed",
            },
            affects_results: one.matters,
            line_before: one.left.map(line),
            line_after: one.right.map(line),
            parts: one.parts.iter().map(part).collect(),
        }
    }
}

#[derive(Serialize)]
struct AttributionRecord<'a> {
    method: &'static str,
    /// Over how many orders; `null` where over all.
    orders: Option<usize>,
    /// The names of the differences of each bundle.
    bundles: Vec<Vec<&'a str>>,
}

impl<'a> AttributionRecord<'a> {
    fn new(report: &ComparisonReport<'a>, attribution: &Attribution) -> Self {
        let (method, orders) = match attribution.method {
            SharesMethod::Exact => ("exact", None),
            SharesMethod::Orders(count) => ("orders", Some(count)),
        };
        let name = |&at: &usize| report.differences[at].name.as_str();
        let bundles = attribution.bundles.iter();
        Self {
            method,
            orders,
            bundles: bundles.map(|it| it.differences.iter().map(name).collect()).collect(),
        }
    }
}

#[derive(Serialize)]
struct OutcomeRecord<'a> {
    #[serde(flatten)]
    value: ValueRecord<'a>,
    /// The share of each bundle in the difference, in their order; they add up to it.
    shares: Option<Vec<f64>>,
}

impl<'a> OutcomeRecord<'a> {
    fn new(found: Option<&Attribution>, attributed: &[&str], one: &'a ValueChange) -> Self {
        let at = attributed.iter().position(|name| *name == one.name);
        let shares = found.zip(at).map(|(attribution, at)| {
            let share = |shares: &Vec<f64>| shares.get(at).copied().unwrap_or_default();
            attribution.bundles.iter().map(|bundle| share(&bundle.shares)).collect()
        });
        Self { value: ValueRecord::new(one), shares }
    }
}

#[derive(Serialize)]
struct ValueRecord<'a> {
    name: &'a str,
    title: &'a str,
    before: Option<EstimateRecord>,
    after: Option<EstimateRecord>,
    difference: Option<f64>,
}

#[derive(Serialize)]
struct EstimateRecord {
    estimate: f64,
    /// Over likelihoods and decisions; the 95% interval of a simulation.
    bounds: Option<[f64; 2]>,
    mean_turn: Option<f64>,
}

impl<'a> ValueRecord<'a> {
    fn new(one: &'a ValueChange) -> Self {
        let estimate = |value: Value| EstimateRecord {
            estimate: value.estimate,
            bounds: value.around.map(pair),
            mean_turn: value.mean_turn,
        };
        Self {
            name: &one.name,
            title: &one.title,
            before: one.before.map(estimate),
            after: one.after.map(estimate),
            difference: one.difference(),
        }
    }
}

#[derive(Serialize)]
struct ReactionsRecord<'a> {
    gained: Vec<NodeRecord<'a>>,
    lost: Vec<NodeRecord<'a>>,
    changed: Vec<NodeRecord<'a>>,
    links_gained: &'a [String],
    links_lost: &'a [String],
}

#[derive(Serialize)]
struct NodeRecord<'a> {
    id: &'a str,
    label: &'a str,
    before: f64,
    after: f64,
}

impl<'a> NodeRecord<'a> {
    fn new(node: &'a NodeChange) -> Self {
        Self { id: &node.id, label: &node.label, before: node.before, after: node.after }
    }
}

#[derive(Serialize)]
struct ExpectationRecord<'a> {
    text: &'a str,
    before: Option<HoldsRecord>,
    after: Option<HoldsRecord>,
}

#[derive(Serialize)]
struct HoldsRecord {
    holds: bool,
    actual: Option<f64>,
}

impl<'a> ExpectationRecord<'a> {
    fn new(one: &'a ExpectationChange) -> Self {
        let record = |(holds, actual): (bool, Option<f64>)| HoldsRecord { holds, actual };
        Self { text: &one.text, before: one.before.map(record), after: one.after.map(record) }
    }
}
