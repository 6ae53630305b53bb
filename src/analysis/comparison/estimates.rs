//! Only the estimates of the outcomes, for questions that evaluate a scenario many times.

use crate::analysis::answer::Failure;
use crate::analysis::options::Options;
use crate::analysis::outcomes::{goals, solved};
use crate::analysis::simulate::simulate;
use crate::analysis::torn::Torn;
use crate::engine::{Kept, Program};
use crate::model::Model;

/// The estimates of the outcomes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Estimates {
    /// The estimated probability of each outcome, in their order.
    pub outcomes: Vec<f64>,
    /// The storylines that lead nowhere because assignments contradict each other on them; only where
    /// [`Options::torn`] asks for that.
    pub torn: Option<Torn>,
}

/// The estimates of the outcomes of a model.
///
/// # Errors
/// As with [`evaluate`](crate::analysis::evaluate()); also where every storyline comes to a contradiction.
pub fn estimates(model: &Model, options: &Options) -> Result<Estimates, Failure> {
    if let Some(simulation) = options.simulate {
        let program = Program::new(model, Kept::Written);
        let answers = simulate(model, &program, None, options, simulation)?;
        let outcomes = answers.outcomes.iter().map(|answer| answer.estimate).collect();
        return Ok(Estimates { outcomes, torn: None });
    }
    let found = solved(model, options, false, |solver| {
        let found = solver.estimates(&goals(model, solver));
        let values = found.iter().zip(&model.outcomes);
        let complement = |otherwise: bool, value: f64| if otherwise { 1.0 - value } else { value };
        let outcomes = values
            .map(|(found, outcome)| complement(outcome.condition.is_none(), found.value))
            .collect();
        Estimates { outcomes, torn: Torn::of(model, solver) }
    })?;
    match found.torn {
        // The contradiction is told as always.
        Some(torn) if torn.is_all() => {
            estimates(model, &Options { torn: false, ..options.clone() })
        }
        _ => Ok(found),
    }
}
