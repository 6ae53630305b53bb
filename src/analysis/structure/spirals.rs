//! Spirals: the strongly connected parts of the reaction graph.

use super::answer::{Reaction, RoundStep, Spiral};
use crate::analysis::answer::{NodeKind, ReactionGraph};
use petgraph::algo::tarjan_scc;
use petgraph::graph::NodeIndex;
use petgraph::visit::EdgeRef;
use std::collections::{BTreeMap, VecDeque};

/// The spirals of a reaction graph, those with the most rounds first.
#[must_use]
pub fn spirals(reactions: &ReactionGraph) -> Vec<Spiral> {
    let mut found: Vec<(NodeIndex, Spiral)> = tarjan_scc(&reactions.graph)
        .into_iter()
        .filter_map(|mut members| {
            members.sort_unstable();
            Some((*members.first()?, spiral(reactions, &members)?))
        })
        .collect();
    found.sort_by(|(one_at, one), (other_at, other)| {
        other.rounds.total_cmp(&one.rounds).then(one_at.cmp(other_at))
    });
    found.into_iter().map(|(_, spiral)| spiral).collect()
}

/// A node of a reaction graph, as it is told.
#[must_use]
pub fn reaction(reactions: &ReactionGraph, node: NodeIndex) -> Reaction {
    let node = &reactions.graph[node];
    Reaction {
        kind: node.kind,
        id: node.id.clone(),
        probability: node.probability,
        mean_turn: node.mean_turn,
    }
}

/// `None` where nothing in the part leads back.
fn spiral(reactions: &ReactionGraph, members: &[NodeIndex]) -> Option<Spiral> {
    let graph = &reactions.graph;
    let head = *members.first()?;
    if graph[head].kind == NodeKind::Start {
        return None;
    }
    let round = round(reactions, members, head)?;
    let into = graph.edges_directed(head, petgraph::Direction::Incoming);
    let inside = into.filter(|edge| members.binary_search(&edge.source()).is_ok());
    let rounds = inside.fold(0.0, |sum, edge| sum + edge.weight().expected);
    let begun = graph[head].probability;
    Some(Spiral {
        members: members.iter().map(|&node| reaction(reactions, node)).collect(),
        round,
        rounds,
        rounds_once_begun: if begun > 0.0 { rounds / begun } else { 0.0 },
    })
}

/// A shortest way from `head` back to it inside the part; of edges to the same place the one that is
/// taken most often.
fn round(
    reactions: &ReactionGraph,
    members: &[NodeIndex],
    head: NodeIndex,
) -> Option<Vec<RoundStep>> {
    let graph = &reactions.graph;
    let mut queue = VecDeque::from([head]);
    let mut reached_by = BTreeMap::new();
    while let Some(node) = queue.pop_front() {
        let mut edges: Vec<_> = graph
            .edges(node)
            .filter(|edge| members.binary_search(&edge.target()).is_ok())
            .collect();
        edges.sort_by(|one, other| {
            let by_expected = other.weight().expected.total_cmp(&one.weight().expected);
            by_expected.then(one.id().cmp(&other.id()))
        });
        for edge in edges {
            if reached_by.contains_key(&edge.target()) {
                continue;
            }
            reached_by.insert(edge.target(), edge.id());
            if edge.target() == head {
                let mut steps = Vec::new();
                let mut at = head;
                loop {
                    let id = *reached_by.get(&at)?;
                    let (from, _) = graph.edge_endpoints(id)?;
                    let edge = &graph[id];
                    steps.push(RoundStep {
                        reaction: reaction(reactions, from),
                        by: edge.by.clone(),
                        alternative: edge.alternative.clone(),
                    });
                    at = from;
                    if at == head {
                        break;
                    }
                }
                steps.reverse();
                return Some(steps);
            }
            queue.push_back(edge.target());
        }
    }
    None
}
