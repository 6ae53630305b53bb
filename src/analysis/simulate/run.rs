//! One storyline after another, each drawn from its own stream of random numbers.

use super::drawn::Drawn;
use super::known::{Known, Place};
use super::random::Random;
use super::setup::Setup;
use super::tally::{STORIES, Tally};
use super::trace::Trace;
use crate::analysis::answer::Failure;
use crate::analysis::failure;
use crate::engine::conflict::conflicts;
use crate::engine::expansion::Expansion;
use crate::engine::stand_still;
use crate::engine::turn::Turn;

/// How many nodes a layer of what is listed may have: beyond, drawing is quicker than listing.
const WIDEST: usize = 1024;

/// Draws runs and counts.
pub struct Runner<'a> {
    setup: &'a Setup<'a>,
    random: Random,
    /// What was counted.
    pub tally: Tally,
    /// What is counted while it is not known whether the run fits.
    aside: Tally,
    /// Where the run is, unpacked to be looked at.
    values: Vec<i32>,
    known: Known<'a>,
    trace: Trace<'a>,
    turn: Turn<'a>,
    out: Expansion,
    drawn: Drawn,
    /// What turn 0 comes to, once that is known.
    start: Option<Drawn>,
    place: Place,
    before: Place,
    /// The words of the place and of the one before, where they are not known.
    words: Vec<u64>,
    words_before: Vec<u64>,
    /// For each outcome: whether its condition holds.
    held: Vec<bool>,
    /// For each outcome: how long the story was when it was first reached.
    reached: Vec<Option<usize>>,
    /// How many rungs have been reached.
    rungs: u32,
    /// What happened so far, where it is to be told: the turn, how many nodes, the nodes.
    pub story: Vec<u32>,
    /// Whether the story is kept whatever the number of the run.
    pub telling: bool,
}

impl<'a> Runner<'a> {
    /// A runner that has counted nothing and may remember situations in `room` bytes.
    pub fn new(setup: &'a Setup<'a>, seed: u64, room: usize) -> Self {
        let program = setup.program;
        Self {
            setup,
            random: Random::new(seed),
            tally: Tally::new(setup),
            aside: Tally::new(setup),
            values: vec![0; program.layout.slots()],
            known: Known::new(setup, room),
            trace: Trace::new(setup),
            turn: Turn::up_to(program, WIDEST),
            out: Expansion::default(),
            drawn: Drawn::default(),
            start: None,
            place: Place::default(),
            before: Place::default(),
            words: Vec::new(),
            words_before: Vec::new(),
            held: vec![false; program.outcomes.len()],
            reached: vec![None; program.outcomes.len()],
            rungs: 0,
            story: Vec::new(),
            telling: false,
        }
    }

    /// Draws run number `run`, and counts it where it fits what has been seen.
    ///
    /// # Errors
    /// Assignments contradict each other on its way.
    pub fn run(&mut self, run: u64) -> Result<(), Failure> {
        self.tally.drawn += 1;
        if !self.setup.seen.is_empty() {
            // What is counted on the way of a run that does not fit must not count.
            self.set_aside();
            let fits = self.follow(run, true);
            self.set_aside();
            if !fits? {
                return Ok(());
            }
        }
        self.follow(run, false)?;
        self.finish(run);
        Ok(())
    }

    /// Counts elsewhere, or here again; rules that have their chance have it either way.
    fn set_aside(&mut self) {
        std::mem::swap(&mut self.tally, &mut self.aside);
        std::mem::swap(&mut self.tally.chances, &mut self.aside.chances);
    }

    /// Draws a run and counts what happens; says whether it fits what has been seen, where that is
    /// to be found out: then it ends where it does not.
    fn follow(&mut self, run: u64, finding: bool) -> Result<bool, Failure> {
        self.random.begin(run);
        self.trace.begin();
        self.held.fill(false);
        self.reached.fill(None);
        self.rungs = 0;
        self.story.clear();
        let told = run < STORIES || self.telling;
        if let Some(start) = &self.start {
            self.drawn.clone_from(start);
        } else {
            self.turn.begin(&mut self.out);
            self.take(0)?;
            self.start = Some(self.drawn.clone());
        }
        self.arrive(0, told);
        let mut open = if finding { self.unseen(0, 0) } else { Some(0) };
        for turn in 1..=self.setup.horizon {
            if self.known.views[self.place.view as usize].ending {
                break;
            }
            self.before = self.place;
            if self.before.known.is_none() {
                std::mem::swap(&mut self.words, &mut self.words_before);
            }
            let quiet = self.go_on(turn)?;
            self.arrive(turn, told);
            if finding {
                open = open.and_then(|open| self.unseen(open, turn));
                if open.is_none() {
                    return Ok(false);
                }
            }
            let still = quiet && self.drawn.happened.all().is_empty() && !self.trace.waits();
            if still && self.is_same() {
                break;
            }
        }
        Ok(open.is_some_and(|open| !finding || self.stays_as_seen(open)))
    }

    /// How many of the observations have been met after this turn, `met` before it; none where one
    /// of this turn is not.
    fn unseen(&mut self, met: usize, turn: u32) -> Option<usize> {
        let now = self.setup.seen[met..].iter().take_while(|seen| seen.turn == turn).count();
        let seen = &self.setup.seen[met..met + now];
        if !seen.is_empty() {
            self.look();
        }
        seen.iter().all(|seen| seen.test.holds(&self.values)).then_some(met + now)
    }

