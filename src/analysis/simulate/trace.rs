//! What has happened in a run so far, and what follows from what.

use super::drawn::Drawn;
use super::setup::{Causes, Setup};
use super::tally::Tally;
use crate::engine::program::Consequence;
use std::ops::Range;

/// Follows a run: counts what happens and from what it follows.
pub struct Trace<'a> {
    setup: &'a Setup<'a>,
    /// The number of the turn among all turns of all runs; runs are one apart.
    now: u64,
    /// That of the run's turn 0.
    begun: u64,
    /// For each node: when it last happened.
    last: Vec<u64>,
    pending: Vec<Pending>,
    /// What brings something about in this turn: arrows, and causes in `causes`.
    brings: Vec<(Range<u32>, Range<usize>)>,
    /// Numbers of causes in the lists of their arrows.
    causes: Vec<u32>,
    /// For each list: when the last in it were looked for, and where they are in `causes`.
    looked: Vec<(u64, Range<usize>)>,
}

/// Something under way.
struct Pending {
    chain: u32,
    due: u32,
    causes: Vec<u32>,
}

impl<'a> Trace<'a> {
    /// Of no run so far.
    pub fn new(setup: &'a Setup<'a>) -> Self {
        Self {
            setup,
            now: 0,
            begun: 1,
            last: vec![0; setup.program.nodes as usize],
            pending: Vec::new(),
            brings: Vec::new(),
            causes: Vec::new(),
            looked: vec![(0, 0..0); setup.lists.len()],
        }
    }

    /// Begins a run.
    pub fn begin(&mut self) {
        self.now += 1;
        self.begun = self.now + 1;
        self.pending.clear();
    }

    /// Whether something is under way.
    pub fn waits(&self) -> bool {
        !self.pending.is_empty()
    }

    /// Counts what a turn has come to.
    pub fn take(&mut self, turn: u32, drawn: &Drawn, tally: &mut Tally) {
        self.now += 1;
        self.brings.clear();
        self.causes.clear();
        self.find_due(turn);
        let odds = &self.setup.odds;
        let results = drawn.results.iter().map(|&at| (None, odds.consequences[at as usize]));
        for (chain, consequence) in drawn.fired.iter().copied().chain(results) {
            match consequence {
                Consequence::Now(block) if chain.is_none() => {
                    let (arrows, causes) = &self.setup.blocks[block as usize];
                    let causes = self.causes_of(*causes);
                    self.brings.push((arrows.clone(), causes));
                }
                Consequence::Later { chain, turns } => self.put_under_way(chain, turn + turns),
                Consequence::Nothing | Consequence::Now(_) => {}
            }
        }
        for &node in &drawn.happened {
            let hits = &mut tally.nodes[node as usize];
            hits.times += 1;
            let last = &mut self.last[node as usize];
            if *last < self.begun {
                hits.begin(turn);
            }
            *last = self.now;
        }
        for (arrows, causes) in &self.brings {
            self.count(arrows.clone(), &self.causes[causes.clone()], tally);
        }
        for &node in &drawn.happened {
            if let Some(arrows) = self.setup.bodies.get(node as usize) {
                self.count(arrows.clone(), &[1], tally);
            }
        }
    }

    /// Counts that the condition of an outcome has begun to hold in this turn.
    pub fn take_outcome(&mut self, outcome: usize, tally: &mut Tally) {
        let Some((arrow, list)) = self.setup.outcomes[outcome] else { return };
        self.causes.clear();
        let causes = self.last_of(list);
        for &cause in &self.causes[causes] {
            tally.count_link(self.setup, arrow, cause);
        }
    }

    fn count(&self, arrows: Range<u32>, causes: &[u32], tally: &mut Tally) {
        for arrow in arrows {
            let to = self.setup.arrows[arrow as usize].to;
            if self.last[to as usize] == self.now {
                causes.iter().for_each(|&cause| tally.count_link(self.setup, arrow, cause));
            }
        }
    }

    fn find_due(&mut self, turn: u32) {
        for pending in self.pending.extract_if(.., |pending| pending.due == turn) {
            let begin = self.causes.len();
            self.causes.extend_from_slice(&pending.causes);
            let block = self.setup.program.chains[pending.chain as usize].block;
            let arrows = self.setup.blocks[block as usize].0.clone();
            self.brings.push((arrows, begin..self.causes.len()));
        }
    }

    fn put_under_way(&mut self, chain: u32, due: u32) {
        let described = &self.setup.program.chains[chain as usize];
        let again = |pending: &Pending| pending.chain == chain && pending.due == due;
        if described.adds || !self.pending.iter().any(again) {
            let causes = self.causes_of(self.setup.blocks[described.block as usize].1);
            let causes = self.causes[causes].to_vec();
            self.pending.push(Pending { chain, due, causes });
        }
    }

    /// What brought a rule its chance in the situation before this turn; the start where nothing did.
    fn causes_of(&mut self, causes: Causes) -> Range<usize> {
        match causes {
            Causes::Start => self.add_those(0, u64::MAX),
            Causes::Just(list) => self.add_those(list, self.now - 1),
            Causes::Last(list) => {
                if self.looked[list as usize].0 != self.now {
                    let found = self.last_of(list);
                    self.looked[list as usize] = (self.now, found);
                }
                self.looked[list as usize].1.clone()
            }
        }
    }

    /// The last in a list that happened.
    fn last_of(&mut self, list: u32) -> Range<usize> {
        let nodes = self.setup.lists[list as usize].iter();
        let last = nodes.map(|&node| self.last[node as usize]).max().unwrap_or(0);
        self.add_those(list, if last >= self.begun { last } else { u64::MAX })
    }

    /// Adds what last happened `then` of a list, or the start.
    fn add_those(&mut self, list: u32, then: u64) -> Range<usize> {
        let begin = self.causes.len();
        let nodes = &self.setup.lists[list as usize];
        // Which of them it is nobody can foresee, a processor neither: without branches.
        self.causes.resize(begin + nodes.len(), 0);
        let mut found = 0;
        for (number, &node) in (1..).zip(nodes) {
            self.causes[begin + found] = number;
            found += usize::from(self.last[node as usize] == then);
        }
        self.causes.truncate(begin + found);
        if found == 0 {
            self.causes.push(0);
        }
        begin..self.causes.len()
    }
}
