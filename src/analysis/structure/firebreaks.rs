//! Firebreaks: the smallest sets of rules whose prevention keeps an outcome below a value.
//!
//! Every set is evaluated exactly, with its rules left out, in situations explored once for all sets
//! where that is not far more than those of the scenario: all single rules, then all pairs; larger
//! sets grow from the pairs that leave least, beside the minimum cuts, without which the outcome
//! cannot happen at all.

use super::answer::{Firebreak, Firebreaks};
use super::every_subset::Whole;
use crate::analysis::answer::Failure;
use crate::analysis::options::Options;
use crate::analysis::outcomes::explored;
use crate::analysis::torn::Torn;
use crate::analysis::unfolded::Ground;
use crate::analysis::why::{Subject, needs, without};
use crate::engine::{Detail, Kept, Program};
use crate::model::{DeclId, Model, OutcomeId};
use crate::solve::aim::Aim;
use crate::solve::goals::Goal;
use crate::solve::permutations::Frames;
use crate::solve::solver::Solver;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Sets told for each outcome at most.
const TOLD: usize = 5;
/// Sets evaluated at most, beside all single rules.
const SETS: usize = 1500;
/// Situations explored at most, all sets together: pairs are left out where they would pass it.
const SITUATIONS: usize = 3_000_000;
/// Situations explored once for all sets at most, for each of the scenario.
const WIDER: usize = 8;
/// From so many sets of one size those of the next grow.
const GROW: usize = 6;
/// The largest sets.
const LARGEST: usize = 4;
/// Noise of the computation.
const NOISE: f64 = 1e-9;

/// The firebreaks of each of these outcomes, whose probabilities are not below the value.
#[must_use]
pub fn firebreaks(
    model: &Model,
    ground: &Ground,
    outcomes: &[(OutcomeId, f64)],
    below: f64,
    options: &Options,
) -> Vec<Firebreaks> {
    if outcomes.is_empty() {
        return Vec::new();
    }
    let chances = model.rules.iter().zip(&ground.graph().chances);
    let used: BTreeSet<DeclId> =
        chances.filter(|(_, chance)| **chance).map(|(rule, _)| rule.declaration).collect();
    let ids: Vec<OutcomeId> = outcomes.iter().map(|outcome| outcome.0).collect();
    let mut search = Search {
        model,
        program: Program::new(model, Kept::Read),
        options,
        whole: Whole::explore(model, &ids, ground.graph().len() * WIDER, options),
        outcomes: ids,
        known: BTreeMap::new(),
    };
    let all: Vec<DeclId> = used.into_iter().collect();
    let singles: Vec<Vec<DeclId>> = all.iter().map(|&id| vec![id]).collect();
    search.evaluate(singles);
    let pairs = all.len() * all.len().saturating_sub(1) / 2;
    let pairs_fit = pairs <= SETS && pairs * ground.graph().len() <= SITUATIONS;
    let one = |(at, &(outcome, probability)): (usize, &(OutcomeId, f64))| {
        search.outcome(at, outcome, probability, below, &all, pairs_fit, ground)
    };
    outcomes.iter().enumerate().map(one).collect()
}

struct Search<'a> {
    model: &'a Model,
    program: Program,
    options: &'a Options,
    outcomes: Vec<OutcomeId>,
    whole: Option<Whole>,
    /// For each set: what remains of each outcome, and, last, how often assignments contradict each other;
    /// `None` where it cannot be evaluated.
    known: BTreeMap<Vec<DeclId>, Option<Vec<f64>>>,
}

