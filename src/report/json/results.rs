//! The answers of one reading as records.

use super::pair;
use crate::analysis::{
    Answers, Edge, ExpectationAnswer, Method, Node, NodeKind, ObservationAnswer, OutcomeAnswer,
    ReactionGraph, Storyline, by_name,
};
use crate::model::{Expectation, Model, Outcome};
use crate::report::{Report, labels};
use crate::source::Sources;
use petgraph::visit::EdgeRef;
use serde::Serialize;

/// Everything that is known about one reading.
#[derive(Debug, Serialize)]
pub struct ResultRecord<'a> {
    reading: Option<&'a str>,
    method: &'static str,
    /// `null` where none were explored.
    situations: Option<usize>,
    transitions: Option<usize>,
    outcomes: Vec<OutcomeRecord<'a>>,
    ladder: Vec<RungRecord<'a>>,
    reactions: ReactionsRecord<'a>,
    storylines: Vec<StorylineRecord<'a>>,
    expectations: Vec<ExpectationRecord<'a>>,
    /// `null` where nothing was observed.
    observation: Option<ObservationRecord<'a>>,
}

impl<'a> ResultRecord<'a> {
    /// The record of one of the report's results.
    pub fn new(report: &Report<'a>, answers: &'a Answers) -> Self {
        let model = report.model;
        let exact = answers.method == Method::Exact;
        Self {
            reading: report.reading(answers).map(|reading| reading.name.as_str()),
            method: method_word(answers.method),
            situations: exact.then_some(answers.situations),
            transitions: exact.then_some(answers.transitions),
            outcomes: (model.outcomes.iter().zip(&answers.outcomes))
                .map(|(outcome, answer)| OutcomeRecord::new(outcome, answer))
                .collect(),
            ladder: rungs(model, answers),
            reactions: ReactionsRecord::new(model, &answers.reactions),
            storylines: (answers.storylines.iter())
                .map(|storyline| StorylineRecord::new(model, storyline))
                .collect(),
            expectations: expectations(model, &answers.expectations, report.sources),
            observation: observation(model, answers.observation),
        }
    }
}

/// The word for a method in records.
pub(crate) fn method_word(method: Method) -> &'static str {
    match method {
        Method::Exact => "exact",
        Method::Simulated { .. } => "simulate",
    }
}

/// What was observed, as written, and how likely it was to come to that.
#[derive(Debug, Serialize)]
pub struct ObservationRecord<'a> {
    text: Vec<&'a str>,
    turns: Vec<u32>,
    probability: f64,
    bounds: Option<[f64; 2]>,
    /// How many of the storylines that were drawn fit; `null` where none were drawn.
    fitting: Option<u64>,
}

/// The record of what was observed.
pub fn observation(
    model: &Model,
    answer: Option<ObservationAnswer>,
) -> Option<ObservationRecord<'_>> {
    let answer = answer?;
    let seen = model.observations.iter();
    Some(ObservationRecord {
        text: seen.clone().map(|seen| seen.text.as_str()).collect(),
        turns: seen.map(|seen| seen.turn).collect(),
        probability: answer.probability,
        bounds: answer.bounds.map(pair),
        fitting: answer.fitting,
    })
}

#[derive(Debug, Serialize)]
struct OutcomeRecord<'a> {
    name: &'a str,
    title: &'a str,
    ending: bool,
    estimate: f64,
    bounds: Option<OutcomeBounds>,
    mean_turn: Option<f64>,
    confidence: Option<[f64; 2]>,
}

#[derive(Debug, Serialize)]
struct OutcomeBounds {
    likelihoods: Option<[f64; 2]>,
    decisions: Option<[f64; 2]>,
    both: Option<[f64; 2]>,
}

impl<'a> OutcomeRecord<'a> {
    fn new(outcome: &'a Outcome, answer: &OutcomeAnswer) -> Self {
        let bounds = OutcomeBounds {
            likelihoods: answer.likelihoods.map(pair),
            decisions: answer.decisions.map(pair),
            both: answer.both.map(pair),
        };
        let known = [bounds.likelihoods, bounds.decisions, bounds.both].iter().any(Option::is_some);
        Self {
            name: &outcome.name,
            title: &outcome.title,
            ending: outcome.ending,
            estimate: answer.estimate,
            bounds: known.then_some(bounds),
            mean_turn: answer.mean_turn,
            confidence: answer.confidence.map(pair),
        }
    }
}

#[derive(Debug, Serialize)]
struct RungRecord<'a> {
    rung: &'a str,
    title: &'a str,
    estimate: f64,
    bounds: Option<[f64; 2]>,
}

fn rungs<'a>(model: &'a Model, answers: &Answers) -> Vec<RungRecord<'a>> {
    let rungs = model.ladder.iter().flat_map(|ladder| &ladder.rungs);
    rungs
        .zip(&answers.ladder)
        .map(|(rung, answer)| RungRecord {
            rung: &rung.name,
            title: &rung.title,
            estimate: answer.estimate,
            bounds: answer.bounds.map(pair),
        })
        .collect()
}

