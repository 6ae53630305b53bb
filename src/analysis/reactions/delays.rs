//! What caused what is under way.

use super::last_writers::Watches;
use super::ledger::{START, just_happened};
use crate::solve::solver::Solver;
use crate::solve::visits::carry::{Carry, Visits, Way};
use rustc_hash::FxHashMap;

/// Follows delayed blocks from their draws to their arrival, with the causes of the draws. The
/// lanes: first those of the watches (or only the visits), then for each chain and each moment
/// that its block may still be away, from 1, one for each cause. Where actors change places, a
/// chain becomes another: all that it can become are followed together.
pub struct ChainFlow<'a> {
    solver: Solver<'a>,
    watches: Option<Watches<'a>>,
    chains: Vec<Followed>,
    lanes: usize,
    /// For each situation: how often each chain's block is under way for each moment.
    under_way: Vec<u16>,
    moments: usize,
    /// For each situation, chain and cause of an `on` rule: whether it is one of what is drawn there.
    fresh: Vec<bool>,
    causes: usize,
    /// For each number of a permutation: what each chain becomes, and each lane.
    becomes: FxHashMap<u32, (Vec<usize>, Box<[u32]>)>,
}

/// A chain that is followed.
#[derive(Clone, Debug)]
struct Followed {
    /// Its index in the program.
    chain: usize,
    adds: bool,
    length: usize,
    /// What can cause it.
    causes: Vec<u32>,
    /// Where its causes' lanes begin in the watches, for `when` and `while`.
    watched: usize,
    /// Where its lanes, moments, and causes begin.
    first_lane: usize,
    first_moment: usize,
    first_cause: usize,
}

/// A chain to be followed: its index, and for `on` rules the events that they match, with their
/// slots; else the index of its set in the watches.
pub type ToFollow<'e> = (usize, Result<usize, &'e [(u32, u32)]>);

impl<'a> ChainFlow<'a> {
    /// Of these chains, drawn by rules with these watches or these events.
    #[must_use]
    pub fn new(solver: Solver<'a>, follow: &[ToFollow<'_>], watches: Option<Watches<'a>>) -> Self {
        let mut lanes = watches.as_ref().map_or(1, Carry::lanes);
        let (mut moments, mut causes, mut chains) = (0, 0, Vec::new());
        for (chain, how) in follow {
            let described = &solver.program.chains[*chain];
            let mut followed = Followed {
                chain: *chain,
                adds: described.adds,
                length: described.length as usize,
                causes: Vec::new(),
                watched: 0,
                first_lane: lanes,
                first_moment: moments,
                first_cause: causes,
            };
            match (how, &watches) {
                (Ok(set), Some(watches)) => {
                    followed.watched = watches.first[*set];
                    followed.causes = watches.causes(*set).map(|cause| cause.0).collect();
                }
                (Ok(_), None) => {}
                (Err(events), _) => {
                    followed.causes = events.iter().map(|event| event.0).collect();
                    followed.causes.push(START);
                }
            }
            lanes += followed.length * followed.causes.len();
            moments += followed.length;
            causes += followed.causes.len();
            chains.push(followed);
        }
        let mut flow = Self {
            solver,
            watches,
            chains,
            lanes,
            under_way: Vec::new(),
            moments,
            fresh: Vec::new(),
            causes,
            becomes: FxHashMap::default(),
        };
        flow.look(follow);
        flow.turn();
        flow
    }

    /// Looks what is under way in each situation, and what has just happened there.
    fn look(&mut self, follow: &[ToFollow<'_>]) {
        let program = self.solver.program;
        let graph = self.solver.graph;
        let mut values = vec![0; program.layout.slots()];
        for s in 0..graph.len() {
            if graph.is_folded(s) {
                values.fill(0);
            } else {
                program.layout.unpack(graph.situation(s), &mut values);
            }
            for chain in &self.chains {
                let first = program.chains[chain.chain].first_slot as usize;
                let count = |&value: &i32| u16::try_from(value).unwrap_or(u16::MAX);
                self.under_way.extend(values[first..first + chain.length].iter().map(count));
            }
            for (chain, (_, how)) in self.chains.iter().zip(follow) {
                if let Err(events) = how {
                    let now = just_happened(events, &values);
                    self.fresh.extend(chain.causes.iter().map(|cause| now.contains(cause)));
                }
            }
        }
    }

    /// Finds what chains and lanes become where actors change places.
    fn turn(&mut self) {
        let program = self.solver.program;
        for (number, kind) in (0..).zip(&self.solver.graph.kinds) {
            let Some(frame) = self.solver.frames.get(kind.turned) else { continue };
            if self.becomes.contains_key(&kind.turned) {
                continue;
            }
            let mut lanes: Box<[u32]> = (0..self.lanes as u32).collect();
            if let Some(watches) = &self.watches {
                (0..watches.lanes()).for_each(|at| lanes[at] = watches.becomes(number, at) as u32);
            }
            let image = |followed: &Followed| {
                let turned = program.turned_chain(followed.chain, frame);
                let image = self.chains.iter().position(|other| Some(other.chain) == turned);
                debug_assert!(image.is_some(), "what a chain becomes is followed, too");
                image.unwrap_or(0)
            };
            let images: Vec<usize> = self.chains.iter().map(image).collect();
            for (from, &to) in self.chains.iter().zip(&images) {
                let to = &self.chains[to];
                for (at, &cause) in from.causes.iter().enumerate() {
                    let becomes = frame.nodes.get(cause as usize).copied().unwrap_or(cause);
                    let found = to.causes.iter().position(|other| *other == becomes);
                    debug_assert!(found.is_some(), "what a cause becomes is a cause");
                    let found = found.unwrap_or(at);
                    for away in 0..from.length {
                        let lane = |it: &Followed, at| it.first_lane + away * it.causes.len() + at;
                        lanes[lane(from, at)] = lane(to, found) as u32;
                    }
                }
            }
            self.becomes.insert(kind.turned, (images, lanes));
        }
    }

    /// For what is due of a chain from a situation: its causes, with the expected number of times.
    pub fn due<'b>(
        &'b self,
        lanes: &'b [f64],
        s: usize,
        chain: usize,
    ) -> impl Iterator<Item = (u32, f64)> + 'b {
        let followed = self.chains.iter().filter(move |followed| followed.chain == chain);
        followed.flat_map(move |followed| {
            let begin = s * self.lanes + followed.first_lane;
            followed.causes.iter().copied().zip(lanes[begin..].iter().copied())
        })
    }

    fn under_way(&self, s: usize, chain: &Followed, away: usize) -> u16 {
        if away < chain.length {
            self.under_way[s * self.moments + chain.first_moment + away]
        } else {
            0
        }
    }
}

