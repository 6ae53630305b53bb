//! Mermaid, for pages that draw it themselves.

use super::{Drawing, DrawnEdge, DrawnNode, Shape};
use crate::report::clean;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Mermaid refuses to draw more edges.
const MOST_EDGES: usize = 500;

/// The drawing for Mermaid, left to right. Mermaid draws at most 500 edges: the least probable ones
/// beyond that are left out, and a comment says so.
#[must_use]
pub fn mermaid(drawing: &Drawing) -> String {
    let drawing = drawing.clone().with_at_most(MOST_EDGES);
    let mut text = String::from("flowchart LR\n");
    // Writing to a string cannot fail; so with every `write!` here.
    for note in &drawing.notes {
        let _ = writeln!(text, "  %% {note}");
    }
    for (index, one) in drawing.nodes.iter().enumerate() {
        node(&mut text, index, one);
    }
    for one in &drawing.edges {
        edge(&mut text, one);
    }
    bands(&mut text, &drawing);
    widths(&mut text, &drawing);
    text
}

fn node(text: &mut String, index: usize, node: &DrawnNode) {
    let label = quoted(&node.label);
    let _ = match node.shape {
        Shape::Start => writeln!(text, "  n{index}(({label}))"),
        Shape::Event => writeln!(text, "  n{index}({label})"),
        Shape::Change => writeln!(text, "  n{index}[{label}]"),
        Shape::Rule => writeln!(text, "  n{index}>{label}]"),
        Shape::Outcome => writeln!(text, "  n{index}{{{{{label}}}}}"),
    };
}

fn edge(text: &mut String, edge: &DrawnEdge) {
    let (from, to) = (edge.from, edge.to);
    let arrow = if edge.dashed { "-.->" } else { "-->" };
    let label =
        if edge.label.is_empty() { String::new() } else { format!("|{}|", quoted(&edge.label)) };
    let _ = writeln!(text, "  n{from} {arrow}{label} n{to}");
}

fn bands(text: &mut String, drawing: &Drawing) {
    for (index, band) in drawing.bands.iter().enumerate() {
        let members: Vec<String> = (drawing.nodes.iter().enumerate())
            .filter(|(_, node)| node.band == Some(index))
            .map(|(at, _)| format!("n{at}"))
            .collect();
        if !members.is_empty() {
            let colour = &band.colour;
            let _ = writeln!(text, "  classDef band{index} fill:{colour},stroke:#555,color:#000");
            let _ = writeln!(text, "  class {} band{index}", members.join(","));
        }
    }
}

/// The widths of the lines, in pixels; those of one width are named together.
fn widths(text: &mut String, drawing: &Drawing) {
    let mut widths: BTreeMap<u8, Vec<String>> = BTreeMap::new();
    for (at, edge) in drawing.edges.iter().enumerate() {
        let width = match edge.weight {
            weight if weight >= 0.75 => 5,
            weight if weight >= 0.5 => 4,
            weight if weight >= 0.25 => 3,
            weight if weight >= 0.05 => 2,
            _ => 1,
        };
        widths.entry(width).or_default().push(at.to_string());
    }
    for (width, edges) in widths {
        let _ = writeln!(text, "  linkStyle {} stroke-width:{width}px", edges.join(","));
    }
}

/// A quoted string of these lines: every mark that Mermaid or HTML could take for its own becomes
/// an entity code.
fn quoted<S: AsRef<str>>(lines: &[S]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| escaped(&clean(line.as_ref()))).collect();
    format!("\"{}\"", lines.join("<br/>"))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        if matches!(c, '"' | '#' | '&' | '<' | '>' | '`' | '|' | '\\' | '{' | '}') {
            let _ = write!(escaped, "#{};", u32::from(c));
        } else {
            escaped.push(c);
        }
    }
    escaped
}
