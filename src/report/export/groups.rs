//! A program as modules that write nothing in common: where rules fall apart into groups that each
//! write variables of their own, a module writes out what its few rules can do together.

use super::automata::chosen;
use super::expression::Expression;
use super::identifiers::Identifiers;
use super::network::{Assignment, Command, Module, Network};
use super::settlement::{Drawn, Settlement, chance, sure};
use super::slots::{Role, Slot};
use super::source::Source;
use super::writers::{Cause, Writers};
use crate::engine::program::{Program, RuleAction};
use std::collections::{BTreeMap, BTreeSet};

/// A module with more branches than this is not worth writing out.
const BRANCHES_MOST: usize = 100;

/// So many combinations of values are tried to see whether conditions exclude each other.
const TRIED_MOST: i64 = 5000;

/// The modules of a program; none where one of them would be too large.
#[must_use]
pub fn groups(source: &Source<'_>, slots: &[Slot], names: &mut Identifiers) -> Option<Network> {
    let writers = &Writers::of(source.program);
    let parts = Parts::of(source.program, slots, writers);
    let mut modules = Vec::new();
    for (slots_of, contributors) in parts.groups() {
        let group = Group { source, slots, writers, own: slots_of.clone() };
        let commands = group.commands(&contributors)?;
        let name = names.name(&format!("{}_module", slots[slots_of[0]].name));
        modules.push(Module { name, variables: slots_of, commands });
    }
    // A scenario in which nothing can change still takes its turns.
    if modules.is_empty() {
        let branches = vec![(1.0, Vec::new())];
        let commands = vec![Command { guard: Expression::Truth(true), meaning: None, branches }];
        modules.push(Module {
            name: names.name("nothing_module"),
            variables: Vec::new(),
            commands,
        });
    }
    let chooses = source.chooses();
    Some(Network { chooses, variables: source.variables(slots), modules, ended: source.ended() })
}

/// Something that may have its chance, or be due, in a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Contributor {
    /// A rule or decision.
    Rule(u32),
    /// What is due, or scripted.
    Given(Cause),
}

/// Which slots are written together, as a forest, and by what.
struct Parts {
    parent: Vec<usize>,
    writes: BTreeMap<Contributor, usize>,
}

impl Parts {
    fn of(program: &Program, slots: &[Slot], writers: &Writers) -> Self {
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
    fn groups(&self) -> Vec<(Vec<usize>, Vec<Contributor>)> {
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

/// One combination of results.
struct Together<'a> {
    writers: &'a Writers,
    causes: Vec<Cause>,
    chances: Vec<u32>,
}

impl Drawn for Together<'_> {
    fn holds(&self, cause: Cause) -> Expression {
        Expression::Truth(self.causes.contains(&cause))
    }

    fn happens(&self, event: u32) -> Expression {
        let causes = &self.writers.events[event as usize];
        Expression::Truth(causes.iter().any(|cause| self.causes.contains(cause)))
    }

    fn has_chance(&self, rule: u32) -> Expression {
        Expression::Truth(self.chances.contains(&rule))
    }
}

/// A group of slots and how its module is written.
struct Group<'a> {
    source: &'a Source<'a>,
    slots: &'a [Slot],
    writers: &'a Writers,
    own: Vec<usize>,
}

