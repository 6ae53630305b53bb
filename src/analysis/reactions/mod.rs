//! The reaction graph, put together.

pub mod aftermath;
mod delays;
pub mod firing;
pub mod last_writers;
pub mod ledger;
mod orbit_means;
mod writer_links;

use super::answer::{By, Edge, Interval, Node, NodeKind, OutcomeAnswer, ReactionGraph};
use super::names;
use crate::engine::Freedom;
use crate::engine::program::Origin;
use crate::model::{Model, OutcomeId};
use crate::solve::goals::Goal;
use crate::solve::solver::Solver;
use crate::solve::visits::incoming::Back;
use ledger::{Ledger, Link, LinkBy, START, ledger};
use petgraph::graph::DiGraph;
use rustc_hash::FxHashMap;

/// Builds the reaction graph. The answers for outcomes are taken as found.
#[must_use]
pub fn reactions(
    model: &Model,
    solver: Solver<'_>,
    back: &Back,
    outcomes: &[OutcomeAnswer],
) -> ReactionGraph {
    let ledger = ledger(model, solver, back);
    let mut nodes = happenings(model, solver, &ledger);
    nodes.extend(reached(model, solver, &ledger, outcomes));
    assemble(model, nodes, &ledger)
}

/// Puts nodes (with their numbers in the ledger) and links in their order.
#[must_use]
pub fn assemble(model: &Model, mut nodes: Vec<(u32, Node)>, ledger: &Ledger) -> ReactionGraph {
    nodes.push((START, start()));
    nodes.sort_by(|(_, one), (_, other)| {
        (one.earliest_turn, &one.id).cmp(&(other.earliest_turn, &other.id))
    });
    let mut graph = DiGraph::new();
    let mut index = FxHashMap::default();
    for (number, node) in nodes {
        index.insert(number, graph.add_node(node));
    }
    let mut edges: Vec<_> = edges(model, ledger).into_iter().collect();
    edges.sort_by_cached_key(|((from, to, by, alternative), _)| {
        let id = |number| graph[index[number]].id.clone();
        (id(from), id(to), by_name(model, by), alternative.clone())
    });
    for ((from, to, by, alternative), expected) in edges {
        graph.add_edge(index[&from], index[&to], Edge { by, alternative, expected });
    }
    ReactionGraph { graph }
}

/// What connects a cause and its effect, as reports name it.
#[must_use]
pub fn by_name(model: &Model, by: &By) -> String {
    match by {
        By::Declaration(id) => model.declarations[id.index()].name.clone(),
        By::Inject(at) => model.injects[*at].name.clone(),
        By::Action(id) => model.actions[id.index()].name.clone(),
        By::Outcome(id) => model.outcomes[id.index()].name.clone(),
    }
}

fn start() -> Node {
    Node {
        id: "start".to_owned(),
        kind: NodeKind::Start,
        probability: 1.0,
        bounds: Some(Interval { low: 1.0, high: 1.0 }),
        expected: 1.0,
        earliest_turn: 0,
        mean_turn: Some(0.0),
        confidence: None,
    }
}

/// Events and changes that are possible.
fn happenings(model: &Model, solver: Solver<'_>, ledger: &Ledger) -> Vec<(u32, Node)> {
    let earliest = earliest_turns(solver);
    let possible: Vec<u32> =
        (0..solver.program.nodes).filter(|&node| earliest[node as usize] != u32::MAX).collect();
    let goals: Vec<Goal> = possible.iter().map(|&node| Goal::Happen(node)).collect();
    let estimates = solver.estimates(&goals);
    let bounds = solver.bounds(&goals, &estimates, Freedom::Both);
    let mut nodes = Vec::new();
    for (at, &number) in possible.iter().enumerate() {
        let kind = names::kind(model, solver.program, number);
        let (low, high) = bounds[at];
        let node = Node {
            id: names::id(model, kind),
            kind,
            probability: estimates[at].value,
            bounds: Some(Interval { low, high }),
            expected: ledger.nodes[number as usize],
            earliest_turn: earliest[number as usize],
            mean_turn: estimates[at].mean_turn,
            confidence: None,
        };
        nodes.push((number, node));
    }
    nodes
}

