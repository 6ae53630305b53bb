//! A scenario compiled: what a turn reads and writes, as numbers of slots and columns.

use super::compile::Places;
use super::draw::{Distribution, Freedom};
use super::layout::Layout;
use super::symmetry::Permutation;
use super::test::Test;
use crate::model::{DeclId, Model, RungEffect, Trigger};

/// The rank of priorities of injects: above every rule.
pub const INJECT_RANK: u32 = u32::MAX >> 12;

/// Which variables situations keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// All that some effect writes: what changes is to be told.
    Written,
    /// Those that some condition reads, or that could be given two values at once.
    Read,
}

/// A scenario, compiled. Events are numbered as in [`Model::events`].
#[derive(Clone, Debug)]
pub struct Program {
    /// How situations are packed.
    pub layout: Layout,
    /// The situation before turn 0: initial values, nothing happened.
    pub initial: Vec<i32>,
    /// Variables that some effect writes, by column.
    pub variables: Vec<WrittenVariable>,
    /// The slot of the current rung, where there is a ladder.
    pub level: Option<u32>,
    /// The slot of the highest rung so far, where a condition reads it.
    pub peak: Option<u32>,
    /// The slot of the turn and the number at which it stays, where a condition or inject needs it.
    pub turn: Option<(u32, i32)>,
    /// For each event: what it brings along.
    pub events: Vec<EventEffects>,
    /// Slots that say that something has just happened: cleared every turn.
    pub fresh: std::ops::Range<u32>,
    /// Rules and decisions for each choice of members, as in [`Model::rules`].
    pub rules: Vec<CompiledRule>,
    /// Everything that draws.
    pub draws: Vec<Draw>,
    /// Effects that come together.
    pub blocks: Vec<Block>,
    /// What can be under way.
    pub chains: Vec<Chain>,
    /// Blocks by turn that injects happen in, sorted.
    pub injects: Vec<InjectBlock>,
    /// Tests of endings: the outcome's index and its condition.
    pub endings: Vec<(usize, Test)>,
    /// For each outcome its condition; `None` is `otherwise`.
    pub outcomes: Vec<Option<Test>>,
    /// Everything that a situation may be asked: the conditions of outcomes and expectations, and
    /// that the level is at each rung or above it.
    pub asked: Vec<Test>,
    /// How many nodes events and changes have: events first, then the changes of each variable.
    pub nodes: u32,
    /// Where conditions find what they read.
    pub places: Places,
}

/// A variable that some effect writes.
#[derive(Clone, Debug)]
pub struct WrittenVariable {
    /// Its index in [`Model::variables`].
    pub variable: usize,
    /// Its slot.
    pub slot: u32,
    /// The low end of its range.
    pub low: i32,
    /// The high end of its range.
    pub high: i32,
    /// The values that effects give it, sorted: it becomes no others.
    pub given: Box<[i32]>,
    /// The node of its becoming the first of them; the others follow, then `raised`, then `lowered`.
    pub first_node: u32,
}

impl WrittenVariable {
    /// The node of its becoming `value`, if any effect gives it that.
    #[must_use]
    pub fn becomes(&self, value: i32) -> Option<u32> {
        self.given.binary_search(&value).ok().map(|at| self.first_node + at as u32)
    }

    /// The node of its going up.
    #[must_use]
    pub fn raised(&self) -> u32 {
        self.first_node + self.given.len() as u32
    }

    /// The node of its going down.
    #[must_use]
    pub fn lowered(&self) -> u32 {
        self.raised() + 1
    }

    /// All its nodes.
    #[must_use]
    pub fn nodes(&self) -> std::ops::Range<u32> {
        self.first_node..self.lowered() + 1
    }
}

/// What an event brings along.
#[derive(Clone, Debug, Default)]
pub struct EventEffects {
    /// What its action does to the level.
    pub rung: Option<RungEffect>,
    /// Slots that are set when it happens: that it just did, that it ever did.
    pub marks: Vec<u32>,
    /// The body of its action.
    pub body: Effects,
    /// Whether its body, or that of an event it brings along, assigns: only then its rank counts.
    pub assigns: bool,
}

/// Effects with variables as columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effects {
    /// Events that happen.
    pub events: Vec<u32>,
    /// Assignments: column and value.
    pub assigns: Vec<(u32, i32)>,
    /// Raises and lowers: column and how much.
    pub steps: Vec<(u32, i32)>,
}

