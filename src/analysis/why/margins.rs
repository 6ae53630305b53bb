//! By how much a comparison fails, in every situation.

use super::answer::{Margin, Measured};
use crate::analysis::unfolded::Ground;
use crate::engine::test::Term;
use crate::model::{Cond, Domain, Expr, Model};
use crate::solve::aim::Aim;
use crate::solve::goals::Goal;
use crate::solve::solver::Solver;
use crate::syntax::tree::CompareOp;

/// More values than this are not told one by one.
const VALUES: usize = 32;

/// By how much a comparison fails in every situation in which it counts.
#[derive(Clone, Debug)]
pub struct Margins {
    /// What is compared.
    left: Expr,
    /// How.
    op: CompareOp,
    /// With what; `None` where it is no constant.
    bound: Option<i64>,
    /// For each situation the difference of the sides, left less right; `None` where it does not
    /// count.
    gaps: Vec<Option<i64>>,
}

impl Margins {
    /// Those of a condition in situations where the rest of what is needed holds; `None` where it is
    /// no comparison, or one of a flag.
    pub fn new(ground: &Ground, cond: &Cond, rest: &[bool]) -> Option<Self> {
        let (left, op, right) = match cond {
            Cond::Compare(Expr::Const(value), op, right) => {
                (right, op.turned(), &Expr::Const(*value))
            }
            Cond::Compare(left, op, right) => (left, *op, right),
            Cond::Not(inner) => match &**inner {
                Cond::Compare(left, op, right) => (left, op.negated(), right),
                _ => return None,
            },
            Cond::Const(_)
            | Cond::And(_)
            | Cond::Or(_)
            | Cond::AtLeast(..)
            | Cond::Does(_)
            | Cond::HasDone(_) => return None,
        };
        let op = ordered(ground, left, op, right);
        let places = &ground.program.places;
        let (first, second) = (places.term(left), places.term(right));
        let program = &ground.program;
        let mut values = vec![0; program.layout.slots()];
        let gap = |s: usize| {
            rest[s].then(|| {
                program.layout.unpack(ground.graph().situation(s), &mut values);
                difference(&first, &second, &values)
            })
        };
        let gaps = (0..ground.graph().len()).map(gap).collect();
        let bound = match right {
            Expr::Const(value) => Some(*value),
            Expr::Var(_) | Expr::Level | Expr::Peak | Expr::Turn | Expr::Binary(..) => None,
        };
        Some(Self { left: left.clone(), op, bound, gaps })
    }

    /// Counts only some situations.
    pub fn only(&mut self, rest: &[bool]) {
        for (gap, counts) in self.gaps.iter_mut().zip(rest) {
            *gap = gap.filter(|_| *counts);
        }
    }

    /// The same for another choice of members: the nearer of both; `None` where they cannot be told
    /// together.
    pub fn or(mut self, other: Self) -> Option<Self> {
        if self.op != other.op || self.bound != other.bound || self.measure() == Measured::First {
            return None;
        }
        let op = self.op;
        for (one, other) in self.gaps.iter_mut().zip(other.gaps) {
            let short = |gap: &i64| shortfall(op, *gap);
            *one = one.iter().copied().chain(other).min_by_key(short);
        }
        Some(self)
    }

    fn measure(&self) -> Measured {
        match self.op {
            CompareOp::Equal | CompareOp::NotEqual => Measured::First,
            CompareOp::Less
            | CompareOp::LessEqual
            | CompareOp::Greater
            | CompareOp::GreaterEqual => Measured::Nearest,
        }
    }

