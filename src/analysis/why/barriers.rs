//! Why not: which condition stood in the way, how often and by how much.
//!
//! Everything is asked of all situations, so it is exact: for each condition of a rule, whether all
//! the others ever held at once, and whether they ever did together with it.

use super::answer::{Barrier, Obstacle, Part, Way};
use super::bringers::{Bringer, bringers};
use super::followed_back::followed;
use super::margins::Margins;
use super::subject::Subject;
use crate::analysis::unfolded::Ground;
use crate::model::{Cond, Expr, Model, Trigger};
use crate::solve::aim::Aim;
use crate::solve::goals::Goal;
use crate::syntax::tree::CompareOp;

/// Disjunctions of an outcome are told one by one up to so many.
const WAYS: usize = 6;

/// The ways in which a subject could be brought about directly, and what stood in each: the
/// condition of the subject first, then the rules, those that had their chance most often first; then,
/// step by step, those behind the conditions that seldom or never held.
#[must_use]
pub fn barriers(model: &Model, ground: &Ground, subject: Subject) -> Vec<Barrier> {
    let mut found: Vec<Barrier> = conditions(model, subject)
        .iter()
        .map(|cond| {
            let needs = conjuncts(cond).into_iter().map(|cond| (cond.clone(), Part::Outcome));
            let needs: Vec<_> = needs.collect();
            let asking = Asking::new(ground, &needs, ground.solver().horizon);
            asking.barrier(model, Way::Condition, None)
        })
        .collect();
    found.extend(followed(model, ground, bringers(model, &ground.program, subject)));
    found
}

/// What a rule needs at once: the parts of its trigger, then of its guard.
pub(super) fn needs(model: &Model, rule: usize) -> Vec<(Cond, Part)> {
    let rule = &model.rules[rule];
    let trigger = conjuncts(&rule.condition).into_iter().map(|cond| (cond, Part::Trigger));
    let guard = rule.guard.iter().flat_map(conjuncts).map(|cond| (cond, Part::Guard));
    trigger.chain(guard).map(|(cond, part)| (cond.clone(), part)).collect()
}

/// The conditions of which one must hold.
fn conditions(model: &Model, subject: Subject) -> Vec<Cond> {
    match subject {
        Subject::Outcome(id) => match &model.outcomes[id.index()].condition {
            Some(Cond::Or(all)) if all.len() <= WAYS => all.clone(),
            Some(cond) => vec![cond.clone()],
            None => Vec::new(),
        },
        Subject::Rung(rung) => {
            let rung = Expr::Const(i64::try_from(rung).unwrap_or(i64::MAX));
            vec![Cond::Compare(Expr::Level, CompareOp::GreaterEqual, rung)]
        }
        Subject::Event(_) | Subject::Change(..) => Vec::new(),
    }
}

/// The parts of a condition that must all hold.
fn conjuncts(cond: &Cond) -> Vec<&Cond> {
    match cond {
        Cond::And(all) => all.iter().flat_map(conjuncts).collect(),
        other => vec![other],
    }
}

/// What stood in the way of these rules.
pub(super) fn of_rules(model: &Model, ground: &Ground, bringer: Bringer) -> Barrier {
    // What is drawn in the last situation comes too late.
    let turns = ground.solver().horizon.map(|horizon| horizon.saturating_sub(1));
    let shape =
        |rule: usize| -> Vec<Part> { needs(model, rule).iter().map(|need| need.1).collect() };
    let mut asking: Option<Asking<'_>> = None;
    let first = bringer.rules.first().copied().unwrap_or_default();
    for &rule in &bringer.rules {
        // Choices of members for which the conditions fold to others are not asked side by side.
        if shape(rule) != shape(first) {
            continue;
        }
        let mut one = Asking::new(ground, &needs(model, rule), turns);
        one.at_chances(rule);
        match &mut asking {
            Some(all) => all.or(one),
            None => asking = Some(one),
        }
    }
    let chances = chances(ground, &bringer.rules);
    match asking {
        Some(asking) => asking.barrier(model, bringer.way, Some(chances)),
        None => Barrier { way: bringer.way, behind: None, chance: 0.0, obstacles: Vec::new() },
    }
}

/// The situations in which one of these rules has its chance.
fn chances(ground: &Ground, rules: &[usize]) -> Vec<bool> {
    let program = &ground.program;
    let mut values = vec![0; program.layout.slots()];
    let has = |s: usize| {
        program.layout.unpack(ground.graph().situation(s), &mut values);
        ground.graph().endings[s] == 0
            && rules.iter().any(|&rule| {
                let rule = &program.rules[rule];
                let triggered = match (rule.trigger, rule.armed) {
                    (Trigger::When, Some(armed)) => values[armed as usize] != 0,
                    (Trigger::On | Trigger::When | Trigger::While, _) => {
                        rule.condition.holds(&values)
                    }
                };
                let unspent = rule.spent.is_none_or(|spent| values[spent as usize] == 0);
                triggered && unspent && rule.guard.holds(&values)
            })
    };
    (0..ground.graph().len()).map(has).collect()
}

