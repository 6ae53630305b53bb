//! Expressions over the variables of an exported model.

use crate::engine::test::{Term, Test, apply};
use crate::syntax::tree::{ArithOp, CompareOp};

/// So many summands stand in a row.
const SUMMANDS_IN_A_ROW: usize = 16;

/// A whole number, or a truth (counted as 0 or 1), that depends on variables.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// A constant number.
    Number(i64),
    /// A constant truth.
    Truth(bool),
    /// The value of a variable, by its index.
    Variable(usize),
    /// The other way round.
    Not(Box<Self>),
    /// All are true.
    All(Vec<Self>),
    /// Some are true.
    Any(Vec<Self>),
    /// Two numbers compare so.
    Compare(Box<Self>, CompareOp, Box<Self>),
    /// Arithmetic.
    Arithmetic(Box<Self>, ArithOp, Box<Self>),
    /// The smaller one.
    Least(Box<Self>, Box<Self>),
    /// The greater one.
    Greatest(Box<Self>, Box<Self>),
    /// The second where the first is true, otherwise the third.
    Choose(Box<Self>, Box<Self>, Box<Self>),
}

impl Expression {
    /// A variable equals a number.
    #[must_use]
    pub fn is(variable: usize, value: i64) -> Self {
        Self::Variable(variable).compare(CompareOp::Equal, Self::Number(value))
    }

