//! What a condition may come to in any situation at all, as far as that shows without running:
//! by the ends of variables, by what positions are stated and written, and by the events that some
//! effect causes. It never says that
//! something cannot be that can.

use crate::model::{
    ActionId, ActorId, Change, Cond, Domain, Effect, Event, EventPattern, Expr, Model, RungEffect,
    VarId,
};
use crate::syntax::tree::{ArithOp, CompareOp};
use rustc_hash::FxHashSet;

/// Whether a condition may hold, and whether it may not.
#[derive(Clone, Copy)]
pub(super) struct Chance {
    pub(super) may_hold: bool,
    pub(super) may_fail: bool,
}

/// What can be in a scenario.
pub(super) struct Possible<'m> {
    model: &'m Model,
    events: FxHashSet<Event>,
    /// Who may be seen doing what, whatever the target.
    doings: FxHashSet<(ActorId, ActionId)>,
    /// The lowest and the highest value that each variable is stated or written to have.
    written: Vec<(i64, i64)>,
    /// The lowest and the highest rung that anybody's actions lead to.
    levels: (i64, i64),
}

impl<'m> Possible<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        let events: FxHashSet<Event> = model.events.iter().map(|body| body.event).collect();
        let doings = events.iter().map(|event| (event.actor, event.action)).collect();
        let levels = levels(model, &doings);
        Self { model, events, doings, written: written(model), levels }
    }

    /// The lowest and the highest value of a variable. Positions are what they are stated to be, also
    /// by a reading, and what effects make of them; other variables are also there to be set.
    pub(super) fn values(&self, variable: VarId) -> (i64, i64) {
        match &self.model.variables[variable.index()].domain {
            Domain::Position(_) => self.written[variable.index()],
            domain => ends(domain, self.model),
        }
    }

    /// Whether it is the level that keeps a condition from ever holding.
    pub(super) fn is_too_high(&self, cond: &Cond) -> bool {
        cond.parts().iter().any(|part| {
            let of_level = matches!(part, Cond::Compare(Expr::Level | Expr::Peak, _, _));
            of_level && !self.chance(part).may_hold
        })
    }

    /// A position that keeps a condition from ever holding, where one does.
    pub(super) fn stuck(&self, cond: &Cond) -> Option<VarId> {
        cond.parts().iter().find_map(|part| match part {
            Cond::Compare(Expr::Var(variable), _, Expr::Const(_)) => {
                let position = self.model.variables[variable.index()].issue.is_some();
                (position && !self.chance(part).may_hold).then_some(*variable)
            }
            _ => None,
        })
    }

    pub(super) fn chance(&self, cond: &Cond) -> Chance {
        match cond {
            Cond::Const(holds) => Chance { may_hold: *holds, may_fail: !holds },
            Cond::Not(inner) => {
                let inner = self.chance(inner);
                Chance { may_hold: inner.may_fail, may_fail: inner.may_hold }
            }
            Cond::And(all) => self.at_least(all.len(), all),
            Cond::Or(all) => self.at_least(1, all),
            Cond::AtLeast(count, all) => self.at_least(*count as usize, all),
            Cond::Does(pattern) | Cond::HasDone(pattern) => {
                Chance { may_hold: self.happens(pattern), may_fail: true }
            }
            Cond::Compare(left, op, right) => compare(self.range(left), *op, self.range(right)),
        }
    }

    fn at_least(&self, count: usize, all: &[Cond]) -> Chance {
        let chances: Vec<Chance> = all.iter().map(|each| self.chance(each)).collect();
        let may_hold = chances.iter().filter(|chance| chance.may_hold).count() >= count;
        let must_hold = chances.iter().filter(|chance| !chance.may_fail).count() >= count;
        Chance { may_hold, may_fail: !must_hold }
    }

    fn happens(&self, pattern: &EventPattern) -> bool {
        let EventPattern { actor, action, target } = *pattern;
        match target {
            None => self.doings.contains(&(actor, action)),
            Some(_) => self.events.contains(&Event { actor, action, target }),
        }
    }

    /// The lowest and the highest value of an expression.
    fn range(&self, expr: &Expr) -> (i64, i64) {
        match expr {
            Expr::Const(value) => (*value, *value),
            Expr::Var(variable) => self.values(*variable),
            Expr::Level | Expr::Peak => self.levels,
            Expr::Turn => (0, self.model.horizon.map_or(i64::MAX, i64::from)),
            Expr::Binary(left, op, right) => {
                let ((low, high), (other_low, other_high)) = (self.range(left), self.range(right));
                match op {
                    ArithOp::Add => {
                        (low.saturating_add(other_low), high.saturating_add(other_high))
                    }
                    ArithOp::Subtract => {
                        (low.saturating_sub(other_high), high.saturating_sub(other_low))
                    }
                    ArithOp::Multiply => {
                        let products = [
                            (low, other_low),
                            (low, other_high),
                            (high, other_low),
                            (high, other_high),
                        ]
                        .map(|(one, other)| one.saturating_mul(other));
                        let [first, ..] = products;
                        products.iter().fold((first, first), |(least, most), product| {
                            (least.min(*product), most.max(*product))
                        })
                    }
                }
            }
        }
    }
}

