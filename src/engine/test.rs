//! Conditions compiled to tests on the slots of a situation.

use crate::syntax::tree::{ArithOp, CompareOp};

/// A condition on an unpacked situation.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// Known before anything runs.
    Const(bool),
    /// The other way round.
    Not(Box<Test>),
    /// All hold.
    All(Vec<Test>),
    /// Some hold.
    Some(Vec<Test>),
    /// At least this many hold.
    AtLeast(u32, Vec<Test>),
    /// A slot is not 0.
    Set(u32),
    /// A slot compares so with a constant.
    Slot(u32, CompareOp, i32),
    /// Two terms compare so.
    Compare(Term, CompareOp, Term),
}

/// A whole number that depends on a situation.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// A constant.
    Const(i64),
    /// The value of a slot.
    Slot(u32),
    /// Arithmetic; saturates.
    Binary(Box<Term>, ArithOp, Box<Term>),
}

impl Test {
    /// Whether it holds.
    #[must_use]
    pub fn holds(&self, values: &[i32]) -> bool {
        match self {
            Self::Const(value) => *value,
            Self::Not(inner) => !inner.holds(values),
            Self::All(all) => all.iter().all(|test| test.holds(values)),
            Self::Some(all) => all.iter().any(|test| test.holds(values)),
            Self::AtLeast(least, all) => {
                let mut missing = *least;
                missing == 0
                    || all.iter().any(|test| {
                        missing -= u32::from(test.holds(values));
                        missing == 0
                    })
            }
            Self::Set(slot) => values[*slot as usize] != 0,
            Self::Slot(slot, op, value) => op.holds(values[*slot as usize], *value),
            Self::Compare(left, op, right) => op.holds(left.value(values), right.value(values)),
        }
    }

    /// The other way round, without needless layers.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Const(value) => Self::Const(!value),
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// All of them, folded.
    #[must_use]
    pub fn all(tests: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for test in tests {
            match test {
                Self::Const(true) => {}
                Self::Const(false) => return Self::Const(false),
                Self::All(inner) => kept.extend(inner),
                other => kept.push(other),
            }
        }
        match kept.len() {
            0 => Self::Const(true),
            1 => kept.swap_remove(0),
            _ => Self::All(kept),
        }
    }

    /// Some of them, folded.
    #[must_use]
    pub fn some(tests: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for test in tests {
            match test {
                Self::Const(false) => {}
                Self::Const(true) => return Self::Const(true),
                Self::Some(inner) => kept.extend(inner),
                other => kept.push(other),
            }
        }
        match kept.len() {
            0 => Self::Const(false),
            1 => kept.swap_remove(0),
            _ => Self::Some(kept),
        }
    }

    /// At least so many of them, folded.
    #[must_use]
    pub fn at_least(least: u32, tests: impl IntoIterator<Item = Self>) -> Self {
        let mut missing = least;
        let mut kept = Vec::new();
        for test in tests {
            match test {
                Self::Const(true) => missing = missing.saturating_sub(1),
                Self::Const(false) => {}
                other => kept.push(other),
            }
        }
        match missing {
            0 => Self::Const(true),
            1 => Self::some(kept),
            _ if missing as usize > kept.len() => Self::Const(false),
            _ => Self::AtLeast(missing, kept),
        }
    }

    /// A comparison, folded.
    #[must_use]
    pub fn compare(left: Term, op: CompareOp, right: Term) -> Self {
        match (left, right) {
            (Term::Const(left), Term::Const(right)) => Self::Const(op.holds(left, right)),
            (Term::Slot(slot), Term::Const(value)) => match i32::try_from(value) {
                Ok(value) => Self::Slot(slot, op, value),
                Err(_) => Self::Compare(Term::Slot(slot), op, Term::Const(value)),
            },
            (left, right) => Self::Compare(left, op, right),
        }
    }
}

impl Term {
    /// Its value.
    #[must_use]
    pub fn value(&self, values: &[i32]) -> i64 {
        match self {
            Self::Const(value) => *value,
            Self::Slot(slot) => i64::from(values[*slot as usize]),
            Self::Binary(left, op, right) => apply(*op, left.value(values), right.value(values)),
        }
    }

    /// Arithmetic, folded.
    #[must_use]
    pub fn binary(left: Self, op: ArithOp, right: Self) -> Self {
        match (left, right) {
            (Self::Const(left), Self::Const(right)) => Self::Const(apply(op, left, right)),
            (left, right) => Self::Binary(Box::new(left), op, Box::new(right)),
        }
    }
}

/// Saturating arithmetic.
#[must_use]
pub fn apply(op: ArithOp, left: i64, right: i64) -> i64 {
    match op {
        ArithOp::Add => left.saturating_add(right),
        ArithOp::Subtract => left.saturating_sub(right),
        ArithOp::Multiply => left.saturating_mul(right),
    }
}
