//! The graph of situations as plain data, for drawings.

use crate::model::OutcomeId;

/// Every situation that can be reached, and how one leads to another.
#[derive(Clone, Debug, Default)]
pub struct SituationGraph {
    /// The situations; the first is where every storyline begins.
    pub situations: Vec<SituationNode>,
    /// The transitions, by `from`, then `to`.
    pub transitions: Vec<SituationTransition>,
}

/// One situation.
#[derive(Clone, Debug)]
pub struct SituationNode {
    /// Name and value of each variable, as written in conditions, in the model's order.
    pub values: Vec<(String, String)>,
    /// The ending that holds here, where one does.
    pub ending: Option<OutcomeId>,
    /// Whether nothing can ever happen again.
    pub settled: bool,
    /// The first turn in which it can be reached.
    pub first_turn: u32,
}

/// One situation may follow another.
#[derive(Clone, Debug)]
pub struct SituationTransition {
    /// The index of the situation before.
    pub from: u32,
    /// The index of the situation after.
    pub to: u32,
    /// The estimated probability of this step, given the situation before.
    pub probability: f64,
    /// What happens in this step: ids of nodes of the reaction graph, sorted.
    pub nodes: Vec<String>,
}
