//! The reactions of a scenario read as a graph: where they go round, what they must pass, what would
//! stop them, and where they lead back down.

mod answer;
mod chokepoints;
mod every_subset;
mod firebreaks;
mod off_ramps;
mod spirals;

pub use answer::{
    Chokepoint, Chokepoints, Down, Firebreak, Firebreaks, OffRamp, Reaction, RoundStep, Spiral,
    Structure,
};

use super::answer::Failure;
use super::options::{Options, Questions};
use super::outcomes::evaluate;
use super::unfolded::Ground;
use crate::model::{Model, OutcomeId};

/// Reads the reactions of a model, already changed for its reading, as a graph. Firebreaks are those
/// that keep outcomes below `below` (0..=1); with `only`, chokepoints and firebreaks are those of one
/// outcome.
///
/// # Errors
/// Conflicting assignments, or a limit that was reached, as diagnostics.
pub fn structure(
    model: &Model,
    below: f64,
    only: Option<OutcomeId>,
    options: &Options,
) -> Result<Structure, Failure> {
    let all = Options { questions: Questions::All, storylines: 0, ..options.clone() };
    let answers = evaluate(model, None, &all)?;
    let ground = Ground::explore(model, options)?;
    let outcomes = model.outcomes.iter().zip(&answers.outcomes).enumerate();
    let asked: Vec<(OutcomeId, f64)> = outcomes
        .filter(|(_, (outcome, answer))| {
            let possible = answer.both.is_none_or(|both| both.high > 0.0);
            outcome.condition.is_some() && possible
        })
        .map(|(at, (_, answer))| (OutcomeId::new(at), answer.estimate))
        .filter(|(id, _)| only.is_none_or(|only| only == *id))
        .collect();
    let (open, already): (Vec<_>, Vec<_>) = asked.iter().copied().partition(|it| it.1 >= below);
    options.unless_stopped(Structure {
        spirals: spirals::spirals(&answers.reactions),
        chokepoints: chokepoints::chokepoints(model, &ground, &answers.reactions, &asked),
        firebreaks: firebreaks::firebreaks(model, &ground, &open, below, options),
        below,
        already,
        off_ramps: off_ramps::off_ramps(model, &ground, &answers.reactions),
        situations: ground.graph().len(),
        transitions: ground.graph().transitions,
    })
}
