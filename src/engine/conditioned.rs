//! The situations of a program, given what has been seen of them.
//!
//! Up to the last turn of which something was seen, situations are told apart by the turn; behind
//! it they are the plain ones. Situations from which what was seen cannot come about are left out,
//! and each transition gets the probability that it has given that it does: what stood there times
//! the ratio of how likely the rest is behind it and before it (Doob's h-transform).

use super::choice::Choices;
use super::graph::{Graph, Kind};
use super::program::Program;
use super::scaled::Scaled;
use super::test::Test;
use rustc_hash::FxHashMap;

/// Something that was seen.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The number of the situation.
    pub turn: u32,
    /// What holds there.
    pub test: Test,
}

/// Marks a transition behind which what was seen cannot come about.
pub const NOWHERE: u32 = u32::MAX;

/// A graph given what has been seen.
#[derive(Clone, Debug)]
pub struct Conditioned {
    /// The situations that are left. Those before [`Self::plain`] are of one turn each, and keep
    /// nothing of what varies there: their transitions are weighed anew, which only estimates allow.
    pub graph: Graph,
    /// The last turn of which something was seen.
    pub last: u32,
    /// The first situation that is not told apart by the turn.
    pub plain: usize,
    /// For each situation: which it is of the graph without observations.
    pub situations: Vec<u32>,
    /// The estimated probability that what was seen comes about, above 0.
    pub probability: Scaled,
    /// For each situation before [`Self::plain`]: the estimated probability that the rest of what
    /// was seen comes about from there.
    pub rest: Vec<Scaled>,
    first_way: Vec<usize>,
    ways: Vec<u32>,
}

/// The situations with the transitions that they have without observations. What was seen may be rarer
/// than a double can be: each transition up to its last turn is as likely as it is, times its scale, so that
/// what comes out at the start is a share of [`Conditioned::probability`].
#[derive(Clone, Debug)]
pub struct Unrolled {
    /// The graph.
    pub graph: Graph,
    /// For each leaf: how much more likely the rest of what was seen is behind it than before it.
    pub scales: Vec<f64>,
}

/// Why there is no graph given what has been seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unseen {
    /// What was seen cannot be: with the first of the observations that cannot, given those
    /// before.
    Impossible(usize),
    /// By the estimates it has no chance, though other likelihoods or decisions allow it; with the
    /// first such observation.
    Unlikely(usize),
    /// There are more situations by turn than this limit.
    TooMany,
}

/// The situations of one turn.
struct Layer {
    situations: Vec<u32>,
    /// For each situation its first entry in `next`; then the count.
    first: Vec<usize>,
    /// For each leaf that a situation has without observations: its place in the next turn, or
    /// [`NOWHERE`].
    next: Vec<u32>,
    /// For each situation: whether what was seen of later turns can come about.
    possible: Vec<bool>,
    /// How likely it does, by the estimates.
    rest: Vec<Scaled>,
}

impl Conditioned {
    /// For each leaf that a situation before [`Self::plain`] has without observations: the
    /// situation that it leads to, or [`NOWHERE`].
    #[must_use]
    pub fn ways(&self, s: usize) -> &[u32] {
        &self.ways[self.first_way[s]..self.first_way[s + 1]]
    }

    /// The same situations with the transitions that they have without observations and with what varies
    /// there, in the order of `before`; and one situation more, the last: wherever what was seen
    /// cannot come about.
    #[must_use]
    pub fn unrolled(&self, before: &Graph) -> Unrolled {
        let lost = self.situations.len() as u32;
        let sizes = self.sizes();
        let mut scales = Vec::new();
        let own = &self.graph;
        let mut graph = Graph {
            kinds: before.kinds.clone(),
            first_leaf: vec![0],
            targets: Vec::new(),
            kind_of: Vec::new(),
            choices: Choices::default(),
            ..own.clone()
        };
        for (s, &from) in self.situations.iter().enumerate() {
            let from = from as usize;
            graph.choices.begin();
            if s < self.plain || !own.leaves(s).is_empty() {
                graph.choices.copy(&before.choices, from);
                if s < self.plain {
                    let to = |&to: &u32| if to == NOWHERE { lost } else { to };
                    graph.targets.extend(self.ways(s).iter().map(to));
                    for (leaf, &to) in before.leaves(from).zip(self.ways(s)) {
                        let size = match to {
                            NOWHERE => Scaled::ZERO,
                            to => sizes.get(to as usize).copied().unwrap_or(Scaled::ONE),
                        };
                        let kind = before.kind(leaf);
                        graph.kind_of.push(graph.kinds.len() as u32);
                        let estimate = (size * kind.estimate).over(sizes[s]);
                        graph.kinds.push(Kind { estimate, ..kind });
                        scales.push(size.over(sizes[s]));
                    }
                } else {
                    let kinds = before.leaves(from).map(|leaf| before.kind_number(leaf));
                    graph.kind_of.extend(kinds);
                    graph.targets.extend_from_slice(&own.targets[own.leaves(s)]);
                    scales.resize(graph.targets.len(), 1.0);
                }
            }
            graph.first_leaf.push(graph.targets.len());
        }
        graph.packed.extend(std::iter::repeat_n(0, graph.words));
        graph.parents.push((NOWHERE, 0));
        graph.endings.push(0);
        graph.first_leaf.push(graph.targets.len());
        graph.choices.begin();
        if let Some(count) = graph.depths.last_mut() {
            *count += 1;
        }
        Unrolled { graph, scales }
    }

