//! What the conditions of a scenario read: only that is kept in its situations.

use super::test::apply;
use crate::model::{Cond, Domain, EventPattern, ExpectationKind, Expr, Model, Path, VarId};
use crate::syntax::tree::ArithOp;
use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashSet};

/// What is read.
#[derive(Clone, Debug, Default)]
pub struct Reads {
    /// Patterns of events that have just happened.
    pub does: IndexSet<EventPattern, FxBuildHasher>,
    /// Patterns of events that ever happened.
    pub has_done: IndexSet<EventPattern, FxBuildHasher>,
    /// Variables.
    pub variables: FxHashSet<VarId>,
    /// Whether the current rung is read.
    pub level: bool,
    /// Whether the highest rung so far is read.
    pub peak: bool,
    /// The largest turn that a comparison can tell from the next one, where the turn is read.
    pub turn: Option<i32>,
}

impl Reads {
    /// What all conditions of the scenario read, expectations included.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let mut reads = Self::default();
        conditions(model, &mut |cond| reads.add(model, cond));
        reads
    }

    fn add(&mut self, model: &Model, cond: &Cond) {
        cond.patterns(&mut |pattern, ever| {
            if ever { &mut self.has_done } else { &mut self.does }.insert(*pattern);
        });
        cond.leaves(&mut |leaf| match leaf {
            Expr::Var(id) => {
                self.variables.insert(*id);
            }
            Expr::Level => self.level = true,
            Expr::Peak => self.peak = true,
            Expr::Const(_) | Expr::Turn | Expr::Binary(..) => {}
        });
        self.add_turns(model, cond);
    }

    fn add_turns(&mut self, model: &Model, cond: &Cond) {
        match cond {
            Cond::Compare(Expr::Turn, _, other) | Cond::Compare(other, _, Expr::Turn) => {
                let last = if *other == Expr::Turn { 0 } else { range(model, other).1 };
                let last = i32::try_from(last.clamp(-1, i64::from(i32::MAX) - 2));
                debug_assert!(last.is_ok(), "turns are clamped to what fits");
                let last = last.unwrap_or(0);
                self.turn = Some(self.turn.unwrap_or(0).max(last + 1));
            }
            _ => cond.children().iter().for_each(|each| self.add_turns(model, each)),
        }
    }
}

/// Every condition of the scenario.
pub fn conditions(model: &Model, visit: &mut impl FnMut(&Cond)) {
    for rule in &model.rules {
        visit(&rule.condition);
        rule.guard.iter().for_each(&mut *visit);
    }
    questions(model, visit);
    model.observations.iter().for_each(|seen| visit(&seen.condition));
}

/// The conditions of outcomes and expectations.
pub fn questions(model: &Model, visit: &mut impl FnMut(&Cond)) {
    model.outcomes.iter().filter_map(|outcome| outcome.condition.as_ref()).for_each(&mut *visit);
    for expectation in &model.expectations {
        expectation.subjects.iter().for_each(|subject| visit(&subject.condition));
        match &expectation.kind {
            ExpectationKind::Never(a)
            | ExpectationKind::Always(a)
            | ExpectationKind::Possible(a)
            | ExpectationKind::Certain(a) => visit(a),
            ExpectationKind::Before(a, b) | ExpectationKind::LeadsTo(a, b, _) => {
                visit(a);
                visit(b);
            }
            ExpectationKind::Probability { path, .. } => match path {
                Path::Outcome(_) => {}
                Path::Ever(a, _) | Path::Always(a) => visit(a),
                Path::Until(a, b) => {
                    visit(a);
                    visit(b);
                }
            },
        }
    }
}

/// The least and greatest value of an expression without the turn.
fn range(model: &Model, expr: &Expr) -> (i64, i64) {
    match expr {
        Expr::Const(value) => (*value, *value),
        Expr::Var(id) => {
            let (low, high) = ends(model, &model.variables[id.index()].domain);
            (i64::from(low), i64::from(high))
        }
        Expr::Level | Expr::Peak | Expr::Turn => (0, i64::from(rungs(model))),
        Expr::Binary(left, op, right) => {
            let (left, right) = (range(model, left), range(model, right));
            let all = match op {
                ArithOp::Add => [apply(*op, left.0, right.0), apply(*op, left.1, right.1)].to_vec(),
                ArithOp::Subtract | ArithOp::Multiply => [left.0, left.1]
                    .into_iter()
                    .flat_map(|l| [right.0, right.1].map(|r| apply(*op, l, r)))
                    .collect(),
            };
            (all.iter().copied().min().unwrap_or(0), all.iter().copied().max().unwrap_or(0))
        }
    }
}

/// The least and greatest value of a domain.
#[must_use]
pub fn ends(model: &Model, domain: &Domain) -> (i32, i32) {
    let last = |count: usize| i32::try_from(count.saturating_sub(1)).unwrap_or(i32::MAX);
    match domain {
        Domain::State { values, .. } => (0, last(values.len())),
        Domain::Flag => (0, 1),
        Domain::Meter { low, high } => (*low, *high),
        Domain::Position(scale) => (0, last(model.scales[scale.index()].levels.len())),
    }
}

/// The index of the highest rung; 0 without a ladder.
#[must_use]
pub fn rungs(model: &Model) -> i32 {
    let count = model.ladder.as_ref().map_or(1, |ladder| ladder.rungs.len());
    i32::try_from(count.saturating_sub(1)).unwrap_or(i32::MAX)
}
