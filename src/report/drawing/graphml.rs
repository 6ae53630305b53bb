//! GraphML, for yEd, Gephi, networkx and others, valid by its schema
//! (<http://graphml.graphdrawing.org/xmlns/1.1/graphml.xsd>): names are tokens without spaces, so what
//! the drawing is called stands in a description.

use super::xml::escaped;
use super::{Drawing, Fact};
use crate::report::isolate::bare;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The drawing as GraphML: labels, colours and everything known of nodes and edges as data.
#[must_use]
pub fn graphml(drawing: &Drawing) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
    );
    let nodes = Keys::new("node", drawing.nodes.iter().map(|node| node.facts.as_slice()));
    let edges = Keys::new("edge", drawing.edges.iter().map(|edge| edge.facts.as_slice()));
    nodes.declare(&mut text, &["label", "colour"]);
    edges.declare(&mut text, &["label"]);
    // Writing to a string cannot fail; so with every `write!` here.
    for note in &drawing.notes {
        let _ = writeln!(text, "  <!-- {note} -->");
    }
    text.push_str("  <graph id=\"escalade\" edgedefault=\"directed\">\n");
    let _ = writeln!(text, "    <desc>{}</desc>", escaped(&bare(&drawing.title)));
    for (index, node) in drawing.nodes.iter().enumerate() {
        let _ = writeln!(text, "    <node id=\"n{index}\">");
        data(&mut text, "node_id", &node.id);
        data(&mut text, "node_label", &node.label.join(" "));
        if let Some(band) = node.band.and_then(|band| drawing.bands.get(band)) {
            data(&mut text, "node_colour", &band.colour);
        }
        facts(&mut text, "node", &node.facts);
        text.push_str("    </node>\n");
    }
    for edge in &drawing.edges {
        let _ = writeln!(text, "    <edge source=\"n{}\" target=\"n{}\">", edge.from, edge.to);
        data(&mut text, "edge_label", &edge.label.join(" "));
        facts(&mut text, "edge", &edge.facts);
        text.push_str("    </edge>\n");
    }
    text.push_str("  </graph>\n</graphml>\n");
    text
}

/// What is known of the nodes, or edges: each with its type in GraphML.
struct Keys {
    of: &'static str,
    types: BTreeMap<&'static str, &'static str>,
}

impl Keys {
    fn new<'a>(of: &'static str, all: impl Iterator<Item = &'a [(&'static str, Fact)]>) -> Self {
        let mut types = BTreeMap::new();
        for (name, fact) in all.flatten() {
            let kind = match fact {
                Fact::Text(_) => "string",
                Fact::Number(_) => "double",
            };
            types.insert(*name, kind);
        }
        Self { of, types }
    }

    fn declare(&self, text: &mut String, always: &[&'static str]) {
        let of = self.of;
        let id = if of == "node" { Some("id") } else { None };
        let always = id.iter().chain(always).map(|name| (*name, "string"));
        for (name, kind) in always.chain(self.types.iter().map(|(name, kind)| (*name, *kind))) {
            let _ = writeln!(
                text,
                "  <key id=\"{of}_{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>"
            );
        }
    }
}

fn facts(text: &mut String, of: &str, facts: &[(&'static str, Fact)]) {
    for (name, fact) in facts {
        let value = match fact {
            Fact::Text(value) => value.clone(),
            // As `xs:double` has it.
            Fact::Number(value) if value.is_infinite() => "INF".to_owned(),
            Fact::Number(value) => value.to_string(),
        };
        data(text, &format!("{of}_{name}"), &value);
    }
}

fn data(text: &mut String, key: &str, value: &str) {
    let _ = writeln!(text, "      <data key=\"{key}\">{}</data>", escaped(&bare(value)));
}
