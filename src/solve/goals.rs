//! What is asked of the situations: the probability that something is ever reached or happens.

use super::permutations::turned_set;
use super::solver::Solver;
use crate::engine::Graph;

use rustc_hash::FxHashMap;

/// Something that a storyline may come to.
#[derive(Clone, Debug)]
pub enum Goal {
    /// A situation of a set.
    Reach(Vec<bool>),
    /// A situation of the first set, with only situations of the second before it.
    Until(Vec<bool>, Vec<bool>),
    /// No situation of a set, to the end.
    Avoid(Vec<bool>),
    /// A node of an event or change happens.
    Happen(u32),
    /// One of these nodes happens.
    HappenAny(Vec<u32>),
}

/// From so many leaves for each change of places on, what comes by the same one is added up first.
const CROWD: usize = 4;

/// Goals followed side by side, one lane each. The values of a situation are a row: one a lane, and
/// a last entry for what is settled on the way there (1 for probabilities).
///
/// Where actors change places on a transition, the goal that a node happens becomes the goal that
/// another does: the lanes hold, beside the goals asked for, all that those can become.
#[derive(Clone, Debug)]
pub struct Goals {
    /// How many lanes there are.
    pub lanes: usize,
    /// For each situation, a bit a lane: which goals it reaches.
    reached: Vec<u64>,
    /// For each situation, a bit a lane: which goals it puts out of reach.
    missed: Vec<u64>,
    /// For each lane what it is worth where the storyline ends and nothing has settled it, 0 or 1.
    at_end: Vec<f64>,
    /// Words of bits a situation.
    words: usize,
    /// For each kind of leaf: the index in `sources`.
    source_of: Vec<u32>,
    /// For each lane: the entry of the row behind a leaf that holds its value. The first is the plain
    /// one.
    sources: Vec<Box<[u32]>>,
    initial: Box<[u32]>,
    /// For each kind of leaf the same again, taken apart; none with more than 64 lanes.
    looks: Vec<Look>,
    /// Which lanes behind a leaf are settled on it, a bit a lane; the first are none.
    settled: Vec<u64>,
    /// Where each lane is found by how actors change places; the first is the plain one.
    places: Vec<Box<[u32]>>,
    /// Lanes that can become each other.
    pub orbits: Vec<Vec<usize>>,
}

/// A kind of leaf, small enough to stay at hand: far fewer sets of settled lanes and ways of
/// changing places are used than pairs of them.
#[derive(Clone, Copy, Debug)]
struct Look {
    weight: f64,
    settled: u32,
    place: u32,
}

impl Goals {
    /// The lanes of these goals; those asked for come first.
    #[must_use]
    pub fn new(solver: Solver<'_>, goals: &[&Goal]) -> Self {
        let graph = solver.graph;
        let (nodes, orbits) = close(solver, goals);
        let lanes = nodes.len();
        let words = lanes.div_ceil(64);
        let (mut reached, mut missed) = (Vec::new(), Vec::new());
        let mut at_end = vec![0.0; lanes];
        for (lane, goal) in goals.iter().enumerate() {
            let (set, before) = match goal {
                Goal::Reach(set) | Goal::Avoid(set) => (set, None),
                Goal::Until(set, before) => (set, Some(before)),
                Goal::Happen(_) | Goal::HappenAny(_) => continue,
            };
            let avoids = matches!(goal, Goal::Avoid(_));
            at_end[lane] = f64::from(u8::from(avoids));
            reached.resize(words * graph.len(), 0);
            missed.resize(words * graph.len(), 0);
            for s in 0..graph.len() {
                let at = s * words + lane / 64;
                let misses = !set[s] && before.is_some_and(|before| !before[s]);
                reached[at] |= u64::from(set[s] && !avoids) << (lane % 64);
                missed[at] |= u64::from(misses || set[s] && avoids) << (lane % 64);
            }
        }
        let plain = Self::plain(lanes);
        let mut all = Self { lanes, reached, missed, at_end, words, orbits, ..plain };
        all.add_sources(solver, &nodes);
        if (1..=u64::BITS as usize).contains(&lanes) {
            all.look(solver, &nodes);
        }
        all
    }