    /// Asks how near it came, the nearest first.
    pub fn ask(
        &self,
        model: &Model,
        solver: Solver<'_>,
        turns: Option<u32>,
    ) -> (Measured, Vec<Margin>) {
        let measure = self.measure();
        let flag = match &self.left {
            Expr::Var(id) => model.variables[id.index()].domain == Domain::Flag,
            Expr::Const(_) | Expr::Level | Expr::Peak | Expr::Turn | Expr::Binary(..) => false,
        };
        // A flag that is not `yes` is `no`.
        if flag {
            return (measure, Vec::new());
        }
        let short = |gap: i64| shortfall(self.op, gap);
        let mut failing: Vec<i64> =
            self.gaps.iter().flatten().copied().filter(|&gap| short(gap) > 0).collect();
        failing.sort_unstable_by_key(|&gap| (short(gap), gap));
        failing.dedup();
        if failing.len() > VALUES {
            return (measure, Vec::new());
        }
        let probabilities = match measure {
            Measured::Nearest => self.nearest(solver, turns, &failing),
            Measured::First => self.first(solver, turns, &failing),
        };
        let margins = failing.into_iter().zip(probabilities);
        let margins = margins.filter(|(_, probability)| *probability > 1e-9);
        let margin = |(gap, probability)| Margin { value: self.value(model, gap), probability };
        (measure, margins.map(margin).collect())
    }

    /// For each gap: that it came so near, less that it came nearer.
    fn nearest(&self, solver: Solver<'_>, turns: Option<u32>, failing: &[i64]) -> Vec<f64> {
        let within = |most: i64| {
            let near = |gap: &Option<i64>| gap.is_some_and(|gap| shortfall(self.op, gap) <= most);
            Goal::Reach(self.gaps.iter().map(near).collect())
        };
        let mut goals = vec![within(0)];
        goals.extend(failing.iter().map(|&gap| within(shortfall(self.op, gap))));
        let found = solver.within(&goals, Aim::ESTIMATE, turns);
        found.windows(2).map(|pair| (pair[1].value - pair[0].value).max(0.0)).collect()
    }

    /// For each gap: that it was so when everything else first held.
    fn first(&self, solver: Solver<'_>, turns: Option<u32>, failing: &[i64]) -> Vec<f64> {
        let before: Vec<bool> = self.gaps.iter().map(Option::is_none).collect();
        let goal = |&gap: &i64| {
            let here = self.gaps.iter().map(|other| *other == Some(gap)).collect();
            Goal::Until(here, before.clone())
        };
        let goals: Vec<Goal> = failing.iter().map(goal).collect();
        solver.within(&goals, Aim::ESTIMATE, turns).into_iter().map(|found| found.value).collect()
    }

    /// What the left side was, where it is compared with a constant; else by how much it fell short.
    fn value(&self, model: &Model, gap: i64) -> String {
        match self.bound {
            Some(bound) => model.beside(&self.left, bound.saturating_add(gap)),
            None => match shortfall(self.op, gap) {
                1 => "1 short".to_owned(),
                short => format!("{short} short"),
            },
        }
    }
}

/// To be equal to the highest value is to be at least that, and likewise for the lowest.
fn ordered(ground: &Ground, left: &Expr, op: CompareOp, right: &Expr) -> CompareOp {
    let (Expr::Var(id), CompareOp::Equal, Expr::Const(value)) = (left, op, right) else {
        return op;
    };
    let written = ground.program.variables.iter().find(|one| one.variable == id.index());
    match written {
        Some(written) if !ground.is_ordered(id.index()) || written.low == written.high => op,
        Some(written) if i64::from(written.high) == *value => CompareOp::GreaterEqual,
        Some(written) if i64::from(written.low) == *value => CompareOp::LessEqual,
        Some(_) | None => op,
    }
}

fn difference(left: &Term, right: &Term, values: &[i32]) -> i64 {
    left.value(values).saturating_sub(right.value(values))
}

/// By how much a comparison fails whose sides differ by `gap`; 0 where it holds.
fn shortfall(op: CompareOp, gap: i64) -> i64 {
    match op {
        CompareOp::Equal => gap.saturating_abs(),
        CompareOp::NotEqual => i64::from(gap == 0),
        CompareOp::Less => gap.saturating_add(1).max(0),
        CompareOp::LessEqual => gap.max(0),
        CompareOp::Greater => 1_i64.saturating_sub(gap).max(0),
        CompareOp::GreaterEqual => gap.saturating_neg().max(0),
    }
}
