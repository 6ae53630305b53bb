//! The situations that any likelihoods lead to, explored once and weighed for each question.

use super::lever::{Movable, Use, movables};
use super::room::Room;
use crate::analysis::answer::Failure;
use crate::analysis::comparison::estimates::{self, Estimates};
use crate::analysis::observations::observed;
use crate::analysis::options::Options;
use crate::analysis::outcomes::{explored, goals};
use crate::engine::{Conditioned, Detail, Graph, Kept, Program, Symmetry};
use crate::model::{Alternative, DeclId, Likelihood, Model, Outcome, Rule};
use crate::solve::aim::Aim;
use crate::solve::goals::Goal;
use crate::solve::permutations::Frames;
use crate::solve::solver::{Given, Solver};
use crate::solve::work::Work;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};

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
    /// The same situations given what was observed, where something was.
    pub seen: Option<Conditioned>,
    /// Whether only what the scenario as written makes possible was explored.
    pub narrow: bool,
    /// Whether actors can change places in it.
    symmetric: bool,
    frames: Frames,
    work: Work,
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
    seen: Option<Conditioned>,
}

impl<'a> Scene<'a> {
    /// Explores whatever the likelihoods of a scenario may lead to, whatever they are; where that
    /// is too much, or comes to contradictions, what its own likelihoods lead to.
    ///
    /// # Errors
    /// Conflicting assignments, or a limit that was reached, as diagnostics.
    pub fn explore(model: &'a Model, options: &'a Options) -> Result<Self, Failure> {
        let movables = movables(model);
        let program =
            Program::new(&open(model, &movables, &|_| true), Kept::Read).varying(|_| true);
        match explore(model, &program, &movables, options, true) {
            Ok(found) => Self::weighed_as_written(model, options, movables, program, found, false),
            Err(_) => {
                let program = Program::new(model, Kept::Read).varying(|_| true);
                let found = explore(model, &program, &movables, options, true)?;
                Self::weighed_as_written(model, options, movables, program, found, true)
            }
        }
    }

    /// A scene in which only one likelihood is open, and the others of its rules: far less varies
    /// there. Nothing where it cannot be explored.
    #[must_use]
    pub fn around(&self, movable: &Movable) -> Option<Self> {
        let own = |declaration| movable.uses.iter().any(|one| one.declaration == declaration);
        let (model, options) = (self.model, self.options);
        let program = Program::new(&open(model, &self.movables, &own), Kept::Read)
            .varying(|rule| own(model.rules[rule as usize].declaration));
        // With the likelihoods as written no more actors are alike than with all of them open.
        let found = explore(model, &program, &self.movables, options, self.symmetric).ok()?;
        Self::weighed_as_written(model, options, self.movables.clone(), program, found, false).ok()
    }

    fn weighed_as_written(
        model: &'a Model,
        options: &'a Options,
        movables: Vec<Movable>,
        program: Program,
        (graph, symmetric): (Graph, bool),
        narrow: bool,
    ) -> Result<Self, Failure> {
        let program = program.with_likelihoods(model);
        let graph = graph.reweighed(&program);
        let seen = observed(model, &program, &graph, options)?;
        // Outcomes are the same for all actors that can change places: nobody's name is asked for.
        let (frames, goals) = (Frames::default(), Vec::new());
        let mut scene = Self {
            model,
            options,
            movables,
            program,
            graph,
            goals,
            seen,
            narrow,
            symmetric,
            frames,
            work: options.work(),
        };
        scene.goals = self::goals(model, scene.solver());
        Ok(scene)
    }

