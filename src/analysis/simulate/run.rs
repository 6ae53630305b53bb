//! One storyline after another, drawn from its own stream of random numbers.

use super::tally::{STORIES, Tally};
use crate::analysis::answer::Failure;
use crate::analysis::failure;
use crate::analysis::firing::nodes;
use crate::analysis::ledger::{Link, LinkBy, START, just_happened};
use crate::analysis::watch::writers;
use crate::engine::conflict::conflicts;
use crate::engine::expansion::Expansion;
use crate::engine::finish::finish;
use crate::engine::program::{Consequence, Draw, Origin, Program};
use crate::engine::turn::Turn;
use crate::model::{Model, Trigger};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// What all runs share.
pub struct Setup<'a> {
    pub model: &'a Model,
    pub program: &'a Program,
    pub horizon: u32,
    /// For each rule: the events that its `on` matches, with their slots.
    matching: Vec<Vec<(u32, u32)>>,
    /// What `when` and `while` rules, then outcomes, watch: for each node whether it is written.
    watches: Vec<Vec<bool>>,
    /// For each rule and then outcome: its watch, where it has one.
    watch_of: Vec<Option<usize>>,
}

impl<'a> Setup<'a> {
    /// For a program.
    pub fn new(model: &'a Model, program: &'a Program, horizon: u32) -> Self {
        let mut setup = Self {
            model,
            program,
            horizon,
            matching: crate::analysis::ledger::matching(model, program),
            watches: Vec::new(),
            watch_of: Vec::new(),
        };
        for rule in &model.rules {
            let watched =
                (rule.trigger != Trigger::On).then(|| writers(model, program, &rule.condition));
            setup.add_watch(watched);
        }
        for outcome in &model.outcomes {
            setup.add_watch(outcome.condition.as_ref().map(|cond| writers(model, program, cond)));
        }
        setup
    }

    fn add_watch(&mut self, writers: Option<Vec<u32>>) {
        let watch = writers.map(|writers| {
            let mut written = vec![false; self.program.nodes as usize];
            writers.iter().for_each(|&node| written[node as usize] = true);
            let known = self.watches.iter().position(|other| *other == written);
            known.unwrap_or_else(|| {
                self.watches.push(written);
                self.watches.len() - 1
            })
        });
        self.watch_of.push(watch);
    }
}

/// Something under way in a run.
struct Pending {
    chain: u32,
    due: u32,
    causes: Vec<u32>,
}

/// Draws runs and counts.
pub struct Runner<'a> {
    setup: &'a Setup<'a>,
    seed: u64,
    /// What was counted.
    pub tally: Tally,
    turn: Turn<'a>,
    out: Expansion,
    words: Vec<u64>,
    happened: Vec<u32>,
    ending: bool,
    values: Vec<i32>,
    /// For each watch: the nodes of the last turn that wrote something watched.
    last: Vec<Vec<u32>>,
    pending: Vec<Pending>,
    seen: Vec<bool>,
    held: Vec<bool>,
    reached: Vec<bool>,
    rung: usize,
    /// What happened in the run so far, where it is to be told.
    pub story: Vec<(u32, Vec<u32>)>,
    /// Whether the story is kept whatever the number of the run.
    pub telling: bool,
}

impl<'a> Runner<'a> {
    /// A runner that has counted nothing.
    pub fn new(setup: &'a Setup<'a>, seed: u64) -> Self {
        let program = setup.program;
        Self {
            setup,
            seed,
            tally: Tally::new(program, setup.model),
            turn: Turn::new(program),
            out: Expansion::default(),
            words: Vec::new(),
            happened: Vec::new(),
            ending: false,
            values: vec![0; program.layout.slots()],
            last: vec![Vec::new(); setup.watches.len()],
            pending: Vec::new(),
            seen: vec![false; program.nodes as usize],
            held: vec![false; program.outcomes.len()],
            reached: vec![false; program.outcomes.len()],
            rung: 0,
            story: Vec::new(),
            telling: false,
        }
    }

    /// Draws and counts run number `run`.
    ///
    /// # Errors
    /// Assignments contradict each other on its way.
    pub fn run(&mut self, run: u64) -> Result<(), Failure> {
        let mut random = ChaCha8Rng::seed_from_u64(self.seed);
        random.set_stream(run);
        self.begin();
        self.turn.begin(&mut self.out);
        self.arrive(0, run)?;
        for turn in 1..=self.setup.horizon {
            if self.ending {
                break;
            }
            let situation = self.words.clone();
            self.turn.sample(&situation, |draw| pick(draw, &mut random), &mut self.out);
            self.arrive(turn, run)?;
            let still = self.words == situation && self.out.chances.is_empty();
            if still && self.pending.is_empty() && self.happened.is_empty() {
                break;
            }
        }
        self.finish(run);
        Ok(())
    }

    fn begin(&mut self) {
        self.last.iter_mut().for_each(Vec::clear);
        self.pending.clear();
        self.seen.fill(false);
        self.held.fill(false);
        self.reached.fill(false);
        self.rung = 0;
        self.story.clear();
    }

