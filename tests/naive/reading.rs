//! Readings: section 9 of the reference.

use escalade::model::{Change, Likelihood, Model};

/// The scenario as this reading has it.
pub fn read(model: &Model, reading: usize) -> Model {
    let mut changed = model.clone();
    let changes = &model.readings[reading].changes;
    // Params last, so that a rule which the reading gives a param has that param's value in it.
    let (params, others): (Vec<_>, Vec<_>) =
        changes.iter().partition(|change| matches!(change, Change::Param(..)));
    for change in others.into_iter().chain(params) {
        match change {
            Change::Initial(variable, value) => {
                changed.variables[variable.index()].initial = *value
            }
            Change::Param(param, value) => {
                replace(&mut changed, value, |_, _, old| old.param == Some(*param));
            }
            Change::Rule(declaration, _, value) => {
                let declaration = *declaration;
                replace(&mut changed, value, |rule, index, _| {
                    index == 0 && model.rules[rule].declaration == declaration
                });
            }
            Change::Disable(declaration) => {
                for rule in &mut changed.rules {
                    if rule.declaration == *declaration {
                        rule.guard = Some(escalade::model::Cond::Const(false));
                    }
                }
            }
        }
    }
    changed
}

/// Replaces the likelihoods of which `affected` says so, by rule and alternative.
fn replace(
    model: &mut Model,
    value: &Likelihood,
    affected: impl Fn(usize, usize, &Likelihood) -> bool,
) {
    for (rule, draws) in model.rules.iter_mut().enumerate() {
        for (index, alternative) in draws.alternatives.iter_mut().enumerate() {
            if let Some(old) = &mut alternative.likelihood
                && affected(rule, index, old)
            {
                *old = value.clone();
            }
        }
    }
}
