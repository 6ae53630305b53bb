//! One turn: section 7 of the reference.

use super::chance::Choice;
use super::situation::{Situation, UnderWay};
use escalade::analysis::{NodeKind, VariableChange};
use escalade::model::{Domain, Effect, Event, Model, RungEffect, Trigger, VarId};
use std::collections::{BTreeMap, BTreeSet};

/// What one rule or decision drew: what, and in how many turns it comes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drawn {
    /// The index of the rule.
    pub rule: usize,
    /// What it drew.
    pub choice: Choice,
    /// In how many turns it comes, at least 1; 1 is the next situation.
    pub delay: u32,
}

/// Two different values for one variable in one turn, at the highest priority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The variable.
    pub variable: VarId,
    /// The turn.
    pub turn: u32,
}

/// A situation and what happened in the turn that led to it.
#[derive(Clone, Debug)]
pub struct Arrived {
    /// The situation.
    pub situation: Situation,
    /// The events, the changes, and the outcomes that begin to hold.
    pub nodes: BTreeSet<NodeKind>,
}

/// Above every rule.
const INJECT: i64 = i64::MAX;

/// The initial situation.
pub fn begin(model: &Model) -> Result<Arrived, Conflict> {
    let before = Situation {
        turn: 0,
        values: (0..model.variables.len())
            .map(|index| (VarId::new(index), model.variables[index].initial))
            .collect(),
        level: model.ladder.as_ref().map_or(0, |ladder| ladder.start),
        peak: 0,
        just: BTreeSet::new(),
        ever: BTreeSet::new(),
        under_way: Vec::new(),
        spent: BTreeSet::new(),
        held_before: BTreeSet::new(),
    };
    let mut after = before.clone();
    let changes = happen(model, &before, &mut after, &injects(model, 0))?;
    after.peak = before.level.max(after.level);
    Ok(arrived(model, None, after, changes))
}

/// The situation that follows when the rules with a chance draw this.
pub fn advance(model: &Model, before: &Situation, draws: &[Drawn]) -> Result<Arrived, Conflict> {
    let mut after = before.clone();
    after.turn += 1;
    after.under_way.clear();
    after.held_before = (0..model.rules.len())
        .filter(|&index| model.rules[index].trigger == Trigger::When)
        .filter(|&index| before.holds(&model.rules[index].condition))
        .collect();
    after.spent.extend(draws.iter().map(|drawn| drawn.rule).filter(|&it| model.rules[it].once));

    let mut due = injects(model, after.turn);
    let drawn_now =
        draws.iter().map(|it| UnderWay { left: it.delay, rule: it.rule, choice: it.choice });
    for item in before.under_way.iter().copied().chain(drawn_now) {
        let rule = &model.rules[item.rule];
        if item.left == 1 {
            due.push((i64::from(rule.priority), &item.choice.branch(rule).effects));
        } else {
            after.under_way.push(UnderWay { left: item.left - 1, ..item });
        }
    }
    after.under_way.sort();
    let changes = happen(model, before, &mut after, &due)?;
    after.peak = after.peak.max(after.level);
    Ok(arrived(model, Some(before), after, changes))
}

/// The effects of an event's action.
pub fn body<'m>(model: &'m Model, event: &Event) -> &'m [Effect] {
    model.events.iter().find(|body| body.event == *event).map_or(&[], |body| &body.effects)
}

/// Effects and their priority.
type Block<'m> = (i64, &'m Vec<Effect>);

fn injects(model: &Model, turn: u32) -> Vec<Block<'_>> {
    let now = model.injects.iter().filter(|inject| inject.turn == turn);
    now.map(|inject| (INJECT, &inject.effects)).collect()
}

