//! What the engine answers, held against what the naive evaluator finds.

#![allow(dead_code, reason = "each test binary uses its part")]

pub mod sandwich;

use crate::naive::{Bounds, NodeResult, Results};
use escalade::analysis::{Answers, Interval, NodeKind, VariableChange};
use escalade::model::{Domain, Model, VarId};
use std::collections::BTreeMap;

/// How far apart two numbers may be that are the same.
pub const TOLERANCE: f64 = 1e-9;

/// Every difference, in words; none where they agree.
pub fn differences(model: &Model, answers: &Answers, results: &Results) -> Vec<String> {
    let mut found = Differences { all: Vec::new() };
    found.outcomes(model, answers, results);
    found.ladder(answers, results);
    found.nodes(model, answers, results);
    found.edges(model, answers, results);
    found.expectations(model, answers, results);
    found.all
}

/// The id of a node, as reports name it.
pub fn id(model: &Model, node: &NodeKind) -> String {
    let actor = |id: escalade::model::ActorId| model.actors[id.index()].name.as_str();
    match node {
        NodeKind::Start => "start".to_owned(),
        NodeKind::Event(event) => {
            let action = &model.actions[event.action.index()].name;
            let target = event.target.map_or(String::new(), |it| format!(" against {}", actor(it)));
            format!("{} does {action}{target}", actor(event.actor))
        }
        NodeKind::Change(variable, change) => {
            let name = &model.variables[variable.index()].name;
            match change {
                VariableChange::Becomes(value) => {
                    format!("{name} becomes {}", value_name(model, *variable, *value))
                }
                VariableChange::Raised => format!("{name} raised"),
                VariableChange::Lowered => format!("{name} lowered"),
            }
        }
        NodeKind::Outcome(outcome) => format!("outcome {}", model.outcomes[outcome.index()].name),
    }
}

fn value_name(model: &Model, variable: VarId, value: i32) -> String {
    let at = |names: &[String]| names[usize::try_from(value).unwrap()].clone();
    match &model.variables[variable.index()].domain {
        Domain::State { values, .. } => at(values),
        Domain::Flag => if value == 1 { "yes" } else { "no" }.to_owned(),
        Domain::Meter { .. } => value.to_string(),
        Domain::Position(scale) => at(&model.scales[scale.index()].levels),
    }
}

struct Differences {
    all: Vec<String>,
}

impl Differences {
    fn outcomes(&mut self, model: &Model, answers: &Answers, results: &Results) {
        self.same("number of outcomes", &answers.outcomes.len(), &results.outcomes.len());
        for ((declared, engine), naive) in
            model.outcomes.iter().zip(&answers.outcomes).zip(&results.outcomes)
        {
            let name = &declared.name;
            self.number(&format!("{name}, estimate"), engine.estimate, naive.estimate);
            self.bounds(&format!("{name}, likelihoods"), engine.likelihoods, naive.likelihoods);
            self.bounds(&format!("{name}, decisions"), engine.decisions, naive.decisions);
            self.bounds(&format!("{name}, both"), engine.both, naive.both);
            self.optional(&format!("{name}, mean turn"), engine.mean_turn, naive.mean_turn);
            self.series(&format!("{name}, by turn"), &engine.by_turn, &naive.by_turn);
        }
    }

    fn ladder(&mut self, answers: &Answers, results: &Results) {
        self.same("number of rungs", &answers.ladder.len(), &results.rungs.len());
        for (rung, (engine, naive)) in answers.ladder.iter().zip(&results.rungs).enumerate() {
            self.number(&format!("rung {rung}, estimate"), engine.estimate, naive.estimate);
            self.bounds(&format!("rung {rung}, bounds"), engine.bounds, naive.bounds);
            self.series(&format!("rung {rung}, by turn"), &engine.by_turn, &naive.by_turn);
        }
    }

