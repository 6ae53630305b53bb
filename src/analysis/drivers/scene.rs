//! The situations that any likelihoods lead to, explored once and weighed for each question.

use super::lever::{Movable, movables};
use super::room::Room;
use crate::analysis::answer::Failure;
use crate::analysis::evaluate::{explored, goals};
use crate::analysis::extreme::Aim;
use crate::analysis::frames::Frames;
use crate::analysis::goal::Goal;
use crate::analysis::options::Options;
use crate::analysis::solver::Solver;
use crate::engine::{Detail, Graph, Kept, Program, Symmetry};
use crate::model::{Alternative, DeclId, Likelihood, Model, Outcome, Rule};

/// Graphs with more transitions than this are not weighed for several questions side by side.
const SIDE_BY_SIDE: usize = 2_000_000;

/// A scenario with its likelihoods still open.
#[derive(Debug)]
pub struct Scene<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// How it is evaluated.
    pub options: &'a Options,
    /// Its likelihoods.
    pub movables: Vec<Movable>,
    /// Compiled, with the likelihoods as written.
    pub program: Program,
    /// Its situations, weighed by the estimates.
    pub graph: Graph,
    /// One for each outcome of the model.
    pub goals: Vec<Goal>,
    /// Whether only what the scenario as written makes possible was explored.
    pub narrow: bool,
    frames: Frames,
}

/// Draws that come out otherwise than written.
#[derive(Clone, Debug)]
pub struct Moved {
    /// The declarations with their alternatives.
    pub draws: Vec<(DeclId, Vec<Alternative>)>,
    /// Whether other alternatives had to give way beyond their ranges.
    pub others_give_way: bool,
}

/// A scenario with other likelihoods.
pub struct Weighed<'a> {
    scene: &'a Scene<'a>,
    program: Program,
    graph: Graph,
}

impl<'a> Scene<'a> {
    /// Explores whatever the likelihoods of a scenario may lead to, whatever they are; where that
    /// is too much, or comes to contradictions, what its own likelihoods lead to.
    ///
    /// # Errors
    /// Conflicting assignments, or a limit that was reached, as diagnostics.
    pub fn explore(model: &'a Model, options: &'a Options) -> Result<Self, Failure> {
        let movables = movables(model);
        let wide = open(model, &movables);
        let found = explore(&wide, options);
        let narrow = found.is_err();
        let (program, graph) = match found {
            Ok(found) => found,
            Err(_) => explore(model, options)?,
        };
        let program = program.with_likelihoods(model);
        let graph = graph.reweighed(&program);
        // Outcomes are the same for all actors that can change places: nobody's name is asked for.
        let frames = Frames::default();
        let solver = Solver {
            program: &program,
            graph: &graph,
            frames: &frames,
            horizon: model.horizon,
            given: None,
        };
        let goals = goals(model, solver);
        Ok(Self { model, options, movables, program, graph, goals, narrow, frames })
    }

