//! What nodes of the reaction graph are called.

use super::answer::{NodeKind, VariableChange};
use crate::engine::Program;
use crate::model::{Model, VarId};

/// The id of a node.
#[must_use]
pub fn id(model: &Model, kind: NodeKind) -> String {
    match kind {
        NodeKind::Start => "start".to_owned(),
        NodeKind::Event(event) => model.event_name(&event),
        NodeKind::Change(variable, change) => {
            let name = &model.variables[variable.index()].name;
            match change {
                VariableChange::Becomes(value) => {
                    format!("{name} becomes {}", model.value_name(variable, value))
                }
                VariableChange::Raised => format!("{name} raised"),
                VariableChange::Lowered => format!("{name} lowered"),
            }
        }
        NodeKind::Outcome(outcome) => format!("outcome {}", model.outcomes[outcome.index()].name),
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
    let change = match variable.given.get((node - variable.first_node) as usize) {
        Some(value) => VariableChange::Becomes(*value),
        None if node == variable.raised() => VariableChange::Raised,
        None => VariableChange::Lowered,
    };
    NodeKind::Change(VarId::new(variable.variable), change)
}
