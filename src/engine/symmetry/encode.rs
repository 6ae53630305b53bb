//! What a scenario says, as numbers that do not depend on how it says it: `and`, `or`, `+` and the
//! alternatives of a rule have no order, `not` stands before comparisons only, and a comparison is
//! what it comes to.

use super::compare::{Leaf, Sum, comparison};
use crate::model::{
    ActorId, Alternative, Branch, Cond, DeclId, Delay, Effect, Event, EventPattern, Expr,
    Likelihood, Rule, VarId,
};
use crate::syntax::tree::{ArithOp, CompareOp};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

/// Writes conditions and rules as numbers, with actors and variables under other names.
pub struct Encoder<'a> {
    /// The name of each actor.
    pub actor: &'a dyn Fn(ActorId) -> u64,
    /// The name of each variable.
    pub variable: &'a dyn Fn(VarId) -> u64,
    /// The least and the greatest value of each variable.
    pub ends: &'a [(i32, i32)],
    /// What tells the alternatives of a declaration from others with the same likelihoods; 0 where
    /// nothing is said.
    pub marks: &'a FxHashMap<DeclId, Vec<u64>>,
}

/// Numbers that stand for something that is said.
pub type Code = Vec<u64>;

/// What a level or a turn can be at most, as far as this matters here.
const WIDE: i64 = 1 << 32;

impl Encoder<'_> {
    /// A rule or decision, whatever its name; and its alternatives, by number, in the order in which
    /// they stand in the code.
    pub fn rule(&self, rule: &Rule) -> (Code, Vec<u32>) {
        let mut code = vec![
            rule.trigger as u64,
            u64::from(rule.once),
            rule.priority as u64,
            rule.decider.map_or(u64::MAX, |actor| (self.actor)(actor)),
        ];
        code.extend(self.cond(&rule.condition));
        code.extend(self.cond(rule.guard.as_ref().unwrap_or(&Cond::Const(true))));
        let one = |(at, alternative): (usize, &Alternative)| {
            let ends = |it: &Likelihood| [it.low.to_bits(), it.high.to_bits()];
            let marks = self.marks.get(&rule.declaration);
            let mut code = vec![marks.map_or(0, |marks| marks[at])];
            code.extend(alternative.likelihood.as_ref().map_or([u64::MAX; 2], ends));
            self.branch(&alternative.branch, &mut code);
            (code, at as u32)
        };
        let mut alternatives: Vec<(Code, u32)> =
            rule.alternatives.iter().enumerate().map(one).collect();
        alternatives.sort_unstable();
        let (codes, order) = alternatives.into_iter().unzip();
        code.extend(listed(0, codes));
        self.branch(&rule.otherwise, &mut code);
        (code, order)
    }

    fn branch(&self, branch: &Branch, code: &mut Code) {
        match branch.delay {
            Delay::After(turns) => code.extend([0, u64::from(turns)]),
            Delay::Within(turns) => code.extend([1, u64::from(turns)]),
        }
        code.extend(self.effects(&branch.effects));
    }

    /// Effects that come together.
    pub fn effects(&self, effects: &[Effect]) -> Code {
        let one = |effect: &Effect| match effect {
            Effect::Event(event) => {
                let mut code = vec![0];
                code.extend(self.event(event));
                code
            }
            Effect::Assign(variable, value) => vec![1, (self.variable)(*variable), *value as u64],
            Effect::Step(variable, by) => vec![2, (self.variable)(*variable), *by as u64],
        };
        unordered(0, effects.iter().map(one).collect())
    }

    fn event(&self, event: &Event) -> [u64; 3] {
        let target = event.target.map_or(u64::MAX, |target| (self.actor)(target));
        [(self.actor)(event.actor), event.action.index() as u64, target]
    }

    fn pattern(&self, pattern: &EventPattern) -> [u64; 3] {
        let EventPattern { actor, action, target } = *pattern;
        self.event(&Event { actor, action, target })
    }

    /// A condition.
    pub fn cond(&self, cond: &Cond) -> Code {
        self.holding(cond, true)
    }

    /// That a condition holds, or that it does not. Whatever is read of a situation stays in it.
    fn holding(&self, cond: &Cond, holds: bool) -> Code {
        let (cond, holds) = core(cond, holds);
        if let Some((every, _)) = junction(cond, holds) {
            let mut parts = Vec::new();
            self.gather(cond, holds, every, &mut parts);
            parts.retain(|part| *part != constant(every));
            parts.sort_unstable();
            parts.dedup();
            return match parts.len() {
                0 => constant(every),
                1 => parts.swap_remove(0),
                _ => listed(if every { 12 } else { 13 }, parts),
            };
        }
        match cond {
            Cond::Const(value) => constant(*value == holds),
            Cond::AtLeast(least, all) => {
                // That so many do not hold is that all the others, and one more, fail.
                let failing = (all.len() as u64 + 1).saturating_sub(u64::from(*least));
                let parts = all.iter().map(|each| self.holding(each, holds)).collect();
                let least = if holds { u64::from(*least) } else { failing };
                [vec![14, least], unordered(0, parts)].concat()
            }
            Cond::Does(pattern) => {
                [vec![15, u64::from(holds)], self.pattern(pattern).to_vec()].concat()
            }
            Cond::HasDone(pattern) => {
                [vec![16, u64::from(holds)], self.pattern(pattern).to_vec()].concat()
            }
            Cond::Compare(left, op, right) => {
                self.compare(left, if holds { *op } else { opposite(*op) }, right)
            }
            Cond::Not(_) | Cond::And(_) | Cond::Or(_) => constant(holds),
        }
    }

    /// The parts of which every one, or some, must hold; parts of parts where they are of one kind.
    fn gather(&self, cond: &Cond, holds: bool, every: bool, parts: &mut Vec<Code>) {
        let (cond, holds) = core(cond, holds);
        match junction(cond, holds) {
            Some((kind, all)) if kind == every => {
                all.iter().for_each(|each| self.gather(each, holds, every, parts));
            }
            _ => parts.push(self.holding(cond, holds)),
        }
    }

    fn compare(&self, left: &Expr, op: CompareOp, right: &Expr) -> Code {
        if let (Some(left), Some(right)) = (self.sum(left), self.sum(right))
            && let Some(code) = comparison(left, op, right)
        {
            return code;
        }
        let (left, right) = (self.expr(left), self.expr(right));
        let sides = |op: u64, one: Code, other: Code| [vec![17, op], one, other].concat();
        match op {
            CompareOp::Equal => [vec![17, 0], unordered(0, vec![left, right])].concat(),
            CompareOp::NotEqual => [vec![17, 1], unordered(0, vec![left, right])].concat(),
            CompareOp::Less => sides(2, left, right),
            CompareOp::LessEqual => sides(3, left, right),
            CompareOp::Greater => sides(2, right, left),
            CompareOp::GreaterEqual => sides(3, right, left),
        }
    }

    /// An expression as a sum; `None` where it may be so large that it saturates, or is too long.
    fn sum(&self, expr: &Expr) -> Option<Sum> {
        match expr {
            Expr::Const(value) => Sum::constant(*value),
            Expr::Var(_) | Expr::Level | Expr::Peak | Expr::Turn => {
                Some(Sum::leaf(self.leaf(expr)))
            }
            Expr::Binary(left, op, right) => {
                let (left, right) = (self.sum(left)?, self.sum(right)?);
                match op {
                    ArithOp::Add => left.plus(right, 1),
                    ArithOp::Subtract => left.plus(right, -1),
                    ArithOp::Multiply => left.times(&right),
                }
            }
        }
    }

    fn leaf(&self, expr: &Expr) -> Leaf {
        let (kind, name, low, high) = match expr {
            Expr::Var(variable) => {
                let (low, high) = self.ends[variable.index()];
                (21, (self.variable)(*variable), i64::from(low), i64::from(high))
            }
            Expr::Level => (22, 0, 0, WIDE),
            Expr::Peak => (23, 0, 0, WIDE),
            Expr::Turn | Expr::Const(_) | Expr::Binary(..) => (24, 0, 0, WIDE),
        };
        Leaf { kind, name, low, high }
    }

    fn expr(&self, expr: &Expr) -> Code {
        match expr {
            Expr::Const(value) => vec![20, *value as u64],
            Expr::Var(_) | Expr::Level | Expr::Peak | Expr::Turn => {
                let Leaf { kind, name, .. } = self.leaf(expr);
                vec![kind, name]
            }
            Expr::Binary(left, op, right) => {
                let (left, right) = (self.expr(left), self.expr(right));
                match op {
                    ArithOp::Add => unordered(25, vec![left, right]),
                    ArithOp::Multiply => unordered(26, vec![left, right]),
                    ArithOp::Subtract => [vec![27], left, right].concat(),
                }
            }
        }
    }
}

