//! The smallest change of one likelihood at which the most probable outcome changes, or an
//! expectation its truth.
//!
//! From the present value outwards, step by step, until something has flipped; then the edge is
//! closed in by the rule of false position (in its Illinois form, Dowell and Jarratt 1971), and by
//! halving where that is slow. What flips and flips back within one step is not seen.

use super::answer::{Flip, FlipOf};
use super::lever::Movable;
use super::open_likelihoods::Scene;
use crate::analysis::expectations::Meant;
use crate::model::{ExpectationKind, Measure, OutcomeId, Path};
use crate::solve::solver::Solver;
use crate::syntax::tree::CompareOp;
use rayon::prelude::*;

/// The width of a step.
const STEP: f64 = 0.1;
/// How near the edge is found.
const NEAR: f64 = 1e-9;
/// Evaluations for one edge at most.
const ROUNDS: usize = 80;
/// What is nearer to its edge than this stands on it.
const ON_THE_EDGE: f64 = 1e-9;

/// What was found about flips.
#[derive(Debug, Default)]
pub struct Found {
    /// The flips; the smallest change of each likelihood and for each thing that flips.
    pub flips: Vec<Flip>,
    /// What stands on its edge.
    pub edges: Vec<FlipOf>,
}

/// Something that may flip.
enum Thing {
    /// Which outcome is the most probable, of several; now it is this one.
    Leading(usize),
    /// Whether an expectation holds.
    Expectation(Compared),
}

/// An expectation that compares a probability.
struct Compared {
    index: usize,
    what: Value,
    op: CompareOp,
    value: f64,
}

/// The probability that an expectation compares.
enum Value {
    /// The estimate of an outcome, which is known anyway.
    Estimate(usize),
    /// Another one.
    Other(Meant, Measure),
}

/// A value of a likelihood, and how far each thing is from flipping there; below 0 where it has
/// flipped. 0 where it is not looked at.
#[derive(Clone)]
struct Point {
    value: f64,
    margins: Vec<f64>,
}

struct Search<'a> {
    scene: &'a Scene<'a>,
    things: Vec<Thing>,
}

/// Looks for flips; `Flip::likelihood` is an index of the scene's likelihoods.
#[must_use]
pub fn flips(scene: &Scene<'_>) -> Found {
    let present = scene.estimates();
    let search = Search::new(scene, &present);
    let margin = |thing| search.margin(thing, scene.solver(), &present);
    let margins: Vec<f64> = (0..search.things.len()).map(margin).collect();
    let (open, closed): (Vec<usize>, Vec<usize>) =
        (0..margins.len()).partition(|&thing| margins[thing].abs() > ON_THE_EDGE);
    let edges = closed.into_iter().map(|thing| search.what(thing, &present, margins[thing]));
    let edges = edges.collect();
    let one = |at: usize| {
        let around = if scene.narrow { None } else { scene.around(&scene.movables[at]) };
        match &around {
            Some(around) => Search::new(around, &present).of_likelihood(at, &open),
            None => search.of_likelihood(at, &open),
        }
    };
    let all: Vec<Vec<Flip>> = if open.is_empty() {
        Vec::new()
    } else if scene.is_large() {
        (0..scene.movables.len()).map(one).collect()
    } else {
        (0..scene.movables.len()).into_par_iter().map(one).collect()
    };
    Found { flips: all.into_iter().flatten().collect(), edges }
}

/// The expectations whose truth hangs on how large a probability is. Those with `=` and `!=` stand
/// on an edge or cannot fall off it; the other forms ask what is possible, not how likely it is.
fn compared(scene: &Scene<'_>) -> Vec<Compared> {
    let all = scene.model.expectations.iter().enumerate();
    let one = |(index, expectation): (usize, &crate::model::Expectation)| {
        let ExpectationKind::Probability { measure, path, op, value } = &expectation.kind else {
            return None;
        };
        match op {
            CompareOp::Equal | CompareOp::NotEqual => None,
            CompareOp::Less
            | CompareOp::LessEqual
            | CompareOp::Greater
            | CompareOp::GreaterEqual => {
                let what = match path {
                    Path::Outcome(id) if *measure == Measure::Estimate => {
                        Value::Estimate(id.index())
                    }
                    Path::Outcome(_) | Path::Ever(..) | Path::Until(..) | Path::Always(_) => {
                        let meant = Meant::of(scene.model, scene.solver(), &expectation.kind)?;
                        Value::Other(meant, *measure)
                    }
                };
                Some(Compared { index, what, op: *op, value: *value })
            }
        }
    };
    all.filter_map(one).collect()
}

impl<'a> Search<'a> {
    /// In a scene, with the present estimates of the outcomes.
    fn new(scene: &'a Scene<'a>, present: &[f64]) -> Self {
        let mut things: Vec<Thing> = Vec::new();
        if present.len() > 1 {
            let first =
                |best: usize, at: usize| if present[at] > present[best] { at } else { best };
            things.push(Thing::Leading((0..present.len()).fold(0, first)));
        }
        things.extend(compared(scene).into_iter().map(Thing::Expectation));
        Self { scene, things }
    }

    /// How far a thing is from flipping.
    fn margin(&self, thing: usize, solver: Solver<'_>, estimates: &[f64]) -> f64 {
        let one = match &self.things[thing] {
            Thing::Leading(leading) => {
                return estimates[*leading] - estimates[second(*leading, estimates)];
            }
            Thing::Expectation(one) => one,
        };
        let actual = match &one.what {
            Value::Estimate(outcome) => estimates[*outcome],
            Value::Other(meant, measure) => meant.value(solver, *measure),
        };
        let below = matches!(one.op, CompareOp::Less | CompareOp::LessEqual);
        if below { one.value - actual } else { actual - one.value }
    }

