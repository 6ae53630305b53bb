//! What has happened in a run so far, and what follows from what.

use super::drawn::Drawn;
use super::setup::{Causes, List, Setup};
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
    /// For each slice of a list: what of it happened last.
    latest: Vec<Latest>,
    pending: Vec<Pending>,
}

/// What happened last of a slice of a list.
#[derive(Clone, Copy, Default)]
struct Latest {
    when: u64,
    /// The nodes, as places in the slice.
    bits: u64,
}

/// Something under way.
struct Pending {
    chain: u32,
    due: u32,
    /// What brought it about: the bits of slices of a list, each with where it begins.
    causes: Vec<(List, u32, u64)>,
}

impl<'a> Trace<'a> {
    /// Of no run so far.
    pub fn new(setup: &'a Setup<'a>) -> Self {
        Self {
            setup,
            now: 0,
            begun: 1,
            last: vec![0; setup.program.nodes as usize],
            latest: vec![Latest::default(); setup.slices as usize],
            pending: Vec::new(),
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
        let happened = drawn.happened.all();
        for &node in happened {
            let hits = &mut tally.nodes[node as usize];
            hits.times += 1;
            let last = &mut self.last[node as usize];
            if *last < self.begun {
                hits.begin(turn);
            }
            *last = self.now;
        }
        self.count_due(turn, tally);
        for &(chain, consequence) in &drawn.fired {
            // What had been under way is due, and counted above.
            if chain.is_none() {
                self.follow(turn, consequence, tally);
            }
        }
        for &result in drawn.results.all() {
            self.follow(turn, self.setup.odds.consequences[result as usize], tally);
        }
        let bodies = if self.setup.bodies.is_empty() { &[] } else { happened };
        for &node in bodies {
            if let Some(arrows) = self.setup.bodies.get(node as usize) {
                for arrow in self.arrows(arrows) {
                    tally.count_links(self.setup, arrow, JUST_ONE, 0, 1);
                }
            }
        }
        // Only now: what happens follows from what has happened before.
        for &node in happened {
            for place in &self.setup.places[node as usize] {
                let latest = &mut self.latest[place.slice as usize];
                // Whether there are others nobody can foresee, a processor neither: no branch.
                let others = latest.bits * u64::from(latest.when == self.now);
                *latest = Latest { when: self.now, bits: others | place.bit };
            }
        }
    }

    /// Counts that the condition of an outcome has begun to hold in this turn.
    pub fn take_outcome(&mut self, outcome: usize, tally: &mut Tally) {
        if let Some((arrow, list)) = self.setup.outcomes[outcome] {
            self.causes(Causes::Last(list), |list, begin, bits| {
                tally.count_links(self.setup, arrow, list, begin, bits);
            });
        }
    }

    #[inline(always)]
    fn follow(&mut self, turn: u32, consequence: Consequence, tally: &mut Tally) {
        match consequence {
            Consequence::Now(block) => {
                let (arrows, causes) = &self.setup.blocks[block as usize];
                for arrow in self.arrows(arrows) {
                    self.causes(*causes, |list, begin, bits| {
                        tally.count_links(self.setup, arrow, list, begin, bits);
                    });
                }
            }
            Consequence::Later { chain, turns } => self.put_under_way(chain, turn + turns),
            Consequence::Nothing => {}
        }
    }

    fn count_due(&mut self, turn: u32, tally: &mut Tally) {
        let mut at = 0;
        while at < self.pending.len() {
            if self.pending[at].due != turn {
                at += 1;
                continue;
            }
            let Pending { chain, causes, .. } = self.pending.remove(at);
            let block = self.setup.program.chains[chain as usize].block;
            for arrow in self.arrows(&self.setup.blocks[block as usize].0) {
                for &(list, begin, bits) in &causes {
                    tally.count_links(self.setup, arrow, list, begin, bits);
                }
            }
        }
    }

    fn put_under_way(&mut self, chain: u32, due: u32) {
        let described = &self.setup.program.chains[chain as usize];
        let again = |pending: &Pending| pending.chain == chain && pending.due == due;
        if described.adds || !self.pending.iter().any(again) {
            let mut found = Vec::new();
            let causes = self.setup.blocks[described.block as usize].1;
            self.causes(causes, |list, begin, bits| found.push((list, begin, bits)));
            self.pending.push(Pending { chain, due, causes: found });
        }
    }

    /// Those whose nodes have happened in this turn.
    fn arrows(&self, arrows: &Range<u32>) -> impl Iterator<Item = u32> {
        let happened = |&arrow: &u32| self.last[self.setup.to[arrow as usize] as usize] == self.now;
        arrows.clone().filter(happened)
    }

    /// What brought a rule its chance in the situation before this turn: the list, where a slice of
    /// it begins, and the nodes of the slice as bits; no bits for the start, where nothing did.
    #[inline]
    fn causes(&self, causes: Causes, mut each: impl FnMut(List, u32, u64)) {
        let (list, since) = match causes {
            Causes::Start => return each(JUST_ONE, 0, 0),
            Causes::Just(list) => (list, self.now - 1),
            Causes::Last(list) => (list, self.begun),
        };
        let latest = &self.latest[list.begin as usize..list.end as usize];
        // Most lists are one slice: all others take their time elsewhere.
        if let [latest] = latest {
            each(list, 0, latest.bits * u64::from(latest.when >= since));
        } else {
            last_of_all(list, latest, since, &mut each);
        }
    }
}

/// The list of a cause that is the only one possible.
const JUST_ONE: List = List { number: 0, begin: 0, end: 0, small: true };

/// The last of several slices, if it was not before `since`; the start otherwise.
#[cold]
fn last_of_all(list: List, latest: &[Latest], since: u64, each: &mut dyn FnMut(List, u32, u64)) {
    let when = latest.iter().map(|latest| latest.when).max().filter(|&when| when >= since);
    let Some(when) = when else { return each(list, 0, 0) };
    for (begin, latest) in (0..).step_by(64).zip(latest) {
        if latest.when == when {
            each(list, begin, latest.bits);
        }
    }
}
