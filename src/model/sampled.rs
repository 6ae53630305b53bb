//! A point of a sample: how its values give way where they cannot be together.

use super::points::{Dimension, What};
use super::{Change, DeclId, Likelihood, Model, ParamId, Rule};

/// What values of all dimensions change. Alternatives of one rule that would add up to more than 1
/// are taken less far up, as estimates are: by the same share of what lies above their low ends; options
/// of a decision that has no others and would add up to less are taken further up. A param gives way
/// in all rules at once. What cannot be all the same stays.
#[must_use]
pub fn at(model: &Model, dimensions: &[Dimension], values: &mut [f64]) -> Vec<Change> {
    let (decisions, rules): (Vec<_>, Vec<_>) =
        first_rules(model).partition(|rule| rule.decider.is_some());
    // To take something less far up breaks no rule that fits, so what only raises comes first.
    for rule in &decisions {
        Sum::of(model, rule, dimensions).raise(dimensions, values);
    }
    for rule in decisions.iter().chain(&rules) {
        Sum::of(model, rule, dimensions).lower(dimensions, values);
    }
    let change = |(dimension, &value): (&Dimension, &f64)| {
        let likelihood = Likelihood::exactly(value);
        match dimension.what {
            What::Param(param) => Change::Param(param, likelihood),
            What::Rule(declaration, number) => Change::Rule(declaration, number, likelihood),
        }
    };
    dimensions.iter().zip(&*values).map(change).collect()
}

/// What the likelihoods of a rule's alternatives add up to.
struct Sum {
    /// The dimensions in it, each as often as it stands there.
    varied: Vec<usize>,
    /// The low ends and the high ends of all others.
    fixed: (f64, f64),
    /// Whether it has to be 1: the options of a decision in which each has a likelihood.
    closed: bool,
}

impl Sum {
    fn of(model: &Model, rule: &Rule, dimensions: &[Dimension]) -> Self {
        let mut sum =
            Self { varied: Vec::new(), fixed: (0.0, 0.0), closed: rule.decider.is_some() };
        for (number, alternative) in rule.alternatives.iter().enumerate() {
            let Some(given) = &alternative.likelihood else {
                sum.closed = false;
                continue;
            };
            match dimension(model, dimensions, rule.declaration, number, given.param) {
                Some(at) => sum.varied.push(at),
                None => sum.fixed = (sum.fixed.0 + given.low, sum.fixed.1 + given.high),
            }
        }
        sum
    }

    fn varied(&self, value: impl Fn(usize) -> f64) -> f64 {
        self.varied.iter().map(|&at| value(at)).sum()
    }

    fn lower(&self, dimensions: &[Dimension], values: &mut [f64]) {
        let low = self.varied(|at| dimensions[at].low);
        let above = self.varied(|at| values[at]) - low;
        if self.fixed.0 + low + above > 1.0 && above > 0.0 {
            let share = ((1.0 - self.fixed.0 - low) / above).clamp(0.0, 1.0);
            self.each_once(|at| {
                let low = dimensions[at].low;
                values[at] = low + share * (values[at] - low);
            });
        }
    }

    fn raise(&self, dimensions: &[Dimension], values: &mut [f64]) {
        let sum = self.varied(|at| values[at]);
        let below = self.varied(|at| dimensions[at].high) - sum;
        if self.closed && self.fixed.1 + sum < 1.0 && below > 0.0 {
            let share = ((1.0 - self.fixed.1 - sum) / below).clamp(0.0, 1.0);
            self.each_once(|at| values[at] += share * (dimensions[at].high - values[at]));
        }
    }

    fn each_once(&self, mut change: impl FnMut(usize)) {
        for (place, at) in self.varied.iter().enumerate() {
            if !self.varied[..place].contains(at) {
                change(*at);
            }
        }
    }
}

/// The dimension that an alternative's likelihood lies in, if it is varied: its own, or that of the
/// param that it names, or of one that this is defined by.
fn dimension(
    model: &Model,
    dimensions: &[Dimension],
    declaration: DeclId,
    number: usize,
    mut param: Option<ParamId>,
) -> Option<usize> {
    let find = |what| dimensions.iter().position(|dimension| dimension.what == what);
    let mut found = find(What::Rule(declaration, number));
    while let (None, Some(id)) = (found, param) {
        found = find(What::Param(id));
        param = model.params[id.index()].value.param;
    }
    found
}

/// The first rule of each declaration: all of its rules have the same likelihoods.
fn first_rules(model: &Model) -> impl Iterator<Item = &Rule> {
    let mut before = None;
    model
        .rules
        .iter()
        .filter(move |rule| before.replace(rule.declaration) != Some(rule.declaration))
}
