//! What could end a condition: everything in a scenario that writes what it looks at.

use crate::model::{Cond, Domain, Effect, Event, EventBody, Expr, Model, RungEffect, VarId};
use crate::syntax::tree::CompareOp;
use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::cell::Cell;

/// So many effects are looked at; beyond, everything is taken to have a way out.
const MOST_STEPS: u64 = 10_000_000;

type OrderedSet<T> = IndexSet<T, FxBuildHasher>;

/// Which draw causes an effect: the rule and its alternative, numbered from 0. `None` where an inject
/// does, several do, or what is left when no alternative comes about.
type Cause = Option<(usize, usize)>;

/// All effects of a scenario, by what they write.
pub(super) struct WaysOut<'m> {
    model: &'m Model,
    variables: Vec<Vec<(Cause, Write)>>,
    level: Vec<(Cause, RungEffect)>,
    bodies: FxHashMap<Event, &'m EventBody>,
    steps: Cell<u64>,
}

/// What an effect does to a variable.
#[derive(Clone, Copy)]
enum Write {
    Assign(i64),
    Step(i64),
}

impl Write {
    /// The value that there is afterwards, whatever was before.
    fn assigned(self) -> Option<i64> {
        match self {
            Self::Assign(value) => Some(value),
            Self::Step(_) => None,
        }
    }
}

/// Alternatives of a rule that bring an outcome about.
pub(super) struct Chance<'c> {
    pub(super) rule: usize,
    pub(super) alternatives: &'c [usize],
    /// What the outcome asks for.
    pub(super) outcome: &'c Cond,
}

impl Chance<'_> {
    fn is_own(&self, cause: &Cause) -> bool {
        cause.is_some_and(|(by, number)| by == self.rule && self.alternatives.contains(&number))
    }

    /// Whether it is the outcome that comes about when something gets a value.
    fn comes_about(&self, what: &Expr, value: Option<i64>) -> bool {
        let Cond::Compare(asked, op, Expr::Const(than)) = self.outcome else { return false };
        asked == what && value.is_some_and(|value| op.holds(value, *than))
    }
}

impl<'m> WaysOut<'m> {
    pub(super) fn new(model: &'m Model) -> Self {
        let bodies = model.events.iter().map(|body| (body.event, body)).collect();
        let mut ways = Self {
            model,
            variables: vec![Vec::new(); model.variables.len()],
            level: Vec::new(),
            bodies,
            steps: Cell::new(0),
        };
        let mut causes: FxHashMap<Event, Cause> = FxHashMap::default();
        for inject in &model.injects {
            ways.add(&inject.effects, None, &mut causes);
        }
        for (at, rule) in model.rules.iter().enumerate() {
            for (number, alternative) in rule.alternatives.iter().enumerate() {
                ways.add(&alternative.branch.effects, Some((at, number)), &mut causes);
            }
            ways.add(&rule.otherwise.effects, None, &mut causes);
        }
        ways.add_bodies(causes);
        ways
    }

    /// Adds effects, and notes who causes their events.
    fn add(&mut self, effects: &[Effect], cause: Cause, causes: &mut FxHashMap<Event, Cause>) {
        for effect in effects {
            match effect {
                Effect::Event(event) => {
                    let known = causes.entry(*event).or_insert(cause);
                    if *known != cause {
                        *known = None;
                    }
                }
                effect => self.add_write(effect, cause),
            }
        }
    }

    fn add_write(&mut self, effect: &Effect, cause: Cause) {
        let (variable, write) = match effect {
            Effect::Event(_) => return,
            Effect::Assign(variable, value) => (variable, Write::Assign(i64::from(*value))),
            Effect::Step(variable, by) => (variable, Write::Step(i64::from(*by))),
        };
        self.variables[variable.index()].push((cause, write));
    }

    /// Adds what events bring along, with those that their bodies cause in turn.
    fn add_bodies(&mut self, mut causes: FxHashMap<Event, Cause>) {
        // In the order of the table, so that nothing hangs on that of a map.
        let mut open: Vec<Event> = self
            .model
            .events
            .iter()
            .map(|body| body.event)
            .filter(|event| causes.contains_key(event))
            .collect();
        while let Some(event) = open.pop() {
            let Some(cause) = causes.get(&event).copied() else { continue };
            for effect in self.bodies.get(&event).into_iter().flat_map(|body| &body.effects) {
                let Effect::Event(inner) = effect else { continue };
                let known = causes.get(inner).copied();
                if known.is_none_or(|known| known.is_some() && known != cause) {
                    causes.insert(*inner, if known.is_none() { cause } else { None });
                    open.push(*inner);
                }
            }
        }
        for body in &self.model.events {
            let Some(cause) = causes.get(&body.event) else { continue };
            for effect in &body.effects {
                self.add_write(effect, *cause);
            }
            self.level.extend(self.rung(&body.event).map(|rung| (*cause, rung)));
        }
    }