    /// The other way round, folded.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Truth(value) => Self::Truth(!value),
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// All of them, folded.
    #[must_use]
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for part in parts {
            match part {
                Self::Truth(true) => {}
                Self::Truth(false) => return Self::Truth(false),
                Self::All(inner) => kept.extend(inner),
                other => kept.push(other),
            }
        }
        match kept.len() {
            0 => Self::Truth(true),
            1 => kept.swap_remove(0),
            _ => Self::All(kept),
        }
    }

    /// Some of them, folded.
    #[must_use]
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut kept = Vec::new();
        for part in parts {
            match part {
                Self::Truth(false) => {}
                Self::Truth(true) => return Self::Truth(true),
                Self::Any(inner) => kept.extend(inner),
                other => kept.push(other),
            }
        }
        match kept.len() {
            0 => Self::Truth(false),
            1 => kept.swap_remove(0),
            _ => Self::Any(kept),
        }
    }

    /// A comparison, folded.
    #[must_use]
    pub fn compare(self, op: CompareOp, other: Self) -> Self {
        match (&self, &other) {
            (Self::Number(left), Self::Number(right)) => Self::Truth(op.holds(left, right)),
            _ => Self::Compare(Box::new(self), op, Box::new(other)),
        }
    }

    /// Arithmetic, folded.
    #[must_use]
    pub fn arithmetic(self, op: ArithOp, other: Self) -> Self {
        match (&self, op, &other) {
            (Self::Number(left), _, Self::Number(right)) => Self::Number(apply(op, *left, *right)),
            (_, ArithOp::Add | ArithOp::Subtract, Self::Number(0))
            | (_, ArithOp::Multiply, Self::Number(1)) => self,
            (Self::Number(0), ArithOp::Add, _) | (Self::Number(1), ArithOp::Multiply, _) => other,
            (_, ArithOp::Add, Self::Number(right)) if *right < 0 => {
                let right = Self::Number(right.saturating_neg());
                Self::Arithmetic(Box::new(self), ArithOp::Subtract, Box::new(right))
            }
            _ => Self::Arithmetic(Box::new(self), op, Box::new(other)),
        }
    }

    /// All of them added up, the constant last; two by two where there are many, so that long sums
    /// do not nest deep.
    #[must_use]
    pub fn sum(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut constant = 0_i64;
        let mut kept = Vec::new();
        for part in parts {
            match part {
                Self::Number(value) => constant = constant.saturating_add(value),
                other => kept.push(other),
            }
        }
        while kept.len() > SUMMANDS_IN_A_ROW {
            kept = kept.chunks(2).map(|two| Self::row(two.iter().cloned())).collect();
        }
        Self::row(kept).arithmetic(ArithOp::Add, Self::Number(constant))
    }

    fn row(parts: impl IntoIterator<Item = Self>) -> Self {
        let add = |sum: Self, part| sum.arithmetic(ArithOp::Add, part);
        parts.into_iter().fold(Self::Number(0), add)
    }

    /// The smaller of two, folded.
    #[must_use]
    pub fn least(self, other: Self) -> Self {
        match (&self, &other) {
            (Self::Number(left), Self::Number(right)) => Self::Number(*left.min(right)),
            _ => Self::Least(Box::new(self), Box::new(other)),
        }
    }

    /// The greater of two, folded.
    #[must_use]
    pub fn greatest(self, other: Self) -> Self {
        match (&self, &other) {
            (Self::Number(left), Self::Number(right)) => Self::Number(*left.max(right)),
            _ => Self::Greatest(Box::new(self), Box::new(other)),
        }
    }

    /// `yes` where this is true, otherwise `no`; folded.
    #[must_use]
    pub fn choose(self, yes: Self, no: Self) -> Self {
        match self {
            Self::Truth(true) => yes,
            Self::Truth(false) => no,
            _ if yes == no => yes,
            test => Self::Choose(Box::new(test), Box::new(yes), Box::new(no)),
        }
    }

    /// 1 where this is true, otherwise 0.
    #[must_use]
    pub fn counted(self) -> Self {
        self.choose(Self::Number(1), Self::Number(0))
    }

    /// The variables that it reads, each once, sorted.
    #[must_use]
    pub fn reads(&self) -> Vec<usize> {
        let mut found = Vec::new();
        self.visit(&mut |variable| found.push(variable));
        found.sort_unstable();
        found.dedup();
        found
    }

    fn visit(&self, found: &mut impl FnMut(usize)) {
        match self {
            Self::Number(_) | Self::Truth(_) => {}
            Self::Variable(variable) => found(*variable),
            Self::Not(inner) => inner.visit(found),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.visit(found)),
            Self::Compare(left, _, right)
            | Self::Arithmetic(left, _, right)
            | Self::Least(left, right)
            | Self::Greatest(left, right) => {
                left.visit(found);
                right.visit(found);
            }
            Self::Choose(test, yes, no) => [test, yes, no].iter().for_each(|it| it.visit(found)),
        }
    }

    /// With variables replaced by what `new` says of them.
    #[must_use]
    pub fn with(&self, new: &impl Fn(usize) -> Self) -> Self {
        let each = |parts: &[Self]| parts.iter().map(|part| part.with(new)).collect::<Vec<_>>();
        match self {
            Self::Number(_) | Self::Truth(_) => self.clone(),
            Self::Variable(variable) => new(*variable),
            Self::Not(inner) => inner.with(new).negated(),
            Self::All(parts) => Self::all(each(parts)),
            Self::Any(parts) => Self::any(each(parts)),
            Self::Compare(left, op, right) => left.with(new).compare(*op, right.with(new)),
            Self::Arithmetic(left, op, right) => left.with(new).arithmetic(*op, right.with(new)),
            Self::Least(left, right) => left.with(new).least(right.with(new)),
            Self::Greatest(left, right) => left.with(new).greatest(right.with(new)),
            Self::Choose(test, yes, no) => test.with(new).choose(yes.with(new), no.with(new)),
        }
    }

    /// Its value for these values of the variables; a truth is 0 or 1.
    #[must_use]
    pub fn value(&self, values: &impl Fn(usize) -> i64) -> i64 {
        let holds = |part: &Self| part.value(values) != 0;
        match self {
            Self::Number(value) => *value,
            Self::Truth(value) => i64::from(*value),
            Self::Variable(variable) => values(*variable),
            Self::Not(inner) => i64::from(!holds(inner)),
            Self::All(parts) => i64::from(parts.iter().all(holds)),
            Self::Any(parts) => i64::from(parts.iter().any(holds)),
            Self::Compare(left, op, right) => {
                i64::from(op.holds(left.value(values), right.value(values)))
            }
            Self::Arithmetic(left, op, right) => {
                apply(*op, left.value(values), right.value(values))
            }
            Self::Least(left, right) => left.value(values).min(right.value(values)),
            Self::Greatest(left, right) => left.value(values).max(right.value(values)),
            Self::Choose(test, yes, no) => if holds(test) { yes } else { no }.value(values),
        }
    }
}

impl From<&Test> for Expression {
    fn from(test: &Test) -> Self {
        match test {
            Test::Const(value) => Self::Truth(*value),
            Test::Not(inner) => Self::from(&**inner).negated(),
            Test::All(all) => Self::all(all.iter().map(Self::from)),
            Test::Some(all) => Self::any(all.iter().map(Self::from)),
            Test::AtLeast(least, all) => {
                Self::sum(all.iter().map(|test| Self::from(test).counted()))
                    .compare(CompareOp::GreaterEqual, Self::Number(i64::from(*least)))
            }
            Test::Set(slot) => Self::is(*slot as usize, 1),
            Test::Slot(slot, op, value) => {
                Self::Variable(*slot as usize).compare(*op, Self::Number(i64::from(*value)))
            }
            Test::Compare(left, op, right) => Self::from(left).compare(*op, Self::from(right)),
        }
    }
}

impl From<&Term> for Expression {
    fn from(term: &Term) -> Self {
        match term {
            Term::Const(value) => Self::Number(*value),
            Term::Slot(slot) => Self::Variable(*slot as usize),
            Term::Binary(left, op, right) => {
                Self::from(&**left).arithmetic(*op, Self::from(&**right))
            }
        }
    }
}
