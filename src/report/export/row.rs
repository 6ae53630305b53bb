//! What can come next from one situation, with probabilities, choices and intervals.

use super::automata::chosen;
use super::identifiers::Identifiers;
use super::number::rounded;
use super::source::Source;
use crate::engine::Freedom;
use crate::engine::expansion::Expansion;
use rustc_hash::FxHashMap;

/// One thing that can be chosen in a situation.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What it is called: the options taken, or `turn`.
    pub action: String,
    /// Where it leads: situations and their weights, by situation.
    pub branches: Vec<(usize, Weight)>,
}

/// The probability of a transition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Weight {
    /// This one.
    Exactly(f64),
    /// Any from the first to the second, the first above 0.
    Between(f64, f64),
}

impl Choice {
    /// Gives the situations other numbers.
    pub fn renumber(&mut self, place: &[usize]) {
        for (target, _) in &mut self.branches {
            *target = place[*target];
        }
        self.branches.sort_unstable_by_key(|(target, _)| *target);
    }
}

/// Makes the choices of situations.
pub struct Rows<'a, 'n> {
    source: &'a Source<'a>,
    intervals: bool,
    names: &'n mut Identifiers,
    actions: FxHashMap<String, String>,
}

/// For each draw of an expansion, a probability for each result.
type Corners<'a> = Vec<&'a [f64]>;

impl<'a, 'n> Rows<'a, 'n> {
    /// With intervals where they say exactly what ranges mean.
    pub fn new(source: &'a Source<'a>, intervals: bool, names: &'n mut Identifiers) -> Self {
        let actions = FxHashMap::from_iter([(String::new(), "turn".to_owned())]);
        Self { source, intervals, names, actions }
    }

    /// Everything that can be chosen in the situation that was expanded, `targets` being the
    /// numbers of what it leads to; none where that is more than `room` transitions.
    pub fn choices(
        &mut self,
        out: &Expansion,
        targets: &[usize],
        room: usize,
    ) -> Option<Vec<Choice>> {
        let program = self.source.program;
        let corners: Vec<_> = out
            .draws
            .iter()
            .map(|draw| program.draws[*draw as usize].corners(self.source.freedom))
            .collect();
        let ranged = if self.intervals { self.only_range(out) } else { None };
        let mut choices: Vec<Choice> = Vec::new();
        let mut written = 0;
        let mut pick = vec![0; corners.len()];
        loop {
            let chosen: Corners<'_> =
                corners.iter().zip(&pick).map(|(corners, pick)| &*corners[*pick]).collect();
            let action = self.action(out, &chosen);
            let row = ranged.and_then(|at| self.interval(out, targets, &chosen, at, corners[at]));
            let skip = if row.is_some() { ranged } else { None };
            let branches = row.unwrap_or_else(|| {
                let exactly = |(target, it): (usize, f64)| (target, Weight::Exactly(rounded(it)));
                self.reached(out, targets, &chosen).into_iter().map(exactly).collect()
            });
            written += branches.len();
            if written > room {
                return None;
            }
            let choice = Choice { action, branches };
            if !choices
                .iter()
                .any(|other| other.branches == choice.branches && other.action == choice.action)
            {
                choices.push(choice);
            }
            let mut at = 0;
            loop {
                if at == pick.len() {
                    return Some(choices);
                }
                pick[at] += 1;
                if pick[at] < corners[at].len() && skip != Some(at) {
                    break;
                }
                pick[at] = 0;
                at += 1;
            }
        }
    }

