//! Conditions in words, one line each, as they would be written in the scenario.

use super::{Cond, Domain, EventPattern, Expr, Model, VarId};
use crate::syntax::tree::{ArithOp, CompareOp};

/// Lists longer than this are cut.
const TOLD: usize = 4;

impl Model {
    /// A condition as it would be written: quantifiers that were written out are gathered again
    /// where only the actor differs, and long lists are cut.
    #[must_use]
    pub fn condition_text(&self, cond: &Cond) -> String {
        match cond {
            Cond::Const(value) => if *value { "always" } else { "never" }.to_owned(),
            Cond::Not(inner) => format!("not {}", self.in_parentheses(inner)),
            Cond::And(all) => self.joined(all, " and "),
            Cond::Or(all) => match self.gathered(all) {
                Some(text) => text,
                None => self.joined(all, " or "),
            },
            Cond::AtLeast(least, all) => {
                format!("at least {least} of ({})", self.joined(all, "; "))
            }
            Cond::Does(pattern) => self.pattern_name(pattern, false),
            Cond::HasDone(pattern) => self.pattern_name(pattern, true),
            Cond::Compare(left, op, right) => self.comparison(left, *op, right),
        }
    }

    fn in_parentheses(&self, cond: &Cond) -> String {
        let text = self.condition_text(cond);
        match cond {
            Cond::And(all) | Cond::Or(all) if all.len() > 1 => format!("({text})"),
            Cond::And(_)
            | Cond::Or(_)
            | Cond::Const(_)
            | Cond::Not(_)
            | Cond::AtLeast(..)
            | Cond::Does(_)
            | Cond::HasDone(_)
            | Cond::Compare(..) => text,
        }
    }

    fn joined(&self, all: &[Cond], between: &str) -> String {
        let mut parts: Vec<String> =
            all.iter().take(TOLD).map(|part| self.in_parentheses(part)).collect();
        if all.len() > TOLD {
            parts.push(format!("{} more", all.len() - TOLD));
        }
        parts.join(between)
    }

    /// `any of a, b does x`: events that differ only in who does them.
    fn gathered(&self, all: &[Cond]) -> Option<String> {
        let first = all.first().and_then(pattern)?;
        let patterns: Vec<_> = all.iter().map(pattern).collect::<Option<_>>()?;
        let same = |(other, ever): &(&EventPattern, bool)| {
            (other.action, other.target, *ever) == (first.0.action, first.0.target, first.1)
        };
        if patterns.len() < 2 || !patterns.iter().all(same) {
            return None;
        }
        let name = |(one, _): &(&EventPattern, bool)| self.actors[one.actor.index()].name.as_str();
        let mut names: Vec<&str> = patterns.iter().take(TOLD).map(name).collect();
        let more = format!("{} more", patterns.len().saturating_sub(TOLD));
        if patterns.len() > TOLD {
            names.push(&more);
        }
        let whole = self.pattern_name(first.0, first.1);
        let rest = whole.strip_prefix(self.actors[first.0.actor.index()].name.as_str())?;
        Some(format!("any of {}{rest}", names.join(", ")))
    }

    fn comparison(&self, left: &Expr, op: CompareOp, right: &Expr) -> String {
        match (left, right) {
            (Expr::Const(value), other) if !matches!(other, Expr::Const(_)) => {
                let value = self.beside(other, *value);
                format!("{value} {} {}", op.sign(), self.expression(other))
            }
            (other, Expr::Const(value)) => {
                if let (Expr::Var(id), CompareOp::Equal | CompareOp::NotEqual) = (other, op)
                    && self.variables[id.index()].domain == Domain::Flag
                {
                    let yes = (*value != 0) == (op == CompareOp::Equal);
                    let name = self.expression(other);
                    return if yes { name } else { format!("not {name}") };
                }
                let value = self.beside(other, *value);
                format!("{} {} {value}", self.expression(other), op.sign())
            }
            (left, right) => {
                format!("{} {} {}", self.expression(left), op.sign(), self.expression(right))
            }
        }
    }

    /// A constant as it is named beside an expression.
    #[must_use]
    pub fn beside(&self, expr: &Expr, value: i64) -> String {
        let index = i32::try_from(value).unwrap_or(i32::MAX);
        match expr {
            Expr::Var(id) => self.value_name(VarId::new(id.index()), index),
            Expr::Level | Expr::Peak => {
                let rungs = self.ladder.as_ref().map(|ladder| &ladder.rungs);
                let at = usize::try_from(value).ok();
                let rung = rungs.and_then(|rungs| rungs.get(at?));
                rung.map_or_else(|| value.to_string(), |rung| rung.name.clone())
            }
            Expr::Const(_) | Expr::Turn | Expr::Binary(..) => value.to_string(),
        }
    }

    /// An expression as it would be written.
    #[must_use]
    pub fn expression(&self, expr: &Expr) -> String {
        match expr {
            Expr::Const(value) => value.to_string(),
            Expr::Var(id) => self.variables[id.index()].name.clone(),
            Expr::Level => "level".to_owned(),
            Expr::Peak => "peak".to_owned(),
            Expr::Turn => "turn".to_owned(),
            Expr::Binary(left, op, right) => {
                let sign = match op {
                    ArithOp::Add => "+",
                    ArithOp::Subtract => "-",
                    ArithOp::Multiply => "*",
                };
                format!("({} {sign} {})", self.expression(left), self.expression(right))
            }
        }
    }
}

/// The pattern of a condition that is only that.
fn pattern(cond: &Cond) -> Option<(&EventPattern, bool)> {
    match cond {
        Cond::Does(pattern) => Some((pattern, false)),
        Cond::HasDone(pattern) => Some((pattern, true)),
        Cond::Const(_)
        | Cond::Not(_)
        | Cond::And(_)
        | Cond::Or(_)
        | Cond::AtLeast(..)
        | Cond::Compare(..) => None,
    }
}
