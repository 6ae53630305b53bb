//! Situations and what holds in them.

use super::chance::Choice;
use escalade::model::{Cond, Event, Expr, Model, Rule, Trigger, VarId};
use escalade::syntax::tree::{ArithOp, CompareOp};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that the future depends on, and perhaps more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Situation {
    /// Its number, 0 being the initial one.
    pub turn: u32,
    /// The value of every variable.
    pub values: BTreeMap<VarId, i32>,
    /// The current rung.
    pub level: i32,
    /// The highest rung so far, the one where the ladder begins included.
    pub peak: i32,
    /// The events of the turn that led here.
    pub just: BTreeSet<Event>,
    /// The events so far.
    pub ever: BTreeSet<Event>,
    /// What is under way, sorted; drawn twice, it is here twice.
    pub under_way: Vec<UnderWay>,
    /// The `once` rules that have had their chance.
    pub spent: BTreeSet<usize>,
    /// The `when` rules whose condition held in the situation before.
    pub held_before: BTreeSet<usize>,
}

/// Effects that have been drawn and are yet to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UnderWay {
    /// After how many turns, at least 1.
    pub left: u32,
    /// The index of the rule.
    pub rule: usize,
    /// What it drew.
    pub choice: Choice,
}

impl Situation {
    /// Whether the condition holds here.
    pub fn holds(&self, cond: &Cond) -> bool {
        match cond {
            Cond::Const(value) => *value,
            Cond::Not(inner) => !self.holds(inner),
            Cond::And(all) => all.iter().all(|each| self.holds(each)),
            Cond::Or(all) => all.iter().any(|each| self.holds(each)),
            Cond::AtLeast(least, all) => {
                all.iter().filter(|each| self.holds(each)).count() >= *least as usize
            }
            Cond::Does(pattern) => self.just.iter().any(|event| pattern.matches(event)),
            Cond::HasDone(pattern) => self.ever.iter().any(|event| pattern.matches(event)),
            Cond::Compare(left, op, right) => {
                compare(self.number(left).cmp(&self.number(right)), *op)
            }
        }
    }

    /// The rules and decisions that draw here.
    pub fn chances(&self, model: &Model) -> Vec<usize> {
        let draws = |index: &usize| self.has_chance(*index, &model.rules[*index]);
        (0..model.rules.len()).filter(draws).collect()
    }

    /// Whether an ending holds.
    pub fn ended(&self, model: &Model) -> bool {
        model.outcomes.iter().any(|outcome| {
            outcome.ending && outcome.condition.as_ref().is_some_and(|cond| self.holds(cond))
        })
    }

    fn has_chance(&self, index: usize, rule: &Rule) -> bool {
        let triggered = match rule.trigger {
            Trigger::On | Trigger::While => self.holds(&rule.condition),
            Trigger::When => self.holds(&rule.condition) && !self.held_before.contains(&index),
        };
        triggered
            && !self.spent.contains(&index)
            && rule.guard.as_ref().is_none_or(|guard| self.holds(guard))
    }

    fn number(&self, expr: &Expr) -> i64 {
        match expr {
            Expr::Const(value) => *value,
            Expr::Var(variable) => i64::from(self.values[variable]),
            Expr::Level => i64::from(self.level),
            Expr::Peak => i64::from(self.peak),
            Expr::Turn => i64::from(self.turn),
            Expr::Binary(left, op, right) => {
                let (left, right) = (self.number(left), self.number(right));
                match op {
                    ArithOp::Add => left.saturating_add(right),
                    ArithOp::Subtract => left.saturating_sub(right),
                    ArithOp::Multiply => left.saturating_mul(right),
                }
            }
        }
    }
}

/// Whether two things in this order compare so.
pub fn compare(order: std::cmp::Ordering, op: CompareOp) -> bool {
    match op {
        CompareOp::Equal => order.is_eq(),
        CompareOp::NotEqual => order.is_ne(),
        CompareOp::Less => order.is_lt(),
        CompareOp::LessEqual => order.is_le(),
        CompareOp::Greater => order.is_gt(),
        CompareOp::GreaterEqual => order.is_ge(),
    }
}
