//! Building conditions so that what is known before anything runs is gone from them.

use crate::model::{Cond, Expr};
use crate::syntax::tree::{ArithOp, CompareOp};

/// The other way round.
pub(super) fn not(cond: Cond) -> Cond {
    match cond {
        Cond::Const(holds) => Cond::Const(!holds),
        Cond::Not(inner) => *inner,
        other => Cond::Not(Box::new(other)),
    }
}

/// All hold.
pub(super) fn and(all: Vec<Cond>) -> Cond {
    let mut rest = Vec::with_capacity(all.len());
    for cond in all {
        match cond {
            Cond::Const(true) => {}
            Cond::Const(false) => return Cond::Const(false),
            Cond::And(inner) => rest.extend(inner),
            other => rest.push(other),
        }
    }
    single_or(rest, true, Cond::And)
}

/// Some hold.
pub(super) fn or(all: Vec<Cond>) -> Cond {
    let mut rest = Vec::with_capacity(all.len());
    for cond in all {
        match cond {
            Cond::Const(false) => {}
            Cond::Const(true) => return Cond::Const(true),
            Cond::Or(inner) => rest.extend(inner),
            other => rest.push(other),
        }
    }
    single_or(rest, false, Cond::Or)
}

/// At least so many hold.
pub(super) fn at_least(count: u32, all: Vec<Cond>) -> Cond {
    let sure = all.iter().filter(|cond| **cond == Cond::Const(true)).count();
    let rest: Vec<Cond> = all.into_iter().filter(|cond| !matches!(cond, Cond::Const(_))).collect();
    let needed = (count as usize).saturating_sub(sure);
    match needed {
        0 => Cond::Const(true),
        _ if needed > rest.len() => Cond::Const(false),
        1 => or(rest),
        _ if needed == rest.len() => and(rest),
        _ => Cond::AtLeast(u32::try_from(needed).unwrap_or(u32::MAX), rest),
    }
}

/// Two numbers compare so.
pub(super) fn compare(left: Expr, op: CompareOp, right: Expr) -> Cond {
    match (&left, &right) {
        (Expr::Const(left), Expr::Const(right)) => Cond::Const(op.holds(left, right)),
        _ => Cond::Compare(left, op, right),
    }
}

/// Arithmetic on two numbers.
pub(super) fn binary(left: Expr, op: ArithOp, right: Expr) -> Expr {
    match (&left, &right) {
        (Expr::Const(left), Expr::Const(right)) => Expr::Const(match op {
            ArithOp::Add => left.saturating_add(*right),
            ArithOp::Subtract => left.saturating_sub(*right),
            ArithOp::Multiply => left.saturating_mul(*right),
        }),
        _ => Expr::Binary(Box::new(left), op, Box::new(right)),
    }
}

fn single_or(mut rest: Vec<Cond>, empty: bool, combine: fn(Vec<Cond>) -> Cond) -> Cond {
    match (rest.len(), rest.pop()) {
        (1, Some(only)) => only,
        (_, Some(last)) => {
            rest.push(last);
            combine(rest)
        }
        (_, None) => Cond::Const(empty),
    }
}
