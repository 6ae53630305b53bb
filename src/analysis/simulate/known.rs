//! Situations that runs have come to before, and what can come next from them: most runs of most
//! scenarios meet the same few over and over.

use super::drawn::Drawn;
use super::random::{Odds, Random};
use super::setup::Setup;
use crate::engine::expansion::Expansion;
use crate::engine::finish::finish;
use crate::engine::layout::hash;
use crate::engine::program::{Consequence, Program};
use crate::engine::test::Test;
use hashbrown::HashTable;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What runs have to know of a situation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct View {
    /// Whether an ending holds.
    pub ending: bool,
    /// The rung; 0 without a ladder.
    pub level: u32,
    /// For each outcome: whether its condition holds.
    pub holds: Vec<bool>,
}

/// Where a run is.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The situation's number, if it is kept.
    pub known: Option<u32>,
    /// Its words, finished; not kept up to date where it has a number.
    pub words: Vec<u64>,
    /// The number of its view.
    pub view: u32,
}

/// What is known of what comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// No run has gone on from here.
    New,
    /// One has.
    Seen,
    /// It is too much to list.
    Unlisted,
    /// It is listed under this number.
    Listed(u32),
}

/// Situations as far as there is room, and for those that runs go on from more than once what can
/// come next, as the engine's [`Expansion`] has it.
pub struct Known<'a> {
    program: &'a Program,
    width: usize,
    /// How many more bytes may be taken.
    room: usize,
    /// Finished situations.
    words: Vec<u64>,
    states: Vec<State>,
    index: HashTable<u32>,
    /// Situations that are not finished, and what they become.
    raw: Vec<u64>,
    raw_index: HashTable<Raw>,
    /// All views.
    pub views: Vec<View>,
    view_index: FxHashMap<View, u32>,
    listed: Vec<Listed>,
    steps: Vec<Step>,
    children: Vec<u32>,
    ends: Vec<End>,
    more: Vec<Range<usize>>,
    deltas: Vec<u64>,
    happened: Vec<u32>,
    sure: Vec<(Option<u32>, Consequence)>,
    values: Vec<i32>,
}

/// What is known of a finished situation.
#[derive(Clone, Copy, Debug)]
struct State {
    view: u32,
    next: Next,
}

/// A situation that is not finished.
#[derive(Clone, Copy, Debug)]
struct Raw {
    /// Its first word, here to be near; the others stand in `raw`.
    word: u64,
    at: u32,
    becomes: u32,
}

/// What can come next from a situation.
struct Listed {
    base: usize,
    steps: Range<usize>,
    sure: Range<usize>,
    happened: Range<usize>,
    /// Whether no rule has its chance.
    quiet: bool,
}

/// What a group can come to.
struct End {
    /// What it changes in the first word; what in the others stands in `deltas`.
    delta: u64,
    /// The first node that happens, or [`NONE`].
    first: u32,
    /// Where the others stand in `more`, or [`NONE`].
    more: u32,
}

/// One draw. Runs jump about among these: they are small, to stay near the processor.
struct Step {
    draw: u32,
    /// Which of the turn's numbers it draws by.
    number: u32,
    /// Where the children of its nodes begin in `children`; [`NONE`] where it draws alone, and each
    /// result leads to an end of its own.
    children: u32,
    /// Where it is the last of its group, the group's first end; otherwise [`NONE`].
    ends: u32,
}

/// No node, no place.
const NONE: u32 = u32::MAX;

impl<'a> Known<'a> {
    /// Nothing is known; `room` bytes may be taken, about.
    pub fn new(setup: &Setup<'a>, room: usize) -> Self {
        let program = setup.program;
        Self {
            program,
            width: program.layout.words(),
            room,
            words: Vec::new(),
            states: Vec::new(),
            index: HashTable::new(),
            raw: Vec::new(),
            raw_index: HashTable::new(),
            views: Vec::new(),
            view_index: FxHashMap::default(),
            listed: Vec::new(),
            steps: Vec::new(),
            children: Vec::new(),
            ends: Vec::new(),
            more: Vec::new(),
            deltas: Vec::new(),
            happened: Vec::new(),
            sure: Vec::new(),
            values: vec![0; program.layout.slots()],
        }
    }

