//! How one turn came about: which results of which draws lead to one of its transitions.

use crate::engine::expansion::{Expansion, Group};
use crate::engine::program::{Consequence, Origin, Program};
use crate::engine::turn::Turn;
use crate::model::DeclId;

/// When what was drawn, scripted or under way counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// In this turn, drawn or scripted now.
    Now,
    /// In this turn, by this chain, which was under way.
    Due(u32),
    /// By this chain, so many turns after this one.
    Later(u32, u32),
}

/// A block of effects that came about in a turn.
#[derive(Clone, Copy, Debug)]
pub struct Fired {
    /// Whose it is.
    pub origin: Origin,
    /// The block, as an index of [`Program::blocks`].
    pub block: u32,
    /// When its effects count.
    pub moment: Moment,
}

/// Everything that came about in a turn, in the likeliest way that leads to its transition.
#[derive(Clone, Debug, Default)]
pub struct Derivation {
    /// What came about.
    pub fired: Vec<Fired>,
    /// Rules that had their only chance, whatever came of it.
    pub spent: Vec<DeclId>,
}

/// A situation and how a turn led to it.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The packed situation.
    pub words: Vec<u64>,
    /// The ending that holds there, as its outcome plus 1, or 0.
    pub ending: u32,
    /// What happened on the way: nodes, sorted.
    pub happened: Vec<u32>,
}

/// Finds derivations; keeps its working memory between them.
pub struct Deriving<'p> {
    program: &'p Program,
    turn: Turn<'p>,
    out: Expansion,
    /// For each slot: when finishing a situation changes it.
    clears: Vec<Clears>,
}

/// When finishing a situation changes a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Clears {
    Never,
    InEndings,
    Always,
}

/// The weight of a result that is possible only under other likelihoods than the estimates.
const UNLIKELY: f64 = 1e-9;

impl<'p> Deriving<'p> {
    /// For a program.
    #[must_use]
    pub fn new(program: &'p Program) -> Self {
        let mut clears = vec![Clears::Never; program.layout.slots()];
        for chain in &program.chains {
            let slots = chain.first_slot as usize..(chain.first_slot + chain.length) as usize;
            clears[slots].fill(Clears::InEndings);
        }
        for rule in &program.rules {
            rule.spent.iter().for_each(|&slot| clears[slot as usize] = Clears::InEndings);
            rule.armed.iter().for_each(|&slot| clears[slot as usize] = Clears::Always);
        }
        Self { program, turn: Turn::new(program), out: Expansion::default(), clears }
    }

    /// What came about before situation 0.
    #[must_use]
    pub fn beginning(&mut self) -> Derivation {
        self.turn.begin(&mut self.out);
        let mut derivation = Derivation::default();
        self.add_sure(&mut derivation);
        derivation
    }

    /// The likeliest way from a packed situation to an arrival; `None` where there is none.
    #[must_use]
    pub fn derive(&mut self, from: &[u64], to: &Arrival) -> Option<Derivation> {
        self.turn.expand(from, &mut self.out);
        let mut derivation = Derivation::default();
        let mut seen = 0;
        for group in &self.out.groups {
            let ends = self.matching(group, to);
            let end = self.likeliest(group, &ends, &mut derivation)?;
            seen += self.out.happened(group.ends.start + end).len();
        }
        // Everything that happened must have come from some group.
        if seen != to.happened.len() || !self.rest_matches(to) {
            return None;
        }
        self.add_sure(&mut derivation);
        for &rule in &self.out.chances {
            let rule = &self.program.rules[rule as usize];
            derivation.spent.extend(rule.spent.map(|_| rule.declaration));
        }
        Some(derivation)
    }

    /// Whether the slots that no group touches are those of the arrival.
    fn rest_matches(&self, to: &Arrival) -> bool {
        let layout = &self.program.layout;
        let mut mask = vec![0; layout.words()];
        for end in 0..self.out.ends() {
            mask.iter_mut().zip(self.out.delta(end)).for_each(|(mask, delta)| *mask |= delta);
        }
        (0..layout.slots() as u32).all(|slot| {
            self.free(slot, to)
                || touched(self.program, &mask, slot)
                || layout.get(&self.out.base, slot) == layout.get(&to.words, slot)
        })
    }

