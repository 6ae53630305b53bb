//! Positions, initial values and decisions, each replaced by every other value that it could have.

use super::answer::{Alternate, Replaced, Replacement};
use super::open_likelihoods::{Scene, alone};
use crate::engine::Reads;
use crate::model::{DeclId, DeclarationKind, Domain, Model, VarId, Variable};
use rayon::prelude::*;

/// A meter with more values than this is only set to its ends and to the neighbours of its value.
const MANY: i32 = 8;

/// All replacements, each with every outcome of the model.
#[must_use]
pub fn replacements(scene: &Scene<'_>) -> Vec<Replacement> {
    let model = scene.model;
    let reads = Reads::of(model);
    let read = (0..model.variables.len()).map(VarId::new).filter(|id| reads.variables.contains(id));
    let variables: Vec<VarId> = read.collect();
    let decision = |at: usize| {
        let declaration = &model.declarations[at];
        let used = model.rules.iter().any(|rule| rule.declaration.index() == at);
        (used && declaration.kind == DeclarationKind::Decision).then(|| decided(scene, at))
    };
    let mut all: Vec<Replacement> = (0..model.declarations.len()).filter_map(decision).collect();
    if scene.is_large() {
        all.extend(variables.iter().map(|&id| set(scene, id)));
    } else {
        all.par_extend(variables.par_iter().map(|&id| set(scene, id)));
    }
    all
}

/// A decision that always comes to the same.
fn decided(scene: &Scene<'_>, at: usize) -> Replacement {
    let declaration = &scene.model.declarations[at];
    let option = |(number, name): (usize, &Option<String>)| Alternate {
        value: name.clone().unwrap_or_default(),
        estimates: scene.choose(DeclId::new(at), number).map(|weighed| weighed.estimates()),
        torn: None,
    };
    Replacement {
        name: declaration.name.clone(),
        what: Replaced::Decision(DeclId::new(at)),
        present: None,
        others: declaration.alternatives.iter().enumerate().map(option).collect(),
    }
}

/// A variable with every other value at the start.
fn set(scene: &Scene<'_>, id: VarId) -> Replacement {
    let model = scene.model;
    let variable = &model.variables[id.index()];
    let other = |value: i32| {
        let mut changed = model.clone();
        changed.variables[id.index()].initial = value;
        let found = alone(&changed, scene.options).ok();
        let torn = found.as_ref().and_then(|found| found.torn.clone());
        let estimates = found.map(|found| found.outcomes);
        Alternate { value: model.value_name(id, value), estimates, torn }
    };
    let what = match variable.issue {
        Some(_) => Replaced::Position(id),
        None => Replaced::Initial(id),
    };
    Replacement {
        name: variable.name.clone(),
        what,
        present: Some(model.value_name(id, variable.initial)),
        others: others(model, variable).into_iter().map(other).collect(),
    }
}

/// The other values that a variable could have.
fn others(model: &Model, variable: &Variable) -> Vec<i32> {
    let now = variable.initial;
    let count = |names: usize| i32::try_from(names).unwrap_or(i32::MAX);
    let (low, high) = match &variable.domain {
        Domain::State { values, .. } => (0, count(values.len()) - 1),
        Domain::Position(scale) => (0, count(model.scales[scale.index()].levels.len()) - 1),
        Domain::Flag => (0, 1),
        Domain::Meter { low, high } if high.saturating_sub(*low) >= MANY => {
            let mut some = vec![*low, now.saturating_sub(1), now.saturating_add(1), *high];
            some.retain(|value| *value != now && (*low..=*high).contains(value));
            some.dedup();
            return some;
        }
        Domain::Meter { low, high } => (*low, *high),
    };
    (low..=high).filter(|value| *value != now).collect()
}
