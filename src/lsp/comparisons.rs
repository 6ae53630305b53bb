//! Comparisons: a name alone may be a value of what stands on the other side, as the model takes it.

use super::declared::Kind;
use super::occurrences::{Owner, Walk, is_built_in};
use crate::syntax::tree::{Arith, ArithKind, Name, Reference};

/// What a side of a comparison has for names.
enum Side {
    /// Values of its own.
    Values(Owner),
    /// `yes` and `no`.
    Flag,
    /// Any word: it is an attribute that is a name for some actors.
    Words,
    /// None.
    Other,
}

impl Walk<'_> {
    /// A value is looked up where it belongs, whatever else has its name; first that on the right.
    pub(super) fn compare(&mut self, left: &Arith, right: &Arith) {
        if self.value_of_side(right, left) {
            return self.arithmetic(left);
        }
        if self.value_of_side(left, right) {
            return self.arithmetic(right);
        }
        for (side, other) in [(left, right), (right, left)] {
            // A name that stands for nothing is probably meant as a value.
            let unknown = self.alone(side).filter(|name| self.world.get(&name.text).is_none());
            match (unknown.cloned(), self.side(other)) {
                (Some(name), Side::Values(owner)) if !is_built_in(&name) => {
                    self.value(owner, &name, false);
                }
                _ => self.arithmetic(side),
            }
        }
    }

    /// Takes one side as a value of the other, if it is one.
    fn value_of_side(&mut self, side: &Arith, other: &Arith) -> bool {
        let Some(name) = self.alone(side).cloned() else { return false };
        match self.side(other) {
            Side::Values(owner) if self.world.has_value(&owner, &name.text) => {
                self.value(owner, &name, false);
                true
            }
            Side::Flag => matches!(name.text.as_str(), "yes" | "no"),
            Side::Words => true,
            Side::Values(_) | Side::Other => false,
        }
    }

    /// The name that a side consists of, unless it is that of a member.
    fn alone<'a>(&self, side: &'a Arith) -> Option<&'a Name> {
        match &side.kind {
            ArithKind::Reference(reference) => {
                let Reference { quantifier, owner, name, argument, span: _ } = &**reference;
                let alone = quantifier.is_none() && owner.is_none() && argument.is_none();
                (alone && self.local(&name.text).is_none()).then_some(name)
            }
            ArithKind::Paren(inner) => self.alone(inner),
            ArithKind::Integer(_)
            | ArithKind::Text(_)
            | ArithKind::Negate(_)
            | ArithKind::Binary { .. } => None,
        }
    }

    fn side(&self, side: &Arith) -> Side {
        match &side.kind {
            ArithKind::Paren(inner) => self.side(inner),
            ArithKind::Reference(reference) => {
                let name = reference.name.text.as_str();
                let member = reference.owner.is_none() && self.local(name).is_some();
                let declared = self.world.get(name).map(|declared| declared.kind);
                match (self.owner(reference), declared) {
                    _ if member => Side::Other,
                    (Some(owner), _) => Side::Values(owner),
                    (None, Some(Kind::Flag)) => Side::Flag,
                    (None, Some(kind)) if kind.is_variable() => Side::Other,
                    _ if reference.owner.is_none() => Side::Other,
                    _ if self.world.worded.contains(name) => Side::Words,
                    _ if self.world.attributes.iter().any(|key| key == name) => Side::Flag,
                    _ => Side::Other,
                }
            }
            ArithKind::Integer(_)
            | ArithKind::Text(_)
            | ArithKind::Negate(_)
            | ArithKind::Binary { .. } => Side::Other,
        }
    }

    pub(super) fn arithmetic(&mut self, arith: &Arith) {
        match &arith.kind {
            ArithKind::Integer(_) | ArithKind::Text(_) => {}
            ArithKind::Reference(reference) => self.reference(reference),
            ArithKind::Negate(one) | ArithKind::Paren(one) => self.arithmetic(one),
            ArithKind::Binary { left, right, .. } => {
                self.arithmetic(left);
                self.arithmetic(right);
            }
        }
    }
}