    /// Draws what comes next, where that is listed; says whether no rule has its chance.
    pub fn draw(
        &self,
        situation: u32,
        odds: &Odds,
        random: &mut Random,
        out: &mut Drawn,
    ) -> Option<bool> {
        let Next::Listed(listed) = self.states[situation as usize].next else { return None };
        let (listed, others) = (&self.listed[listed as usize], self.width - 1);
        out.clear();
        let mut word = self.ends[listed.base].delta;
        out.words.push(word);
        out.words.extend_from_slice(&self.deltas[listed.base * others..(listed.base + 1) * others]);
        out.fired.extend_from_slice(&self.sure[listed.sure.clone()]);
        out.happened.extend_from_slice(&self.happened[listed.happened.clone()]);
        let steps = &self.steps[listed.steps.clone()];
        out.numbers.extend(steps.iter().map(|_| random.number()));
        // What comes out nobody can foresee, a processor neither: what is drawn is written down
        // without branches, and kept where it is something.
        let (mut results, mut happened) = (0, out.happened.len());
        out.results.resize(steps.len(), 0);
        out.happened.resize(happened + steps.len(), NONE);
        let mut node = 0;
        for step in steps {
            let draw = odds.of(step.draw);
            let result = odds.pick(draw, out.numbers[step.number as usize]);
            out.results[results] = draw.first + result;
            results += usize::from(odds.is_something(draw.first + result));
            node = match step.children {
                NONE => result,
                children => self.children[(children + node * draw.count + result) as usize],
            };
            if step.ends == NONE {
                continue;
            }
            let at = (step.ends + node) as usize;
            node = 0;
            let end = &self.ends[at];
            word ^= end.delta;
            if others > 0 {
                let deltas = &self.deltas[at * others..(at + 1) * others];
                out.words[1..].iter_mut().zip(deltas).for_each(|(word, delta)| *word ^= delta);
            }
            out.happened[happened] = end.first;
            happened += usize::from(end.first != NONE);
            if end.more != NONE {
                out.more.push(end.more);
            }
        }
        out.words[0] = word;
        out.results.truncate(results);
        out.happened.truncate(happened);
        for &more in &out.more {
            out.happened.extend_from_slice(&self.happened[self.more[more as usize].clone()]);
        }
        Some(listed.quiet)
    }

    /// The words of a known situation.
    pub fn words(&self, situation: u32) -> &[u64] {
        let begin = situation as usize * self.width;
        &self.words[begin..begin + self.width]
    }

    /// Goes to what a situation that is not finished becomes; keeps it if there is room.
    pub fn arrive(&mut self, raw: &[u64], place: &mut Place) {
        let (hash, width) = (hash(raw, 0), self.width);
        let words = |at: u32| &self.raw[at as usize * width..];
        let same = |other: &Raw| other.word == raw[0] && (width == 1 || same(words(other.at), raw));
        if let Some(raw) = self.raw_index.find(hash, same) {
            place.known = Some(raw.becomes);
            place.view = self.states[raw.becomes as usize].view;
            return;
        }
        self.program.layout.unpack(raw, &mut self.values);
        let ending = finish(self.program, &mut self.values) != 0;
        place.words.resize(width, 0);
        self.program.layout.pack(&self.values, &mut place.words);
        place.view = self.view(ending);
        place.known = self.keep(place);
        if let Some(becomes) = place.known
            && self.takes(width * 8 + 24)
        {
            let at = (self.raw.len() / width) as u32;
            self.raw.extend_from_slice(raw);
            let words = &self.raw;
            let rehash = |other: &Raw| {
                let begin = other.at as usize * width;
                self::hash(&words[begin..begin + width], 0)
            };
            self.raw_index.insert_unique(hash, Raw { word: raw[0], at, becomes }, rehash);
        }
    }

    fn view(&mut self, ending: bool) -> u32 {
        let level = self.program.level.map_or(0, |slot| self.values[slot as usize]);
        let holds =
            |test: &Option<Test>| test.as_ref().is_some_and(|test| test.holds(&self.values));
        let view = View {
            ending,
            level: level.unsigned_abs(),
            holds: self.program.outcomes.iter().map(holds).collect(),
        };
        let views = &mut self.views;
        *self.view_index.entry(view).or_insert_with_key(|view| {
            views.push(view.clone());
            views.len() as u32 - 1
        })
    }

