//! How the things of a scenario are called in every output.

use super::{Domain, Event, EventPattern, Model, VarId, Variable};

impl Model {
    /// An event as in the reaction graph: `russia does strike against poland`.
    #[must_use]
    pub fn event_name(&self, event: &Event) -> String {
        let actor = &self.actors[event.actor.index()].name;
        let action = &self.actions[event.action.index()].name;
        match event.target {
            None => format!("{actor} does {action}"),
            Some(target) => {
                format!("{actor} does {action} against {}", self.actors[target.index()].name)
            }
        }
    }

    /// An event in the words of the titles: `Russia: Strike the deployed force (Poland)`.
    #[must_use]
    pub fn event_title(&self, event: &Event) -> String {
        let actor = &self.actors[event.actor.index()].title;
        let action = &self.actions[event.action.index()].title;
        match event.target {
            None => format!("{actor}: {action}"),
            Some(target) => format!("{actor}: {action} ({})", self.actors[target.index()].title),
        }
    }

    /// What a condition asks for, as it is written: `russia does strike`, `russia has done strike`.
    #[must_use]
    pub fn pattern_name(&self, pattern: &EventPattern, ever: bool) -> String {
        let EventPattern { actor, action, target } = *pattern;
        let name = self.event_name(&Event { actor, action, target });
        if ever { name.replacen(" does ", " has done ", 1) } else { name }
    }

    /// The name of a value of a variable: `strained`, `yes`, `3`, `supports`; the number itself
    /// where it lies outside the variable's domain.
    #[must_use]
    pub fn value_name(&self, variable: VarId, value: i32) -> String {
        let variable = &self.variables[variable.index()];
        if let Domain::Position(scale) = variable.domain {
            return nth(&self.scales[scale.index()].levels, value);
        }
        variable.value_name(value)
    }
}

impl Variable {
    /// The name of one of its values: `strained`, `yes`, `3`. Levels of positions are named by
    /// [`Model::value_name`], which knows the scales; here they are their index.
    #[must_use]
    pub fn value_name(&self, value: i32) -> String {
        match &self.domain {
            Domain::State { values, .. } => nth(values, value),
            Domain::Flag => if value == 0 { "no" } else { "yes" }.to_owned(),
            Domain::Meter { .. } | Domain::Position(_) => value.to_string(),
        }
    }
}

fn nth(names: &[String], index: i32) -> String {
    let name = usize::try_from(index).ok().and_then(|index| names.get(index));
    name.map_or_else(|| index.to_string(), Clone::clone)
}
