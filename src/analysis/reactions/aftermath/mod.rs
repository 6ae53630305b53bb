//! What `when` and `while` rules still bring about until something that they read is written again:
//! counted backwards, so that every rule takes one lane for each of its effects, not one a writer.
//!
//! Let `V(s)` be how often a rule is still expected to bring an effect about from `s` on, as long as
//! nothing is written that it reads: `V = rate + sum of p V'` over the transitions that write nothing
//! of it. Whatever writes something of it on the way into `s` then causes the effect `V(s)` times.

mod endless;

use super::firing::{Firing, Source};
use super::ledger::{Link, LinkBy, START};
use crate::analysis::storylines::likeliest_paths::ends;
use crate::engine::program::Origin;
use crate::engine::symmetry::Permutation;
use crate::solve::linear::iteration::{Iteration, Operator};
use crate::solve::linear::parts::{Edges, Parts, cycles};
use crate::solve::solver::Solver;
use crate::solve::visits::carry::{ENOUGH, ROUNDS};
use crate::solve::visits::incoming::Back;
use crate::solve::visits::steady::Steady;
use crate::solve::visits::turn_by_turn::Turns;
use endless::endless;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// An effect of a rule: the rule, its alternative, and the node that it brings about.
pub type Effect = (u32, u32, u32);

/// Sums are made over so many pieces at most, whatever the number of threads.
const PIECES: usize = 512;
/// A piece has at least so many situations.
const PIECE: usize = 64;

/// The effects of rules, counted until something that the rules read is written again.
pub struct Aftermath<'a> {
    solver: Solver<'a>,
    back: &'a Back,
    effects: Vec<Effect>,
    /// For each lane of an effect: what writes something that its rule reads, as columns.
    writers: Vec<Vec<u32>>,
    /// The nodes of the columns.
    columns: Vec<u32>,
    /// For each situation: where the rates of its lanes end.
    rate_end: Vec<usize>,
    rates: Vec<(u32, f64)>,
    /// For each label: where the lanes end of which it writes nothing, and the columns that it writes.
    ends: Vec<(usize, usize)>,
    stay: Vec<u32>,
    written: Vec<u32>,
    looks: Vec<Look>,
    /// How actors change places; first: nobody does.
    turns: Vec<Becomes>,
}

/// What becomes of lanes and columns where actors change places.
struct Becomes {
    lanes: Box<[u32]>,
    columns: Box<[u32]>,
}

/// A kind of leaf, as far as it matters here.
#[derive(Clone, Copy)]
struct Look {
    weight: f64,
    label: u32,
    turn: u32,
}

impl<'a> Aftermath<'a> {
    /// Of the rules that read something of `reads`: for each rule the nodes that write what it
    /// reads, closed under the solver's permutations.
    #[must_use]
    pub fn new(
        solver: Solver<'a>,
        back: &'a Back,
        reads: &FxHashMap<u32, &Vec<u32>>,
        firings: &[Vec<Firing>],
    ) -> Self {
        let lane_of = effects(solver, reads, firings);
        let mut effects = vec![(0, 0, 0); lane_of.len()];
        lane_of.iter().for_each(|(&effect, &lane)| effects[lane as usize] = effect);
        let read = |effect: &Effect| reads.get(&effect.0).map_or(&[][..], |nodes| nodes);
        let mut columns: Vec<u32> = effects.iter().flat_map(read).copied().collect();
        columns.sort_unstable();
        columns.dedup();
        let column = |node: &u32| columns.binary_search(node).ok().map(|at| at as u32);
        let writers =
            effects.iter().map(|effect| read(effect).iter().filter_map(column).collect()).collect();
        let mut all = Self {
            solver,
            back,
            writers,
            rate_end: Vec::new(),
            rates: Vec::new(),
            ends: Vec::new(),
            stay: Vec::new(),
            written: Vec::new(),
            looks: Vec::new(),
            turns: vec![Becomes { lanes: numbers(effects.len()), columns: numbers(columns.len()) }],
            effects,
            columns,
        };
        for firings in firings {
            let rate = |firing: &Firing| Some((*lane_of.get(&effect(firing)?)?, firing.rate));
            all.rates.extend(firings.iter().filter_map(rate));
            all.rate_end.push(all.rates.len());
        }
        (0..solver.graph.label_count() as u32).for_each(|label| all.plan(label));
        all.look(&lane_of);
        all
    }

