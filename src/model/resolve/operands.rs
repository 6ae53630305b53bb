//! One side of a comparison: what the names in it stand for.

use super::{Builder, Scope, fold, listed};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::{names as name_pages, types};
use crate::diagnostic::suggest::did_you_mean;
use crate::model::names::{Entry, Wanted};
use crate::model::{ActorId, AttributeValue, Domain, Expr};
use crate::source::Span;
use crate::syntax::tree::{Arith, ArithKind, ArithOp, Name, Reference};
use std::rc::Rc;
use std::sync::Arc;

/// What one side of a comparison is.
pub(super) enum Operand<'a> {
    /// A whole number.
    Number(Expr),
    /// `turn`, alone on its side.
    Turn,
    /// Something with named values: a state or the place on the ladder.
    Values(Values),
    /// A flag: 0 or 1.
    Flag(Expr),
    Actor(ActorId),
    /// The value of an attribute that is a name, with the attribute's key.
    Word(String, String),
    Text(String),
    /// An attribute that others have, but not this actor: equal to nothing.
    Missing,
    /// A name that may be a value of the other side.
    Bare(&'a Name),
}

/// Something with named values.
pub(super) struct Values {
    pub(super) expr: Expr,
    pub(super) names: Arc<[String]>,
    pub(super) ordered: bool,
    /// Whose values they are: `` `front` ``, `the ladder`.
    pub(super) owner: Rc<str>,
    /// Whether they are the rungs of the ladder.
    pub(super) rungs: bool,
}

impl Values {
    /// What one of them is called.
    pub(super) fn noun(&self) -> &'static str {
        if self.rungs { "rung" } else { "value" }
    }

    /// What has them.
    pub(super) fn phrase(&self) -> String {
        let owner = &self.owner;
        if self.rungs { format!("the place on {owner}") } else { format!("the state {owner}") }
    }
}

impl Operand<'_> {
    /// What it is, with its article.
    pub(super) fn phrase(&self) -> String {
        match self {
            Self::Number(_) => "a number".to_owned(),
            Self::Turn => "the number of the turn".to_owned(),
            Self::Values(values) => values.phrase(),
            Self::Flag(_) => "a flag".to_owned(),
            Self::Actor(_) => "an actor".to_owned(),
            Self::Word(_, key) => format!("the name in the attribute `{key}`"),
            Self::Text(_) => "a text".to_owned(),
            Self::Missing => "an attribute".to_owned(),
            Self::Bare(name) => format!("the name `{}`", name.text),
        }
    }
}

impl<'a> Builder<'a> {
    /// What one side of a comparison is; `None` where it is wrong, which is reported.
    pub(super) fn operand(&mut self, arith: &'a Arith, scope: &Scope) -> Option<Operand<'a>> {
        match &arith.kind {
            ArithKind::Integer(number) => Some(Operand::Number(Expr::Const(number.value))),
            ArithKind::Text(text) => Some(Operand::Text(text.value.clone())),
            ArithKind::Reference(reference) => self.reference(reference, scope),
            ArithKind::Paren(inner) => self.operand(inner, scope),
            ArithKind::Negate(inner) => {
                let inner = self.number(inner, scope)?;
                Some(Operand::Number(fold::binary(Expr::Const(0), ArithOp::Subtract, inner)))
            }
            ArithKind::Binary { left, op, right } => {
                self.spend(1, arith.span)?;
                let left = self.number(left, scope);
                let right = self.number(right, scope);
                Some(Operand::Number(fold::binary(left?, *op, right?)))
            }
        }
    }

    /// A part of a calculation: it must be a number.
    fn number(&mut self, arith: &'a Arith, scope: &Scope) -> Option<Expr> {
        match self.operand(arith, scope)? {
            Operand::Number(expr) => Some(expr),
            Operand::Turn => {
                self.report_turn_not_alone(arith.span);
                None
            }
            Operand::Bare(name) => {
                self.report_not_comparable(name);
                None
            }
            other => {
                let message = format!("{} cannot be calculated with", other.phrase());
                let diagnostic = Diagnostic::new(types::NOT_A_NUMBER, arith.span, message);
                self.report(
                    diagnostic.help(
                        "only meters, whole numbers and attributes that are whole numbers can",
                    ),
                );
                None
            }
        }
    }

    pub(super) fn report_turn_not_alone(&mut self, place: Span) {
        let message = "`turn` must stand alone on its side of a comparison";
        let help = "write `turn >= 4`, and calculate on the other side: `turn >= delay + 1`";
        self.report(Diagnostic::new(types::TURN_ALONE, place, message).help(help));
    }

    pub(super) fn reference(
        &mut self,
        reference: &'a Reference,
        scope: &Scope,
    ) -> Option<Operand<'a>> {
        if let Some((place, member)) = scope.subject
            && place == reference.span
        {
            return match &reference.owner {
                None => Some(Operand::Actor(member)),
                Some(_) => self.of_actor(member, reference, scope),
            };
        }
        if let Some(quantifier) = &reference.quantifier {
            let message = "a quantifier must stand at the start of its condition";
            let help = "turn the comparison round, or write `any m in GROUP (m.x > ...)`";
            self.report(
                Diagnostic::new(name_pages::WRONG_KIND, quantifier.span, message).help(help),
            );
            return None;
        }
        match &reference.owner {
            Some(owner) => {
                let owner = self.actor(owner, scope)?;
                self.of_actor(owner, reference, scope)
            }
            None if reference.argument.is_some() => {
                self.report_actors_of(reference);
                None
            }
            None => self.bare(reference, scope),
        }
    }