    /// Whether a slot is settled only when a situation is finished.
    fn free(&self, slot: u32, to: &Arrival) -> bool {
        match self.clears[slot as usize] {
            Clears::Never => false,
            Clears::InEndings => to.ending != 0,
            Clears::Always => true,
        }
    }

    /// Which ends of a group, counted from its first, fit an arrival.
    fn matching(&self, group: &Group, to: &Arrival) -> Vec<bool> {
        let (program, out) = (self.program, &self.out);
        let layout = &program.layout;
        let mut mask = vec![0; layout.words()];
        let mut nodes = Vec::new();
        for end in group.ends.clone() {
            mask.iter_mut().zip(out.delta(end)).for_each(|(mask, delta)| *mask |= delta);
            nodes.extend_from_slice(out.happened(end));
        }
        nodes.sort_unstable();
        nodes.dedup();
        let wanted: Vec<u32> =
            to.happened.iter().filter(|node| nodes.binary_search(node).is_ok()).copied().collect();
        let slots: Vec<u32> = (0..layout.slots() as u32)
            .filter(|&slot| touched(program, &mask, slot))
            .filter(|&slot| !self.free(slot, to))
            .collect();
        let fits = |end: usize| {
            let words: Vec<u64> =
                out.base.iter().zip(out.delta(end)).map(|(base, delta)| base ^ delta).collect();
            out.happened(end) == wanted
                && slots.iter().all(|&slot| layout.get(&words, slot) == layout.get(&to.words, slot))
        };
        group.ends.clone().map(fits).collect()
    }

    /// Adds what the draws of a group come to on the likeliest way to one of these ends; says which.
    fn likeliest(
        &self,
        group: &Group,
        ends: &[bool],
        derivation: &mut Derivation,
    ) -> Option<usize> {
        let (program, out) = (self.program, &self.out);
        let mut layers: Vec<Vec<(f64, usize, usize)>> = vec![vec![(1.0, 0, 0)]];
        for (layer, draw) in group.draws.clone().enumerate() {
            let estimate = program.draws[out.draws[draw] as usize].estimate();
            let mut next = vec![(0.0, 0, 0); out.width(group, layer + 1)];
            for (node, &(reach, ..)) in layers[layer].iter().enumerate() {
                let children = out.children(draw, node, estimate.len());
                for (result, (&child, &share)) in children.iter().zip(estimate).enumerate() {
                    let weight = reach * share.max(UNLIKELY);
                    if weight > next[child as usize].0 {
                        next[child as usize] = (weight, node, result);
                    }
                }
            }
            layers.push(next);
        }
        let last = layers.last()?;
        let reached = (0..last.len()).filter(|&end| ends[end]);
        let end = reached.max_by(|&one, &other| last[one].0.total_cmp(&last[other].0))?;
        let mut node = end;
        for (layer, draw) in group.draws.clone().enumerate().rev() {
            let (_, before, result) = layers[layer + 1][node];
            let result = &program.draws[out.draws[draw] as usize].results[result];
            derivation.fired.extend(fired(program, result.consequence, None));
            node = before;
        }
        Some(end)
    }

    fn add_sure(&self, derivation: &mut Derivation) {
        for &(chain, consequence) in &self.out.sure {
            derivation.fired.extend(fired(self.program, consequence, chain));
        }
    }
}

/// Whether the bits of a slot meet a mask.
fn touched(program: &Program, mask: &[u64], slot: u32) -> bool {
    let none = vec![0; mask.len()];
    program.layout.get(mask, slot) != program.layout.get(&none, slot)
}

/// What comes of a consequence; with `chain`, it was under way.
fn fired(program: &Program, consequence: Consequence, chain: Option<u32>) -> Option<Fired> {
    let (block, moment) = match consequence {
        Consequence::Nothing => return None,
        Consequence::Now(block) => (block, chain.map_or(Moment::Now, Moment::Due)),
        Consequence::Later { chain, turns } => {
            (program.chains[chain as usize].block, Moment::Later(chain, turns))
        }
    };
    Some(Fired { origin: program.blocks[block as usize].origin, block, moment })
}
