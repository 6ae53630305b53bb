//! Graphs for other programs to draw: each view becomes one [`Drawing`], each format writes it.

pub mod charts;
mod dot;
mod graphml;
mod influence;
mod layout;
mod mermaid;
#[cfg(feature = "png")]
mod png;
mod reactions;
mod situations;
pub mod svg;
pub(crate) mod xml;

pub use dot::dot;
pub use graphml::graphml;
pub use influence::influence;
pub use mermaid::mermaid;
#[cfg(feature = "png")]
pub use png::png;
pub use reactions::reactions;
pub use situations::situations;

pub(crate) use influence::{factor_id, factor_kind, factor_label};

/// A graph with everything that a format needs to draw it. Its texts are as the scenario has them:
/// each format neutralises what would be marks of its own.
#[derive(Clone, Debug, Default)]
pub struct Drawing {
    /// What it is called.
    pub title: String,
    /// What a reader should know, e.g. what was left out. No text of the scenario.
    pub notes: Vec<String>,
    /// The colour bands that nodes may belong to, from the lowest.
    pub bands: Vec<Band>,
    /// The nodes.
    pub nodes: Vec<DrawnNode>,
    /// The edges.
    pub edges: Vec<DrawnEdge>,
}

/// A colour and what it stands for.
#[derive(Clone, Debug)]
pub struct Band {
    /// What it stands for.
    pub label: String,
    /// The colour: `#rrggbb`.
    pub colour: String,
}

/// A node.
#[derive(Clone, Debug)]
pub struct DrawnNode {
    /// Its own name, unlike all others.
    pub id: String,
    /// What is written into it, line by line.
    pub label: Vec<String>,
    /// Its form.
    pub shape: Shape,
    /// The index of its band.
    pub band: Option<usize>,
    /// What is known of it.
    pub facts: Vec<(&'static str, Fact)>,
}

/// The form of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Where it begins.
    Start,
    /// What someone does.
    Event,
    /// What changes, or can.
    Change,
    /// What connects.
    Rule,
    /// Where it may end.
    Outcome,
}

/// An edge.
#[derive(Clone, Debug)]
pub struct DrawnEdge {
    /// The index of the node that it comes from.
    pub from: usize,
    /// The index of the node that it goes to.
    pub to: usize,
    /// What is written beside it, line by line.
    pub label: Vec<String>,
    /// How much it counts; drawn as its width, from 0 to 1.
    pub weight: f64,
    /// Whether its line is broken.
    pub dashed: bool,
    /// What is known of it.
    pub facts: Vec<(&'static str, Fact)>,
}

/// A piece of knowledge.
#[derive(Clone, Debug, PartialEq)]
pub enum Fact {
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
}

impl Drawing {
    /// With at most this many edges: those that count least are left out, and the nodes that then
    /// stand alone; a note says so.
    #[must_use]
    pub fn with_at_most(mut self, edges: usize) -> Self {
        let all = self.edges.len();
        if all <= edges {
            return self;
        }
        let mut order: Vec<usize> = (0..all).collect();
        order.sort_by(|&a, &b| {
            self.edges[b].weight.total_cmp(&self.edges[a].weight).then(a.cmp(&b))
        });
        let mut kept = vec![false; all];
        order.iter().take(edges).for_each(|&at| kept[at] = true);
        let mut kept = kept.into_iter();
        self.edges.retain(|_| kept.next().unwrap_or(false));
        self.notes.push(format!("only the {edges} edges that count most of {all} are drawn"));
        self.drop_lonely_nodes();
        self
    }

    fn drop_lonely_nodes(&mut self) {
        let mut linked = vec![false; self.nodes.len()];
        for edge in &self.edges {
            linked[edge.from] = true;
            linked[edge.to] = true;
        }
        let mut renumbered = Vec::with_capacity(linked.len());
        let mut count = 0;
        for &kept in &linked {
            renumbered.push(count);
            count += usize::from(kept);
        }
        let mut kept = linked.into_iter();
        self.nodes.retain(|_| kept.next().unwrap_or(false));
        for edge in &mut self.edges {
            edge.from = renumbered[edge.from];
            edge.to = renumbered[edge.to];
        }
    }
}

/// A light colour for the band of this index: from blue, the lowest, over yellow to red.
pub(crate) fn band_colour(index: usize, count: usize) -> String {
    const LOWEST: [u32; 3] = [0xdc, 0xe9, 0xf7];
    const MIDDLE: [u32; 3] = [0xfd, 0xf0, 0xc2];
    const HIGHEST: [u32; 3] = [0xf4, 0xae, 0xa0];
    // In steps of a 1000th, so that no rounding of floats is in it.
    let part = u32::try_from(index * 1000 / count.saturating_sub(1).max(1)).unwrap_or(0).min(1000);
    let (from, to, part) =
        if part <= 500 { (LOWEST, MIDDLE, part * 2) } else { (MIDDLE, HIGHEST, (part - 500) * 2) };
    let mix = |at: usize| (from[at] * (1000 - part) + to[at] * part) / 1000;
    format!("#{:02x}{:02x}{:02x}", mix(0), mix(1), mix(2))
}