/// For each node of the engine: the first turn in which it can happen.
fn earliest_turns(solver: Solver<'_>) -> Vec<u32> {
    let graph = solver.graph;
    let mut earliest = vec![u32::MAX; solver.program.nodes as usize];
    let mut labels = vec![u32::MAX; graph.label_count()];
    labels[graph.initial_label as usize] = 0;
    for (depth, range) in graph.depths.windows(2).enumerate() {
        for s in range[0] as usize..range[1] as usize {
            for leaf in graph.leaves(s) {
                let turn = &mut labels[graph.label(leaf) as usize];
                *turn = (*turn).min(depth as u32 + 1);
            }
        }
    }
    for (label, turn) in labels.into_iter().enumerate() {
        for &node in graph.happened(label as u32) {
            let earliest = &mut earliest[node as usize];
            *earliest = turn.min(*earliest);
        }
    }
    // What can happen to one can happen as early to all whose place it can take.
    let mut settled = solver.frames.generators.is_empty();
    while !settled {
        settled = true;
        for generator in &solver.frames.generators {
            for (node, &image) in generator.nodes.iter().enumerate() {
                if earliest[node] < earliest[image as usize] {
                    earliest[image as usize] = earliest[node];
                    settled = false;
                }
            }
        }
    }
    earliest
}

/// Outcomes that are possible.
fn reached(
    model: &Model,
    solver: Solver<'_>,
    ledger: &Ledger,
    outcomes: &[OutcomeAnswer],
) -> Vec<(u32, Node)> {
    let mut nodes = Vec::new();
    for (at, answer) in outcomes.iter().enumerate() {
        let kind = NodeKind::Outcome(OutcomeId::new(at));
        let earliest = match &solver.program.outcomes[at] {
            Some(test) => first_turn(solver, test),
            None => Some(solver.horizon.unwrap_or_default()),
        };
        let possible = answer.both.is_none_or(|both| both.high > 0.0);
        if let (Some(earliest_turn), true) = (earliest, possible) {
            let otherwise = solver.program.outcomes[at].is_none();
            let node = Node {
                id: names::id(model, kind),
                kind,
                probability: answer.estimate,
                bounds: answer.both,
                expected: if otherwise { answer.estimate } else { ledger.outcomes[at] },
                earliest_turn,
                mean_turn: answer.mean_turn,
                confidence: None,
            };
            nodes.push((solver.program.nodes + at as u32, node));
        }
    }
    nodes
}

fn first_turn(solver: Solver<'_>, test: &crate::engine::test::Test) -> Option<u32> {
    let holds = solver.holding(test);
    let first = holds.iter().position(|holds| *holds)? as u32;
    let depth = solver.graph.depths.partition_point(|&begin| begin <= first);
    Some(depth as u32 - 1)
}

type Key = (u32, u32, By, Option<String>);

/// Links of rules written out for several members are one edge.
fn edges(model: &Model, ledger: &Ledger) -> FxHashMap<Key, f64> {
    let mut edges = FxHashMap::default();
    for (&Link { from, to, by }, &expected) in &ledger.links {
        let (by, alternative) = match by {
            LinkBy::Origin(Origin::Inject(at)) => (By::Inject(at as usize), None),
            LinkBy::Origin(Origin::Rule(rule, alternative)) => {
                let rule = &model.rules[rule as usize];
                let declaration = &model.declarations[rule.declaration.index()];
                let name = match declaration.alternatives.get(alternative as usize) {
                    Some(name) => name.clone(),
                    None => Some("else".to_owned()),
                };
                (By::Declaration(rule.declaration), name)
            }
            LinkBy::Body(event) => (By::Action(model.events[event as usize].event.action), None),
            LinkBy::Outcome(at) => (By::Outcome(OutcomeId(at)), None),
        };
        *edges.entry((from, to, by, alternative)).or_insert(0.0) += expected;
    }
    edges
}
