//! Conditions and arithmetic: from the flat list of operands and operators to the tree.

use super::nodes::Pair;
use super::{Lowering, Parts};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::syntax::{CONDITION_NEEDED, NUMBER_NEEDED, TOO_DEEP};
use crate::source::Span;
use crate::syntax::grammar::Rule;
use crate::syntax::limits::MAX_DEPTH;
use crate::syntax::tree::{Arith, ArithKind, ArithOp, Atom, CompareOp, Cond, CondKind};

/// How tight `not` binds; see [`tightness`].
const NOT: u8 = 3;
/// How tight the sign of a number binds.
const NEGATIVE: u8 = 7;

/// How tight an operator between two operands binds; 0 is no such operator.
fn tightness(operator: Rule) -> u8 {
    match operator {
        Rule::infix_or => 1,
        Rule::word_and => 2,
        Rule::plus | Rule::minus => 5,
        Rule::times => 6,
        _ if compare_op(operator).is_some() => 4,
        _ => 0,
    }
}

/// What an operand or a part of a condition has turned out to be.
pub(in crate::syntax) enum Operand {
    /// A condition.
    Condition(Cond),
    /// Something to compare, or a flag, with the depth of its arithmetic.
    Value(Arith, usize),
}

impl Operand {
    /// The place.
    fn span(&self) -> Span {
        match self {
            Self::Condition(cond) => cond.span,
            Self::Value(arith, _) => arith.span,
        }
    }
}

impl Parts<'_, '_> {
    /// The condition that follows.
    pub fn condition(&mut self) -> Option<Cond> {
        self.inside(Rule::condition, Parts::whole_condition)
    }

    /// The condition that may follow.
    pub fn optional_condition(&mut self) -> Option<Option<Cond>> {
        self.optional(Rule::condition, Parts::whole_condition)
    }

    fn whole_condition(&mut self) -> Option<Cond> {
        let operand = self.operators()?;
        self.lowering.condition_of(operand)
    }

    /// The inside of `(...)`, which may be a condition or arithmetic.
    pub fn operators(&mut self) -> Option<Operand> {
        self.operand_above(0)
    }

    /// What follows, up to an operator that binds no tighter than this. All of it is read,
    /// whatever is wrong with its beginning.
    fn operand_above(&mut self, bound: u8) -> Option<Operand> {
        let mut left = self.first_operand();
        while let Some(operator) = self.next_if(|rule| tightness(rule) > bound) {
            let rule = self.lowering.rule(operator);
            let right = self.operand_above(tightness(rule));
            left = match (left, right) {
                (Some(left), Some(right)) => self.lowering.infix(left, rule, right),
                (_, _) => None,
            };
        }
        left
    }

    /// One operand with what stands before it.
    fn first_operand(&mut self) -> Option<Operand> {
        let first = self.next()?;
        let bound = match self.lowering.rule(first) {
            Rule::word_not => NOT,
            Rule::negative => NEGATIVE,
            _ => return self.lowering.operand(first),
        };
        let operand = self.operand_above(bound - 1);
        self.lowering.prefix(first, operand?)
    }

    /// The comparison that follows.
    pub fn comparison(&mut self) -> Option<CompareOp> {
        self.mark(Rule::close_paren);
        let operator = self.next()?;
        compare_op(self.lowering.rule(operator))
    }
}