    /// Asks for probabilities by the estimates.
    #[must_use]
    pub fn solver(&self) -> Solver<'_> {
        self.asking(&self.program, &self.graph, self.seen.as_ref())
    }

    fn asking<'s>(
        &'s self,
        program: &'s Program,
        before: &'s Graph,
        seen: Option<&'s Conditioned>,
    ) -> Solver<'s> {
        let graph = seen.map_or(before, |seen| &seen.graph);
        let given = seen.map(|seen| Given { seen, before });
        let (frames, horizon) = (&self.frames, self.model.horizon);
        Solver { program, graph, frames, horizon, given, work: Some(&self.work) }
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
        let room = move |one: &'m Use| {
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
    /// was not explored, or it cannot come to what was observed.
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
        self.weighed(program)
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
        self.weighed(program)
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

    fn weighed(&self, program: Program) -> Option<Weighed<'_>> {
        let graph = self.graph.reweighed(&program);
        let seen = observed(self.model, &program, &graph, self.options).ok()?;
        if self.work.is_stopped() {
            return None;
        }
        self.options.progress.add_points(1);
        Some(Weighed { scene: self, program, graph, seen })
    }
}

impl Weighed<'_> {
    /// Asks for probabilities.
    #[must_use]
    pub fn solver(&self) -> Solver<'_> {
        self.scene.asking(&self.program, &self.graph, self.seen.as_ref())
    }

    /// The estimates of all outcomes.
    #[must_use]
    pub fn estimates(&self) -> Vec<f64> {
        estimates(self.scene.model, self.solver(), &self.scene.goals)
    }
}

/// The estimates of all outcomes of another scenario, explored for itself; storylines on which
/// assignments contradict each other lead nowhere.
///
/// # Errors
/// On all of them they do, or a limit was reached, as diagnostics.
pub fn alone(model: &Model, options: &Options) -> Result<Estimates, Failure> {
    let options = Options { torn: true, ..options.clone() };
    let found = estimates::estimates(model, &options)?;
    options.progress.add_points(1);
    Ok(found)
}

/// All situations, and whether actors can change places in them, which is looked for where it `may` be.
fn explore(
    model: &Model,
    program: &Program,
    movables: &[Movable],
    options: &Options,
    may: bool,
) -> Result<(Graph, bool), Failure> {
    // What was seen tells situations apart that are alike for all other questions; and each likelihood
    // is to be moved, each decision to be taken, alone.
    let folded = options.folded && model.observations.is_empty();
    let mut moving: FxHashMap<(DeclId, usize), Vec<usize>> = FxHashMap::default();
    for (number, movable) in movables.iter().enumerate() {
        for Use { declaration, places } in &movable.uses {
            let moves =
                |&place: &usize| moving.entry((*declaration, place)).or_default().push(number);
            places.iter().for_each(moves);
        }
    }
    let mark = |rule: &Rule, place: usize| {
        let alone = rule.decider.map(|_| rule.declaration.index());
        let mut hasher = FxHasher::default();
        (alone, moving.get(&(rule.declaration, place))).hash(&mut hasher);
        hasher.finish()
    };
    let symmetry = (folded && may).then(|| Symmetry::find(model, program, &mark)).flatten();
    let detail = Detail { folded, ..Detail::BARE };
    let graph = explored(model, program, symmetry.as_ref(), detail, options)?;
    Ok((graph, symmetry.is_some()))
}

fn estimates(model: &Model, solver: Solver<'_>, goals: &[Goal]) -> Vec<f64> {
    let found = solver.within(goals, Aim::ESTIMATE, solver.horizon);
    let estimate = |(found, outcome): (&crate::solve::chances::Chance, &Outcome)| {
        if outcome.condition.is_none() { 1.0 - found.value } else { found.value }
    };
    found.iter().zip(&model.outcomes).map(estimate).collect()
}

/// The scenario with every likelihood of these declarations such that all that can follow from any
/// value of it is possible.
fn open(model: &Model, movables: &[Movable], of: &dyn Fn(DeclId) -> bool) -> Model {
    let mut open = model.clone();
    for rule in open.rules.iter_mut().filter(|rule| of(rule.declaration)) {
        let share = 1.0 / (rule.alternatives.len() + 1) as f64;
        for movable in movables {
            let of_rule = movable.uses.iter().filter(|one| one.declaration == rule.declaration);
            for &place in of_rule.flat_map(|one| &one.places) {
                rule.alternatives[place].likelihood = Some(Likelihood::exactly(share));
            }
        }
    }
    open
}