    /// What a label writes, and of which lanes it writes nothing.
    fn plan(&mut self, label: u32) {
        let begin = self.written.len();
        let happened = self.solver.graph.happened(label).iter();
        let columns = happened.filter_map(|node| self.columns.binary_search(node).ok());
        self.written.extend(columns.map(|at| at as u32));
        let written = &self.written[begin..];
        let stays = |writers: &[u32]| !written.iter().any(|at| writers.binary_search(at).is_ok());
        let lanes = (0..).zip(&self.writers).filter(|(_, writers)| stays(writers));
        self.stay.extend(lanes.map(|(lane, _)| lane));
        self.ends.push((self.stay.len(), self.written.len()));
    }

    /// Looks at the kinds of leaves, and how actors change places on them.
    fn look(&mut self, lane_of: &FxHashMap<Effect, u32>) {
        let mut known: FxHashMap<u32, u32> = FxHashMap::default();
        for kind in &self.solver.graph.kinds {
            let turn = *known.entry(kind.turned).or_insert_with(|| {
                let Some(frame) = self.solver.frames.get(kind.turned) else { return 0 };
                let lane = |(at, &effect): (u32, &Effect)| {
                    let found = lane_of.get(&turned(effect, frame)).copied();
                    debug_assert!(found.is_some(), "what an effect becomes has a lane");
                    found.unwrap_or(at)
                };
                let column = |(at, &node): (u32, &u32)| {
                    let found = self.columns.binary_search(&frame.nodes[node as usize]);
                    debug_assert!(found.is_ok(), "what a cause becomes has a column");
                    found.map_or(at, |at| at as u32)
                };
                let lanes = (0..).zip(&self.effects).map(lane).collect();
                let columns = (0..).zip(&self.columns).map(column).collect();
                self.turns.push(Becomes { lanes, columns });
                self.turns.len() as u32 - 1
            });
            self.looks.push(Look { weight: kind.estimate, label: kind.label, turn });
        }
    }

    /// The lanes of which a label writes nothing.
    fn stay(&self, label: u32) -> &[u32] {
        let begin = if label == 0 { 0 } else { self.ends[label as usize - 1].0 };
        &self.stay[begin..self.ends[label as usize].0]
    }

    /// The columns that a label writes.
    fn written(&self, label: u32) -> &[u32] {
        let begin = if label == 0 { 0 } else { self.ends[label as usize - 1].1 };
        &self.written[begin..self.ends[label as usize].1]
    }

    /// What brings effects about in a situation, and how often.
    fn rates(&self, s: u32) -> &[(u32, f64)] {
        let s = s as usize;
        let begin = if s == 0 { 0 } else { self.rate_end[s - 1] };
        &self.rates[begin..self.rate_end[s]]
    }

    /// Where a storyline can go from a situation.
    fn ways(&self, s: u32) -> impl Iterator<Item = (u32, Look)> {
        let graph = self.solver.graph;
        let look = |(target, kind): (u32, u32)| (target, self.looks[kind as usize]);
        graph.ways(graph.leaves(s as usize)).map(look).filter(|(_, look)| look.weight > 0.0)
    }

    /// How often each effect is expected to follow from each of its causes. Without a limit of turns
    /// from the total `visits`.
    #[must_use]
    pub fn links(&self, visits: &[f64]) -> Vec<(Link, f64)> {
        if self.effects.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<Vec<f64>> =
            self.writers.iter().map(|writers| vec![0.0; writers.len()]).collect();
        let rows = match self.solver.horizon {
            Some(turns) => self.within(turns, &mut found),
            None => {
                let rows = self.ever();
                self.gather(visits, &rows, &mut found);
                rows
            }
        };
        let mut links = Vec::new();
        let initial = self.written(self.solver.graph.initial_label);
        for (lane, &(rule, alternative, node)) in self.effects.iter().enumerate() {
            let by = LinkBy::Origin(Origin::Rule(rule, alternative));
            let mut begun = false;
            for (&column, expected) in self.writers[lane].iter().zip(&found[lane]) {
                let starts = initial.contains(&column);
                begun |= starts;
                let expected = expected + if starts { rows[lane] } else { 0.0 };
                links.push((Link { from: self.columns[column as usize], to: node, by }, expected));
            }
            if !begun {
                links.push((Link { from: START, to: node, by }, rows[lane]));
            }
        }
        links
    }

