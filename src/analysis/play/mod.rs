//! Playing a scenario: some actors' decisions are taken by people, everything else is drawn.
//!
//! Every draw takes its number from the seed, the turn and its rule alone, so that another choice
//! changes what follows from it and nothing else, and a decision taken back and taken again leads
//! to the same. Turns are those of the engine ([`Turn::sample`](crate::engine::turn::Turn::sample)).

mod course;
mod facts;
mod game;
mod outlook;

pub use course::{Choice, Decision, End, Moment, UnderWay, ValueChange};
pub use facts::{Fact, facts};
pub use game::Game;
pub use outlook::Outlook;

use super::simulate::Odds;
use crate::engine::{Kept, Program};
use crate::model::{ActorId, Model};

/// What games are played on.
pub struct Stage {
    /// The scenario, without what has been observed: a game begins at the beginning.
    pub model: Model,
    program: Program,
    odds: Odds,
}

impl Stage {
    /// For a model, already changed for its reading.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let model = Model { observations: Vec::new(), ..model.clone() };
        let program = Program::new(&model, Kept::Written);
        let odds = Odds::new(&model, &program);
        Self { model, program, odds }
    }

    /// The actors that have decisions, in order of declaration.
    #[must_use]
    pub fn deciders(&self) -> Vec<ActorId> {
        let all = (0..self.model.actors.len()).map(ActorId::new);
        all.filter(|id| self.model.rules.iter().any(|rule| rule.decider == Some(*id))).collect()
    }

    /// Whether the baseline policy ever takes what was chosen.
    #[must_use]
    pub fn is_likely(&self, choice: &Choice) -> bool {
        let draw = &self.program.draws[choice.draw as usize];
        let results = draw.results.iter().zip(draw.estimate());
        let mut shares = results.filter(|(result, _)| result.alternative as usize == choice.option);
        shares.any(|(_, share)| *share > 0.0)
    }
}
