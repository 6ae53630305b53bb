//! What is counted over many runs: whole numbers only, so that the order does not matter.

use crate::analysis::ledger::Link;
use crate::engine::Program;
use crate::model::Model;
use rustc_hash::FxHashMap;

/// How many runs have their storylines remembered.
pub const STORIES: u64 = 20_000;

/// What is known of one thing that may happen.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    /// In how many runs it happened.
    pub runs: u64,
    /// How many times.
    pub times: u64,
    /// The first turn of all.
    pub earliest: u32,
    /// For each turn: how many runs had it happen for the first time.
    pub first: Vec<u64>,
}

impl Hits {
    /// Counts that it happens for the first time in a run.
    pub fn begin(&mut self, turn: u32) {
        self.earliest = if self.runs == 0 { turn } else { self.earliest.min(turn) };
        self.runs += 1;
        let turn = turn as usize;
        self.first.resize(self.first.len().max(turn + 1), 0);
        self.first[turn] += 1;
    }

    fn add(&mut self, other: &Self) {
        if other.runs > 0 {
            let earliest = other.earliest;
            self.earliest = if self.runs == 0 { earliest } else { self.earliest.min(earliest) };
        }
        self.runs += other.runs;
        self.times += other.times;
        self.first.resize(self.first.len().max(other.first.len()), 0);
        self.first.iter_mut().zip(&other.first).for_each(|(all, more)| *all += more);
    }

    /// The mean turn of the first time, over the runs in which it happens.
    #[must_use]
    pub fn mean_turn(&self) -> Option<f64> {
        let sum: u64 = (0_u64..).zip(&self.first).map(|(turn, count)| turn * count).sum();
        (self.runs > 0).then(|| sum as f64 / self.runs as f64)
    }

    /// For each turn: the share of runs in which it has happened by then.
    #[must_use]
    pub fn by_turn(&self, horizon: Option<u32>, runs: u64) -> Vec<f64> {
        let mut sum = 0;
        (0..=horizon.unwrap_or_default() as usize)
            .map(|turn| {
                sum += self.first.get(turn).copied().unwrap_or_default();
                sum as f64 / runs.max(1) as f64
            })
            .collect()
    }
}

/// A storyline to an outcome: what happened in which turn.
pub type Story = (u32, Vec<(u32, Vec<u32>)>);

/// Counts over many runs.
#[derive(Clone, Debug)]
pub struct Tally {
    /// For each node of the engine.
    pub nodes: Vec<Hits>,
    /// For each outcome.
    pub outcomes: Vec<Hits>,
    /// For each rung: that the level reaches it.
    pub rungs: Vec<Hits>,
    /// For each link: how many times it is taken.
    pub links: FxHashMap<Link, u64>,
    /// For each rule: whether it had its chance.
    pub chances: Vec<bool>,
    /// Storylines of the first [`STORIES`] runs, with how often each was met.
    pub stories: FxHashMap<Story, u64>,
    /// How many runs had their storylines remembered.
    pub told: u64,
}

impl Tally {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(program: &Program, model: &Model) -> Self {
        let rungs = model.ladder.as_ref().map_or(0, |ladder| ladder.rungs.len());
        Self {
            nodes: vec![Hits::default(); program.nodes as usize],
            outcomes: vec![Hits::default(); program.outcomes.len()],
            rungs: vec![Hits::default(); rungs],
            links: FxHashMap::default(),
            chances: vec![false; program.rules.len()],
            stories: FxHashMap::default(),
            told: 0,
        }
    }

    /// Adds what other runs counted.
    pub fn add(&mut self, other: Self) {
        let lists = [
            (&mut self.nodes, &other.nodes),
            (&mut self.outcomes, &other.outcomes),
            (&mut self.rungs, &other.rungs),
        ];
        for (all, more) in lists {
            all.iter_mut().zip(more).for_each(|(all, more)| all.add(more));
        }
        for (link, count) in other.links {
            *self.links.entry(link).or_default() += count;
        }
        for (story, count) in other.stories {
            *self.stories.entry(story).or_default() += count;
        }
        self.chances.iter_mut().zip(other.chances).for_each(|(all, more)| *all |= more);
        self.told += other.told;
    }
}
