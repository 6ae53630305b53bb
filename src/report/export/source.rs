//! What is exported: a scenario, compiled, and how much of it is left open.

use super::expression::Expression;
use super::network::{Variable, VariableKind};
use super::slots::Slot;
use crate::engine::{Freedom, Program};
use crate::model::Model;

/// A scenario to export.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// The scenario, compiled.
    pub program: &'a Program,
    /// Which distributions the model leaves open.
    pub freedom: Freedom,
    /// Situation 0, one value a slot.
    pub initial: &'a [i32],
}

impl Source<'_> {
    /// Whether anything is left open.
    #[must_use]
    pub fn chooses(&self) -> bool {
        self.program.draws.iter().any(|draw| draw.corners(self.freedom).len() > 1)
    }

    /// Whether an ending holds.
    #[must_use]
    pub fn ended(&self) -> Expression {
        Expression::any(self.program.endings.iter().map(|(_, test)| Expression::from(test)))
    }

    /// The variables of a situation, one a slot.
    #[must_use]
    pub fn variables(&self, slots: &[Slot]) -> Vec<Variable> {
        let variable = |(slot, initial): (&Slot, &i32)| {
            let (low, high, initial) = (slot.low, slot.high, *initial);
            let kind = VariableKind::Lasting { low, high, initial };
            Variable { name: slot.name.clone(), meaning: slot.meaning.clone(), kind }
        };
        slots.iter().zip(self.initial).map(variable).collect()
    }
}