    /// A name alone.
    fn bare(&mut self, reference: &'a Reference, scope: &Scope) -> Option<Operand<'a>> {
        let name = &reference.name;
        if let Some(bound) = scope.get(&name.text) {
            return bound.map(Operand::Actor);
        }
        let Some(named) = self.names.get(&name.text) else { return Some(Operand::Bare(name)) };
        let operand = match named.entry {
            Entry::Actor(actor) => Operand::Actor(actor),
            Entry::Turn if scope.known_only => return self.report_unknown_before(name.span),
            Entry::Turn => Operand::Turn,
            Entry::Level | Entry::Peak => {
                if scope.known_only {
                    return self.report_unknown_before(name.span);
                }
                let names = self.rung_names(name.span)?;
                let expr = if named.entry == Entry::Level { Expr::Level } else { Expr::Peak };
                Operand::Values(Values {
                    expr,
                    names,
                    ordered: true,
                    owner: "the ladder".into(),
                    rungs: true,
                })
            }
            Entry::Variable(_) if scope.known_only => return self.report_unknown_before(name.span),
            Entry::Variable(declared) => {
                if self.declared.get(declared).is_none_or(|declared| declared.arity > 0) {
                    // It may still be the name of a value of the other side.
                    return Some(Operand::Bare(name));
                }
                let variable = self.instance(declared, &[], reference.span)?;
                self.names.refer(&name.text);
                return self.variable_operand(declared, Expr::Var(variable));
            }
            _ => return Some(Operand::Bare(name)),
        };
        self.names.refer(&name.text);
        Some(operand)
    }

    /// `a.x` or `a.x(b)`: a variable of an actor, or an attribute.
    fn of_actor(
        &mut self,
        owner: ActorId,
        reference: &'a Reference,
        scope: &Scope,
    ) -> Option<Operand<'a>> {
        let name = &reference.name;
        let entry = self.names.get(&name.text).map(|named| named.entry);
        if let Some(Entry::Variable(declared)) = entry {
            if scope.known_only {
                return self.report_unknown_before(reference.span);
            }
            let argument = match &reference.argument {
                None => None,
                Some(argument) => Some(self.actor(argument, scope)?),
            };
            self.names.refer(&name.text);
            let actors: Vec<ActorId> = std::iter::once(owner).chain(argument).collect();
            let variable = self.instance(declared, &actors, reference.span)?;
            return self.variable_operand(declared, Expr::Var(variable));
        }
        if entry == Some(Entry::Broken) {
            return None;
        }
        if reference.argument.is_some() {
            self.report_unknown_of_actor(name);
            return None;
        }
        self.attribute(owner, reference)
    }