/// One condition among those that must hold at once, over all situations.
pub(super) struct Need {
    /// The condition.
    pub condition: Cond,
    /// Where it stands.
    pub part: Part,
    /// Where it holds.
    pub holds: Vec<bool>,
    /// Where all the others do.
    pub rest: Vec<bool>,
    /// Where all do.
    pub both: Vec<bool>,
    /// How near it comes.
    pub margins: Option<Margins>,
}

/// Conditions that must hold at once.
struct Asking<'a> {
    ground: &'a Ground,
    turns: Option<u32>,
    needs: Vec<Need>,
}

impl<'a> Asking<'a> {
    fn new(ground: &'a Ground, needs: &[(Cond, Part)], turns: Option<u32>) -> Self {
        let solver = ground.solver();
        let test = |cond: &Cond| ground.program.places.test(cond);
        let holds: Vec<Vec<bool>> =
            needs.iter().map(|(cond, _)| solver.holding(&test(cond))).collect();
        let all = |except: Option<usize>| -> Vec<bool> {
            let others = || holds.iter().enumerate().filter(|(at, _)| Some(*at) != except);
            (0..ground.graph().len()).map(|s| others().all(|(_, holds)| holds[s])).collect()
        };
        let whole = all(None);
        let need = |(at, (cond, part)): (usize, &(Cond, Part))| {
            let rest = all(Some(at));
            let margins = Margins::new(ground, cond, &rest);
            let (condition, holds) = (cond.clone(), holds[at].clone());
            Need { condition, part: *part, holds, rest, both: whole.clone(), margins }
        };
        Self { ground, turns, needs: needs.iter().enumerate().map(need).collect() }
    }

    /// Counts only situations in which the rule could have its chance: where no ending holds, and,
    /// for the guard of a `when` rule, where its condition has just come to hold.
    fn at_chances(&mut self, rule: usize) {
        let (program, graph) = (&self.ground.program, self.ground.graph());
        let armed = program.rules[rule].armed;
        for need in &mut self.needs {
            for s in 0..graph.len() {
                let now = match (armed, need.part) {
                    (Some(slot), Part::Guard) => program.layout.get(graph.situation(s), slot) != 0,
                    _ => true,
                };
                let counts = graph.endings[s] == 0 && now;
                need.rest[s] &= counts;
                need.both[s] &= counts;
            }
            if let Some(margins) = &mut need.margins {
                margins.only(&need.rest);
            }
        }
    }

    /// The same for another choice of members: it counts where either does.
    fn or(&mut self, other: Self) {
        let join = |one: &mut Vec<bool>, other: &[bool]| {
            one.iter_mut().zip(other).for_each(|(one, other)| *one |= other);
        };
        for (one, other) in self.needs.iter_mut().zip(other.needs) {
            join(&mut one.holds, &other.holds);
            join(&mut one.rest, &other.rest);
            join(&mut one.both, &other.both);
            one.margins = match (one.margins.take(), other.margins) {
                (Some(margins), Some(other)) => margins.or(other),
                (None | Some(_), None | Some(_)) => None,
            };
        }
    }

    fn barrier(self, model: &Model, way: Way, chances: Option<Vec<bool>>) -> Barrier {
        let solver = self.ground.solver();
        let mut goals = Vec::new();
        for need in &self.needs {
            goals.push(Goal::Reach(need.holds.clone()));
            goals.push(Goal::Reach(need.rest.clone()));
            goals.push(Goal::Reach(need.both.clone()));
        }
        let whole = chances.or_else(|| self.needs.first().map(|need| need.both.clone()));
        goals.extend(whole.map(Goal::Reach));
        let found = solver.within(&goals, Aim::ESTIMATE, self.turns);
        let value = |at: usize| found.get(at).map_or(0.0, |found| found.value);
        let chance = value(3 * self.needs.len());
        let obstacles = self.needs.into_iter().enumerate().map(|(at, need)| {
            let (held, rest, both) = (value(3 * at), value(3 * at + 1), value(3 * at + 2));
            let stood = (rest - both).max(0.0);
            let margins = need.margins.filter(|_| stood > NOTHING);
            let (measure, margins) = match margins {
                Some(margins) => margins.ask(model, solver, self.turns),
                None => (super::answer::Measured::Nearest, Vec::new()),
            };
            let (condition, part) = (need.condition, need.part);
            Obstacle { condition, part, held, rest, stood, margins, measure }
        });
        Barrier { way, behind: None, chance, obstacles: obstacles.collect() }
    }
}

/// Smaller probabilities are noise.
const NOTHING: f64 = 1e-9;

#[cfg(test)]
mod tests {
    use super::{Cond, conjuncts};

    #[test]
    fn nested_conditions_come_apart() {
        let (yes, no) = (Cond::Const(true), Cond::Const(false));
        let cond = Cond::And(vec![yes.clone(), Cond::And(vec![no.clone(), yes.clone()])]);
        assert_eq!(conjuncts(&cond), [&yes, &no, &yes]);
    }
}
