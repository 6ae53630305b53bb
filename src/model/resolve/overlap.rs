//! Outcomes that overlap without an order in time, as far as their conditions show it: whenever
//! one is reached, another is reached in the same situation, so that neither comes first.

use crate::model::{Cond, Expr, Model, OutcomeId};
use crate::syntax::tree::CompareOp;

/// Conditions with more parts than this are not compared.
const MOST_PARTS: usize = 200;
/// Of more outcomes than this only the first are compared.
const MOST_OUTCOMES: usize = 200;

/// Pairs of outcomes of which the first is never reached without the second in the same
/// situation: their conditions are alike, or the first one's says more and the second is an
/// ending, so that it cannot have been reached before.
pub(super) fn overlapping(model: &Model) -> Vec<(OutcomeId, OutcomeId)> {
    let mut pairs = Vec::new();
    let compared = &model.outcomes[..model.outcomes.len().min(MOST_OUTCOMES)];
    let comparable: Vec<Option<&Cond>> = compared
        .iter()
        .map(|outcome| outcome.condition.as_ref().filter(|cond| parts(cond) <= MOST_PARTS))
        .collect();
    for (second, with) in comparable.iter().enumerate() {
        for (first, cond) in comparable.iter().enumerate() {
            let (Some(cond), Some(with)) = (cond, with) else { continue };
            if first == second || !implies(cond, with) {
                continue;
            }
            let alike = implies(with, cond);
            if (alike && first > second) || (!alike && compared[second].ending) {
                pairs.push((OutcomeId::new(first), OutcomeId::new(second)));
            }
        }
    }
    pairs
}

fn parts(cond: &Cond) -> usize {
    1 + cond.children().iter().map(parts).sum::<usize>()
}

/// Whether the second condition holds wherever the first does; `false` where that does not show.
fn implies(first: &Cond, second: &Cond) -> bool {
    if first == second {
        return !matches!(first, Cond::Const(_));
    }
    match (first, second) {
        (Cond::Or(all), _) => all.iter().all(|one| implies(one, second)),
        (_, Cond::And(all)) => all.iter().all(|one| implies(first, one)),
        (Cond::And(all), _) if all.iter().any(|one| implies(one, second)) => true,
        (_, Cond::Or(all)) => all.iter().any(|one| implies(first, one)),
        (
            Cond::Compare(left, op, Expr::Const(value)),
            Cond::Compare(other, with, Expr::Const(than)),
        ) if left == other => narrower(*op, *value, *with, *than),
        _ => false,
    }
}

/// Whether every whole number that compares so with `value` compares so with `than`.
fn narrower(op: CompareOp, value: i64, with: CompareOp, than: i64) -> bool {
    use CompareOp::{Equal, Greater, GreaterEqual, Less, LessEqual, NotEqual};
    match op {
        Equal => with.holds(value, than),
        NotEqual => with == NotEqual && value == than,
        Less | LessEqual => {
            let highest = if op == Less { value.saturating_sub(1) } else { value };
            match with {
                Less | LessEqual | NotEqual => {
                    if with == NotEqual {
                        highest < than
                    } else {
                        with.holds(highest, than)
                    }
                }
                Equal | Greater | GreaterEqual => false,
            }
        }
        Greater | GreaterEqual => {
            let lowest = if op == Greater { value.saturating_add(1) } else { value };
            match with {
                Greater | GreaterEqual | NotEqual => {
                    if with == NotEqual {
                        lowest > than
                    } else {
                        with.holds(lowest, than)
                    }
                }
                Equal | Less | LessEqual => false,
            }
        }
    }
}