/// The reaction graph.
#[derive(Debug, Serialize)]
pub struct ReactionsRecord<'a> {
    nodes: Vec<NodeRecord<'a>>,
    edges: Vec<EdgeRecord<'a>>,
}

impl<'a> ReactionsRecord<'a> {
    /// The record of a whole graph, in its order.
    pub fn new(model: &'a Model, reactions: &'a ReactionGraph) -> Self {
        let graph = &reactions.graph;
        Self {
            nodes: graph.node_weights().map(|node| NodeRecord::new(model, node)).collect(),
            edges: graph
                .edge_references()
                .map(|edge| {
                    let (from, to) = (&graph[edge.source()].id, &graph[edge.target()].id);
                    EdgeRecord::new(model, from, to, edge.weight())
                })
                .collect(),
        }
    }
}

/// A node of the reaction graph.
#[derive(Debug, Serialize)]
struct NodeRecord<'a> {
    id: &'a str,
    kind: &'static str,
    label: String,
    actor: Option<&'a str>,
    action: Option<&'a str>,
    target: Option<&'a str>,
    rung: Option<&'a str>,
    probability: f64,
    bounds: Option<[f64; 2]>,
    expected: f64,
    earliest_turn: u32,
    mean_turn: Option<f64>,
}

impl<'a> NodeRecord<'a> {
    fn new(model: &'a Model, node: &'a Node) -> Self {
        let event = match node.kind {
            NodeKind::Event(event) => Some(event),
            NodeKind::Start | NodeKind::Change(..) | NodeKind::Outcome(_) => None,
        };
        let actor_name = |id: crate::model::ActorId| model.actors[id.index()].name.as_str();
        Self {
            id: &node.id,
            kind: match node.kind {
                NodeKind::Start => "start",
                NodeKind::Event(_) => "event",
                NodeKind::Change(..) => "change",
                NodeKind::Outcome(_) => "outcome",
            },
            label: labels::node(model, &node.kind),
            actor: event.map(|event| actor_name(event.actor)),
            action: event.map(|event| model.actions[event.action.index()].name.as_str()),
            target: event.and_then(|event| event.target).map(actor_name),
            rung: labels::rung(model, &node.kind),
            probability: node.probability,
            bounds: node.bounds.map(pair),
            expected: node.expected,
            earliest_turn: node.earliest_turn,
            mean_turn: node.mean_turn,
        }
    }
}

/// An edge of the reaction graph.
#[derive(Debug, Serialize)]
struct EdgeRecord<'a> {
    from: &'a str,
    to: &'a str,
    by: String,
    alternative: Option<Alternative<'a>>,
    expected: f64,
}

/// A rule's alternative is a number, `else` and a decision's option are texts.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Alternative<'a> {
    Number(u32),
    Name(&'a str),
}

impl<'a> EdgeRecord<'a> {
    fn new(model: &Model, from: &'a str, to: &'a str, edge: &'a Edge) -> Self {
        Self {
            from,
            to,
            by: by_name(model, &edge.by),
            alternative: edge.alternative.as_deref().map(|text| match text.parse() {
                Ok(number) => Alternative::Number(number),
                Err(_) => Alternative::Name(text),
            }),
            expected: edge.expected,
        }
    }
}

/// A path through the situations.
#[derive(Debug, Serialize)]
struct StorylineRecord<'a> {
    outcome: Option<&'a str>,
    probability: f64,
    steps: Vec<StepRecord<'a>>,
}

#[derive(Debug, Serialize)]
struct StepRecord<'a> {
    turn: u32,
    date: Option<String>,
    nodes: &'a [String],
}

impl<'a> StorylineRecord<'a> {
    fn new(model: &'a Model, storyline: &'a Storyline) -> Self {
        Self {
            outcome: storyline.outcome.map(|id| model.outcomes[id.index()].name.as_str()),
            probability: storyline.probability,
            steps: (storyline.steps.iter())
                .map(|step| StepRecord {
                    turn: step.turn,
                    date: model.date(step.turn).map(|date| date.to_string()),
                    nodes: &step.nodes,
                })
                .collect(),
        }
    }
}

/// An expectation and whether it holds.
#[derive(Debug, Serialize)]
pub struct ExpectationRecord<'a> {
    text: &'a str,
    line: u32,
    holds: bool,
    actual: Option<f64>,
    storyline: Option<StorylineRecord<'a>>,
}

/// The records of all expectations.
pub fn expectations<'a>(
    model: &'a Model,
    answers: &'a [ExpectationAnswer],
    sources: &Sources,
) -> Vec<ExpectationRecord<'a>> {
    let record = |(expectation, answer): (&'a Expectation, &'a ExpectationAnswer)| {
        let span = expectation.span;
        ExpectationRecord {
            text: &expectation.text,
            line: sources.file(span.file).place(span.start).line,
            holds: answer.holds,
            actual: answer.actual,
            storyline: (answer.storyline.as_ref())
                .map(|storyline| StorylineRecord::new(model, storyline)),
        }
    };
    model.expectations.iter().zip(answers).map(record).collect()
}
