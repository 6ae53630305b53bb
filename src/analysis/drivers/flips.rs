//! The smallest change of one likelihood at which the most probable outcome changes, or an
//! expectation its truth.
//!
//! From the present value outwards, step by step, until something has flipped; then the edge is
//! closed in by the rule of false position (in its Illinois form, Dowell and Jarratt 1971), and by
//! halving where that is slow. What flips and flips back within one step is not seen.

use super::answer::{Flip, FlipOf};
use super::lever::Movable;
use super::scene::{Scene, Weighed};
use crate::analysis::expectations::Meant;
use crate::analysis::solver::Solver;
use crate::model::{ExpectationKind, Measure, OutcomeId, Path};
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

/// What is asked at every point: for each thing that may flip, how far it is from that.
struct Margins {
    /// For each thing; below 0 where it has flipped.
    values: Vec<f64>,
    /// The most probable outcome but the present one.
    second: Option<usize>,
}

struct Search<'a> {
    scene: &'a Scene<'a>,
    /// The most probable outcome, where there are others.
    leading: Option<usize>,
    compared: Vec<Compared>,
    /// Which of the things are looked at: not those on the edge.
    open: Vec<bool>,
}

/// Looks for flips; `Flip::likelihood` is an index of the scene's likelihoods.
#[must_use]
pub fn flips(scene: &Scene<'_>) -> Found {
    let mut search = Search { scene, leading: None, compared: compared(scene), open: Vec::new() };
    let present = scene.estimates();
    if present.len() > 1 {
        let first = |best: usize, at: usize| if present[at] > present[best] { at } else { best };
        search.leading = Some((0..present.len()).fold(0, first));
    }
    let margins = search.margins(scene.solver(), &present);
    search.open = margins.values.iter().map(|margin| margin.abs() > ON_THE_EDGE).collect();
    let closed = (0..margins.values.len()).filter(|&thing| !search.open[thing]);
    let edges = closed.map(|thing| search.what(thing, &margins)).collect();
    let one = |at: usize| search.of_likelihood(at);
    let all: Vec<Vec<Flip>> = if search.open.iter().all(|open| !open) {
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

impl Search<'_> {
    fn margins(&self, solver: Solver<'_>, estimates: &[f64]) -> Margins {
        let mut values = Vec::new();
        let mut second = None;
        if let Some(leading) = self.leading {
            for at in (0..estimates.len()).filter(|&at| at != leading) {
                if second.is_none_or(|second: usize| estimates[at] > estimates[second]) {
                    second = Some(at);
                }
            }
            let behind = second.map_or(0.0, |second| estimates[second]);
            values.push(estimates[leading] - behind);
        }
        for (at, one) in self.compared.iter().enumerate() {
            let thing = at + usize::from(self.leading.is_some());
            if self.open.get(thing).is_some_and(|open| !open) {
                values.push(0.0);
                continue;
            }
            let actual = match &one.what {
                Value::Estimate(outcome) => estimates[*outcome],
                Value::Other(meant, measure) => meant.value(solver, *measure),
            };
            let below = matches!(one.op, CompareOp::Less | CompareOp::LessEqual);
            let room = if below { one.value - actual } else { actual - one.value };
            values.push(room);
        }
        Margins { values, second }
    }

    fn at(&self, weighed: &Weighed<'_>) -> Margins {
        self.margins(weighed.solver(), &weighed.estimates())
    }

    fn weigh(&self, movable: &Movable, value: f64) -> Option<Margins> {
        let moved = self.scene.moved(movable, value);
        Some(self.at(&self.scene.weigh(&moved)?))
    }

    /// What a thing flips to, from its margins after it has flipped.
    fn what(&self, thing: usize, after: &Margins) -> FlipOf {
        match (self.leading, thing) {
            (Some(leading), 0) => FlipOf::Leading {
                from: OutcomeId::new(leading),
                to: OutcomeId::new(after.second.unwrap_or(leading)),
            },
            (leading, thing) => {
                let one = &self.compared[thing - usize::from(leading.is_some())];
                let index = one.index;
                FlipOf::Expectation { index, holds: after.values[thing] >= 0.0 }
            }
        }
    }

    /// The flips of one likelihood: for each thing the nearer of those to both sides.
    fn of_likelihood(&self, likelihood: usize) -> Vec<Flip> {
        let movable = &self.scene.movables[likelihood];
        let from = movable.estimate;
        let Some(here) = self.weigh(movable, from) else { return Vec::new() };
        let least = self.scene.rooms(movable).map(|room| room.least()).fold(0.0, f64::max);
        let most = self.scene.rooms(movable).map(|room| room.most()).fold(1.0, f64::min);
        let mut found: Vec<Option<Flip>> = vec![None; here.values.len()];
        let mut before = [(from, here.values.clone()), (from, here.values.clone())];
        let mut stopped = [false, false];
        while stopped != [true, true] {
            for (side, sign) in [(0, -1.0), (1, 1.0)] {
                if stopped[side] {
                    continue;
                }
                let value = (before[side].0 + sign * STEP).clamp(least, most);
                let moved = (value - before[side].0).abs() > NEAR;
                let after = if moved { self.weigh(movable, value) } else { None };
                let Some(after) = after else {
                    stopped[side] = true;
                    continue;
                };
                for thing in (0..found.len()).filter(|&thing| self.open[thing]) {
                    let farther = found[thing].is_some_and(|flip| {
                        (flip.to - from).abs() <= (before[side].0 - from).abs()
                    });
                    let (start, end) = (before[side].1[thing], after.values[thing]);
                    if !farther && flipped(here.values[thing], end) {
                        let ends = [(before[side].0, start), (value, end)];
                        let flip = self.close_in(likelihood, thing, here.values[thing], ends);
                        let nearer = |known: Flip| {
                            flip.is_some_and(|it| (it.to - from).abs() < (known.to - from).abs())
                        };
                        if found[thing].is_none_or(nearer) {
                            found[thing] = flip;
                        }
                    }
                }
                before[side] = (value, after.values);
            }
            let done = |thing: usize| !self.open[thing] || found[thing].is_some();
            if (0..found.len()).all(done) {
                break;
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
        ends: [(f64, f64); 2],
    ) -> Option<Flip> {
        let movable = &self.scene.movables[likelihood];
        let [mut near, mut far] = ends;
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
            let margin = self.weigh(movable, value)?.values[thing];
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
        let after = self.weigh(movable, far.0)?;
        let moved = self.scene.moved(movable, far.0);
        Some(Flip {
            likelihood,
            from: movable.estimate,
            to: far.0,
            what: self.what(thing, &after),
            others_give_way: moved.others_give_way,
        })
    }
}

/// Whether a thing has come to the other side of its edge.
fn flipped(before: f64, after: f64) -> bool {
    if before > 0.0 { after < -ON_THE_EDGE } else { after > ON_THE_EDGE }
}
