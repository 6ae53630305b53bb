//! Conditions and arithmetic: from the flat list of operands and operators to the tree.

use super::{Lowering, Parts};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::syntax::{CONDITION_NEEDED, NUMBER_NEEDED, TOO_DEEP};
use crate::source::Span;
use crate::syntax::grammar::Rule;
use crate::syntax::limits::MAX_DEPTH;
use crate::syntax::tree::{Arith, ArithKind, ArithOp, CompareOp, Cond, CondKind};
use pest::iterators::Pair;
use pest::pratt_parser::{Assoc, Op, PrattParser};
use std::sync::LazyLock;

/// The operators, the loosest first.
static OPERATORS: LazyLock<PrattParser<Rule>> = LazyLock::new(|| {
    let infix = |rule| Op::infix(rule, Assoc::Left);
    PrattParser::new()
        .op(infix(Rule::infix_or))
        .op(infix(Rule::word_and))
        .op(Op::prefix(Rule::word_not))
        .op(infix(Rule::equal)
            | infix(Rule::not_equal)
            | infix(Rule::less)
            | infix(Rule::less_equal)
            | infix(Rule::greater)
            | infix(Rule::greater_equal))
        .op(infix(Rule::plus) | infix(Rule::minus))
        .op(infix(Rule::times))
        .op(Op::prefix(Rule::negative))
});

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
        let lowering = self.lowering;
        OPERATORS
            .map_primary(|operand| lowering.operand(operand))
            .map_prefix(|operator, operand| lowering.prefix(&operator, operand?))
            .map_infix(|left, operator, right| lowering.infix(left?, &operator, right?))
            .parse(std::iter::from_fn(|| self.next()))
    }

    /// The comparison that follows.
    pub fn comparison(&mut self) -> Option<CompareOp> {
        self.mark(Rule::close_paren);
        compare_op(self.next()?.as_rule())
    }
}

impl Lowering<'_> {
    fn prefix(&self, operator: &Pair<'_, Rule>, operand: Operand) -> Option<Operand> {
        let span = self.span(operator).to(operand.span());
        if operator.as_rule() == Rule::word_not {
            let kind = CondKind::Not(Box::new(self.condition_of(operand)?));
            return Some(Operand::Condition(Cond { kind, span }));
        }
        let (arith, depth) = self.value_of(operand)?;
        self.value(ArithKind::Negate(Box::new(arith)), span, depth + 1)
    }

    fn infix(&self, left: Operand, operator: &Pair<'_, Rule>, right: Operand) -> Option<Operand> {
        let span = left.span().to(right.span());
        let rule = operator.as_rule();
        if matches!(rule, Rule::infix_or | Rule::word_and) {
            let (left, right) = (self.condition_of(left), self.condition_of(right));
            let kind = joined(left?, rule == Rule::word_and, right?);
            return Some(Operand::Condition(Cond { kind, span }));
        }
        let ((left, left_depth), (right, right_depth)) =
            (self.value_of(left)?, self.value_of(right)?);
        if let Some(op) = compare_op(rule) {
            let kind = CondKind::Compare { left, op, right };
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
            ArithKind::Reference(reference) => CondKind::Truth(*reference),
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
        let diagnostic = if matches!(cond.kind, CondKind::Compare { .. }) {
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