    /// Asks for probabilities by the estimates.
    #[must_use]
    pub fn solver(&self) -> Solver<'_> {
        let Self { program, graph, frames, .. } = self;
        Solver { program, graph, frames, horizon: self.model.horizon, given: None }
    }

    /// The estimates of all outcomes.
    #[must_use]
    pub fn estimates(&self) -> Vec<f64> {
        estimates(self.model, self.solver(), &self.goals)
    }

    /// Whether questions are better asked one after the other.
    #[must_use]
    pub fn is_large(&self) -> bool {
        self.graph.targets.len() > SIDE_BY_SIDE
    }

    /// Where a likelihood stands in a rule, for each of its declarations.
    pub fn rooms<'m>(&'m self, movable: &'m Movable) -> impl Iterator<Item = Room<'m>> {
        let rule = |at: DeclId| self.model.rules.iter().find(|rule| rule.declaration == at);
        let room = move |one: &'m super::lever::Use| {
            rule(one.declaration).map(|rule: &Rule| Room::new(rule, &one.places))
        };
        movable.uses.iter().filter_map(room)
    }

    /// The scenario with a likelihood at another value.
    #[must_use]
    pub fn moved(&self, movable: &Movable, value: f64) -> Moved {
        let mut moved = Moved { draws: Vec::new(), others_give_way: false };
        for (room, one) in self.rooms(movable).zip(&movable.uses) {
            let (alternatives, gives_way) = room.at(value);
            moved.draws.push((one.declaration, alternatives));
            moved.others_give_way |= gives_way;
        }
        moved
    }

    /// Weighs the situations for other likelihoods; `None` where something would be possible that
    /// was not explored.
    #[must_use]
    pub fn weigh(&self, moved: &Moved) -> Option<Weighed<'_>> {
        let mut program = self.program.clone();
        for (declaration, alternatives) in &moved.draws {
            let mut found = false;
            for draw in &mut program.draws {
                if self.model.rules[draw.rule as usize].declaration == *declaration {
                    draw.weigh(alternatives);
                    found = true;
                    if !draw.is_whole() {
                        return None;
                    }
                }
            }
            if !found {
                return None;
            }
        }
        Some(self.weighed(program))
    }

    /// Weighs them for a decision that always comes to one option.
    #[must_use]
    pub fn choose(&self, decision: DeclId, option: usize) -> Option<Weighed<'_>> {
        let mut program = self.program.clone();
        for draw in &mut program.draws {
            if self.model.rules[draw.rule as usize].declaration == decision {
                draw.choose(option as u32);
                if !draw.is_whole() {
                    return None;
                }
            }
        }
        Some(self.weighed(program))
    }

    /// Whether an alternative can come out of the draws of a declaration as explored.
    #[must_use]
    pub fn draws(&self, declaration: DeclId, alternative: usize) -> bool {
        let draws = self.program.draws.iter();
        let mut own = draws
            .filter(|draw| self.model.rules[draw.rule as usize].declaration == declaration)
            .peekable();
        own.peek().is_some()
            && own.all(|draw| draw.results.iter().any(|it| it.alternative as usize == alternative))
    }

    fn weighed(&self, program: Program) -> Weighed<'_> {
        let graph = self.graph.reweighed(&program);
        self.options.progress.add_points(1);
        Weighed { scene: self, program, graph }
    }
}

impl Weighed<'_> {
    /// Asks for probabilities.
    #[must_use]
    pub fn solver(&self) -> Solver<'_> {
        let Self { program, graph, scene } = self;
        Solver { program, graph, ..scene.solver() }
    }

    /// The estimates of all outcomes.
    #[must_use]
    pub fn estimates(&self) -> Vec<f64> {
        estimates(self.scene.model, self.solver(), &self.scene.goals)
    }
}

/// The estimates of all outcomes of another scenario, explored for itself.
///
/// # Errors
/// Conflicting assignments, or a limit that was reached, as diagnostics.
pub fn alone(model: &Model, options: &Options) -> Result<Vec<f64>, Failure> {
    let (program, graph) = explore_as_it_is(model, Program::new(model, Kept::Read), options)?;
    let frames = Frames::default();
    let solver = Solver {
        program: &program,
        graph: &graph,
        frames: &frames,
        horizon: model.horizon,
        given: None,
    };
    options.progress.add_points(1);
    Ok(estimates(model, solver, &goals(model, solver)))
}

fn explore(model: &Model, options: &Options) -> Result<(Program, Graph), Failure> {
    explore_as_it_is(model, Program::new(model, Kept::Read).varying(), options)
}

fn explore_as_it_is(
    model: &Model,
    program: Program,
    options: &Options,
) -> Result<(Program, Graph), Failure> {
    let symmetry = options.folded.then(|| Symmetry::find(model, &program)).flatten();
    let detail = Detail { happenings: false, folded: options.folded };
    let graph = explored(model, &program, symmetry.as_ref(), detail, options)?;
    Ok((program, graph))
}

fn estimates(model: &Model, solver: Solver<'_>, goals: &[Goal]) -> Vec<f64> {
    let found = solver.within(goals, Aim::ESTIMATE, solver.horizon);
    let estimate = |(found, outcome): (&crate::analysis::solver::Found, &Outcome)| {
        if outcome.condition.is_none() { 1.0 - found.value } else { found.value }
    };
    found.iter().zip(&model.outcomes).map(estimate).collect()
}

/// The scenario with every likelihood such that all that can follow from any value of it is
/// possible.
fn open(model: &Model, movables: &[Movable]) -> Model {
    let mut open = model.clone();
    for rule in &mut open.rules {
        let share = 1.0 / (rule.alternatives.len() + 1) as f64;
        for movable in movables {
            let of_rule = movable.uses.iter().filter(|one| one.declaration == rule.declaration);
            for &place in of_rule.flat_map(|one| &one.places) {
                let text = String::new();
                rule.alternatives[place].likelihood =
                    Some(Likelihood { low: share, high: share, param: None, text });
            }
        }
    }
    open
}