    /// For each situation before [`Self::plain`] what its values are told in, above 0: the probability
    /// that the rest of what was seen comes about; where only other likelihoods allow it, what the most
    /// probable situation that may be next has.
    fn sizes(&self) -> Vec<Scaled> {
        let mut sizes = self.rest.clone();
        for s in (0..self.plain).rev().filter(|&s| !self.rest[s].is_positive()) {
            let ways = self.ways(s).iter().filter(|way| **way != NOWHERE);
            let behind = ways
                .map(|&to| self.rest.get(to as usize).map_or(Scaled::ONE, |_| sizes[to as usize]));
            sizes[s] =
                behind.fold(Scaled::ZERO, |most, size| if size > most { size } else { most });
        }
        sizes
    }

    /// The situations at which all that was seen has been seen: those of the last turn of which
    /// something was, and those in which a storyline ended before.
    #[must_use]
    pub fn arrived(&self) -> Vec<bool> {
        let end = self.graph.depths[self.last as usize + 1] as usize;
        let has = |s: usize| match s < self.plain {
            true => self.graph.endings[s] != 0,
            false => s < end,
        };
        (0..self.graph.len()).map(has).collect()
    }

    /// A graph, nothing of which is folded, given what has been seen, sorted by turn. At most
    /// `most` situations are told apart by their turn.
    ///
    /// # Errors
    /// What was seen cannot be, has no chance by the estimates, or takes too many situations.
    pub fn new(
        program: &Program,
        graph: &Graph,
        seen: &[Seen],
        horizon: Option<u32>,
        most: usize,
    ) -> Result<Self, Unseen> {
        let mut layers = forward(program, graph, seen, most)?;
        backward(graph, &mut layers);
        if !layers[0].rest[0].is_positive() {
            return Err(Unseen::Unlikely(first_unlikely(program, graph, seen, most)));
        }
        Ok(Maker::new(graph, &layers).run(horizon))
    }
}

/// Checks what was seen of situations.
struct Checks<'a> {
    program: &'a Program,
    graph: &'a Graph,
    seen: &'a [Seen],
    values: Vec<i32>,
}

impl Checks<'_> {
    /// Whether a situation of this turn is what was seen; `upto` counts how many of the
    /// observations some situation got past. An ending leaves everything as it was: nothing
    /// happens any more, and what was seen of later turns is seen of it.
    fn pass(&mut self, s: u32, turn: u32, upto: &mut usize) -> bool {
        let ended = self.graph.endings[s as usize] != 0;
        let first = self.seen.partition_point(|seen| seen.turn < turn);
        self.program.layout.unpack(self.graph.situation(s as usize), &mut self.values);
        for (at, seen) in self.seen.iter().enumerate().skip(first) {
            if seen.turn > turn && !ended {
                break;
            }
            if seen.turn > turn {
                stand_still(self.program, &mut self.values, seen.turn);
            }
            if !seen.test.holds(&self.values) {
                return false;
            }
            *upto = (*upto).max(at + 1);
        }
        true
    }
}

/// Makes of a situation in which nothing happens any more what it is in a later turn.
pub fn stand_still(program: &Program, values: &mut [i32], turn: u32) {
    for slot in program.fresh.clone() {
        values[slot as usize] = 0;
    }
    if let Some((slot, last)) = program.turn {
        values[slot as usize] = i32::try_from(turn).unwrap_or(last).min(last);
    }
}

