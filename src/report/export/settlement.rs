//! The end of a turn as expressions: the next value of each slot, given what is drawn.

use super::expression::Expression;
use super::slots::Role;
use super::writers::{Cause, Writers};
use crate::engine::program::Program;
use crate::model::RungEffect;
use crate::syntax::tree::ArithOp;

/// What is drawn in a turn: constants where one combination of results is looked at, tests of
/// variables where all are.
pub trait Drawn {
    /// Whether a cause holds.
    fn holds(&self, cause: Cause) -> Expression;

    /// Whether an event happens.
    fn happens(&self, event: u32) -> Expression;

    /// Whether a rule has its chance.
    fn has_chance(&self, rule: u32) -> Expression;
}

/// Whether a rule has its chance, as a test on slots.
#[must_use]
pub fn chance(program: &Program, rule: u32) -> Expression {
    let rule = &program.rules[rule as usize];
    let triggered = match rule.armed {
        Some(armed) => Expression::is(armed as usize, 1),
        None => Expression::from(&rule.condition),
    };
    let unspent = rule.spent.map(|spent| Expression::is(spent as usize, 0));
    let parts = [Some(triggered), unspent, Some(Expression::from(&rule.guard))];
    Expression::all(parts.into_iter().flatten())
}

/// What a turn begins with makes a cause hold: due, scripted, or a chance of a rule.
#[must_use]
pub fn sure(program: &Program, cause: Cause) -> Expression {
    match cause {
        Cause::Sure(rule) => chance(program, rule),
        Cause::Result(draw, _) => chance(program, program.draws[draw as usize].rule),
        Cause::Due(chain) => {
            let slot = program.chains[chain as usize].first_slot as usize;
            Expression::is(slot, 0).negated()
        }
        Cause::Inject(inject) => {
            let turn = i64::from(program.injects[inject as usize].turn);
            let slot = program.turn.map(|(slot, _)| slot as usize);
            slot.map_or(Expression::Truth(false), |slot| Expression::is(slot, turn - 1))
        }
    }
}

/// The next values of slots, except those that depend on the next situation itself: whether a
/// `when` rule has its chance then.
#[derive(Clone, Copy)]
pub struct Settlement<'a, D> {
    /// The program.
    pub program: &'a Program,
    /// What writes what.
    pub writers: &'a Writers,
    /// What is drawn.
    pub drawn: &'a D,
}

