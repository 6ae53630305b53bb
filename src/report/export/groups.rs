//! A program as modules that write nothing in common: where rules fall apart into groups that each
//! write variables of their own, a module writes out what its few rules can do together.

use super::expression::Expression;
use super::identifiers::Identifiers;
use super::network::{Assignment, Command, Module, Network};
use super::parts::{Contributor, Parts};
use super::settlement::{Drawn, Settlement, chance, sure};
use super::slots::{Role, Slot};
use super::source::Source;
use super::together::{Chosen, Together, Way, choices};
use super::writers::Writers;

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
        let guard = Expression::all(guards.iter().cloned());
        let rule = |contributor: &Contributor| match contributor {
            Contributor::Rule(rule) => Some(*rule),
            Contributor::Given(_) => None,
        };
        let chances: Vec<u32> = active.iter().filter_map(rule).collect();
        let command = |Chosen { ways, meaning }: Chosen| Command {
            guard: guard.clone(),
            meaning: (!meaning.is_empty()).then(|| meaning.join(", ")),
            branches: self.branches(&ways, &chances),
        };
        let choices = choices(self.source, active, BRANCHES_MOST)?;
        Some(choices.into_iter().map(command).collect())
    }

    /// The branches of a command, those that do the same taken together.
    fn branches(&self, ways: &[Way], chances: &[u32]) -> Vec<(f64, Vec<Assignment>)> {
        let mut branches: Vec<(f64, Vec<Assignment>)> = Vec::new();
        for Way { probability, causes } in ways {
            let drawn = Together { writers: self.writers, causes, chances };
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