    /// Which of these goals, and of others numbered after them, can become each other.
    #[must_use]
    pub fn orbits_of(solver: Solver<'_>, goals: &[&Goal]) -> Vec<Vec<usize>> {
        close(solver, goals).1
    }

    fn plain(lanes: usize) -> Self {
        let plain: Box<[u32]> = (0..lanes as u32).collect();
        Self {
            lanes,
            reached: Vec::new(),
            missed: Vec::new(),
            at_end: vec![0.0; lanes],
            words: 0,
            source_of: Vec::new(),
            sources: vec![plain.clone()],
            looks: Vec::new(),
            settled: vec![0],
            places: vec![plain.clone()],
            initial: plain,
            orbits: Vec::new(),
        }
    }

    /// For each kind of leaf where each lane's value is found behind it.
    fn add_sources(&mut self, solver: Solver<'_>, nodes: &[Happenings]) {
        let graph = solver.graph;
        let lane_of: FxHashMap<&[u32], u32> =
            nodes.iter().zip(0..).filter_map(|(set, lane)| Some((set.as_deref()?, lane))).collect();
        let behind = |label: u32, turned: u32| -> Box<[u32]> {
            let happened = graph.happened(label);
            let frame = solver.frames.get(turned);
            let happens = |node: &u32| happened.binary_search(node).is_ok();
            let source = |(lane, set): (u32, &Happenings)| match set {
                None => lane,
                Some(set) if set.iter().any(happens) => self.lanes as u32,
                Some(set) => frame.map_or(lane, |frame| lane_of[&*turned_set(set, frame)]),
            };
            (0..).zip(nodes).map(source).collect()
        };
        let mut known: FxHashMap<Box<[u32]>, u32> = FxHashMap::default();
        known.insert(self.sources[0].clone(), 0);
        let mut by_look: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        let mut sources = Vec::new();
        let count = graph.kinds.iter().map(|kind| {
            *by_look.entry((kind.label, kind.turned)).or_insert_with(|| {
                let source = behind(kind.label, kind.turned);
                let next = known.len() as u32;
                *known.entry(source).or_insert_with_key(|source| {
                    sources.push(source.clone());
                    next
                })
            })
        });
        self.source_of = count.collect();
        self.initial = behind(graph.initial_label, 0);
        self.sources.append(&mut sources);
    }

    /// Takes the sources apart.
    fn look(&mut self, solver: Solver<'_>, sets: &[Happenings]) {
        let graph = solver.graph;
        let lane_of: FxHashMap<&[u32], u32> =
            sets.iter().zip(0..).filter_map(|(set, lane)| Some((set.as_deref()?, lane))).collect();
        let mut lanes_of: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for (set, lane) in sets.iter().zip(0..) {
            let nodes = set.iter().flat_map(|set| set.iter());
            nodes.for_each(|&node| lanes_of.entry(node).or_default().push(lane));
        }
        let mut known: FxHashMap<u64, u32> = FxHashMap::from_iter([(0, 0)]);
        let mut placed: FxHashMap<u32, u32> = FxHashMap::default();
        let mut looked: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        for kind in &graph.kinds {
            let place = *placed.entry(kind.turned).or_insert_with(|| {
                let Some(frame) = solver.frames.get(kind.turned) else { return 0 };
                let place = |(lane, set): (u32, &Happenings)| {
                    set.as_ref().map_or(lane, |set| lane_of[&*turned_set(set, frame)])
                };
                let places: Box<[u32]> = (0..).zip(sets).map(place).collect();
                if places == self.places[0] {
                    return 0;
                }
                self.places.push(places);
                self.places.len() as u32 - 1
            });
            let settled = *looked.entry((kind.label, place)).or_insert_with(|| {
                let happened = graph.happened(kind.label).iter();
                let lanes = happened.filter_map(|node| lanes_of.get(node)).flatten();
                let behind = |&lane: &u32| self.places[place as usize][lane as usize];
                let bits = lanes.map(behind).fold(0, |bits, lane| bits | 1 << lane);
                *known.entry(bits).or_insert_with(|| {
                    self.settled.push(bits);
                    self.settled.len() as u32 - 1
                })
            });
            self.looks.push(Look { weight: kind.estimate, settled, place });
        }
    }

