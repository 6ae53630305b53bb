//! Conditions: names resolved, quantifiers written out over the members of their groups.

use super::{Builder, Scope, fold};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::types::NUMBER_OUT_OF_RANGE;
use crate::model::names::{Entry, Wanted};
use crate::model::{ActorId, Cond, EventPattern, Expr};
use crate::source::Span;
use crate::syntax::tree::{
    self, ArithKind, Atom, CompareOp, CondKind, Name, Quantifier, QuantifierKind, Reference,
    Subject,
};
use std::rc::Rc;

/// What stands at the start of a condition: one actor, or each member of a quantified group.
enum Subjects {
    One(ActorId),
    Each(QuantifierKind, Rc<[ActorId]>),
}

impl<'a> Builder<'a> {
    /// A condition of the model; `None` where it is wrong, which is reported.
    pub(super) fn cond(&mut self, mut cond: &'a tree::Cond, scope: &Scope) -> Option<Cond> {
        loop {
            self.spend(1, cond.span)?;
            return match &cond.kind {
                CondKind::Or(all) => self.conds(all, scope).map(fold::or),
                CondKind::And(all) => self.conds(all, scope).map(fold::and),
                CondKind::Not(inner) => self.cond(inner, scope).map(fold::not),
                CondKind::Paren(inner) => {
                    cond = inner;
                    continue;
                }
                CondKind::Atom(atom) => self.atom(atom, cond.span, scope),
            };
        }
    }

    fn atom(&mut self, atom: &'a Atom, place: Span, scope: &Scope) -> Option<Cond> {
        match atom {
            Atom::Each { quantifier, variable, group, filter, body } => {
                self.each_cond(quantifier, variable, group, filter.as_deref(), body, scope)
            }
            Atom::Event { subject, action, target, ever } => {
                self.event_cond(place, subject, action, target.as_ref(), *ever, scope)
            }
            Atom::Position { subject, issue, op, level } => {
                self.position_cond(place, subject, issue, *op, level, scope)
            }
            Atom::Relation { subject, relation, object } => {
                self.relation_cond(subject, relation, object, scope)
            }
            Atom::Compare { left, op, right } => match leading_reference(left) {
                Some(reference) if reference.quantifier.is_some() && scope.subject.is_none() => {
                    self.quantified(reference, scope, |builder, scope| {
                        builder.compare(place, left, *op, right, scope)
                    })
                }
                _ => self.compare(place, left, *op, right, scope),
            },
            Atom::Truth(reference) => {
                if reference.quantifier.is_some() {
                    self.quantified(reference, scope, |builder, scope| {
                        builder.truth(reference, scope)
                    })
                } else {
                    self.truth(reference, scope)
                }
            }
        }
    }

    /// All of them; every one is looked at, whatever is wrong with the others.
    fn conds(&mut self, all: &'a [tree::Cond], scope: &Scope) -> Option<Vec<Cond>> {
        let all: Vec<Option<Cond>> = all.iter().map(|each| self.cond(each, scope)).collect();
        all.into_iter().collect()
    }

    fn each_cond(
        &mut self,
        quantifier: &Quantifier,
        variable: &'a Name,
        group: &Name,
        filter: Option<&'a tree::Cond>,
        body: &'a tree::Cond,
        scope: &Scope,
    ) -> Option<Cond> {
        let group = self.group(group);
        self.check_bound(variable)?;
        let mut parts = Vec::new();
        for &member in group?.iter() {
            let bound = [(variable.text.as_str(), Some(member))];
            let inner = scope.inner(&bound);
            let passes = match filter {
                None => Cond::Const(true),
                Some(filter) => self.cond(filter, &inner.known_only())?,
            };
            match passes {
                Cond::Const(true) => parts.push(self.cond(body, &inner)?),
                Cond::Const(false) => {}
                _ => {
                    return self
                        .report_unknown_before(filter.map_or(body.span, |filter| filter.span));
                }
            }
        }
        self.quantify(quantifier.kind, quantifier.span, parts)
    }

    /// A comparison or a flag that begins with a quantified group.
    fn quantified(
        &mut self,
        reference: &'a Reference,
        scope: &Scope,
        mut part: impl FnMut(&mut Self, &Scope) -> Option<Cond>,
    ) -> Option<Cond> {
        let quantifier = reference.quantifier.as_ref()?;
        let group = self.group(reference.owner.as_ref().unwrap_or(&reference.name))?;
        let mut parts = Vec::new();
        for &member in group.iter() {
            parts.push(part(self, &scope.with_subject(reference.span, member))?);
        }
        self.quantify(quantifier.kind, quantifier.span, parts)
    }