    fn nodes(&mut self, model: &Model, answers: &Answers, results: &Results) {
        let mut expected: BTreeMap<NodeKind, &NodeResult> =
            results.nodes.iter().map(|(k, v)| (*k, v)).collect();
        let mut order = Vec::new();
        for node in answers.reactions.graph.node_weights() {
            order.push((node.earliest_turn, node.id.clone()));
            let name = id(model, &node.kind);
            self.same("id of a node", &node.id, &name);
            let naive = match node.kind {
                NodeKind::Start => START,
                NodeKind::Outcome(it) if model.outcomes[it.index()].condition.is_none() => {
                    let outcome = &results.outcomes[it.index()];
                    self.number(
                        &format!("{name}, probability"),
                        node.probability,
                        outcome.estimate,
                    );
                    self.bounds(&format!("{name}, bounds"), node.bounds, outcome.both);
                    continue;
                }
                kind => match expected.remove(&kind) {
                    Some(naive) => *naive,
                    None => {
                        self.all.push(format!("{name}: a node that cannot happen"));
                        continue;
                    }
                },
            };
            self.number(&format!("{name}, probability"), node.probability, naive.probability);
            self.bounds(&format!("{name}, bounds"), node.bounds, naive.bounds);
            self.number(&format!("{name}, expected"), node.expected, naive.expected);
            self.same(&format!("{name}, earliest turn"), &node.earliest_turn, &naive.earliest_turn);
            self.optional(&format!("{name}, mean turn"), node.mean_turn, naive.mean_turn);
        }
        for missing in expected.keys() {
            self.all.push(format!("{}: the node is missing", id(model, missing)));
        }
        self.same("order of nodes", &order.is_sorted(), &true);
    }

    fn edges(&mut self, model: &Model, answers: &Answers, results: &Results) {
        let graph = &answers.reactions.graph;
        let mut expected = results.edges.clone();
        for index in graph.edge_indices() {
            let Some((from, to)) = graph.edge_endpoints(index) else { continue };
            let edge = &graph[index];
            let key = (graph[from].kind, graph[to].kind, edge.by.clone(), edge.alternative.clone());
            let name = format!(
                "edge {} -> {} by {:?} {:?}",
                graph[from].id, graph[to].id, edge.by, edge.alternative
            );
            match expected.remove(&key) {
                Some(naive) => self.number(&name, edge.expected, naive),
                None => self.all.push(format!("{name}: cannot be taken, or is there twice")),
            }
        }
        for ((from, to, by, alternative), times) in &expected {
            let (from, to) = (id(model, from), id(model, to));
            self.all.push(format!(
                "edge {from} -> {to} by {by:?} {alternative:?}: missing, expected {times}"
            ));
        }
    }

    fn expectations(&mut self, model: &Model, answers: &Answers, results: &Results) {
        self.same(
            "number of expectations",
            &answers.expectations.len(),
            &results.expectations.len(),
        );
        for ((declared, engine), (holds, actual)) in
            model.expectations.iter().zip(&answers.expectations).zip(&results.expectations)
        {
            self.same(&format!("expect {}", declared.text), &engine.holds, holds);
            self.optional(&format!("expect {}, actual", declared.text), engine.actual, *actual);
        }
    }

    fn same<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, engine: &T, naive: &T) {
        if engine != naive {
            self.all.push(format!("{what}: {engine:?}, but should be {naive:?}"));
        }
    }

    fn number(&mut self, what: &str, engine: f64, naive: f64) {
        if !close(engine, naive) {
            self.all.push(format!("{what}: {engine}, but should be {naive}"));
        }
    }

    fn optional(&mut self, what: &str, engine: Option<f64>, naive: Option<f64>) {
        match (engine, naive) {
            (Some(engine), Some(naive)) => self.number(what, engine, naive),
            _ => self.same(what, &engine, &naive),
        }
    }

    fn bounds(&mut self, what: &str, engine: Option<Interval>, naive: Bounds) {
        match engine {
            Some(Interval { low, high }) => {
                self.number(&format!("{what}, low"), low, naive.0);
                self.number(&format!("{what}, high"), high, naive.1);
            }
            None => self.all.push(format!("{what}: none, but should be {naive:?}")),
        }
    }

    fn series(&mut self, what: &str, engine: &[f64], naive: &[f64]) {
        // The engine's ends where nothing changes any more.
        let last = engine.last().copied();
        let engine = engine.iter().copied().chain(last.into_iter().cycle());
        let engine: Vec<f64> = engine.take(naive.len()).collect();
        let same = engine.len() == naive.len()
            && engine.iter().zip(naive).all(|(engine, naive)| close(*engine, *naive));
        if !same {
            self.all.push(format!("{what}: {engine:?}, but should be {naive:?}"));
        }
    }
}

const START: NodeResult = NodeResult {
    probability: 1.0,
    bounds: (1.0, 1.0),
    expected: 1.0,
    earliest_turn: 0,
    mean_turn: Some(0.0),
};

fn close(engine: f64, naive: f64) -> bool {
    engine == naive || (engine - naive).abs() <= TOLERANCE
}
