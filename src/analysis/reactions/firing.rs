//! What brings what about in one turn, with its probability.

use crate::engine::expansion::{Expansion, Group};
use crate::engine::program::{Consequence, Effects, Origin, Program};

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
/// often. Where only some of what can come next fits what is seen later, `weights` say for each
/// end how much more likely that makes it.
#[must_use]
pub fn firings(program: &Program, out: &Expansion, weights: Option<&[f64]>) -> Vec<Firing> {
    let layers = Layers::new(program, out, weights);
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
                let rate = if event && weights.is_none() {
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
    let mut events: Vec<u32> = (0..out.ends())
        .flat_map(|end| out.happened(end))
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
    let becomes = |&(column, value): &(u32, i32)| variable(column).becomes(value);
    nodes.extend(effects.assigns.iter().filter_map(becomes));
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
    /// For each group and layer, the last one included.
    reach: Vec<Vec<Vec<f64>>>,
    weights: Option<&'a [f64]>,
}

impl<'a> Layers<'a> {
    fn new(program: &'a Program, out: &'a Expansion, weights: Option<&'a [f64]>) -> Self {
        let of_group = |group: &Group| {
            let mut all = vec![vec![1.0]];
            let mut spare = Vec::new();
            for layer in 0..group.draws.len() {
                let mut reach = all[layer].clone();
                out.push_down(program, group, layer..layer + 1, &mut reach, &mut spare);
                all.push(reach);
            }
            all
        };
        Self { program, out, reach: out.groups.iter().map(of_group).collect(), weights }
    }

    fn weight(&self, end: usize) -> f64 {
        self.weights.map_or(1.0, |weights| weights[end])
    }

    /// That a node happens.
    fn probability(&self, node: u32) -> f64 {
        self.sum(|happened| happened.contains(&node))
    }

    /// That an event happens and a node of its body.
    fn together(&self, one: u32, other: u32) -> f64 {
        self.sum(|happened| happened.contains(&one) && happened.contains(&other))
    }

    /// What happens together because of each other happens in one group: the others count nothing.
    fn sum(&self, counts: impl Fn(&[u32]) -> bool) -> f64 {
        let groups = self.out.groups.iter().zip(&self.reach);
        groups
            .flat_map(|(group, reach)| group.ends.clone().zip(&reach[group.draws.len()]))
            .filter(|(end, _)| counts(self.out.happened(*end)))
            .map(|(end, reach)| reach * self.weight(end))
            .sum()
    }

    /// That a draw has this result and a node happens.
    fn drawn(&self, draw: usize, result: usize, node: u32) -> f64 {
        let out = self.out;
        let groups = out.groups.iter().zip(&self.reach);
        let Some((group, reach)) = groups.into_iter().find(|it| it.0.draws.contains(&draw)) else {
            return 0.0;
        };
        let estimate = |at: usize| self.program.draws[out.draws[at] as usize].estimate();
        let happens =
            |end: usize| f64::from(u8::from(out.happened(end).contains(&node))) * self.weight(end);
        let mut below: Vec<f64> = group.ends.clone().map(happens).collect();
        for at in (draw + 1..group.draws.end).rev() {
            let estimate = estimate(at);
            let here = |node: usize| {
                let children = out.children(at, node, estimate.len());
                let shares = children.iter().zip(estimate);
                shares.map(|(&child, share)| share * below[child as usize]).sum()
            };
            below = (0..out.width(group, at - group.draws.start)).map(here).collect();
        }
        let estimate = estimate(draw);
        let from = |(at, reach): (usize, &f64)| {
            let child = out.children(draw, at, estimate.len())[result];
            reach * estimate[result] * below[child as usize]
        };
        reach[draw - group.draws.start].iter().enumerate().map(from).sum()
    }
}
