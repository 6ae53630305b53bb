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

impl Area {
    /// Whether two rectangles have more than a line in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        const TOUCH: f64 = 1e-6;
        self.x + self.size.width > other.x + TOUCH
            && other.x + other.size.width > self.x + TOUCH
            && self.y + self.size.height > other.y + TOUCH
            && other.y + other.size.height > self.y + TOUCH
    }
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
