//! Whether what the author expects holds, and the storyline that breaks it.

mod leads_to;

use super::answer::{ExpectationAnswer, Storyline};
use super::storylines::likeliest_paths::{Quest, paths};
use super::storylines::tell;
use crate::engine::Freedom;
use crate::model::{Cond, Expectation, ExpectationKind, Measure, Model, Path, Subject};
use crate::solve::aim::Aim;
use crate::solve::goals::Goal;
use crate::solve::solver::Solver;
use crate::solve::visits::incoming::Back;
use crate::syntax::tree::CompareOp;
use leads_to::{always_reached, breaking_lead};
use std::cell::LazyCell;
use std::ops::Deref;

/// Values nearer than this count as equal, and less far apart near 0 and 1: what is possible or certain
/// hangs on no tolerance.
const TOLERANCE: f64 = 1e-9;
/// How far apart they may be there, as a share of what is left to the end.
const SHARE: f64 = 1e-6;

/// Looks whether an expectation holds.
#[must_use]
pub fn check(
    model: &Model,
    solver: Solver<'_>,
    back: &dyn Deref<Target = Back>,
    expectation: &Expectation,
) -> ExpectationAnswer {
    let check = Check { model, solver, back };
    let answer = check.check(&expectation.kind);
    let never = expectation.subjects.iter().position(|subject| check.never_holds(subject));
    ExpectationAnswer { never: never.filter(|_| answer.holds), ..answer }
}

struct Check<'a> {
    model: &'a Model,
    solver: Solver<'a>,
    back: &'a dyn Deref<Target = Back>,
}

/// A goal, and whether its complement is meant.
pub struct Meant {
    goal: Goal,
    complement: bool,
    turns: Option<u32>,
}

impl Meant {
    /// What the probabilities of expectations are of; nothing for those of other forms.
    #[must_use]
    pub fn of(model: &Model, solver: Solver<'_>, kind: &ExpectationKind) -> Option<Self> {
        match kind {
            ExpectationKind::Probability { path, .. } => {
                let back = LazyCell::new(|| Back::new(solver.graph));
                Some(Check { model, solver, back: &back }.meant(path))
            }
            ExpectationKind::Never(_)
            | ExpectationKind::Always(_)
            | ExpectationKind::Possible(_)
            | ExpectationKind::Certain(_)
            | ExpectationKind::Before(..)
            | ExpectationKind::LeadsTo(..) => None,
        }
    }

    /// Its value, in the situations that it was made for, also with other likelihoods.
    #[must_use]
    pub fn value(&self, solver: Solver<'_>, measure: Measure) -> f64 {
        let aim = match measure {
            Measure::Estimate => Aim::ESTIMATE,
            Measure::Min => Aim { freedom: Freedom::Both, greatest: false },
            Measure::Max => Aim { freedom: Freedom::Both, greatest: true },
        };
        let goal = match &self.goal {
            Goal::Reach(set) if self.complement => Goal::Avoid(set.clone()),
            goal => goal.clone(),
        };
        solver.within(&[goal], aim, self.turns)[0].value
    }
}

/// Whether a value compares with another as it should.
#[must_use]
pub fn holds(op: CompareOp, actual: f64, value: f64) -> bool {
    let near = TOLERANCE.min(SHARE * value.min(1.0 - value).max(0.0));
    if (actual - value).abs() <= near {
        !matches!(op, CompareOp::Less | CompareOp::Greater | CompareOp::NotEqual)
    } else {
        op.holds(actual, value)
    }
}

