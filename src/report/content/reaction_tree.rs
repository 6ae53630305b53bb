//! The reaction graph told as a tree: each node once, under the cause that it follows most often.

use crate::analysis::{NodeKind, ReactionGraph};
use indexmap::IndexMap;
use petgraph::graph::{EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;
use rustc_hash::FxBuildHasher;

/// What is shown of a reaction graph.
#[derive(Clone, Copy, Debug)]
pub struct TreeLimits {
    /// Nodes whose estimate is lower are left out, and so are further causes that count for less.
    pub min_probability: f64,
    /// How many steps from `start` are shown.
    pub depth: usize,
}

/// The tree, in the order in which it is read.
#[derive(Debug, Default)]
pub struct ReactionTree {
    /// The rows; the first is `start`.
    pub rows: Vec<Row>,
    /// How many nodes were left out because they are improbable.
    pub improbable: usize,
    /// How many of those may be probable enough within their bounds.
    pub improbable_by_estimate_only: usize,
    /// How many nodes were left out because they are too deep.
    pub deep: usize,
}

/// A node of the tree.
#[derive(Debug)]
pub struct Row {
    /// The node.
    pub node: NodeIndex,
    /// What leads here from the row above it in the tree, the most frequent first; none for `start`.
    pub by: Vec<EdgeIndex>,
    /// For each level from the first: whether the branch of that level goes on below this row. The
    /// last one is this row's own.
    pub goes_on: Vec<bool>,
    /// Whether rows follow below this one in the tree.
    pub has_children: bool,
    /// What it also leads to, which has its own row elsewhere.
    pub mentions: Vec<Mention>,
}

/// A node that is shown elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The node.
    pub node: NodeIndex,
    /// Whether its row stands further up.
    pub above: bool,
}

type ByNode<T> = IndexMap<NodeIndex, T, FxBuildHasher>;

impl ReactionTree {
    /// The tree of a graph, within limits.
    #[must_use]
    pub fn new(reactions: &ReactionGraph, limits: TreeLimits) -> Self {
        let graph = &reactions.graph;
        let shown = |index: &NodeIndex| {
            let node = &graph[*index];
            node.kind == NodeKind::Start || node.probability >= limits.min_probability
        };
        let mut tree = Self::default();
        for index in graph.node_indices().filter(|index| !shown(index)) {
            tree.improbable += 1;
            let high = graph[index].bounds.map_or(0.0, |bounds| bounds.high);
            if high >= limits.min_probability {
                tree.improbable_by_estimate_only += 1;
            }
        }
        let Some(root) = graph.node_indices().find(|&index| graph[index].kind == NodeKind::Start)
        else {
            return tree;
        };
        let nodes: Vec<NodeIndex> = graph.node_indices().filter(shown).collect();
        let links = Links::new(reactions, &nodes);
        let parents = links.parents(reactions, root, &nodes);
        tree.write(reactions, &links, &parents, root, limits);
        tree
    }

    fn write(
        &mut self,
        reactions: &ReactionGraph,
        links: &Links,
        parents: &ByNode<NodeIndex>,
        root: NodeIndex,
        limits: TreeLimits,
    ) {
        let children = children(reactions, parents);
        let none = Vec::new();
        let mut waiting = vec![(root, Vec::new())];
        while let Some((node, goes_on)) = waiting.pop() {
            let below = children.get(&node).unwrap_or(&none);
            let too_deep = goes_on.len() >= limits.depth;
            if !too_deep {
                for (at, &child) in below.iter().enumerate().rev() {
                    let mut goes_on = goes_on.clone();
                    goes_on.push(at + 1 < below.len());
                    waiting.push((child, goes_on));
                }
            }
            let by = match parents.get(&node) {
                Some(&parent) => links.between(parent, node),
                None => Vec::new(),
            };
            let has_children = !too_deep && !below.is_empty();
            self.rows.push(Row { node, by, goes_on, has_children, mentions: Vec::new() });
        }
        self.deep = parents.len() + 1 - self.rows.len();
        self.mention(links, parents, limits);
    }

