//! The answers of one reading as records.

use super::pair;
use crate::analysis::{
    Answers, Edge, ExpectationAnswer, Method, Node, NodeKind, ObservationAnswer, OutcomeAnswer,
    ReactionGraph, Storyline, by_name,
};
use crate::model::{Expectation, Model, Outcome};
use crate::report::Report;
use crate::report::content::labels;
use crate::report::remark::remark;
use crate::source::Sources;
use petgraph::visit::EdgeRef;
use schemars::JsonSchema;
use serde::Serialize;

/// What was found for the scenario as written, or for one of its readings.
#[derive(Debug, JsonSchema, Serialize)]
pub struct ResultRecord<'a> {
    /// The name of the reading; `null` for the scenario as written.
    reading: Option<&'a str>,
    /// How it was evaluated: `exact`, or `simulate` for drawn at random.
    #[schemars(extend("enum" = ["exact", "simulate"]))]
    method: &'static str,
    /// How many situations were explored; `null` where none were.
    situations: Option<usize>,
    /// How many transitions there are between them; `null` where none were explored.
    transitions: Option<usize>,
    /// Whether bounds may be wider than ranges and decisions allow, as not all that may be chosen together
    /// could be looked at; left out where not.
    #[serde(rename = "bounds_wider", skip_serializing_if = "std::ops::Not::not")]
    wider: bool,
    /// The outcomes, as declared.
    outcomes: Vec<OutcomeRecord<'a>>,
    /// The rungs of the ladder, from the lowest; empty without one.
    ladder: Vec<RungRecord<'a>>,
    /// What can happen, and what it follows from.
    reactions: ReactionsRecord<'a>,
    /// The most probable storylines of each outcome.
    storylines: Vec<StorylineRecord<'a>>,
    /// What the scenario expects, as declared.
    expectations: Vec<ExpectationRecord<'a>>,
    /// What was observed, all else is given that; `null` where nothing was.
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
            wider: answers.wider,
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
#[derive(Debug, JsonSchema, Serialize)]
pub struct ObservationRecord<'a> {
    /// The observations.
    text: Vec<&'a str>,
    /// The turn of each.
    turns: Vec<u32>,
    /// The estimated probability of all of them together.
    #[schemars(range(min = 0, max = 1))]
    probability: f64,
    /// The lowest and the highest probability over likelihoods and decisions; `null` when
    /// simulated.
    #[schemars(inner(range(min = 0, max = 1)))]
    bounds: Option<[f64; 2]>,
    /// How many of the storylines that were drawn fit; `null` where none were drawn.
    fitting: Option<u64>,
    /// The natural logarithm of the probability, which keeps its digits however small that is.
    #[schemars(range(max = 0))]
    log_probability: f64,
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
        log_probability: answer.log_probability,
    })
}

/// An outcome and how likely it is.
#[derive(Debug, JsonSchema, Serialize)]
struct OutcomeRecord<'a> {
    /// The name in the scenario.
    name: &'a str,
    /// The title.
    title: &'a str,
    /// Whether the scenario ends where it is reached.
    ending: bool,
    /// The probability that it is reached: ranges at their estimates, decisions by the baseline
    /// policy.
    #[schemars(range(min = 0, max = 1))]
    estimate: f64,
    /// How far the probability can go; `null` when simulated.
    bounds: Option<OutcomeBounds>,
    /// The mean turn in which it is first reached, given that it is; `null` where it never is, and
    /// for `otherwise`.
    #[schemars(range(min = 0))]
    mean_turn: Option<f64>,
    /// The 95% interval of a simulated estimate; `null` when exact.
    #[schemars(inner(range(min = 0, max = 1)))]
    confidence: Option<[f64; 2]>,
}

