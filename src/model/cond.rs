//! Conditions with all names resolved and all quantifiers written out.

use super::{ActionId, ActorId, Event, VarId};
use crate::syntax::tree::{ArithOp, CompareOp};

/// A condition on a situation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Cond {
    /// Known before anything runs.
    Const(bool),
    /// The other way round.
    Not(Box<Cond>),
    /// All hold; true where there are none.
    And(Vec<Cond>),
    /// Some hold; false where there are none.
    Or(Vec<Cond>),
    /// At least this many of them hold.
    AtLeast(u32, Vec<Cond>),
    /// An event that matches happened in the turn that led to this situation.
    Does(EventPattern),
    /// An event that matches has happened at any time so far, that turn included.
    HasDone(EventPattern),
    /// Two numbers compare so. Values of states, levels and rungs count by their index.
    Compare(Expr, CompareOp, Expr),
}

/// What events a condition matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EventPattern {
    /// Who.
    pub actor: ActorId,
    /// What.
    pub action: ActionId,
    /// Against whom; `None` matches any target and none.
    pub target: Option<ActorId>,
}

impl EventPattern {
    /// Whether the event matches.
    #[must_use]
    pub fn matches(&self, event: &Event) -> bool {
        self.actor == event.actor
            && self.action == event.action
            && (self.target.is_none() || self.target == event.target)
    }
}

/// A whole number that depends on a situation.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Expr {
    /// A constant.
    Const(i64),
    /// The value of a variable.
    Var(VarId),
    /// The index of the current rung.
    Level,
    /// The index of the highest rung so far.
    Peak,
    /// The number of the situation, 0 being the initial one.
    Turn,
    /// Arithmetic; overflow saturates.
    Binary(Box<Expr>, ArithOp, Box<Expr>),
}

impl Cond {
    /// What must hold together: the parts joined by `and`, or all of it.
    #[must_use]
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::And(all) => all,
            other => std::slice::from_ref(other),
        }
    }

    /// The conditions that it is put together of.
    #[must_use]
    pub fn children(&self) -> &[Cond] {
        match self {
            Self::And(all) | Self::Or(all) | Self::AtLeast(_, all) => all,
            Self::Not(inner) => std::slice::from_ref(inner),
            Self::Const(_) | Self::Does(_) | Self::HasDone(_) | Self::Compare(..) => &[],
        }
    }

    /// Calls `visit` on every event pattern, with whether it asks for the past (`has done`).
    pub fn patterns(&self, visit: &mut impl FnMut(&EventPattern, bool)) {
        match self {
            Self::Does(pattern) => visit(pattern, false),
            Self::HasDone(pattern) => visit(pattern, true),
            _ => self.children().iter().for_each(|each| each.patterns(visit)),
        }
    }

    /// Calls `visit` on every leaf expression (no [`Expr::Binary`]) of every comparison.
    pub fn leaves(&self, visit: &mut impl FnMut(&Expr)) {
        match self {
            Self::Compare(left, _, right) => {
                left.leaves(visit);
                right.leaves(visit);
            }
            _ => self.children().iter().for_each(|each| each.leaves(visit)),
        }
    }
}

impl Expr {
    /// Calls `visit` on every leaf (no [`Expr::Binary`]).
    pub fn leaves(&self, visit: &mut impl FnMut(&Expr)) {
        match self {
            Self::Const(_) | Self::Var(_) | Self::Level | Self::Peak | Self::Turn => visit(self),
            Self::Binary(left, _, right) => {
                left.leaves(visit);
                right.leaves(visit);
            }
        }
    }
}
