//! The likelihoods of a scenario, and where each of them stands.

use super::answer::Lever;
use crate::engine::draw::Distribution;
use crate::model::{DeclId, Likelihood, Model, ParamId, Rule};

/// A likelihood that can be moved.
#[derive(Clone, Debug)]
pub struct Movable {
    /// What it is.
    pub what: Lever,
    /// Its name.
    pub name: String,
    /// As written, with its range.
    pub likelihood: Likelihood,
    /// Its present estimate.
    pub estimate: f64,
    /// Where it stands.
    pub uses: Vec<Use>,
}

/// The alternatives of one declaration in which a likelihood stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The declaration.
    pub declaration: DeclId,
    /// The alternatives, or options, numbered from 0.
    pub places: Vec<usize>,
}

/// All likelihoods of a scenario: params, then what stands in rules and decisions itself. What is
/// `certain` or `impossible` in so many words, or by being left out, is no matter of degree.
#[must_use]
pub fn movables(model: &Model) -> Vec<Movable> {
    let rules = rules(model);
    let mut all = Vec::new();
    for (at, param) in model.params.iter().enumerate() {
        let id = ParamId::new(at);
        let uses = uses(model, &rules, id);
        // Another name for a param that stands nowhere else adds nothing.
        let double = param.value.param.is_some_and(|of| self::uses(model, &rules, of) == uses);
        if !uses.is_empty() && !double {
            let value = &param.value;
            all.push(Movable {
                what: Lever::Param(id),
                name: param.name.clone(),
                estimate: value.low + (value.high - value.low) / 2.0,
                likelihood: value.clone(),
                uses,
            });
        }
    }
    for rule in &rules {
        let estimate = estimate(rule);
        for (number, alternative) in rule.alternatives.iter().enumerate() {
            let Some(likelihood) = alternative.likelihood.as_ref().filter(|it| is_own(it)) else {
                continue;
            };
            let declaration = rule.declaration;
            all.push(Movable {
                what: Lever::Alternative(declaration, number),
                name: model.declarations[declaration.index()].alternative_name(number),
                estimate: estimate[number],
                likelihood: likelihood.clone(),
                uses: vec![Use { declaration, places: vec![number] }],
            });
        }
    }
    all
}

/// The first rule of each declaration that has any: all choices of members have the same
/// likelihoods.
#[must_use]
pub fn rules(model: &Model) -> Vec<&Rule> {
    let mut rules: Vec<&Rule> = model.rules.iter().collect();
    rules.sort_by_key(|rule| rule.declaration.index());
    rules.dedup_by_key(|rule| rule.declaration);
    rules
}

/// The estimated probability of each alternative of a rule, `else` last, or option of a decision.
#[must_use]
pub fn estimate(rule: &Rule) -> Vec<f64> {
    let distribution = match rule.decider {
        Some(_) => Distribution::of_decision(&rule.alternatives),
        None => Distribution::of_rule(&rule.alternatives),
    };
    distribution.estimate
}

fn is_own(likelihood: &Likelihood) -> bool {
    likelihood.param.is_none() && !matches!(likelihood.text.as_str(), "certain" | "impossible")
}

/// Where a param stands, also by way of others that are defined by it.
fn uses(model: &Model, rules: &[&Rule], param: ParamId) -> Vec<Use> {
    let stands = |likelihood: &Likelihood| {
        let mut next = likelihood.param;
        // A chain of definitions has no circle; it is no longer than there are params.
        for _ in 0..model.params.len() {
            match next {
                Some(id) if id == param => return true,
                Some(id) => next = model.params[id.index()].value.param,
                None => return false,
            }
        }
        false
    };
    let one = |rule: &&Rule| {
        let places = rule.alternatives.iter().enumerate();
        let places = places.filter(|(_, it)| it.likelihood.as_ref().is_some_and(stands));
        let places: Vec<usize> = places.map(|(number, _)| number).collect();
        (!places.is_empty()).then_some(Use { declaration: rule.declaration, places })
    };
    rules.iter().filter_map(one).collect()
}
