//! One scenario at many points: explored once for all that differ only in likelihoods, and weighed
//! anew for each.

use super::answer::{Answers, Failure};
use super::evaluate::{answers, explored};
use super::frames::Frames;
use super::observed::observed;
use super::options::{Options, Questions};
use super::solver::{Given, Solver};
use crate::diagnostic::Diagnostics;
use crate::engine::{Detail, Graph, Kept, Program, Symmetry};
use crate::model::{Change, Model};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Graphs with more transitions than this are not weighed for several points side by side.
const SIDE_BY_SIDE: usize = 2_000_000;
/// How many points are evaluated before their answers are handed on.
const STRETCH: usize = 64;

/// A scenario to be evaluated at many points.
pub struct Sweep<'a> {
    base: &'a Model,
    points: &'a [Vec<Change>],
    options: Options,
    /// What was explored, by the initial values.
    explored: FxHashMap<Vec<i32>, Explored>,
}

/// The situations of all points with the same initial values.
struct Explored {
    program: Program,
    graph: Graph,
}

impl<'a> Sweep<'a> {
    /// Of a scenario, changed as the points say. Only outcomes are answered.
    #[must_use]
    pub fn new(base: &'a Model, points: &'a [Vec<Change>], options: &Options) -> Self {
        let options = Options { questions: Questions::Outcomes, ..options.clone() };
        Self { base, points, options, explored: FxHashMap::default() }
    }

    /// Evaluates these points; hands the answers on in order, as they come, nothing where it cannot
    /// come to what was observed. Stops where `hand_on` says so.
    ///
    /// # Errors
    /// Likelihoods that cannot be, conflicting assignments, or a limit that was reached, as
    /// diagnostics.
    pub fn run(
        &mut self,
        points: std::ops::Range<usize>,
        mut hand_on: impl FnMut(usize, Option<&Answers>) -> bool,
    ) -> Result<(), Failure> {
        for begin in points.clone().step_by(STRETCH) {
            let stretch = begin..points.end.min(begin + STRETCH);
            let models: Vec<Model> =
                stretch.clone().map(|at| self.model(at)).collect::<Result<_, _>>()?;
            for model in &models {
                self.explore(model)?;
            }
            let large = self.explored.values().any(|it| it.graph.targets.len() > SIDE_BY_SIDE);
            let found: Vec<Option<Answers>> = if large {
                models.iter().map(|model| self.observable(model)).collect::<Result<_, _>>()?
            } else {
                let all: Vec<_> = models.par_iter().map(|model| self.observable(model)).collect();
                all.into_iter().collect::<Result<_, _>>()?
            };
            for (at, answers) in stretch.zip(&found) {
                if !hand_on(at, answers.as_ref()) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    fn model(&self, point: usize) -> Result<Model, Failure> {
        let mut diagnostics = Diagnostics::default();
        let changed = self.base.changed(&self.points[point], &mut diagnostics);
        changed.ok_or_else(|| Failure::Scenario(diagnostics.sorted()))
    }

    /// Explores the situations of all points with a model's initial values, if that is not done.
    fn explore(&mut self, model: &Model) -> Result<(), Failure> {
        let initial = initial(model);
        if self.explored.contains_key(&initial) {
            return Ok(());
        }
        let taken: usize = self.explored.values().map(|it| it.graph.bytes()).sum();
        if taken > self.options.max_memory / 4 {
            self.explored.clear();
        }
        let widest = self.widest(model)?;
        let program = Program::new(&widest, Kept::Read);
        let folded = self.options.folded && model.observations.is_empty();
        let symmetry = folded.then(|| Symmetry::find(&widest, &program)).flatten();
        let detail = Detail { happenings: false, folded };
        let graph = explored(&widest, &program, symmetry.as_ref(), detail, &self.options)?;
        self.explored.insert(initial, Explored { program, graph });
        Ok(())
    }

    /// A model with every likelihood as wide as at any point.
    fn widest(&self, model: &Model) -> Result<Model, Failure> {
        let mut widest = model.clone();
        for point in 0..self.points.len() {
            let other = self.model(point)?;
            for (rule, other) in widest.rules.iter_mut().zip(&other.rules) {
                for (one, other) in rule.alternatives.iter_mut().zip(&other.alternatives) {
                    if let (Some(one), Some(other)) = (&mut one.likelihood, &other.likelihood) {
                        one.low = one.low.min(other.low);
                        one.high = one.high.max(other.high);
                    }
                }
            }
        }
        Ok(widest)
    }

    fn observable(&self, model: &Model) -> Result<Option<Answers>, Failure> {
        match self.answer(model) {
            Err(failure) if failure.is_unobservable() => Ok(None),
            found => found.map(Some),
        }
    }

    fn answer(&self, model: &Model) -> Result<Answers, Failure> {
        let Explored { program, graph } = &self.explored[&initial(model)];
        let program = program.with_likelihoods(model);
        let before = graph.reweighed(&program);
        let seen = observed(model, &program, &before, &self.options)?;
        let graph = seen.as_ref().map_or(&before, |seen| &seen.graph);
        let given = seen.as_ref().map(|seen| Given { seen, before: &before });
        // Outcomes are the same for all actors that can change places: nobody's name is asked for.
        let frames = Frames::default();
        let (program, frames) = (&program, &frames);
        let solver = Solver { program, graph, frames, horizon: model.horizon, given };
        let found = answers(model, None, &self.options, solver);
        self.options.progress.add_points(1);
        Ok(found)
    }
}

fn initial(model: &Model) -> Vec<i32> {
    model.variables.iter().map(|variable| variable.initial).collect()
}
