//! What can come next from situations that runs go on from again and again, listed so that a turn
//! is drawn without looking at rules.

use super::drawn::{Drawn, NONE};
use super::random::{DrawOdds, Odds, Random};
use crate::engine::expansion::{Expansion, Group};
use crate::engine::program::Consequence;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What can come next from situations, as the engine's [`Expansion`] has it: independent groups of
/// draws. Groups that are the same in many situations, as most are, stand here once.
pub struct Listings {
    /// How many words a situation has besides the first.
    others: usize,
    /// One listing after the other, each close together, for runs jump about among them: its
    /// [`Head`] and its groups.
    records: Vec<u32>,
    groups: Vec<Steps>,
    steps: Vec<Step>,
    children: Vec<u32>,
    ends: Vec<End>,
    /// Where further nodes of ends stand in `happened`.
    more: Vec<Range<usize>>,
    deltas: Vec<u64>,
    happened: Vec<u32>,
    sure: Vec<(Option<u32>, Consequence)>,
    /// What is sure in listings, where something is: in `sure` and in `happened`.
    certain: Vec<(Range<usize>, Range<usize>)>,
    index: FxHashMap<Box<[u64]>, u32>,
    key: Vec<u64>,
}

/// What stands at the beginning of a listing.
#[derive(Clone, Copy, Debug)]
struct Head {
    /// What comes if no group changes anything, as one of `ends`.
    base: u32,
    /// Its first word, here to be near.
    word: u64,
    groups: u32,
    /// Whether each group is one draw.
    alone: bool,
    /// Whether no rule has its chance.
    quiet: bool,
    /// What is sure, as one of `certain`, or [`NONE`].
    certain: u32,
}

impl Head {
    const LENGTH: usize = 5;

    fn write(self) -> [u32; Self::LENGTH] {
        let flags = u32::from(self.alone) | u32::from(self.quiet) << 1;
        let [low, high] = [self.word as u32, (self.word >> 32) as u32];
        [self.base, low, high, self.groups << 2 | flags, self.certain]
    }

    #[inline]
    fn read(record: &[u32]) -> Self {
        Self {
            base: record[0],
            word: u64::from(record[1]) | u64::from(record[2]) << 32,
            groups: record[3] >> 2,
            alone: record[3] & 1 != 0,
            quiet: record[3] & 2 != 0,
            certain: record[4],
        }
    }
}

/// The draws of a group, and where its ends begin.
struct Steps {
    /// The first draw, here to be near.
    odds: DrawOdds,
    steps: Range<u32>,
    ends: u32,
    /// Whether it is one draw: then each of its results has an end of its own.
    alone: bool,
}

/// One draw.
struct Step {
    odds: DrawOdds,
    /// Where the children of its nodes begin in `children`.
    children: u32,
}

/// What a group can come to.
struct End {
    /// What it changes in the first word; what in the others stands in `deltas`.
    delta: u64,
    /// The result of the one draw that leads here, if something follows from it; otherwise [`NONE`].
    result: u32,
    /// The first node that happens, or [`NONE`].
    first: u32,
    /// Where the others stand in `more`, or [`NONE`].
    more: u32,
}

impl Listings {
    /// None, for situations of so many words.
    pub fn new(width: usize) -> Self {
        Self {
            others: width - 1,
            records: Vec::new(),
            groups: Vec::new(),
            steps: Vec::new(),
            children: Vec::new(),
            ends: Vec::new(),
            more: Vec::new(),
            deltas: Vec::new(),
            happened: Vec::new(),
            sure: Vec::new(),
            certain: Vec::new(),
            index: FxHashMap::default(),
            key: Vec::new(),
        }
    }

    /// How many bytes a listing takes at the most, about.
    pub fn bytes(&self, out: &Expansion) -> usize {
        let group = 80 * out.draws.len() + 12 * out.children.len();
        128 + group + out.ends() * (self.others * 16 + 40)
    }

    /// Lists what comes next from a situation; says where the listing begins.
    pub fn list(&mut self, odds: &Odds, out: &Expansion) -> u32 {
        let (mut words, mut nodes) = (out.base.clone(), Vec::new());
        for group in out.groups.iter().filter(|group| group.draws.is_empty()) {
            words.iter_mut().zip(out.delta(group.ends.start)).for_each(|(word, d)| *word ^= d);
            nodes.extend_from_slice(out.happened(group.ends.start));
        }
        let mut groups: Vec<&Group> =
            out.groups.iter().filter(|group| !group.draws.is_empty()).collect();
        groups.sort_unstable_by_key(|group| out.draws[group.draws.start]);
        let head = Head {
            base: self.add_end(&words, &[]),
            word: words[0],
            groups: groups.len() as u32,
            alone: groups.iter().all(|group| group.draws.len() == 1),
            quiet: out.chances.is_empty(),
            certain: self.add_certain(&out.sure, &nodes),
        };
        let begin = self.records.len() as u32;
        self.records.extend(head.write());
        for group in groups {
            let group = self.group(group, odds, out);
            self.records.push(group);
        }
        begin
    }

    /// Draws what comes next by the listing that begins there; says whether no rule has its chance.
    pub fn draw(&self, listing: u32, odds: &Odds, random: &Random, out: &mut Drawn) -> bool {
        let record = &self.records[listing as usize..];
        let head = Head::read(&record[..Head::LENGTH]);
        let groups = &record[Head::LENGTH..][..head.groups as usize];
        out.clear();
        if out.ends.len() != groups.len() {
            out.ends.resize(groups.len(), 0);
        }
        if head.alone {
            for (&group, end) in groups.iter().zip(&mut out.ends) {
                let group = &self.groups[group as usize];
                *end = group.ends + odds.pick(&group.odds, random.number(group.odds.key));
            }
        } else {
            self.walk(groups, odds, random, out);
        }
        self.follow(&head, out);
        head.quiet
    }