impl Group<'_> {
    /// A command for each combination of what has its chance, and of what can be chosen.
    fn commands(&self, contributors: &[Contributor]) -> Option<Vec<Command>> {
        let mut commands = Vec::new();
        let mut branches = 0;
        let mut open = vec![(Vec::<Expression>::new(), Vec::<Contributor>::new(), 0)];
        while let Some((guards, active, at)) = open.pop() {
            if !self.possible(&guards) {
                continue;
            }
            let Some(&contributor) = contributors.get(at) else {
                for command in self.choices(&guards, &active)? {
                    branches += command.branches.len();
                    commands.push(command);
                }
                if branches > BRANCHES_MOST {
                    return None;
                }
                continue;
            };
            if open.len() > BRANCHES_MOST {
                return None;
            }
            let chance = match contributor {
                Contributor::Rule(rule) => chance(self.source.program, rule),
                Contributor::Given(cause) => sure(self.source.program, cause),
            };
            let with = |guard: Expression| {
                let mut guards = guards.clone();
                if !guards.contains(&guard) {
                    guards.push(guard);
                }
                guards
            };
            open.push((with(chance.clone().negated()), active.clone(), at + 1));
            let mut active = active.clone();
            active.push(contributor);
            open.push((with(chance), active, at + 1));
        }
        Some(commands)
    }

    /// Whether there are values with which all of these hold; yes where too many would have to be
    /// looked at.
    fn possible(&self, guards: &[Expression]) -> bool {
        let all = Expression::all(guards.iter().cloned());
        let reads = all.reads();
        let width = |slot: &usize| {
            let it = &self.slots[*slot];
            i64::from(it.high) - i64::from(it.low) + 1
        };
        let mut count = 1_i64;
        for slot in &reads {
            count = count.saturating_mul(width(slot));
            if count > TRIED_MOST {
                return all != Expression::Truth(false);
            }
        }
        (0..count).any(|number| {
            let value = |slot: usize| {
                let mut rest = number;
                for read in &reads {
                    if *read == slot {
                        break;
                    }
                    rest /= width(read);
                }
                i64::from(self.slots[slot].low) + rest % width(&slot)
            };
            all.value(&value) != 0
        })
    }

    /// A command for each choice that those who have their chance can make.
    fn choices(&self, guards: &[Expression], active: &[Contributor]) -> Option<Vec<Command>> {
        let program = self.source.program;
        let mut choices = vec![(vec![(1.0, Vec::<Cause>::new())], Vec::<String>::new())];
        let mut chances = Vec::new();
        for contributor in active {
            let rule = match contributor {
                Contributor::Given(cause) => {
                    for (ways, _) in &mut choices {
                        ways.iter_mut().for_each(|(_, causes)| causes.push(*cause));
                    }
                    continue;
                }
                Contributor::Rule(rule) => *rule,
            };
            chances.push(rule);
            let draw = match program.rules[rule as usize].action {
                RuleAction::Draw(draw) => draw,
                RuleAction::Sure(_) => {
                    for (ways, _) in &mut choices {
                        ways.iter_mut().for_each(|(_, causes)| causes.push(Cause::Sure(rule)));
                    }
                    continue;
                }
            };
            choices = self.drawn(draw, &choices);
            if choices.iter().map(|(ways, _)| ways.len()).sum::<usize>() > BRANCHES_MOST {
                return None;
            }
        }
        let guard = Expression::all(guards.iter().cloned());
        let command = |(ways, meaning): (Vec<(f64, Vec<Cause>)>, Vec<String>)| Command {
            guard: guard.clone(),
            meaning: (!meaning.is_empty()).then(|| meaning.join(", ")),
            branches: self.branches(&ways, &chances),
        };
        Some(choices.into_iter().map(command).collect())
    }

    /// Every choice so far with every corner of one more draw.
    fn drawn(
        &self,
        draw: u32,
        choices: &[(Vec<(f64, Vec<Cause>)>, Vec<String>)],
    ) -> Vec<(Vec<(f64, Vec<Cause>)>, Vec<String>)> {
        let corners = self.source.program.draws[draw as usize].corners(self.source.freedom);
        let mut all = Vec::new();
        for (ways, meaning) in choices {
            for corner in corners {
                let results = || corner.iter().enumerate().filter(|(_, share)| **share > 0.0);
                let more = ways.iter().flat_map(|(probability, causes)| {
                    results().map(move |(result, share)| {
                        let mut causes = causes.clone();
                        causes.push(Cause::Result(draw, result as u32));
                        (probability * share, causes)
                    })
                });
                let mut meaning = meaning.clone();
                if corners.len() > 1 {
                    meaning.push(chosen(self.source, draw as usize, corner));
                }
                all.push((more.collect(), meaning));
            }
        }
        all
    }

    /// The branches of a command, those that do the same taken together.
    fn branches(&self, ways: &[(f64, Vec<Cause>)], chances: &[u32]) -> Vec<(f64, Vec<Assignment>)> {
        let mut branches: Vec<(f64, Vec<Assignment>)> = Vec::new();
        for (probability, causes) in ways {
            let drawn = Together {
                writers: self.writers,
                causes: causes.clone(),
                chances: chances.to_vec(),
            };
            let assignments = self.assignments(&drawn);
            match branches.iter_mut().find(|(_, other)| *other == assignments) {
                Some((known, _)) => *known += probability,
                None => branches.push((*probability, assignments)),
            }
        }
        branches
    }

    fn assignments(&self, drawn: &Together<'_>) -> Vec<Assignment> {
        let settlement = Settlement { program: self.source.program, writers: self.writers, drawn };
        let next = |slot: usize| settlement.next(slot, self.slots[slot].role);
        let mut assignments = Vec::new();
        for &slot in &self.own {
            let value = match self.slots[slot].role {
                Role::Armed(rule) => self.armed(rule, drawn, &next),
                _ => next(slot),
            };
            if value != Expression::Variable(slot) {
                assignments.push(Assignment { variable: slot, value, step: 0 });
            }
        }
        assignments
    }

    /// Whether a `when` rule has its chance in the next situation.
    fn armed(
        &self,
        rule: u32,
        drawn: &Together<'_>,
        next: &impl Fn(usize) -> Expression,
    ) -> Expression {
        let it = &self.source.program.rules[rule as usize];
        let before = Expression::from(&it.condition);
        let unspent = it.spent.map(|spent| {
            let spent = Expression::is(spent as usize, 1);
            Expression::any([spent, drawn.has_chance(rule)]).negated()
        });
        let parts = [Some(before.clone().negated()), unspent, Some(before.with(next))];
        Expression::all(parts.into_iter().flatten()).counted()
    }
}
