//! Comparisons: both sides must be of one kind, and have an order where one is asked for.

use super::operands::{Operand, Values};
use super::{Builder, Scope, fold};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::{names as name_pages, types};
use crate::diagnostic::suggest::did_you_mean;
use crate::model::names::{Entry, Wanted};
use crate::model::{AttributeValue, Cond, Expr};
use crate::source::Span;
use crate::syntax::tree::{Arith, ArithKind, CompareOp, Name, Reference};

impl<'a> Builder<'a> {
    /// `left op right`.
    pub(super) fn compare(
        &mut self,
        place: Span,
        left: &'a Arith,
        op: CompareOp,
        right: &'a Arith,
        scope: &Scope,
    ) -> Option<Cond> {
        let (left_name, right_name) = (bare_name(left, scope), bare_name(right, scope));
        let left_side = self.operand(left, scope);
        // A value is looked up where it belongs, whatever else has its name.
        if let (Some(side), Some(name)) = (&left_side, right_name)
            && let Some(cond) = self.with_value(side, op, name, false, place)
        {
            return cond;
        }
        let right_side = self.operand(right, scope);
        if let (Some(side), Some(name)) = (&right_side, left_name)
            && let Some(cond) = self.with_value(side, op, name, true, place)
        {
            return cond;
        }
        self.compare_operands(place, left_side?, op, right_side?)
    }

    /// A side with named values beside a name alone, where the name is one of them. `turned`: the
    /// name stands on the left.
    fn with_value(
        &mut self,
        side: &Operand<'a>,
        op: CompareOp,
        name: &Name,
        turned: bool,
        place: Span,
    ) -> Option<Option<Cond>> {
        let (expr, index, ordered) = match side {
            Operand::Values(values) => {
                let index = self.number_in(&name.text, &values.names)?;
                (&values.expr, i64::from(index), values.ordered)
            }
            Operand::Flag(expr) => {
                let index = match name.text.as_str() {
                    "no" => 0,
                    "yes" => 1,
                    _ => return None,
                };
                (expr, index, false)
            }
            Operand::Word(word, key) => {
                return Some(self.compare_word(word, key, op, name, place));
            }
            Operand::Missing => return Some(Some(Cond::Const(op == CompareOp::NotEqual))),
            Operand::Number(_)
            | Operand::Turn
            | Operand::Actor(_)
            | Operand::Text(_)
            | Operand::Bare(_) => return None,
        };
        if op.needs_order() && !ordered {
            self.report_no_order(side, op, place);
            return Some(None);
        }
        let (expr, value) = (expr.clone(), Expr::Const(index));
        Some(Some(if turned {
            fold::compare(value, op, expr)
        } else {
            fold::compare(expr, op, value)
        }))
    }

    /// An attribute that is a name, beside a name.
    fn compare_word(
        &mut self,
        word: &str,
        key: &str,
        op: CompareOp,
        name: &Name,
        place: Span,
    ) -> Option<Cond> {
        if op.needs_order() {
            self.report_no_order(&Operand::Word(word.to_owned(), key.to_owned()), op, place);
            return None;
        }
        let values = self.attributes.get(key).into_iter().flat_map(|values| values.values());
        let mut words: Vec<&str> = values
            .filter_map(|value| match value {
                AttributeValue::Name(word) => Some(word.as_str()),
                AttributeValue::Flag(_) | AttributeValue::Integer(_) | AttributeValue::Text(_) => {
                    None
                }
            })
            .collect();
        if !words.contains(&name.text.as_str()) {
            words.sort_unstable();
            words.dedup();
            let message = format!("no actor has `{key} = {}`", name.text);
            let help = did_you_mean(&name.text, words.iter().copied())
                .unwrap_or_else(|| format!("the values are {}", super::listed(words)));
            self.report(Diagnostic::new(name_pages::UNKNOWN_VALUE, name.span, message).help(help));
            return None;
        }
        Some(Cond::Const((word == name.text) == (op == CompareOp::Equal)))
    }