/// A condition without the `not`s and the brackets around it, and whether it has to hold.
fn core(mut cond: &Cond, mut holds: bool) -> (&Cond, bool) {
    loop {
        match cond {
            Cond::Not(inner) => (cond, holds) = (inner, !holds),
            Cond::And(all) | Cond::Or(all) | Cond::AtLeast(1, all) if all.len() == 1 => {
                cond = &all[0];
            }
            _ => return (cond, holds),
        }
    }
}

/// Parts of which every one has to hold (or not to hold), or some.
fn junction(cond: &Cond, holds: bool) -> Option<(bool, &[Cond])> {
    match cond {
        Cond::And(all) => Some((holds, all)),
        Cond::Or(all) | Cond::AtLeast(1, all) => Some((!holds, all)),
        Cond::AtLeast(least, all) if *least as usize == all.len() => Some((holds, all)),
        Cond::Const(_)
        | Cond::Not(_)
        | Cond::AtLeast(..)
        | Cond::Does(_)
        | Cond::HasDone(_)
        | Cond::Compare(..) => None,
    }
}

fn opposite(op: CompareOp) -> CompareOp {
    match op {
        CompareOp::Equal => CompareOp::NotEqual,
        CompareOp::NotEqual => CompareOp::Equal,
        CompareOp::Less => CompareOp::GreaterEqual,
        CompareOp::LessEqual => CompareOp::Greater,
        CompareOp::Greater => CompareOp::LessEqual,
        CompareOp::GreaterEqual => CompareOp::Less,
    }
}

fn constant(value: bool) -> Code {
    vec![10, u64::from(value)]
}

/// Codes in whose order nothing lies.
fn unordered(head: u64, mut all: Vec<Code>) -> Code {
    all.sort_unstable();
    listed(head, all)
}

fn listed(head: u64, all: Vec<Code>) -> Code {
    let mut code = vec![head, all.len() as u64];
    all.into_iter().for_each(|each| {
        code.push(each.len() as u64);
        code.extend(each);
    });
    code
}

/// A number for what is said.
pub fn hash(value: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}