/// The lowest and the highest probability of an outcome.
#[derive(Debug, JsonSchema, Serialize)]
struct OutcomeBounds {
    /// Over all values of the likelihoods in their ranges.
    #[schemars(inner(range(min = 0, max = 1)))]
    likelihoods: Option<[f64; 2]>,
    /// Over all policies of the decisions.
    #[schemars(inner(range(min = 0, max = 1)))]
    decisions: Option<[f64; 2]>,
    /// Over both together.
    #[schemars(inner(range(min = 0, max = 1)))]
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

/// A rung of the ladder and how likely it is to be reached.
#[derive(Debug, JsonSchema, Serialize)]
struct RungRecord<'a> {
    /// The name in the scenario.
    rung: &'a str,
    /// The title.
    title: &'a str,
    /// The probability that the level ever reaches it.
    #[schemars(range(min = 0, max = 1))]
    estimate: f64,
    /// The lowest and the highest probability over likelihoods and decisions; `null` when
    /// simulated.
    #[schemars(inner(range(min = 0, max = 1)))]
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

/// The reaction graph: what can happen, and what it follows from.
#[derive(Debug, JsonSchema, Serialize)]
pub struct ReactionsRecord<'a> {
    /// What can happen, by earliest turn, then id.
    nodes: Vec<NodeRecord<'a>>,
    /// What follows from what, by `from`, `to`, `by`, `alternative`.
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

/// Something that can happen.
#[derive(Debug, JsonSchema, Serialize)]
struct NodeRecord<'a> {
    /// `start`, `ACTOR does ACTION`, `ACTOR does ACTION against TARGET`, `VARIABLE becomes VALUE`,
    /// `VARIABLE raised`, `VARIABLE lowered` or `outcome NAME`.
    id: &'a str,
    /// `start`, `event`, `change` or `outcome`.
    #[schemars(extend("enum" = ["start", "event", "change", "outcome"]))]
    kind: &'static str,
    /// A title for people.
    label: String,
    /// Who does it; `null` for what is no event, as are `action` and `target`.
    actor: Option<&'a str>,
    /// What is done.
    action: Option<&'a str>,
    /// Against whom; `null` where against nobody in particular.
    target: Option<&'a str>,
    /// The rung of the action, or of what is reached; `null` where it has none.
    rung: Option<&'a str>,
    /// The estimated probability that it ever happens.
    #[schemars(range(min = 0, max = 1))]
    probability: f64,
    /// The lowest and the highest probability over likelihoods and decisions; `null` when
    /// simulated.
    #[schemars(inner(range(min = 0, max = 1)))]
    bounds: Option<[f64; 2]>,
    /// The expected number of times that it happens; `null` where it happens for ever.
    #[schemars(with = "Option<f64>", range(min = 0))]
    expected: f64,
    /// The first turn in which it can happen.
    earliest_turn: u32,
    /// The mean turn of its first time, given that it happens; `null` where its estimate is 0.
    #[schemars(range(min = 0))]
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

/// That one thing follows from another.
#[derive(Debug, JsonSchema, Serialize)]
struct EdgeRecord<'a> {
    /// The id of what comes before.
    from: &'a str,
    /// The id of what follows.
    to: &'a str,
    /// The name of what connects them: a rule, decision, inject, action or outcome.
    by: String,
    /// Which alternative of it; `null` where there is only one.
    alternative: Option<Alternative<'a>>,
    /// The expected number of times that it is taken; `null` where for ever.
    #[schemars(with = "Option<f64>", range(min = 0))]
    expected: f64,
}

/// A rule's alternative is a number, `else` and a decision's option are texts.
#[derive(Debug, JsonSchema, Serialize)]
#[serde(untagged)]
enum Alternative<'a> {
    /// The number of a rule's alternative, from 1.
    Number(#[schemars(range(min = 1))] u32),
    /// `else`, or the name of a decision's option.
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
#[derive(Debug, JsonSchema, Serialize)]
struct StorylineRecord<'a> {
    /// The name of the outcome that it leads to; `null` where it breaks an expectation.
    outcome: Option<&'a str>,
    /// Its probability, by the estimates.
    #[schemars(range(min = 0, max = 1))]
    probability: f64,
    /// What happens in it; turns in which nothing happens are left out.
    steps: Vec<StepRecord<'a>>,
}

/// What happens in one turn of a storyline.
#[derive(Debug, JsonSchema, Serialize)]
struct StepRecord<'a> {
    /// The turn, from 0.
    turn: u32,
    /// The date of the turn; `null` without a calendar.
    #[schemars(extend("format" = "date"))]
    date: Option<String>,
    /// What happens, as ids of nodes of the reaction graph.
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
#[derive(Debug, JsonSchema, Serialize)]
pub struct ExpectationRecord<'a> {
    /// The expectation as written.
    text: &'a str,
    /// The line that it stands on.
    #[schemars(range(min = 1))]
    line: u32,
    /// Whether it holds.
    holds: bool,
    /// The value that was compared; `null` where the expectation compares none.
    actual: Option<f64>,
    /// A storyline that breaks it; `null` where it holds or there is none to tell.
    storyline: Option<StorylineRecord<'a>>,
    /// What the result rests on, where that is less than it seems: that what the expectation speaks of never
    /// happens, or that the run ends before its limit; `null` otherwise.
    remark: Option<String>,
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
            remark: remark(model, expectation, answer),
        }
    };
    model.expectations.iter().zip(answers).map(record).collect()
}
