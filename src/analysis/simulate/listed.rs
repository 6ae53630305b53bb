//! What can come next from situations that runs go on from again and again, listed so that a turn
//! is drawn without looking at rules.

use super::drawn::Drawn;
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
    /// [`Head`], its groups, and, where it is not their order, by which of the turn's numbers each
    /// step draws.
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
#[derive(Clone, Copy)]
struct Head {
    /// What comes if no group changes anything, as one of `ends`.
    base: u32,
    /// Its first word, here to be near.
    word: u64,
    groups: u32,
    draws: u32,
    /// Whether the steps draw by the numbers in their order.
    in_order: bool,
    /// Whether no rule has its chance.
    quiet: bool,
    /// What is sure, as one of `certain`, or [`NONE`].
    certain: u32,
}

impl Head {
    const LENGTH: usize = 6;

    fn write(self) -> [u32; Self::LENGTH] {
        let flags = u32::from(self.in_order) | u32::from(self.quiet) << 1;
        let [low, high] = [self.word as u32, (self.word >> 32) as u32];
        [self.base, low, high, self.groups << 2 | flags, self.draws, self.certain]
    }

    fn read(record: &[u32]) -> Self {
        Self {
            base: record[0],
            word: u64::from(record[1]) | u64::from(record[2]) << 32,
            groups: record[3] >> 2,
            draws: record[4],
            in_order: record[3] & 1 != 0,
            quiet: record[3] & 2 != 0,
            certain: record[5],
        }
    }
}

/// The draws of a group, and where its ends begin.
struct Steps {
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

/// No node, no place.
const NONE: u32 = u32::MAX;

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
        let mut by_rule = out.draws.clone();
        by_rule.sort_unstable();
        let drawn = groups.iter().flat_map(|group| &out.draws[group.draws.clone()]);
        let order: Vec<u32> =
            drawn.map(|draw| by_rule.partition_point(|other| other < draw) as u32).collect();
        let head = Head {
            base: self.add_end(&words, &[]),
            word: words[0],
            groups: groups.len() as u32,
            draws: order.len() as u32,
            in_order: order.is_sorted(),
            quiet: out.chances.is_empty(),
            certain: self.add_certain(&out.sure, &nodes),
        };
        let begin = self.records.len() as u32;
        self.records.extend(head.write());
        for group in groups {
            let group = self.group(group, odds, out);
            self.records.push(group);
        }
        if !head.in_order {
            self.records.extend(order);
        }
        begin
    }

    /// Draws what comes next; says whether no rule has its chance.
    pub fn draw(&self, listing: u32, odds: &Odds, random: &mut Random, out: &mut Drawn) -> bool {
        let (record, others) = (&self.records[listing as usize..], self.others);
        let head = Head::read(record);
        let (groups, order) = record[Head::LENGTH..].split_at(head.groups as usize);
        out.clear();
        let mut word = head.word;
        out.words.push(word);
        if others > 0 {
            let base = head.base as usize;
            out.words.extend_from_slice(&self.deltas[base * others..(base + 1) * others]);
        }
        if head.certain != NONE {
            let (sure, happened) = &self.certain[head.certain as usize];
            out.fired.extend_from_slice(&self.sure[sure.clone()]);
            out.happened.extend_from_slice(&self.happened[happened.clone()]);
        }
        let draws = head.draws as usize;
        out.numbers.extend((0..draws).map(|_| random.number()));
        // What comes out nobody can foresee, a processor neither: what is drawn is written down
        // without branches, and kept where it is something.
        let (mut step_number, mut results, mut happened) = (0, 0, out.happened.len());
        out.results.resize(draws, 0);
        out.happened.resize(happened + groups.len(), NONE);
        for &group in groups {
            let group = &self.groups[group as usize];
            let steps = &self.steps[group.steps.start as usize..group.steps.end as usize];
            let mut node = 0;
            for step in steps {
                let number = if head.in_order { step_number } else { order[step_number] as usize };
                step_number += 1;
                let result = odds.pick(step.odds, out.numbers[number]);
                if group.alone {
                    node = result;
                } else {
                    let at = step.children + node * step.odds.count + result;
                    node = self.children[at as usize];
                    out.results[results] = step.odds.first + result;
                    results += usize::from(odds.is_something(step.odds.first + result));
                }
            }
            let at = (group.ends + node) as usize;
            let end = &self.ends[at];
            if group.alone {
                out.results[results] = end.result;
                results += usize::from(end.result != NONE);
            }
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
        head.quiet
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
            for &child in out.children(group.draws.start, 0, drawn.count as usize) {
                let end = group.ends.start + child as usize;
                self.add_end(out.delta(end), out.happened(end));
            }
            for (end, result) in self.ends[ends as usize..].iter_mut().zip(drawn.first..) {
                end.result = if odds.is_something(result) { result } else { NONE };
            }
            self.steps.push(Step { odds: drawn, children: 0 });
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
        let alone = group.draws.len() == 1;
        self.groups.push(Steps { steps: steps..self.steps.len() as u32, ends, alone });
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
