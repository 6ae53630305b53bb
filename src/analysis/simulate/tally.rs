//! What is counted over many runs: whole numbers only, so that the order does not matter.

use super::setup::Setup;
use crate::analysis::ledger::Link;
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

/// Counts over many runs.
#[derive(Clone, Debug)]
pub struct Tally {
    /// How many runs.
    pub runs: u64,
    /// For each node of the engine.
    pub nodes: Vec<Hits>,
    /// For each outcome.
    pub outcomes: Vec<Hits>,
    /// For each rung: that the level reaches it.
    pub rungs: Vec<Hits>,
    /// For each arrow of the setup, where one has been taken: for each cause of its list, and the
    /// start before them, how many times.
    links: Vec<Vec<u64>>,
    /// For each rule: whether it had its chance.
    pub chances: Vec<bool>,
    /// For each outcome: the storylines to it of the first [`STORIES`] runs, with how often each
    /// was met.
    pub stories: Vec<FxHashMap<Box<[u32]>, u64>>,
    /// How many runs had their storylines remembered.
    pub told: u64,
}

impl Tally {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(setup: &Setup<'_>) -> Self {
        let Setup { model, program, .. } = *setup;
        let rungs = model.ladder.as_ref().map_or(0, |ladder| ladder.rungs.len());
        Self {
            runs: 0,
            nodes: vec![Hits::default(); program.nodes as usize],
            outcomes: vec![Hits::default(); program.outcomes.len()],
            rungs: vec![Hits::default(); rungs],
            links: vec![Vec::new(); setup.arrows.len()],
            chances: vec![false; program.rules.len()],
            stories: vec![FxHashMap::default(); program.outcomes.len()],
            told: 0,
        }
    }

    /// Counts that something follows along an arrow from a cause, by its number in the arrow's list.
    pub fn count_link(&mut self, setup: &Setup<'_>, arrow: u32, cause: u32) {
        let counts = &mut self.links[arrow as usize];
        if counts.is_empty() {
            counts.resize(setup.lists[setup.arrows[arrow as usize].list as usize].len() + 1, 0);
        }
        counts[cause as usize] += 1;
    }

    /// How many times each link is taken.
    pub fn links<'a>(&'a self, setup: &'a Setup<'_>) -> impl Iterator<Item = (Link, u64)> + 'a {
        setup.arrows.iter().zip(&self.links).flat_map(|(arrow, counts)| {
            let link =
                |number| Link { from: setup.cause(arrow.list, number), to: arrow.to, by: arrow.by };
            let taken = counts.iter().enumerate().filter(|(_, count)| **count > 0);
            taken.map(move |(number, count)| (link(number), *count))
        })
    }

    /// Remembers a run's storyline, as far as it goes to each outcome that is reached.
    pub fn remember(&mut self, reached: &[Option<usize>], story: &[u32]) {
        self.told += 1;
        for (stories, length) in self.stories.iter_mut().zip(reached) {
            let Some(length) = *length else { continue };
            match stories.get_mut(&story[..length]) {
                Some(times) => *times += 1,
                None => _ = stories.insert(story[..length].into(), 1),
            }
        }
    }

    /// How many runs, and how many to each outcome, have been counted since the last time;
    /// `reported` remembers.
    pub fn news(&self, reported: &mut Vec<u64>) -> Vec<u64> {
        let now: Vec<u64> = std::iter::once(self.runs)
            .chain(self.outcomes.iter().map(|outcome| outcome.runs))
            .collect();
        let before = std::mem::replace(reported, now.clone());
        let before = before.into_iter().chain(std::iter::repeat(0));
        now.into_iter().zip(before).map(|(now, before)| now - before).collect()
    }

    /// Adds what other runs counted.
    pub fn add(&mut self, other: Self) {
        self.runs += other.runs;
        let lists = [
            (&mut self.nodes, &other.nodes),
            (&mut self.outcomes, &other.outcomes),
            (&mut self.rungs, &other.rungs),
        ];
        for (all, more) in lists {
            all.iter_mut().zip(more).for_each(|(all, more)| all.add(more));
        }
        for (all, more) in self.links.iter_mut().zip(other.links) {
            all.resize(all.len().max(more.len()), 0);
            all.iter_mut().zip(more).for_each(|(all, more)| *all += more);
        }
        for (all, more) in self.stories.iter_mut().zip(other.stories) {
            for (story, count) in more {
                *all.entry(story).or_default() += count;
            }
        }
        self.chances.iter_mut().zip(other.chances).for_each(|(all, more)| *all |= more);
        self.told += other.told;
    }
}
