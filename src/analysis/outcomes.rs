//! Everything that is asked of one reading of a scenario.

use super::answer::{Answers, Failure, Interval, OutcomeAnswer, RungAnswer};
use super::expectations;
use super::failure;
use super::observations::{observation, observed};
use super::options::{Options, Questions};
use super::reactions::reactions;
use super::simulate::simulate;
use super::storylines::storylines;
use super::torn::torn;
use crate::engine::compile::at_least;
use crate::engine::test::Test;
use crate::engine::{Detail, Explored, Freedom, Graph, Kept, Limits, Program, Symmetry, explore};
use crate::model::{DeclId, Model};
use crate::solve::chances::Chance;
use crate::solve::goals::Goal;
use crate::solve::permutations::Frames;
use crate::solve::solver::{Given, Solver};
use crate::solve::visits::incoming::Back;
use crate::solve::work::Work;
use std::cell::LazyCell;

/// Evaluates a model, already changed for `reading`, on the threads of the current pool.
///
/// # Errors
/// Conflicting assignments, or a limit that was reached, as diagnostics.
pub fn evaluate(
    model: &Model,
    reading: Option<usize>,
    options: &Options,
) -> Result<Answers, Failure> {
    if let Some(simulation) = options.simulate {
        let program = Program::new(model, Kept::Written);
        return simulate(model, &program, reading, options, simulation);
    }
    let all = options.questions == Questions::All;
    let found = |options: &Options, happenings: bool| {
        solved(model, options, happenings, |solver| answers(model, reading, options, solver))
    };
    let answers = found(options, all)?;
    // Without what happened, a broken expectation has no storyline to tell.
    if !all && answers.expectations.iter().any(|answer| !answer.holds) {
        let all = Options { questions: Questions::All, ..options.clone() };
        return found(&all, true);
    }
    Ok(answers)
}