    /// Whether the last situation, in which nothing happens any more, is what has been seen later.
    fn stays_as_seen(&mut self, met: usize) -> bool {
        self.look();
        self.setup.seen[met..].iter().all(|seen| {
            stand_still(self.setup.program, &mut self.values, seen.turn);
            seen.test.holds(&self.values)
        })
    }

    /// Unpacks where the run is.
    fn look(&mut self) {
        let words = match self.place.known {
            Some(situation) => self.known.words(situation),
            None => &self.words,
        };
        self.setup.program.layout.unpack(words, &mut self.values);
    }

    /// Draws what comes after `before`; says whether no rule had its chance.
    fn go_on(&mut self, turn: u32) -> Result<bool, Failure> {
        let Self { setup, known, random, drawn, before, words_before, .. } = self;
        let odds = &setup.odds;
        random.turn(turn);
        if let Some(situation) = before.known {
            if let Some(listing) = before.listing {
                return Ok(known.draw(listing, odds, random, drawn));
            }
            words_before.clear();
            words_before.extend_from_slice(known.words(situation));
            if known.goes_on(situation) {
                self.turn.expand(words_before, &mut self.out);
                if let Some(listing) = known.list(situation, odds, &self.out) {
                    return Ok(known.draw(listing, odds, random, drawn));
                }
            }
        }
        let pick = |draw: u32| {
            let odds_of = odds.of(draw);
            odds.pick(&odds_of, random.number(odds_of.key)) as usize
        };
        self.turn.sample(words_before, pick, &mut self.out);
        self.take(turn)?;
        Ok(self.out.chances.is_empty())
    }

    /// Takes over a turn that was drawn from the scenario itself.
    fn take(&mut self, turn: u32) -> Result<(), Failure> {
        let (model, program) = (self.setup.model, self.setup.program);
        let found = conflicts(program, &self.out, 0);
        if !found.is_empty() {
            return Err(failure::conflicts_in(model, program, &told(&self.story), turn, &found));
        }
        for &rule in &self.out.chances {
            self.tally.chances[rule as usize] = true;
        }
        self.drawn.clear();
        let happened = self.out.only(&mut self.drawn.words);
        self.drawn.happened.extend(&happened);
        self.drawn.fired.extend_from_slice(&self.out.sure);
        Ok(())
    }

    /// Counts what was drawn, and comes to the next situation.
    fn arrive(&mut self, turn: u32, told: bool) {
        // First, so that the processor can look for what comes next while it counts.
        self.place = self.known.arrive(&self.drawn.words, &mut self.words);
        self.trace.take(turn, &self.drawn, &mut self.tally);
        let happened = self.drawn.happened.all();
        if told && !happened.is_empty() {
            self.story.extend([turn, happened.len() as u32]);
            let begin = self.story.len();
            self.story.extend_from_slice(happened);
            self.story[begin..].sort_unstable();
        }
        if turn == 0 || self.place.view != self.before.view {
            self.count_rungs(turn);
            self.count_outcomes(turn);
        }
    }

    fn is_same(&self) -> bool {
        match (self.before.known, self.place.known) {
            (Some(one), Some(other)) => one == other,
            (None, None) => self.words_before == self.words,
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    fn count_rungs(&mut self, turn: u32) {
        if self.setup.program.level.is_none() {
            return;
        }
        // The rung that the ladder starts at counts, also where an inject of turn 0 leaves it.
        let level = self.known.views[self.place.view as usize].level.max(self.setup.first_rung);
        while self.rungs <= level {
            self.tally.rungs[self.rungs as usize].begin(turn);
            self.rungs += 1;
        }
    }

    fn count_outcomes(&mut self, turn: u32) {
        for at in 0..self.held.len() {
            let holds = self.known.views[self.place.view as usize].holds[at];
            let before = std::mem::replace(&mut self.held[at], holds);
            if !holds || before {
                continue;
            }
            self.tally.outcomes[at].times += 1;
            self.trace.take_outcome(at, &mut self.tally);
            if self.reached[at].is_none() {
                self.reached[at] = Some(self.story.len());
                self.tally.outcomes[at].begin(turn);
            }
        }
    }

    /// At the end of a run: `otherwise`, and the storyline.
    fn finish(&mut self, run: u64) {
        self.tally.runs += 1;
        if self.reached.iter().all(Option::is_none) {
            for (at, test) in self.setup.program.outcomes.iter().enumerate() {
                if test.is_none() {
                    self.tally.outcomes[at].times += 1;
                    self.tally.outcomes[at].begin_at_end(self.setup.horizon);
                    self.reached[at] = Some(self.story.len());
                }
            }
        }
        if run < STORIES {
            self.tally.remember(&self.reached, &self.story);
        }
    }
}

/// A story turn by turn.
pub fn told(story: &[u32]) -> Vec<(u32, Vec<u32>)> {
    let mut turns = Vec::new();
    let mut rest = story;
    while let [turn, count, more @ ..] = rest {
        let (nodes, after) = more.split_at(*count as usize);
        turns.push((*turn, nodes.to_vec()));
        rest = after;
    }
    turns
}
