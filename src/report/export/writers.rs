//! What can write what in a turn: every block of effects followed through the bodies of its actions.

use crate::engine::program::{Consequence, Effects, Program, RuleAction};
use std::collections::BTreeMap;

/// Why effects come in a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// A rule that does not draw has its chance.
    Sure(u32),
    /// A draw has this result.
    Result(u32, u32),
    /// What a chain put under way is due.
    Due(u32),
    /// The author scripted it: the index in [`Program::injects`].
    Inject(u32),
}

/// An assignment that may happen in a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Assign {
    /// The rank of its priority: the highest wins.
    pub rank: u32,
    /// The value.
    pub value: i32,
    /// Why.
    pub cause: Cause,
}

/// For everything that a turn can write: what writes it.
#[derive(Clone, Debug, Default)]
pub struct Writers {
    /// All causes, with what follows.
    pub causes: Vec<(Cause, Consequence)>,
    /// For each event: what makes it happen.
    pub events: Vec<Vec<Cause>>,
    /// For each column: its assignments, by falling rank.
    pub assigns: Vec<Vec<Assign>>,
    /// For each column: raises and lowers that count as often as their cause.
    pub steps: Vec<Vec<(i32, Cause)>>,
    /// For each column: raises and lowers of the bodies of events, which count once.
    pub bodies: Vec<Vec<(i32, u32)>>,
    /// For each slot of what is under way: what puts something there.
    pub later: BTreeMap<u32, Vec<Cause>>,
}

impl Writers {
    /// Of a program.
    #[must_use]
    pub fn of(program: &Program) -> Self {
        let columns = program.variables.len();
        let mut writers = Self {
            causes: causes(program),
            events: vec![Vec::new(); program.events.len()],
            assigns: vec![Vec::new(); columns],
            steps: vec![Vec::new(); columns],
            bodies: vec![Vec::new(); columns],
            later: BTreeMap::new(),
        };
        for (cause, consequence) in writers.causes.clone() {
            match consequence {
                Consequence::Nothing => {}
                Consequence::Now(block) => writers.add_block(program, cause, block),
                Consequence::Later { chain, turns } => {
                    let slot = program.chains[chain as usize].first_slot + turns - 1;
                    writers.later.entry(slot).or_default().push(cause);
                }
            }
        }
        for (event, effects) in program.events.iter().enumerate() {
            for &(column, by) in &effects.body.steps {
                writers.bodies[column as usize].push((by, event as u32));
            }
        }
        for assigns in &mut writers.assigns {
            assigns.sort_unstable_by(|a, b| b.rank.cmp(&a.rank).then(a.cmp(b)));
            assigns.dedup();
        }
        writers
    }

    fn add_block(&mut self, program: &Program, cause: Cause, block: u32) {
        let block = &program.blocks[block as usize];
        for &(column, by) in &block.effects.steps {
            self.steps[column as usize].push((by, cause));
        }
        let mut assign = |effects: &Effects| {
            for &(column, value) in &effects.assigns {
                self.assigns[column as usize].push(Assign { rank: block.rank, value, cause });
            }
        };
        assign(&block.effects);
        let events = events(program, &block.effects);
        events.iter().for_each(|event| assign(&program.events[*event as usize].body));
        for event in events {
            self.events[event as usize].push(cause);
        }
    }
}

fn causes(program: &Program) -> Vec<(Cause, Consequence)> {
    let mut causes = Vec::new();
    for (at, rule) in program.rules.iter().enumerate() {
        match rule.action {
            RuleAction::Sure(consequence) => causes.push((Cause::Sure(at as u32), consequence)),
            RuleAction::Draw(draw) => {
                let results = program.draws[draw as usize].results.iter().enumerate();
                causes.extend(
                    results
                        .map(|(result, it)| (Cause::Result(draw, result as u32), it.consequence)),
                );
            }
        }
    }
    let due = program.chains.iter().enumerate();
    causes.extend(due.map(|(at, chain)| (Cause::Due(at as u32), Consequence::Now(chain.block))));
    let injects = program.injects.iter().enumerate().filter(|(_, inject)| inject.turn > 0);
    causes.extend(
        injects.map(|(at, inject)| (Cause::Inject(at as u32), Consequence::Now(inject.block))),
    );
    causes
}

/// The events of effects, and those that the bodies of their actions bring along, each once.
fn events(program: &Program, effects: &Effects) -> Vec<u32> {
    let mut seen = Vec::new();
    let mut new = effects.events.clone();
    while let Some(event) = new.pop() {
        if !seen.contains(&event) {
            seen.push(event);
            new.extend(&program.events[event as usize].body.events);
        }
    }
    seen.sort_unstable();
    seen
}