impl Search<'_> {
    /// Evaluates those of these sets that are not known yet.
    fn evaluate(&mut self, sets: Vec<Vec<DeclId>>) {
        let open: BTreeSet<Vec<DeclId>> =
            sets.into_iter().filter(|set| !self.known.contains_key(set)).collect();
        let found: Vec<(Vec<DeclId>, Option<Vec<f64>>)> = open
            .into_par_iter()
            .map(|set| {
                let remaining = self.remaining(&set).ok();
                (set, remaining)
            })
            .collect();
        self.known.extend(found);
    }

    /// What remains of each outcome with these rules left out, and, last, how often assignments then
    /// contradict each other.
    fn remaining(&self, left_out: &[DeclId]) -> Result<Vec<f64>, Failure> {
        match &self.whole {
            Some(whole) => Ok(whole.without(left_out)),
            None => self.alone(left_out).map(|found| found.0),
        }
    }

    /// The same, explored for these alone, with what contradicts what.
    fn alone(&self, left_out: &[DeclId]) -> Result<(Vec<f64>, Option<Torn>), Failure> {
        let program = without(&self.program, left_out);
        let detail = Detail { torn: true, ..Detail::BARE };
        let graph = explored(self.model, &program, None, detail, self.options)?;
        let frames = Frames::default();
        let horizon = self.model.horizon;
        let (program, graph, frames) = (&program, &graph, &frames);
        let solver = Solver { program, graph, frames, horizon, given: None, work: None };
        let goal = |id: &OutcomeId| {
            let test = program.outcomes[id.index()].as_ref();
            Goal::Reach(match test {
                Some(test) => solver.holding(test),
                None => vec![false; graph.len()],
            })
        };
        let goals: Vec<Goal> = self.outcomes.iter().map(goal).collect();
        let found = solver.within(&goals, Aim::ESTIMATE, horizon);
        let mut found: Vec<f64> = found.into_iter().map(|found| found.value).collect();
        let torn = Torn::of(self.model, solver);
        found.push(torn.as_ref().map_or(0.0, |torn| torn.probability));
        Ok((found, torn))
    }

    /// What contradicts what with these rules left out; looked for where it does by the estimates.
    fn torn(&self, set: &[DeclId]) -> Option<Torn> {
        let often = *self.known.get(set)?.as_ref()?.last()?;
        if often > 0.0 { self.alone(set).ok()?.1 } else { None }
    }

    fn left(&self, set: &[DeclId], at: usize) -> Option<f64> {
        self.known.get(set)?.as_ref().map(|remaining| remaining[at])
    }

    /// The sets of a size that do, those that leave least first.
    fn doing(&self, size: usize, at: usize, below: f64) -> Vec<Firebreak> {
        let sets = self.known.keys().filter(|set| set.len() == size);
        let mut found: Vec<Firebreak> = sets
            .filter_map(|set| {
                let remaining = self.left(set, at).filter(|left| left + NOISE < below)?;
                Some(Firebreak { rules: set.clone(), remaining, torn: None })
            })
            .collect();
        found.sort_by(|one, other| {
            let noise = (one.remaining - other.remaining).abs() < NOISE;
            let by_left = one.remaining.total_cmp(&other.remaining);
            if noise { one.rules.cmp(&other.rules) } else { by_left }
        });
        found
    }

    /// The sets of a size that leave least of an outcome.
    fn best(&self, size: usize, at: usize) -> Vec<Vec<DeclId>> {
        self.doing(size, at, f64::INFINITY).into_iter().take(GROW).map(|one| one.rules).collect()
    }

    #[expect(clippy::too_many_arguments, reason = "one question, asked once")]
    fn outcome(
        &mut self,
        at: usize,
        outcome: OutcomeId,
        probability: f64,
        below: f64,
        all: &[DeclId],
        pairs_fit: bool,
        ground: &Ground,
    ) -> Firebreaks {
        let mut searched = 1;
        for size in 1..=LARGEST {
            if size > 1 {
                let whole = size == 2 && pairs_fit;
                let from = if whole {
                    all.iter().map(|&id| vec![id]).collect()
                } else {
                    self.best(size - 1, at)
                };
                self.evaluate(grown(&from, all));
                searched = if whole { 2 } else { searched };
            }
            if size == 3 {
                let needs = needs(self.model, ground, Subject::Outcome(outcome), self.options);
                self.evaluate(needs.sets);
            }
            let mut sets = self.doing(size, at, below);
            if !sets.is_empty() {
                let count = sets.len();
                sets.truncate(TOLD);
                sets.iter_mut().for_each(|set| set.torn = self.torn(&set.rules));
                return Firebreaks { outcome, probability, sets, count, searched };
            }
        }
        Firebreaks { outcome, probability, sets: Vec::new(), count: 0, searched }
    }
}

/// Each of these sets with one more.
fn grown(sets: &[Vec<DeclId>], all: &[DeclId]) -> Vec<Vec<DeclId>> {
    let with = |set: &Vec<DeclId>, id: DeclId| {
        let mut set = set.clone();
        set.push(id);
        set.sort_unstable();
        set
    };
    let mut found: Vec<Vec<DeclId>> = sets
        .iter()
        .flat_map(|set| all.iter().filter(|id| !set.contains(id)).map(|&id| with(set, id)))
        .collect();
    found.sort();
    found.dedup();
    found
}
