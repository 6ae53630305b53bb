//! Expectations: section 8 of the reference, over every storyline.

use super::chance::Freedom;
use super::fraction::double;
use super::graph::Graph;
use super::situation::{Situation, compare};
use super::values::{Question, bounds, estimated};
use escalade::model::{Cond, ExpectationKind, Measure, Model, OutcomeId, Path};
use escalade::syntax::tree::CompareOp;
use std::collections::BTreeSet;

/// Whether an expectation holds, and the value that was compared.
pub fn check(graph: &Graph<'_>, kind: &ExpectationKind) -> (bool, Option<f64>) {
    match kind {
        ExpectationKind::Probability { measure, path, op, value } => {
            let question = question(graph.model, path);
            let actual = match measure {
                Measure::Estimate => double(&estimated(graph, &question)),
                Measure::Min => bounds(graph, &question, Freedom::Both).0,
                Measure::Max => bounds(graph, &question, Freedom::Both).1,
            };
            (compares(actual, *op, *value), Some(actual))
        }
        ExpectationKind::Never(cond) => (!situations(graph).any(|it| it.holds(cond)), None),
        ExpectationKind::Always(cond) => (situations(graph).all(|it| it.holds(cond)), None),
        ExpectationKind::Possible(cond) => (situations(graph).any(|it| it.holds(cond)), None),
        ExpectationKind::Certain(cond) => (
            all_storylines(graph, false, |seen, it| Some(*seen || it.holds(cond)), |seen| *seen),
            None,
        ),
        ExpectationKind::Before(first, second) => {
            let follow = |passed: &bool, situation: &Situation| {
                let passed = *passed || situation.holds(first);
                (passed || !situation.holds(second)).then_some(passed)
            };
            (all_storylines(graph, false, follow, |_| true), None)
        }
        ExpectationKind::LeadsTo(cause, effect, limit) => {
            (leads_to(graph, cause, effect, limit.unwrap_or(u32::MAX)), None)
        }
    }
}

/// What a path asks of a storyline.
pub fn question<'m>(model: &'m Model, path: &'m Path) -> Question<'m> {
    match path {
        Path::Outcome(outcome) => outcome_question(model, *outcome),
        Path::Ever(cond, None) => Question::reach(|situation| situation.holds(cond)),
        Path::Ever(cond, Some(limit)) => {
            Question::reach(|situation| situation.turn <= *limit && situation.holds(cond))
        }
        Path::Until(before, cond) => Question {
            settled: Box::new(|situation| {
                if situation.holds(cond) {
                    Some(true)
                } else if situation.holds(before) {
                    None
                } else {
                    Some(false)
                }
            }),
            node: None,
            at_end: false,
            at_cut: None,
        },
        Path::Always(cond) => Question::avoid(|situation| !situation.holds(cond)),
    }
}

/// Whether the outcome is reached; `otherwise`: none of the others is.
pub fn outcome_question(model: &Model, outcome: OutcomeId) -> Question<'_> {
    match &model.outcomes[outcome.index()].condition {
        Some(cond) => Question::reach(|situation| situation.holds(cond)),
        None => Question::avoid(|situation| {
            let conditions = model.outcomes.iter().filter_map(|it| it.condition.as_ref());
            conditions.into_iter().any(|cond| situation.holds(cond))
        }),
    }
}

/// Numbers closer than this are equal.
const TOLERANCE: f64 = 1e-9;

fn compares(actual: f64, op: CompareOp, value: f64) -> bool {
    let order = if (actual - value).abs() <= TOLERANCE {
        std::cmp::Ordering::Equal
    } else {
        actual.total_cmp(&value)
    };
    compare(order, op)
}

fn situations<'g>(graph: &'g Graph<'_>) -> impl Iterator<Item = &'g Situation> {
    let turns = graph.turns.iter().enumerate();
    turns.flat_map(move |(turn, points)| {
        let left = (0..points.len()).filter(move |&place| graph.is_left(turn, place));
        left.map(|place| &points[place].situation)
    })
}

/// Every time that the cause holds, the effect holds there or at most `limit` turns later.
/// What is remembered is the last turn in which an effect is still in time, for the oldest cause.
fn leads_to(graph: &Graph<'_>, cause: &Cond, effect: &Cond, limit: u32) -> bool {
    let follow = |open: &Option<u32>, situation: &Situation| {
        if situation.holds(effect) {
            return Some(None);
        }
        let own = situation.holds(cause).then(|| situation.turn.saturating_add(limit));
        let open = open.or(own);
        open.is_none_or(|last| situation.turn < last).then_some(open)
    };
    all_storylines(graph, None, follow, Option::is_none)
}

/// Whether all possible storylines pass: `follow` takes what is remembered on to a situation, and
/// gives nothing where the storyline fails; `end` judges what is remembered in the last one.
fn all_storylines<M: Clone + Ord>(
    graph: &Graph<'_>,
    begin: M,
    follow: impl Fn(&M, &Situation) -> Option<M>,
    end: impl Fn(&M) -> bool,
) -> bool {
    let mut now = BTreeSet::from([(0, begin)]);
    for (turn, points) in graph.turns.iter().enumerate() {
        let mut later = BTreeSet::new();
        for (place, memory) in now {
            let point = &points[place];
            let Some(memory) = follow(&memory, &point.situation) else { return false };
            if point.steps.is_empty() && !end(&memory) {
                return false;
            }
            let left = point.steps.iter().filter(|step| graph.is_left(turn + 1, step.next));
            later.extend(left.map(|step| (step.next, memory.clone())));
        }
        now = later;
    }
    true
}
