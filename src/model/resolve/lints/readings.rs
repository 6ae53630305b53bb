//! Readings that do not differ: from the scenario as written, or from each other.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::lints::ALIKE_READINGS;
use crate::model::resolve::Builder;
use crate::model::{Change, DeclId, Likelihood, Rule};
use rustc_hash::{FxHashMap, FxHashSet};

/// Of more readings than this only the first are compared.
const MOST_READINGS: usize = 200;

/// A change in a form that can be compared: what it changes, and to what.
type Plain = (u8, usize, u64, u64);

impl Builder<'_> {
    /// Readings that change nothing, and those whose changes another one holds as well.
    pub(in crate::model::resolve) fn alike_readings(&self) -> Vec<Diagnostic> {
        let mut rules: FxHashMap<DeclId, &Rule> = FxHashMap::default();
        for rule in &self.model.rules {
            rules.entry(rule.declaration).or_insert(rule);
        }
        let readings = &self.model.readings[..self.model.readings.len().min(MOST_READINGS)];
        let changes: Vec<FxHashSet<Plain>> = readings
            .iter()
            .map(|reading| {
                reading.changes.iter().filter_map(|one| self.plain(one, &rules)).collect()
            })
            .collect();
        let mut found = Vec::new();
        for (at, reading) in readings.iter().enumerate() {
            // A reading without a line of its own gives the scenario as written a voice.
            if reading.changes.is_empty() {
                continue;
            }
            if changes[at].is_empty() {
                let message = format!(
                    "the reading `{}` changes nothing: all of it is as the scenario has it",
                    reading.name
                );
                let told = Diagnostic::new(ALIKE_READINGS, reading.span, message);
                found.push(told.help("change what is read otherwise, or take it out"));
                continue;
            }
            let within = |other: &usize| {
                let wider = changes[at].len() < changes[*other].len()
                    || (*other < at && changes[at].len() == changes[*other].len());
                wider && changes[at].is_subset(&changes[*other])
            };
            if let Some(other) = (0..readings.len()).find(within) {
                let alike = changes[at].len() == changes[other].len();
                let (name, with) = (&reading.name, &readings[other].name);
                let message = if alike {
                    format!("the readings `{with}` and `{name}` change the same")
                } else {
                    format!("all that the reading `{name}` changes, `{with}` changes as well")
                };
                let help = if alike {
                    "change what only one of them reads otherwise, or make them one"
                } else {
                    "change what only this one reads otherwise, or make them one"
                };
                let told = Diagnostic::new(ALIKE_READINGS, reading.span, message);
                found.push(told.also(readings[other].span, "the other one").help(help));
            }
        }
        found
    }

    /// A change to compare; `None` where it changes nothing.
    fn plain(&self, change: &Change, rules: &FxHashMap<DeclId, &Rule>) -> Option<Plain> {
        let ends = |value: &Likelihood| (value.low.to_bits(), value.high.to_bits());
        let (plain, written) = match change {
            Change::Initial(variable, value) => {
                let written = self.model.variables[variable.index()].initial;
                ((0, variable.index(), u64::from(value.cast_unsigned()), 0), written == *value)
            }
            Change::Param(param, value) => {
                let (low, high) = ends(value);
                let written = ends(&self.model.params[param.index()].value);
                ((1, param.index(), low, high), written == (low, high))
            }
            Change::Rule(rule, number, value) => {
                let (low, high) = ends(value);
                let alternative = rules.get(rule).and_then(|rule| rule.alternatives.get(*number));
                let written = alternative.and_then(|alternative| alternative.likelihood.as_ref());
                ((2, rule.index(), low, high), written.map(ends) == Some((low, high)))
            }
            Change::Disable(draw) => ((3, draw.index(), 0, 0), false),
        };
        (!written).then_some(plain)
    }
}
