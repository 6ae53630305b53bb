//! Graphviz.

use super::{Drawing, DrawnEdge, DrawnNode, Shape};
use crate::report::clean;
use crate::report::isolate::with_isolates;
use std::fmt::Write as _;

/// The drawing for Graphviz (`dot -Tsvg`), left to right.
#[must_use]
pub fn dot(drawing: &Drawing) -> String {
    let mut text = String::from("digraph escalade {\n");
    // Writing to a string cannot fail; so with every `write!` here.
    for note in &drawing.notes {
        let _ = writeln!(text, "  // {note}");
    }
    let _ = writeln!(text, "  label={};", quoted(&[drawing.title.as_str()]));
    text.push_str("  labelloc=t;\n  rankdir=LR;\n  fontname=\"Helvetica\";\n");
    text.push_str("  node [fontname=\"Helvetica\", fontsize=11, style=filled, fillcolor=white];\n");
    text.push_str("  edge [fontname=\"Helvetica\", fontsize=9, color=\"#555555\"];\n");
    legend(&mut text, drawing);
    for (index, one) in drawing.nodes.iter().enumerate() {
        node(&mut text, drawing, index, one);
    }
    for one in &drawing.edges {
        edge(&mut text, one);
    }
    text.push_str("}\n");
    text
}

fn legend(text: &mut String, drawing: &Drawing) {
    if drawing.bands.is_empty() {
        return;
    }
    text.push_str("  subgraph cluster_rungs {\n    label=\"Rungs\";\n    color=\"#cccccc\";\n");
    for (index, band) in drawing.bands.iter().enumerate() {
        let label = quoted(&[band.label.as_str()]);
        let colour = &band.colour;
        let _ =
            writeln!(text, "    band{index} [label={label}, shape=box, fillcolor=\"{colour}\"];");
    }
    text.push_str("  }\n");
}

fn node(text: &mut String, drawing: &Drawing, index: usize, node: &DrawnNode) {
    let shape = match node.shape {
        Shape::Start => "shape=circle",
        Shape::Event => "shape=box, style=\"rounded,filled\"",
        Shape::Change => "shape=box",
        Shape::Rule => "shape=note",
        Shape::Outcome => "shape=octagon, penwidth=2",
    };
    let band = node.band.and_then(|band| drawing.bands.get(band));
    let fill = band.map(|band| format!(", fillcolor=\"{}\"", band.colour)).unwrap_or_default();
    let (label, tooltip) = (quoted(&node.label), quoted(&[node.id.as_str()]));
    let _ = writeln!(text, "  n{index} [label={label}, tooltip={tooltip}, {shape}{fill}];");
}

fn edge(text: &mut String, edge: &DrawnEdge) {
    let (from, to) = (edge.from, edge.to);
    let label = quoted(&edge.label);
    let width = 0.6 + 3.4 * edge.weight.clamp(0.0, 1.0);
    let style = if edge.dashed { ", style=dashed" } else { "" };
    let _ = writeln!(text, "  n{from} -> n{to} [label={label}, penwidth={width:.2}{style}];");
}

/// A quoted string of these lines: quotation marks, backslashes and entities are made harmless.
fn quoted<S: AsRef<str>>(lines: &[S]) -> String {
    let lines: Vec<String> = (lines.iter())
        .map(|line| {
            let line = with_isolates(&clean(line.as_ref())).replace('&', "&amp;");
            line.replace('\\', "\\\\").replace('"', "\\\"")
        })
        .collect();
    format!("\"{}\"", lines.join("\\n"))
}
