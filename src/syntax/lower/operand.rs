//! The operands of conditions: events, positions, relations, quantifiers, references, values.

use super::condition::Operand;
use super::nodes::Pair;
use super::{Lowering, Parts};
use crate::syntax::grammar::Rule;
use crate::syntax::tree::{
    Arith, ArithKind, Atom, Cond, CondKind, Name, Quantifier, QuantifierKind, Reference, Subject,
};

impl Lowering<'_> {
    /// One operand.
    pub fn operand(&self, pair: Pair) -> Option<Operand> {
        let span = self.span(pair);
        let kind = match self.rule(pair) {
            Rule::parenthesis => {
                let inside =
                    Parts::of(self, pair).inside(Rule::condition, |inside| inside.operators())?;
                return self.parenthesised(inside, span);
            }
            Rule::whole => ArithKind::Integer(self.integer(pair)),
            Rule::text => ArithKind::Text(self.text(pair)),
            Rule::word_no => ArithKind::Reference(Box::new(alone(self.name(pair)))),
            _ => return Parts::of(self, pair).subject(),
        };
        Some(Operand::Value(Arith { kind, span }, 0))
    }
}

impl Parts<'_, '_> {
    /// What begins with a name or a quantifier.
    fn subject(&mut self) -> Option<Operand> {
        let quantifier = self.quantifier()?;
        let name = self.name()?;
        let span = self.span();
        let Some(tail) = self.next_if(is_tail) else {
            let mut reference = self.reference(name)?;
            if quantifier.is_some() {
                reference = Reference { quantifier, span, ..reference };
            }
            let kind = ArithKind::Reference(Box::new(reference));
            return Some(Operand::Value(Arith { kind, span }, 0));
        };
        let rule = self.lowering.rule(tail);
        let mut tail = Parts::of(self.lowering, tail);
        let atom = match (rule, quantifier) {
            (Rule::each_member, Some(quantifier)) => tail.each_member(quantifier, name)?,
            (_, quantifier) => tail.tail(rule, Subject { quantifier, name })?,
        };
        Some(Operand::Condition(Cond { kind: CondKind::Atom(Box::new(atom)), span }))
    }

    fn tail(&mut self, rule: Rule, subject: Subject) -> Option<Atom> {
        Some(match rule {
            Rule::does | Rule::has_done => {
                let (action, target) = self.does()?;
                Atom::Event { subject, action, target, ever: rule == Rule::has_done }
            }
            Rule::compared => Atom::Position {
                subject,
                issue: self.name()?,
                op: self.comparison()?,
                level: self.name()?,
            },
            Rule::related => {
                Atom::Relation { subject, relation: self.name()?, object: self.name()? }
            }
            _ => return None,
        })
    }

    /// `any m in g where FILTER (COND)`, of which the quantifier and the member have been read.
    fn each_member(&mut self, quantifier: Quantifier, variable: Name) -> Option<Atom> {
        let group = self.name()?;
        let filter = self.filter()?.map(Box::new);
        let body = Box::new(self.inside(Rule::parenthesis, Parts::condition)?);
        Some(Atom::Each { quantifier, variable, group, filter, body })
    }

    /// One event of an `on` clause.
    pub fn event(&mut self) -> Option<Cond> {
        let (quantifier, name) = (self.quantifier()?, self.name()?);
        let subject = Subject { quantifier, name };
        let (action, target) = self.inside(Rule::does, Parts::does)?;
        let event = Atom::Event { subject, action, target, ever: false };
        Some(Cond { kind: CondKind::Atom(Box::new(event)), span: self.span() })
    }

    /// The quantifier that may follow.
    fn quantifier(&mut self) -> Option<Option<Quantifier>> {
        self.optional(Rule::quantifier, |quantifier| {
            let least = quantifier.optional(Rule::at_least, |least| least.integer(Rule::whole))?;
            let kind = match least {
                Some(least) => QuantifierKind::AtLeast(least.value),
                None if quantifier.begins_with("any") => QuantifierKind::Any,
                None if quantifier.begins_with("every") => QuantifierKind::Every,
                None => QuantifierKind::No,
            };
            Some(Quantifier { kind, span: quantifier.span() })
        })
    }
}

/// Whether a rule is what follows the actor in a condition about it.
fn is_tail(rule: Rule) -> bool {
    matches!(rule, Rule::each_member | Rule::does | Rule::has_done | Rule::compared | Rule::related)
}

/// A name alone, as a reference.
fn alone(name: Name) -> Reference {
    Reference { quantifier: None, owner: None, span: name.span, name, argument: None }
}