    /// Adds to each row what it leads to that has its row elsewhere.
    fn mention(&mut self, links: &Links, parents: &ByNode<NodeIndex>, limits: TreeLimits) {
        let places: ByNode<usize> =
            self.rows.iter().enumerate().map(|(at, row)| (row.node, at)).collect();
        for (at, row) in self.rows.iter_mut().enumerate() {
            for (effect, link) in links.effects(row.node) {
                let Some(&place) = places.get(&effect) else { continue };
                let own = parents.get(&effect) == Some(&row.node);
                if !own && link.expected >= limits.min_probability {
                    row.mentions.push(Mention { node: effect, above: place <= at });
                }
            }
        }
    }
}

/// All edges from one node to another, taken together.
#[derive(Debug, Default)]
struct Link {
    expected: f64,
    edges: Vec<EdgeIndex>,
}

/// The links of a graph, from each node to its effects and back to its causes.
struct Links {
    effects: ByNode<ByNode<Link>>,
    causes: ByNode<Vec<NodeIndex>>,
}

impl Links {
    fn new(reactions: &ReactionGraph, shown: &[NodeIndex]) -> Self {
        let graph = &reactions.graph;
        let mut links = Self { effects: ByNode::default(), causes: ByNode::default() };
        for &node in shown {
            links.effects.insert(node, ByNode::default());
            links.causes.insert(node, Vec::new());
        }
        for edge in graph.edge_references() {
            let (from, to) = (edge.source(), edge.target());
            let (Some(effects), Some(causes)) =
                (links.effects.get_mut(&from), links.causes.get_mut(&to))
            else {
                continue;
            };
            let link = effects.entry(to).or_default();
            if link.edges.is_empty() {
                causes.push(from);
            }
            link.expected += edge.weight().expected;
            link.edges.push(edge.id());
        }
        for link in links.effects.values_mut().flat_map(|effects| effects.values_mut()) {
            // A stable sort keeps the order of the graph among equals.
            link.edges.sort_by(|&a, &b| graph[b].expected.total_cmp(&graph[a].expected));
        }
        links
    }

    fn between(&self, from: NodeIndex, to: NodeIndex) -> Vec<EdgeIndex> {
        let link = self.effects.get(&from).and_then(|effects| effects.get(&to));
        link.map(|link| link.edges.clone()).unwrap_or_default()
    }

    fn effects(&self, node: NodeIndex) -> impl Iterator<Item = (NodeIndex, &Link)> {
        self.effects.get(&node).into_iter().flatten().map(|(&node, link)| (node, link))
    }

    fn expected(&self, from: NodeIndex, to: NodeIndex) -> f64 {
        let link = self.effects.get(&from).and_then(|effects| effects.get(&to));
        link.map_or(0.0, |link| link.expected)
    }

    /// The causes of a node, the most frequent first.
    fn causes(&self, node: NodeIndex) -> Vec<NodeIndex> {
        let mut causes = self.causes.get(&node).cloned().unwrap_or_default();
        causes.sort_by(|&a, &b| self.expected(b, node).total_cmp(&self.expected(a, node)));
        causes
    }

    /// For each node but the root the cause that it is shown under: the most frequent one that does
    /// not itself hang below the node.
    fn parents(
        &self,
        reactions: &ReactionGraph,
        root: NodeIndex,
        nodes: &[NodeIndex],
    ) -> ByNode<NodeIndex> {
        // First a tree that is one for sure: only causes that can come before. Then each node moves
        // to its most frequent cause where that keeps it a tree.
        let graph = &reactions.graph;
        let rank = |index: NodeIndex| (graph[index].earliest_turn, kind_order(&graph[index].kind));
        let mut parents = ByNode::default();
        for &node in nodes.iter().filter(|&&node| node != root) {
            let earlier = self.causes(node).into_iter().find(|&cause| rank(cause) < rank(node));
            parents.insert(node, earlier.unwrap_or(root));
        }
        for &node in nodes.iter().filter(|&&node| node != root) {
            let best = self.causes(node).into_iter().find(|&cause| !below(&parents, cause, node));
            if let Some(best) = best {
                parents.insert(node, best);
            }
        }
        parents
    }
}

