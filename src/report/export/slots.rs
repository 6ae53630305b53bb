//! What each slot of a program stands for, and how it is called.

use super::identifiers::Identifiers;
use crate::engine::program::{Origin, Program};
use crate::engine::test::Test;
use crate::model::{Cond, EventPattern, Model};

/// What a slot stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A variable, by its column.
    Variable(u32),
    /// The current rung.
    Level,
    /// The highest rung so far.
    Peak,
    /// The number of the situation, up to the last that matters.
    Turn,
    /// An event has just happened.
    Fresh,
    /// An event ever happened.
    Ever,
    /// A rule with `when` has its chance.
    Armed(u32),
    /// A rule with `once` has had its chance.
    Spent(u32),
    /// What a chain has under way for so many situations after the next one.
    UnderWay(u32, u32),
}

/// A slot, as a variable of another language.
#[derive(Clone, Debug)]
pub struct Slot {
    /// What it stands for.
    pub role: Role,
    /// Its identifier there.
    pub name: String,
    /// What it says, in the words of the scenario.
    pub meaning: String,
    /// The least value.
    pub low: i32,
    /// The greatest value.
    pub high: i32,
}

/// The slots of a program, by number.
#[must_use]
pub fn slots(model: &Model, program: &Program, names: &mut Identifiers) -> Vec<Slot> {
    let roles = roles(program);
    let mut slots = Vec::with_capacity(roles.len());
    for (at, role) in roles.into_iter().enumerate() {
        let (name, meaning) = words(model, program, role, at as u32);
        let (low, high) = ends(model, program, role);
        slots.push(Slot { role, name: names.name(&name), meaning, low, high });
    }
    slots
}

fn roles(program: &Program) -> Vec<Role> {
    let mut roles = vec![Role::Ever; program.layout.slots()];
    let mut set = |slot: u32, role| roles[slot as usize] = role;
    for (column, variable) in program.variables.iter().enumerate() {
        set(variable.slot, Role::Variable(column as u32));
    }
    program.level.iter().for_each(|&slot| set(slot, Role::Level));
    program.peak.iter().for_each(|&slot| set(slot, Role::Peak));
    program.turn.iter().for_each(|&(slot, _)| set(slot, Role::Turn));
    program.fresh.clone().for_each(|slot| set(slot, Role::Fresh));
    for (at, rule) in program.rules.iter().enumerate() {
        rule.armed.iter().for_each(|&slot| set(slot, Role::Armed(at as u32)));
        rule.spent.iter().for_each(|&slot| set(slot, Role::Spent(at as u32)));
    }
    for (at, chain) in program.chains.iter().enumerate() {
        for away in 0..chain.length {
            set(chain.first_slot + away, Role::UnderWay(at as u32, away));
        }
    }
    roles
}

fn ends(model: &Model, program: &Program, role: Role) -> (i32, i32) {
    match role {
        Role::Variable(column) => {
            let variable = &program.variables[column as usize];
            (variable.low, variable.high)
        }
        Role::Level | Role::Peak => {
            let rungs = model.ladder.as_ref().map_or(1, |ladder| ladder.rungs.len());
            (0, i32::try_from(rungs.saturating_sub(1)).unwrap_or(i32::MAX))
        }
        Role::Turn => (0, program.turn.map_or(0, |(_, last)| last)),
        Role::Fresh | Role::Ever | Role::Armed(_) | Role::Spent(_) => (0, 1),
        Role::UnderWay(chain, away) => {
            let chain = &program.chains[chain as usize];
            let most = if chain.adds { chain.length - away } else { 1 };
            (0, i32::try_from(most).unwrap_or(i32::MAX))
        }
    }
}

/// A name, and what it says.
fn words(model: &Model, program: &Program, role: Role, slot: u32) -> (String, String) {
    match role {
        Role::Variable(column) => {
            let variable = &model.variables[program.variables[column as usize].variable];
            (variable.name.clone(), variable.title.clone())
        }
        Role::Level => ("level".to_owned(), "the current rung".to_owned()),
        Role::Peak => ("peak".to_owned(), "the highest rung so far".to_owned()),
        Role::Turn => ("turns".to_owned(), "the number of the situation".to_owned()),
        Role::Fresh | Role::Ever => event(model, program, slot),
        Role::Armed(rule) => {
            let rule = rule_name(model, rule);
            (format!("{rule}_armed"), format!("{rule} has its chance now"))
        }
        Role::Spent(rule) => {
            let rule = rule_name(model, rule);
            (format!("{rule}_spent"), format!("{rule} has had its chance"))
        }
        Role::UnderWay(chain, away) => {
            let block = program.chains[chain as usize].block;
            let what = match program.blocks[block as usize].origin {
                Origin::Rule(rule, alternative) => alternative_name(model, rule, alternative),
                Origin::Inject(at) => model.injects[at as usize].name.clone(),
            };
            let turns = away + 1;
            (format!("{what}_due_{turns}"), format!("{what}: under way, {turns} to go"))
        }
    }
}

/// The event that sets a slot when it happens.
fn event(model: &Model, program: &Program, slot: u32) -> (String, String) {
    for (at, effects) in program.events.iter().enumerate() {
        if !effects.marks.contains(&slot) {
            continue;
        }
        let event = model.events[at].event;
        if program.fresh.contains(&slot) {
            let name = model.event_name(&event);
            return (name.clone(), format!("{name}, in the turn that led here"));
        }
        for target in [None, event.target] {
            let pattern = EventPattern { actor: event.actor, action: event.action, target };
            if program.places.test(&Cond::HasDone(pattern)) == Test::Set(slot) {
                let name = model.pattern_name(&pattern, true);
                return (name.clone(), name);
            }
        }
    }
    ("event".to_owned(), "an event".to_owned())
}

/// A rule with its members: `answers_p0`.
#[must_use]
pub fn rule_name(model: &Model, rule: u32) -> String {
    let rule = &model.rules[rule as usize];
    let declaration = &model.declarations[rule.declaration.index()];
    let mut name = declaration.name.clone();
    for member in &rule.members {
        name.push('_');
        name.push_str(&model.actors[member.index()].name);
    }
    name
}

/// An alternative of a rule, or an option of a decision: `answers_p0 1`, `paris_moves send`.
#[must_use]
pub fn alternative_name(model: &Model, rule: u32, alternative: u32) -> String {
    let declaration = &model.declarations[model.rules[rule as usize].declaration.index()];
    let named = declaration.alternatives.get(alternative as usize).cloned().flatten();
    let rule = rule_name(model, rule);
    named.map_or(rule.clone(), |alternative| format!("{rule} {alternative}"))
}
