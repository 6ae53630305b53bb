//! The JSON of `graph`.

use super::document;
use super::results::{ObservationRecord, ReactionsRecord, observation};
use crate::analysis::{
    Answers, Influence, InfluenceGraph, SituationGraph, SituationNode, SituationTransition,
};
use crate::model::Model;
use crate::report::drawing::{factor_id, factor_kind, factor_label};
use crate::report::{Form, Report};
use petgraph::visit::EdgeRef;
use schemars::JsonSchema;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// The JSON of the reaction graph.
pub const REACTIONS: Form = Form::new::<ReactionsDocument<'static>>(
    "escalade-reactions/1",
    "graph --view reactions --format json",
);

/// The JSON of the reaction graph:
///
/// ```json
/// { "format": "escalade-reactions/1", "file": "a.esc", "title": "A", "reading": null,
///   "nodes": [], "edges": [], "observation": null }
/// ```
///
/// Nodes, edges and what was observed are as in the JSON of `run`.
#[must_use]
pub fn reactions(report: &Report<'_>, answers: &Answers) -> String {
    document(&ReactionsDocument {
        format: REACTIONS.format,
        file: report.file,
        title: &report.model.title,
        reading: report.reading(answers).map(|reading| reading.name.as_str()),
        graph: ReactionsRecord::new(report.model, &answers.reactions),
        observation: observation(report.model, answers.observation),
    })
}

/// The reaction graph of a scenario or of one of its readings.
#[derive(JsonSchema, Serialize)]
struct ReactionsDocument<'a> {
    /// The name and the version of this form.
    #[schemars(extend("const" = REACTIONS.format))]
    format: &'static str,
    /// The path of the scenario, as it was given.
    file: &'a str,
    /// The title of the scenario.
    title: &'a str,
    /// The name of the reading; `null` for the scenario as written.
    reading: Option<&'a str>,
    #[serde(flatten)]
    graph: ReactionsRecord<'a>,
    /// What was observed, all else is given that; `null` where nothing was.
    observation: Option<ObservationRecord<'a>>,
}

/// The JSON of the graph of situations.
pub const SITUATIONS: Form = Form::new::<SituationsDocument<'static>>(
    "escalade-situations/1",
    "graph --view situations --format json",
);

/// The JSON of the graph of situations:
///
/// ```json
/// { "format": "escalade-situations/1", "file": "a.esc", "title": "A",
///   "situations": [ { "values": { "front": "holding" }, "ending": null, "settled": false, "first_turn": 0 } ],
///   "transitions": [ { "from": 0, "to": 1, "probability": 0.5, "nodes": ["russia does warn"] } ] }
/// ```
///
/// `from` and `to` are places in `situations`, from 0; the first situation is the initial one.
#[must_use]
pub fn situations(file: &str, model: &Model, graph: &SituationGraph) -> String {
    document(&SituationsDocument {
        format: SITUATIONS.format,
        file,
        title: &model.title,
        situations: graph.situations.iter().map(|one| SituationRecord::new(model, one)).collect(),
        transitions: graph.transitions.iter().map(TransitionRecord::new).collect(),
    })
}

/// Every situation that can be reached, and what may follow it.
#[derive(JsonSchema, Serialize)]
struct SituationsDocument<'a> {
    /// The name and the version of this form.
    #[schemars(extend("const" = SITUATIONS.format))]
    format: &'static str,
    /// The path of the scenario, as it was given.
    file: &'a str,
    /// The title of the scenario.
    title: &'a str,
    /// The situations; the first one is the initial one.
    situations: Vec<SituationRecord<'a>>,
    /// What may follow what.
    transitions: Vec<TransitionRecord<'a>>,
}

/// A situation.
#[derive(JsonSchema, Serialize)]
struct SituationRecord<'a> {
    /// The value of each variable, by its name, both as written in conditions.
    #[schemars(with = "BTreeMap<String, String>")]
    #[serde(serialize_with = "as_map")]
    values: &'a [(String, String)],
    /// The name of the ending that holds here; `null` where none does.
    ending: Option<&'a str>,
    /// Whether nothing can ever happen again.
    settled: bool,
    /// The first turn in which it can be reached.
    first_turn: u32,
}