    pub(super) fn rung(&self, event: &Event) -> Option<RungEffect> {
        self.model.actions[event.action.index()].rung
    }

    /// Everything that some effects come to, bodies of actions included, and the events among it.
    pub(super) fn all(&self, effects: &[Effect]) -> (Vec<Effect>, Vec<Event>) {
        let (mut all, mut events) = (Vec::new(), OrderedSet::default());
        let mut open: Vec<&Effect> = effects.iter().collect();
        while let Some(effect) = open.pop() {
            if self.step() > MOST_STEPS {
                break;
            }
            match effect {
                Effect::Event(event) if events.insert(*event) => {
                    open.extend(self.bodies.get(event).into_iter().flat_map(|body| &body.effects));
                }
                Effect::Event(_) => {}
                Effect::Assign(..) | Effect::Step(..) => all.push(effect.clone()),
            }
        }
        (all, events.into_iter().collect())
    }

    /// Whether something might end a condition without the outcome having come about. It never says
    /// that nothing might where something can.
    pub(super) fn may_end(&self, cond: &Cond, holds: bool, chance: &Chance<'_>) -> bool {
        if self.step() > MOST_STEPS {
            return true;
        }
        match cond {
            Cond::Const(_) => false,
            Cond::Not(inner) => self.may_end(inner, !holds, chance),
            Cond::And(all) | Cond::Or(all) | Cond::AtLeast(_, all) => {
                all.iter().any(|one| self.may_end(one, holds, chance))
            }
            // What has just happened is over with the next turn.
            Cond::Does(_) => true,
            Cond::HasDone(_) => !holds,
            Cond::Compare(left, op, right) => {
                let op = if holds { *op } else { op.negated() };
                match (left, right) {
                    (left, Expr::Const(value)) => self.may_pass(left, op, *value, chance),
                    (Expr::Const(value), right) => {
                        self.may_pass(right, op.turned(), *value, chance)
                    }
                    _ => true,
                }
            }
        }
    }

    /// Whether what is written might end that something compares so with a value.
    fn may_pass(&self, what: &Expr, op: CompareOp, value: i64, chance: &Chance<'_>) -> bool {
        match what {
            Expr::Const(_) => false,
            Expr::Var(variable) => self.variables[variable.index()].iter().any(|(cause, write)| {
                !chance.is_own(cause)
                    && (self.step() > MOST_STEPS || self.ends(*variable, *write, op, value))
                    && !chance.comes_about(what, write.assigned())
            }),
            Expr::Level => self.level.iter().any(|(cause, rung)| {
                !chance.is_own(cause)
                    && (self.step() > MOST_STEPS || level_ends(*rung, op, value))
                    && !chance.comes_about(what, raised(*rung))
            }),
            Expr::Peak | Expr::Turn => !matches!(op, CompareOp::Greater | CompareOp::GreaterEqual),
            Expr::Binary(..) => true,
        }
    }

    fn ends(&self, variable: VarId, write: Write, op: CompareOp, value: i64) -> bool {
        let (low, high) = self.span(variable);
        match write {
            Write::Assign(assigned) => !op.holds(assigned, value),
            Write::Step(by) => match op {
                CompareOp::Greater | CompareOp::GreaterEqual => by < 0,
                CompareOp::Less | CompareOp::LessEqual => by > 0,
                CompareOp::Equal => !(by > 0 && value == high || by < 0 && value == low),
                CompareOp::NotEqual => true,
            },
        }
    }

    /// The lowest and the highest value of a variable.
    pub(super) fn span(&self, variable: VarId) -> (i64, i64) {
        let top = |count: usize| i64::try_from(count).unwrap_or(i64::MAX).saturating_sub(1);
        match &self.model.variables[variable.index()].domain {
            Domain::State { values, .. } => (0, top(values.len())),
            Domain::Flag => (0, 1),
            Domain::Meter { low, high } => (i64::from(*low), i64::from(*high)),
            Domain::Position(scale) => (0, top(self.model.scales[scale.index()].levels.len())),
        }
    }

    fn step(&self) -> u64 {
        self.steps.set(self.steps.get() + 1);
        self.steps.get()
    }
}

/// Where the level is at least after an action that does this to it.
fn raised(rung: RungEffect) -> Option<i64> {
    match rung {
        RungEffect::At(rung) => Some(i64::from(rung)),
        RungEffect::To(_) => None,
    }
}

/// Whether an action that does this to the level might end that it compares so.
fn level_ends(rung: RungEffect, op: CompareOp, value: i64) -> bool {
    match rung {
        // It only ever raises the level.
        RungEffect::At(rung) => {
            let rung = i64::from(rung);
            match op {
                CompareOp::Greater | CompareOp::GreaterEqual => false,
                CompareOp::Less | CompareOp::LessEqual => !op.holds(rung, value),
                CompareOp::Equal => rung > value,
                CompareOp::NotEqual => rung == value,
            }
        }
        RungEffect::To(rung) => !op.holds(i64::from(rung), value),
    }
}
