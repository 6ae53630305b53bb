//! The edges of the reaction graph in the making: how often each is expected to be taken.

use super::chain::ChainFlow;
use super::firing::{Firing, Source, firings};
use super::flow::{Carry, Visits, totals};
use super::goal::holding;
use super::solver::Solver;
use super::watch::{Watch, writers};
use crate::engine::program::{Origin, Program};
use crate::engine::turn::{Expansion, Turn};
use crate::model::{Model, Trigger};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

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
struct Book<'a> {
    model: &'a Model,
    solver: Solver<'a>,
    /// For each situation: how often a storyline is expected to go on from there.
    visits: Vec<f64>,
    /// The same, where after the next turn another one follows.
    visits_going_on: Vec<f64>,
    /// For each `on` rule: the events that it matches, with their slots.
    matching: Vec<Vec<(u32, u32)>>,
    /// For each situation that is visited: what fires there.
    firings: Vec<Vec<Firing>>,
    ledger: Ledger,
}

/// Fills the ledger.
#[must_use]
pub fn ledger(model: &Model, solver: Solver<'_>) -> Ledger {
    let visits = totals(solver, &Visits, solver.horizon);
    let firings = all_firings(solver, &visits);
    let going_on = solver.horizon.map(|horizon| horizon.saturating_sub(1));
    let visits_going_on = totals(solver, &Visits, going_on);
    let ledger = Ledger::default();
    let matching = matching(model, solver.program);
    let mut book = Book { model, solver, visits, matching, visits_going_on, firings, ledger };
    book.count_nodes();
    book.link_start();
    book.link_situations();
    book.link_watched();
    book.link_late();
    book.link_outcomes();
    book.ledger.links.retain(|_, expected| *expected > 0.0);
    book.ledger
}

fn all_firings(solver: Solver<'_>, visits: &[f64]) -> Vec<Vec<Firing>> {
    let (mut turn, mut out) = (Turn::new(solver.program), Expansion::default());
    visits
        .iter()
        .enumerate()
        .map(|(s, &visits)| {
            if visits <= 0.0 || solver.graph.leaves(s).is_empty() {
                return Vec::new();
            }
            turn.expand(solver.graph.situation(s), &mut out);
            firings(solver.program, &out)
        })
        .collect()
}

