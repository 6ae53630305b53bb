//! Likelihoods: section 6 of the reference.

use super::fraction::{Fraction, decimal, whole};
use escalade::model::{Branch, Rule};
use std::collections::BTreeSet;

/// What a rule or decision drew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Choice {
    /// This alternative or option, from 0.
    Alternative(usize),
    /// None of them.
    Else,
}

impl Choice {
    /// What it brings.
    pub fn branch(self, rule: &Rule) -> &Branch {
        match self {
            Self::Alternative(index) => &rule.alternatives[index].branch,
            Self::Else => &rule.otherwise,
        }
    }
}

/// What may vary while a bound is looked for; what may not is at its estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freedom {
    /// Nothing.
    Nothing,
    /// Likelihoods within their ranges, also those of a decision's options.
    Likelihoods,
    /// What the deciders choose.
    Decisions,
    /// Both.
    Both,
}

/// A probability for each alternative, in order, then for `else`.
pub type Distribution = Vec<Fraction>;

/// The distributions at the corners of what is allowed.
pub fn candidates(rule: &Rule, freedom: Freedom) -> Vec<Distribution> {
    match (rule.decider.is_some(), freedom) {
        (_, Freedom::Nothing) | (false, Freedom::Decisions) => vec![estimate(rule)],
        (_, Freedom::Likelihoods) | (false, Freedom::Both) => vertices(rule),
        (true, Freedom::Decisions | Freedom::Both) => pure_choices(rule.alternatives.len()),
    }
}

/// What the rule can draw with a probability above 0, for some allowed likelihood and policy.
pub fn possible_choices(rule: &Rule) -> Vec<Choice> {
    let corners = candidates(rule, Freedom::Both);
    let possible = |index: usize| corners.iter().any(|corner| corner[index] > whole(0));
    let count = rule.alternatives.len();
    let mut choices: Vec<_> =
        (0..count).filter(|&index| possible(index)).map(Choice::Alternative).collect();
    if possible(count) {
        choices.push(Choice::Else);
    }
    choices
}

/// Ranges at their midpoints, or less far up where these add up to more than 1.
pub fn estimate(rule: &Rule) -> Distribution {
    let (lows, highs) = given(rule);
    let (low, high) = (total(&lows), total(&highs));
    let half = Fraction::new(1.into(), 2.into());
    let must_fill = rule.decider.is_some() && lows.len() == rule.alternatives.len();
    let middle = (&low + &high) * &half;
    let share = if low == high || (middle <= whole(1) && !must_fill) {
        half
    } else {
        (whole(1) - &low) / (&high - &low)
    };
    let points = lows.iter().zip(&highs).map(|(low, high)| low + (high - low) * &share).collect();
    filled(rule, points)
}

/// The vertices of what the likelihoods allow.
fn vertices(rule: &Rule) -> Vec<Distribution> {
    let (lows, highs) = given(rule);
    let must_fill = rule.decider.is_some() && lows.len() == rule.alternatives.len();
    let mut found = BTreeSet::new();
    for mask in 0..1_u32 << lows.len() {
        let ends: Vec<Fraction> = (0..lows.len())
            .map(|index| if mask >> index & 1 == 0 { &lows[index] } else { &highs[index] }.clone())
            .collect();
        if total(&ends) == whole(1) || (total(&ends) < whole(1) && !must_fill) {
            found.insert(ends.clone());
        }
        for free in 0..lows.len() {
            let mut point = ends.clone();
            point[free] = whole(1) - (total(&ends) - &ends[free]);
            if lows[free] <= point[free] && point[free] <= highs[free] {
                found.insert(point);
            }
        }
    }
    found.into_iter().map(|points| filled(rule, points)).collect()
}

/// Every option alone.
fn pure_choices(options: usize) -> Vec<Distribution> {
    (0..options)
        .map(|chosen| (0..=options).map(|index| whole(i64::from(index == chosen))).collect())
        .collect()
}

/// The ends of the likelihoods that are given.
fn given(rule: &Rule) -> (Vec<Fraction>, Vec<Fraction>) {
    let given = rule.alternatives.iter().filter_map(|each| each.likelihood.as_ref());
    given.map(|likelihood| (decimal(likelihood.low), decimal(likelihood.high))).unzip()
}

/// The given probabilities in their places, the rest shared equally by the options that give
/// none; what is still left is the `else`.
fn filled(rule: &Rule, given: Vec<Fraction>) -> Distribution {
    let rest = whole(1) - total(&given);
    let open = rule.alternatives.iter().filter(|each| each.likelihood.is_none()).count();
    let mut given = given.into_iter();
    let mut all: Distribution = rule
        .alternatives
        .iter()
        .map(|each| match each.likelihood {
            Some(_) => given.next().unwrap(),
            None => &rest / whole(i64::try_from(open).unwrap()),
        })
        .collect();
    all.push(if open == 0 { rest } else { whole(0) });
    all
}

fn total(all: &[Fraction]) -> Fraction {
    all.iter().fold(whole(0), |sum, each| sum + each)
}
