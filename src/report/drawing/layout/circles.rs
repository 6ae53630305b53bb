//! Which edges are turned round so that no circle is left.

use super::Plan;

/// For each edge whether it is turned round: of the edges within a circle those that lead to an
/// earlier node, and of these as few as need be, the heaviest spared first.
pub fn back(plan: &Plan) -> Vec<bool> {
    let component = components(plan);
    let mut back: Vec<bool> = (plan.edges.iter())
        .map(|edge| component[edge.from] == component[edge.to] && edge.to <= edge.from)
        .collect();
    let mut turned: Vec<usize> = (0..back.len()).filter(|&at| back[at]).collect();
    turned.sort_by(|&a, &b| plan.edges[b].weight.total_cmp(&plan.edges[a].weight));
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); plan.nodes.len()];
    for (edge, _) in plan.edges.iter().zip(&back).filter(|(_, back)| !**back) {
        next[edge.from].push(edge.to);
    }
    for at in turned {
        let edge = &plan.edges[at];
        if !reaches(&next, edge.to, edge.from) {
            back[at] = false;
            next[edge.from].push(edge.to);
        }
    }
    back
}

fn reaches(next: &[Vec<usize>], from: usize, to: usize) -> bool {
    let mut seen = vec![false; next.len()];
    let mut waiting = vec![from];
    while let Some(node) = waiting.pop() {
        if node == to {
            return true;
        }
        if !std::mem::replace(&mut seen[node], true) {
            waiting.extend(&next[node]);
        }
    }
    false
}

/// For each node the number of its strongly connected component.
fn components(plan: &Plan) -> Vec<usize> {
    let mut graph = petgraph::graph::DiGraph::<(), ()>::new();
    let nodes: Vec<_> = plan.nodes.iter().map(|_| graph.add_node(())).collect();
    for edge in &plan.edges {
        graph.add_edge(nodes[edge.from], nodes[edge.to], ());
    }
    let mut component = vec![0; nodes.len()];
    for (at, members) in petgraph::algo::tarjan_scc(&graph).iter().enumerate() {
        for node in members {
            component[node.index()] = at;
        }
    }
    component
}
