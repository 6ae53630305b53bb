//! One scenario at many points: explored once for all that differ only in likelihoods, and weighed
//! anew for each.

use super::answer::{Answers, Failure};
use super::observations::observed;
use super::options::{Options, Questions};
use super::outcomes::{answers, explored};
use crate::diagnostic::Diagnostics;
use crate::engine::{Detail, Graph, Kept, Program, Symmetry};
use crate::model::{Change, Model, Rule};
use crate::solve::permutations::Frames;
use crate::solve::solver::{Given, Solver};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// Graphs with more transitions than this are not weighed for several points at a time.
const SIDE_BY_SIDE: usize = 2_000_000;
/// How many points are evaluated before their answers are handed on.
const STRETCH: usize = 64;

/// A scenario to be evaluated at many points.
pub struct Sweep<'a> {
    base: &'a Model,
    points: &'a [Vec<Change>],
    options: Options,
    explored: FxHashMap<Key, Result<Explored, Failure>>,
}

/// Which points were explored together: those with the same initial values, and with likelihoods that are
/// alike.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    initial: Vec<i32>,
    likelihoods: Vec<(u64, u64)>,
}

/// How much the likelihoods of points have in common that are explored together. What is impossible at
/// some points may come to a contradiction at others, or to more situations than allowed: then
/// they are taken apart.
#[derive(Clone, Copy)]
enum Alike {
    /// Nothing: all are weighed in one graph.
    Any,
    /// The same things are impossible, uncertain and sure.
    Possible,
    /// They are the same.
    Same,
}

impl Alike {
    const ALL: [Self; 3] = [Self::Any, Self::Possible, Self::Same];

    fn key(self, model: &Model) -> Key {
        let initial = model.variables.iter().map(|variable| variable.initial).collect();
        let given = model.rules.iter().flat_map(|rule| &rule.alternatives);
        let given = given.filter_map(|alternative| alternative.likelihood.as_ref());
        let kind = |end: f64| u64::from(end > 0.0) + u64::from(end >= 1.0);
        let likelihoods = match self {
            Self::Any => Vec::new(),
            Self::Possible => given.map(|it| (kind(it.low), kind(it.high))).collect(),
            Self::Same => given.map(|it| (it.low.to_bits(), it.high.to_bits())).collect(),
        };
        Key { initial, likelihoods }
    }

    /// Whether nothing is gained by taking points apart any further.
    fn settles(self, found: &Result<Explored, Failure>) -> bool {
        match (self, found) {
            (_, Ok(_)) | (Self::Same, _) | (Self::Possible, Err(Failure::Limit(_))) => true,
            (Self::Any | Self::Possible, Err(_)) => false,
        }
    }
}

/// The situations of points that were explored together.
struct Explored {
    program: Program,
    graph: Graph,
}

impl Explored {
    /// Whether it is too large to be weighed for several points side by side.
    fn is_large(&self) -> bool {
        self.graph.targets.len() > SIDE_BY_SIDE
    }
}

impl<'a> Sweep<'a> {
    /// Of a scenario, changed as the points say. Only outcomes are answered.
    #[must_use]
    pub fn new(base: &'a Model, points: &'a [Vec<Change>], options: &Options) -> Self {
        let options = Options { questions: Questions::Outcomes, ..options.clone() };
        Self { base, points, options, explored: FxHashMap::default() }
    }

    /// Evaluates these points; hands the answers on in order, as they come, or why a point has none:
    /// likelihoods that cannot be, conflicting assignments, a limit that was reached, or that it cannot
    /// come to what was observed. Stops where `hand_on` says so.
    pub fn run(
        &mut self,
        points: std::ops::Range<usize>,
        mut hand_on: impl FnMut(usize, &Result<Answers, Failure>) -> bool,
    ) {
        let mut at = points.start;
        while at < points.end {
            let models = self.stretch(at..points.end);
            let large = self.explored.values().flatten().any(Explored::is_large);
            let answer = |model: Result<Model, Failure>| model.and_then(|it| self.answer(&it));
            let found: Vec<Result<Answers, Failure>> = if large {
                models.into_iter().map(answer).collect()
            } else {
                models.into_par_iter().map(answer).collect()
            };
            for answers in &found {
                if !hand_on(at, answers) {
                    return;
                }
                at += 1;
            }
        }
    }

    /// The scenario at the next points, at least one, which have been explored as far as there is room.
    fn stretch(&mut self, points: std::ops::Range<usize>) -> Vec<Result<Model, Failure>> {
        if self.is_full() {
            self.explored.clear();
        }
        let mut models = Vec::new();
        for point in points.take(STRETCH) {
            let model = self.model(point);
            if let Ok(model) = &model
                && self.find(model).is_none()
            {
                if self.is_full() && !models.is_empty() {
                    break;
                }
                self.explore(model);
            }
            models.push(model);
        }
        models
    }

