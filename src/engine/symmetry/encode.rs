//! What a scenario says, as numbers that do not depend on the order in which it says it.

use crate::model::{
    ActorId, Branch, Cond, Delay, Effect, Event, EventPattern, Expr, Likelihood, Rule, VarId,
};
use crate::syntax::tree::{ArithOp, CompareOp};

/// Writes conditions and rules as numbers, with actors and variables under other names.
pub struct Encoder<'a> {
    /// The name of each actor.
    pub actor: &'a dyn Fn(ActorId) -> u64,
    /// The name of each variable.
    pub variable: &'a dyn Fn(VarId) -> u64,
}

type Code = Vec<u64>;

impl Encoder<'_> {
    /// A rule or decision, its declaration included.
    pub fn rule(&self, rule: &Rule) -> Code {
        let mut code = vec![
            rule.declaration.index() as u64,
            rule.trigger as u64,
            u64::from(rule.once),
            rule.priority as u64,
            rule.decider.map_or(u64::MAX, |actor| (self.actor)(actor)),
        ];
        code.extend(self.cond(&rule.condition));
        match &rule.guard {
            Some(guard) => code.extend(self.cond(guard)),
            None => code.push(u64::MAX),
        }
        for alternative in &rule.alternatives {
            let ends = |it: &Likelihood| [it.low.to_bits(), it.high.to_bits()];
            code.extend(alternative.likelihood.as_ref().map_or([u64::MAX; 2], ends));
            self.branch(&alternative.branch, &mut code);
        }
        self.branch(&rule.otherwise, &mut code);
        code
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

    /// An event.
    pub fn event(&self, event: &Event) -> [u64; 3] {
        let target = event.target.map_or(u64::MAX, |target| (self.actor)(target));
        [(self.actor)(event.actor), event.action.index() as u64, target]
    }

    /// A pattern of events.
    pub fn pattern(&self, pattern: &EventPattern) -> [u64; 3] {
        let EventPattern { actor, action, target } = *pattern;
        self.event(&Event { actor, action, target })
    }

    /// A condition.
    pub fn cond(&self, cond: &Cond) -> Code {
        match cond {
            Cond::Const(value) => vec![10, u64::from(*value)],
            Cond::Not(inner) => {
                let mut code = vec![11];
                code.extend(self.cond(inner));
                code
            }
            Cond::And(all) => unordered(12, all.iter().map(|each| self.cond(each)).collect()),
            Cond::Or(all) => unordered(13, all.iter().map(|each| self.cond(each)).collect()),
            Cond::AtLeast(least, all) => {
                let mut code = vec![14, u64::from(*least)];
                code.extend(unordered(0, all.iter().map(|each| self.cond(each)).collect()));
                code
            }
            Cond::Does(pattern) => [vec![15], self.pattern(pattern).to_vec()].concat(),
            Cond::HasDone(pattern) => [vec![16], self.pattern(pattern).to_vec()].concat(),
            Cond::Compare(left, op, right) => self.compare(left, *op, right),
        }
    }

    fn compare(&self, left: &Expr, op: CompareOp, right: &Expr) -> Code {
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

    fn expr(&self, expr: &Expr) -> Code {
        match expr {
            Expr::Const(value) => vec![20, *value as u64],
            Expr::Var(variable) => vec![21, (self.variable)(*variable)],
            Expr::Level => vec![22],
            Expr::Peak => vec![23],
            Expr::Turn => vec![24],
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

/// Codes in whose order nothing lies.
fn unordered(head: u64, mut all: Vec<Code>) -> Code {
    all.sort_unstable();
    let mut code = vec![head, all.len() as u64];
    all.into_iter().for_each(|each| {
        code.push(each.len() as u64);
        code.extend(each);
    });
    code
}