    /// Draws the ends of groups of several draws, one after the other.
    fn walk(&self, groups: &[u32], odds: &Odds, random: &Random, out: &mut Drawn) {
        for (&group, end) in groups.iter().zip(&mut out.ends) {
            let group = &self.groups[group as usize];
            let mut node = 0;
            for step in &self.steps[group.steps.start as usize..group.steps.end as usize] {
                let result = odds.pick(&step.odds, random.number(step.odds.key));
                let at = step.children + node * step.odds.count + result;
                node = self.children[at as usize];
                let result = step.odds.first + result;
                if !group.alone && odds.is_something(result) {
                    out.results.extend(&[result]);
                }
            }
            *end = group.ends + node;
        }
    }

    /// Takes together what is sure and what follows from the ends.
    fn follow(&self, head: &Head, out: &mut Drawn) {
        if head.certain != NONE {
            let (sure, happened) = &self.certain[head.certain as usize];
            out.fired.extend_from_slice(&self.sure[sure.clone()]);
            out.happened.extend(&self.happened[happened.clone()]);
        }
        let (mut word, mut more) = (head.word, false);
        let count = out.ends.len();
        let (results, happened) = (out.results.room(count), out.happened.room(count));
        let (mut result, mut node) = (0, 0);
        for &at in &out.ends {
            let end = &self.ends[at as usize];
            word ^= end.delta;
            results[result] = end.result;
            result += usize::from(end.result != NONE);
            happened[node] = end.first;
            node += usize::from(end.first != NONE);
            more |= end.more != NONE;
        }
        out.results.kept(result);
        out.happened.kept(node);
        if more {
            for &at in &out.ends {
                let more = self.ends[at as usize].more;
                if more != NONE {
                    out.happened.extend(&self.happened[self.more[more as usize].clone()]);
                }
            }
        }
        out.words.push(word);
        let others = self.others;
        if others > 0 {
            let deltas = |at: u32| &self.deltas[at as usize * others..(at as usize + 1) * others];
            out.words.extend_from_slice(deltas(head.base));
            for &at in &out.ends {
                out.words[1..].iter_mut().zip(deltas(at)).for_each(|(word, delta)| *word ^= delta);
            }
        }
    }

    fn add_certain(&mut self, sure: &[(Option<u32>, Consequence)], happened: &[u32]) -> u32 {
        if sure.is_empty() && happened.is_empty() {
            return NONE;
        }
        let begin = (self.sure.len(), self.happened.len());
        self.sure.extend_from_slice(sure);
        self.happened.extend_from_slice(happened);
        self.certain.push((begin.0..self.sure.len(), begin.1..self.happened.len()));
        self.certain.len() as u32 - 1
    }

    /// The number of a group, listed now if it is not yet.
    fn group(&mut self, group: &Group, odds: &Odds, out: &Expansion) -> u32 {
        self.key.clear();
        self.key.push(group.draws.len() as u64);
        self.key.extend(out.draws[group.draws.clone()].iter().map(|&draw| u64::from(draw)));
        for at in group.draws.clone() {
            let results = odds.of(out.draws[at]).count as usize;
            for node in 0..out.width(group, at - group.draws.start) {
                let children = out.children(at, node, results);
                self.key.extend(children.iter().map(|&child| u64::from(child)));
            }
        }
        for end in group.ends.clone() {
            self.key.extend_from_slice(out.delta(end));
            self.key.push(out.happened(end).len() as u64);
            self.key.extend(out.happened(end).iter().map(|&node| u64::from(node)));
        }
        if let Some(&known) = self.index.get(self.key.as_slice()) {
            return known;
        }
        let steps = self.steps.len() as u32;
        let ends = self.ends.len() as u32;
        if let [draw] = out.draws[group.draws.clone()] {
            let drawn = odds.of(draw);
            let children = self.children.len() as u32;
            for (result, &child) in
                (0..).zip(out.children(group.draws.start, 0, drawn.count as usize))
            {
                self.children.push(result);
                let end = group.ends.start + child as usize;
                self.add_end(out.delta(end), out.happened(end));
            }
            for (end, result) in self.ends[ends as usize..].iter_mut().zip(drawn.first..) {
                end.result = if odds.is_something(result) { result } else { NONE };
            }
            self.steps.push(Step { odds: drawn, children });
        } else {
            for end in group.ends.clone() {
                self.add_end(out.delta(end), out.happened(end));
            }
            for at in group.draws.clone() {
                let odds = odds.of(out.draws[at]);
                let children = self.children.len() as u32;
                for node in 0..out.width(group, at - group.draws.start) {
                    self.children.extend_from_slice(out.children(at, node, odds.count as usize));
                }
                self.steps.push(Step { odds, children });
            }
        }
        self.groups.push(Steps {
            odds: self.steps[steps as usize].odds,
            steps: steps..self.steps.len() as u32,
            ends,
            alone: group.draws.len() == 1,
        });
        let number = self.groups.len() as u32 - 1;
        self.index.insert(self.key.as_slice().into(), number);
        number
    }

    fn add_end(&mut self, delta: &[u64], happened: &[u32]) -> u32 {
        let mut end = End { delta: delta[0], result: NONE, first: NONE, more: NONE };
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
        self.ends.len() as u32 - 1
    }
}
