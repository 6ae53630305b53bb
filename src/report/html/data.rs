//! What the page's script shows: reactions, what connects them, storylines. All texts are ready to be
//! shown as text; the script never makes markup of them.

use super::evidence::about;
use super::places::anchor;
use crate::analysis::{Answers, By, Edge, Node, NodeKind, Storyline};
use crate::model::{Model, Quote};
use crate::report::content::labels;
use crate::report::isolate::with_isolates;
use crate::report::percent::{number, small};
use crate::report::record::in_script;
use crate::report::text::interval;
use crate::report::{Report, clean, percent};
use crate::source::Span;
use indexmap::IndexMap;
use petgraph::visit::EdgeRef;
use serde::Serialize;

#[derive(Serialize)]
struct Data {
    actors: Vec<String>,
    nodes: Vec<NodeData>,
    edges: Vec<EdgeData>,
    by: Vec<ByData>,
    storylines: Vec<StorylineData>,
}

#[derive(Serialize)]
struct NodeData {
    id: String,
    label: String,
    kind: &'static str,
    /// Index of the actor.
    actor: Option<usize>,
    probability: f64,
    chance: String,
    bounds: String,
    turn: Option<String>,
    /// How often on average, where that is not at most once.
    often: Option<String>,
}

#[derive(Serialize)]
struct EdgeData {
    from: usize,
    to: usize,
    /// Index of what connects them.
    by: usize,
    alternative: Option<String>,
    often: String,
}

#[derive(Serialize, Default)]
struct ByData {
    title: String,
    kind: &'static str,
    when: Option<String>,
    because: Option<String>,
    source: Option<String>,
    line: Option<String>,
    anchor: Option<String>,
}

#[derive(Serialize)]
struct StorylineData {
    outcome: String,
    probability: f64,
    chance: String,
    steps: Vec<StepData>,
}

#[derive(Serialize)]
struct StepData {
    turn: u32,
    date: Option<String>,
    nodes: Vec<usize>,
}

/// The data of a report, safe inside a `script` element.
#[must_use]
pub fn data(report: &Report<'_>) -> String {
    let Some(main) = report.main() else { return "{}".to_owned() };
    let model = report.model;
    let graph = &main.reactions.graph;
    let mut by: IndexMap<&By, ByData> = IndexMap::new();
    let edges = graph.edge_references().map(|edge| {
        let known = by.entry(&edge.weight().by);
        let at = known.index();
        known.or_insert_with(|| connection(report, &edge.weight().by));
        EdgeData::new(edge.source().index(), edge.target().index(), at, edge.weight())
    });
    let edges = edges.collect();
    in_script(&Data {
        actors: model.actors.iter().map(|actor| shown(&actor.title)).collect(),
        nodes: graph.node_weights().map(|node| NodeData::new(model, node)).collect(),
        edges,
        by: by.into_values().collect(),
        storylines: main
            .storylines
            .iter()
            .map(|one| StorylineData::new(model, main, one))
            .collect(),
    })
}

/// A text as the script shows it.
fn shown(text: &str) -> String {
    with_isolates(&clean(text))
}

impl NodeData {
    fn new(model: &Model, node: &Node) -> Self {
        let (kind, actor) = match node.kind {
            NodeKind::Start => ("start", None),
            NodeKind::Event(event) => ("event", Some(event.actor.index())),
            NodeKind::Change(variable, _) => {
                let actors = &model.variables[variable.index()].actors;
                ("change", actors.first().map(|actor| actor.index()))
            }
            NodeKind::Outcome(_) => ("outcome", None),
        };
        let again = node.expected > node.probability * 1.05 && node.probability > 0.0;
        Self {
            id: node.id.clone(),
            label: shown(&labels::node(model, &node.kind)),
            kind,
            actor,
            probability: node.probability,
            chance: percent(node.probability),
            bounds: interval(node.bounds.or(node.confidence)),
            turn: node.mean_turn.map(|turn| labels::mean_turn(model, turn)),
            often: again.then(|| number(node.expected / node.probability)),
        }
    }
}

impl EdgeData {
    fn new(from: usize, to: usize, by: usize, edge: &Edge) -> Self {
        let often = if edge.expected <= 1.0 {
            percent(edge.expected)
        } else {
            format!("{} times on average", number(edge.expected))
        };
        Self { from, to, by, alternative: edge.alternative.as_deref().map(shown), often }
    }
}

impl StorylineData {
    fn new(model: &Model, main: &Answers, storyline: &Storyline) -> Self {
        let steps = storyline.steps.iter().map(|step| StepData {
            turn: step.turn,
            date: model.date(step.turn).map(|date| date.to_string()),
            nodes: (step.nodes.iter())
                .filter_map(|id| main.reactions.find(id).map(|index| index.index()))
                .collect(),
        });
        let outcome = storyline.outcome.map(|id| shown(&model.outcomes[id.index()].title));
        Self {
            outcome: outcome.unwrap_or_default(),
            probability: storyline.probability,
            chance: small(storyline.probability),
            steps: steps.collect(),
        }
    }
}

fn connection(report: &Report<'_>, by: &By) -> ByData {
    let model = report.model;
    let title = shown(&labels::by_title(model, by));
    match *by {
        By::Declaration(id) => {
            let declaration = &model.declarations[id.index()];
            let guard = declaration.guard_text.as_ref().map(|guard| format!(" if {guard}"));
            let because = declaration.because.as_ref();
            let source = |quote: &Quote| quote.source.and_then(|id| model.sources.get(id.index()));
            ByData {
                when: Some(shown(&format!(
                    "{}{}",
                    declaration.trigger_text,
                    guard.unwrap_or_default()
                ))),
                because: because.map(|quote| shown(&quote.text)),
                source: because.and_then(source).map(|source| shown(&about(source))),
                ..placed(report, title, "rule", declaration.span)
            }
        }
        By::Inject(at) => placed(report, title, "script", model.injects[at].span),
        By::Action(id) => placed(report, title, "action", model.actions[id.index()].span),
        By::Outcome(id) => placed(report, title, "outcome", model.outcomes[id.index()].span),
    }
}

fn placed(report: &Report<'_>, title: String, kind: &'static str, span: Span) -> ByData {
    let place = report.sources.files().get(span.file.0 as usize).map(|file| {
        let line = file.place(span.start).line;
        let of =
            if span.file.0 == 0 { String::new() } else { format!(" of {}", shown(&file.path)) };
        (format!("line {line}{of}"), anchor(span.file.0, line))
    });
    let (line, anchor) = place.unzip();
    ByData { title, kind, line, anchor, ..ByData::default() }
}
