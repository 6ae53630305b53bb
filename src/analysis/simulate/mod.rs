//! Evaluation by simulation: storylines drawn at random, counted.
//!
//! Every number is that of the seed, the run, the turn and the rule, and counts are whole numbers, so
//! that the result is the same on any number of threads.

mod drawn;
mod known;
mod listed;
mod random;
mod raws;
mod run;
mod setup;
mod tally;
mod trace;

pub(super) use random::{Odds, Random};

use super::answer::{
    Answers, Failure, Interval, Method, Node, NodeKind, ObservationAnswer, OutcomeAnswer,
    ReactionGraph, RungAnswer, Step, Storyline,
};
use super::failure;
use super::names;
use super::observations::seen;
use super::options::{Options, Simulation};
use super::reactions::assemble;
use super::reactions::ledger::Ledger;
use crate::engine::Program;
use crate::model::{DeclId, Model, OutcomeId};
use rayon::prelude::*;
use run::{Runner, told};
use setup::Setup;
use std::sync::atomic::{AtomicU64, Ordering};
use tally::{Hits, Tally};

/// Runs that one thread takes at a time.
const BATCH: u64 = 512;
/// What one thread may remember, in bytes: more would not stay near the processor.
const ROOM: usize = 1 << 27;

/// Draws storylines and counts what happens in them. Bounds are not known, and expectations are
/// not checked: a sample proves neither.
///
/// # Errors
/// A scenario without a horizon, or conflicting assignments met on the way.
pub fn simulate(
    model: &Model,
    program: &Program,
    reading: Option<usize>,
    options: &Options,
    simulation: Simulation,
) -> Result<Answers, Failure> {
    let Some(horizon) = model.horizon else { return Err(failure::endless(model)) };
    let setup = Setup::new(model, program, horizon, seen(model, program)?);
    if let Some(run) = simulation.only {
        let runner = alone(&setup, simulation.seed, run)?;
        if runner.tally.runs == 0 {
            return Err(failure::none_fits(model, &format!("run {run} does not fit")));
        }
        let mut answers = answers(&setup, reading, options, simulation.seed, &runner.tally);
        let steps = steps(model, program, &runner.story);
        answers.storylines = vec![Storyline { outcome: None, probability: 1.0, steps }];
        return Ok(answers);
    }
    let names = model.outcomes.iter().map(|outcome| outcome.name.clone()).collect();
    options.progress.begin_runs(simulation.runs, names);
    let workers = rayon::current_num_threads();
    let room = (options.max_memory / workers).min(ROOM);
    let next = AtomicU64::new(0);
    let failed = AtomicU64::new(u64::MAX);
    let work = |_| {
        let mut runner = Runner::new(&setup, simulation.seed, room);
        let mut reported = Vec::new();
        while !options.progress.is_stopped() {
            let begin = next.fetch_add(BATCH, Ordering::Relaxed);
            if begin >= simulation.runs || begin > failed.load(Ordering::Relaxed) {
                break;
            }
            for run in begin..(begin + BATCH).min(simulation.runs) {
                if runner.run(run).is_err() {
                    failed.fetch_min(run, Ordering::Relaxed);
                    return runner.tally;
                }
            }
            options.progress.add_runs(runner.tally.news(&mut reported));
        }
        runner.tally
    };
    let tallies: Vec<Tally> = (0..workers).into_par_iter().with_max_len(1).map(work).collect();
    let failed = failed.into_inner();
    if failed < u64::MAX {
        alone(&setup, simulation.seed, failed)?;
    }
    let mut all = Tally::new(&setup);
    tallies.into_iter().for_each(|tally| all.add(&setup, tally));
    if all.runs == 0 && all.drawn > 0 {
        let none = format!("none of {} storylines drawn fits", all.drawn);
        return Err(failure::none_fits(model, &none));
    }
    Ok(answers(&setup, reading, options, simulation.seed, &all))
}

/// One run, with its story.
fn alone<'s>(setup: &'s Setup<'_>, seed: u64, run: u64) -> Result<Runner<'s>, Failure> {
    let mut runner = Runner::new(setup, seed, 0);
    runner.telling = true;
    runner.run(run)?;
    Ok(runner)
}

