//! Mermaid, for pages that draw it themselves.

use super::{Drawing, DrawnEdge, DrawnNode, Shape};
use crate::report::clean;
use crate::report::isolate::with_isolates;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Mermaid refuses to draw more edges.
const MOST_EDGES: usize = 500;

/// Signs that Mermaid takes for its own where they stand side by side, entity or not: a new line, a formula, a picture
/// (`fa:fa-car`), and what it writes entities with. A joiner without a width keeps them apart.
const APART: [[char; 2]; 5] = [['\\', 'n'], ['$', '$'], [':', 'f'], ['ﬂ', '°'], ['¶', 'ß']];

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
    let line = |line: &S| escaped(&with_isolates(&clean(line.as_ref())));
    let lines: Vec<String> = lines.iter().map(line).collect();
    format!("\"{}\"", lines.join("<br/>"))
}

fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    let list = list_sign(text);
    for (at, c) in text.char_indices() {
        let next = text[at + c.len_utf8()..].chars().next();
        let own = match c {
            '"' | '#' | '&' | '<' | '>' | '`' | '|' | '\\' | '{' | '}' => true,
            // Behind `style` it would swallow the end of an entity.
            ':' => next.is_none_or(|next| !next.is_whitespace()),
            _ => Some(at) == list,
        };
        if own {
            let _ = write!(escaped, "#{};", u32::from(c));
        } else {
            escaped.push(c);
        }
        if next.is_some_and(|next| APART.contains(&[c, next])) {
            escaped.push('\u{2060}');
        }
    }
    escaped
}

/// Where the sign stands that would make a text an item of a list, which Mermaid does not draw: `- a`, `1. a`.
fn list_sign(text: &str) -> Option<usize> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut rest = text[digits..].chars();
    let sign = rest.next()?;
    let signs = if digits == 0 { "-+*" } else { ".)" };
    let apart = rest.next().is_none_or(char::is_whitespace);
    (signs.contains(sign) && apart).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::escaped;

    /// Each of these was drawn by Mermaid 11 and looked at (`tests/browser/mermaid.mjs`).
    #[test]
    fn no_sign_is_taken_for_one_of_mermaid() {
        assert_eq!(escaped("North: 57.5% [55%..60%]"), "North: 57.5% [55%..60%]");
        assert_eq!(escaped("a lifestyle:\"x\""), "a lifestyle#58;#34;x#34;");
        assert_eq!(escaped("fa:fa-car"), "fa#58;\u{2060}fa-car");
        assert_eq!(escaped("$$x$"), "$\u{2060}$x$");
        assert_eq!(escaped("C:\\new"), "C#58;#92;\u{2060}new");
        assert_eq!(escaped("1. France - 2. UK"), "1#46; France - 2. UK");
        assert_eq!(escaped("- a"), "#45; a");
    }
}
