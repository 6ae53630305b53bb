//! Where nodes and edges stand in a layered drawing, from left to right: after Sugiyama, Tagawa and
//! Toda, "Methods for Visual Understanding of Hierarchical System Structures" (1981). Edges that
//! close a circle are turned round (`circles`), nodes get ranks (`ranks`), edges a bend in every
//! layer that they pass (`layers`), layers an order with few crossings (`order`), and everything a
//! place (`place`). Layers of nodes alternate with layers of labels, so that a label never stands
//! on a node, on another label, or on an edge that is not its own.
//!
//! Only sums and comparisons in a fixed order: the same plan gives the same layout.

mod circles;
mod layers;
mod order;
mod place;
mod ranks;

/// What is to be laid out. Lengths are in pixels.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// The sizes of the nodes, those that come first by their sense first: edges that lead back to
    /// an earlier node are the ones turned round where there is a circle.
    pub nodes: Vec<Size>,
    /// The edges; at most one from one node to another, none from a node to itself.
    pub edges: Vec<PlannedEdge>,
}

/// A width and a height.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
}

/// An edge to be laid out.
#[derive(Clone, Copy, Debug)]
pub struct PlannedEdge {
    /// The index of the node that it comes from.
    pub from: usize,
    /// The index of the node that it goes to.
    pub to: usize,
    /// The room for its label.
    pub label: Option<Size>,
    /// How thick it is where it passes.
    pub thickness: f64,
    /// How much it counts, above 0: heavier edges are kept short and straight, and are turned
    /// round last.
    pub weight: f64,
}

/// Where everything stands.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The places of the nodes, in the order of the plan.
    pub nodes: Vec<Area>,
    /// The ways of the edges, in the order of the plan.
    pub edges: Vec<Way>,
    /// The size of the whole.
    pub size: Size,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// Its size.
    pub size: Size,
}

/// The way of an edge: level across each layer that it passes, bent between them.
#[derive(Clone, Debug, Default)]
pub struct Way {
    /// Whether it leads back, from right to left.
    pub back: bool,
    /// Where the layer of the node at its left ends.
    pub begin: f64,
    /// Where it passes, from left to right, without its ends.
    pub stops: Vec<Stop>,
    /// Where the layer of the node at its right begins.
    pub end: f64,
    /// The place of its label.
    pub label: Option<Area>,
}

/// The passage of an edge across a layer.
#[derive(Clone, Copy, Debug)]
pub struct Stop {
    /// Where the layer begins.
    pub left: f64,
    /// Where it ends.
    pub right: f64,
    /// How far down.
    pub y: f64,
    /// Whether the label stands here.
    pub label: bool,
}

/// Lays out a plan.
#[must_use]
pub fn layout(plan: &Plan) -> Layout {
    let back = circles::back(plan);
    let ranks = ranks::ranks(plan, &back);
    let mut layers = layers::Layers::new(plan, &back, &ranks);
    order::order(&mut layers);
    place::place(plan, &back, &layers)
}

#[cfg(test)]
mod tests {
    use super::{Area, Layout, Plan, PlannedEdge, Size, layout};
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn overlap(one: &Area, other: &Area) -> bool {
        const TOUCH: f64 = 1e-6;
        one.x + one.size.width > other.x + TOUCH
            && other.x + other.size.width > one.x + TOUCH
            && one.y + one.size.height > other.y + TOUCH
            && other.y + other.size.height > one.y + TOUCH
    }

    /// A plan of so many nodes, with edges of these ends, every other one with a label.
    fn plan(nodes: usize, ends: &[(usize, usize)]) -> Plan {
        let ends: BTreeSet<_> = ends.iter().map(|(from, to)| (from % nodes, to % nodes)).collect();
        let size = |at: usize| Size { width: 100.0, height: [30.0, 44.0, 70.0][at % 3] };
        let edges = ends.iter().filter(|(from, to)| from != to).enumerate();
        let edge = |(at, &(from, to)): (usize, &(usize, usize))| PlannedEdge {
            from,
            to,
            label: (at % 2 == 0).then_some(Size { width: 60.0, height: 13.0 }),
            thickness: 3.0,
            weight: 1.0,
        };
        Plan { nodes: (0..nodes).map(size).collect(), edges: edges.map(edge).collect() }
    }

    /// What stands on what, or on an edge that is not its own.
    fn faults(plan: &Plan, found: &Layout) -> Vec<String> {
        let mut faults = Vec::new();
        let labels = found.edges.iter().filter_map(|way| way.label);
        let boxes: Vec<Area> = found.nodes.iter().copied().chain(labels).collect();
        for (at, one) in boxes.iter().enumerate() {
            if boxes[..at].iter().any(|other| overlap(one, other)) {
                faults.push(format!("box {at} stands on another"));
            }
            let outside = one.x < -1e-6 || one.y < -1e-6;
            if outside || one.x + one.size.width > found.size.width + 1e-6 {
                faults.push(format!("box {at} stands outside"));
            }
        }
        for (at, (way, edge)) in found.edges.iter().zip(&plan.edges).enumerate() {
            let (from, to) = (found.nodes[edge.from].x, found.nodes[edge.to].x);
            if way.back == (from < to) || way.label.is_some() != edge.label.is_some() {
                faults.push(format!("edge {at} is not as planned"));
            }
            for stop in &way.stops {
                let passage = Area {
                    x: stop.left,
                    y: stop.y - 1.5,
                    size: Size { width: stop.right - stop.left, height: 3.0 },
                };
                let own = |area: &&Area| way.label.is_some_and(|label| label == **area);
                if boxes.iter().any(|area| !own(&area) && overlap(&passage, area)) {
                    faults.push(format!("edge {at} passes over a box"));
                }
            }
        }
        faults
    }

    proptest! {
        #[test]
        fn nothing_stands_on_anything(
            nodes in 1_usize..40,
            ends in prop::collection::vec((0_usize..40, 0_usize..40), 0..90),
        ) {
            let plan = plan(nodes, &ends);
            let found = layout(&plan);
            prop_assert_eq!(faults(&plan, &found), Vec::<String>::new());
            prop_assert_eq!(format!("{found:?}"), format!("{:?}", layout(&plan)));
        }
    }

    #[test]
    fn a_circle_is_turned_round_where_it_leads_to_an_earlier_node() {
        let plan = plan(4, &[(0, 1), (1, 2), (2, 1), (2, 3), (3, 0)]);
        let back: Vec<(usize, usize)> = (plan.edges.iter().zip(layout(&plan).edges))
            .filter(|(_, way)| way.back)
            .map(|(edge, _)| (edge.from, edge.to))
            .collect();
        assert_eq!(back, [(2, 1), (3, 0)]);
    }

    #[test]
    fn an_edge_to_an_earlier_node_outside_a_circle_leads_on() {
        let plan = plan(3, &[(0, 2), (2, 1)]);
        assert!(layout(&plan).edges.iter().all(|way| !way.back));
    }
}
