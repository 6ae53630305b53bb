//! Evaluation by simulation: storylines drawn at random, counted.
//!
//! Run `i` draws from stream `i` of one generator, and counts are whole numbers, so that the
//! result is the same on any number of threads.

mod run;
mod tally;

use super::answer::{
    Answers, Failure, Interval, Method, Node, NodeKind, OutcomeAnswer, ReactionGraph, RungAnswer,
    Step, Storyline,
};
use super::failure;
use super::ledger::Ledger;
use super::names;
use super::options::{Options, Simulation};
use super::reactions::assemble;
use crate::engine::Program;
use crate::model::{DeclId, Model, OutcomeId};
use rayon::prelude::*;
use run::Runner;
use tally::{Hits, Tally};

/// Runs that one thread takes at a time.
const BATCH: u64 = 512;

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
    if let Some(run) = simulation.only {
        let setup = run::Setup::new(model, program, horizon);
        let mut runner = Runner::new(&setup, simulation.seed);
        runner.telling = true;
        runner.run(run)?;
        let once = Simulation { runs: 1, ..simulation };
        let mut answers = answers(model, program, reading, options, once, &runner.tally);
        let steps = steps(model, program, &runner.story);
        answers.storylines = vec![Storyline { outcome: None, probability: 1.0, steps }];
        return Ok(answers);
    }
    let batches: Vec<u64> = (0..simulation.runs.div_ceil(BATCH)).collect();
    let setup = run::Setup::new(model, program, horizon);
    let tallies: Vec<Result<Tally, Failure>> = batches
        .par_iter()
        .map(|batch| {
            let mut runner = Runner::new(&setup, simulation.seed);
            let runs = batch * BATCH..((batch + 1) * BATCH).min(simulation.runs);
            runs.into_iter().try_for_each(|run| runner.run(run))?;
            options.progress.add_runs(BATCH);
            Ok(runner.tally)
        })
        .collect();
    let mut all = Tally::new(program, model);
    for tally in tallies {
        all.add(tally?);
    }
    Ok(answers(model, program, reading, options, simulation, &all))
}

fn answers(
    model: &Model,
    program: &Program,
    reading: Option<usize>,
    options: &Options,
    simulation: Simulation,
    tally: &Tally,
) -> Answers {
    let runs = simulation.runs;
    let share = |hits: &Hits| hits.runs as f64 / runs.max(1) as f64;
    let otherwise = |at: usize| program.outcomes[at].is_none();
    let outcome = |(at, hits): (usize, &Hits)| OutcomeAnswer {
        estimate: share(hits),
        likelihoods: None,
        decisions: None,
        both: None,
        mean_turn: if otherwise(at) { None } else { hits.mean_turn() },
        by_turn: if otherwise(at) { Vec::new() } else { hits.by_turn(model.horizon, runs) },
        confidence: Some(interval(hits.runs, runs)),
    };
    let rung = |hits: &Hits| RungAnswer {
        estimate: share(hits),
        bounds: None,
        by_turn: hits.by_turn(model.horizon, runs),
        confidence: Some(interval(hits.runs, runs)),
    };
    let mut used = vec![false; model.declarations.len()];
    for (rule, chance) in model.rules.iter().zip(&tally.chances) {
        used[rule.declaration.index()] |= chance;
    }
    Answers {
        reading,
        method: Method::Simulated { runs, seed: simulation.seed },
        situations: 0,
        transitions: 0,
        error: 0.0,
        outcomes: tally.outcomes.iter().enumerate().map(outcome).collect(),
        ladder: tally.rungs.iter().map(rung).collect(),
        reactions: reactions(model, program, runs, tally),
        storylines: storylines(model, program, options.storylines, tally),
        expectations: Vec::new(),
        unused: (0..used.len()).filter(|&at| !used[at]).map(DeclId::new).collect(),
    }
}

fn reactions(model: &Model, program: &Program, runs: u64, tally: &Tally) -> ReactionGraph {
    let per_run = |count: u64| count as f64 / runs.max(1) as f64;
    let node = |kind: NodeKind, hits: &Hits| Node {
        id: names::id(model, kind),
        kind,
        probability: per_run(hits.runs),
        bounds: None,
        expected: per_run(hits.times),
        earliest_turn: hits.earliest,
        mean_turn: hits.mean_turn(),
        confidence: Some(interval(hits.runs, runs)),
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
    let links = tally.links.iter().map(|(link, count)| (*link, per_run(*count))).collect();
    assemble(model, nodes, &Ledger { links, ..Ledger::default() })
}

/// The storylines met most often, of those that are remembered.
fn storylines(model: &Model, program: &Program, count: usize, tally: &Tally) -> Vec<Storyline> {
    let mut told = Vec::new();
    for at in 0..model.outcomes.len() {
        let mut met: Vec<_> = tally.stories.iter().filter(|(key, _)| key.0 == at as u32).collect();
        met.sort_by(|one, other| other.1.cmp(one.1).then(one.0.cmp(other.0)));
        for ((_, story), times) in met.into_iter().take(count) {
            told.push(Storyline {
                outcome: Some(OutcomeId::new(at)),
                probability: *times as f64 / tally.told.max(1) as f64,
                steps: steps(model, program, story),
            });
        }
    }
    told
}

/// What happened in which turn, by name.
fn steps(model: &Model, program: &Program, story: &[(u32, Vec<u32>)]) -> Vec<Step> {
    let step = |(turn, nodes): &(u32, Vec<u32>)| {
        let name = |&node: &u32| names::id(model, names::kind(model, program, node));
        let mut nodes: Vec<String> = nodes.iter().map(name).collect();
        nodes.sort();
        Step { turn: *turn, nodes }
    };
    story.iter().map(step).collect()
}

/// The exact interval of Clopper and Pearson (1934) with a confidence of 95%.
fn interval(hits: u64, runs: u64) -> Interval {
    let (hits_f, runs_f) = (hits as f64, runs as f64);
    let quantile = |a: f64, b: f64, p: f64| statrs::function::beta::inv_beta_reg(a, b, p);
    Interval {
        low: if hits == 0 { 0.0 } else { quantile(hits_f, runs_f - hits_f + 1.0, 0.025) },
        high: if hits >= runs { 1.0 } else { quantile(hits_f + 1.0, runs_f - hits_f, 0.975) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_that_of_the_tables() {
        let found = interval(10, 100);
        assert!((found.low - 0.049_005).abs() < 1e-5, "{found:?}");
        assert!((found.high - 0.176_223).abs() < 1e-5, "{found:?}");
        assert!(interval(0, 50).low == 0.0 && interval(50, 50).high == 1.0);
    }
}
