//! All situations of a scenario with nothing folded: what questions about single rules, situations
//! and transitions stand on.

use super::answer::Failure;
use super::evaluate::explored;
use super::frames::Frames;
use super::options::Options;
use super::solver::Solver;
use crate::engine::{Detail, Graph, Kept, Program};
use crate::model::Model;

/// A program with all its situations, nothing folded.
#[derive(Debug)]
pub struct Ground {
    /// The program.
    pub program: Program,
    /// Its situations.
    pub graph: Graph,
    frames: Frames,
    horizon: Option<u32>,
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
        let graph = explored(model, &program, None, Detail::WHOLE, options)?;
        Ok(Self { program, graph, frames: Frames::default(), horizon: model.horizon })
    }

    /// Asks for probabilities in it.
    #[must_use]
    pub fn solver(&self) -> Solver<'_> {
        Solver {
            program: &self.program,
            graph: &self.graph,
            frames: &self.frames,
            horizon: self.horizon,
        }
    }
}