/// Steps 3 to 5: events, assignments, raises and lowers, the level. Gives the changes.
fn happen(
    model: &Model,
    before: &Situation,
    after: &mut Situation,
    due: &[Block<'_>],
) -> Result<BTreeSet<NodeKind>, Conflict> {
    let mut events = BTreeMap::new();
    for (priority, effects) in due {
        collect_events(model, effects, *priority, &mut events);
    }
    let bodies = events.iter().map(|(event, priority)| (*priority, body(model, event)));
    let blocks =
        due.iter().map(|(priority, effects)| (*priority, effects.as_slice())).chain(bodies);

    let mut assigned: BTreeMap<VarId, Vec<(i64, i32)>> = BTreeMap::new();
    let mut moved: BTreeMap<VarId, i64> = BTreeMap::new();
    for (priority, effects) in blocks {
        for effect in effects {
            match effect {
                Effect::Event(_) => {}
                Effect::Assign(variable, value) => {
                    assigned.entry(*variable).or_default().push((priority, *value));
                }
                Effect::Step(variable, by) => {
                    *moved.entry(*variable).or_default() += i64::from(*by)
                }
            }
        }
    }

    let mut changes = BTreeSet::new();
    for (variable, values) in &assigned {
        let highest = values.iter().map(|(priority, _)| *priority).max();
        let winning: BTreeSet<i32> =
            values.iter().filter(|(it, _)| Some(*it) == highest).map(|(_, value)| *value).collect();
        let value = *winning.first().unwrap();
        if winning.len() > 1 {
            return Err(Conflict { variable: *variable, turn: after.turn });
        }
        if before.values[variable] != value {
            changes.insert(NodeKind::Change(*variable, VariableChange::Becomes(value)));
        }
        after.values.insert(*variable, value);
    }
    for (variable, by) in &moved {
        let from = after.values[variable];
        let (low, high) = ends(model, *variable);
        let to = i32::try_from((i64::from(from) + by).clamp(low, high)).unwrap();
        if to > from {
            changes.insert(NodeKind::Change(*variable, VariableChange::Raised));
        }
        if to < from {
            changes.insert(NodeKind::Change(*variable, VariableChange::Lowered));
        }
        after.values.insert(*variable, to);
    }

    after.just = events.into_keys().collect();
    after.ever.extend(after.just.iter().copied());
    after.level = next_level(model, before.level, &after.just);
    Ok(changes)
}

/// The events among the effects and in the bodies of these events, each with the highest
/// priority that it happens with.
fn collect_events(
    model: &Model,
    effects: &[Effect],
    priority: i64,
    events: &mut BTreeMap<Event, i64>,
) {
    for effect in effects {
        if let Effect::Event(event) = effect
            && events.get(event).is_none_or(|known| *known < priority)
        {
            events.insert(*event, priority);
            collect_events(model, body(model, event), priority, events);
        }
    }
}

fn next_level(model: &Model, level: i32, events: &BTreeSet<Event>) -> i32 {
    let rungs = events.iter().filter_map(|event| model.actions[event.action.index()].rung);
    let (mut at, mut to) = (Vec::new(), Vec::new());
    for rung in rungs {
        match rung {
            RungEffect::At(rung) => at.push(rung),
            RungEffect::To(rung) => to.push(rung),
        }
    }
    match (at.into_iter().max(), to.into_iter().min()) {
        (Some(at), _) => level.max(at),
        (None, Some(to)) => to,
        (None, None) => level,
    }
}

fn ends(model: &Model, variable: VarId) -> (i64, i64) {
    let last = |count: usize| i64::try_from(count).unwrap() - 1;
    match &model.variables[variable.index()].domain {
        Domain::State { values, .. } => (0, last(values.len())),
        Domain::Flag => (0, 1),
        Domain::Meter { low, high } => (i64::from(*low), i64::from(*high)),
        Domain::Position(scale) => (0, last(model.scales[scale.index()].levels.len())),
    }
}

fn arrived(
    model: &Model,
    before: Option<&Situation>,
    situation: Situation,
    changes: BTreeSet<NodeKind>,
) -> Arrived {
    let mut nodes = changes;
    nodes.extend(situation.just.iter().copied().map(NodeKind::Event));
    for (index, outcome) in model.outcomes.iter().enumerate() {
        if let Some(condition) = &outcome.condition
            && situation.holds(condition)
            && !before.is_some_and(|before| before.holds(condition))
        {
            nodes.insert(NodeKind::Outcome(escalade::model::OutcomeId::new(index)));
        }
    }
    Arrived { situation, nodes }
}