    fn is_full(&self) -> bool {
        let taken: usize = self.explored.values().flatten().map(|it| it.graph.bytes()).sum();
        taken > self.options.max_memory / 4
    }

    fn model(&self, point: usize) -> Result<Model, Failure> {
        let mut diagnostics = Diagnostics::default();
        let changed = self.base.changed(&self.points[point], &mut diagnostics);
        changed.ok_or_else(|| Failure::Scenario(diagnostics.sorted()))
    }

    /// What was explored for a model, or why it could not be; nothing if that is still to be done.
    fn find(&self, model: &Model) -> Option<&Result<Explored, Failure>> {
        for alike in Alike::ALL {
            let found = self.explored.get(&alike.key(model))?;
            if alike.settles(found) {
                return Some(found);
            }
        }
        None
    }

    /// Explores the situations of all points like this one.
    fn explore(&mut self, model: &Model) {
        let mut before: Option<(Key, Failure)> = None;
        for alike in Alike::ALL {
            let key = alike.key(model);
            if !self.explored.contains_key(&key) {
                let widest = self.widest(model, alike);
                let possible = Alike::Possible.key(&widest);
                let found = match before {
                    // Nothing is taken apart that would make it smaller.
                    Some((known, failure @ Failure::Limit(_))) if known == possible => Err(failure),
                    _ => self.situations(&widest),
                };
                before = found.as_ref().err().map(|failure| (possible, failure.clone()));
                self.explored.insert(key.clone(), found);
            }
            if alike.settles(&self.explored[&key]) {
                return;
            }
        }
    }

    fn situations(&self, widest: &Model) -> Result<Explored, Failure> {
        let program = Program::new(widest, Kept::Read);
        let folded = self.options.folded && widest.observations.is_empty();
        let symmetry = folded.then(|| Symmetry::find(widest, &program, &self.marks())).flatten();
        let detail = Detail { folded, ..Detail::BARE };
        let graph = explored(widest, &program, symmetry.as_ref(), detail, &self.options)?;
        Ok(Explored { program, graph })
    }

    /// What tells an alternative from others that come to the same at some points only: where it is
    /// changed itself, or which param it has, if any is changed.
    fn marks(&self) -> impl Fn(&Rule, usize) -> u64 + use<> {
        let (mut changed, mut params) = (FxHashSet::default(), false);
        for change in self.points.iter().flatten() {
            match change {
                Change::Rule(declaration, ..) => _ = changed.insert(*declaration),
                Change::Param(..) => params = true,
                Change::Initial(..) | Change::Disable(_) => {}
            }
        }
        move |rule, place| {
            if changed.contains(&rule.declaration) {
                return (rule.declaration.index() as u64 + 1) << 32 | place as u64;
            }
            let likelihood = rule.alternatives[place].likelihood.as_ref().filter(|_| params);
            likelihood.and_then(|it| it.param).map_or(0, |param| param.index() as u64 + 1)
        }
    }

    /// A model with every likelihood as wide as at any point like it.
    fn widest(&self, model: &Model, alike: Alike) -> Model {
        let mut widest = model.clone();
        if matches!(alike, Alike::Same) {
            return widest;
        }
        let key = alike.key(model).likelihoods;
        // Points that cannot be are explored by nobody.
        let others = (0..self.points.len()).filter_map(|point| self.model(point).ok());
        for other in others.filter(|other| alike.key(other).likelihoods == key) {
            for (rule, other) in widest.rules.iter_mut().zip(&other.rules) {
                for (one, other) in rule.alternatives.iter_mut().zip(&other.alternatives) {
                    if let (Some(one), Some(other)) = (&mut one.likelihood, &other.likelihood) {
                        one.low = one.low.min(other.low);
                        one.high = one.high.max(other.high);
                    }
                }
            }
        }
        widest
    }

    fn answer(&self, model: &Model) -> Result<Answers, Failure> {
        self.options.progress.add_points(1);
        let Some(found) = self.find(model) else {
            // Every point of a stretch has been explored before.
            return Err(Failure::Scenario(Vec::new()));
        };
        let Explored { program, graph } = found.as_ref().map_err(Clone::clone)?;
        let program = program.with_likelihoods(model);
        let before = graph.reweighed(&program);
        let seen = observed(model, &program, &before, &self.options)?;
        let graph = seen.as_ref().map_or(&before, |seen| &seen.graph);
        let given = seen.as_ref().map(|seen| Given { seen, before: &before });
        // Outcomes are the same for all actors that can change places: nobody's name is asked for.
        let (frames, work) = (Frames::default(), self.options.work());
        let (program, frames, horizon) = (&program, &frames, model.horizon);
        let solver = Solver { program, graph, frames, horizon, given, work: Some(&work) };
        self.options.unless_stopped(answers(model, None, &self.options, solver))
    }
}
