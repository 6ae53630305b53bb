//! Conditions and arithmetic.

use super::{Integer, Name, Text};
use crate::source::Span;

/// `v`, `a.v` or `a.v(b)`; with a quantifier before `a` in conditions.
#[derive(Clone, Debug)]
pub struct Reference {
    /// `any`, `every` ...: then `owner` is a group.
    pub quantifier: Option<Quantifier>,
    /// `a` of `a.v`.
    pub owner: Option<Name>,
    /// `v`.
    pub name: Name,
    /// `b` of `a.v(b)`.
    pub argument: Option<Name>,
    /// The whole.
    pub span: Span,
}

/// A condition.
#[derive(Clone, Debug)]
pub struct Cond {
    /// What it is.
    pub kind: CondKind,
    /// Where it stands.
    pub span: Span,
}

impl Cond {
    /// The conditions that it is put together of by `and`, `or`, `not` and parentheses.
    #[must_use]
    pub fn children(&self) -> &[Cond] {
        match &self.kind {
            CondKind::Or(all) | CondKind::And(all) => all,
            CondKind::Not(inner) | CondKind::Paren(inner) => std::slice::from_ref(inner),
            CondKind::Atom(_) => &[],
        }
    }
}

/// The forms of conditions.
#[derive(Clone, Debug)]
pub enum CondKind {
    /// `A or B or ...`.
    Or(Vec<Cond>),
    /// `A and B and ...`.
    And(Vec<Cond>),
    /// `not A`.
    Not(Box<Cond>),
    /// `(A)`: kept for the formatter.
    Paren(Box<Cond>),
    /// What holds no other condition beside it: boxed, for a condition is mostly a few of the above,
    /// and they are small.
    Atom(Box<Atom>),
}

/// The conditions that are not put together of others by `and`, `or`, `not`.
#[derive(Clone, Debug)]
pub enum Atom {
    /// `any m in g where FILTER (COND)`.
    Each {
        /// `any`, `every`, `no`, `at least n`.
        quantifier: Quantifier,
        /// The member's name.
        variable: Name,
        /// The group.
        group: Name,
        /// The filter.
        filter: Option<Box<Cond>>,
        /// The condition.
        body: Box<Cond>,
    },
    /// `a does x against b`, `a has done x`.
    Event {
        /// The doer.
        subject: Subject,
        /// The action.
        action: Name,
        /// The target.
        target: Option<Name>,
        /// `has done` (true) or `does` (false).
        ever: bool,
    },
    /// `a on i >= LEVEL`.
    Position {
        /// Whose.
        subject: Subject,
        /// The issue.
        issue: Name,
        /// How it compares.
        op: CompareOp,
        /// With what.
        level: Name,
    },
    /// `a borders b`.
    Relation {
        /// The left side.
        subject: Subject,
        /// The relation.
        relation: Name,
        /// The right side.
        object: Name,
    },
    /// `tension > 3`, `front = holding`, `a != b`, `level >= clash`, `turn >= 4`.
    Compare {
        /// The left side.
        left: Arith,
        /// How it compares.
        op: CompareOp,
        /// The right side.
        right: Arith,
    },
    /// `flagname`, `a.flagname`; also an outcome's name in a PATH.
    Truth(Reference),
}

/// An actor, or a quantified group, at the start of a condition.
#[derive(Clone, Debug)]
pub struct Subject {
    /// `any`, `every` ...: then `name` is a group.
    pub quantifier: Option<Quantifier>,
    /// The actor or group.
    pub name: Name,
}

/// `any`, `every`, `no`, `at least n`.
#[derive(Clone, Debug)]
pub struct Quantifier {
    /// Which.
    pub kind: QuantifierKind,
    /// Where it stands.
    pub span: Span,
}

/// The quantifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantifierKind {
    /// `any`.
    Any,
    /// `every`.
    Every,
    /// `no`.
    No,
    /// `at least n`.
    AtLeast(i64),
}

/// `=`, `!=`, `<`, `<=`, `>`, `>=`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CompareOp {
    /// `=`.
    Equal,
    /// `!=`.
    NotEqual,
    /// `<`.
    Less,
    /// `<=`.
    LessEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterEqual,
}

impl CompareOp {
    /// As written.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Equal => "=",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
        }
    }

    /// The comparison that holds where this one does not.
    #[must_use]
    pub fn negated(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::GreaterEqual,
            Self::LessEqual => Self::Greater,
            Self::Greater => Self::LessEqual,
            Self::GreaterEqual => Self::Less,
        }
    }

    /// The comparison that holds with the sides exchanged where this one does.
    #[must_use]
    pub fn turned(self) -> Self {
        match self {
            Self::Equal => Self::Equal,
            Self::NotEqual => Self::NotEqual,
            Self::Less => Self::Greater,
            Self::LessEqual => Self::GreaterEqual,
            Self::Greater => Self::Less,
            Self::GreaterEqual => Self::LessEqual,
        }
    }

    /// Whether it asks for an order, not only for equality.
    #[must_use]
    pub fn needs_order(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }

    /// Whether two values compare so.
    #[must_use]
    pub fn holds<T: PartialOrd>(self, left: T, right: T) -> bool {
        match self {
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::Less => left < right,
            Self::LessEqual => left <= right,
            Self::Greater => left > right,
            Self::GreaterEqual => left >= right,
        }
    }
}

/// One side of a comparison.
#[derive(Clone, Debug)]
pub struct Arith {
    /// What it is.
    pub kind: ArithKind,
    /// Where it stands.
    pub span: Span,
}

/// The forms of arithmetic.
#[derive(Clone, Debug)]
pub enum ArithKind {
    /// A whole number.
    Integer(Integer),
    /// A string: only an attribute can be compared with one.
    Text(Text),
    /// A variable, a value, an actor, `level`, `peak`, `turn`.
    Reference(Box<Reference>),
    /// `-A`.
    Negate(Box<Arith>),
    /// `A + B`, `A - B`, `A * B`.
    Binary {
        /// The left side.
        left: Box<Arith>,
        /// Which.
        op: ArithOp,
        /// The right side.
        right: Box<Arith>,
    },
    /// `(A)`.
    Paren(Box<Arith>),
}

/// `+`, `-`, `*`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ArithOp {
    /// `+`.
    Add,
    /// `-`.
    Subtract,
    /// `*`.
    Multiply,
}
