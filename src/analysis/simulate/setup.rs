//! What all runs share.

use super::random::Odds;
use crate::analysis::reactions::firing::nodes;
use crate::analysis::reactions::last_writers::writers;
use crate::analysis::reactions::ledger::{LinkBy, matching};
use crate::engine::Seen;
use crate::engine::program::{Origin, Program};
use crate::model::{Model, Trigger};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What all runs share.
pub struct Setup<'a> {
    /// The scenario.
    pub model: &'a Model,
    /// The same, compiled.
    pub program: &'a Program,
    /// The number of the last turn.
    pub horizon: u32,
    /// What numbers come to.
    pub odds: Odds,
    /// All that can follow from something.
    pub arrows: Vec<Arrow>,
    /// For each block: its arrows, and where their causes are found.
    pub blocks: Vec<(Range<u32>, Causes)>,
    /// For each arrow: the node that it leads to, here to be near.
    pub to: Vec<u32>,
    /// For each event: the arrows of the body of its action; their one cause is the event.
    pub bodies: Vec<Range<u32>>,
    /// For each outcome: its arrow and its watch; none for `otherwise`.
    pub outcomes: Vec<Option<(u32, List)>>,
    /// Lists of nodes that may be causes of the same.
    pub lists: Vec<Vec<u32>>,
    /// How many slices they have together.
    pub slices: u32,
    /// For each node: its places in slices.
    pub places: Vec<Vec<Slot>>,
    list_index: FxHashMap<Vec<u32>, List>,
    /// The rung that the ladder starts at.
    pub first_rung: u32,
    /// What has been seen, by turn: only runs that fit it count.
    pub seen: Vec<Seen>,
}

/// Something that can follow: a node that happens.
pub struct Arrow {
    /// The node.
    pub to: u32,
    /// What it follows by.
    pub by: LinkBy,
    /// The list of what it can follow from, besides the start.
    pub list: u32,
}

/// A list of nodes, in slices of 64.
#[derive(Clone, Copy, Debug, Default)]
pub struct List {
    /// Its number.
    pub number: u32,
    /// The number of its first slice.
    pub begin: u32,
    /// That of the next list.
    pub end: u32,
    /// Whether it has so few nodes that every set of them is counted for itself.
    pub small: bool,
}

/// Lists of so many nodes are small, at most.
const SMALL: usize = 6;

/// A place in a slice of a list.
#[derive(Clone, Copy)]
pub struct Slot {
    /// The slice.
    pub slice: u32,
    /// The place, as a bit.
    pub bit: u64,
}

/// Where the causes of what a rule or inject brings about are found.
#[derive(Clone, Copy, Debug)]
pub enum Causes {
    /// It is the start.
    Start,
    /// Those of a list that have just happened.
    Just(List),
    /// The last of a list that happened.
    Last(List),
}

impl Causes {
    fn list(self) -> u32 {
        match self {
            Self::Start => 0,
            Self::Just(list) | Self::Last(list) => list.number,
        }
    }
}

impl<'a> Setup<'a> {
    /// For a program.
    pub fn new(model: &'a Model, program: &'a Program, horizon: u32, seen: Vec<Seen>) -> Self {
        let mut setup = Self {
            model,
            program,
            horizon,
            odds: Odds::new(model, program),
            arrows: Vec::new(),
            blocks: Vec::new(),
            to: Vec::new(),
            bodies: Vec::new(),
            outcomes: Vec::new(),
            lists: Vec::new(),
            slices: 0,
            places: vec![Vec::new(); program.nodes as usize],
            list_index: FxHashMap::default(),
            first_rung: model.ladder.as_ref().map_or(0, |ladder| ladder.start.unsigned_abs()),
            seen,
        };
        setup.list(Vec::new());
        let happens = happens(program);
        let written = |condition| {
            let mut nodes = writers(model, program, condition);
            nodes.retain(|&node| happens[node as usize]);
            nodes
        };
        let mut rules = Vec::new();
        for (rule, events) in model.rules.iter().zip(matching(model, program)) {
            rules.push(match rule.trigger {
                Trigger::On => {
                    Causes::Just(setup.list(events.into_iter().map(|(event, _)| event).collect()))
                }
                Trigger::When | Trigger::While => {
                    Causes::Last(setup.list(written(&rule.condition)))
                }
            });
        }
        for block in &program.blocks {
            let causes = match block.origin {
                Origin::Rule(rule, _) => rules[rule as usize],
                Origin::Inject(_) => Causes::Start,
            };
            let nodes = nodes(program, &block.effects);
            let arrows = setup.add(nodes, LinkBy::Origin(block.origin), causes.list());
            setup.blocks.push((arrows, causes));
        }
        for (event, effects) in (0..).zip(&program.events) {
            let nodes = nodes(program, &effects.body);
            let list = if nodes.is_empty() { 0 } else { setup.list(vec![event]).number };
            let arrows = setup.add(nodes, LinkBy::Body(event), list);
            setup.bodies.push(arrows);
        }
        for (at, outcome) in (0..).zip(&model.outcomes) {
            let arrow = outcome.condition.as_ref().map(|condition| {
                let list = setup.list(written(condition));
                (setup.add(vec![program.nodes + at], LinkBy::Outcome(at), list.number).start, list)
            });
            setup.outcomes.push(arrow);
        }
        setup
    }

    /// The nodes that an arrow can come from, besides the start, and whether they are counted by
    /// sets: then a count stands for the nodes that are the bits of its place, nobody for the start.
    pub fn causes(&self, arrow: u32) -> (&[u32], bool) {
        let causes = &self.lists[self.arrows[arrow as usize].list as usize];
        (causes, causes.len() <= SMALL)
    }

    fn add(&mut self, nodes: Vec<u32>, by: LinkBy, list: u32) -> Range<u32> {
        let begin = self.arrows.len() as u32;
        self.to.extend_from_slice(&nodes);
        self.arrows.extend(nodes.into_iter().map(|to| Arrow { to, by, list }));
        begin..self.arrows.len() as u32
    }

    fn list(&mut self, nodes: Vec<u32>) -> List {
        if let Some(&known) = self.list_index.get(&nodes) {
            return known;
        }
        let (number, begin) = (self.lists.len() as u32, self.slices);
        for nodes in nodes.chunks(64) {
            for (at, &node) in nodes.iter().enumerate() {
                self.places[node as usize].push(Slot { slice: self.slices, bit: 1 << at });
            }
            self.slices += 1;
        }
        let list = List { number, begin, end: self.slices, small: nodes.len() <= SMALL };
        self.lists.push(nodes.clone());
        self.list_index.insert(nodes, list);
        list
    }
}

/// For each node: whether something could make it happen.
fn happens(program: &Program) -> Vec<bool> {
    let mut happens = vec![false; program.nodes as usize];
    let blocks = program.blocks.iter().map(|block| &block.effects);
    for effects in blocks.chain(program.events.iter().map(|event| &event.body)) {
        nodes(program, effects).into_iter().for_each(|node| happens[node as usize] = true);
    }
    happens
}
