//! What names mean beyond the table: members of `for each` and of quantifiers, `self`, `target`.

use crate::model::ActorId;
use crate::source::Span;

/// The members that are bound where a condition or an effect stands; inner scopes come first.
#[derive(Clone, Copy)]
pub(super) struct Scope<'s> {
    bound: &'s [(&'s str, Option<ActorId>)],
    outer: Option<&'s Scope<'s>>,
    /// Whether only what is known before anything runs may be asked for.
    pub(super) known_only: bool,
    /// The member that stands in for the quantified group at this place.
    pub(super) subject: Option<(Span, ActorId)>,
}

impl<'s> Scope<'s> {
    /// Nothing is bound.
    pub(super) const EMPTY: Scope<'static> =
        Scope { bound: &[], outer: None, known_only: false, subject: None };

    /// These names are bound; `None` is the target of an event that has none.
    pub(super) fn of(bound: &'s [(&'s str, Option<ActorId>)]) -> Self {
        Self { bound, ..Scope::EMPTY }
    }

    /// These names are bound besides.
    pub(super) fn inner(&'s self, bound: &'s [(&'s str, Option<ActorId>)]) -> Self {
        Self { bound, outer: Some(self), known_only: self.known_only, subject: self.subject }
    }

    /// The same, where only what is known before anything runs may be asked for.
    pub(super) fn known_only(self) -> Self {
        Self { known_only: true, ..self }
    }

    /// The same, with a member in the place of a quantified group.
    pub(super) fn with_subject(self, place: Span, member: ActorId) -> Self {
        Self { subject: Some((place, member)), ..self }
    }

    /// The member that a name is bound to.
    pub(super) fn get(&self, name: &str) -> Option<Option<ActorId>> {
        let here = self.bound.iter().rev().find(|(bound, _)| *bound == name);
        match (here, self.outer) {
            (Some((_, actor)), _) => Some(*actor),
            (None, Some(outer)) => outer.get(name),
            (None, None) => None,
        }
    }

    /// All names that are bound.
    pub(super) fn names(&self) -> Vec<&'s str> {
        let mut names: Vec<&str> = self.bound.iter().map(|(name, _)| *name).collect();
        if let Some(outer) = self.outer {
            names.extend(outer.names());
        }
        names
    }
}
