//! What brings what about in one turn, with its probability.

use crate::engine::program::{Consequence, Effects, Origin, Program};
use crate::engine::turn::Expansion;

/// What brings something about in a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Source {
    /// A rule that has its chance in the situation, or an inject.
    Now(Origin),
    /// A chain: something that was under way.
    Late(u32),
    /// The body of the action of an event of the same turn.
    Body(u32),
}

/// That a source brings a node about in a turn.
#[derive(Clone, Copy, Debug)]
pub struct Firing {
    /// What brings it about.
    pub source: Source,
    /// The node.
    pub node: u32,
    /// The estimated probability, in the situation, that the source draws it and it happens.
    pub rate: f64,
}

/// All firings of an expanded situation. What is under way several times for one moment fires as
/// often.
#[must_use]
pub fn firings(program: &Program, out: &Expansion) -> Vec<Firing> {
    let layers = Layers::new(program, out);
    let mut found = Vec::new();
    for &(chain, consequence) in &out.sure {
        let Consequence::Now(block) = consequence else { continue };
        let block = &program.blocks[block as usize];
        let source = chain.map_or(Source::Now(block.origin), Source::Late);
        // What is under way several times comes in one flow: its lanes count each of them.
        if chain.is_some() && found.iter().any(|firing: &Firing| firing.source == source) {
            continue;
        }
        for node in nodes(program, &block.effects) {
            found.push(Firing { source, node, rate: layers.probability(node) });
        }
    }
    for (at, &draw) in out.draws.iter().enumerate() {
        for (result, drawn) in program.draws[draw as usize].results.iter().enumerate() {
            let Consequence::Now(block) = drawn.consequence else { continue };
            let block = &program.blocks[block as usize];
            for node in nodes(program, &block.effects) {
                // An event that is drawn happens; a change may be undone by others.
                let event = (node as usize) < program.events.len();
                let rate = if event {
                    program.draws[draw as usize].estimate()[result]
                } else {
                    layers.drawn(at, result, node)
                };
                found.push(Firing { source: Source::Now(block.origin), node, rate });
            }
        }
    }
    add_bodies(program, out, &layers, &mut found);
    found
}

fn add_bodies(program: &Program, out: &Expansion, layers: &Layers<'_>, found: &mut Vec<Firing>) {
    let mut events: Vec<u32> = (0..out.successors())
        .flat_map(|node| out.happened(node))
        .copied()
        .filter(|&node| (node as usize) < program.events.len())
        .collect();
    events.sort_unstable();
    events.dedup();
    for event in events {
        for node in nodes(program, &program.events[event as usize].body) {
            let rate = layers.together(event, node);
            found.push(Firing { source: Source::Body(event), node, rate });
        }
    }
}

/// The nodes that effects bring about, if nothing stands against it.
#[must_use]
pub fn nodes(program: &Program, effects: &Effects) -> Vec<u32> {
    let variable = |column: u32| &program.variables[column as usize];
    let mut nodes = effects.events.clone();
    nodes.extend(effects.assigns.iter().map(|&(column, value)| variable(column).becomes(value)));
    nodes.extend(effects.steps.iter().map(|&(column, by)| {
        if by < 0 { variable(column).lowered() } else { variable(column).raised() }
    }));
    nodes.sort_unstable();
    nodes.dedup();
    nodes
}

/// The layers of an expansion with the estimated probability of coming to each node.
struct Layers<'a> {
    program: &'a Program,
    out: &'a Expansion,
    reach: Vec<Vec<f64>>,
}

impl<'a> Layers<'a> {
    fn new(program: &'a Program, out: &'a Expansion) -> Self {
        let mut reach = vec![vec![1.0]];
        for at in 0..out.draws.len() {
            let mut next = Vec::new();
            out.push_down(program, at, &reach[at], &mut next);
            reach.push(next);
        }
        Self { program, out, reach }
    }

    fn last(&self) -> &[f64] {
        self.reach.last().map_or(&[], Vec::as_slice)
    }

    /// That a node happens.
    fn probability(&self, node: u32) -> f64 {
        self.sum(|happened| happened.contains(&node))
    }

    /// That two nodes happen.
    fn together(&self, one: u32, other: u32) -> f64 {
        self.sum(|happened| happened.contains(&one) && happened.contains(&other))
    }

    fn sum(&self, counts: impl Fn(&[u32]) -> bool) -> f64 {
        let ends = self.last().iter().enumerate();
        ends.filter(|(end, _)| counts(self.out.happened(*end))).map(|(_, reach)| reach).sum()
    }

    /// That a draw has this result and a node happens.
    fn drawn(&self, draw: usize, result: usize, node: u32) -> f64 {
        let share = |at: usize| self.program.draws[self.out.draws[at] as usize].estimate();
        let ends = 0..self.out.successors();
        let mut below: Vec<f64> =
            ends.map(|end| f64::from(u8::from(self.out.happened(end).contains(&node)))).collect();
        for at in (draw + 1..self.out.draws.len()).rev() {
            let estimate = share(at);
            let here = |node: usize| {
                let children = self.out.children(at, node, estimate.len());
                children
                    .iter()
                    .zip(estimate)
                    .map(|(&child, share)| share * below[child as usize])
                    .sum()
            };
            below = (0..self.reach[at].len()).map(here).collect();
        }
        let estimate = share(draw);
        let from = |(at, reach): (usize, &f64)| {
            let child = self.out.children(draw, at, estimate.len())[result];
            reach * estimate[result] * below[child as usize]
        };
        self.reach[draw].iter().enumerate().map(from).sum()
    }
}
