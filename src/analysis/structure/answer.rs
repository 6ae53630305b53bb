//! What the reactions of a scenario are like as a whole, as plain data.

use crate::analysis::answer::{By, NodeKind};
use crate::analysis::torn::Torn;
use crate::model::{DeclId, OutcomeId, VarId};

/// What the reactions of a scenario are like as a whole.
#[derive(Clone, Debug)]
pub struct Structure {
    /// Reactions that lead back to themselves.
    pub spirals: Vec<Spiral>,
    /// For each outcome with a condition that is possible: what every storyline to it passes.
    pub chokepoints: Vec<Chokepoints>,
    /// For each outcome with a condition that is not below the value already: what keeps it there.
    pub firebreaks: Vec<Firebreaks>,
    /// The value that firebreaks keep outcomes below, 0..=1.
    pub below: f64,
    /// Outcomes with a condition that are below the value as things stand.
    pub already: Vec<(OutcomeId, f64)>,
    /// Reactions that lead back down.
    pub off_ramps: Vec<OffRamp>,
    /// How many situations were looked at.
    pub situations: usize,
    /// How many transitions there are between them.
    pub transitions: usize,
}

/// Something that happens, with how often.
#[derive(Clone, Debug)]
pub struct Reaction {
    /// What it is.
    pub kind: NodeKind,
    /// Its id in the reaction graph.
    pub id: String,
    /// The estimated probability that it ever happens.
    pub probability: f64,
    /// The mean turn of its first time, given that it happens.
    pub mean_turn: Option<f64>,
}

/// Reactions each of which can lead to every other: a strongly connected part of the reaction graph.
#[derive(Clone, Debug)]
pub struct Spiral {
    /// All reactions in it, by earliest turn.
    pub members: Vec<Reaction>,
    /// A shortest way round from the first of them back to it.
    pub round: Vec<RoundStep>,
    /// The expected number of times that something in it brings its first reaction about; infinite
    /// where for ever.
    pub rounds: f64,
    /// The same, given that the first reaction happens at all.
    pub rounds_once_begun: f64,
}

/// A step of a way round: what happens, and what of it follows next.
#[derive(Clone, Debug)]
pub struct RoundStep {
    /// What happens.
    pub reaction: Reaction,
    /// What makes the next step follow.
    pub by: By,
    /// The alternative of that.
    pub alternative: Option<String>,
}

/// What every storyline to an outcome passes.
#[derive(Clone, Debug)]
pub struct Chokepoints {
    /// The outcome.
    pub outcome: OutcomeId,
    /// Its estimated probability.
    pub probability: f64,
    /// The reactions without which it is never reached, those that are certain left out, by mean turn.
    pub reactions: Vec<Chokepoint>,
    /// How many reactions that are certain it is never reached without.
    pub certain: usize,
}

/// A reaction that every storyline to an outcome passes.
#[derive(Clone, Debug)]
pub struct Chokepoint {
    /// The reaction.
    pub reaction: Reaction,
    /// The estimated probability of the outcome, given that the reaction happens.
    pub then: f64,
}

/// The smallest sets of rules and decisions whose prevention keeps an outcome below a value.
#[derive(Clone, Debug)]
pub struct Firebreaks {
    /// The outcome.
    pub outcome: OutcomeId,
    /// Its estimated probability with all rules.
    pub probability: f64,
    /// The sets, those that leave least first.
    pub sets: Vec<Firebreak>,
    /// How many sets of the smallest size do it, those that are not told included.
    pub count: usize,
    /// Up to which size all sets were evaluated.
    pub searched: usize,
}

/// Rules and decisions that are prevented together.
#[derive(Clone, Debug)]
pub struct Firebreak {
    /// The rules and decisions, in order of declaration.
    pub rules: Vec<DeclId>,
    /// The probability of the outcome that remains.
    pub remaining: f64,
    /// The storylines on which, with them prevented, assignments contradict each other. They lead
    /// nowhere.
    pub torn: Option<Torn>,
}

/// A reaction that leads back down.
#[derive(Clone, Debug)]
pub struct OffRamp {
    /// The reaction.
    pub reaction: Reaction,
    /// What it leads back.
    pub down: Down,
    /// The expected number of times that it does; infinite where for ever. 0 for an action that sets
    /// the level, where it was no higher or something else held it up in the same turn.
    pub expected: f64,
    /// The mean turn in which it does, over all times; `None` without a horizon.
    pub mean_turn: Option<f64>,
    /// What brings it about.
    pub by: Vec<(By, Option<String>)>,
}

/// What an off-ramp leads back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Down {
    /// The level on the ladder goes down.
    Level,
    /// A variable comes nearer to its initial value.
    Variable(VarId),
}
