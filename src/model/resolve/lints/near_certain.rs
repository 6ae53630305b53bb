//! Chances that come again every turn until they are all but certain.

use super::ways_out::{Chance, WaysOut};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::lints::NEAR_CERTAIN;
use crate::model::resolve::Builder;
use crate::model::resolve::possible::Possible;
use crate::model::{
    Alternative, Cond, Delay, Effect, Event, Expr, Outcome, Rule, RungEffect, Trigger,
};
use crate::syntax::tree::CompareOp;

/// What is as likely as this counts as all but certain.
const ALL_BUT_CERTAIN: f64 = 0.95;
/// Where there are more outcomes than this, no single one is looked for.
const MOST_OUTCOMES: usize = 20;

impl Builder<'_> {
    /// Rules with `while` that bring an outcome about all but certainly, because nothing ends their
    /// condition before and no other ending can come between.
    pub(in crate::model::resolve) fn near_certain(
        &self,
        possible: &Possible<'_>,
    ) -> Vec<Diagnostic> {
        let outcomes = &self.model.outcomes;
        let endings: Vec<&Outcome> =
            self.model.outcomes.iter().filter(|outcome| outcome.ending).collect();
        let rules = self.model.rules.iter().enumerate();
        let chances: Vec<(usize, &Rule)> = rules
            .filter(|(_, rule)| {
                rule.trigger == Trigger::While && !rule.once && rule.decider.is_none()
            })
            .collect();
        if chances.is_empty() || outcomes.len() > MOST_OUTCOMES {
            return Vec::new();
        }
        let ways = WaysOut::new(&self.model);
        let mut found = Vec::new();
        for (at, rule) in chances {
            let upshots: Vec<Upshot<'_>> = rule
                .alternatives
                .iter()
                .map(|alternative| Upshot::of(rule, alternative, &ways))
                .collect();
            for outcome in outcomes {
                let Some(condition) = &outcome.condition else { continue };
                let leading: Vec<usize> = (0..upshots.len())
                    .filter(|&number| upshots[number].reaches(condition))
                    .collect();
                let spared = |ending: &&&Outcome| {
                    let when = ending.condition.as_ref();
                    let met =
                        |when: &Cond| leading.iter().all(|&number| upshots[number].reaches(when));
                    ending.name != outcome.name
                        && when.is_some_and(|when| possible.chance(when).may_hold && !met(when))
                };
                if leading.is_empty() || endings.iter().find(spared).is_some() {
                    continue;
                }
                let chance = Chance { rule: at, alternatives: &leading, outcome: condition };
                let stays = |cond: &Cond| !ways.may_end(cond, true, &chance);
                if stays(&rule.condition) && rule.guard.as_ref().is_none_or(stays) {
                    found.extend(self.doubt_chance(rule, &leading, outcome));
                    break;
                }
            }
        }
        found
    }

    fn doubt_chance(
        &self,
        rule: &Rule,
        leading: &[usize],
        outcome: &Outcome,
    ) -> Option<Diagnostic> {
        let each = estimates(&rule.alternatives);
        let chance: f64 = leading.iter().map(|&number| each[number]).sum();
        if chance <= 0.0 || chance >= ALL_BUT_CERTAIN {
            return None;
        }
        let needed = ((1.0 - ALL_BUT_CERTAIN).ln() / (1.0 - chance).ln()).ceil();
        let delay = leading.iter().map(|&number| match rule.alternatives[number].branch.delay {
            Delay::After(turns) | Delay::Within(turns) => turns.saturating_sub(1),
        });
        let delay = f64::from(delay.max().unwrap_or(0));
        let at_start = self.holds_at_start(&rule.condition)
            && rule.guard.as_ref().is_none_or(|guard| self.holds_at_start(guard));
        let (share, within) = match self.model.horizon.map(f64::from) {
            None => ("100%".to_owned(), "in the end, for there is no horizon".to_owned()),
            Some(turns) if at_start && needed + delay <= turns => {
                let share = 1.0 - (1.0 - chance).powf(turns - delay);
                (percent(share), format!("within the {turns} turns of the horizon"))
            }
            // When it begins to hold is not known: half of the turns are taken to be left.
            Some(turns) if !at_start && needed + delay <= (turns / 2.0).floor() => {
                (percent(1.0 - (1.0 - chance).powf(needed)), format!("after {needed} turns of it"))
            }
            Some(_) => return None,
        };
        let declared = &self.model.declarations[rule.declaration.index()];
        let message = format!(
            "`{}` makes `{}` all but certain: {} a turn comes to {share} {within}, and nothing ends its condition before",
            declared.name,
            outcome.name,
            percent(chance)
        );
        Some(
            Diagnostic::new(NEAR_CERTAIN, declared.span, message)
                .also(outcome.span, "what it comes to")
                .help("let it draw once (`when`, or `once`), lower the chance, or give its condition an end"),
        )
    }

    /// Whether a condition holds before anything has happened.
    fn holds_at_start(&self, cond: &Cond) -> bool {
        match cond {
            Cond::Const(holds) => *holds,
            Cond::Not(inner) => !self.holds_at_start(inner),
            Cond::And(all) => all.iter().all(|one| self.holds_at_start(one)),
            Cond::Or(all) => all.iter().any(|one| self.holds_at_start(one)),
            Cond::AtLeast(count, all) => {
                all.iter().filter(|one| self.holds_at_start(one)).count() >= *count as usize
            }
            Cond::Does(_) | Cond::HasDone(_) => false,
            Cond::Compare(left, op, right) => {
                let (left, right) = (self.at_start(left), self.at_start(right));
                left.zip(right).is_some_and(|(left, right)| op.holds(left, right))
            }
        }
    }

    fn at_start(&self, expr: &Expr) -> Option<i64> {
        match expr {
            Expr::Const(value) => Some(*value),
            Expr::Var(variable) => Some(i64::from(self.model.variables[variable.index()].initial)),
            Expr::Level | Expr::Peak => {
                self.model.ladder.as_ref().map(|ladder| i64::from(ladder.start))
            }
            Expr::Turn => Some(0),
            // Rare, and nothing hangs on it.
            Expr::Binary(..) => None,
        }
    }
}

