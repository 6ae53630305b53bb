//! The influence graph as a drawing.

use super::{Drawing, DrawnEdge, DrawnNode, Fact, Shape};
use crate::analysis::{Factor, Influence, InfluenceGraph};
use crate::model::{DeclarationKind, Model};
use crate::report::isolate::isolated;
use petgraph::visit::EdgeRef;

/// The influence graph: solid lines for what is written, broken ones for what is only read.
#[must_use]
pub fn influence(model: &Model, influences: &InfluenceGraph) -> Drawing {
    let model = &isolated(model);
    let graph = &influences.graph;
    let nodes = graph.node_weights().map(|&factor| DrawnNode {
        id: factor_id(model, factor),
        label: vec![factor_label(model, factor)],
        shape: shape(factor),
        band: None,
        facts: vec![("kind", Fact::Text(factor_kind(model, factor).to_owned()))],
    });
    let edges = graph.edge_references().map(|edge| {
        let (dashed, word) = match edge.weight() {
            Influence::IsReadBy => (true, "is read by"),
            Influence::Writes => (false, "writes"),
        };
        DrawnEdge {
            from: edge.source().index(),
            to: edge.target().index(),
            label: Vec::new(),
            weight: if dashed { 0.0 } else { 0.3 },
            dashed,
            facts: vec![("kind", Fact::Text(word.to_owned()))],
        }
    });
    Drawing {
        title: model.title.clone(),
        nodes: nodes.collect(),
        edges: edges.collect(),
        ..Drawing::default()
    }
}

/// The name of a factor, unlike those of all others; events and outcomes as in the reaction graph.
pub(crate) fn factor_id(model: &Model, factor: Factor) -> String {
    match factor {
        Factor::Inject(index) => format!("{} ({})", model.injects[index].name, index + 1),
        Factor::Declaration(id) => model.declarations[id.index()].name.clone(),
        Factor::Event(event) => model.event_name(&event),
        Factor::Variable(id) => model.variables[id.index()].name.clone(),
        Factor::Level => "level".to_owned(),
        Factor::Outcome(id) => format!("outcome {}", model.outcomes[id.index()].name),
    }
}

/// The title of a factor.
pub(crate) fn factor_label(model: &Model, factor: Factor) -> String {
    match factor {
        Factor::Inject(index) => model.injects[index].name.clone(),
        Factor::Declaration(id) => model.declarations[id.index()].title.clone(),
        Factor::Event(event) => model.event_title(&event),
        Factor::Variable(id) => model.variables[id.index()].title.clone(),
        Factor::Level => match &model.ladder {
            Some(ladder) => ladder.title.clone(),
            None => "level".to_owned(),
        },
        Factor::Outcome(id) => model.outcomes[id.index()].title.clone(),
    }
}

/// The word for what a factor is.
pub(crate) fn factor_kind(model: &Model, factor: Factor) -> &'static str {
    match factor {
        Factor::Inject(_) => "inject",
        Factor::Declaration(id) => match model.declarations[id.index()].kind {
            DeclarationKind::Rule | DeclarationKind::Becomes => "rule",
            DeclarationKind::Decision => "decision",
        },
        Factor::Event(_) => "event",
        Factor::Variable(_) => "variable",
        Factor::Level => "level",
        Factor::Outcome(_) => "outcome",
    }
}

fn shape(factor: Factor) -> Shape {
    match factor {
        Factor::Inject(_) => Shape::Start,
        Factor::Declaration(_) => Shape::Rule,
        Factor::Event(_) => Shape::Event,
        Factor::Variable(_) | Factor::Level => Shape::Change,
        Factor::Outcome(_) => Shape::Outcome,
    }
}
