//! What is counted over many runs: whole numbers only, so that the order does not matter.

use super::setup::{List, Setup};
use crate::analysis::reactions::ledger::{Link, START};
use rustc_hash::FxHashMap;
use std::num::NonZeroU32;

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
    #[inline]
    pub fn begin(&mut self, turn: u32) {
        self.begin_at_end(turn);
        let turn = turn as usize;
        self.first.resize(self.first.len().max(turn + 1), 0);
        self.first[turn] += 1;
    }

    /// The same where only the end of a run tells: no turn has it for the first time.
    #[inline]
    pub fn begin_at_end(&mut self, turn: u32) {
        self.earliest = if self.runs == 0 { turn } else { self.earliest.min(turn) };
        self.runs += 1;
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

    /// For each turn: the share of runs in which it has happened by then, up to the last turn in which
    /// any has it for the first time.
    #[must_use]
    pub fn by_turn(&self, runs: u64) -> Vec<f64> {
        let counts = self.first.iter().scan(0, |sum, count| {
            *sum += count;
            Some(*sum)
        });
        let found: Vec<f64> = counts.map(|sum| sum as f64 / runs.max(1) as f64).collect();
        if found.is_empty() { vec![0.0] } else { found }
    }
}

/// Counts over many runs.
#[derive(Clone, Debug)]
pub struct Tally {
    /// How many runs, of those that fit what has been seen: only these are counted below.
    pub runs: u64,
    /// How many were drawn.
    pub drawn: u64,
    /// For each node of the engine.
    pub nodes: Vec<Hits>,
    /// For each outcome.
    pub outcomes: Vec<Hits>,
    /// For each rung: that the level reaches it.
    pub rungs: Vec<Hits>,
    /// For each arrow of the setup, if it has been taken: where its counts begin in `links`.
    first_link: Vec<Option<NonZeroU32>>,
    /// For each arrow that has been taken: how many times, for each set of causes where its list is
    /// small, else for the start and then each cause. The first count is nobody's.
    links: Vec<u64>,
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
            drawn: 0,
            nodes: vec![Hits::default(); program.nodes as usize],
            outcomes: vec![Hits::default(); program.outcomes.len()],
            rungs: vec![Hits::default(); rungs],
            first_link: vec![None; setup.arrows.len()],
            links: vec![0],
            chances: vec![false; program.rules.len()],
            stories: vec![FxHashMap::default(); program.outcomes.len()],
            told: 0,
        }
    }

    /// Counts that something follows along an arrow from nodes of a slice of its list that begins at
    /// `begin`, the first of them at bit 0; from the start if there are none.
    #[inline]
    pub fn count_links(
        &mut self,
        setup: &Setup<'_>,
        arrow: u32,
        list: List,
        begin: u32,
        bits: u64,
    ) {
        let first = match self.first_link[arrow as usize] {
            Some(first) => first.get(),
            None => self.add_arrow(setup, arrow),
        } as usize;
        if list.small {
            self.links[first + bits as usize] += 1;
        } else if bits == 0 {
            self.links[first] += 1;
        } else {
            let counts = &mut self.links[first + 1 + begin as usize..];
            let mut bits = bits;
            while bits != 0 {
                counts[bits.trailing_zeros() as usize] += 1;
                bits &= bits - 1;
            }
        }
    }

    fn add_arrow(&mut self, setup: &Setup<'_>, arrow: u32) -> u32 {
        let begin = self.links.len() as u32;
        self.first_link[arrow as usize] = NonZeroU32::new(begin);
        self.links.resize(self.links.len() + places(setup, arrow), 0);
        begin
    }

    /// How many times each link is taken.
    pub fn links<'a>(&'a self, setup: &'a Setup<'_>) -> impl Iterator<Item = (Link, u64)> + 'a {
        setup.arrows.iter().enumerate().flat_map(|(number, arrow)| {
            let (causes, by_sets) = setup.causes(number as u32);
            let counts = self.counts(setup, number as u32);
            let of = |at: usize| match (counts, by_sets) {
                ([], _) => 0,
                (_, true) => {
                    let sets = (0_u64..).zip(counts).filter(|(set, _)| set >> at & 1 != 0);
                    sets.map(|(_, count)| count).sum()
                }
                (_, false) => counts[at + 1],
            };
            let start = (START, counts.first().copied().unwrap_or(0));
            let causes: Vec<(u32, u64)> = std::iter::once(start)
                .chain(causes.iter().enumerate().map(|(at, &cause)| (cause, of(at))))
                .filter(|(_, count)| *count > 0)
                .collect();
            let link = |from| Link { from, to: arrow.to, by: arrow.by };
            causes.into_iter().map(move |(cause, count)| (link(cause), count))
        })
    }

    /// The counts of an arrow; nothing if it has not been taken.
    fn counts(&self, setup: &Setup<'_>, arrow: u32) -> &[u64] {
        self.first_link[arrow as usize].map_or(&[], |begin| {
            let begin = begin.get() as usize;
            &self.links[begin..begin + places(setup, arrow)]
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
        let now: Vec<u64> = std::iter::once(self.drawn)
            .chain(self.outcomes.iter().map(|outcome| outcome.runs))
            .collect();
        let before = std::mem::replace(reported, now.clone());
        let before = before.into_iter().chain(std::iter::repeat(0));
        now.into_iter().zip(before).map(|(now, before)| now - before).collect()
    }

    /// Adds what other runs counted.
    pub fn add(&mut self, setup: &Setup<'_>, other: Self) {
        self.runs += other.runs;
        self.drawn += other.drawn;
        let lists = [
            (&mut self.nodes, &other.nodes),
            (&mut self.outcomes, &other.outcomes),
            (&mut self.rungs, &other.rungs),
        ];
        for (all, more) in lists {
            all.iter_mut().zip(more).for_each(|(all, more)| all.add(more));
        }
        for arrow in 0..setup.arrows.len() as u32 {
            for (place, more) in other.counts(setup, arrow).iter().enumerate() {
                let begin = self.first_link[arrow as usize].map(NonZeroU32::get);
                let begin = begin.unwrap_or_else(|| self.add_arrow(setup, arrow));
                self.links[begin as usize + place] += more;
            }
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

/// How many counts an arrow has.
fn places(setup: &Setup<'_>, arrow: u32) -> usize {
    let (causes, by_sets) = setup.causes(arrow);
    if by_sets { 1 << causes.len() } else { causes.len() + 1 }
}