/// The situations by turn that what was seen up to there leaves, to the last turn seen.
fn forward(
    program: &Program,
    graph: &Graph,
    seen: &[Seen],
    most: usize,
) -> Result<Vec<Layer>, Unseen> {
    let last = seen.last().map_or(0, |seen| seen.turn);
    let values = vec![0; program.layout.slots()];
    let mut checks = Checks { program, graph, seen, values };
    let mut upto = 0;
    if !checks.pass(0, 0, &mut upto) {
        return Err(Unseen::Impossible(upto));
    }
    let mut layers = Vec::new();
    let (mut now, mut count, mut ended) = (vec![0_u32], 0, false);
    for turn in 0..=last {
        let mut layer = Layer {
            situations: now,
            first: vec![0],
            next: Vec::new(),
            possible: Vec::new(),
            rest: Vec::new(),
        };
        count += layer.situations.len();
        if count > most {
            return Err(Unseen::TooMany);
        }
        now = Vec::new();
        let mut place: FxHashMap<u32, u32> = FxHashMap::default();
        for &s in &layer.situations {
            ended |= graph.endings[s as usize] != 0;
            let leaves = if turn < last { graph.leaves(s as usize) } else { 0..0 };
            for leaf in leaves {
                let target = graph.targets[leaf];
                let to = *place.entry(target).or_insert_with(|| {
                    if !checks.pass(target, turn + 1, &mut upto) {
                        return NOWHERE;
                    }
                    now.push(target);
                    now.len() as u32 - 1
                });
                layer.next.push(to);
            }
            layer.first.push(layer.next.len());
        }
        layers.push(layer);
        if now.is_empty() && turn < last && !ended {
            return Err(Unseen::Impossible(upto));
        }
    }
    Ok(layers)
}

/// From the last turn seen back: what can still come to what was seen, and how likely.
fn backward(graph: &Graph, layers: &mut [Layer]) {
    for at in (0..layers.len()).rev() {
        let (before, behind) = layers.split_at_mut(at + 1);
        let (layer, next) = (&mut before[at], behind.first());
        for (place, &s) in layer.situations.iter().enumerate() {
            let Some(next) = next.filter(|_| graph.endings[s as usize] == 0) else {
                layer.possible.push(true);
                layer.rest.push(Scaled::ONE);
                continue;
            };
            let ways = &layer.next[layer.first[place]..layer.first[place + 1]];
            let ways = graph.leaves(s as usize).zip(ways).filter(|(_, to)| **to != NOWHERE);
            let (mut possible, mut rest) = (false, Scaled::ZERO);
            for (leaf, &to) in ways {
                possible |= next.possible[to as usize];
                rest = rest + next.rest[to as usize] * graph.estimate(leaf);
            }
            layer.possible.push(possible);
            layer.rest.push(rest);
        }
    }
}

/// The first of the observations with which those so far have no chance by the estimates.
fn first_unlikely(program: &Program, graph: &Graph, seen: &[Seen], most: usize) -> usize {
    let chance = |count: &usize| {
        let layers = forward(program, graph, &seen[..*count], most);
        layers.is_ok_and(|mut layers| {
            backward(graph, &mut layers);
            layers[0].rest[0].is_positive()
        })
    };
    (1..=seen.len()).find(|count| !chance(count)).unwrap_or(seen.len()) - 1
}

/// Puts the graph together.
struct Maker<'a> {
    from: &'a Graph,
    layers: &'a [Layer],
    made: Conditioned,
    kinds: FxHashMap<(u64, u32), u32>,
    choices: Choices,
}

impl<'a> Maker<'a> {
    fn new(from: &'a Graph, layers: &'a [Layer]) -> Self {
        let graph = Graph {
            words: from.words,
            label_ends: from.label_ends.clone(),
            label_nodes: from.label_nodes.clone(),
            chances: from.chances.clone(),
            initial_label: from.initial_label,
            depths: vec![0],
            first_leaf: vec![0],
            ..Graph::default()
        };
        let made = Conditioned {
            graph,
            last: layers.len() as u32 - 1,
            probability: layers[0].rest[0],
            plain: 0,
            situations: Vec::new(),
            rest: Vec::new(),
            first_way: vec![0],
            ways: Vec::new(),
        };
        Self { from, layers, made, kinds: FxHashMap::default(), choices: Choices::default() }
    }

