//! What differs in results.

use super::SideReport;
use crate::analysis::{ExpectationAnswer, Interval, Node, OutcomeAnswer, RungAnswer, by_name};
use crate::model::Expectation;
use crate::report::content::labels;
use petgraph::visit::EdgeRef;
use std::collections::BTreeSet;

/// Smaller differences are noise of the computation.
const NOISE: f64 = 1e-8;

/// What differs in results, by the names of things.
#[derive(Clone, Debug)]
pub struct ResultChanges {
    /// Outcomes, those of the first side in their order, then those that only the second has.
    pub outcomes: Vec<ValueChange>,
    /// Rungs, in the same order.
    pub rungs: Vec<ValueChange>,
    /// What only the second side's reaction graph has, the most probable first.
    pub gained: Vec<NodeChange>,
    /// What only the first side's has.
    pub lost: Vec<NodeChange>,
    /// What both have with different probabilities, the largest difference first.
    pub changed: Vec<NodeChange>,
    /// What follows from what, by which rule, only on the second side: `A -> B by r`.
    pub edges_gained: Vec<String>,
    /// Only on the first side.
    pub edges_lost: Vec<String>,
    /// Expectations that do not come to the same.
    pub expectations: Vec<ExpectationChange>,
}

/// A probability on both sides; `None` where a side does not have it.
#[derive(Clone, Debug)]
pub struct ValueChange {
    /// The name of the outcome or rung.
    pub name: String,
    /// Its title, on the second side where that has it.
    pub title: String,
    /// On the first side.
    pub before: Option<Value>,
    /// On the second.
    pub after: Option<Value>,
    /// What is said where a side does not have it.
    pub lacking: &'static str,
}

/// A probability with its bounds.
#[derive(Clone, Copy, Debug)]
pub struct Value {
    /// The estimate.
    pub estimate: f64,
    /// The bounds over likelihoods and decisions; of a simulation the confidence interval.
    pub around: Option<Interval>,
    /// The mean turn.
    pub mean_turn: Option<f64>,
}

/// Something that can happen, on both sides.
#[derive(Clone, Debug)]
pub struct NodeChange {
    /// Its id.
    pub id: String,
    /// Its title.
    pub label: String,
    /// Its probability on the first side; 0 where that does not have it.
    pub before: f64,
    /// On the second.
    pub after: f64,
}

/// Whether an expectation holds, and the value that was compared.
pub type Holds = (bool, Option<f64>);

/// An expectation on both sides.
#[derive(Clone, Debug)]
pub struct ExpectationChange {
    /// What is expected.
    pub text: String,
    /// Whether it holds on the first side, and the value compared; `None` where it is not expected there.
    pub before: Option<Holds>,
    /// On the second.
    pub after: Option<Holds>,
}

impl ValueChange {
    /// Whether the estimate or what is around it differs by more than noise, or a side does not have it.
    #[must_use]
    pub fn is_moved(&self) -> bool {
        let (Some(before), Some(after)) = (self.before, self.after) else { return true };
        let apart = |one: f64, other: f64| (one - other).abs() > NOISE;
        apart(before.estimate, after.estimate)
            || match (before.around, after.around) {
                (Some(one), Some(other)) => {
                    apart(one.low, other.low) || apart(one.high, other.high)
                }
                (one, other) => one.is_some() != other.is_some(),
            }
    }

    /// The difference of the estimates, where both sides have it.
    #[must_use]
    pub fn difference(&self) -> Option<f64> {
        Some(self.after?.estimate - self.before?.estimate)
    }
}

