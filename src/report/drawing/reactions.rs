//! The reaction graph as a drawing.

use super::{Band, Drawing, DrawnEdge, DrawnNode, Fact, Shape, band_colour};
use crate::analysis::{Answers, By, Node, NodeKind, by_name};
use crate::model::Model;
use crate::report::clean;
use crate::report::content::labels;
use crate::report::isolate::isolated;
use crate::report::percent::number;
use crate::report::{counted, percent};
use petgraph::visit::EdgeRef;
use rustc_hash::FxHashMap;

/// The reaction graph: events in the colour of their rung, edges as wide as they are frequent. What
/// happens with an estimate below `min_probability` (0..=1) is left out.
#[must_use]
pub fn reactions(model: &Model, answers: &Answers, min_probability: f64) -> Drawing {
    let model = &isolated(model);
    let graph = &answers.reactions.graph;
    let mut drawing =
        Drawing { title: model.title.clone(), bands: bands(model), ..Drawing::default() };
    let mut places = FxHashMap::default();
    for index in graph.node_indices() {
        let one = &graph[index];
        if one.kind == NodeKind::Start || one.probability >= min_probability {
            places.insert(index, drawing.nodes.len());
            drawing.nodes.push(node(model, one));
        }
    }
    for seen in model.observations.iter().filter(|_| answers.observation.is_some()) {
        let seen = for_comment(&labels::observation(model, seen));
        drawing.notes.push(format!("given what was observed: {seen}"));
    }
    let missing = graph.node_count() - drawing.nodes.len();
    if missing > 0 {
        let limit = percent(min_probability);
        drawing
            .notes
            .push(format!("{} less likely than {limit} left out", counted(missing, "node")));
    }
    for edge in graph.edge_references() {
        let (Some(&from), Some(&to)) = (places.get(&edge.source()), places.get(&edge.target()))
        else {
            continue;
        };
        let weight = edge.weight();
        let by = by_name(model, &weight.by);
        let mut facts = vec![("by", Fact::Text(by)), ("expected", Fact::Number(weight.expected))];
        if let Some(alternative) = &weight.alternative {
            facts.push(("alternative", Fact::Text(alternative.clone())));
        }
        drawing.edges.push(DrawnEdge {
            from,
            to,
            label: label(model, &weight.by, weight.alternative.as_deref(), weight.expected),
            weight: weight.expected,
            dashed: matches!(weight.by, By::Action(_) | By::Outcome(_)),
            facts,
        });
    }
    drawing
}

/// Text of the scenario as it may stand in a comment of any language of drawings: on one line, and
/// without what could end the comment or be more than one.
fn for_comment(text: &str) -> String {
    let mut plain = clean(text).replace('{', "(").replace('}', ")").replace('`', "'");
    while plain.contains("--") {
        plain = plain.replace("--", "-");
    }
    plain
}

fn bands(model: &Model) -> Vec<Band> {
    let Some(ladder) = &model.ladder else { return Vec::new() };
    let count = ladder.rungs.len();
    let band = |(index, rung): (usize, &crate::model::Rung)| Band {
        label: rung.title.clone(),
        colour: band_colour(index, count),
    };
    ladder.rungs.iter().enumerate().map(band).collect()
}

fn node(model: &Model, node: &Node) -> DrawnNode {
    let shape = match node.kind {
        NodeKind::Start => Shape::Start,
        NodeKind::Event(_) => Shape::Event,
        NodeKind::Change(..) => Shape::Change,
        NodeKind::Outcome(_) => Shape::Outcome,
    };
    let mut label = vec![labels::node(model, &node.kind)];
    if node.kind != NodeKind::Start {
        let bounds = node.bounds.or(node.confidence);
        let bounds = bounds.map(|one| format!(" [{}..{}]", percent(one.low), percent(one.high)));
        label.push(format!("{}{}", percent(node.probability), bounds.unwrap_or_default()));
    }
    let mut facts = vec![
        ("probability", Fact::Number(node.probability)),
        ("expected", Fact::Number(node.expected)),
        ("earliest_turn", Fact::Number(f64::from(node.earliest_turn))),
    ];
    if let Some(bounds) = node.bounds {
        facts.push(("low", Fact::Number(bounds.low)));
        facts.push(("high", Fact::Number(bounds.high)));
    }
    if let Some(turn) = node.mean_turn {
        facts.push(("mean_turn", Fact::Number(turn)));
    }
    if let Some(rung) = labels::rung(model, &node.kind) {
        facts.push(("rung", Fact::Text(rung.to_owned())));
    }
    if let NodeKind::Event(event) = node.kind {
        let actor = &model.actors[event.actor.index()];
        facts.push(("actor", Fact::Text(actor.name.clone())));
    }
    DrawnNode {
        id: node.id.clone(),
        label,
        shape,
        band: labels::rung_index(model, &node.kind),
        facts,
    }
}

/// What connects the two, and how often.
fn label(model: &Model, by: &By, alternative: Option<&str>, expected: f64) -> Vec<String> {
    let often = if expected <= 1.0 { percent(expected) } else { format!("{}×", number(expected)) };
    match by {
        By::Declaration(_) | By::Inject(_) => {
            let alternative = alternative.map(|name| format!(" ({name})")).unwrap_or_default();
            vec![format!("{}{alternative}", by_name(model, by)), often]
        }
        By::Action(_) | By::Outcome(_) => vec![often],
    }
}
