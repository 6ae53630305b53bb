//! What nodes of the reaction graph are called.

use super::answer::{NodeKind, VariableChange};
use crate::engine::Program;
use crate::model::{Domain, Event, Model, Variable};

/// The id of a node.
#[must_use]
pub fn id(model: &Model, kind: NodeKind) -> String {
    match kind {
        NodeKind::Start => "start".to_owned(),
        NodeKind::Event(event) => event_id(model, &event),
        NodeKind::Change(variable, change) => {
            let variable = &model.variables[variable.index()];
            match change {
                VariableChange::Becomes(value) => {
                    format!("{} becomes {}", variable.name, value_name(model, variable, value))
                }
                VariableChange::Raised => format!("{} raised", variable.name),
                VariableChange::Lowered => format!("{} lowered", variable.name),
            }
        }
        NodeKind::Outcome(outcome) => format!("outcome {}", model.outcomes[outcome.index()].name),
    }
}

fn event_id(model: &Model, event: &Event) -> String {
    let actor = &model.actors[event.actor.index()].name;
    let action = &model.actions[event.action.index()].name;
    match event.target {
        None => format!("{actor} does {action}"),
        Some(target) => {
            format!("{actor} does {action} against {}", model.actors[target.index()].name)
        }
    }
}

/// A value of a variable as it is written.
#[must_use]
pub fn value_name(model: &Model, variable: &Variable, value: i32) -> String {
    let named = |names: &[String]| {
        let index = usize::try_from(value).unwrap_or(usize::MAX);
        names.get(index).cloned().unwrap_or_default()
    };
    match &variable.domain {
        Domain::State { values, .. } => named(values),
        Domain::Flag => (if value == 0 { "no" } else { "yes" }).to_owned(),
        Domain::Meter { .. } => value.to_string(),
        Domain::Position(scale) => named(&model.scales[scale.index()].levels),
    }
}

/// What a node of the engine is: an event, or a change of a variable.
#[must_use]
pub fn kind(model: &Model, program: &Program, node: u32) -> NodeKind {
    if let Some(body) = model.events.get(node as usize) {
        return NodeKind::Event(body.event);
    }
    let at = program.variables.partition_point(|variable| variable.nodes().end <= node);
    let variable = &program.variables[at];
    let change = if node == variable.raised() {
        VariableChange::Raised
    } else if node == variable.lowered() {
        VariableChange::Lowered
    } else {
        let steps = i32::try_from(node - variable.first_node).unwrap_or(0);
        VariableChange::Becomes(variable.low.saturating_add(steps))
    };
    NodeKind::Change(crate::model::VarId::new(variable.variable), change)
}