/// Effects that come together, with the rank of their priority.
#[derive(Clone, Debug)]
pub struct Block {
    /// The effects.
    pub effects: Effects,
    /// The rank: higher wins.
    pub rank: u32,
    /// Where they come from.
    pub origin: Origin,
}

/// Where effects come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// A rule (index in [`Model::rules`]) and the number of its alternative; that of `else` is the
    /// number of alternatives.
    Rule(u32, u32),
    /// An inject (index in [`Model::injects`]).
    Inject(u32),
}

/// A rule, compiled.
#[derive(Clone, Debug)]
pub struct CompiledRule {
    /// Its declaration.
    pub declaration: DeclId,
    /// When it has its chance.
    pub trigger: Trigger,
    /// The condition of its trigger.
    pub condition: Test,
    /// Its guard.
    pub guard: Test,
    /// For `when`: the slot that says that it has its chance in this situation.
    pub armed: Option<u32>,
    /// For `once`: the slot that says that it has had its chance.
    pub spent: Option<u32>,
    /// What it does.
    pub action: RuleAction,
}

/// What a rule does when it has its chance.
#[derive(Clone, Copy, Debug)]
pub enum RuleAction {
    /// Always the same.
    Sure(Consequence),
    /// It draws: the index in [`Program::draws`].
    Draw(u32),
}

/// What follows from one result of a draw.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consequence {
    /// Nothing.
    Nothing,
    /// The block's effects come in the next situation.
    Now(u32),
    /// The chain's effects come `turns` situations after the next one; `turns` is at least 1.
    Later {
        /// The index in [`Program::chains`].
        chain: u32,
        /// How much later.
        turns: u32,
    },
}

/// A delayed block, with a slot for each moment that it may still be away.
#[derive(Clone, Debug)]
pub struct Chain {
    /// The effects.
    pub block: u32,
    /// The slot for those due in the next situation; the following slots are one turn further each.
    pub first_slot: u32,
    /// How many slots there are.
    pub length: u32,
    /// The first of the columns in which a turn collects what it puts under way, one a slot.
    pub first_column: u32,
    /// Whether drawing it twice for one moment counts twice: it raises or lowers something.
    pub adds: bool,
}

/// The effects of an inject.
#[derive(Clone, Debug)]
pub struct InjectBlock {
    /// The turn that it happens in.
    pub turn: u32,
    /// The effects.
    pub block: u32,
}

/// Something that draws, or decides.
#[derive(Clone, Debug)]
pub struct Draw {
    /// The rule.
    pub rule: u32,
    /// What can come out: alternative, its share of the alternative's probability, consequence.
    pub results: Vec<DrawResult>,
    /// The distributions over alternatives.
    pub distribution: Distribution,
    /// Whether it is a decision.
    pub decides: bool,
    /// For [`Freedom::Estimate`], `Likelihoods`, `Decisions` and `Both` in this order: the corners,
    /// as probabilities of the results.
    pub corners: [Vec<Box<[f64]>>; 4],
}

impl Draw {
    /// The corners for a freedom; each a probability for each result.
    #[must_use]
    pub fn corners(&self, freedom: Freedom) -> &[Box<[f64]>] {
        &self.corners[freedom as usize]
    }

    /// The estimated probability of each result.
    #[must_use]
    pub fn estimate(&self) -> &[f64] {
        &self.corners[Freedom::Estimate as usize][0]
    }

    /// Whether any freedom leaves it more than one distribution.
    #[must_use]
    pub fn varies(&self) -> bool {
        self.corners.iter().any(|corners| corners.len() > 1)
    }
}

/// What can come out of a draw.
#[derive(Clone, Copy, Debug)]
pub struct DrawResult {
    /// The number of the alternative; that of `else` is the number of alternatives.
    pub alternative: u32,
    /// Its share of the alternative's probability: 1, or 1/n of `within n turns`.
    pub share: f64,
    /// What follows.
    pub consequence: Consequence,
}

impl Program {
    /// Compiles a model.
    #[must_use]
    pub fn new(model: &Model, kept: Kept) -> Self {
        super::compile::compile(model, kept)
    }

    /// The chain that a chain becomes where actors change places.
    #[must_use]
    pub fn turned_chain(&self, chain: usize, frame: &Permutation) -> Option<usize> {
        let origin = |chain: &Chain| self.blocks[chain.block as usize].origin;
        let image = frame.origin(origin(&self.chains[chain]));
        self.chains.iter().position(|other| origin(other) == image)
    }
}
