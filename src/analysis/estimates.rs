//! Only the estimates of the outcomes, for questions that evaluate a scenario many times.

use super::answer::Failure;
use super::evaluate::{goals, solved};
use super::options::Options;
use super::simulate::simulate;
use crate::engine::{Kept, Program};
use crate::model::Model;

/// The estimated probability of each outcome, in their order.
///
/// # Errors
/// As with [`evaluate`](super::evaluate()).
pub fn estimates(model: &Model, options: &Options) -> Result<Vec<f64>, Failure> {
    if let Some(simulation) = options.simulate {
        let program = Program::new(model, Kept::Written);
        let answers = simulate(model, &program, None, options, simulation)?;
        return Ok(answers.outcomes.iter().map(|answer| answer.estimate).collect());
    }
    solved(model, options, false, |solver| {
        let found = solver.estimates(&goals(model, solver));
        let values = found.iter().zip(&model.outcomes);
        let complement = |otherwise: bool, value: f64| if otherwise { 1.0 - value } else { value };
        values
            .map(|(found, outcome)| complement(outcome.condition.is_none(), found.value))
            .collect()
    })
}
