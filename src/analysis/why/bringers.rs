//! What could bring a subject about directly: the nodes, and the rules that have them among their
//! effects.

use super::accounts::alternative_name;
use super::answer::Way;
use super::subject::{Subject, rung_of};
use crate::analysis::reactions::firing::nodes;
use crate::engine::Program;
use crate::engine::program::{Effects, Origin};
use crate::model::{Cond, DeclId, Expr, Model};
use crate::syntax::tree::CompareOp;
use std::collections::{BTreeMap, BTreeSet};

/// A rule that could bring a subject about directly.
#[derive(Clone, Debug)]
pub struct Bringer {
    /// The way, as it is told.
    pub way: Way,
    /// The rules, as indices of the model's.
    pub rules: Vec<usize>,
}

/// The rules and decisions that could bring a subject about directly, as declared.
#[must_use]
pub fn bringers(model: &Model, program: &Program, subject: Subject) -> Vec<Bringer> {
    bringing(model, program, &wanted(model, program, subject))
}

/// The rules and decisions that could bring one of these conditions about directly, as declared.
#[must_use]
pub fn bringers_of(model: &Model, program: &Program, conditions: &[Cond]) -> Vec<Bringer> {
    let mut wanted = BTreeSet::new();
    conditions.iter().for_each(|cond| toward(program, cond, true, &mut wanted));
    bringing(model, program, &wanted)
}

/// The rules and decisions that could bring one of these nodes about directly, as declared.
fn bringing(model: &Model, program: &Program, wanted: &BTreeSet<u32>) -> Vec<Bringer> {
    let mut by_rule: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for block in &program.blocks {
        if let Origin::Rule(rule, alternative) = block.origin
            && reaches(program, &block.effects, wanted)
        {
            by_rule.entry(rule).or_default().insert(alternative);
        }
    }
    let mut by_declaration: BTreeMap<DeclId, Vec<(usize, BTreeSet<u32>)>> = BTreeMap::new();
    for (rule, alternatives) in by_rule {
        let rule = rule as usize;
        let declaration = model.rules[rule].declaration;
        by_declaration.entry(declaration).or_default().push((rule, alternatives));
    }
    by_declaration.into_iter().map(|(id, rules)| bringer(model, program, id, &rules)).collect()
}

fn bringer(
    model: &Model,
    program: &Program,
    declaration: DeclId,
    rules: &[(usize, BTreeSet<u32>)],
) -> Bringer {
    let alternatives: BTreeSet<u32> = rules.iter().flat_map(|rule| &rule.1).copied().collect();
    let drawn = |&(rule, ref alternatives): &(usize, BTreeSet<u32>)| {
        let draw = program.draws.iter().find(|draw| draw.rule as usize == rule);
        draw.map_or(1.0, |draw| {
            let results = draw.results.iter().zip(draw.estimate());
            let counts = results.filter(|(result, _)| alternatives.contains(&result.alternative));
            counts.fold(0.0, |sum, (_, share)| sum + share).min(1.0)
        })
    };
    Bringer {
        way: Way::Rule {
            declaration,
            members: rules.iter().map(|(rule, _)| model.rules[*rule].members.clone()).collect(),
            alternatives: alternatives
                .into_iter()
                .map(|alternative| alternative_name(model, declaration, alternative))
                .collect(),
            drawn: rules.iter().map(drawn).fold(0.0, f64::max),
        },
        rules: rules.iter().map(|(rule, _)| *rule).collect(),
    }
}

/// The nodes that could bring a subject about, sorted.
fn wanted(model: &Model, program: &Program, subject: Subject) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    match subject {
        Subject::Event(_) | Subject::Change(..) => found.extend(subject.nodes(program)),
        Subject::Rung(rung) => {
            let rung = i64::try_from(rung).unwrap_or(i64::MAX);
            climbing(program, CompareOp::GreaterEqual, rung, &mut found);
        }
        Subject::Outcome(id) => {
            if let Some(cond) = &model.outcomes[id.index()].condition {
                toward(program, cond, true, &mut found);
            }
        }
    }
    found
}

/// Whether effects, or the bodies of their events, bring one of these nodes about.
fn reaches(program: &Program, effects: &Effects, wanted: &BTreeSet<u32>) -> bool {
    let (mut queue, mut seen) = (nodes(program, effects), BTreeSet::new());
    while let Some(node) = queue.pop() {
        if wanted.contains(&node) {
            return true;
        }
        if let Some(event) = program.events.get(node as usize)
            && seen.insert(node)
        {
            queue.extend(nodes(program, &event.body));
        }
    }
    false
}

/// Nodes that can turn a condition to `wish`.
fn toward(program: &Program, cond: &Cond, wish: bool, found: &mut BTreeSet<u32>) {
    match cond {
        Cond::Const(_) => {}
        Cond::Not(inner) => toward(program, inner, !wish, found),
        Cond::And(all) | Cond::Or(all) | Cond::AtLeast(_, all) => {
            all.iter().for_each(|part| toward(program, part, wish, found));
        }
        Cond::Does(pattern) | Cond::HasDone(pattern) => {
            if wish {
                found.extend(program.places.matching(pattern));
            }
        }
        Cond::Compare(left, op, right) => {
            let op = if wish { *op } else { op.negated() };
            match (left, right) {
                (one, Expr::Const(value)) => compared(program, one, op, *value, found),
                (Expr::Const(value), one) => compared(program, one, op.turned(), *value, found),
                (left, right) => {
                    for side in [left, right] {
                        side.leaves(&mut |leaf| {
                            compared(program, leaf, CompareOp::NotEqual, i64::MIN, found);
                        });
                    }
                }
            }
        }
    }
}

fn compared(program: &Program, one: &Expr, op: CompareOp, value: i64, found: &mut BTreeSet<u32>) {
    match one {
        Expr::Const(_) | Expr::Turn => {}
        Expr::Var(id) => {
            let column = program.variables.iter().position(|v| v.variable == id.index());
            if let Some(column) = column {
                moving(program, column, op, value, found);
            }
        }
        Expr::Level | Expr::Peak => climbing(program, op, value, found),
        Expr::Binary(left, _, right) => {
            for side in [left, right] {
                compared(program, side, CompareOp::NotEqual, i64::MIN, found);
            }
        }
    }
}

/// Changes of a variable that can make it compare so.
fn moving(program: &Program, column: usize, op: CompareOp, value: i64, found: &mut BTreeSet<u32>) {
    let written = &program.variables[column];
    let fits = written.given.iter().filter(|given| op.holds(i64::from(**given), value));
    found.extend(fits.filter_map(|given| written.becomes(*given)));
    let (up, down) = match op {
        CompareOp::Equal | CompareOp::NotEqual => (true, true),
        CompareOp::Greater | CompareOp::GreaterEqual => (true, false),
        CompareOp::Less | CompareOp::LessEqual => (false, true),
    };
    found.extend(up.then(|| written.raised()));
    found.extend(down.then(|| written.lowered()));
}

/// Events that bring the level to a rung that compares so.
fn climbing(program: &Program, op: CompareOp, value: i64, found: &mut BTreeSet<u32>) {
    for (event, effects) in program.events.iter().enumerate() {
        if effects.rung.is_some_and(|rung| op.holds(i64::from(rung_of(rung)), value)) {
            found.insert(event as u32);
        }
    }
}