impl Check<'_> {
    fn check(&self, kind: &ExpectationKind) -> ExpectationAnswer {
        match kind {
            ExpectationKind::Probability { measure, path, op, value } => {
                self.probability(*measure, path, *op, *value)
            }
            ExpectationKind::Never(cond) => self.never(&self.set(cond)),
            ExpectationKind::Always(cond) => self.never(&not(&self.set(cond))),
            ExpectationKind::Possible(cond) => {
                answer(self.set(cond).into_iter().any(|holds| holds), || None)
            }
            ExpectationKind::Certain(cond) => self.certain(&self.set(cond)),
            ExpectationKind::Before(one, other) => self.before(&self.set(one), &self.set(other)),
            ExpectationKind::LeadsTo(cause, effect, limit) => {
                let path = breaking_lead(
                    self.solver,
                    self.back,
                    &self.set(cause),
                    &self.set(effect),
                    *limit,
                );
                answer(path.is_none(), || {
                    path.map(|path| tell(self.model, self.solver, &path, None))
                })
            }
        }
    }

    fn never_holds(&self, subject: &Subject) -> bool {
        !self.set(&subject.condition).contains(&true)
    }

    fn set(&self, cond: &Cond) -> Vec<bool> {
        self.solver.holding(&self.solver.program.places.test(cond))
    }

    fn probability(
        &self,
        measure: Measure,
        path: &Path,
        op: CompareOp,
        value: f64,
    ) -> ExpectationAnswer {
        let meant = self.meant(path);
        let actual = meant.value(self.solver, measure);
        let holds = holds(op, actual, value);
        let too_high = actual > value;
        let storyline = if holds || too_high == meant.complement {
            None
        } else {
            self.storyline_to(&meant.goal, meant.turns)
        };
        ExpectationAnswer { holds, actual: Some(actual), storyline, never: None }
    }

    fn meant(&self, path: &Path) -> Meant {
        let turns = self.solver.horizon;
        match path {
            Path::Outcome(id) => match &self.model.outcomes[id.index()].condition {
                Some(cond) => Meant { goal: Goal::Reach(self.set(cond)), complement: false, turns },
                None => {
                    let mut any = vec![false; self.solver.graph.len()];
                    for cond in self.model.outcomes.iter().filter_map(|o| o.condition.as_ref()) {
                        any.iter_mut().zip(self.set(cond)).for_each(|(any, one)| *any |= one);
                    }
                    Meant { goal: Goal::Reach(any), complement: true, turns }
                }
            },
            Path::Ever(cond, limit) => {
                let turns = [turns, *limit].into_iter().flatten().min();
                Meant { goal: Goal::Reach(self.set(cond)), complement: false, turns }
            }
            Path::Until(before, cond) => {
                let goal = Goal::Until(self.set(cond), self.set(before));
                Meant { goal, complement: false, turns }
            }
            Path::Always(cond) => {
                Meant { goal: Goal::Reach(not(&self.set(cond))), complement: true, turns }
            }
        }
    }

    fn storyline_to(&self, goal: &Goal, turns: Option<u32>) -> Option<Storyline> {
        let (target, pass) = match goal {
            Goal::Reach(set) => (set, None),
            Goal::Until(set, before) => (set, Some(&before[..])),
            Goal::Avoid(_) | Goal::Happen(_) | Goal::HappenAny(_) => return None,
        };
        let solver = Solver { horizon: turns, ..self.solver };
        self.storyline(solver, Quest { target, pass, at_end: false, possible: true })
    }

    fn storyline(&self, solver: Solver<'_>, quest: Quest<'_>) -> Option<Storyline> {
        let found = paths(solver, self.back, quest, 1);
        found.first().map(|path| tell(self.model, solver, path, None))
    }

    fn never(&self, set: &[bool]) -> ExpectationAnswer {
        answer(!set.contains(&true), || {
            self.storyline(
                self.solver,
                Quest { target: set, pass: None, at_end: false, possible: true },
            )
        })
    }

    fn certain(&self, set: &[bool]) -> ExpectationAnswer {
        answer(always_reached(self.solver, set), || {
            let others = not(set);
            let pass = Some(&others[..]);
            self.storyline(
                self.solver,
                Quest { target: &others, pass, at_end: true, possible: true },
            )
        })
    }

    fn before(&self, one: &[bool], other: &[bool]) -> ExpectationAnswer {
        let target: Vec<bool> = one.iter().zip(other).map(|(one, other)| *other && !one).collect();
        let pass = not(one);
        let pass = Some(&pass[..]);
        let quest = Quest { target: &target, pass, at_end: false, possible: true };
        let broken = self.storyline(self.solver, quest);
        answer(broken.is_none(), || broken)
    }
}

fn answer(holds: bool, storyline: impl FnOnce() -> Option<Storyline>) -> ExpectationAnswer {
    let storyline = if holds { None } else { storyline() };
    ExpectationAnswer { holds, actual: None, storyline, never: None }
}

fn not(set: &[bool]) -> Vec<bool> {
    set.iter().map(|holds| !holds).collect()
}
