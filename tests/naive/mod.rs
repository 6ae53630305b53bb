//! A naive evaluator of scenarios, written from the reference of the language alone: as plain as
//! possible, and sharing nothing with the engine but the model and the names of nodes.
//!
//! Where the reference is silent:
//! - A change happens when a variable really changes. Let `before` be its value before the turn,
//!   `mid` the winning assignment's value, or else `before`, and `after` the value once raises and
//!   lowers have applied: it `becomes mid` where that is assigned and differs from `before`, is
//!   raised where `after > mid`, lowered where `after < mid`. Initial values are no changes;
//!   what injects of turn 0 change is.
//! - An outcome happens each time its condition begins to hold. `otherwise` has no edges.
//! - What holds raises or lowers and is under way twice for one moment arrives twice: they add up,
//!   and the edges of both are taken. What holds only events and assignments is under way once,
//!   from the earlier draw. What is drawn at the last moment, without ever being under way, counts
//!   beside it.
//! - An edge is taken where the rule has drawn the alternative and the effect really happens on
//!   arrival. Several causes: one edge from each. An edge that the estimates never take is left out.
//! - A rule's guard, checked at the moment of the trigger, belongs to its having a chance: `once` is
//!   used up by a draw, not by a trigger whose guard does not hold.
//! - The rung where the ladder begins counts as reached, for the peak and for the table of rungs,
//!   also where an inject of turn 0 leaves it.

#![allow(dead_code, reason = "each test binary uses its part")]

pub mod chance;
pub mod expectations;
pub mod fraction;
pub mod given;
pub mod graph;
pub mod history;
pub mod reading;
pub mod situation;
pub mod turn;
pub mod values;

use chance::Freedom;
use escalade::analysis::NodeKind;
use escalade::model::{Model, OutcomeId};
use fraction::{Fraction, double, whole};
use graph::{Graph, Trouble};
use history::{EdgeKey, tell};
use situation::Situation;
use std::collections::BTreeMap;
use values::{Question, bounds, estimated};

/// The lowest and the highest value.
pub type Bounds = (f64, f64);

/// Everything that is asked of a scenario with a horizon.
#[derive(Debug)]
pub struct Results {
    /// One for each outcome.
    pub outcomes: Vec<OutcomeResult>,
    /// One for each rung.
    pub rungs: Vec<RungResult>,
    /// Every node that can happen, but for `start` and outcomes that are `otherwise`.
    pub nodes: BTreeMap<NodeKind, NodeResult>,
    /// Every edge that the estimates take, with the expected number of times.
    pub edges: BTreeMap<EdgeKey, f64>,
    /// One for each expectation: whether it holds, and the value that was compared.
    pub expectations: Vec<(bool, Option<f64>)>,
}

/// What is asked of an outcome.
#[derive(Debug)]
pub struct OutcomeResult {
    /// The estimate.
    pub estimate: f64,
    /// The bounds over likelihoods.
    pub likelihoods: Bounds,
    /// The bounds over decisions.
    pub decisions: Bounds,
    /// The bounds over both.
    pub both: Bounds,
    /// The mean turn of its first time; `None` where its estimate is 0, and for `otherwise`.
    pub mean_turn: Option<f64>,
    /// The probability that it has been reached, by turn; empty for `otherwise`.
    pub by_turn: Vec<f64>,
}

/// What is asked of a rung.
#[derive(Debug)]
pub struct RungResult {
    /// The estimated probability that the level reaches it.
    pub estimate: f64,
    /// The bounds over likelihoods and decisions.
    pub bounds: Bounds,
    /// The probability that it has been reached, by turn.
    pub by_turn: Vec<f64>,
}

/// What is asked of a node.
#[derive(Clone, Copy, Debug)]
pub struct NodeResult {
    /// The estimated probability that it ever happens.
    pub probability: f64,
    /// The bounds over likelihoods and decisions.
    pub bounds: Bounds,
    /// The expected number of times.
    pub expected: f64,
    /// The first turn in which it can happen.
    pub earliest_turn: u32,
    /// The mean turn of its first time; `None` where its probability is 0.
    pub mean_turn: Option<f64>,
}