/// What an alternative of a rule comes to.
struct Upshot<'r> {
    rule: &'r Rule,
    ways: &'r WaysOut<'r>,
    writes: Vec<Effect>,
    events: Vec<Event>,
}

impl<'r> Upshot<'r> {
    fn of(rule: &'r Rule, alternative: &Alternative, ways: &'r WaysOut<'r>) -> Self {
        let (writes, events) = ways.all(&alternative.branch.effects);
        Self { rule, ways, writes, events }
    }

    /// Whether a condition holds once this has come about; `false` where that does not show.
    fn reaches(&self, cond: &Cond) -> bool {
        match cond {
            Cond::Const(holds) => *holds,
            Cond::And(all) => {
                all.iter().any(|one| self.reaches(one))
                    && all.iter().all(|one| self.reaches(one) || self.keeps(one))
            }
            Cond::Or(all) => all.iter().any(|one| self.reaches(one)),
            Cond::AtLeast(count, all) => {
                all.iter().filter(|one| self.reaches(one)).count() >= *count as usize
            }
            Cond::Does(pattern) | Cond::HasDone(pattern) => {
                self.events.iter().any(|event| pattern.matches(event))
            }
            Cond::Not(_) => false,
            Cond::Compare(Expr::Var(variable), op, Expr::Const(value)) => {
                self.writes.iter().any(|write| match write {
                    Effect::Assign(written, assigned) => {
                        written == variable && op.holds(i64::from(*assigned), *value)
                    }
                    Effect::Step(written, by) if written == variable => {
                        let (low, high) = self.ways.span(*variable);
                        let before = self.known(&Expr::Var(*variable));
                        before.is_some_and(|before| {
                            op.holds((before + i64::from(*by)).clamp(low, high), *value)
                        })
                    }
                    Effect::Step(..) | Effect::Event(_) => false,
                })
            }
            Cond::Compare(
                Expr::Level | Expr::Peak,
                CompareOp::Greater | CompareOp::GreaterEqual,
                Expr::Const(value),
            ) => {
                let Cond::Compare(_, op, _) = cond else { return false };
                self.events.iter().any(|event| match self.ways.rung(event) {
                    Some(RungEffect::At(rung)) => op.holds(i64::from(rung), *value),
                    Some(RungEffect::To(_)) | None => false,
                })
            }
            Cond::Compare(..) => false,
        }
    }

    /// Whether a condition is one that the rule asks for, and nothing of this changes it.
    fn keeps(&self, cond: &Cond) -> bool {
        let mut written = false;
        cond.leaves(&mut |leaf| {
            written |= self.writes.iter().any(|write| match (write, leaf) {
                (Effect::Assign(one, _) | Effect::Step(one, _), Expr::Var(other)) => one == other,
                (_, Expr::Level | Expr::Peak | Expr::Turn) => true,
                _ => false,
            });
        });
        !written && self.asked().any(|part| part == cond)
    }

    /// The value that something must have for the rule to have its chance, where there is only one.
    fn known(&self, expr: &Expr) -> Option<i64> {
        self.asked().find_map(|part| match part {
            Cond::Compare(left, CompareOp::Equal, Expr::Const(value)) if left == expr => {
                Some(*value)
            }
            _ => None,
        })
    }

    fn asked(&self) -> impl Iterator<Item = &Cond> {
        std::iter::once(&self.rule.condition).chain(&self.rule.guard).flat_map(Cond::parts)
    }
}

/// The estimate of each alternative, as the language has it.
fn estimates(alternatives: &[Alternative]) -> Vec<f64> {
    let ends: Vec<(f64, f64)> = (alternatives.iter())
        .map(|alternative| {
            alternative.likelihood.as_ref().map_or((0.0, 0.0), |given| (given.low, given.high))
        })
        .collect();
    let low: f64 = ends.iter().map(|(low, _)| low).sum();
    let room: f64 = ends.iter().map(|(low, high)| high - low).sum();
    let share = if low + room / 2.0 > 1.0 { (1.0 - low) / room } else { 0.5 };
    ends.iter().map(|(low, high)| low + share * (high - low)).collect()
}

/// A probability as percent, with one decimal where it is small.
fn percent(value: f64) -> String {
    let percent = value * 100.0;
    if percent > 99.5 {
        "over 99%".to_owned()
    } else if percent < 20.0 {
        let short = format!("{percent:.1}");
        format!("{}%", short.trim_end_matches('0').trim_end_matches('.'))
    } else {
        format!("{percent:.0}%")
    }
}
