//! The JSON of `graph`.

use super::document;
use super::results::{ObservationRecord, ReactionsRecord, observation};
use crate::analysis::{
    Answers, Influence, InfluenceGraph, SituationGraph, SituationNode, SituationTransition,
};
use crate::model::Model;
use crate::report::Report;
use crate::report::drawing::{factor_id, factor_kind, factor_label};
use petgraph::visit::EdgeRef;
use serde::{Serialize, Serializer};

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
        format: "escalade-reactions/1",
        file: report.file,
        title: &report.model.title,
        reading: report.reading(answers).map(|reading| reading.name.as_str()),
        graph: ReactionsRecord::new(report.model, &answers.reactions),
        observation: observation(report.model, answers.observation),
    })
}

#[derive(Serialize)]
struct ReactionsDocument<'a> {
    format: &'static str,
    file: &'a str,
    title: &'a str,
    reading: Option<&'a str>,
    #[serde(flatten)]
    graph: ReactionsRecord<'a>,
    observation: Option<ObservationRecord<'a>>,
}

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
        format: "escalade-situations/1",
        file,
        title: &model.title,
        situations: graph.situations.iter().map(|one| SituationRecord::new(model, one)).collect(),
        transitions: graph.transitions.iter().map(TransitionRecord::new).collect(),
    })
}

#[derive(Serialize)]
struct SituationsDocument<'a> {
    format: &'static str,
    file: &'a str,
    title: &'a str,
    situations: Vec<SituationRecord<'a>>,
    transitions: Vec<TransitionRecord<'a>>,
}

#[derive(Serialize)]
struct SituationRecord<'a> {
    #[serde(serialize_with = "as_map")]
    values: &'a [(String, String)],
    ending: Option<&'a str>,
    settled: bool,
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

#[derive(Serialize)]
struct TransitionRecord<'a> {
    from: u32,
    to: u32,
    probability: f64,
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
        format: "escalade-influence/1",
        file,
        title: &model.title,
        nodes: nodes.collect(),
        edges: edges.collect(),
    })
}

#[derive(Serialize)]
struct InfluenceDocument<'a> {
    format: &'static str,
    file: &'a str,
    title: &'a str,
    nodes: Vec<FactorRecord>,
    edges: Vec<InfluenceRecord>,
}

#[derive(Serialize)]
struct FactorRecord {
    id: String,
    kind: &'static str,
    label: String,
}

#[derive(Serialize)]
struct InfluenceRecord {
    from: String,
    to: String,
    kind: &'static str,
}
