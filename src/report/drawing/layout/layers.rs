//! Layers of nodes and of the bends of edges that pass them.

use super::{Plan, Size};

/// The room above and below a node, a label, and a line.
const NODE_GAP: f64 = 18.0;
const LABEL_GAP: f64 = 5.0;
const LINE_GAP: f64 = 7.0;

/// A node, or the bend of an edge.
#[derive(Clone, Debug)]
pub struct Item {
    /// The node that it is; otherwise it is a bend.
    pub node: Option<usize>,
    /// Its height with the room around it, and the width that it needs.
    pub size: Size,
    /// What it is linked with in the layer before, with weights.
    pub before: Vec<(usize, f64)>,
    /// What it is linked with in the layer behind, with weights.
    pub behind: Vec<(usize, f64)>,
}

/// Nodes stand in the even layers, labels in the odd ones.
#[derive(Clone, Debug)]
pub struct Layers {
    /// All items; the nodes first, in their order.
    pub items: Vec<Item>,
    /// The items of each layer, from above.
    pub layers: Vec<Vec<usize>>,
    /// The bends of each edge, from left to right.
    pub bends: Vec<Vec<usize>>,
    /// The layer in which the label of each edge stands.
    pub label_layers: Vec<Option<usize>>,
}

impl Layers {
    /// Gives every edge its bends.
    pub fn new(plan: &Plan, back: &[bool], ranks: &[usize]) -> Self {
        let count = 2 * ranks.iter().max().map_or(0, |most| most + 1);
        let mut layers = Self {
            items: Vec::new(),
            layers: vec![Vec::new(); count],
            bends: vec![Vec::new(); plan.edges.len()],
            label_layers: vec![None; plan.edges.len()],
        };
        for (node, size) in plan.nodes.iter().enumerate() {
            let size = Size { width: size.width, height: size.height + NODE_GAP };
            layers.add(2 * ranks[node], Some(node), size);
        }
        layers.choose_label_layers(plan, ranks);
        for (at, edge) in plan.edges.iter().enumerate() {
            let (from, to) = if back[at] { (edge.to, edge.from) } else { (edge.from, edge.to) };
            let mut last = from;
            for layer in 2 * ranks[from] + 1..2 * ranks[to] {
                let size = match edge.label {
                    Some(label) if layers.label_layers[at] == Some(layer) => {
                        Size { width: label.width, height: label.height + LABEL_GAP }
                    }
                    _ => Size { width: 0.0, height: edge.thickness + LINE_GAP },
                };
                let bend = layers.add(layer, None, size);
                layers.bends[at].push(bend);
                layers.link(last, bend, edge.weight);
                last = bend;
            }
            layers.link(last, to, edge.weight);
        }
        layers
    }

    fn add(&mut self, layer: usize, node: Option<usize>, size: Size) -> usize {
        let index = self.items.len();
        self.items.push(Item { node, size, before: Vec::new(), behind: Vec::new() });
        self.layers[layer].push(index);
        index
    }

    /// Lines between bends are the ones that should be straight.
    fn link(&mut self, one: usize, other: usize, weight: f64) {
        let bends = [one, other].iter().filter(|&&item| self.items[item].node.is_none()).count();
        let weight = (0.3 + weight) * [1.0, 2.0, 6.0][bends];
        self.items[one].behind.push((other, weight));
        self.items[other].before.push((one, weight));
    }

    /// Each label stands where there is most room of the layers that its edge passes; among equals
    /// next to the cause.
    fn choose_label_layers(&mut self, plan: &Plan, ranks: &[usize]) {
        let mut filled = vec![0.0_f64; self.layers.len()];
        let span = |at: usize| {
            let edge = &plan.edges[at];
            ranks[edge.from].abs_diff(ranks[edge.to])
        };
        let mut order: Vec<usize> = (0..plan.edges.len()).collect();
        order.sort_by_key(|&at| span(at));
        for at in order {
            let edge = &plan.edges[at];
            let Some(label) = edge.label else { continue };
            let (low, high) =
                (ranks[edge.from].min(ranks[edge.to]), ranks[edge.from].max(ranks[edge.to]));
            let mut free: Vec<usize> = (low..high).map(|rank| 2 * rank + 1).collect();
            if ranks[edge.from] > ranks[edge.to] {
                free.reverse();
            }
            let best = free.into_iter().min_by(|&a, &b| filled[a].total_cmp(&filled[b]));
            if let Some(best) = best {
                filled[best] += label.height + LABEL_GAP;
                self.label_layers[at] = Some(best);
            }
        }
    }
}