    /// Adds to `out` what the leaves of a situation give, by their estimates, from the rows behind
    /// them. What comes by the same change of places is added up first, side by side; `sums` is
    /// working memory.
    pub fn gather(
        &self,
        graph: &Graph,
        s: usize,
        rows: &[f64],
        sums: &mut Vec<f64>,
        out: &mut [f64],
    ) {
        let (lanes, stride, leaves) = (self.lanes, self.stride(), graph.leaves(s));
        if self.looks.is_empty() {
            for (target, kind) in graph.ways(leaves) {
                let weight = graph.kinds[kind as usize].estimate;
                let row = &rows[target as usize * stride..][..stride];
                let each = out.iter_mut().zip(self.place(kind));
                each.for_each(|(out, &from)| *out += weight * row[from as usize]);
            }
        } else if leaves.len() < CROWD * self.places.len() {
            for (target, kind) in graph.ways(leaves) {
                let look = self.looks[kind as usize];
                let row = &rows[target as usize * stride..][..stride];
                let settled = self.settled[look.settled as usize];
                for (out, &from) in out.iter_mut().zip(&self.places[look.place as usize]) {
                    let from = if settled >> from & 1 == 1 { lanes } else { from as usize };
                    *out += look.weight * row[from];
                }
            }
        } else {
            sums.clear();
            sums.resize(lanes * self.places.len(), 0.0);
            for (target, kind) in graph.ways(leaves) {
                let look = self.looks[kind as usize];
                let row = &rows[target as usize * stride..][..stride];
                let sums = &mut sums[look.place as usize * lanes..][..lanes];
                add_behind(look.weight, row, self.settled[look.settled as usize], sums);
            }
            for (place, sums) in self.places.iter().zip(sums.chunks_exact(lanes)) {
                out.iter_mut().zip(place).for_each(|(out, &from)| *out += sums[from as usize]);
            }
        }
    }

    /// Entries of a row.
    #[must_use]
    pub fn stride(&self) -> usize {
        self.lanes + 1
    }

    /// Where each lane's value is found behind a leaf of a kind.
    #[must_use]
    pub fn place(&self, kind: u32) -> &[u32] {
        &self.sources[self.source_of[kind as usize] as usize]
    }

    /// The value of each lane at the start, from those of situation 0.
    #[must_use]
    pub fn at_start(&self, row: &[f64]) -> Vec<f64> {
        self.initial.iter().map(|&from| row[from as usize]).collect()
    }

    /// The lane that a lane is at the start; `None` where it is settled before any turn.
    #[must_use]
    pub fn at_first(&self, lane: usize) -> Option<usize> {
        let first = self.initial[lane] as usize;
        (first != self.lanes).then_some(first)
    }

    /// Whether a lane is settled at the start, before any turn.
    #[must_use]
    pub fn starts_settled(&self, lane: usize) -> bool {
        self.initial[lane] as usize == self.lanes
    }

    /// What each lane is worth where the storyline ends and nothing has settled it, 0 or 1.
    #[must_use]
    pub fn at_end(&self) -> &[f64] {
        &self.at_end
    }

    /// Whether a situation reaches a lane's goal.
    #[must_use]
    pub fn reaches(&self, s: usize, lane: usize) -> bool {
        bit(&self.reached, self.words, s, lane)
    }

    /// Whether a situation puts a lane's goal out of reach.
    #[must_use]
    pub fn misses(&self, s: usize, lane: usize) -> bool {
        bit(&self.missed, self.words, s, lane)
    }

    /// Whether a situation settles a lane: its goal is reached there, or out of reach.
    #[must_use]
    pub fn settles(&self, s: usize, lane: usize) -> bool {
        self.reaches(s, lane) || self.misses(s, lane)
    }

    /// Whether a situation settles any lane.
    fn touches(&self, s: usize) -> bool {
        let range = s * self.words..(s + 1) * self.words;
        !self.reached.is_empty()
            && (self.reached[range.clone()].iter().any(|word| *word != 0)
                || self.missed[range].iter().any(|word| *word != 0))
    }