    fn run(mut self, horizon: Option<u32>) -> Conditioned {
        let mut numbers = self.number(&self.layers[0]);
        for pair in self.layers.windows(2) {
            let begin = self.made.graph.len() as u32;
            self.made.graph.depths.push(begin);
            let behind = self.number(&pair[1]);
            self.unroll(&pair[0], &pair[1], &numbers, &behind);
            numbers = behind;
        }
        self.made.plain = self.made.rest.len();
        self.go_on(horizon);
        self.made.graph.choices = self.choices;
        self.made
    }

    /// Adds the situations of a turn from which what was seen can come about; says the number of each.
    fn number(&mut self, layer: &Layer) -> Vec<u32> {
        let each = layer.situations.iter().zip(&layer.possible);
        each.map(|(&s, &possible)| if possible { self.add(s) } else { NOWHERE }).collect()
    }

    fn add(&mut self, s: u32) -> u32 {
        let graph = &mut self.made.graph;
        graph.packed.extend_from_slice(self.from.situation(s as usize));
        graph.endings.push(self.from.endings[s as usize]);
        graph.parents.push((NOWHERE, 0));
        self.made.situations.push(s);
        graph.parents.len() as u32 - 1
    }

    /// Adds the leaves of the situations of a turn, given the numbers of these and of those behind.
    fn unroll(&mut self, layer: &Layer, next: &Layer, numbers: &[u32], behind: &[u32]) {
        for (place, &own) in numbers.iter().enumerate().filter(|(_, own)| **own != NOWHERE) {
            let (s, rest) = (layer.situations[place] as usize, layer.rest[place]);
            let ways = &layer.next[layer.first[place]..layer.first[place + 1]];
            for (leaf, &way) in self.from.leaves(s).zip(ways) {
                debug_assert!(
                    way == NOWHERE || (way as usize) < behind.len(),
                    "ways lead to the next turn"
                );
                let to = behind.get(way as usize).copied().unwrap_or(NOWHERE);
                self.made.ways.push(to);
                if to != NOWHERE {
                    let kind = self.from.kind(leaf);
                    let estimate = (next.rest[way as usize] * kind.estimate).over(rest);
                    self.add_leaf(own, to, Kind { estimate, ..kind });
                }
            }
            self.close();
            self.choices.begin();
            self.made.rest.push(rest);
            self.made.first_way.push(self.made.ways.len());
        }
    }

    fn add_leaf(&mut self, from: u32, to: u32, kind: Kind) {
        let graph = &mut self.made.graph;
        debug_assert!(!graph.first_leaf.is_empty(), "leaves begin somewhere");
        let begin = graph.first_leaf.last().copied().unwrap_or_default();
        let parent = &mut graph.parents[to as usize];
        if parent.0 == NOWHERE && to != 0 {
            *parent = (from, (graph.targets.len() - begin) as u32);
        }
        graph.targets.push(to);
        let kinds = &mut graph.kinds;
        let known = self.kinds.entry((kind.estimate.to_bits(), kind.label));
        graph.kind_of.push(*known.or_insert_with(|| {
            kinds.push(kind);
            kinds.len() as u32 - 1
        }));
    }

    /// Ends the leaves of a situation.
    fn close(&mut self) {
        let graph = &mut self.made.graph;
        let begin = graph.first_leaf.last().copied().unwrap_or_default();
        let mut targets = graph.targets[begin..].to_vec();
        targets.sort_unstable();
        targets.dedup();
        graph.transitions += targets.len();
        graph.first_leaf.push(graph.targets.len());
    }

    /// Adds what comes behind the last turn seen, as it stands, up to the horizon.
    fn go_on(&mut self, horizon: Option<u32>) {
        let first = self.made.plain..self.made.situations.len();
        let mut numbers: FxHashMap<u32, u32> =
            first.map(|at| (self.made.situations[at], at as u32)).collect();
        for depth in self.made.last.. {
            let begin = self.made.graph.depths[depth as usize] as usize;
            let end = self.made.graph.len();
            self.made.graph.depths.push(end as u32);
            let over = horizon.is_some_and(|last| depth >= last);
            for own in begin..end {
                self.choices.begin();
                if !over {
                    let s = self.made.situations[own] as usize;
                    for leaf in self.from.leaves(s) {
                        let target = self.from.targets[leaf];
                        let to = match numbers.get(&target) {
                            Some(&to) => to,
                            None => self.add(target),
                        };
                        numbers.insert(target, to);
                        self.add_leaf(own as u32, to, self.from.kind(leaf));
                    }
                    self.choices.copy(&self.from.choices, s);
                }
                self.close();
            }
            if over || begin == end {
                return;
            }
        }
    }
}
