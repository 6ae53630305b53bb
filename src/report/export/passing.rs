//! The variables of an automaton model that last for one turn only.

use super::expression::Expression;
use super::identifiers::Identifiers;
use super::network::{Variable, VariableKind};
use super::settlement::{Drawn, sure};
use super::slots::rule_name;
use super::source::Source;
use super::writers::{Cause, Writers};
use crate::engine::program::{Program, RuleAction};

/// The variables that last for one turn only, by their indices.
#[derive(Debug)]
pub struct Passing<'p> {
    program: &'p Program,
    /// What writes what.
    pub writers: Writers,
    /// For each draw: the number of its result, from 1.
    pub draws: Vec<usize>,
    /// For each rule that does not draw: whether it has its chance.
    pub sure: Vec<Option<usize>>,
    /// For each rule with `when`: whether its condition held before.
    pub held: Vec<Option<usize>>,
}

impl<'p> Passing<'p> {
    /// Adds them to the variables of a model.
    pub fn add(
        source: &Source<'p>,
        variables: &mut Vec<Variable>,
        names: &mut Identifiers,
    ) -> Self {
        let (model, program) = (source.model, source.program);
        let mut add = |name: &str, meaning: String, kind: VariableKind| {
            variables.push(Variable { name: names.name(name), meaning, kind });
            variables.len() - 1
        };
        let (mut draws, mut sure, mut held) = (Vec::new(), Vec::new(), Vec::new());
        for draw in &program.draws {
            let name = rule_name(model, draw.rule);
            let kind = VariableKind::Drawn { high: draw.results.len() as u32 };
            draws.push(add(&format!("{name}_draws"), format!("what {name} draws"), kind));
        }
        for (at, rule) in program.rules.iter().enumerate() {
            let name = rule_name(model, at as u32);
            let mut truth = |what: &str, meaning: String| {
                add(&format!("{name}_{what}"), meaning, VariableKind::Passing)
            };
            let draws = matches!(rule.action, RuleAction::Draw(_));
            sure.push((!draws).then(|| truth("now", format!("{name} has its chance"))));
            let meaning = format!("the condition of {name} held before");
            held.push(rule.armed.map(|_| truth("held", meaning)));
        }
        Self { program, writers: Writers::of(program), draws, sure, held }
    }
}

impl Drawn for Passing<'_> {
    fn holds(&self, cause: Cause) -> Expression {
        match cause {
            Cause::Result(draw, result) => {
                Expression::is(self.draws[draw as usize], i64::from(result) + 1)
            }
            Cause::Sure(rule) => self.has_chance(rule),
            Cause::Due(_) | Cause::Inject(_) => sure(self.program, cause),
        }
    }

    fn happens(&self, event: u32) -> Expression {
        let causes = &self.writers.events[event as usize];
        Expression::any(causes.iter().map(|cause| self.holds(*cause)))
    }

    fn has_chance(&self, rule: u32) -> Expression {
        match (self.program.rules[rule as usize].action, self.sure[rule as usize]) {
            (RuleAction::Draw(draw), _) => Expression::is(self.draws[draw as usize], 0).negated(),
            (RuleAction::Sure(_), Some(sure)) => Expression::Variable(sure),
            (RuleAction::Sure(_), None) => Expression::Truth(false),
        }
    }
}
