//! What has been seen, and how likely it was.

use super::answer::{Failure, Interval, ObservationAnswer};
use super::failure;
use super::options::Options;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::running::{IMPOSSIBLE, OBSERVED_TOO_LATE};
use crate::engine::expansion::Expansion;
use crate::engine::finish::finish;
use crate::engine::{Conditioned, Freedom, Graph, Limit, Program, Scaled, Seen, Unseen};
use crate::model::Model;
use crate::solve::aim::Aim;
use crate::solve::solver::{Given, Solver};
use crate::solve::values::given_observations;
use rustc_hash::FxHashMap;

/// The situations given what has been seen; `None` where nothing has been.
///
/// # Errors
/// It cannot have been seen, or takes too many situations, as diagnostics.
pub fn observed(
    model: &Model,
    program: &Program,
    graph: &Graph,
    options: &Options,
) -> Result<Option<Conditioned>, Failure> {
    if model.observations.is_empty() {
        return Ok(None);
    }
    let seen = seen(model, program)?;
    // As many as there is room for: another of each situation takes as much again.
    let room = options.max_memory / (graph.bytes() / graph.len().max(1)).max(1);
    let most = options.max_situations.min(room);
    match Conditioned::new(program, graph, &seen, model.horizon, most) {
        Ok(found) => Ok(Some(found)),
        Err(Unseen::Impossible(at)) => Err(impossible(model, at)),
        Err(Unseen::Unlikely(at)) => Err(unlikely(model, at)),
        Err(Unseen::TooMany) => {
            let full =
                if room < options.max_situations { Limit::Memory(room) } else { Limit::Situations };
            Err(failure::too_many(model, program, options, full))
        }
    }
}

/// What has been seen, as tests of situations, by turn.
///
/// # Errors
/// The run ends before.
pub fn seen(model: &Model, program: &Program) -> Result<Vec<Seen>, Failure> {
    let late = |turn: u32| model.horizon.is_some_and(|horizon| turn > horizon);
    if let Some(at) = model.observations.iter().position(|seen| late(seen.turn)) {
        return Err(too_late(model, at));
    }
    let seen = model.observations.iter();
    let test = |cond| program.places.test(cond);
    Ok(seen.map(|seen| Seen { turn: seen.turn, test: test(&seen.condition) }).collect())
}

/// How likely it was that it comes to what has been seen.
#[must_use]
pub fn observation(solver: Solver<'_>) -> Option<ObservationAnswer> {
    let given = solver.given?;
    let bound = |greatest| {
        let aim = Aim { freedom: Freedom::Both, greatest };
        given_observations::probability(solver, given, aim).double().min(1.0)
    };
    Some(ObservationAnswer {
        probability: given.seen.probability.double().min(1.0),
        log_probability: given.seen.probability.ln().min(0.0),
        bounds: Some(Interval { low: bound(false), high: bound(true) }),
        fitting: None,
    })
}

fn too_late(model: &Model, at: usize) -> Failure {
    let seen = &model.observations[at];
    let horizon = model.horizon.unwrap_or_default();
    let message =
        format!("turn {} cannot be observed: the run ends with turn {horizon}", seen.turn);
    let help = "observe an earlier turn, or look further ahead: `horizon`, or `--horizon N`";
    Failure::Scenario(vec![Diagnostic::new(OBSERVED_TOO_LATE, seen.span, message).help(help)])
}

/// What was seen cannot be; `at` is the first that cannot, given those before.
fn impossible(model: &Model, at: usize) -> Failure {
    let message = match at {
        0 => format!("it cannot come to this: {}", in_turn(model, at)),
        _ => {
            format!("after what else was observed, it cannot come to this: {}", in_turn(model, at))
        }
    };
    let help = "no storyline leads there, whatever is drawn and decided; look what the turn can bring with `graph --view situations`, or whether a rule is missing";
    told(model, at, message, help)
}

/// What was seen has no chance by the estimates, but under other choices.
fn unlikely(model: &Model, at: usize) -> Failure {
    let message = format!(
        "by the estimates and the baseline policy this has no chance at all: {}",
        in_turn(model, at)
    );
    let help = "other likelihoods or decisions would allow it; raise the likelihood whose estimate is 0%, or give the option taken a likelihood above it";
    told(model, at, message, help)
}

fn in_turn(model: &Model, at: usize) -> String {
    format!("`{}`", model.observations[at].text)
}

fn told(model: &Model, at: usize, message: String, help: &str) -> Failure {
    let mut diagnostic = Diagnostic::new(IMPOSSIBLE, model.observations[at].span, message);
    let file = diagnostic.primary.span.file;
    for before in model.observations[..at].iter().filter(|before| before.span.file == file) {
        diagnostic = diagnostic.also(before.span, "observed before");
    }
    Failure::Scenario(vec![diagnostic.help(help)])
}

impl Given<'_> {
    /// For each end of what can come next from a situation before the last turn seen: how much more
    /// likely what is seen later makes it.
    #[must_use]
    pub fn weights(&self, solver: Solver<'_>, s: usize, out: &Expansion) -> Option<Vec<f64>> {
        let rest = *self.seen.rest.get(s)?;
        let program = solver.program;
        let ahead = self.ahead(solver, s);
        let reach: Vec<Vec<f64>> = out
            .groups
            .iter()
            .map(|group| {
                let (mut reach, mut spare) = (vec![1.0], Vec::new());
                out.push_down(program, group, 0..group.draws.len(), &mut reach, &mut spare);
                reach
            })
            .collect();
        let mut weights = vec![0.0; out.ends()];
        let (mut words, mut values) = (out.base.clone(), vec![0; program.layout.slots()]);
        let mut ends = vec![0; out.groups.len()];
        for _ in 0..out.combinations() {
            words.copy_from_slice(&out.base);
            for (group, end) in out.groups.iter().zip(&ends) {
                let delta = out.delta(group.ends.start + end);
                words.iter_mut().zip(delta).for_each(|(word, delta)| *word ^= delta);
            }
            program.layout.unpack(&words, &mut values);
            let ending = finish(program, &mut values);
            program.layout.pack(&values, &mut words);
            let ahead = ahead.get(&(&words[..], ending)).copied().unwrap_or(Scaled::ZERO);
            let mut others = ahead.over(rest).min(f64::MAX);
            let mut after = vec![1.0; ends.len() + 1];
            for at in (0..ends.len()).rev() {
                after[at] = after[at + 1] * reach[at][ends[at]];
            }
            for (at, group) in out.groups.iter().enumerate() {
                weights[group.ends.start + ends[at]] += others * after[at + 1];
                others *= reach[at][ends[at]];
            }
            for at in (0..ends.len()).rev() {
                ends[at] += 1;
                if ends[at] < reach[at].len() {
                    break;
                }
                ends[at] = 0;
            }
        }
        Some(weights)
    }

    /// For each situation that can come next: how likely the rest of what was seen is from there.
    fn ahead<'s>(&'s self, solver: Solver<'s>, s: usize) -> FxHashMap<(&'s [u64], u32), Scaled> {
        let graph = solver.graph;
        let rest = |to: usize| self.seen.rest.get(to).copied().unwrap_or(Scaled::ONE);
        let targets = graph.targets[graph.leaves(s)].iter().map(|&to| to as usize);
        targets.map(|to| ((graph.situation(to), graph.endings[to]), rest(to))).collect()
    }
}
