//! What caused what is under way.

use super::flow::{Carry, Visits};
use super::ledger::{START, just_happened};
use super::solver::Solver;
use super::watch::Watch;

/// Follows a delayed block from its draw to its arrival, with the causes of the draw. The lanes:
/// first those of the watch (or only the visits), then for each moment that the block may still
/// be away, from 1, one for each cause.
pub struct ChainFlow<'a> {
    solver: Solver<'a>,
    watch: Option<Watch>,
    /// For `on` rules: the events that they match, then the start.
    events: Vec<u32>,
    length: usize,
    adds: bool,
    /// For each situation: how often the block is under way for each moment.
    under_way: Vec<i32>,
    /// For each situation and event: whether it is a cause of what is drawn there.
    fresh: Vec<bool>,
}

impl<'a> ChainFlow<'a> {
    /// Of this chain, drawn by a rule with this watch or these events.
    #[must_use]
    pub fn new(
        solver: Solver<'a>,
        chain: usize,
        watch: Option<Watch>,
        events: &[(u32, u32)],
    ) -> Self {
        let chain = &solver.program.chains[chain];
        let length = chain.length as usize;
        let mut values = vec![0; solver.program.layout.slots()];
        let (mut under_way, mut fresh) = (Vec::new(), Vec::new());
        for s in 0..solver.graph.len() {
            solver.program.layout.unpack(solver.graph.situation(s), &mut values);
            let first = chain.first_slot as usize;
            under_way.extend_from_slice(&values[first..first + length]);
            if watch.is_none() {
                let causes = just_happened(events, &values);
                fresh.extend(events.iter().map(|(event, _)| causes.contains(event)));
                fresh.push(causes.contains(&START));
            }
        }
        let named = events.iter().map(|(event, _)| *event).chain([START]);
        let events = if watch.is_some() { Vec::new() } else { named.collect() };
        Self { solver, watch, events, length, adds: chain.adds, under_way, fresh }
    }

    fn base(&self) -> usize {
        self.watch.as_ref().map_or(1, Carry::lanes)
    }

    fn causes(&self) -> usize {
        self.watch.as_ref().map_or(self.events.len(), |watch| watch.lanes() - 1)
    }

    /// For what is due from a situation: its causes, with the expected number of times.
    pub fn due<'b>(&'b self, lanes: &'b [f64], s: usize) -> impl Iterator<Item = (u32, f64)> + 'b {
        let begin = s * self.lanes() + self.base();
        let lanes = &lanes[begin..begin + self.causes()];
        let start = self.watch.iter().map(|_| START);
        let writers = self.watch.iter().flat_map(|watch| watch.writers.iter().copied());
        let events = self.events.iter().copied();
        start.chain(writers).chain(events).zip(lanes.iter().copied())
    }
}

impl Carry for ChainFlow<'_> {
    fn lanes(&self) -> usize {
        self.base() + self.length * self.causes()
    }

    fn begin(&self, lanes: &mut [f64]) {
        match &self.watch {
            Some(watch) => watch.begin(lanes),
            None => Visits.begin(lanes),
        }
    }

    fn carry(&self, s: usize, leaf: usize, from: &[f64], weight: f64, to: &mut [f64]) {
        match &self.watch {
            Some(watch) => watch.carry(s, leaf, from, weight, to),
            None => Visits.carry(s, leaf, from, weight, to),
        }
        let target = self.solver.graph.targets[leaf] as usize;
        let (base, causes) = (self.base(), self.causes());
        for away in 0..self.length {
            let before =
                if away + 1 < self.length { self.under_way[s * self.length + away + 1] } else { 0 };
            let now = self.under_way[target * self.length + away];
            let lane = base + away * causes;
            if before > 0 && now > 0 {
                for cause in 0..causes {
                    to[lane + cause] += weight * from[lane + causes + cause];
                }
            }
            let drawn = if self.adds || before == 0 { now - before } else { 0 };
            if drawn <= 0 {
                continue;
            }
            let drawn = weight * f64::from(drawn);
            for cause in 0..causes {
                to[lane + cause] += match &self.watch {
                    Some(_) => drawn * from[1 + cause],
                    None if self.fresh[s * causes + cause] => drawn * from[0],
                    None => 0.0,
                };
            }
        }
    }
}
