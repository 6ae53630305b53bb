//! Drawings as pictures (SVG) that need no other program.
//!
//! Guaranteed: each is a document of its own, without scripts, links, `id`s or `style` attributes,
//! all with the same style sheet ([`sheet`]); labels do not overlap.

mod card;
mod legend;
mod line;
mod page;
mod ports;
mod style;
mod text;

pub use style::sheet;

pub(super) use page::{Page, rectangle, written};
pub(super) use style::rung as rung_colour;
pub(super) use text::{bold_width, shortened, width, wrap};

use super::layout::{Layout, Plan, PlannedEdge, Size, layout};
use super::xml::px;
use super::{Drawing, Shape};
use crate::analysis::Answers;
use crate::model::Model;
use crate::report::counted;
use card::Card;
use line::Bundle;

/// More edges make no picture that anybody can read.
const MOST_EDGES: usize = 500;

/// So many edges have labels, those that count most.
const MOST_LABELS: usize = 160;

/// The least width of a picture, for its title and legend.
const LEAST_WIDTH: f64 = 640.0;

/// The reaction graph as a picture. What happens with an estimate below `min_probability` (0..=1)
/// is left out.
///
/// Nodes are `<g class="node kind-..." data-node="ID">` with `data-rung` (the index of the rung,
/// from 0), `data-actor` and `data-probability` where they have them; edges, one for each reaction,
/// `<g class="edge" data-from="ID" data-to="ID" data-by="NAME" data-expected="NUMBER">`, with
/// `data-alternative` where there is one, and also of class `back` where they close a circle.
#[must_use]
pub fn reactions(model: &Model, answers: &Answers, min_probability: f64) -> String {
    svg(&super::reactions(model, answers, min_probability))
}

/// A drawing as a picture, left to right. At most 500 edges are drawn: those that count least
/// beyond that are left out, and the picture says so.
#[must_use]
pub fn svg(drawing: &Drawing) -> String {
    let drawing = drawing.clone().with_at_most(MOST_EDGES);
    let placed = Placed::new(&drawing);
    let mut page = Page::new(
        "drawing",
        &drawing.title,
        &placed.explained(),
        &description(&drawing),
        placed.layout.size.width.max(LEAST_WIDTH),
    );
    let mut text = String::new();
    placed.write(&mut text);
    page.raw(&format!(
        "<g class=\"graph\" transform=\"translate(0,{})\">\n{text}</g>\n",
        px(page.bottom())
    ));
    page.grow(placed.layout.size.height);
    let back = placed.layout.edges.iter().any(|way| way.back) || !placed.loops.is_empty();
    legend::write(&mut page, &drawing, back, placed.lines());
    page.finish()
}

/// A drawing in its places.
struct Placed<'a> {
    drawing: &'a Drawing,
    cards: Vec<Card<'a>>,
    bundles: Vec<Bundle<'a>>,
    /// The bundles from a node to itself.
    loops: Vec<Bundle<'a>>,
    layout: Layout,
    unlabelled: usize,
}

impl<'a> Placed<'a> {
    fn new(drawing: &'a Drawing) -> Self {
        let labelled = labelled(drawing);
        let cards: Vec<Card<'_>> =
            drawing.nodes.iter().map(|node| Card::new(drawing, node)).collect();
        let (loops, bundles): (Vec<_>, Vec<_>) = Bundle::all(drawing, &labelled)
            .into_iter()
            .partition(|bundle| bundle.from == bundle.to);
        let mut above = vec![0.0; cards.len()];
        for bundle in &loops {
            above[bundle.from] = bundle.loop_height();
        }
        // Equal room above and below keeps the middle of the card where edges are drawn to.
        let nodes = cards.iter().zip(&above).map(|(card, above)| Size {
            width: card.size.width,
            height: card.size.height + 2.0 * above,
        });
        let edges = bundles.iter().map(|bundle| PlannedEdge {
            from: bundle.from,
            to: bundle.to,
            label: bundle.label(),
            thickness: bundle.thickness(),
            weight: bundle.weight(),
        });
        let plan = Plan { nodes: nodes.collect(), edges: edges.collect() };
        let mut layout = layout(&plan);
        for (area, above) in layout.nodes.iter_mut().zip(&above) {
            area.y += above;
            area.size.height -= 2.0 * above;
        }
        let unlabelled = labelled.iter().filter(|labelled| !**labelled).count();
        Self { drawing, cards, bundles, loops, layout, unlabelled }
    }

    fn write(&self, text: &mut String) {
        let bundles: Vec<&Bundle<'_>> = self.bundles.iter().collect();
        let ports = ports::ports(&bundles, &self.layout);
        for ((bundle, way), (from, to)) in bundles.iter().zip(&self.layout.edges).zip(ports) {
            let (left, right) =
                if way.back { (bundle.to, bundle.from) } else { (bundle.from, bundle.to) };
            let (left, right) = (&self.layout.nodes[left], &self.layout.nodes[right]);
            let begin = (left.x + left.size.width, from);
            bundle.write(self.drawing, text, way, begin, (right.x, to));
        }
        for bundle in &self.loops {
            bundle.write_loop(self.drawing, text, self.layout.nodes[bundle.from]);
        }
        for (card, area) in self.cards.iter().zip(&self.layout.nodes) {
            card.write(text, *area);
        }
    }

    /// What the widths of lines mean.
    fn lines(&self) -> &'static str {
        if self.has_figures() {
            "as wide as it is frequent"
        } else if self.drawing.edges.iter().any(|edge| !edge.label.is_empty()) {
            "as wide as it is probable"
        } else {
            ""
        }
    }

    fn has_figures(&self) -> bool {
        self.drawing.nodes.iter().any(|node| card::number(node, "probability").is_some())
    }

    fn explained(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if self.has_figures() {
            lines.push(
                "What follows from what, from left to right. In each: the probability that it ever happens \
                 [its bounds]; on lines: the rule, and how often it is taken."
                    .to_owned(),
            );
        }
        let mut notes = self.drawing.notes.clone();
        if self.unlabelled > 0 {
            notes.push(format!(
                "{} without a label: those that count least",
                counted(self.unlabelled, "line")
            ));
        }
        lines.extend(notes);
        lines
    }
}

/// For each edge whether it has its label, if any: those that count most, among equals the first.
fn labelled(drawing: &Drawing) -> Vec<bool> {
    let edges = &drawing.edges;
    let mut order: Vec<usize> = (0..edges.len()).collect();
    order.sort_by(|&a, &b| edges[b].weight.total_cmp(&edges[a].weight));
    let mut labelled = vec![true; edges.len()];
    order.iter().skip(MOST_LABELS).for_each(|&at| labelled[at] = edges[at].label.is_empty());
    labelled
}

/// The drawing in words, for those who do not see it.
fn description(drawing: &Drawing) -> String {
    let nodes = counted(drawing.nodes.len(), "node");
    let edges = counted(drawing.edges.len(), "edge");
    let mut text = format!("A graph of {nodes} and {edges}, drawn from left to right.");
    let outcomes: Vec<String> = (drawing.nodes.iter())
        .filter(|node| node.shape == Shape::Outcome)
        .map(|node| node.label.join(" "))
        .collect();
    if !outcomes.is_empty() && outcomes.len() <= 20 {
        text.push_str(" Outcomes: ");
        text.push_str(&outcomes.join("; "));
        text.push('.');
    }
    text
}