    /// Counts what happened in the turn that `out` holds.
    fn arrive(&mut self, turn: u32, run: u64) -> Result<(), Failure> {
        let (model, program) = (self.setup.model, self.setup.program);
        let found = conflicts(program, &self.out, 0);
        if !found.is_empty() {
            return Err(failure::conflicts_in(model, program, &self.story, turn, &found));
        }
        for &rule in &self.out.chances {
            self.tally.chances[rule as usize] = true;
        }
        self.out.only(&mut self.words, &mut self.happened);
        program.layout.unpack(&self.words, &mut self.values);
        self.ending = finish(program, &mut self.values) != 0;
        program.layout.pack(&self.values, &mut self.words);
        let happened = self.happened.clone();
        self.count_nodes(turn, &happened);
        self.count_links(turn, &happened);
        for (watch, last) in self.setup.watches.iter().zip(&mut self.last) {
            if happened.iter().any(|&node| watch[node as usize]) {
                last.clear();
                last.extend(happened.iter().copied().filter(|&node| watch[node as usize]));
            }
        }
        if (run < STORIES || self.telling) && !happened.is_empty() {
            self.story.push((turn, happened));
        }
        self.count_rungs(turn);
        self.count_outcomes(turn, run);
        Ok(())
    }

    fn count_nodes(&mut self, turn: u32, happened: &[u32]) {
        for &node in happened {
            let hits = &mut self.tally.nodes[node as usize];
            hits.times += 1;
            if !std::mem::replace(&mut self.seen[node as usize], true) {
                hits.begin(turn);
            }
        }
    }

    fn count_links(&mut self, turn: u32, happened: &[u32]) {
        let program = self.setup.program;
        let due: Vec<Pending> = self.pending.extract_if(.., |p| p.due == turn).collect();
        for (chain, consequence) in self.out.sure.clone() {
            match consequence {
                Consequence::Now(block) if chain.is_none() => {
                    let block = &program.blocks[block as usize];
                    let causes = self.causes(block.origin);
                    let effects = nodes(program, &block.effects);
                    self.link(&causes, LinkBy::Origin(block.origin), &effects, happened);
                }
                Consequence::Later { chain, turns } => {
                    let described = &program.chains[chain as usize];
                    let causes = self.causes(program.blocks[described.block as usize].origin);
                    let due = turn + turns;
                    let again = |p: &Pending| p.chain == chain && p.due == due;
                    if described.adds || !self.pending.iter().any(again) {
                        self.pending.push(Pending { chain, due, causes });
                    }
                }
                Consequence::Nothing | Consequence::Now(_) => {}
            }
        }
        for pending in due {
            let block = &program.blocks[program.chains[pending.chain as usize].block as usize];
            let effects = nodes(program, &block.effects);
            self.link(&pending.causes, LinkBy::Origin(block.origin), &effects, happened);
        }
        for &event in happened.iter().filter(|&&node| (node as usize) < program.events.len()) {
            let effects = nodes(program, &program.events[event as usize].body);
            self.link(&[event], LinkBy::Body(event), &effects, happened);
        }
    }

    fn link(&mut self, causes: &[u32], by: LinkBy, effects: &[u32], happened: &[u32]) {
        for &to in effects.iter().filter(|node| happened.contains(node)) {
            for &from in causes {
                *self.tally.links.entry(Link { from, to, by }).or_default() += 1;
            }
        }
    }

    /// The causes of what a rule draws in the situation that was left.
    fn causes(&self, origin: Origin) -> Vec<u32> {
        let Origin::Rule(rule, _) = origin else { return vec![START] };
        let values = self.turn.values();
        match self.setup.watch_of[rule as usize] {
            Some(watch) => self.last_writers(watch),
            None => just_happened(&self.setup.matching[rule as usize], values),
        }
    }

    fn last_writers(&self, watch: usize) -> Vec<u32> {
        if self.last[watch].is_empty() { vec![START] } else { self.last[watch].clone() }
    }

    fn count_rungs(&mut self, turn: u32) {
        let Some(level) = self.setup.program.level else { return };
        let level = usize::try_from(self.values[level as usize]).unwrap_or(0);
        while self.rung <= level {
            self.tally.rungs[self.rung].begin(turn);
            self.rung += 1;
        }
    }

    fn count_outcomes(&mut self, turn: u32, run: u64) {
        for at in 0..self.reached.len() {
            let Some(test) = &self.setup.program.outcomes[at] else { continue };
            let holds = test.holds(&self.values);
            let before = std::mem::replace(&mut self.held[at], holds);
            if !holds || before {
                continue;
            }
            self.tally.outcomes[at].times += 1;
            let (to, by) = (self.setup.program.nodes + at as u32, LinkBy::Outcome(at as u32));
            if let Some(watch) = self.setup.watch_of[self.setup.model.rules.len() + at] {
                let causes = self.last_writers(watch);
                self.link(&causes, by, &[to], &[to]);
            }
            if !std::mem::replace(&mut self.reached[at], true) {
                self.tally.outcomes[at].begin(turn);
                self.remember(at, run);
            }
        }
    }

    /// At the end of a run: `otherwise`.
    fn finish(&mut self, run: u64) {
        self.tally.told += u64::from(run < STORIES);
        if self.reached.contains(&true) {
            return;
        }
        for at in 0..self.reached.len() {
            if self.setup.program.outcomes[at].is_none() {
                self.tally.outcomes[at].times += 1;
                self.tally.outcomes[at].begin(self.setup.horizon);
                self.remember(at, run);
            }
        }
    }

    fn remember(&mut self, outcome: usize, run: u64) {
        if run < STORIES {
            let story = (outcome as u32, self.story.clone());
            *self.tally.stories.entry(story).or_default() += 1;
        }
    }
}

/// Draws a result by the estimates.
fn pick(draw: &Draw, random: &mut ChaCha8Rng) -> usize {
    // The upper 53 bits make a number in 0..1 that every step of a double can reach.
    let mut left = (random.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
    let estimate = draw.estimate();
    for (at, share) in estimate.iter().enumerate() {
        left -= share;
        if left < 0.0 {
            return at;
        }
    }
    estimate.iter().rposition(|share| *share > 0.0).unwrap_or(0)
}
