//! Strongly connected parts of the situation graph (Tarjan 1972), without recursion.

use crate::engine::Graph;

/// Which leaves count as edges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edges {
    /// All that are possible.
    Possible,
    /// Those with an estimate above 0.
    Estimated,
}

/// The strongly connected parts, each before those that lead to it.
#[must_use]
pub fn components(graph: &Graph, edges: Edges) -> Vec<Vec<u32>> {
    let mut search = Search {
        graph,
        edges,
        index: vec![0; graph.len()],
        low: vec![0; graph.len()],
        on_stack: vec![false; graph.len()],
        stack: Vec::new(),
        next: 1,
        found: Vec::new(),
    };
    for s in 0..graph.len() {
        if search.index[s] == 0 {
            search.visit(s as u32);
        }
    }
    search.found
}

/// Whether a storyline can come back to one of these situations: more than one, or a loop.
#[must_use]
pub fn cycles(graph: &Graph, component: &[u32], edges: Edges) -> bool {
    match component {
        [only] => {
            let leaves = graph.leaves(*only as usize);
            leaves
                .into_iter()
                .any(|leaf| graph.targets[leaf] == *only && counts(graph, edges, leaf))
        }
        _ => true,
    }
}

fn counts(graph: &Graph, edges: Edges, leaf: usize) -> bool {
    edges == Edges::Possible || graph.estimates[leaf] > 0.0
}

struct Search<'g> {
    graph: &'g Graph,
    edges: Edges,
    index: Vec<u32>,
    low: Vec<u32>,
    on_stack: Vec<bool>,
    stack: Vec<u32>,
    next: u32,
    found: Vec<Vec<u32>>,
}

impl Search<'_> {
    fn visit(&mut self, root: u32) {
        let mut path = vec![(root, self.enter(root))];
        while let Some((s, leaves)) = path.last_mut() {
            let s = *s;
            if let Some(leaf) = leaves.next() {
                let target = self.graph.targets[leaf];
                if !counts(self.graph, self.edges, leaf) {
                    continue;
                }
                if self.index[target as usize] == 0 {
                    let leaves = self.enter(target);
                    path.push((target, leaves));
                } else if self.on_stack[target as usize] {
                    self.lower(s, self.index[target as usize]);
                }
                continue;
            }
            path.pop();
            if self.low[s as usize] == self.index[s as usize] {
                self.close(s);
            }
            if let Some(&(parent, _)) = path.last() {
                self.lower(parent, self.low[s as usize]);
            }
        }
    }

    fn enter(&mut self, s: u32) -> std::ops::Range<usize> {
        self.index[s as usize] = self.next;
        self.low[s as usize] = self.next;
        self.next += 1;
        self.stack.push(s);
        self.on_stack[s as usize] = true;
        self.graph.leaves(s as usize)
    }

    fn lower(&mut self, s: u32, to: u32) {
        let low = &mut self.low[s as usize];
        *low = to.min(*low);
    }

    fn close(&mut self, s: u32) {
        let mut component = Vec::new();
        while let Some(member) = self.stack.pop() {
            self.on_stack[member as usize] = false;
            component.push(member);
            if member == s {
                break;
            }
        }
        self.found.push(component);
    }
}