/// Evaluates a scenario with a horizon, if it takes at most `limit` combinations of draws.
pub fn evaluate(model: &Model, horizon: u32, limit: usize) -> Result<Results, Trouble> {
    let graph = Graph::explore(model, horizon, limit)?;
    let told = tell(&graph, limit)?;
    let nodes = told.first.iter().map(|(node, first)| {
        let probability = first.values().fold(whole(0), |sum, each| sum + each);
        assert_eq!(
            probability,
            estimated(&graph, &Question::happens(*node)),
            "two ways of finding one probability"
        );
        let result = NodeResult {
            mean_turn: mean_turn(first),
            earliest_turn: *first.keys().next().unwrap(),
            probability: double(&probability),
            bounds: bounds(&graph, &Question::happens(*node), Freedom::Both),
            expected: double(&told.expected[node]),
        };
        (*node, result)
    });
    Ok(Results {
        nodes: nodes.collect(),
        outcomes: outcomes(&graph, &told.first),
        rungs: rungs(&graph),
        edges: (told.edges.iter().filter(|(_, times)| **times > whole(0)))
            .map(|(key, times)| (key.clone(), double(times)))
            .collect(),
        expectations: (model.expectations.iter())
            .map(|expectation| expectations::check(&graph, &expectation.kind))
            .collect(),
    })
}

/// What is known about each outcome; `first` has the turns of their first times.
pub fn outcomes(
    graph: &Graph<'_>,
    first: &BTreeMap<NodeKind, BTreeMap<u32, Fraction>>,
) -> Vec<OutcomeResult> {
    let never = BTreeMap::new();
    let ids = (0..graph.model.outcomes.len()).map(OutcomeId::new);
    ids.map(|id| {
        let question = expectations::outcome_question(graph.model, id);
        let first = first.get(&NodeKind::Outcome(id)).unwrap_or(&never);
        let otherwise = graph.model.outcomes[id.index()].condition.is_none();
        OutcomeResult {
            estimate: double(&estimated(graph, &question)),
            likelihoods: bounds(graph, &question, Freedom::Likelihoods),
            decisions: bounds(graph, &question, Freedom::Decisions),
            both: bounds(graph, &question, Freedom::Both),
            mean_turn: mean_turn(first),
            by_turn: if otherwise { Vec::new() } else { by_turn(graph, first) },
        }
    })
    .collect()
}

/// Whether a situation has come to a rung, or begins on it.
pub fn has_reached(model: &Model, situation: &Situation, rung: i32) -> bool {
    let start = model.ladder.as_ref().map_or(0, |ladder| ladder.start);
    situation.level.max(start) >= rung
}

/// What is known about each rung.
pub fn rungs(graph: &Graph<'_>) -> Vec<RungResult> {
    let rungs = 0..graph.model.ladder.as_ref().map_or(0, |ladder| ladder.rungs.len());
    rungs
        .map(|rung| {
            let rung = i32::try_from(rung).unwrap();
            let reached = move |situation: &Situation| has_reached(graph.model, situation, rung);
            let question = Question::reach(reached);
            let by = |turn: u32| {
                Question::reach(move |situation| situation.turn <= turn && reached(situation))
            };
            let turns = 0..u32::try_from(graph.turns.len()).unwrap();
            RungResult {
                estimate: double(&estimated(graph, &question)),
                bounds: bounds(graph, &question, Freedom::Both),
                by_turn: turns.map(|turn| double(&estimated(graph, &by(turn)))).collect(),
            }
        })
        .collect()
}

fn mean_turn(first: &BTreeMap<u32, Fraction>) -> Option<f64> {
    let probability = first.values().fold(whole(0), |sum, each| sum + each);
    let turns = first.iter().map(|(turn, each)| each * whole(i64::from(*turn)));
    let weighted = turns.fold(whole(0), |sum, each| sum + each);
    (probability > whole(0)).then(|| double(&(weighted / probability)))
}

fn by_turn(graph: &Graph<'_>, first: &BTreeMap<u32, Fraction>) -> Vec<f64> {
    let mut sum = whole(0);
    (0..graph.turns.len())
        .map(|turn| {
            sum += first.get(&u32::try_from(turn).unwrap()).cloned().unwrap_or_else(|| whole(0));
            double(&sum)
        })
        .collect()
}
