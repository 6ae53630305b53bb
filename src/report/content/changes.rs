//! What a reading changes, in words.

use crate::model::{Change, Model};

/// One text for each change: `France on troops: wary`, `rule moscow_strikes: very_unlikely`.
#[must_use]
pub fn changes(model: &Model, changes: &[Change]) -> Vec<String> {
    changes.iter().map(|change| one(model, change)).collect()
}

fn one(model: &Model, change: &Change) -> String {
    match change {
        Change::Initial(id, value) => {
            let variable = &model.variables[id.index()];
            let (now, before) =
                (model.value_name(*id, *value), model.value_name(*id, variable.initial));
            format!("{}: {now} instead of {before}", variable.title)
        }
        Change::Param(id, likelihood) => {
            let param = &model.params[id.index()];
            let (now, before) = (&likelihood.text, &param.value.text);
            format!("{}: {now} instead of {before}", param.title)
        }
        Change::Rule(id, _, likelihood) => {
            let declaration = &model.declarations[id.index()];
            format!("{}: {}", declaration.title, likelihood.text)
        }
        Change::Disable(id) => {
            format!("{}: never happens", model.declarations[id.index()].title)
        }
    }
}