    /// With a limit of turns: adds what follows from each turn; says what follows from the start.
    fn within(&self, turns: u32, found: &mut [Vec<f64>]) -> Vec<f64> {
        let (graph, stride) = (self.solver.graph, self.stride());
        let piece = PIECE * stride;
        let mut rows = vec![0.0; graph.len() * stride];
        // What one turn more that is left adds to them.
        let mut added = rows.clone();
        (0..).zip(added.chunks_exact_mut(stride)).for_each(|(s, added)| self.begin(s, added));
        let mut next = rows.clone();
        // Once each turn adds the same, how many have been since, all their visits, and the visits times
        // how often something has been added.
        let (mut steady, mut since) = (false, 0_u32);
        let (mut before, mut times_added) = (vec![0.0; graph.len()], vec![0.0; graph.len()]);
        Turns::new(self.solver, self.back, turns).backwards(|turn, visits, times| {
            if steady {
                let (first, count) = (f64::from(since), f64::from(times));
                let additions = count * (first + (count - 1.0) / 2.0);
                let sums = before.iter_mut().zip(&mut times_added).zip(visits);
                sums.for_each(|((before, times_added), visits)| {
                    *before += visits * count;
                    *times_added += visits * additions;
                });
                since += times;
                return false;
            }
            let known = |turn: u32| {
                let count = graph.depths.get(turn as usize + 1);
                count.map_or(graph.len(), |&count| count as usize) * stride
            };
            if turn + 1 < turns {
                self.gather(visits, &rows[..known(turn + 1)], found);
            }
            let known = known(turn);
            let all = rows[..known].par_chunks_mut(piece).zip(added.par_chunks(piece));
            all.for_each(|(rows, added)| {
                rows.iter_mut().zip(added).for_each(|(row, added)| *row += added);
            });
            next[..known].par_chunks_mut(piece).enumerate().for_each(|(at, next)| {
                for (place, next) in next.chunks_exact_mut(stride).enumerate() {
                    next.fill(0.0);
                    self.go_on(at * PIECE + place, &added, next);
                }
            });
            let still = Steady::new(turn);
            let pieces = added.par_chunks(piece).zip(next.par_chunks(piece));
            let pieces = pieces.zip(rows.par_chunks(piece));
            steady = known == rows.len()
                && pieces.all(|((added, next), rows)| still.all(added, next, rows));
            std::mem::swap(&mut added, &mut next);
            !steady
        });
        if since > 0 {
            self.gather(&before, &rows, found);
            self.gather(&times_added, &added, found);
            let all = rows.iter_mut().zip(&added);
            all.for_each(|(row, added)| *row += added * f64::from(since));
        }
        rows
    }

    /// Adds what a situation itself brings about.
    fn begin(&self, s: u32, out: &mut [f64]) {
        for &(lane, rate) in self.rates(s) {
            out[lane as usize] += rate;
        }
    }

    /// Adds what is behind a situation, as long as nothing is written that it would hang on.
    fn go_on(&self, s: usize, rows: &[f64], out: &mut [f64]) {
        let stride = self.stride();
        for (target, look) in self.ways(s as u32) {
            let stay = self.stay(look.label);
            if stay.is_empty() {
                continue;
            }
            let row = &rows[target as usize * stride..][..stride];
            let lanes = &self.turns[look.turn as usize].lanes;
            for &lane in stay {
                out[lane as usize] += look.weight * row[lanes[lane as usize] as usize];
            }
        }
    }

    /// Without a limit of turns, part by part.
    fn ever(&self) -> Vec<f64> {
        let (graph, stride) = (self.solver.graph, self.stride());
        let mut rows = vec![0.0; graph.len() * stride];
        let mut out = vec![0.0; stride];
        let parts = Parts::new(graph, Edges::Estimated);
        let finite = Finite { all: self, infinite: endless(self, &parts) };
        let classes = [(0..stride).collect::<Vec<_>>()];
        for part in 0..parts.count() {
            let members = parts.members(part);
            match members {
                [only] if ends(graph, *only) => {}
                [only] if !cycles(graph, members, Edges::Estimated) => {
                    finite.apply(*only as usize, &rows, &mut (), &mut out);
                    rows[*only as usize * stride..][..stride].copy_from_slice(&out);
                }
                _ => {
                    let mut iteration = Iteration::new(&finite, members, &classes);
                    iteration.run_relative(&mut rows, ENOUGH, ROUNDS);
                }
            }
        }
        let infinite = rows.iter_mut().zip(&finite.infinite).filter(|(_, infinite)| **infinite);
        infinite.for_each(|(value, _)| *value = f64::INFINITY);
        rows
    }

