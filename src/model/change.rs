//! A scenario under a reading or under settings of the command line.

use super::resolve::{SumMistake, sum_mistake};
use super::{Alternative, Change, DeclId, DeclarationKind, Likelihood, Model, ParamId, Rule};
use crate::diagnostic::pages::meaning::LIKELIHOOD_CIRCLE;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::source::{FileId, Span};
use rustc_hash::{FxHashMap, FxHashSet};

impl Model {
    /// The scenario with these changes; of two changes of one thing the later counts.
    ///
    /// `None` where the likelihoods of some rule can no longer be, which is reported at the rule.
    #[must_use]
    pub fn changed(&self, changes: &[Change], diagnostics: &mut Diagnostics) -> Option<Model> {
        let effective = Effective::new(self, changes);
        if let Some(param) = effective.circle {
            let place =
                self.declarations.first().map_or(Span::new(FileId(0), 0, 0), |first| first.span);
            let message =
                format!("the param `{}` is defined by itself", self.params[param.index()].name);
            diagnostics.push(Diagnostic::new(LIKELIHOOD_CIRCLE, place, message));
            return None;
        }
        let mistakes = effective.mistakes(self);
        for (declaration, mistake) in &mistakes {
            let declared = &self.declarations[declaration.index()];
            let decision = declared.kind == DeclarationKind::Decision;
            diagnostics.push(mistake.diagnostic(declared.span, decision, &declared.name));
        }
        mistakes.is_empty().then(|| effective.apply(self, changes))
    }
}

/// What the likelihoods come to under some changes.
pub(super) struct Effective {
    /// The value of each param.
    params: Vec<Likelihood>,
    /// The likelihoods of alternatives that are changed.
    alternatives: FxHashMap<(DeclId, usize), Likelihood>,
    disabled: FxHashSet<DeclId>,
    /// A param that the changes define by itself.
    pub(super) circle: Option<ParamId>,
}

impl Effective {
    pub(super) fn new(model: &Model, changes: &[Change]) -> Self {
        let mut effective = Self {
            params: model.params.iter().map(|param| param.value.clone()).collect(),
            alternatives: FxHashMap::default(),
            disabled: FxHashSet::default(),
            circle: None,
        };
        for change in changes {
            match change {
                Change::Initial(..) => {}
                Change::Param(param, value) => effective.params[param.index()] = value.clone(),
                Change::Rule(draw, alternative, value) => {
                    effective.alternatives.insert((*draw, *alternative), value.clone());
                }
                Change::Disable(draw) => {
                    effective.disabled.insert(*draw);
                }
            }
        }
        effective.follow_params();
        effective
    }

    /// Gives each param that is defined by another the value of the one at the end of the chain.
    fn follow_params(&mut self) {
        for index in 0..self.params.len() {
            let mut path = vec![index];
            let mut end = index;
            while let Some(next) = self.params[end].param {
                end = next.index();
                if path.contains(&end) {
                    self.circle = Some(ParamId::new(end));
                    return;
                }
                path.push(end);
            }
            let (low, high) = (self.params[end].low, self.params[end].high);
            for at in path {
                (self.params[at].low, self.params[at].high) = (low, high);
            }
        }
    }

    /// The ends of a likelihood under the changes.
    fn ends(&self, likelihood: &Likelihood) -> (f64, f64) {
        let value = likelihood.param.map_or(likelihood, |param| &self.params[param.index()]);
        (value.low, value.high)
    }

    /// The rules and decisions whose likelihoods cannot be.
    pub(super) fn mistakes(&self, model: &Model) -> Vec<(DeclId, SumMistake)> {
        let mut mistakes = Vec::new();
        let mut before = None;
        for rule in &model.rules {
            // All choices of members have the same likelihoods.
            if before == Some(rule.declaration) || self.disabled.contains(&rule.declaration) {
                continue;
            }
            before = Some(rule.declaration);
            let mistake = sum_mistake(&self.rule_ends(rule), rule.decider.is_some());
            mistakes.extend(mistake.map(|mistake| (rule.declaration, mistake)));
        }
        mistakes
    }

    fn rule_ends(&self, rule: &Rule) -> Vec<Option<(f64, f64)>> {
        let ends = |(at, alternative): (usize, &Alternative)| {
            let changed = self.alternatives.get(&(rule.declaration, at));
            changed.or(alternative.likelihood.as_ref()).map(|given| self.ends(given))
        };
        rule.alternatives.iter().enumerate().map(ends).collect()
    }

    fn apply(self, model: &Model, changes: &[Change]) -> Model {
        let mut changed = model.clone();
        for change in changes {
            if let Change::Initial(variable, value) = change {
                changed.variables[variable.index()].initial = *value;
            }
        }
        changed.rules.retain(|rule| !self.disabled.contains(&rule.declaration));
        for rule in &mut changed.rules {
            for (at, alternative) in rule.alternatives.iter_mut().enumerate() {
                if let Some(likelihood) = self.alternatives.get(&(rule.declaration, at)) {
                    alternative.likelihood = Some(likelihood.clone());
                }
            }
            for likelihood in rule.alternatives.iter_mut().filter_map(|one| one.likelihood.as_mut())
            {
                (likelihood.low, likelihood.high) = self.ends(likelihood);
            }
        }
        for word in &mut changed.lexicon {
            (word.value.low, word.value.high) = self.ends(&word.value);
        }
        for (param, value) in changed.params.iter_mut().zip(self.params) {
            param.value = value;
        }
        changed
    }
}