    /// The number of a finished situation, if it has one or there is room.
    fn keep(&mut self, place: &Place) -> Option<u32> {
        let (hash, width) = (hash(&place.words, 0), self.width);
        let same = |&at: &u32| same(&self.words[at as usize * width..], &place.words);
        if let Some(&at) = self.index.find(hash, same) {
            return Some(at);
        }
        if !self.takes(width * 8 + 24) {
            return None;
        }
        let at = self.states.len() as u32;
        self.words.extend_from_slice(&place.words);
        self.states.push(State { view: place.view, next: Next::New });
        let words = &self.words;
        let rehash =
            |&at: &u32| self::hash(&words[at as usize * width..(at as usize + 1) * width], 0);
        self.index.insert_unique(hash, at, rehash);
        Some(at)
    }

    /// Notes that a run goes on from a situation that is not listed; says whether it is worth
    /// listing now.
    pub fn goes_on(&mut self, situation: u32) -> bool {
        let next = &mut self.states[situation as usize].next;
        let again = *next == Next::Seen;
        if *next == Next::New {
            *next = Next::Seen;
        }
        again
    }

    /// Lists what comes next from a situation, unless it is too much.
    pub fn list(&mut self, situation: u32, odds: &Odds, out: &Expansion) {
        let bytes =
            40 * out.draws.len() + 4 * out.children.len() + out.ends() * (self.width * 8 + 16);
        // What contradicts itself is told by the turn that does.
        if out.too_wide || !out.conflicts.is_empty() || !self.takes(bytes + 128) {
            self.states[situation as usize].next = Next::Unlisted;
            return;
        }
        let (steps, sure, happened) = (self.steps.len(), self.sure.len(), self.happened.len());
        self.sure.extend_from_slice(&out.sure);
        let (mut words, mut nodes) = (out.base.clone(), Vec::new());
        for group in out.groups.iter().filter(|group| group.draws.is_empty()) {
            words.iter_mut().zip(out.delta(group.ends.start)).for_each(|(word, d)| *word ^= d);
            nodes.extend_from_slice(out.happened(group.ends.start));
        }
        let base = self.add_end(&words, &[]);
        self.happened.extend(nodes);
        let happened = happened..self.happened.len();
        let mut order = out.draws.clone();
        order.sort_unstable();
        for group in out.groups.iter().filter(|group| !group.draws.is_empty()) {
            let number = |draw: u32| order.partition_point(|&other| other < draw) as u32;
            if let [draw] = out.draws[group.draws.clone()] {
                let ends = self.ends.len() as u32;
                let results = odds.of(draw).count as usize;
                for &child in out.children(group.draws.start, 0, results) {
                    let end = group.ends.start + child as usize;
                    self.add_end(out.delta(end), out.happened(end));
                }
                self.steps.push(Step { draw, number: number(draw), children: NONE, ends });
                continue;
            }
            let first_end = self.ends.len() as u32;
            for end in group.ends.clone() {
                self.add_end(out.delta(end), out.happened(end));
            }
            for at in group.draws.clone() {
                let draw = out.draws[at];
                let children = self.children.len() as u32;
                for node in 0..out.width(group, at - group.draws.start) {
                    let results = odds.of(draw).count as usize;
                    self.children.extend_from_slice(out.children(at, node, results));
                }
                let ends = if at + 1 == group.draws.end { first_end } else { NONE };
                self.steps.push(Step { draw, number: number(draw), children, ends });
            }
        }
        self.states[situation as usize].next = Next::Listed(self.listed.len() as u32);
        self.listed.push(Listed {
            base,
            steps: steps..self.steps.len(),
            sure: sure..self.sure.len(),
            happened,
            quiet: out.chances.is_empty(),
        });
    }

    fn add_end(&mut self, delta: &[u64], happened: &[u32]) -> usize {
        let mut end = End { delta: delta[0], first: NONE, more: NONE };
        if let [first, more @ ..] = happened {
            end.first = *first;
            if !more.is_empty() {
                end.more = self.more.len() as u32;
                let begin = self.happened.len();
                self.happened.extend_from_slice(more);
                self.more.push(begin..self.happened.len());
            }
        }
        self.deltas.extend_from_slice(&delta[1..]);
        self.ends.push(end);
        self.ends.len() - 1
    }

    fn takes(&mut self, bytes: usize) -> bool {
        let fits = bytes <= self.room;
        if fits {
            self.room -= bytes;
        }
        fits
    }
}

/// Whether words begin with these; a call for each comparison would take longer.
fn same(words: &[u64], these: &[u64]) -> bool {
    words.iter().zip(these).all(|(one, other)| one == other)
}
