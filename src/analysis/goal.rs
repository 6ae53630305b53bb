//! What is asked of the situations: the probability that something is ever reached or happens.

use super::solver::Solver;
use super::watch::turned_set;

use rustc_hash::FxHashMap;

/// Something that a storyline may come to.
#[derive(Clone, Debug)]
pub enum Goal {
    /// A situation of a set.
    Reach(Vec<bool>),
    /// A situation of the first set, with only situations of the second before it.
    Until(Vec<bool>, Vec<bool>),
    /// A node of an event or change happens.
    Happen(u32),
    /// One of these nodes happens.
    HappenAny(Vec<u32>),
}

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
    /// Words of bits a situation.
    words: usize,
    /// For each kind of leaf: the index in `sources`.
    source_of: Vec<u32>,
    /// For each lane: the entry of the row behind a leaf that holds its value. The first is the plain
    /// one.
    sources: Vec<Box<[u32]>>,
    initial: Box<[u32]>,
    /// Lanes that can become each other.
    pub orbits: Vec<Vec<usize>>,
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
        for (lane, goal) in goals.iter().enumerate() {
            let sets = match goal {
                Goal::Reach(set) => (set, None),
                Goal::Until(set, before) => (set, Some(before)),
                Goal::Happen(_) | Goal::HappenAny(_) => continue,
            };
            reached.resize(words * graph.len(), 0);
            missed.resize(words * graph.len(), 0);
            for s in 0..graph.len() {
                let at = s * words + lane / 64;
                reached[at] |= u64::from(sets.0[s]) << (lane % 64);
                let misses = !sets.0[s] && sets.1.is_some_and(|before| !before[s]);
                missed[at] |= u64::from(misses) << (lane % 64);
            }
        }
        let mut all = Self { lanes, reached, missed, words, orbits, ..Self::plain(lanes) };
        all.add_sources(solver, &nodes);
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
            words: 0,
            source_of: Vec::new(),
            sources: vec![plain.clone()],
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

    /// Entries of a row.
    #[must_use]
    pub fn stride(&self) -> usize {
        self.lanes + 1
    }

    /// Where each lane's value is found behind a leaf of a kind; `None` where it is the plain place.
    #[must_use]
    pub fn source(&self, kind: u32) -> Option<&[u32]> {
        let source = self.source_of[kind as usize];
        (source != 0).then(|| &*self.sources[source as usize])
    }

    /// The same, always.
    #[must_use]
    pub fn place(&self, kind: u32) -> &[u32] {
        &self.sources[self.source_of[kind as usize] as usize]
    }

    /// The value of each lane at the start, from those of situation 0.
    #[must_use]
    pub fn at_start(&self, row: &[f64]) -> Vec<f64> {
        self.initial.iter().map(|&from| row[from as usize]).collect()
    }

    /// Whether a lane is settled at the start, before any turn.
    #[must_use]
    pub fn starts_settled(&self, lane: usize) -> bool {
        self.initial[lane] as usize == self.lanes
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
            Goal::Reach(_) | Goal::Until(..) => None,
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