    /// Puts `one` where a situation reaches a goal and 0 where it is out of reach.
    pub fn pin(&self, s: usize, row: &mut [f64], one: f64) {
        if self.touches(s) {
            for (lane, value) in row[..self.lanes].iter_mut().enumerate() {
                if self.reaches(s, lane) {
                    *value = one;
                } else if self.misses(s, lane) {
                    *value = 0.0;
                }
            }
        }
    }
}

/// Adds a row behind a leaf; `settled` lanes give the row's last entry instead of their own.
fn add_behind(weight: f64, row: &[f64], settled: u64, sums: &mut [f64]) {
    if settled == 0 {
        return sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += weight * value);
    }
    let (row, last) = row.split_at(sums.len());
    let last = last[0].to_bits();
    let choose = |value: f64, mask: u64| f64::from_bits(value.to_bits() & !mask | last & mask);
    let (row, row_rest) = row.as_chunks::<FOUR>();
    let (sums, sums_rest) = sums.as_chunks_mut::<FOUR>();
    for ((sums, row), at) in sums.iter_mut().zip(row).zip(0..) {
        let masks = &SETTLED[(settled >> (FOUR * at)) as usize % SETTLED.len()];
        for ((sum, &value), &mask) in sums.iter_mut().zip(row).zip(masks) {
            *sum += weight * choose(value, mask);
        }
    }
    let first = FOUR * sums.len();
    for ((sum, &value), lane) in sums_rest.iter_mut().zip(row_rest).zip(first..) {
        *sum += weight * choose(value, 0_u64.wrapping_sub(settled >> lane & 1));
    }
}

/// For every choice of four lanes: all bits where a lane is settled.
const SETTLED: [[u64; FOUR]; 1 << FOUR] = {
    let mut masks = [[0; FOUR]; 1 << FOUR];
    let mut at = 0;
    while at < masks.len() * FOUR {
        let (choice, lane) = (at / FOUR, at % FOUR);
        masks[choice][lane] = if choice >> lane & 1 == 1 { u64::MAX } else { 0 };
        at += 1;
    }
    masks
};
const FOUR: usize = 4;

fn bit(bits: &[u64], words: usize, s: usize, lane: usize) -> bool {
    !bits.is_empty() && bits[s * words + lane / 64] >> (lane % 64) & 1 == 1
}

/// The nodes of which one is to happen, sorted, for the goals that ask for that.
type Happenings = Option<Box<[u32]>>;

/// For each lane the nodes of its goal, if it has any: of the goals, then of all that they can
/// become; and the lanes that can become each other.
fn close(solver: Solver<'_>, goals: &[&Goal]) -> (Vec<Happenings>, Vec<Vec<usize>>) {
    let mut sets: Vec<Happenings> = goals
        .iter()
        .map(|goal| match goal {
            Goal::Happen(node) => Some([*node].into()),
            Goal::HappenAny(nodes) => {
                let mut nodes = nodes.clone();
                nodes.sort_unstable();
                Some(nodes.into())
            }
            Goal::Reach(_) | Goal::Until(..) | Goal::Avoid(_) => None,
        })
        .collect();
    let mut lane_of: FxHashMap<Box<[u32]>, usize> = FxHashMap::default();
    for (lane, set) in sets.iter().enumerate() {
        lane_of.extend(set.clone().map(|set| (set, lane)));
    }
    let (mut orbits, mut placed) = (Vec::new(), vec![false; sets.len()]);
    for first in 0..goals.len() {
        if std::mem::replace(&mut placed[first], true) {
            continue;
        }
        let mut orbit = vec![first];
        let mut at = 0;
        while let Some(&lane) = orbit.get(at) {
            at += 1;
            let Some(set) = sets[lane].clone() else { continue };
            for generator in &solver.frames.generators {
                let image: Box<[u32]> = turned_set(&set, generator).into();
                let lane = *lane_of.entry(image.clone()).or_insert_with(|| {
                    sets.push(Some(image));
                    placed.push(false);
                    sets.len() - 1
                });
                if !std::mem::replace(&mut placed[lane], true) {
                    orbit.push(lane);
                }
            }
        }
        orbit.sort_unstable();
        orbits.push(orbit);
    }
    (sets, orbits)
}
