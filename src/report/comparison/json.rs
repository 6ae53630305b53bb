//! The JSON of `compare`.

use super::results::{ExpectationChange, NodeChange, ResultChanges, Value, ValueChange};
use super::{ComparisonReport, SideReport, words};
use crate::analysis::{Attribution, Method, SharesMethod};
use crate::model::{Difference, PartChange, Status};
use crate::report::json::{DiagnosticRecord, document, pair};
use crate::report::{Form, Repeat};
use crate::source::{Sources, Span};
use schemars::JsonSchema;
use serde::Serialize;

/// The JSON of `compare`.
pub const COMPARE: Form =
    Form::new::<CompareRecord<'static>>("escalade-compare/1", "compare --format json");

/// The JSON of `compare`, format `escalade-compare/1`: what differs, the results of both sides, and
/// what of each outcome's change is due to what. Probabilities and differences have full precision.
#[must_use]
pub fn json(report: &ComparisonReport<'_>) -> String {
    let results = ResultChanges::new(&report.sides);
    let attributed: Vec<&str> =
        words::attributed(&results.outcomes).map(|one| one.name.as_str()).collect();
    let outcome = |one| OutcomeRecord::new(report.attribution, &attributed, one);
    document(&CompareRecord {
        format: COMPARE.format,
        sides: (report.sides.iter()).map(|side| SideRecord::new(side, report.sources)).collect(),
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

/// What differs between two sides, and what that changes. Probabilities are numbers from 0 to 1.
#[derive(JsonSchema, Serialize)]
struct CompareRecord<'a> {
    /// The name and the version of this form.
    #[schemars(extend("const" = COMPARE.format))]
    format: &'static str,
    /// The first and the second side.
    sides: Vec<SideRecord<'a>>,
    /// What differs in meaning.
    differences: Vec<DifferenceRecord<'a>>,
    /// `null` where nothing differs that results can hang on, or it could not be found.
    attribution: Option<AttributionRecord<'a>>,
    /// The outcomes, those of the first side in their order, then those that only the second has.
    outcomes: Vec<OutcomeRecord<'a>>,
    /// The rungs, in the same order.
    ladder: Vec<ValueRecord<'a>>,
    /// What differs in the reaction graphs.
    reactions: ReactionsRecord<'a>,
    /// The expectations that do not come to the same.
    expectations: Vec<ExpectationRecord<'a>>,
    #[serde(flatten)]
    repeat: &'a Repeat,
}

/// One of the two that are compared.
#[derive(JsonSchema, Serialize)]
struct SideRecord<'a> {
    /// The path of the scenario, as it was given.
    file: &'a str,
    /// How it is looked at: the reading and the settings.
    view: &'a str,
    /// The title of the scenario.
    title: &'a str,
    /// How it was evaluated: `exact`, or `simulate` for drawn at random.
    #[schemars(extend("enum" = ["exact", "simulate"]))]
    method: &'static str,
    /// Why it could not be evaluated; only where it could not: then nothing is told of its results.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    not_evaluated: Vec<DiagnosticRecord<'a>>,
}

impl<'a> SideRecord<'a> {
    fn new(side: &SideReport<'a>, sources: &'a Sources) -> Self {
        let why = side.failure.map_or(&[][..], |failure| failure.diagnostics());
        Self {
            not_evaluated: DiagnosticRecord::all(why, sources),
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

/// A declaration or setting that differs.
#[derive(JsonSchema, Serialize)]
struct DifferenceRecord<'a> {
    /// What it is, with its name: `rule moscow_warns`.
    name: &'a str,
    /// `added`, `removed` or `changed`.
    #[schemars(extend("enum" = ["added", "removed", "changed"]))]
    status: &'static str,
    /// Whether results can hang on it.
    affects_results: bool,
    /// The line that it begins on, on the first side; `null` where it is not there, or no part of
    /// the text.
    #[schemars(range(min = 1))]
    line_before: Option<u32>,
    /// The same on the second side.
    #[schemars(range(min = 1))]
    line_after: Option<u32>,
    /// The parts that differ; of what is added or removed, all.
    parts: Vec<PartRecord<'a>>,
}

/// A part of a declaration that differs.
#[derive(JsonSchema, Serialize)]
struct PartRecord<'a> {
    /// Which part: `trigger`, `likelihood`, `title`.
    part: &'a str,
    /// What the first side says; `null` where it has no such part.
    before: Option<&'a str>,
    /// What the second side says; `null` where it has no such part.
    after: Option<&'a str>,
    /// Whether results can hang on it.
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

/// How the changes of the outcomes were shared out among the differences.
#[derive(JsonSchema, Serialize)]
struct AttributionRecord<'a> {
    /// `exact` over all orders of the differences, or `orders` over some, drawn with a fixed seed.
    #[schemars(extend("enum" = ["exact", "orders"]))]
    method: &'static str,
    /// Over how many orders; `null` where over all.
    orders: Option<usize>,
    /// Differences that only go together, by their names.
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

/// An outcome on both sides, and what its change is due to.
#[derive(JsonSchema, Serialize)]
struct OutcomeRecord<'a> {
    #[serde(flatten)]
    value: ValueRecord<'a>,
    /// The share of each bundle in the difference, in their order; they add up to it. `null` where
    /// nothing is shared out.
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

/// A probability on both sides.
#[derive(JsonSchema, Serialize)]
struct ValueRecord<'a> {
    /// The name of the outcome or rung.
    name: &'a str,
    /// Its title, on the second side where that has it.
    title: &'a str,
    /// On the first side; `null` where that does not have it.
    before: Option<EstimateRecord>,
    /// On the second side; `null` where that does not have it.
    after: Option<EstimateRecord>,
    /// The second less the first; `null` where a side does not have it.
    #[schemars(range(min = -1, max = 1))]
    difference: Option<f64>,
}

/// A probability with its bounds.
#[derive(JsonSchema, Serialize)]
struct EstimateRecord {
    /// The estimated probability.
    #[schemars(range(min = 0, max = 1))]
    estimate: f64,
    /// The lowest and the highest over likelihoods and decisions; the 95% interval of a simulation.
    /// `null` where not known.
    #[schemars(inner(range(min = 0, max = 1)))]
    bounds: Option<[f64; 2]>,
    /// The mean turn in which it is first reached, given that it is; `null` where it is not known.
    #[schemars(range(min = 0))]
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

/// What differs in the reaction graphs.
#[derive(JsonSchema, Serialize)]
struct ReactionsRecord<'a> {
    /// What only the second side has, the most probable first.
    gained: Vec<NodeRecord<'a>>,
    /// What only the first side has, the most probable first.
    lost: Vec<NodeRecord<'a>>,
    /// What both have with different probabilities, the largest difference first.
    changed: Vec<NodeRecord<'a>>,
    /// What follows from what only on the second side: `A -> B by NAME`.
    links_gained: &'a [String],
    /// The same, only on the first side.
    links_lost: &'a [String],
}

/// Something that can happen, on both sides.
#[derive(JsonSchema, Serialize)]
struct NodeRecord<'a> {
    /// Its id in the reaction graph.
    id: &'a str,
    /// A title for people.
    label: &'a str,
    /// Its probability on the first side; 0 where that does not have it.
    #[schemars(range(min = 0, max = 1))]
    before: f64,
    /// Its probability on the second side; 0 where that does not have it.
    #[schemars(range(min = 0, max = 1))]
    after: f64,
}

impl<'a> NodeRecord<'a> {
    fn new(node: &'a NodeChange) -> Self {
        Self { id: &node.id, label: &node.label, before: node.before, after: node.after }
    }
}

/// An expectation on both sides.
#[derive(JsonSchema, Serialize)]
struct ExpectationRecord<'a> {
    /// The expectation as written.
    text: &'a str,
    /// On the first side; `null` where that does not have it.
    before: Option<HoldsRecord>,
    /// On the second side; `null` where that does not have it.
    after: Option<HoldsRecord>,
}

/// Whether an expectation holds.
#[derive(JsonSchema, Serialize)]
struct HoldsRecord {
    /// Whether it holds.
    holds: bool,
    /// The value that was compared; `null` where it compares none.
    actual: Option<f64>,
}

impl<'a> ExpectationRecord<'a> {
    fn new(one: &'a ExpectationChange) -> Self {
        let record = |(holds, actual): (bool, Option<f64>)| HoldsRecord { holds, actual };
        Self { text: &one.text, before: one.before.map(record), after: one.after.map(record) }
    }
}
