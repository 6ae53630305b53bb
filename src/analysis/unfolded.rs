//! All situations of a scenario with nothing folded: what questions about single rules, situations
//! and transitions stand on; where something was observed, given that.

use super::answer::Failure;
use super::observations::observed;
use super::options::Options;
use super::outcomes::explored;
use crate::engine::{Conditioned, Detail, Graph, Kept, Program};
use crate::model::{Domain, Model, Variable};
use crate::solve::permutations::Frames;
use crate::solve::solver::{Given, Solver};
use crate::solve::work::Work;

/// A program with all its situations, nothing folded, given what has been observed.
#[derive(Debug)]
pub struct Ground {
    /// The program.
    pub program: Program,
    before: Graph,
    seen: Option<Conditioned>,
    frames: Frames,
    horizon: Option<u32>,
    work: Work,
    /// For each variable of the model: whether its values have an order.
    ordered: Vec<bool>,
}

impl Ground {
    /// Explores a model, already changed for its reading.
    ///
    /// # Errors
    /// Conflicting assignments, or a limit that was reached, as diagnostics.
    pub fn explore(model: &Model, options: &Options) -> Result<Self, Failure> {
        Self::of(model, Program::new(model, Kept::Written), options)
    }

    /// Explores a program of a model, perhaps one in which some rules never have their chance.
    ///
    /// # Errors
    /// As with [`Ground::explore`].
    pub fn of(model: &Model, program: Program, options: &Options) -> Result<Self, Failure> {
        let before = explored(
            model,
            &program,
            None,
            Detail { torn: options.torn, ..Detail::WHOLE },
            options,
        )?;
        let seen = observed(model, &program, &before, options)?;
        let ordered = |variable: &Variable| match variable.domain {
            Domain::State { ordered, .. } => ordered,
            Domain::Flag | Domain::Meter { .. } | Domain::Position(_) => true,
        };
        let ordered = model.variables.iter().map(ordered).collect();
        let (frames, horizon) = (Frames::default(), model.horizon);
        Ok(Self { program, before, seen, frames, horizon, work: options.work(), ordered })
    }

    /// Its situations.
    #[must_use]
    pub fn graph(&self) -> &Graph {
        self.seen.as_ref().map_or(&self.before, |seen| &seen.graph)
    }

    /// Whether the values of a variable of the model have an order.
    #[must_use]
    pub fn is_ordered(&self, variable: usize) -> bool {
        self.ordered[variable]
    }

    /// Asks for probabilities in it.
    #[must_use]
    pub fn solver(&self) -> Solver<'_> {
        Solver {
            program: &self.program,
            graph: self.graph(),
            frames: &self.frames,
            horizon: self.horizon,
            given: self.seen.as_ref().map(|seen| Given { seen, before: &self.before }),
            work: Some(&self.work),
        }
    }
}