impl ResultChanges {
    /// Compares the answers of both sides.
    #[must_use]
    pub fn new(sides: &[SideReport<'_>; 2]) -> Self {
        let [left, right] = sides;
        if left.failure.or(right.failure).is_some() {
            return Self::of_one(left, right);
        }
        let mut gained: Vec<NodeChange> = nodes(right, left, true);
        let mut lost: Vec<NodeChange> = nodes(left, right, false);
        let mut changed = shared(left, right);
        gained.sort_by(|one, other| other.after.total_cmp(&one.after));
        lost.sort_by(|one, other| other.before.total_cmp(&one.before));
        // The noise of the computation decides on no order.
        let size = |one: &NodeChange| ((one.after - one.before).abs() * 1e9).round();
        changed.sort_by(|one, other| size(other).total_cmp(&size(one)));
        let (before, after) = (edges(left), edges(right));
        Self {
            outcomes: values(outcomes(left), outcomes(right), NOT_THERE),
            rungs: values(rungs(left), rungs(right), NOT_THERE),
            gained,
            lost,
            changed,
            edges_gained: after.difference(&before).cloned().collect(),
            edges_lost: before.difference(&after).cloned().collect(),
            expectations: expectations(left, right),
        }
    }

    /// Where one side could not be evaluated: what the other comes to.
    fn of_one(left: &SideReport<'_>, right: &SideReport<'_>) -> Self {
        Self {
            outcomes: values(outcomes(left), outcomes(right), NOT_EVALUATED),
            rungs: values(rungs(left), rungs(right), NOT_EVALUATED),
            gained: Vec::new(),
            lost: Vec::new(),
            changed: Vec::new(),
            edges_gained: Vec::new(),
            edges_lost: Vec::new(),
            expectations: Vec::new(),
        }
    }
}

/// What is said of a value that one side does not have.
const NOT_THERE: &str = "not there";
/// The same, where that side could not be evaluated.
const NOT_EVALUATED: &str = "not evaluated";

type Named = (String, String, Value);

fn outcomes(side: &SideReport<'_>) -> Vec<Named> {
    let value = |answer: &OutcomeAnswer| Value {
        estimate: answer.estimate,
        around: answer.both.or(answer.confidence),
        mean_turn: answer.mean_turn,
    };
    let all = side.model.outcomes.iter().zip(&side.answers.outcomes);
    all.map(|(one, answer)| (one.name.clone(), one.title.clone(), value(answer))).collect()
}

fn rungs(side: &SideReport<'_>) -> Vec<Named> {
    let value = |answer: &RungAnswer| Value {
        estimate: answer.estimate,
        around: answer.bounds.or(answer.confidence),
        mean_turn: None,
    };
    let rungs = side.model.ladder.iter().flat_map(|ladder| &ladder.rungs);
    let all = rungs.zip(&side.answers.ladder);
    all.map(|(one, answer)| (one.name.clone(), one.title.clone(), value(answer))).collect()
}

fn values(before: Vec<Named>, after: Vec<Named>, lacking: &'static str) -> Vec<ValueChange> {
    let mut after: Vec<Option<Named>> = after.into_iter().map(Some).collect();
    let mut changes = Vec::new();
    for (name, title, value) in before {
        let found = after.iter_mut().find(|it| it.as_ref().is_some_and(|it| it.0 == name));
        let now = found.and_then(Option::take);
        let title = now.as_ref().map_or(title, |now| now.1.clone());
        let (before, after) = (Some(value), now.map(|it| it.2));
        changes.push(ValueChange { name, title, before, after, lacking });
    }
    changes.extend(after.into_iter().flatten().map(|(name, title, value)| ValueChange {
        name,
        title,
        before: None,
        after: Some(value),
        lacking,
    }));
    changes
}

/// The nodes of one side that the other does not have.
fn nodes(side: &SideReport<'_>, other: &SideReport<'_>, second: bool) -> Vec<NodeChange> {
    let other: BTreeSet<&str> =
        other.answers.reactions.graph.node_weights().map(|node| node.id.as_str()).collect();
    let own = side.answers.reactions.graph.node_weights();
    own.filter(|node| !other.contains(node.id.as_str()))
        .map(|node| {
            let (before, after) =
                if second { (0.0, node.probability) } else { (node.probability, 0.0) };
            change(side, node, before, after)
        })
        .collect()
}

fn change(side: &SideReport<'_>, node: &Node, before: f64, after: f64) -> NodeChange {
    NodeChange { id: node.id.clone(), label: labels::node(side.model, &node.kind), before, after }
}

fn shared(left: &SideReport<'_>, right: &SideReport<'_>) -> Vec<NodeChange> {
    let after: std::collections::BTreeMap<&str, f64> = (right.answers.reactions.graph)
        .node_weights()
        .map(|node| (node.id.as_str(), node.probability))
        .collect();
    let before = left.answers.reactions.graph.node_weights();
    before
        .filter_map(|node| {
            let now = *after.get(node.id.as_str())?;
            let changed = (now - node.probability).abs() > NOISE;
            changed.then(|| change(left, node, node.probability, now))
        })
        .collect()
}

fn edges(side: &SideReport<'_>) -> BTreeSet<String> {
    let graph = &side.answers.reactions.graph;
    let one = |edge: petgraph::graph::EdgeReference<'_, crate::analysis::Edge>| {
        let (from, to) = (&graph[edge.source()].id, &graph[edge.target()].id);
        let alternative = edge.weight().alternative.as_ref();
        let alternative = alternative.map(|it| format!(" ({it})")).unwrap_or_default();
        format!("{from} -> {to} by {}{alternative}", by_name(side.model, &edge.weight().by))
    };
    graph.edge_references().map(one).collect()
}

fn expectations(left: &SideReport<'_>, right: &SideReport<'_>) -> Vec<ExpectationChange> {
    let told = |side: &SideReport<'_>| -> Vec<(String, Holds)> {
        let text = |one: &Expectation| match &one.title {
            Some(title) => format!("{title}: {}", one.text),
            None => one.text.clone(),
        };
        let answer = |answer: &ExpectationAnswer| (answer.holds, answer.actual);
        let all = side.model.expectations.iter().zip(&side.answers.expectations);
        all.map(|(one, found)| (text(one), answer(found))).collect()
    };
    let mut after: Vec<Option<(String, Holds)>> = told(right).into_iter().map(Some).collect();
    let mut changes = Vec::new();
    for (text, before) in told(left) {
        let found = after.iter_mut().find(|it| it.as_ref().is_some_and(|it| it.0 == text));
        let now = found.and_then(Option::take).map(|it| it.1);
        let moved = |one: Option<f64>, other: Option<f64>| match (one, other) {
            (Some(one), Some(other)) => (one - other).abs() > NOISE,
            (one, other) => one.is_some() != other.is_some(),
        };
        if now.is_none_or(|now| now.0 != before.0 || moved(now.1, before.1)) {
            changes.push(ExpectationChange { text, before: Some(before), after: now });
        }
    }
    changes.extend(after.into_iter().flatten().map(|(text, now)| ExpectationChange {
        text,
        before: None,
        after: Some(now),
    }));
    changes
}
