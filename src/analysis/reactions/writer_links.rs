//! The causes of `when` and `while` rules: what last wrote something that they read.

use super::aftermath::Aftermath;
use super::ledger::{Book, Link};
use crate::model::Trigger;
use crate::solve::permutations::turned_set;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Rules that are followed side by side.
const SIDE_BY_SIDE: usize = 32;

impl Book<'_> {
    /// `when` and `while` rules: their causes are what last wrote what they read.
    pub(super) fn link_watched(&mut self) {
        let rules = &self.solver.program.rules;
        let mut groups: BTreeMap<Vec<u32>, Vec<u32>> = BTreeMap::new();
        for (at, rule) in rules.iter().enumerate() {
            if rule.trigger != Trigger::On {
                groups.entry(self.writers(at)).or_default().push(at as u32);
            }
        }
        let reads: FxHashMap<u32, &Vec<u32>> = groups
            .iter()
            .flat_map(|(set, rules)| rules.iter().map(move |&rule| (rule, set)))
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
}