impl Book<'_> {
    fn add(&mut self, from: u32, to: u32, by: LinkBy, expected: f64) {
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
            for leaf in graph.leaves(s).filter(|&leaf| graph.estimates[leaf] > 0.0) {
                for &node in graph.happened(graph.labels[leaf]) {
                    nodes[node as usize] += visits * graph.estimates[leaf];
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
        for firing in firings(program, &out) {
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

    /// `when` and `while` rules: their causes are what last wrote what they read.
    fn link_watched(&mut self) {
        let rules = &self.solver.program.rules;
        let mut groups: BTreeMap<Vec<u32>, Vec<bool>> = BTreeMap::new();
        for (at, rule) in rules.iter().enumerate() {
            if rule.trigger != Trigger::On && self.solver.graph.chances[at] {
                let members = groups.entry(self.writers(at)).or_default();
                members.resize(rules.len(), false);
                members[at] = true;
            }
        }
        let groups: Vec<(Vec<u32>, Vec<bool>)> = groups.into_iter().collect();
        let watched: Vec<(Watch, Vec<f64>)> = groups
            .par_iter()
            .map(|(writers, members)| {
                let watch = Watch::new(self.solver.graph, writers);
                let lanes = self.causes_of(&watch, members);
                (watch, lanes)
            })
            .collect();
        let firings = std::mem::take(&mut self.firings);
        for ((_, members), (watch, lanes)) in groups.iter().zip(&watched) {
            let width = watch.lanes();
            for (s, firings) in firings.iter().enumerate() {
                for firing in firings {
                    let Source::Now(origin @ Origin::Rule(rule, _)) = firing.source else {
                        continue;
                    };
                    if !members[rule as usize] {
                        continue;
                    }
                    for (cause, flow) in watch.flows(&lanes[s * width..(s + 1) * width]) {
                        self.add(cause, firing.node, LinkBy::Origin(origin), flow * firing.rate);
                    }
                }
            }
        }
        self.firings = firings;
    }

    /// For each situation in which one of the rules fires: the lanes of the watch.
    fn causes_of(&self, watch: &Watch, members: &[bool]) -> Vec<f64> {
        if watch.writers.is_empty() {
            return self.visits.iter().flat_map(|&visits| [visits, visits]).collect();
        }
        let fires = |firing: &Firing| match firing.source {
            Source::Now(Origin::Rule(rule, _)) => members[rule as usize],
            Source::Now(Origin::Inject(_)) | Source::Late(_) | Source::Body(_) => false,
        };
        let fires: Vec<bool> = self.firings.iter().map(|all| all.iter().any(fires)).collect();
        self.just_written(watch, &fires)
            .unwrap_or_else(|| totals(self.solver, watch, self.solver.horizon))
    }

    /// The lanes of a watch in these situations, where every way into them writes what it
    /// watches, as is usual with `when`: then no longer history is needed.
    fn just_written(&self, watch: &Watch, fires: &[bool]) -> Option<Vec<f64>> {
        let (graph, width) = (self.solver.graph, watch.lanes());
        let mut lanes = vec![0.0; graph.len() * width];
        if fires[0] {
            lanes[..width].copy_from_slice(&watch.at_start());
        }
        for (s, &visits) in self.visits_going_on.iter().enumerate() {
            for leaf in graph.leaves(s) {
                let (target, flow) = (graph.targets[leaf] as usize, visits * graph.estimates[leaf]);
                if flow > 0.0 && fires[target] {
                    let written = &watch.of_label[graph.labels[leaf] as usize];
                    if written.is_empty() {
                        return None;
                    }
                    written.iter().for_each(|&at| lanes[target * width + 2 + at as usize] += flow);
                }
            }
        }
        Some(lanes)
    }

    /// What was under way: its causes are those of its draw.
    fn link_late(&mut self) {
        let program = self.solver.program;
        for chain in 0..program.chains.len() {
            let Origin::Rule(rule, _) = program.blocks[program.chains[chain].block as usize].origin
            else {
                continue;
            };
            let on = program.rules[rule as usize].trigger == Trigger::On;
            let watch = (!on).then(|| Watch::new(self.solver.graph, &self.writers(rule as usize)));
            let flow = ChainFlow::new(self.solver, chain, watch, &self.matching[rule as usize]);
            let lanes = totals(self.solver, &flow, self.solver.horizon);
            let origin = program.blocks[program.chains[chain].block as usize].origin;
            let firings = std::mem::take(&mut self.firings);
            for (s, firings) in firings.iter().enumerate() {
                for firing in firings.iter().filter(|f| f.source == Source::Late(chain as u32)) {
                    for (cause, expected) in flow.due(&lanes, s) {
                        self.add(
                            cause,
                            firing.node,
                            LinkBy::Origin(origin),
                            expected * firing.rate,
                        );
                    }
                }
            }
            self.firings = firings;
        }
    }

    /// Outcomes, each time that their condition begins to hold.
    fn link_outcomes(&mut self) {
        for at in 0..self.model.outcomes.len() {
            let cond = self.model.outcomes[at].condition.as_ref();
            let test = self.solver.program.outcomes[at].as_ref();
            let expected = match (cond, test) {
                (Some(cond), Some(test)) => {
                    let holds = holding(self.solver.graph, &self.solver.program.layout, test);
                    let writers = writers(self.model, self.solver.program, cond);
                    let watch = Watch::new(self.solver.graph, &writers);
                    self.link_outcome(at as u32, &holds, &watch)
                }
                _ => 0.0,
            };
            self.ledger.outcomes.push(expected);
        }
    }

    fn link_outcome(&mut self, at: u32, holds: &[bool], watch: &Watch) -> f64 {
        let graph = self.solver.graph;
        let (to, by) = (self.solver.program.nodes + at, LinkBy::Outcome(at));
        let width = watch.lanes();
        let mut history: Option<Vec<f64>> = None;
        let mut expected = 0.0;
        if holds[0] {
            expected += 1.0;
            for (cause, flow) in watch.flows(&watch.at_start()) {
                self.add(cause, to, by, flow);
            }
        }
        for s in (0..graph.len()).filter(|&s| !holds[s]) {
            for leaf in graph.leaves(s).filter(|&leaf| holds[graph.targets[leaf] as usize]) {
                let flow = self.visits[s] * graph.estimates[leaf];
                if graph.estimates[leaf] <= 0.0 || self.visits[s] <= 0.0 {
                    continue;
                }
                expected += flow;
                let written = &watch.of_label[graph.labels[leaf] as usize];
                for &at in written {
                    self.add(watch.writers[at as usize], to, by, flow);
                }
                if written.is_empty() {
                    let solver = self.solver;
                    let lanes =
                        history.get_or_insert_with(|| totals(solver, watch, solver.horizon));
                    let weight = graph.estimates[leaf];
                    for (cause, lane) in watch.flows(&lanes[s * width..(s + 1) * width]) {
                        self.add(cause, to, by, lane * weight);
                    }
                }
            }
        }
        expected
    }

    fn writers(&self, rule: usize) -> Vec<u32> {
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