/// The lowest and the highest rung that the level can be on, by what anybody is seen doing.
fn levels(model: &Model, doings: &FxHashSet<(ActorId, ActionId)>) -> (i64, i64) {
    let start = model.ladder.as_ref().map_or(0, |ladder| i64::from(ladder.start));
    let mut levels = (start, start);
    for (_, action) in doings {
        match model.actions.get(action.index()).and_then(|action| action.rung) {
            // It raises the level, and never lowers it.
            Some(RungEffect::At(rung)) => widen(&mut levels, start.max(i64::from(rung))),
            Some(RungEffect::To(rung)) => widen(&mut levels, i64::from(rung)),
            None => {}
        }
    }
    levels
}

/// The ends of what a variable can be.
fn ends(domain: &Domain, model: &Model) -> (i64, i64) {
    match domain {
        Domain::State { values, .. } => (0, last(values.len())),
        Domain::Flag => (0, 1),
        Domain::Meter { low, high } => (i64::from(*low), i64::from(*high)),
        Domain::Position(scale) => (0, last(model.scales[scale.index()].levels.len())),
    }
}

/// The lowest and the highest value that each variable is stated or written to have.
fn written(model: &Model) -> Vec<(i64, i64)> {
    let initial = model.variables.iter().map(|variable| i64::from(variable.initial));
    let mut written: Vec<(i64, i64)> = initial.map(|value| (value, value)).collect();
    for change in model.readings.iter().flat_map(|reading| &reading.changes) {
        if let Change::Initial(variable, value) = change {
            widen(&mut written[variable.index()], i64::from(*value));
        }
    }
    let scripted = model.injects.iter().flat_map(|inject| &inject.effects);
    let bodies = model.events.iter().flat_map(|body| &body.effects);
    let drawn = model.rules.iter().flat_map(|rule| rule.effects());
    for effect in scripted.chain(bodies).chain(drawn) {
        match effect {
            Effect::Event(_) => {}
            Effect::Assign(variable, value) => {
                widen(&mut written[variable.index()], i64::from(*value));
            }
            Effect::Step(variable, by) => {
                let (low, high) = ends(&model.variables[variable.index()].domain, model);
                widen(&mut written[variable.index()], if *by > 0 { high } else { low });
            }
        }
    }
    written
}

fn widen((low, high): &mut (i64, i64), value: i64) {
    (*low, *high) = ((*low).min(value), (*high).max(value));
}

fn compare((low, high): (i64, i64), op: CompareOp, (other_low, other_high): (i64, i64)) -> Chance {
    let may = |op: CompareOp| match op {
        CompareOp::Equal => low <= other_high && other_low <= high,
        CompareOp::NotEqual => !(low == high && other_low == other_high && low == other_low),
        CompareOp::Less => low < other_high,
        CompareOp::LessEqual => low <= other_high,
        CompareOp::Greater => high > other_low,
        CompareOp::GreaterEqual => high >= other_low,
    };
    Chance { may_hold: may(op), may_fail: may(opposite(op)) }
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

fn last(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX).saturating_sub(1).max(0)
}