    /// Adds what follows from what is written on the ways out of situations visited so often.
    fn gather(&self, visits: &[f64], rows: &[f64], found: &mut [Vec<f64>]) {
        let stride = self.stride();
        let piece = PIECE.max(self.solver.graph.len().div_ceil(PIECES));
        let pieces = rows.par_chunks(piece * stride).enumerate().map(|(at, rows)| {
            let mut sums: Vec<Vec<f64>> = found.iter().map(|sums| vec![0.0; sums.len()]).collect();
            let mut fresh = vec![0.0; self.columns.len()];
            for (place, row) in rows.chunks_exact(stride).enumerate() {
                if row.iter().any(|value| *value != 0.0) {
                    self.fresh((at * piece + place) as u32, visits, &mut fresh);
                    let lanes = sums.iter_mut().zip(&self.writers).zip(row);
                    for ((sums, writers), value) in lanes.filter(|lane| *lane.1 != 0.0) {
                        let each = sums.iter_mut().zip(writers);
                        let each = each.map(|(sum, &column)| (sum, fresh[column as usize]));
                        // Nothing times something infinite is nothing.
                        each.filter(|(_, fresh)| *fresh > 0.0)
                            .for_each(|(sum, fresh)| *sum += fresh * value);
                    }
                }
            }
            sums
        });
        for sums in pieces.collect::<Vec<_>>() {
            for (found, sums) in found.iter_mut().zip(sums) {
                found.iter_mut().zip(sums).for_each(|(found, sum)| *found += sum);
            }
        }
    }

    /// For each column: how often it is written on the way into a situation.
    fn fresh(&self, s: u32, visits: &[f64], fresh: &mut [f64]) {
        fresh.fill(0.0);
        for &(from, kind) in self.back.to(s) {
            let look = self.looks[kind as usize];
            let Some(visits) = visits.get(from as usize) else { continue };
            let flow = visits * look.weight;
            if flow > 0.0 {
                let columns = &self.turns[look.turn as usize].columns;
                for &column in self.written(look.label) {
                    fresh[columns[column as usize] as usize] += flow;
                }
            }
        }
    }
}

impl Operator for Aftermath<'_> {
    type Scratch = ();

    fn stride(&self) -> usize {
        self.effects.len()
    }

    fn apply(&self, s: usize, rows: &[f64], (): &mut (), out: &mut [f64]) {
        out.fill(0.0);
        self.begin(s as u32, out);
        self.go_on(s, rows, out);
    }
}

/// The lanes that are finite.
struct Finite<'a> {
    all: &'a Aftermath<'a>,
    infinite: Vec<bool>,
}

impl Operator for Finite<'_> {
    type Scratch = ();

    fn stride(&self) -> usize {
        self.all.stride()
    }

    fn apply(&self, s: usize, rows: &[f64], (): &mut (), out: &mut [f64]) {
        self.all.apply(s, rows, &mut (), out);
        let infinite = &self.infinite[s * self.stride()..][..out.len()];
        out.iter_mut().zip(infinite).filter(|lane| *lane.1).for_each(|(out, _)| *out = 0.0);
    }
}

/// The lane of each effect that these rules ever bring about, under any name.
fn effects(
    solver: Solver<'_>,
    reads: &FxHashMap<u32, &Vec<u32>>,
    firings: &[Vec<Firing>],
) -> FxHashMap<Effect, u32> {
    let mut lane_of: FxHashMap<Effect, u32> = FxHashMap::default();
    let mut queue = Vec::new();
    for effect in firings.iter().flatten().filter_map(effect) {
        if reads.contains_key(&effect.0) && !lane_of.contains_key(&effect) {
            lane_of.insert(effect, lane_of.len() as u32);
            queue.push(effect);
        }
    }
    while let Some(effect) = queue.pop() {
        for generator in &solver.frames.generators {
            let image = turned(effect, generator);
            if !lane_of.contains_key(&image) {
                lane_of.insert(image, lane_of.len() as u32);
                queue.push(image);
            }
        }
    }
    lane_of
}

/// The effect of a firing, if a rule brings it about in its own turn.
fn effect(firing: &Firing) -> Option<Effect> {
    match firing.source {
        Source::Now(Origin::Rule(rule, alternative)) => Some((rule, alternative, firing.node)),
        Source::Now(Origin::Inject(_)) | Source::Late(_) | Source::Body(_) => None,
    }
}

fn turned(effect: Effect, by: &Permutation) -> Effect {
    let (rule, alternative, node) = effect;
    match by.origin(Origin::Rule(rule, alternative)) {
        Origin::Rule(rule, alternative) => (rule, alternative, by.nodes[node as usize]),
        Origin::Inject(_) => effect,
    }
}

fn numbers(count: usize) -> Box<[u32]> {
    (0..count as u32).collect()
}