    fn compare_operands(
        &mut self,
        place: Span,
        left: Operand<'a>,
        op: CompareOp,
        right: Operand<'a>,
    ) -> Option<Cond> {
        use Operand::{Actor, Bare, Flag, Missing, Number, Text, Turn, Values, Word};
        match (left, right) {
            (Bare(name), Values(values)) | (Values(values), Bare(name)) => {
                self.report_no_value(name, &values);
                None
            }
            (Bare(left), Bare(right)) => {
                self.report_not_comparable(left);
                self.report_not_comparable(right);
                None
            }
            (Bare(name), _) | (_, Bare(name)) => {
                self.report_not_comparable(name);
                None
            }
            (Turn, Turn) => {
                self.report_turn_not_alone(place);
                None
            }
            (Number(left), Number(right)) => Some(fold::compare(left, op, right)),
            (Turn, Number(right)) => Some(fold::compare(Expr::Turn, op, right)),
            (Number(left), Turn) => Some(fold::compare(left, op, Expr::Turn)),
            (Values(left), Values(right)) if left.names == right.names => {
                if op.needs_order() && !(left.ordered && right.ordered) {
                    self.report_no_order(&Values(left), op, place);
                    return None;
                }
                Some(fold::compare(left.expr, op, right.expr))
            }
            (Flag(left), Flag(right)) if !op.needs_order() => Some(fold::compare(left, op, right)),
            (Actor(left), Actor(right)) if !op.needs_order() => {
                Some(Cond::Const((left == right) == (op == CompareOp::Equal)))
            }
            (Word(left, _), Word(right, _)) | (Text(left), Text(right)) if !op.needs_order() => {
                Some(Cond::Const((left == right) == (op == CompareOp::Equal)))
            }
            (Missing, Missing | Word(..) | Text(_)) | (Word(..) | Text(_), Missing)
                if !op.needs_order() =>
            {
                Some(Cond::Const(op == CompareOp::NotEqual))
            }
            (left @ Flag(_), Flag(_))
            | (left @ Actor(_), Actor(_))
            | (left @ Text(_), Text(_))
            | (left @ (Word(..) | Missing), Word(..) | Missing) => {
                self.report_no_order(&left, op, place);
                None
            }
            (left, right) => {
                let message =
                    format!("{} cannot be compared with {}", left.phrase(), right.phrase());
                let diagnostic = Diagnostic::new(types::DIFFERENT_KINDS, place, message);
                self.report(
                    diagnostic
                        .help("compare numbers with numbers, and a state with one of its values"),
                );
                None
            }
        }
    }

    fn report_no_order(&mut self, side: &Operand<'a>, op: CompareOp, place: Span) {
        let message = format!("{} has no order, so `{}` means nothing", side.phrase(), op.sign());
        let help = match side {
            Operand::Values(values) => {
                format!(
                    "compare with `=` or `!=`, or declare the state with an order: `{}`",
                    values.names.join(" < ")
                )
            }
            _ => "compare with `=` or `!=`".to_owned(),
        };
        self.report(Diagnostic::new(types::NO_ORDER, place, message).help(help));
    }

    fn report_no_value(&mut self, name: &Name, values: &Values) {
        if self.names.get(&name.text).is_some_and(|named| named.entry == Entry::Broken) {
            return;
        }
        self.value_in(name, &values.names, values.noun(), &values.owner);
    }

    /// A flag, of the scenario or of an actor.
    pub(super) fn truth(&mut self, reference: &'a Reference, scope: &Scope) -> Option<Cond> {
        match self.reference(reference, scope)? {
            Operand::Flag(expr) => Some(match expr {
                Expr::Const(value) => Cond::Const(value != 0),
                variable => Cond::Compare(variable, CompareOp::Equal, Expr::Const(1)),
            }),
            Operand::Missing => Some(Cond::Const(false)),
            Operand::Bare(name) => {
                match self.names.refer(&name.text) {
                    Some(Entry::Broken) => {}
                    Some(Entry::Outcome(_)) => self.report_outcome(name),
                    Some(Entry::Variable(_)) => self.report_without_actor(name),
                    Some(entry) => self.report_misuse(name, entry, Wanted::Variable),
                    None => self.report_unknown(name, Wanted::Variable, &[]),
                }
                None
            }
            other => {
                self.report_no_condition(reference, &other);
                None
            }
        }
    }

    fn report_no_condition(&mut self, reference: &Reference, operand: &Operand<'a>) {
        let written = self.written(reference.span);
        let (what, help) = match operand {
            Operand::Values(values) => {
                let value = values.names.first().map_or("VALUE", String::as_str);
                let what = if values.rungs { "a place on the ladder" } else { "a state" };
                (what.to_owned(), format!("compare it: `{written} = {value}`"))
            }
            Operand::Number(_) => (operand.phrase(), format!("compare it: `{written} > 0`")),
            Operand::Turn => (operand.phrase(), "compare it: `turn >= 4`".to_owned()),
            Operand::Actor(_) => (
                operand.phrase(),
                format!("say what it does or where it stands: `{written} does ACTION`"),
            ),
            _ => (operand.phrase(), "compare it with `=`".to_owned()),
        };
        let message = format!("`{written}` is {what}, which is neither true nor false");
        self.report(Diagnostic::new(types::NOT_A_CONDITION, reference.span, message).help(help));
    }
}

/// The name that one side consists of, unless it is a member that is bound here.
fn bare_name<'a>(arith: &'a Arith, scope: &Scope) -> Option<&'a Name> {
    match &arith.kind {
        ArithKind::Reference(reference) => {
            let Reference { quantifier, owner, name, argument, span: _ } = &**reference;
            let alone = quantifier.is_none() && owner.is_none() && argument.is_none();
            (alone && scope.get(&name.text).is_none()).then_some(name)
        }
        ArithKind::Paren(inner) => bare_name(inner, scope),
        ArithKind::Integer(_)
        | ArithKind::Text(_)
        | ArithKind::Negate(_)
        | ArithKind::Binary { .. } => None,
    }
}