impl<'a> SituationRecord<'a> {
    fn new(model: &'a Model, situation: &'a SituationNode) -> Self {
        Self {
            values: &situation.values,
            ending: situation.ending.map(|id| model.outcomes[id.index()].name.as_str()),
            settled: situation.settled,
            first_turn: situation.first_turn,
        }
    }
}

fn as_map<S: Serializer>(values: &[(String, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(values.iter().map(|(name, value)| (name, value)))
}

/// That one situation may follow another.
#[derive(JsonSchema, Serialize)]
struct TransitionRecord<'a> {
    /// The place of the situation before in `situations`, from 0.
    from: u32,
    /// The place of the situation after.
    to: u32,
    /// The estimated probability of this step, given the situation before.
    #[schemars(range(min = 0, max = 1))]
    probability: f64,
    /// What happens, as ids of nodes of the reaction graph.
    nodes: &'a [String],
}

impl<'a> TransitionRecord<'a> {
    fn new(transition: &'a SituationTransition) -> Self {
        Self {
            from: transition.from,
            to: transition.to,
            probability: transition.probability,
            nodes: &transition.nodes,
        }
    }
}

/// The JSON of the influence graph.
pub const INFLUENCE: Form = Form::new::<InfluenceDocument<'static>>(
    "escalade-influence/1",
    "graph --view influence --format json",
);

/// The JSON of the influence graph:
///
/// ```json
/// { "format": "escalade-influence/1", "file": "a.esc", "title": "A",
///   "nodes": [ { "id": "moscow_warns", "kind": "rule", "label": "Moscow warns" } ],
///   "edges": [ { "from": "moscow_warns", "to": "russia does warn", "kind": "writes" } ] }
/// ```
///
/// Kinds of nodes: `inject`, `rule`, `decision`, `event`, `variable`, `level`, `outcome`; of edges:
/// `is read by`, `writes`.
#[must_use]
pub fn influence(file: &str, model: &Model, influences: &InfluenceGraph) -> String {
    let graph = &influences.graph;
    let nodes = graph.node_weights().map(|&factor| FactorRecord {
        id: factor_id(model, factor),
        kind: factor_kind(model, factor),
        label: factor_label(model, factor),
    });
    let edges = graph.edge_references().map(|edge| InfluenceRecord {
        from: factor_id(model, graph[edge.source()]),
        to: factor_id(model, graph[edge.target()]),
        kind: match edge.weight() {
            Influence::IsReadBy => "is read by",
            Influence::Writes => "writes",
        },
    });
    document(&InfluenceDocument {
        format: INFLUENCE.format,
        file,
        title: &model.title,
        nodes: nodes.collect(),
        edges: edges.collect(),
    })
}

/// What can influence what, by the text of a scenario alone.
#[derive(JsonSchema, Serialize)]
struct InfluenceDocument<'a> {
    /// The name and the version of this form.
    #[schemars(extend("const" = INFLUENCE.format))]
    format: &'static str,
    /// The path of the scenario, as it was given.
    file: &'a str,
    /// The title of the scenario.
    title: &'a str,
    /// What influences and is influenced.
    nodes: Vec<FactorRecord>,
    /// What reads and writes what.
    edges: Vec<InfluenceRecord>,
}

/// Something that influences or is influenced.
#[derive(JsonSchema, Serialize)]
struct FactorRecord {
    /// What tells it apart from the others.
    id: String,
    /// `inject`, `rule`, `decision`, `event`, `variable`, `level` or `outcome`.
    #[schemars(extend("enum" = ["inject", "rule", "decision", "event", "variable", "level", "outcome"]))]
    kind: &'static str,
    /// A title for people.
    label: String,
}

/// That one thing influences another.
#[derive(JsonSchema, Serialize)]
struct InfluenceRecord {
    /// The id of what influences.
    from: String,
    /// The id of what is influenced.
    to: String,
    /// `is read by` or `writes`.
    #[schemars(extend("enum" = ["is read by", "writes"]))]
    kind: &'static str,
}