/// Explores a model, given what was observed, and asks something of its situations.
///
/// # Errors
/// As with [`evaluate`].
pub fn solved<T>(
    model: &Model,
    options: &Options,
    happenings: bool,
    ask: impl FnOnce(Solver<'_>) -> T,
) -> Result<T, Failure> {
    let program = &Program::new(model, if happenings { Kept::Written } else { Kept::Read });
    // What was seen tells situations apart that are alike for all other questions.
    let folded = options.folded && model.observations.is_empty();
    let detail = Detail { happenings, folded, torn: options.torn };
    let symmetry = folded.then(|| Symmetry::find(model, program, &|_, _| 0)).flatten();
    let before = explored(model, program, symmetry.as_ref(), detail, options)?;
    let seen = observed(model, program, &before, options)?;
    let graph = seen.as_ref().map_or(&before, |seen| &seen.graph);
    let given = seen.as_ref().map(|seen| Given { seen, before: &before });
    let frames = Frames::new(graph, symmetry.as_ref());
    let work = options.work();
    let (horizon, work) = (model.horizon, Some(&work));
    let solver = Solver { program, graph, frames: &frames, horizon, given, work };
    options.unless_stopped(ask(solver))
}

/// All situations of a program.
///
/// # Errors
/// Conflicting assignments, or more situations than allowed, as diagnostics.
pub fn explored(
    model: &Model,
    program: &Program,
    symmetry: Option<&Symmetry>,
    detail: Detail,
    options: &Options,
) -> Result<Graph, Failure> {
    let limits = Limits {
        horizon: model.horizon,
        situations: options.max_situations,
        memory: options.max_memory,
    };
    match explore(program, symmetry, detail, limits, &|count| {
        options.progress.add_situations(count);
        !options.progress.is_stopped()
    }) {
        Explored::Whole(graph) => Ok(graph),
        // A storyline told in a folded graph would need its names put back: look again without.
        Explored::Conflicts(..) if detail != Detail::WHOLE => {
            explored(model, program, None, Detail::WHOLE, options)
        }
        Explored::Conflicts(graph, conflicts) => {
            Err(failure::conflicts(model, program, &graph, &conflicts))
        }
        Explored::Stopped => Err(Failure::Stopped),
        Explored::TooMany(limit) => Err(failure::too_many(model, program, options, limit)),
    }
}

/// The answers to the questions asked of explored situations.
#[must_use]
pub fn answers(
    model: &Model,
    reading: Option<usize>,
    options: &Options,
    solver: Solver<'_>,
) -> Answers {
    let back = LazyCell::new(|| Back::new(solver.graph));
    let empty = Answers {
        reading,
        situations: solver.graph.len(),
        transitions: solver.graph.transitions,
        unused: unused(model, solver),
        observation: observation(solver),
        ..Answers::none()
    };
    let (outcomes, error) = match options.questions {
        Questions::All | Questions::Outcomes => outcomes(model, solver),
        Questions::Expectations => (Vec::new(), 0.0),
    };
    let expectations = || {
        let all = model.expectations.iter();
        all.map(|expectation| expectations::check(model, solver, &back, expectation)).collect()
    };
    let found = match options.questions {
        Questions::Outcomes => Answers { outcomes, error, ..empty },
        Questions::Expectations => Answers { expectations: expectations(), ..empty },
        Questions::All => Answers {
            ladder: ladder(model, solver),
            reactions: reactions(model, solver, &back, &outcomes),
            outcomes,
            error,
            storylines: storylines(model, solver, &back, options.storylines),
            expectations: expectations(),
            ..empty
        },
    };
    let relaxed = solver.program.draws.iter().any(|draw| draw.distribution.relaxed);
    Answers { wider: relaxed || solver.work.is_some_and(Work::is_wider), ..found }
}

/// One goal for each outcome; that of `otherwise` is to reach any of the others, its complement, or a
/// contradiction.
#[must_use]
pub fn goals(model: &Model, solver: Solver<'_>) -> Vec<Goal> {
    let holds = |test: &Test| solver.holding(test);
    let mut any = torn(solver);
    let mut goals: Vec<Goal> = Vec::new();
    for test in &solver.program.outcomes {
        let set = test.as_ref().map(holds).unwrap_or_default();
        any.iter_mut().zip(&set).for_each(|(any, one)| *any |= one);
        goals.push(Goal::Reach(set));
    }
    for (goal, outcome) in goals.iter_mut().zip(&model.outcomes) {
        if outcome.condition.is_none() {
            *goal = Goal::Reach(any.clone());
        }
    }
    goals
}

/// The answer to each outcome, and how far the estimates may be from the true values.
fn outcomes(model: &Model, solver: Solver<'_>) -> (Vec<OutcomeAnswer>, f64) {
    let mut goals = goals(model, solver);
    for (goal, outcome) in goals.iter_mut().zip(&model.outcomes) {
        if let (Goal::Reach(any), None) = (&mut *goal, &outcome.condition) {
            *goal = Goal::Avoid(std::mem::take(any));
        }
    }
    let estimates = solver.estimates(&goals);
    let bounds = [Freedom::Likelihoods, Freedom::Decisions, Freedom::Both]
        .map(|freedom| solver.bounds(&goals, &estimates, freedom));
    let answer = |at: usize| {
        let otherwise = model.outcomes[at].condition.is_none();
        let interval = |(low, high): (f64, f64)| Some(Interval { low, high });
        let Chance { value, by_turn, mean_turn, error: _ } = estimates[at].clone();
        OutcomeAnswer {
            estimate: value,
            likelihoods: interval(bounds[0][at]),
            decisions: interval(bounds[1][at]),
            both: interval(bounds[2][at]),
            mean_turn: if otherwise { None } else { mean_turn },
            by_turn: if otherwise { Vec::new() } else { by_turn },
            confidence: None,
        }
    };
    let error = estimates.iter().map(|found| found.error).fold(0.0, f64::max);
    ((0..goals.len()).map(answer).collect(), error)
}

fn ladder(model: &Model, solver: Solver<'_>) -> Vec<RungAnswer> {
    let rungs = model.ladder.as_ref().map_or(0, |ladder| ladder.rungs.len());
    let Some(level) = solver.program.level else { return Vec::new() };
    let goal = |rung: usize| {
        let rung = i32::try_from(rung).unwrap_or(i32::MAX);
        Goal::Reach(solver.holding(&at_least(model, level, rung)))
    };
    let goals: Vec<Goal> = (0..rungs).map(goal).collect();
    let estimates = solver.estimates(&goals);
    let bounds = solver.bounds(&goals, &estimates, Freedom::Both);
    let answer = |(found, (low, high)): (Chance, (f64, f64))| RungAnswer {
        estimate: found.value,
        bounds: Some(Interval { low, high }),
        by_turn: found.by_turn,
        confidence: None,
    };
    estimates.into_iter().zip(bounds).map(answer).collect()
}

/// Rules and decisions that have their chance in no situation.
fn unused(model: &Model, solver: Solver<'_>) -> Vec<DeclId> {
    // Where one rule has its chance, so has every one whose place it can take.
    let mut chances = solver.graph.chances.clone();
    let mut open: Vec<usize> = (0..chances.len()).filter(|&rule| chances[rule]).collect();
    while let Some(rule) = open.pop() {
        for generator in &solver.frames.generators {
            let image = generator.rules[rule] as usize;
            if !std::mem::replace(&mut chances[image], true) {
                open.push(image);
            }
        }
    }
    let mut used = vec![false; model.declarations.len()];
    for (rule, chance) in model.rules.iter().zip(chances) {
        used[rule.declaration.index()] |= chance;
    }
    (0..used.len()).filter(|&at| !used[at]).map(DeclId::new).collect()
}