/// Whether `node` is `ancestor` or hangs somewhere below it.
fn below(parents: &ByNode<NodeIndex>, node: NodeIndex, ancestor: NodeIndex) -> bool {
    let mut at = Some(node);
    while let Some(index) = at {
        if index == ancestor {
            return true;
        }
        at = parents.get(&index).copied();
    }
    false
}

/// What is written out in one turn: events first, then what they change, then what that amounts to.
fn kind_order(kind: &NodeKind) -> u8 {
    match kind {
        NodeKind::Start => 0,
        NodeKind::Event(_) => 1,
        NodeKind::Change(..) => 2,
        NodeKind::Outcome(_) => 3,
    }
}

/// The nodes below each, the most probable first.
fn children(reactions: &ReactionGraph, parents: &ByNode<NodeIndex>) -> ByNode<Vec<NodeIndex>> {
    let graph = &reactions.graph;
    let mut children: ByNode<Vec<NodeIndex>> = ByNode::default();
    for (&node, &parent) in parents {
        children.entry(parent).or_default().push(node);
    }
    for all in children.values_mut() {
        all.sort_by(|&a, &b| graph[b].probability.total_cmp(&graph[a].probability));
    }
    children
}

#[cfg(test)]
mod tests {
    use super::{ReactionTree, TreeLimits};
    use crate::analysis::{By, Edge, Node, NodeKind, ReactionGraph, VariableChange};
    use crate::model::{DeclId, VarId};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// A graph of `start` and these further nodes, with edges of these ends and numbers.
    fn graph(nodes: usize, edges: &[(usize, usize, u32)]) -> ReactionGraph {
        let mut reactions = ReactionGraph::default();
        for at in 0..=nodes {
            let change = VariableChange::Becomes(i32::try_from(at).unwrap_or(0));
            let kind = if at == 0 { NodeKind::Start } else { NodeKind::Change(VarId(0), change) };
            reactions.graph.add_node(Node {
                id: at.to_string(),
                kind,
                probability: 1.0,
                bounds: None,
                expected: 1.0,
                earliest_turn: u32::try_from(at / 3).unwrap_or(0),
                mean_turn: None,
                confidence: None,
            });
        }
        let indices: Vec<_> = reactions.graph.node_indices().collect();
        for &(from, to, number) in edges {
            let edge = Edge {
                by: By::Declaration(DeclId(0)),
                alternative: None,
                expected: f64::from(number),
            };
            reactions.graph.add_edge(indices[from % (nodes + 1)], indices[to % (nodes + 1)], edge);
        }
        reactions
    }

    proptest! {
        #[test]
        fn every_node_has_exactly_one_row(
            nodes in 0_usize..12,
            edges in prop::collection::vec((0_usize..12, 0_usize..12, 0_u32..5), 0..40),
        ) {
            let reactions = graph(nodes, &edges);
            let tree =
                ReactionTree::new(&reactions, TreeLimits { min_probability: 0.0, depth: 100 });
            let rows: BTreeSet<_> = tree.rows.iter().map(|row| row.node).collect();
            prop_assert_eq!(rows.len(), nodes + 1);
            prop_assert_eq!(tree.rows.len(), nodes + 1);
            // No row stands deeper than one step below the row before it.
            for pair in tree.rows.windows(2) {
                prop_assert!(pair[1].goes_on.len() <= pair[0].goes_on.len() + 1);
            }
        }
    }

    #[test]
    fn a_circle_is_opened_where_it_is_weakest() {
        // 4 and 5 cause each other, 5 more often causes 4 than the other way round.
        let edges = [(0, 1, 1), (1, 4, 1), (1, 5, 1), (4, 5, 3), (5, 4, 9), (0, 2, 1), (0, 3, 1)];
        let reactions = graph(5, &edges);
        let tree = ReactionTree::new(&reactions, TreeLimits { min_probability: 0.0, depth: 100 });
        let order: Vec<usize> = tree.rows.iter().map(|row| row.node.index()).collect();
        assert_eq!(order, [0, 1, 5, 4, 2, 3]);
    }
}