    /// What a thing flips to, from the estimates and its margin after it has flipped.
    fn what(&self, thing: usize, estimates: &[f64], margin: f64) -> FlipOf {
        match &self.things[thing] {
            Thing::Leading(leading) => FlipOf::Leading {
                from: OutcomeId::new(*leading),
                to: OutcomeId::new(second(*leading, estimates)),
            },
            Thing::Expectation(one) => {
                FlipOf::Expectation { index: one.index, holds: margin >= 0.0 }
            }
        }
    }

    /// Whether the estimates of outcomes say how far a thing is from flipping.
    fn hangs_on_estimates(&self, thing: usize) -> bool {
        match &self.things[thing] {
            Thing::Leading(_) => true,
            Thing::Expectation(one) => matches!(one.what, Value::Estimate(_)),
        }
    }

    /// Weighs the situations for another value of a likelihood and looks at these things.
    fn point(&self, movable: &Movable, value: f64, things: &[usize]) -> Option<Point> {
        let weighed = self.scene.weigh(&self.scene.moved(movable, value))?;
        let asked = things.iter().any(|&thing| self.hangs_on_estimates(thing));
        let estimates = if asked { weighed.estimates() } else { Vec::new() };
        let mut margins = vec![0.0; self.things.len()];
        for &thing in things {
            margins[thing] = self.margin(thing, weighed.solver(), &estimates);
        }
        Some(Point { value, margins })
    }

    /// The flips of one likelihood: for each of the things that are open (indices; the others stand on
    /// their edges) the nearer of those to both sides.
    fn of_likelihood(&self, likelihood: usize, open: &[usize]) -> Vec<Flip> {
        let movable = &self.scene.movables[likelihood];
        let from = movable.estimate;
        let Some(here) = self.point(movable, from, open) else { return Vec::new() };
        let least = self.scene.rooms(movable).map(|room| room.least()).fold(0.0, f64::max);
        let most = self.scene.rooms(movable).map(|room| room.most()).fold(1.0, f64::min);
        let mut found: Vec<Option<Flip>> = vec![None; self.things.len()];
        let mut before = [&here; 2].map(|here| Some(here.clone()));
        while before.iter().any(Option::is_some) {
            for (before, sign) in before.iter_mut().zip([-1.0, 1.0]) {
                let Some(near) = before.take() else { continue };
                let value = (near.value + sign * STEP).clamp(least, most);
                let nearer = |thing: &usize| {
                    found[*thing]
                        .is_none_or(|flip: Flip| (flip.to - from).abs() > (near.value - from).abs())
                };
                let things: Vec<usize> = open.iter().copied().filter(nearer).collect();
                if things.is_empty() || (value - near.value).abs() <= NEAR {
                    continue;
                }
                let Some(far) = self.point(movable, value, &things) else { continue };
                for thing in things {
                    let present = here.margins[thing];
                    if flipped(present, far.margins[thing]) {
                        let flip = self.close_in(likelihood, thing, present, [&near, &far]);
                        let nearer = |known: Flip| {
                            flip.is_some_and(|it| (it.to - from).abs() < (known.to - from).abs())
                        };
                        if found[thing].is_none_or(nearer) {
                            found[thing] = flip;
                        }
                    }
                }
                *before = Some(far);
            }
        }
        found.into_iter().flatten().collect()
    }

    /// The edge between a value before it and one behind it.
    fn close_in(
        &self,
        likelihood: usize,
        thing: usize,
        present: f64,
        ends: [&Point; 2],
    ) -> Option<Flip> {
        let movable = &self.scene.movables[likelihood];
        let [mut near, mut far] = ends.map(|end| (end.value, end.margins[thing]));
        // The margins as the rule of false position sees them: the side that stays is halved.
        let mut seen = [near.1, far.1];
        let mut last = None;
        for round in 0..ROUNDS {
            if (far.0 - near.0).abs() <= NEAR {
                break;
            }
            let share = if round % 3 == 2 { 0.5 } else { seen[0] / (seen[0] - seen[1]) };
            let guess = near.0 + share * (far.0 - near.0);
            let inside = guess.clamp(near.0.min(far.0), near.0.max(far.0));
            // Near an end a step of that size closes it in from the other side.
            let inset = (far.0 - near.0) * 1e-3;
            let value = if (inside - near.0).abs() < inset.abs() {
                near.0 + inset
            } else if (inside - far.0).abs() < inset.abs() {
                far.0 - inset
            } else {
                inside
            };
            let margin = self.point(movable, value, &[thing])?.margins[thing];
            if flipped(present, margin) {
                far = (value, margin);
                seen = [if last == Some(true) { seen[0] / 2.0 } else { seen[0] }, margin];
                last = Some(true);
            } else {
                near = (value, margin);
                seen = [margin, if last == Some(false) { seen[1] / 2.0 } else { seen[1] }];
                last = Some(false);
            }
        }
        let moved = self.scene.moved(movable, far.0);
        let after = self.scene.weigh(&moved)?.estimates();
        Some(Flip {
            likelihood,
            from: movable.estimate,
            to: far.0,
            what: self.what(thing, &after, far.1),
            others_give_way: moved.others_give_way,
        })
    }
}

/// The most probable outcome but one.
fn second(leading: usize, estimates: &[f64]) -> usize {
    let others = (0..estimates.len()).filter(|&at| at != leading);
    others
        .reduce(|best, at| if estimates[at] > estimates[best] { at } else { best })
        .unwrap_or(leading)
}

/// Whether a thing has come to the other side of its edge.
fn flipped(before: f64, after: f64) -> bool {
    if before > 0.0 { after < -ON_THE_EDGE } else { after > ON_THE_EDGE }
}
