//! The edges of the reaction graph in the making: how often each is expected to be taken.

use super::delays::{ChainFlow, ToFollow};
use super::firing::{Firing, Source, firings};
use super::last_writers::{Watches, writers};
use super::orbit_means::symmetrize;
use crate::engine::expansion::Expansion;
use crate::engine::program::{Origin, Program};
use crate::engine::turn::Turn;
use crate::model::{Model, Trigger};
use crate::solve::solver::Solver;
use crate::solve::visits::carry::{Carry, totals};
use crate::solve::visits::incoming::Back;
use crate::solve::visits::turn_by_turn::visits;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// What an edge is known by: from, to, what connects them, and which alternative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Link {
    /// The cause: a node of the engine, or [`START`].
    pub from: u32,
    /// The effect: a node of the engine, or that of an outcome.
    pub to: u32,
    /// What connects them.
    pub by: LinkBy,
}

/// What connects a cause and its effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LinkBy {
    /// A rule (index in the model's rules) or inject.
    Origin(Origin),
    /// The body of the action of this event.
    Body(u32),
    /// The condition of this outcome.
    Outcome(u32),
}

/// The cause of what nothing else causes.
pub const START: u32 = u32::MAX;

/// How often each link is taken, and each node and outcome happens.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// For each link, the expected number of times.
    pub links: FxHashMap<Link, f64>,
    /// For each node of the engine, the expected number of times.
    pub nodes: Vec<f64>,
    /// For each outcome, the expected number of times that its condition begins to hold.
    pub outcomes: Vec<f64>,
}

/// Everything that the parts of the ledger need.
pub(super) struct Book<'a> {
    pub(super) model: &'a Model,
    pub(super) solver: Solver<'a>,
    pub(super) back: &'a Back,
    /// For each situation: how often a storyline is expected to go on from there.
    pub(super) visits: Vec<f64>,
    /// For each `on` rule: the events that it matches, with their slots.
    matching: Vec<Vec<(u32, u32)>>,
    /// For each situation that is visited: what fires there.
    pub(super) firings: Vec<Vec<Firing>>,
    pub(super) ledger: Ledger,
}

/// Fills the ledger.
#[must_use]
pub fn ledger(model: &Model, solver: Solver<'_>, back: &Back) -> Ledger {
    let visits = visits(solver, back, solver.horizon);
    let firings = all_firings(solver, &visits);
    let ledger = Ledger::default();
    let matching = matching(model, solver.program);
    let mut book = Book { model, solver, back, visits, matching, firings, ledger };
    book.count_nodes();
    book.link_start();
    book.link_situations();
    book.link_watched();
    book.link_late();
    book.link_outcomes();
    book.ledger.links.retain(|_, expected| *expected > 0.0);
    symmetrize(&mut book.ledger, &solver.frames.generators);
    book.ledger
}

fn all_firings(solver: Solver<'_>, visits: &[f64]) -> Vec<Vec<Firing>> {
    let fire = |(turn, out): &mut (Turn<'_>, Expansion), (s, &visits): (usize, &f64)| {
        if visits <= 0.0 || solver.graph.leaves(s).is_empty() {
            return Vec::new();
        }
        turn.expand(solver.graph.situation(s), out);
        let weights = solver.given.and_then(|given| given.weights(solver, s, out));
        firings(solver.program, out, weights.as_deref())
    };
    let visits = visits.par_iter().enumerate().with_min_len(64);
    visits.map_init(|| (Turn::new(solver.program), Expansion::default()), fire).collect()
}

