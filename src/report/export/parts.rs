//! Which slots of a program are written together: what one rule writes, and what a `when` condition
//! reads beside whether it has just begun to hold.

use super::expression::Expression;
use super::slots::{Role, Slot};
use super::writers::{Cause, Writers};
use crate::engine::program::Program;
use std::collections::{BTreeMap, BTreeSet};

/// Something that may have its chance, or be due, in a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contributor {
    /// A rule or decision.
    Rule(u32),
    /// What is due, or scripted.
    Given(Cause),
}

/// Which slots are written together, as a forest, and by what.
pub struct Parts {
    parent: Vec<usize>,
    writes: BTreeMap<Contributor, usize>,
}

impl Parts {
    /// Of a program.
    #[must_use]
    pub fn of(program: &Program, slots: &[Slot], writers: &Writers) -> Self {
        let mut parts = Self { parent: (0..slots.len()).collect(), writes: BTreeMap::new() };
        for (cause, slot) in written(program, writers) {
            let contributor = match cause {
                Cause::Sure(rule) => Contributor::Rule(rule),
                Cause::Result(draw, _) => Contributor::Rule(program.draws[draw as usize].rule),
                Cause::Due(_) | Cause::Inject(_) => Contributor::Given(cause),
            };
            parts.write(contributor, slot as usize);
        }
        for (slot, it) in slots.iter().enumerate() {
            match it.role {
                Role::Spent(rule) => parts.write(Contributor::Rule(rule), slot),
                Role::Armed(rule) => {
                    // Whether the condition holds next depends on what the others become.
                    let condition = &program.rules[rule as usize].condition;
                    let reads = Expression::from(condition).reads();
                    let known = reads.into_iter().filter(|read| slots[*read].role != Role::Turn);
                    known.for_each(|read| parts.join(slot, read));
                    if program.rules[rule as usize].spent.is_some() {
                        parts.write(Contributor::Rule(rule), slot);
                    }
                }
                Role::UnderWay(chain, _) => {
                    parts.join(slot, program.chains[chain as usize].first_slot as usize);
                }
                Role::Peak => {
                    program.level.iter().for_each(|level| parts.join(slot, *level as usize))
                }
                Role::Variable(_) | Role::Level | Role::Turn | Role::Fresh | Role::Ever => {}
            }
        }
        parts
    }

    fn write(&mut self, contributor: Contributor, slot: usize) {
        let first = *self.writes.entry(contributor).or_insert(slot);
        self.join(first, slot);
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.parent[one.max(other)] = one.min(other);
    }

    fn root(&self, mut slot: usize) -> usize {
        while self.parent[slot] != slot {
            slot = self.parent[slot];
        }
        slot
    }

    /// The slots of each group, and what contributes to it.
    #[must_use]
    pub fn groups(&self) -> Vec<(Vec<usize>, Vec<Contributor>)> {
        let mut groups: BTreeMap<usize, (Vec<usize>, Vec<Contributor>)> = BTreeMap::new();
        for slot in 0..self.parent.len() {
            groups.entry(self.root(slot)).or_default().0.push(slot);
        }
        for (contributor, slot) in &self.writes {
            groups.entry(self.root(*slot)).or_default().1.push(*contributor);
        }
        groups.into_values().collect()
    }
}

/// Which cause writes which slot.
fn written(program: &Program, writers: &Writers) -> BTreeSet<(Cause, u32)> {
    let mut written = BTreeSet::new();
    for (event, causes) in writers.events.iter().enumerate() {
        let effects = &program.events[event];
        let level = program.level.filter(|_| effects.rung.is_some());
        for &cause in causes {
            written.extend(effects.marks.iter().chain(&level).map(|slot| (cause, *slot)));
        }
    }
    for (column, variable) in program.variables.iter().enumerate() {
        let slot = variable.slot;
        written.extend(writers.assigns[column].iter().map(|assign| (assign.cause, slot)));
        written.extend(writers.steps[column].iter().map(|(_, cause)| (*cause, slot)));
        let bodies = writers.bodies[column].iter();
        let causes = bodies.flat_map(|(_, event)| &writers.events[*event as usize]);
        written.extend(causes.map(|cause| (*cause, slot)));
    }
    for (slot, causes) in &writers.later {
        written.extend(causes.iter().map(|cause| (*cause, *slot)));
    }
    written
}
