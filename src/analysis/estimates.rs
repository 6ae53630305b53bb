//! Only the estimates of the outcomes, for questions that evaluate a scenario many times.

use super::answer::Failure;
use super::evaluate::{explored, goals};
use super::frames::Frames;
use super::options::Options;
use super::simulate::simulate;
use super::solver::Solver;
use crate::engine::{Detail, Kept, Program, Symmetry};
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
    let program = &Program::new(model, Kept::Read);
    let detail = Detail { happenings: false, folded: options.folded };
    let symmetry = if options.folded { Symmetry::find(model, program) } else { None };
    let graph = explored(model, program, symmetry.as_ref(), detail, options)?;
    let frames = Frames::new(&graph, symmetry.as_ref());
    let solver = Solver { program, graph: &graph, frames: &frames, horizon: model.horizon };
    let found = solver.estimates(&goals(model, solver));
    let complement = |otherwise: bool, value: f64| if otherwise { 1.0 - value } else { value };
    let values = found.iter().zip(&model.outcomes);
    Ok(values
        .map(|(found, outcome)| complement(outcome.condition.is_none(), found.value))
        .collect())
}