impl Carry for ChainFlow<'_> {
    fn lanes(&self) -> usize {
        self.lanes
    }

    fn begin(&self, lanes: &mut [f64]) {
        match &self.watches {
            Some(watches) => watches.begin(&mut lanes[..watches.lanes()]),
            None => Visits.begin(lanes),
        }
    }

    fn carry(&self, way: Way, from: &[f64], to: &mut [f64]) {
        match &self.watches {
            Some(watches) => watches.carry(way, from, to),
            None => Visits.carry(way, from, to),
        }
        let (s, target, weight) = (way.from as usize, way.to as usize, way.weight);
        let turned = self.solver.graph.kinds[way.kind as usize].turned;
        let becomes = self.becomes.get(&turned);
        for (at, chain) in self.chains.iter().enumerate() {
            let image = becomes.map_or(chain, |becomes| &self.chains[becomes.0[at]]);
            let causes = chain.causes.len();
            for away in 0..chain.length {
                let before = self.under_way(s, chain, away + 1);
                let now = self.under_way(target, image, away);
                let lane = chain.first_lane + away * causes;
                let place = |at: usize| becomes.map_or(at, |becomes| becomes.1[at] as usize);
                if before > 0 && now > 0 {
                    for cause in 0..causes {
                        to[place(lane + cause)] += weight * from[lane + causes + cause];
                    }
                }
                let drawn = if chain.adds || before == 0 { now.saturating_sub(before) } else { 0 };
                if drawn == 0 {
                    continue;
                }
                let drawn = weight * f64::from(drawn);
                for cause in 0..causes {
                    let fresh = s * self.causes + chain.first_cause + cause;
                    to[place(lane + cause)] += match &self.watches {
                        Some(_) => drawn * from[chain.watched + cause],
                        None if self.fresh[fresh] => drawn * from[0],
                        None => 0.0,
                    };
                }
            }
        }
    }
}
