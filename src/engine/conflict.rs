//! Assignments of different values to one variable in one turn, at equal priority.

use super::expansion::{Expansion, Group};
use super::program::{Consequence, Effects, Origin, Program};

/// Two assignments that contradict each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The situation whose turn it is.
    pub situation: usize,
    /// The index of the variable in the model.
    pub variable: usize,
    /// Where one value comes from.
    pub one: (Origin, i32),
    /// Where another comes from.
    pub other: (Origin, i32),
}

/// The conflicts of one expansion, each pair of origins once.
#[must_use]
pub fn conflicts(program: &Program, out: &Expansion, situation: usize) -> Vec<Conflict> {
    let mut found: Vec<Conflict> = Vec::new();
    for &(group, end, column) in &out.conflicts {
        let mut claims = claims(program, out, group, end, column);
        debug_assert!(!claims.is_empty(), "somebody assigns what is contradicted");
        let top = claims.iter().map(|claim| claim.0).max().unwrap_or(0);
        claims.retain(|claim| claim.0 == top);
        claims.sort_unstable();
        let Some(&(_, value, origin)) = claims.first() else { continue };
        let other = claims.iter().find(|claim| claim.1 != value);
        debug_assert!(other.is_some(), "a contradiction is between two values");
        let Some(other) = other else { continue };
        let variable = program.variables[column as usize].variable;
        let one = (origin, value);
        let conflict = Conflict { situation, variable, one, other: (other.2, other.1) };
        if !found.contains(&conflict) {
            found.push(conflict);
        }
    }
    found
}

/// Who assigns the variable on the way to an end of a group: rank, value, origin.
fn claims(
    program: &Program,
    out: &Expansion,
    group: u32,
    end: u32,
    column: u32,
) -> Vec<(u32, i32, Origin)> {
    let mut consequences: Vec<Consequence> = out.sure.iter().map(|sure| sure.1).collect();
    consequences.extend(path(program, out, &out.groups[group as usize], end));
    let mut claims = Vec::new();
    for consequence in consequences {
        let Consequence::Now(block) = consequence else { continue };
        let block = &program.blocks[block as usize];
        for value in values(program, &block.effects, column) {
            claims.push((block.rank, value, block.origin));
        }
    }
    claims
}

/// What a group's draws brought on one way to an end.
fn path(program: &Program, out: &Expansion, group: &Group, end: u32) -> Vec<Consequence> {
    let mut node = end;
    let mut consequences = Vec::new();
    for layer in (0..group.draws.len()).rev() {
        let at = group.draws.start + layer;
        let results = &program.draws[out.draws[at] as usize].results;
        let all = 0..out.width(group, layer);
        let mut ways = all.flat_map(|from| {
            let children = out.children(at, from, results.len());
            children.iter().enumerate().map(move |(result, child)| (from, result, *child))
        });
        if let Some((from, result, _)) = ways.find(|way| way.2 == node) {
            consequences.push(results[result].consequence);
            node = from as u32;
        }
    }
    consequences
}

/// The values that effects assign to a variable, through the bodies of their events too.
fn values(program: &Program, effects: &Effects, column: u32) -> Vec<i32> {
    let mut seen = effects.events.clone();
    let mut values: Vec<i32> = assigned(effects, column).collect();
    let mut at = 0;
    while let Some(&event) = seen.get(at) {
        let body = &program.events[event as usize].body;
        values.extend(assigned(body, column));
        let new: Vec<u32> = body.events.iter().copied().filter(|e| !seen.contains(e)).collect();
        seen.extend(new);
        at += 1;
    }
    values
}

fn assigned(effects: &Effects, column: u32) -> impl Iterator<Item = i32> + '_ {
    effects.assigns.iter().filter(move |assign| assign.0 == column).map(|assign| assign.1)
}
