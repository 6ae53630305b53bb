//! What effects touch: effects that touch nothing in common come about independently.

use super::program::{Consequence, Program};

/// For each block and each moment of a chain: the things that it touches, as numbers.
#[derive(Clone, Debug)]
pub struct Resources {
    blocks: Vec<Vec<u32>>,
    /// For each chain: the number of its first slot.
    later: Vec<u32>,
    /// How many numbers there are.
    pub count: usize,
}

impl Resources {
    /// Of a program: events, written variables, the level, and slots have a number each.
    #[must_use]
    pub fn new(program: &Program) -> Self {
        let events = program.events.len() as u32;
        let level = events + program.variables.len() as u32;
        let slots = level + 1;
        let blocks = program.blocks.iter().map(|block| {
            let mut all = block.effects.events.clone();
            let mut at = 0;
            while let Some(&event) = all.get(at) {
                for next in &program.events[event as usize].body.events {
                    if !all.contains(next) {
                        all.push(*next);
                    }
                }
                at += 1;
            }
            let closed = all.clone();
            let mut columns = |effects: &super::program::Effects| {
                all.extend(effects.assigns.iter().map(|assign| events + assign.0));
                all.extend(effects.steps.iter().map(|step| events + step.0));
            };
            columns(&block.effects);
            closed.iter().for_each(|&event| columns(&program.events[event as usize].body));
            for event in closed.into_iter().map(|event| &program.events[event as usize]) {
                all.extend(event.rung.map(|_| level));
                all.extend(event.marks.iter().map(|mark| slots + mark));
            }
            all.sort_unstable();
            all.dedup();
            all
        });
        Self {
            blocks: blocks.collect(),
            later: program.chains.iter().map(|chain| slots + chain.first_slot).collect(),
            count: slots as usize + program.layout.slots(),
        }
    }

    /// Calls `visit` with the number of each thing that a consequence touches.
    pub fn each(&self, consequence: Consequence, mut visit: impl FnMut(u32)) {
        match consequence {
            Consequence::Nothing => {}
            Consequence::Now(block) => self.blocks[block as usize].iter().copied().for_each(visit),
            Consequence::Later { chain, turns } => visit(self.later[chain as usize] + turns - 1),
        }
    }
}
