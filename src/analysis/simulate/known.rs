//! Situations that runs have come to before, and what can come next from them: most runs of most
//! scenarios meet the same few over and over.

use super::drawn::Drawn;
use super::listed::Listings;
use super::random::{Odds, Random};
use super::raws::Raws;
use super::setup::Setup;
use crate::engine::expansion::Expansion;
use crate::engine::finish::finish;
use crate::engine::layout::hash;
use crate::engine::program::Program;
use crate::engine::test::Test;
use hashbrown::HashTable;
use rustc_hash::FxHashMap;

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
#[derive(Clone, Copy, Debug, Default)]
pub struct Place {
    /// The situation's number, if it is kept.
    pub known: Option<u32>,
    /// Where what can come next is listed, if it is.
    pub listing: Option<u32>,
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
/// come next.
pub struct Known<'a> {
    program: &'a Program,
    width: usize,
    /// How many more bytes may be taken.
    room: usize,
    /// Finished situations.
    words: Vec<u64>,
    states: Vec<State>,
    index: HashTable<u32>,
    /// Situations that are not finished.
    raws: Raws,
    /// All views.
    pub views: Vec<View>,
    view_index: FxHashMap<View, u32>,
    listings: Listings,
    values: Vec<i32>,
}

/// What is known of a finished situation.
#[derive(Clone, Copy, Debug)]
struct State {
    view: u32,
    next: Next,
}

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
            raws: Raws::new(program.layout.words()),
            views: Vec::new(),
            view_index: FxHashMap::default(),
            listings: Listings::new(program.layout.words()),
            values: vec![0; program.layout.slots()],
        }
    }

    /// Draws what comes next by its listing; says whether no rule has its chance.
    pub fn draw(&self, listing: u32, odds: &Odds, random: &Random, out: &mut Drawn) -> bool {
        self.listings.draw(listing, odds, random, out)
    }

    /// The words of a known situation.
    pub fn words(&self, situation: u32) -> &[u64] {
        let begin = situation as usize * self.width;
        &self.words[begin..begin + self.width]
    }

    /// Goes to what a situation that is not finished becomes; keeps it if there is room. Its words
    /// are written to `words` where it is not known already.
    #[inline]
    pub fn arrive(&mut self, raw: &[u64], words: &mut Vec<u64>) -> Place {
        let Some(becomes) = self.raws.find(raw) else { return self.finish(raw, words) };
        let state = &self.states[becomes as usize];
        let listing = match state.next {
            Next::Listed(at) => Some(at),
            Next::New | Next::Seen | Next::Unlisted => None,
        };
        Place { known: Some(becomes), listing, view: state.view }
    }

    fn finish(&mut self, raw: &[u64], words: &mut Vec<u64>) -> Place {
        self.program.layout.unpack(raw, &mut self.values);
        let ending = finish(self.program, &mut self.values) != 0;
        words.resize(self.width, 0);
        self.program.layout.pack(&self.values, words);
        let view = self.view(ending);
        let known = self.keep(words, view);
        if let Some(becomes) = known
            && self.takes(Raws::bytes(self.width))
        {
            self.raws.add(raw, becomes);
        }
        Place { known, listing: None, view }
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
    fn keep(&mut self, words: &[u64], view: u32) -> Option<u32> {
        let (hash, width) = (hash(words, 0), self.width);
        let same = |&at: &u32| same(&self.words[at as usize * width..], words);
        if let Some(&at) = self.index.find(hash, same) {
            return Some(at);
        }
        if !self.takes(width * 8 + 24) {
            return None;
        }
        let at = self.states.len() as u32;
        self.words.extend_from_slice(words);
        self.states.push(State { view, next: Next::New });
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
    pub fn list(&mut self, situation: u32, odds: &Odds, out: &Expansion) -> Option<u32> {
        // What contradicts itself is told by the turn that does.
        let fits = !out.too_wide && out.conflicts.is_empty();
        if fits && self.takes(self.listings.bytes(out)) {
            let listing = self.listings.list(odds, out);
            self.states[situation as usize].next = Next::Listed(listing);
            Some(listing)
        } else {
            self.states[situation as usize].next = Next::Unlisted;
            None
        }
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
