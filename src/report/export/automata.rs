//! A program as automata: one for each draw, which keeps what came out for the rest of the turn,
//! and one that settles the turn. As large as the program, however many situations it has.

use super::expression::Expression;
use super::identifiers::Identifiers;
use super::network::{Assignment, Command, Module, Network};
use super::passing::Passing;
use super::settlement::{Settlement, chance};
use super::slots::{Role, Slot, alternative_name, rule_name};
use super::source::Source;
use crate::engine::program::Program;

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
    let passing = Passing::add(source, &mut variables, names);
    let mut modules = vec![settling(source, slots, &passing, names)];
    for draw in 0..source.program.draws.len() {
        modules.push(drawing(source, &passing, draw, names));
    }
    Network { chooses: source.chooses(), variables, modules, ended: source.ended() }
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
