//! The causes of `when` and `while` rules: what last wrote something that they read.

use super::aftermath::Aftermath;
use super::firing::{Firing, Source};
use super::flow::{Carry, totals};
use super::ledger::{Book, Link, LinkBy};
use super::paths::ends;
use super::turns::visits;
use super::watch::{Watches, turned_set};
use crate::engine::program::Origin;
use crate::model::Trigger;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Rules that are followed side by side.
const SIDE_BY_SIDE: usize = 32;

impl Book<'_> {
    /// `when` and `while` rules: their causes are what last wrote what they read.
    pub(super) fn link_watched(&mut self) {
        let rules = &self.solver.program.rules;
        let mut groups: BTreeMap<Vec<u32>, Vec<bool>> = BTreeMap::new();
        for (at, rule) in rules.iter().enumerate() {
            if rule.trigger != Trigger::On {
                let members = groups.entry(self.writers(at)).or_default();
                members.resize(rules.len(), false);
                members[at] = true;
            }
        }
        if self.fades() {
            return self.link_aftermath(&groups);
        }
        let closed = self.closed(groups.keys());
        let watched: Vec<(Watches<'_>, Vec<Vec<bool>>, Vec<f64>)> = closed
            .par_iter()
            .map(|sets| {
                let watches = Watches::new(self.solver, sets);
                let members: Vec<Vec<bool>> =
                    sets.iter().map(|set| groups.get(set).cloned().unwrap_or_default()).collect();
                let lanes = self.causes_of(&watches, &members);
                (watches, members, lanes)
            })
            .collect();
        let firings = std::mem::take(&mut self.firings);
        for (watches, members, lanes) in &watched {
            let width = watches.lanes();
            for (s, firings) in firings.iter().enumerate() {
                for firing in firings {
                    let Source::Now(origin @ Origin::Rule(rule, _)) = firing.source else {
                        continue;
                    };
                    for set in (0..members.len()).filter(|&set| is(&members[set], rule)) {
                        for (cause, lane) in watches.causes(set) {
                            let flow = lanes[s * width + lane];
                            self.add(
                                cause,
                                firing.node,
                                LinkBy::Origin(origin),
                                flow * firing.rate,
                            );
                        }
                    }
                }
            }
        }
        self.firings = firings;
    }

    /// Whether storylines only stay for ever where nothing can happen any more: everything that
    /// rules bring about is then finite.
    fn fades(&self) -> bool {
        let graph = self.solver.graph;
        let endless = (0_u32..).zip(&self.visits).filter(|(_, visits)| !visits.is_finite());
        endless.into_iter().all(|(s, _)| ends(graph, s))
    }

    /// `when` and `while` rules: what they read is written, and what they bring about after that.
    fn link_aftermath(&mut self, groups: &BTreeMap<Vec<u32>, Vec<bool>>) {
        let reads: FxHashMap<u32, &Vec<u32>> = groups
            .iter()
            .flat_map(|(set, members)| {
                let rules = (0..).zip(members).filter(|(_, is)| **is);
                rules.map(move |(rule, _)| (rule, set))
            })
            .collect();
        let mut batches: Vec<FxHashMap<u32, &Vec<u32>>> = Vec::new();
        for orbit in self.closed(groups.keys()) {
            let rules = reads.iter().filter(|(_, set)| orbit.contains(set));
            let rules: Vec<(u32, &Vec<u32>)> = rules.map(|(&rule, &set)| (rule, set)).collect();
            match batches.last_mut().filter(|batch| batch.len() + rules.len() <= SIDE_BY_SIDE) {
                Some(batch) => batch.extend(rules),
                None => batches.push(rules.into_iter().collect()),
            }
        }
        for reads in batches {
            let aftermath = Aftermath::new(self.solver, self.back, &reads, &self.firings);
            for (Link { from, to, by }, expected) in aftermath.links(&self.visits) {
                self.add(from, to, by, expected);
            }
        }
    }

    /// Sets of nodes by which of them become each other where actors change places.
    fn closed<'s>(&self, sets: impl Iterator<Item = &'s Vec<u32>>) -> Vec<Vec<Vec<u32>>> {
        let mut placed: BTreeSet<Vec<u32>> = BTreeSet::new();
        let mut all = Vec::new();
        for set in sets {
            if !placed.insert(set.clone()) {
                continue;
            }
            let mut orbit = vec![set.clone()];
            let mut at = 0;
            while let Some(set) = orbit.get(at).cloned() {
                at += 1;
                for generator in &self.solver.frames.generators {
                    let image = turned_set(&set, generator);
                    if placed.insert(image.clone()) {
                        orbit.push(image);
                    }
                }
            }
            all.push(orbit);
        }
        all
    }

    /// For each situation in which one of the rules of the sets fires: the lanes of the watches.
    fn causes_of(&self, watches: &Watches<'_>, members: &[Vec<bool>]) -> Vec<f64> {
        if watches.sets.iter().all(Vec::is_empty) {
            let width = watches.lanes();
            return self.visits.iter().flat_map(|&visits| vec![visits; width]).collect();
        }
        let fires = |firing: &Firing, set: usize| match firing.source {
            Source::Now(Origin::Rule(rule, _)) => is(&members[set], rule),
            Source::Now(Origin::Inject(_)) | Source::Late(_) | Source::Body(_) => false,
        };
        let fires: Vec<Vec<bool>> = (0..members.len())
            .map(|set| {
                self.firings.iter().map(|all| all.iter().any(|one| fires(one, set))).collect()
            })
            .collect();
        self.just_written(watches, &fires)
            .unwrap_or_else(|| totals(self.solver, self.back, watches, self.solver.horizon))
    }

    /// The lanes of watches in situations in which their sets' rules fire, where every way there
    /// writes what they watch, as is usual with `when`: then no longer history is needed.
    fn just_written(&self, watches: &Watches<'_>, fires: &[Vec<bool>]) -> Option<Vec<f64>> {
        let (graph, width) = (self.solver.graph, watches.lanes());
        let mut lanes = vec![0.0; graph.len() * width];
        if fires.iter().any(|fires| fires[0]) {
            lanes[..width].copy_from_slice(&watches.at_start());
        }
        let going_on = self.solver.horizon.map(|horizon| horizon.saturating_sub(1));
        let visits = visits(self.solver, self.back, going_on);
        for (s, &visits) in visits.iter().enumerate() {
            for leaf in graph.leaves(s) {
                let (target, flow) = (graph.targets[leaf] as usize, visits * graph.estimate(leaf));
                if flow <= 0.0 {
                    continue;
                }
                let kind = graph.kind(leaf);
                for set in 0..fires.len() {
                    let frame = self.solver.frames.get(kind.turned);
                    let image = frame.map_or(set, |frame| watches.image(set, frame));
                    if !fires[image][target] {
                        continue;
                    }
                    let written = watches.written(kind.label, set);
                    if written.is_empty() {
                        return None;
                    }
                    for &lane in written {
                        let to = watches.becomes(graph.kind_number(leaf), lane as usize);
                        lanes[target * width + to] += flow;
                    }
                }
            }
        }
        Some(lanes)
    }
}

/// Whether a rule is one of these.
fn is(members: &[bool], rule: u32) -> bool {
    members.get(rule as usize).copied().unwrap_or(false)
}