impl<D: Drawn> Settlement<'_, D> {
    /// The next value of a slot of this role; [`Role::Armed`] stays as it is.
    #[must_use]
    pub fn next(&self, slot: usize, role: Role) -> Expression {
        let old = Expression::Variable(slot);
        match role {
            Role::Variable(column) => self.variable(column),
            Role::Level => self.level(slot),
            Role::Peak => match self.program.level {
                Some(level) => self.peak(slot, level as usize),
                None => old,
            },
            Role::Turn => match self.program.turn {
                Some((_, last)) => Expression::sum([old, Expression::Number(1)])
                    .least(Expression::Number(i64::from(last))),
                None => old,
            },
            Role::Fresh => self.marked(slot).counted(),
            Role::Ever => self.marked(slot).choose(Expression::Number(1), old),
            Role::Armed(_) => old,
            Role::Spent(rule) => self.drawn.has_chance(rule).choose(Expression::Number(1), old),
            Role::UnderWay(chain, away) => self.under_way(slot, chain, away),
        }
    }

    /// Assignments, then raises and lowers, then the ends of the range.
    fn variable(&self, column: u32) -> Expression {
        let variable = &self.program.variables[column as usize];
        let column = column as usize;
        let mut assigned = Expression::Variable(variable.slot as usize);
        for same in self.writers.assigns[column]
            .chunk_by(|a, b| (a.rank, a.value) == (b.rank, b.value))
            .rev()
        {
            let given = Expression::any(same.iter().map(|assign| self.drawn.holds(assign.cause)));
            assigned = given.choose(Expression::Number(i64::from(same[0].value)), assigned);
        }
        let bodies = self.writers.bodies[column]
            .iter()
            .map(|(by, event)| (*by, self.drawn.happens(*event).counted()));
        let steps = self.writers.steps[column].iter().map(|(by, cause)| (*by, self.count(*cause)));
        let (mut up, mut down) = (false, false);
        let mut parts = vec![assigned];
        for (by, count) in steps.chain(bodies) {
            let step = Expression::Number(i64::from(by)).arithmetic(ArithOp::Multiply, count);
            if step != Expression::Number(0) {
                up |= by > 0;
                down |= by < 0;
                parts.push(step);
            }
        }
        let mut sum = Expression::sum(parts);
        if down {
            sum = sum.greatest(Expression::Number(i64::from(variable.low)));
        }
        if up {
            sum = sum.least(Expression::Number(i64::from(variable.high)));
        }
        sum
    }

    /// How often a cause counts: what is due may have been drawn several times.
    fn count(&self, cause: Cause) -> Expression {
        match cause {
            Cause::Due(chain) => {
                let slot = self.program.chains[chain as usize].first_slot;
                self.drawn
                    .holds(cause)
                    .choose(Expression::Variable(slot as usize), Expression::Number(0))
            }
            Cause::Sure(_) | Cause::Result(..) | Cause::Inject(_) => {
                self.drawn.holds(cause).counted()
            }
        }
    }

    /// The highest of the current rung and those that actions raise it to; without any, the lowest
    /// of those that actions set it to.
    fn level(&self, slot: usize) -> Expression {
        let mut at: Vec<(i32, u32)> = Vec::new();
        let mut to: Vec<(i32, u32)> = Vec::new();
        for (event, effects) in self.program.events.iter().enumerate() {
            match effects.rung {
                Some(RungEffect::At(rung)) => at.push((rung, event as u32)),
                Some(RungEffect::To(rung)) => to.push((rung, event as u32)),
                None => {}
            }
        }
        at.sort_unstable_by_key(|&(rung, event)| (rung, event));
        to.sort_unstable_by_key(|&(rung, event)| (std::cmp::Reverse(rung), event));
        let old = Expression::Variable(slot);
        let happens = |same: &[(i32, u32)]| {
            Expression::any(same.iter().map(|(_, event)| self.drawn.happens(*event)))
        };
        let rung = |same: &[(i32, u32)]| Expression::Number(i64::from(same[0].0));
        let mut level = old.clone();
        for same in to.chunk_by(|a, b| a.0 == b.0) {
            level = happens(same).choose(rung(same), level);
        }
        for same in at.chunk_by(|a, b| a.0 == b.0) {
            level = happens(same).choose(rung(same).greatest(old.clone()), level);
        }
        level
    }

    fn peak(&self, slot: usize, level: usize) -> Expression {
        let (old, level) = (Expression::Variable(slot), self.level(level));
        if level == Expression::Variable(slot) { old } else { level.greatest(old) }
    }

    /// Whether an event happens that sets this slot.
    fn marked(&self, slot: usize) -> Expression {
        let events = self.program.events.iter().enumerate();
        let marking = events.filter(|(_, event)| event.marks.contains(&(slot as u32)));
        Expression::any(marking.map(|(event, _)| self.drawn.happens(event as u32)))
    }

    /// What was one situation further away, and what is put under way in this turn.
    fn under_way(&self, slot: usize, chain: u32, away: u32) -> Expression {
        let chain = &self.program.chains[chain as usize];
        let before = if away + 1 < chain.length {
            Expression::Variable(slot + 1)
        } else {
            Expression::Number(0)
        };
        let causes = self.writers.later.get(&(slot as u32)).into_iter().flatten();
        if chain.adds {
            Expression::sum(std::iter::once(before).chain(causes.map(|cause| self.count(*cause))))
        } else {
            let put = Expression::any(causes.map(|cause| self.drawn.holds(*cause)));
            put.choose(Expression::Number(1), before)
        }
    }
}