    /// The probabilities of what is reached, by situation; what has none is left out.
    fn reached(
        &self,
        out: &Expansion,
        targets: &[usize],
        chosen: &Corners<'_>,
    ) -> Vec<(usize, f64)> {
        let mut reach = vec![1.0];
        for group in &out.groups {
            let mut ends = vec![1.0];
            for (layer, at) in group.draws.clone().enumerate() {
                let mut next = vec![0.0; out.width(group, layer + 1)];
                for (node, &reach) in ends.iter().enumerate().filter(|(_, reach)| **reach > 0.0) {
                    let children = out.children(at, node, chosen[at].len());
                    for (&child, share) in children.iter().zip(chosen[at]) {
                        next[child as usize] += reach * share;
                    }
                }
                ends = next;
            }
            reach = reach.iter().flat_map(|one| ends.iter().map(move |end| one * end)).collect();
        }
        let mut found: Vec<(usize, f64)> = targets.iter().copied().zip(reach).collect();
        found.sort_by_key(|(target, _)| *target);
        found.dedup_by(|one, kept| {
            let same = one.0 == kept.0;
            kept.1 += if same { one.1 } else { 0.0 };
            same
        });
        found.retain(|(_, probability)| *probability > 0.0);
        found
    }

    /// The only draw whose range is open, if there is just one.
    fn only_range(&self, out: &Expansion) -> Option<usize> {
        let mut ranged = out.draws.iter().enumerate().filter(|(_, draw)| {
            let draw = &self.source.program.draws[**draw as usize];
            let option = draw.decides && self.source.freedom == Freedom::Both;
            !option && draw.corners(self.source.freedom).len() > 1
        });
        let first = ranged.next().map(|(at, _)| at);
        first.filter(|_| ranged.next().is_none())
    }

    /// The row with intervals, where it allows exactly what the ranges of the draw allow: there are
    /// two targets, or each result is free within its own range and leads to one target.
    fn interval(
        &self,
        out: &Expansion,
        targets: &[usize],
        chosen: &Corners<'_>,
        at: usize,
        corners: &[Box<[f64]>],
    ) -> Option<Vec<(usize, Weight)>> {
        let with = |corner: &[f64]| {
            let mut chosen = chosen.clone();
            let corner = corner.to_vec();
            chosen[at] = &corner;
            self.reached(out, targets, &chosen)
        };
        let rows: Vec<Vec<(usize, f64)>> = corners.iter().map(|corner| with(corner)).collect();
        let mut all: Vec<usize> = rows.iter().flatten().map(|(target, _)| *target).collect();
        all.sort_unstable();
        all.dedup();
        let draw = &self.source.program.draws[out.draws[at] as usize];
        let own = || {
            let alone = |result: usize| {
                let corner =
                    (0..draw.results.len()).map(|other| f64::from(u8::from(other == result)));
                with(&corner.collect::<Vec<_>>()).len() == 1
            };
            !draw.decides
                && draw.results.iter().all(|result| result.share == 1.0)
                && (0..draw.results.len()).all(alone)
        };
        if all.len() > 2 && !own() {
            return None;
        }
        let weight = |target: usize| {
            let of = |row: &Vec<(usize, f64)>| {
                row.iter()
                    .find(|(it, _)| *it == target)
                    .map_or(0.0, |(_, probability)| *probability)
            };
            let low = rows.iter().map(of).fold(1.0, f64::min);
            let high = rows.iter().map(of).fold(0.0, f64::max);
            let width = high - low;
            let weight = if width < 1e-14 * high {
                Weight::Exactly(low)
            } else {
                Weight::Between(low, high)
            };
            // A transition that may be there or not is no interval.
            (low > 0.0).then_some((target, weight))
        };
        all.into_iter().map(weight).collect()
    }

    /// What a choice is called: the options that are taken.
    fn action(&mut self, out: &Expansion, corners: &Corners<'_>) -> String {
        let mut taken = Vec::new();
        let free = matches!(self.source.freedom, Freedom::Decisions | Freedom::Both);
        for (&draw, corner) in out.draws.iter().zip(corners) {
            if free && self.source.program.draws[draw as usize].decides {
                taken.push(chosen(self.source, draw as usize, corner));
            }
        }
        let taken = taken.join(" ");
        if let Some(action) = self.actions.get(&taken) {
            return action.clone();
        }
        let action = self.names.name(&taken);
        self.actions.insert(taken, action.clone());
        action
    }
}
