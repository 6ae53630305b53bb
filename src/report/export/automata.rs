//! A program as automata: one for each draw, which keeps what came out for the rest of the turn,
//! and one that settles the turn. As large as the program, however many situations it has.

use super::expression::Expression;
use super::identifiers::Identifiers;
use super::network::{Assignment, Command, Module, Network, Variable, VariableKind};
use super::settlement::{Drawn, Settlement, chance, sure};
use super::slots::{Role, Slot, alternative_name, rule_name};
use super::source::Source;
use super::writers::{Cause, Writers};
use crate::engine::program::{Program, RuleAction};

/// Steps of a turn, in this order: what is drawn and which rules have their chance; the next values;
/// which `when` rules that arms. Storm forgets what lasts for one turn only where it is assigned
/// later than in the first step, so nothing is.
const DRAWING: u32 = 0;
const SETTLING: u32 = 1;
const ARMING: u32 = 2;

/// The automata of a program.
#[must_use]
pub fn automata(source: &Source<'_>, slots: &[Slot], names: &mut Identifiers) -> Network {
    let mut variables = source.variables(slots);
    let writers = Writers::of(source.program);
    let passing = Passing::add(source, writers, &mut variables, names);
    let mut modules = vec![settling(source, slots, &passing, names)];
    for draw in 0..source.program.draws.len() {
        modules.push(drawing(source, &passing, draw, names));
    }
    Network { chooses: source.chooses(), variables, modules, ended: source.ended() }
}

/// The variables that last for one turn only.
#[derive(Debug)]
struct Passing<'p> {
    program: &'p Program,
    writers: Writers,
    /// For each draw: the number of its result, from 1.
    draws: Vec<usize>,
    /// For each rule that does not draw: whether it has its chance.
    sure: Vec<Option<usize>>,
    /// For each rule with `when`: whether its condition held before.
    held: Vec<Option<usize>>,
}

impl<'p> Passing<'p> {
    fn add(
        source: &Source<'p>,
        writers: Writers,
        variables: &mut Vec<Variable>,
        names: &mut Identifiers,
    ) -> Self {
        let (model, program) = (source.model, source.program);
        let mut add = |name: String, meaning: String, kind: VariableKind| {
            variables.push(Variable { name: names.name(&name), meaning, kind });
            variables.len() - 1
        };
        let truth = VariableKind::Passing;
        let draw = |draw: &crate::engine::program::Draw| {
            let high = draw.results.len() as u32;
            let name = rule_name(model, draw.rule);
            (format!("{name}_draws"), format!("what {name} draws"), VariableKind::Drawn { high })
        };
        let draws = program.draws.iter().map(draw).map(|(a, b, c)| add(a, b, c)).collect();
        let rules = program.rules.iter().enumerate();
        let sure = rules
            .map(|(at, rule)| {
                let name = rule_name(model, at as u32);
                matches!(rule.action, RuleAction::Sure(_))
                    .then(|| add(format!("{name}_now"), format!("{name} has its chance"), truth))
            })
            .collect();
        let held = program.rules.iter().enumerate();
        let held = held
            .map(|(at, rule)| {
                let name = rule_name(model, at as u32);
                let meaning = format!("the condition of {name} held before");
                rule.armed.map(|_| add(format!("{name}_held"), meaning, truth))
            })
            .collect();
        Self { program, writers, draws, sure, held }
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

/// The automaton of a draw: what comes out, or nothing where it has no chance.
fn drawing(
    source: &Source<'_>,
    passing: &Passing<'_>,
    at: usize,
    names: &mut Identifiers,
) -> Module {
    let draw = &source.program.draws[at];
    let chance = chance(source.program, draw.rule);
    let result = |(result, probability): (usize, &f64)| {
        let value = Expression::Number(result as i64 + 1);
        (*probability, vec![Assignment { variable: passing.draws[at], value, step: DRAWING }])
    };
    let possible = |corner: &[f64]| {
        let results = corner.iter().enumerate().filter(|(_, probability)| **probability > 0.0);
        results.map(result).collect::<Vec<_>>()
    };
    let corners = draw.corners(source.freedom);
    let mut commands: Vec<Command> = corners
        .iter()
        .map(|corner| Command {
            guard: chance.clone(),
            meaning: (corners.len() > 1).then(|| chosen(source, at, corner)),
            branches: possible(corner),
        })
        .collect();
    if chance != Expression::Truth(true) {
        let branches = vec![(1.0, Vec::new())];
        commands.push(Command { guard: chance.negated(), meaning: None, branches });
    }
    let name = names.name(&format!("{}_rule", rule_name(source.model, draw.rule)));
    Module { name, variables: vec![passing.draws[at]], commands }
}

/// What a corner of a draw stands for: the option taken, or which of what the ranges allow.
#[must_use]
pub fn chosen(source: &Source<'_>, draw: usize, corner: &[f64]) -> String {
    let draw = &source.program.draws[draw];
    let likely = corner.iter().zip(&draw.results).filter(|(probability, _)| **probability > 0.0);
    let mut alternatives: Vec<u32> = likely.map(|(_, result)| result.alternative).collect();
    alternatives.dedup();
    match alternatives[..] {
        [only] if draw.decides => alternative_name(source.model, draw.rule, only),
        _ => format!("{}, an end of its ranges", rule_name(source.model, draw.rule)),
    }
}

/// The automaton that settles the turn.
fn settling(
    source: &Source<'_>,
    slots: &[Slot],
    passing: &Passing<'_>,
    names: &mut Identifiers,
) -> Module {
    let program = source.program;
    let settlement = Settlement { program, writers: &passing.writers, drawn: passing };
    let mut assignments = before(program, passing);
    for (slot, it) in slots.iter().enumerate() {
        let (value, step) = match it.role {
            Role::Armed(rule) => (armed(program, passing, rule), ARMING),
            role => (settlement.next(slot, role), SETTLING),
        };
        if value != Expression::Variable(slot) {
            assignments.push(Assignment { variable: slot, value, step });
        }
    }
    assignments.sort_by_key(|assignment| (assignment.step, assignment.variable));
    Module {
        name: names.name("settles"),
        variables: (0..slots.len()).collect(),
        commands: vec![Command {
            guard: Expression::Truth(true),
            meaning: None,
            branches: vec![(1.0, assignments)],
        }],
    }
}

/// What the turn finds: which rules have their chance, and which conditions hold.
fn before(program: &Program, passing: &Passing<'_>) -> Vec<Assignment> {
    let mut all = Vec::new();
    for (at, rule) in program.rules.iter().enumerate() {
        let chance = passing.sure[at].map(|variable| (variable, chance(program, at as u32)));
        let held = passing.held[at].map(|variable| (variable, Expression::from(&rule.condition)));
        for (variable, value) in chance.into_iter().chain(held) {
            all.push(Assignment { variable, value, step: DRAWING });
        }
    }
    all
}

/// Whether a `when` rule has its chance in the next situation: its condition holds there and did
/// not before.
fn armed(program: &Program, passing: &Passing<'_>, at: u32) -> Expression {
    let rule = &program.rules[at as usize];
    let held = passing.held[at as usize].map(|held| Expression::Variable(held).negated());
    let unspent = rule.spent.map(|spent| Expression::is(spent as usize, 0));
    let condition = Expression::from(&rule.condition);
    Expression::all([held, unspent, Some(condition)].into_iter().flatten()).counted()
}