impl Book<'_> {
    pub(super) fn add(&mut self, from: u32, to: u32, by: LinkBy, expected: f64) {
        if expected > 0.0 {
            *self.ledger.links.entry(Link { from, to, by }).or_default() += expected;
        }
    }

    fn count_nodes(&mut self) {
        let graph = self.solver.graph;
        let mut nodes = vec![0.0; self.solver.program.nodes as usize];
        for &node in graph.happened(graph.initial_label) {
            nodes[node as usize] += 1.0;
        }
        for (s, &visits) in self.visits.iter().enumerate().filter(|(_, visits)| **visits > 0.0) {
            for leaf in graph.leaves(s).filter(|&leaf| graph.estimate(leaf) > 0.0) {
                for &node in graph.happened(graph.label(leaf)) {
                    nodes[node as usize] += visits * graph.estimate(leaf);
                }
            }
        }
        self.ledger.nodes = nodes;
    }

    /// What the injects of turn 0 bring about.
    fn link_start(&mut self) {
        let program = self.solver.program;
        let mut out = Expansion::default();
        Turn::new(program).begin(&mut out);
        for firing in firings(program, &out, None) {
            match firing.source {
                Source::Now(origin) => {
                    self.add(START, firing.node, LinkBy::Origin(origin), firing.rate);
                }
                Source::Body(event) => {
                    self.add(event, firing.node, LinkBy::Body(event), firing.rate);
                }
                Source::Late(_) => {}
            }
        }
    }

    /// Injects, bodies and `on` rules: their causes stand in the situation.
    fn link_situations(&mut self) {
        let program = self.solver.program;
        let mut values = vec![0; program.layout.slots()];
        let firings = std::mem::take(&mut self.firings);
        for (s, firings) in firings.iter().enumerate().filter(|(_, firings)| !firings.is_empty()) {
            program.layout.unpack(self.solver.graph.situation(s), &mut values);
            let visits = self.visits[s];
            for firing in firings.iter().filter(|firing| firing.rate > 0.0) {
                let expected = visits * firing.rate;
                match firing.source {
                    Source::Now(origin @ Origin::Inject(_)) => {
                        self.add(START, firing.node, LinkBy::Origin(origin), expected);
                    }
                    Source::Now(origin @ Origin::Rule(rule, _)) => {
                        let on = program.rules[rule as usize].trigger == Trigger::On;
                        for cause in on
                            .then(|| just_happened(&self.matching[rule as usize], &values))
                            .into_iter()
                            .flatten()
                        {
                            self.add(cause, firing.node, LinkBy::Origin(origin), expected);
                        }
                    }
                    Source::Body(event) => {
                        self.add(event, firing.node, LinkBy::Body(event), expected);
                    }
                    Source::Late(_) => {}
                }
            }
        }
        self.firings = firings;
    }

    /// What was under way: its causes are those of its draw.
    fn link_late(&mut self) {
        let program = self.solver.program;
        for chains in self.closed_chains() {
            let rule =
                |chain: usize| match program.blocks[program.chains[chain].block as usize].origin {
                    Origin::Rule(rule, _) => rule as usize,
                    Origin::Inject(_) => 0,
                };
            let on = program.rules[rule(chains[0])].trigger == Trigger::On;
            let sets: Vec<Vec<u32>> =
                chains.iter().map(|&chain| self.writers(rule(chain))).collect();
            let mut distinct = sets.clone();
            distinct.sort();
            distinct.dedup();
            let follow: Vec<ToFollow<'_>> = chains
                .iter()
                .zip(&sets)
                .map(|(&chain, set)| {
                    let how = if on {
                        Err(&self.matching[rule(chain)][..])
                    } else {
                        let found = distinct.binary_search(set);
                        debug_assert!(found.is_ok(), "each set is one of the distinct ones");
                        Ok(found.unwrap_or(0))
                    };
                    (chain, how)
                })
                .collect();
            let watches = (!on).then(|| Watches::new(self.solver, &distinct));
            let flow = ChainFlow::new(self.solver, &follow, watches);
            let lanes = totals(self.solver, self.back, &flow, self.solver.horizon);
            let firings = std::mem::take(&mut self.firings);
            for &chain in &chains {
                let origin = program.blocks[program.chains[chain].block as usize].origin;
                let by = LinkBy::Origin(origin);
                for (s, firings) in firings.iter().enumerate() {
                    let due = firings.iter().filter(|f| f.source == Source::Late(chain as u32));
                    for firing in due {
                        for (cause, expected) in flow.due(&lanes, s, chain) {
                            self.add(cause, firing.node, by, expected * firing.rate);
                        }
                    }
                }
            }
            self.firings = firings;
        }
    }

    /// Chains by which of them become each other where actors change places.
    fn closed_chains(&self) -> Vec<Vec<usize>> {
        let program = self.solver.program;
        let mut placed = vec![false; program.chains.len()];
        let mut all = Vec::new();
        for first in 0..program.chains.len() {
            if std::mem::replace(&mut placed[first], true) {
                continue;
            }
            let mut orbit = vec![first];
            let mut at = 0;
            while let Some(&chain) = orbit.get(at) {
                at += 1;
                for generator in &self.solver.frames.generators {
                    if let Some(image) = program.turned_chain(chain, generator)
                        && !std::mem::replace(&mut placed[image], true)
                    {
                        orbit.push(image);
                    }
                }
            }
            all.push(orbit);
        }
        all
    }

    /// Outcomes, each time that their condition begins to hold.
    fn link_outcomes(&mut self) {
        for at in 0..self.model.outcomes.len() {
            let cond = self.model.outcomes[at].condition.as_ref();
            let test = self.solver.program.outcomes[at].as_ref();
            let expected = match (cond, test) {
                (Some(cond), Some(test)) => {
                    let holds = self.solver.holding(test);
                    let writers = writers(self.model, self.solver.program, cond);
                    let watches = Watches::new(self.solver, &[writers]);
                    self.link_outcome(at as u32, &holds, &watches)
                }
                _ => 0.0,
            };
            self.ledger.outcomes.push(expected);
        }
    }

    fn link_outcome(&mut self, at: u32, holds: &[bool], watches: &Watches<'_>) -> f64 {
        let (solver, graph) = (self.solver, self.solver.graph);
        let (to, by) = (solver.program.nodes + at, LinkBy::Outcome(at));
        let width = watches.lanes();
        let mut history: Option<Vec<f64>> = None;
        let mut expected = 0.0;
        if holds[0] {
            expected += 1.0;
            let lanes = watches.at_start();
            for (cause, lane) in watches.causes(0) {
                self.add(cause, to, by, lanes[lane]);
            }
        }
        for s in (0..graph.len()).filter(|&s| !holds[s]) {
            for leaf in graph.leaves(s).filter(|&leaf| holds[graph.targets[leaf] as usize]) {
                let weight = graph.estimate(leaf);
                let flow = self.visits[s] * weight;
                if weight <= 0.0 || self.visits[s] <= 0.0 {
                    continue;
                }
                expected += flow;
                let written = watches.written(graph.label(leaf), 0);
                for &lane in written {
                    let cause = watches.sets[0][lane as usize - watches.first[0] - 1];
                    self.add(cause, to, by, flow);
                }
                if written.is_empty() {
                    let lanes = history
                        .get_or_insert_with(|| totals(solver, self.back, watches, solver.horizon));
                    for (cause, lane) in watches.causes(0) {
                        self.add(cause, to, by, lanes[s * width + lane] * weight);
                    }
                }
            }
        }
        expected
    }

    pub(super) fn writers(&self, rule: usize) -> Vec<u32> {
        writers(self.model, self.solver.program, &self.model.rules[rule].condition)
    }
}

/// The events that have just happened of those that an `on` rule matches, or the start if none has,
/// as with `on no GROUP does ...`.
#[must_use]
pub fn just_happened(matching: &[(u32, u32)], values: &[i32]) -> Vec<u32> {
    let fresh = matching.iter().filter(|(_, slot)| values[*slot as usize] != 0);
    let events: Vec<u32> = fresh.map(|(event, _)| *event).collect();
    if events.is_empty() { vec![START] } else { events }
}

/// For each `on` rule: the events that its patterns match, with the slots that say they happened.
#[must_use]
pub fn matching(model: &Model, program: &Program) -> Vec<Vec<(u32, u32)>> {
    let of_rule = |rule: &crate::model::Rule| {
        let mut events = Vec::new();
        if rule.trigger == Trigger::On {
            rule.condition
                .patterns(&mut |pattern, _| events.extend(program.places.matching(pattern)));
        }
        events.sort_unstable();
        events.dedup();
        let slot = |event: u32| program.places.fresh(event).map(|slot| (event, slot));
        events.into_iter().filter_map(slot).collect()
    };
    model.rules.iter().map(of_rule).collect()
}
