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

impl Edges {
    /// Whether a leaf counts.
    #[must_use]
    pub fn count(self, graph: &Graph, leaf: usize) -> bool {
        self == Self::Possible || graph.estimate(leaf) > 0.0
    }
}

/// The strongly connected parts, each before those that lead to it.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    members: Vec<u32>,
    ends: Vec<u32>,
    /// For each situation: the number of its part.
    pub part_of: Vec<u32>,
}

impl Parts {
    /// Finds them.
    #[must_use]
    pub fn new(graph: &Graph, edges: Edges) -> Self {
        let mut search = Search {
            graph,
            edges,
            index: vec![0; graph.len()],
            low: vec![0; graph.len()],
            stack: Vec::new(),
            next: 1,
            found: Self { part_of: vec![u32::MAX; graph.len()], ..Self::default() },
        };
        for s in 0..graph.len() {
            if search.index[s] == 0 {
                search.visit(s as u32);
            }
        }
        search.found
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.ends.len()
    }

    /// The members of a part, sorted.
    #[must_use]
    pub fn members(&self, part: usize) -> &[u32] {
        let begin = if part == 0 { 0 } else { self.ends[part - 1] as usize };
        &self.members[begin..self.ends[part] as usize]
    }
}

/// Whether a storyline can come back to one of these situations: more than one, or a loop.
#[must_use]
pub fn cycles(graph: &Graph, members: &[u32], edges: Edges) -> bool {
    match members {
        [only] => graph
            .leaves(*only as usize)
            .any(|leaf| graph.targets[leaf] == *only && edges.count(graph, leaf)),
        _ => true,
    }
}

/// Whether a part is so small or thin that it is best solved by elimination.
#[must_use]
pub fn thin(graph: &Graph, members: &[u32]) -> bool {
    let leaves = || members.iter().map(|&s| graph.leaves(s as usize).len()).sum::<usize>();
    members.len() <= SMALL || members.len() <= THIN && leaves() <= 6 * members.len()
}

/// Parts up to this size are small.
const SMALL: usize = 48;
/// Parts above this size are not thin.
const THIN: usize = 1_000_000;

struct Search<'g> {
    graph: &'g Graph,
    edges: Edges,
    index: Vec<u32>,
    low: Vec<u32>,
    stack: Vec<u32>,
    next: u32,
    found: Parts,
}

impl Search<'_> {
    fn visit(&mut self, root: u32) {
        let mut path = vec![(root, self.enter(root))];
        while let Some((s, leaves)) = path.last_mut() {
            let s = *s;
            if let Some(leaf) = leaves.next() {
                let target = self.graph.targets[leaf];
                if !self.edges.count(self.graph, leaf) {
                    continue;
                }
                if self.index[target as usize] == 0 {
                    let leaves = self.enter(target);
                    path.push((target, leaves));
                } else if self.found.part_of[target as usize] == u32::MAX {
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
        self.graph.leaves(s as usize)
    }

    fn lower(&mut self, s: u32, to: u32) {
        let low = &mut self.low[s as usize];
        *low = to.min(*low);
    }

    fn close(&mut self, s: u32) {
        let begin = self.stack.iter().rposition(|member| *member == s);
        debug_assert!(begin.is_some(), "a part is closed while its first member is open");
        let begin = begin.unwrap_or(0);
        let part = self.found.ends.len() as u32;
        self.found.members.extend(self.stack.drain(begin..));
        let first = self.found.ends.last().map_or(0, |end| *end as usize);
        for &member in &self.found.members[first..] {
            self.found.part_of[member as usize] = part;
        }
        self.found.members[first..].sort_unstable();
        self.found.ends.push(self.found.members.len() as u32);
    }
}