    fn quantify(&mut self, kind: QuantifierKind, place: Span, parts: Vec<Cond>) -> Option<Cond> {
        self.ranges(kind, place, parts.len());
        Some(match kind {
            QuantifierKind::Any => fold::or(parts),
            QuantifierKind::Every => fold::and(parts),
            QuantifierKind::No => fold::not(fold::or(parts)),
            QuantifierKind::AtLeast(count) => match u32::try_from(count) {
                Ok(count @ 1..) => fold::at_least(count, parts),
                Ok(0) | Err(_) => {
                    let message =
                        format!("`at least {count}` asks for no useful number of members");
                    let diagnostic = Diagnostic::new(NUMBER_OUT_OF_RANGE, place, message);
                    self.report(diagnostic.help("ask for at least 1; for none of them write `no`"));
                    return None;
                }
            },
        })
    }

    fn subjects(&mut self, subject: &Subject, scope: &Scope) -> Option<Subjects> {
        match &subject.quantifier {
            None => self.actor(&subject.name, scope).map(Subjects::One),
            Some(quantifier) => {
                let group = self.group(&subject.name)?;
                Some(Subjects::Each(quantifier.kind, group))
            }
        }
    }

    /// The condition for each subject, put together by the quantifier.
    fn over(
        &mut self,
        subjects: Subjects,
        place: Span,
        mut part: impl FnMut(&mut Self, ActorId) -> Option<Cond>,
    ) -> Option<Cond> {
        match subjects {
            Subjects::One(actor) => part(self, actor),
            Subjects::Each(kind, group) => {
                self.spend(group.len() as u64, place)?;
                let parts: Option<Vec<Cond>> =
                    group.iter().map(|actor| part(self, *actor)).collect();
                self.quantify(kind, place, parts?)
            }
        }
    }

    fn event_cond(
        &mut self,
        place: Span,
        subject: &Subject,
        action: &Name,
        target: Option<&Name>,
        ever: bool,
        scope: &Scope,
    ) -> Option<Cond> {
        let subjects = self.subjects(subject, scope);
        let action = self.action(action);
        let target = match target {
            None => Some(None),
            Some(name) => self.actor(name, scope).map(Some),
        };
        let (subjects, action, target) = (subjects?, action?, target?);
        if scope.known_only {
            return self.report_unknown_before(place);
        }
        self.over(subjects, place, |_, actor| {
            let pattern = EventPattern { actor, action, target };
            Some(if ever { Cond::HasDone(pattern) } else { Cond::Does(pattern) })
        })
    }

    fn position_cond(
        &mut self,
        place: Span,
        subject: &Subject,
        issue: &Name,
        op: CompareOp,
        level: &Name,
        scope: &Scope,
    ) -> Option<Cond> {
        let subjects = self.subjects(subject, scope);
        let issue = self.issue(issue)?;
        let level = self.level_on(level, issue);
        let (subjects, level) = (subjects?, level?);
        if scope.known_only {
            return self.report_unknown_before(place);
        }
        self.over(subjects, place, |builder, actor| {
            let variable = builder.position(actor, issue, place)?;
            Some(Cond::Compare(Expr::Var(variable), op, Expr::Const(i64::from(level))))
        })
    }

    fn relation_cond(
        &mut self,
        subject: &Subject,
        relation: &Name,
        object: &Name,
        scope: &Scope,
    ) -> Option<Cond> {
        // Where there is no such relation, the words beside it may be anything.
        let Entry::Relation(relation) = self.find(relation, Wanted::Relation)? else {
            return None;
        };
        let (subjects, object) = (self.subjects(subject, scope), self.actor(object, scope));
        let (subjects, object) = (subjects?, object?);
        self.over(subjects, subject.name.span, |builder, actor| {
            let pairs = builder.relations.get(relation)?;
            Some(Cond::Const(pairs.contains(&(actor, object))))
        })
    }
}

/// The reference that stands first in some arithmetic.
fn leading_reference(arith: &tree::Arith) -> Option<&Reference> {
    match &arith.kind {
        ArithKind::Reference(reference) => Some(reference),
        ArithKind::Binary { left, .. } => leading_reference(left),
        ArithKind::Paren(inner) => leading_reference(inner),
        ArithKind::Integer(_) | ArithKind::Text(_) | ArithKind::Negate(_) => None,
    }
}