impl Lowering<'_> {
    fn prefix(&self, operator: Pair, operand: Operand) -> Option<Operand> {
        let span = self.span(operator).to(operand.span());
        if self.rule(operator) == Rule::word_not {
            let kind = CondKind::Not(Box::new(self.condition_of(operand)?));
            return Some(Operand::Condition(Cond { kind, span }));
        }
        let (arith, depth) = self.value_of(operand)?;
        self.value(ArithKind::Negate(Box::new(arith)), span, depth + 1)
    }

    fn infix(&self, left: Operand, rule: Rule, right: Operand) -> Option<Operand> {
        let span = left.span().to(right.span());
        if matches!(rule, Rule::infix_or | Rule::word_and) {
            let (left, right) = (self.condition_of(left), self.condition_of(right));
            let kind = joined(left?, rule == Rule::word_and, right?);
            return Some(Operand::Condition(Cond { kind, span }));
        }
        let ((left, left_depth), (right, right_depth)) =
            (self.value_of(left)?, self.value_of(right)?);
        if let Some(op) = compare_op(rule) {
            let kind = CondKind::Atom(Box::new(Atom::Compare { left, op, right }));
            return Some(Operand::Condition(Cond { kind, span }));
        }
        let op = match rule {
            Rule::plus => ArithOp::Add,
            Rule::minus => ArithOp::Subtract,
            _ => ArithOp::Multiply,
        };
        let kind = ArithKind::Binary { left: Box::new(left), op, right: Box::new(right) };
        self.value(kind, span, left_depth.max(right_depth) + 1)
    }

    /// An operand in parentheses.
    pub fn parenthesised(&self, inside: Operand, span: Span) -> Option<Operand> {
        match inside {
            Operand::Condition(cond) => {
                let kind = CondKind::Paren(Box::new(cond));
                Some(Operand::Condition(Cond { kind, span }))
            }
            Operand::Value(arith, depth) => {
                self.value(ArithKind::Paren(Box::new(arith)), span, depth + 1)
            }
        }
    }

    /// A value, unless its arithmetic nests too deep: a long sum is as deep as it is long.
    fn value(&self, kind: ArithKind, span: Span, depth: usize) -> Option<Operand> {
        if depth <= MAX_DEPTH {
            return Some(Operand::Value(Arith { kind, span }, depth));
        }
        let message = format!("arithmetic of more than {MAX_DEPTH} steps");
        self.tell(Diagnostic::new(TOO_DEEP, span, message).help("keep the sum in a meter"));
        None
    }

    /// The operand as a condition: a name alone is a flag.
    fn condition_of(&self, operand: Operand) -> Option<Cond> {
        match operand {
            Operand::Condition(cond) => Some(cond),
            Operand::Value(arith, _) => self.truth_of(arith),
        }
    }

    fn truth_of(&self, Arith { kind, span }: Arith) -> Option<Cond> {
        let kind = match kind {
            ArithKind::Reference(reference) => CondKind::Atom(Box::new(Atom::Truth(*reference))),
            ArithKind::Paren(inside) => CondKind::Paren(Box::new(self.truth_of(*inside)?)),
            ArithKind::Integer(_)
            | ArithKind::Text(_)
            | ArithKind::Negate(_)
            | ArithKind::Binary { .. } => {
                let message = "a value stands where a condition is needed";
                let help = "compare it with something, for example `tension > 3`";
                let diagnostic = Diagnostic::new(CONDITION_NEEDED, span, message);
                self.tell(diagnostic.label("neither true nor false").help(help));
                return None;
            }
        };
        Some(Cond { kind, span })
    }

    /// The operand as a value, with its depth.
    fn value_of(&self, operand: Operand) -> Option<(Arith, usize)> {
        let cond = match operand {
            Operand::Value(arith, depth) => return Some((arith, depth)),
            Operand::Condition(cond) => cond,
        };
        let compares =
            matches!(&cond.kind, CondKind::Atom(atom) if matches!(**atom, Atom::Compare { .. }));
        let diagnostic = if compares {
            Diagnostic::new(NUMBER_NEEDED, cond.span, "comparisons cannot be chained")
                .label("this is true or false, not a value")
                .help("join two comparisons with `and`: `a < b and b < c`")
        } else {
            Diagnostic::new(NUMBER_NEEDED, cond.span, "a condition stands where a value is needed")
                .label("this is true or false, not a value")
                .help("arithmetic and comparisons take meters, states and numbers")
        };
        self.tell(diagnostic);
        None
    }
}

/// `left and right`, `left or right`; a longer chain is one list.
fn joined(left: Cond, and: bool, right: Cond) -> CondKind {
    match (left.kind, and) {
        (CondKind::And(mut all), true) => {
            all.push(right);
            CondKind::And(all)
        }
        (CondKind::Or(mut all), false) => {
            all.push(right);
            CondKind::Or(all)
        }
        (kind, _) => {
            let both = vec![Cond { kind, span: left.span }, right];
            if and { CondKind::And(both) } else { CondKind::Or(both) }
        }
    }
}

/// The comparison that a sign stands for.
fn compare_op(rule: Rule) -> Option<CompareOp> {
    Some(match rule {
        Rule::equal => CompareOp::Equal,
        Rule::not_equal => CompareOp::NotEqual,
        Rule::less => CompareOp::Less,
        Rule::less_equal => CompareOp::LessEqual,
        Rule::greater => CompareOp::Greater,
        Rule::greater_equal => CompareOp::GreaterEqual,
        _ => return None,
    })
}
