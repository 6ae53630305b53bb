//! A reading and settings: changes by what they change.

use super::{Ordered, parts::Part};
use crate::model::{Change, DeclId, Domain, Likelihood, Model, VarId, setting};

/// How a scenario is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The reading; `None` is the scenario as written.
    pub reading: Option<String>,
    /// Settings as on the command line, which count after the reading.
    pub set: Vec<String>,
}

/// A change, with what it says.
#[derive(Clone, Debug)]
pub(super) struct Keyed {
    pub change: Change,
    pub said: Part,
}

/// What a view changes in a scenario, by what is changed; of two changes of one thing the later.
pub(super) fn keyed(model: &Model, view: &View) -> Result<Ordered<Keyed>, String> {
    let mut changes: Vec<Change> = Vec::new();
    if let Some(name) = &view.reading {
        let Some(reading) = model.readings.iter().find(|reading| reading.name == *name) else {
            return Err(format!("there is no reading `{name}`"));
        };
        changes.extend(reading.changes.iter().cloned());
    }
    for text in &view.set {
        changes.extend(setting(model, text)?);
    }
    let mut keyed = Ordered::default();
    for change in changes {
        let name = changed(model, &change);
        let said = said(model, &change);
        keyed.insert(name, Keyed { change, said });
    }
    Ok(keyed)
}

/// What a change changes: `param p`, `position a on i`, `initial v`, `rule r`.
fn changed(model: &Model, change: &Change) -> String {
    match change {
        Change::Initial(id, _) => match model.variables[id.index()].issue {
            Some(_) => format!("set position {}", model.variables[id.index()].name),
            None => format!("set {}", model.variables[id.index()].name),
        },
        Change::Param(id, _) => format!("set param {}", model.params[id.index()].name),
        Change::Rule(id, ..) | Change::Disable(id) => {
            format!("set rule {}", model.declarations[id.index()].name)
        }
    }
}

fn said(model: &Model, change: &Change) -> Part {
    match change {
        Change::Initial(id, value) => initial(model, *id, *value),
        Change::Param(_, value) | Change::Rule(_, _, value) => likelihood(value),
        Change::Disable(_) => disabled(),
    }
}

fn initial(model: &Model, id: VarId, value: i32) -> Part {
    let part = match model.variables[id.index()].domain {
        Domain::Position(_) => "level",
        Domain::State { .. } | Domain::Flag | Domain::Meter { .. } => "initial value",
    };
    Part::new(part, &model.value_name(id, value), true)
}

fn likelihood(value: &Likelihood) -> Part {
    let part = Part::new("likelihood", &value.text, true);
    Part { compared: format!("{}..{} {:?}", value.low, value.high, value.param), ..part }
}

fn disabled() -> Part {
    Part::new("likelihood", "disabled", true)
}

/// What the scenario as written says of what a change changes.
pub(super) fn written(model: &Model, keyed: Option<&Keyed>) -> Part {
    let first = |id: DeclId| {
        let rule = model.rules.iter().find(|rule| rule.declaration == id)?;
        rule.alternatives.first()?.likelihood.as_ref()
    };
    match keyed.map(|it| &it.change) {
        Some(Change::Initial(id, _)) => initial(model, *id, model.variables[id.index()].initial),
        Some(Change::Param(id, _)) => likelihood(&model.params[id.index()].value),
        Some(Change::Rule(id, ..) | Change::Disable(id)) => {
            first(*id).map_or_else(|| Part::new("likelihood", "as written", true), likelihood)
        }
        None => Part::new("", "", false),
    }
}