    fn variable_operand(&self, declared: usize, expr: Expr) -> Option<Operand<'a>> {
        let declared = &self.declared[declared];
        Some(match &declared.domain {
            Domain::Flag => Operand::Flag(expr),
            Domain::Meter { .. } => Operand::Number(expr),
            Domain::State { ordered, .. } => Operand::Values(Values {
                expr,
                names: Arc::clone(&declared.values),
                ordered: *ordered,
                owner: Rc::clone(&declared.owner),
                rungs: false,
            }),
            Domain::Position(_) => return None,
        })
    }

    fn attribute(&mut self, owner: ActorId, reference: &'a Reference) -> Option<Operand<'a>> {
        let key = &reference.name.text;
        let Some(values) = self.attributes.get(key) else {
            self.report_unknown_of_actor(&reference.name);
            return None;
        };
        let value = match values.get(&owner) {
            Some(value) => Some(value),
            // What others are or are not, this actor is not; a missing number is no number.
            None if values.values().all(|value| matches!(value, AttributeValue::Flag(_))) => {
                Some(&AttributeValue::Flag(false))
            }
            None if values.values().any(|value| matches!(value, AttributeValue::Integer(_))) => {
                let actor = &self.model.actors[owner.index()];
                let message = format!("`{}` has no `{key}`, which other actors have", actor.name);
                let diagnostic =
                    Diagnostic::new(types::NOT_FOR_THIS_ACTOR, reference.span, message)
                        .also(actor.span, format!("has no `{key}`"))
                        .help(format!(
                            "give it `{key} = NUMBER`, or leave the actor out with a filter"
                        ));
                self.report(diagnostic);
                return None;
            }
            None => None,
        };
        Some(match value {
            Some(AttributeValue::Flag(flag)) => Operand::Flag(Expr::Const(i64::from(*flag))),
            Some(AttributeValue::Integer(number)) => Operand::Number(Expr::Const(*number)),
            Some(AttributeValue::Name(name)) => Operand::Word(name.clone(), key.clone()),
            Some(AttributeValue::Text(text)) => Operand::Text(text.clone()),
            None => Operand::Missing,
        })
    }

    pub(super) fn report_unknown_of_actor(&mut self, name: &Name) {
        let message = format!("no actor has an attribute or variable `{}`", name.text);
        let variables = self.names.iter().filter(|(_, named)| match named.entry {
            Entry::Variable(number) => {
                self.declared.get(number).is_some_and(|declared| declared.arity > 0)
            }
            _ => false,
        });
        let mut candidates: Vec<&str> = variables.map(|(name, _)| name).collect();
        candidates.extend(self.attributes.keys().map(String::as_str));
        candidates.sort_unstable();
        let help = match did_you_mean(&name.text, candidates.iter().copied()) {
            Some(help) => help,
            None if self.names.incomplete => return,
            None if candidates.is_empty() => {
                format!("give actors the attribute: `actor NAME {{ {} = yes }}`", name.text)
            }
            None => format!("there are {}", listed(candidates)),
        };
        self.report(Diagnostic::new(name_pages::UNKNOWN_OF_ACTOR, name.span, message).help(help));
    }

    /// Reports a name alone that is nothing to compare or calculate with.
    pub(super) fn report_not_comparable(&mut self, name: &Name) {
        match self.names.refer(&name.text) {
            Some(Entry::Broken) => {}
            Some(Entry::Outcome(_)) => self.report_outcome(name),
            Some(Entry::Group(group)) => {
                self.report_misuse(name, Entry::Group(group), Wanted::Actor)
            }
            Some(Entry::Variable(_)) => self.report_without_actor(name),
            Some(entry) => self.report_misuse(name, entry, Wanted::Variable),
            None => self.report_unknown(name, Wanted::Variable, &[]),
        }
    }

    pub(super) fn report_outcome(&mut self, name: &Name) {
        let message = format!("`{}` is an outcome, and outcomes are no conditions", name.text);
        self.report(
            Diagnostic::new(name_pages::OUTCOME_AS_CONDITION, name.span, message).help(
                "write its condition out; an outcome can be asked for in `expect P(...)` only",
            ),
        );
    }
}