fn answers(
    setup: &Setup<'_>,
    reading: Option<usize>,
    options: &Options,
    seed: u64,
    tally: &Tally,
) -> Answers {
    let Setup { model, program, .. } = *setup;
    let runs = tally.runs;
    let share = |hits: &Hits| hits.runs as f64 / runs.max(1) as f64;
    let otherwise = |at: usize| program.outcomes[at].is_none();
    let outcome = |(at, hits): (usize, &Hits)| OutcomeAnswer {
        estimate: share(hits),
        likelihoods: None,
        decisions: None,
        both: None,
        mean_turn: if otherwise(at) { None } else { hits.mean_turn() },
        by_turn: if otherwise(at) { Vec::new() } else { hits.by_turn(runs) },
        confidence: Some(Interval::of_runs(hits.runs, runs)),
    };
    let rung = |hits: &Hits| RungAnswer {
        estimate: share(hits),
        bounds: None,
        by_turn: hits.by_turn(runs),
        confidence: Some(Interval::of_runs(hits.runs, runs)),
    };
    let mut used = vec![false; model.declarations.len()];
    for (rule, chance) in model.rules.iter().zip(&tally.chances) {
        used[rule.declaration.index()] |= chance;
    }
    Answers {
        wider: false,
        reading,
        method: Method::Simulated { runs: tally.drawn, seed },
        situations: 0,
        transitions: 0,
        error: 0.0,
        outcomes: tally.outcomes.iter().enumerate().map(outcome).collect(),
        ladder: tally.rungs.iter().map(rung).collect(),
        reactions: reactions(setup, tally),
        storylines: storylines(model, program, options.storylines, tally),
        expectations: Vec::new(),
        observation: (!setup.seen.is_empty()).then(|| ObservationAnswer {
            probability: runs as f64 / tally.drawn.max(1) as f64,
            log_probability: (runs as f64 / tally.drawn.max(1) as f64).ln(),
            bounds: None,
            fitting: Some(runs),
        }),
        unused: (0..used.len()).filter(|&at| !used[at]).map(DeclId::new).collect(),
    }
}

fn reactions(setup: &Setup<'_>, tally: &Tally) -> ReactionGraph {
    let Setup { model, program, .. } = *setup;
    let runs = tally.runs;
    let per_run = |count: u64| count as f64 / runs.max(1) as f64;
    let node = |kind: NodeKind, hits: &Hits| Node {
        id: names::id(model, kind),
        kind,
        probability: per_run(hits.runs),
        bounds: None,
        expected: per_run(hits.times),
        earliest_turn: hits.earliest,
        mean_turn: hits.mean_turn(),
        confidence: Some(Interval::of_runs(hits.runs, runs)),
    };
    let mut nodes = Vec::new();
    for (number, hits) in (0_u32..).zip(&tally.nodes).filter(|(_, hits)| hits.runs > 0) {
        nodes.push((number, node(names::kind(model, program, number), hits)));
    }
    for (at, hits) in tally.outcomes.iter().enumerate().filter(|(_, hits)| hits.runs > 0) {
        let mut node = node(NodeKind::Outcome(OutcomeId::new(at)), hits);
        if program.outcomes[at].is_none() {
            node.mean_turn = None;
        }
        nodes.push((program.nodes + at as u32, node));
    }
    let links = tally.links(setup).map(|(link, count)| (link, per_run(count))).collect();
    assemble(model, nodes, &Ledger { links, ..Ledger::default() })
}

/// The storylines met most often, of those that are remembered.
fn storylines(model: &Model, program: &Program, count: usize, tally: &Tally) -> Vec<Storyline> {
    let mut all = Vec::new();
    for (at, stories) in tally.stories.iter().enumerate() {
        let mut met: Vec<_> = stories.iter().collect();
        met.sort_by(|one, other| other.1.cmp(one.1).then(one.0.cmp(other.0)));
        for (story, times) in met.into_iter().take(count) {
            all.push(Storyline {
                outcome: Some(OutcomeId::new(at)),
                probability: *times as f64 / tally.told.max(1) as f64,
                steps: steps(model, program, story),
            });
        }
    }
    all
}

/// What happened in which turn, by name.
fn steps(model: &Model, program: &Program, story: &[u32]) -> Vec<Step> {
    let step = |(turn, nodes): (u32, Vec<u32>)| {
        let name = |&node: &u32| names::id(model, names::kind(model, program, node));
        let mut nodes: Vec<String> = nodes.iter().map(name).collect();
        nodes.sort();
        Step { turn, nodes }
    };
    told(story).into_iter().map(step).collect()
}
