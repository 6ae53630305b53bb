//! What an evaluation answers, as plain data.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::running::IMPOSSIBLE;
use crate::model::{ActionId, DeclId, Event, OutcomeId, VarId};
use petgraph::graph::{DiGraph, NodeIndex};

/// Everything that is known about one reading of a scenario.
#[derive(Clone, Debug)]
pub struct Answers {
    /// The index of the reading in the model; `None` is the scenario as written (baseline).
    pub reading: Option<usize>,
    /// How the numbers were found.
    pub method: Method,
    /// How many situations there are.
    pub situations: usize,
    /// How many transitions there are between them.
    pub transitions: usize,
    /// How far the outcomes' estimates may be from the true values, rounding apart: 0 with a
    /// horizon.
    pub error: f64,
    /// Whether bounds may be wider than need be: not all that may be chosen together could be looked at.
    pub wider: bool,
    /// What is known of what has been seen, where something has been: all else is given that.
    pub observation: Option<ObservationAnswer>,
    /// One for each outcome of the model, in its order.
    pub outcomes: Vec<OutcomeAnswer>,
    /// One for each rung of the ladder, in its order; empty without a ladder.
    pub ladder: Vec<RungAnswer>,
    /// The reaction graph.
    pub reactions: ReactionGraph,
    /// The most probable storylines to each outcome, outcomes in their order, the most probable first.
    pub storylines: Vec<Storyline>,
    /// One for each expectation of the model, in its order.
    pub expectations: Vec<ExpectationAnswer>,
    /// Rules and decisions that have their chance in no reachable situation.
    pub unused: Vec<DeclId>,
}

/// Up to so many turns are told, whether anything changes in them or not.
const TURNS_TOLD: usize = 100;

impl Answers {
    /// How many turns, from 0 on, tell when rungs are reached: all up to the horizon, but of many only
    /// as far as something changes. None without a ladder or a horizon.
    #[must_use]
    pub fn turns_told(&self, horizon: Option<u32>) -> usize {
        let longest = self.ladder.iter().map(|rung| rung.by_turn.len()).max().unwrap_or(0);
        let all = horizon.map_or(0, |horizon| horizon as usize + 1);
        if longest == 0 { 0 } else { all.min(longest.max(TURNS_TOLD)) }
    }
}

/// How the numbers were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// All situations were explored.
    Exact,
    /// Storylines were drawn: this many, with this seed.
    Simulated {
        /// How many.
        runs: u64,
        /// The seed.
        seed: u64,
    },
}

/// How likely it was that it comes to what has been seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ObservationAnswer {
    /// The estimated probability of everything that has been seen together; above 0.
    pub probability: f64,
    /// Its natural logarithm, at most 0; finite, however unlikely it was.
    pub log_probability: f64,
    /// Its bounds over likelihoods and decisions; `None` when simulated.
    pub bounds: Option<Interval>,
    /// When simulated: in how many of the storylines that were drawn it came about. Only these count.
    pub fitting: Option<u64>,
}

/// The lowest and the highest value, each 0..=1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lowest.
    pub low: f64,
    /// The highest.
    pub high: f64,
}

impl Interval {
    /// Where a probability lies with a confidence of 95%, of which so many of `runs` were `hits`: the
    /// exact interval of Clopper and Pearson (1934).
    #[must_use]
    pub fn of_runs(hits: u64, runs: u64) -> Self {
        let (hits_f, runs_f) = (hits as f64, runs as f64);
        let quantile = |a: f64, b: f64, p: f64| statrs::function::beta::inv_beta_reg(a, b, p);
        Self {
            low: if hits == 0 { 0.0 } else { quantile(hits_f, runs_f - hits_f + 1.0, 0.025) },
            high: if hits >= runs { 1.0 } else { quantile(hits_f + 1.0, runs_f - hits_f, 0.975) },
        }
    }
}

/// What is known about an outcome.
#[derive(Clone, Debug)]
pub struct OutcomeAnswer {
    /// The probability that it is reached, ranges at their estimates, decisions by the baseline policy.
    pub estimate: f64,
    /// Its bounds over likelihoods; `None` when simulated (also below).
    pub likelihoods: Option<Interval>,
    /// Its bounds over decisions.
    pub decisions: Option<Interval>,
    /// Its bounds over both.
    pub both: Option<Interval>,
    /// The mean turn in which it is first reached, given that it is; `None` where it never is, and
    /// for `otherwise`.
    pub mean_turn: Option<f64>,
    /// For each turn from 0: the estimated probability that it has been reached by then, up to where
    /// nothing changes any more. Empty without a horizon and for `otherwise`.
    pub by_turn: Vec<f64>,
    /// The 95% interval of a simulated estimate.
    pub confidence: Option<Interval>,
}

/// What is known about a rung.
#[derive(Clone, Debug)]
pub struct RungAnswer {
    /// The probability that the level ever reaches it.
    pub estimate: f64,
    /// Its bounds over likelihoods and decisions.
    pub bounds: Option<Interval>,
    /// For each turn from 0: the estimated probability that the level has reached it by then, up to
    /// where nothing changes any more. Empty without a horizon.
    pub by_turn: Vec<f64>,
    /// The 95% interval of a simulated estimate.
    pub confidence: Option<Interval>,
}

/// The reaction graph: what can happen, and what it follows from.
#[derive(Clone, Debug, Default)]
pub struct ReactionGraph {
    /// Nodes by earliest turn, then id; edges by from, to, by, alternative.
    pub graph: DiGraph<Node, Edge>,
}

impl ReactionGraph {
    /// The node of this id.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<NodeIndex> {
        self.graph.node_indices().find(|&index| self.graph[index].id == id)
    }
}

/// Something that can happen.
#[derive(Clone, Debug)]
pub struct Node {
    /// `start`, `ACTOR does ACTION`, `ACTOR does ACTION against TARGET`, `VARIABLE becomes VALUE`,
    /// `VARIABLE raised`, `VARIABLE lowered`, `outcome NAME`.
    pub id: String,
    /// What it is.
    pub kind: NodeKind,
    /// The estimated probability that it ever happens.
    pub probability: f64,
    /// The bounds over likelihoods and decisions.
    pub bounds: Option<Interval>,
    /// The expected number of times; infinite where it happens for ever.
    pub expected: f64,
    /// The first turn in which it can happen.
    pub earliest_turn: u32,
    /// The mean turn of its first time, given that it happens; `None` where its estimate is 0.
    pub mean_turn: Option<f64>,
    /// The 95% interval of a simulated estimate.
    pub confidence: Option<Interval>,
}

/// The kinds of nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NodeKind {
    /// Where every storyline begins.
    Start,
    /// An event.
    Event(Event),
    /// A change of a variable.
    Change(VarId, VariableChange),
    /// An outcome is reached.
    Outcome(OutcomeId),
}

/// How a variable changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum VariableChange {
    /// It gets this value.
    Becomes(i32),
    /// It goes up.
    Raised,
    /// It goes down.
    Lowered,
}

/// That one thing follows from another.
#[derive(Clone, Debug)]
pub struct Edge {
    /// What connects them.
    pub by: By,
    /// The number of the alternative from 1, `else`, or the option's name; `None` where there is only one.
    pub alternative: Option<String>,
    /// The expected number of times that it is taken; infinite where for ever.
    pub expected: f64,
}

/// What connects a cause and its effect.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum By {
    /// A rule or decision.
    Declaration(DeclId),
    /// An inject, or a dated position: the index in the model's injects.
    Inject(usize),
    /// The body of the action.
    Action(ActionId),
    /// The condition of the outcome.
    Outcome(OutcomeId),
}

/// A path through the situations.
#[derive(Clone, Debug)]
pub struct Storyline {
    /// The outcome that it leads to; `None` for one that breaks an expectation.
    pub outcome: Option<OutcomeId>,
    /// Its probability, by the estimates.
    pub probability: f64,
    /// What happens in it; turns in which nothing happens are left out.
    pub steps: Vec<Step>,
}

/// What happens in one turn of a storyline.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Step {
    /// The turn.
    pub turn: u32,
    /// What happens, as ids of nodes, sorted.
    pub nodes: Vec<String>,
}

/// Whether an expectation holds.
#[derive(Clone, Debug)]
pub struct ExpectationAnswer {
    /// Whether it holds.
    pub holds: bool,
    /// The value that was compared, for `P`, `Pmin` and `Pmax`.
    pub actual: Option<f64>,
    /// A storyline that breaks it, where it fails and there is one.
    pub storyline: Option<Storyline>,
    /// Of what it speaks of, the first that never happens, where it holds: an index of its subjects.
    pub never: Option<usize>,
}

/// Why an evaluation gave no answers.
#[derive(Clone, Debug)]
pub enum Failure {
    /// The scenario has errors that show only while it runs: conflicting assignments.
    Scenario(Vec<Diagnostic>),
    /// A limit was reached: what it is and what to do.
    Limit(Box<Diagnostic>),
    /// It was stopped by whoever watched it.
    Stopped,
}

impl Answers {
    /// What is known where nothing could be evaluated: nothing.
    #[must_use]
    pub fn none() -> Self {
        Self {
            reading: None,
            method: Method::Exact,
            situations: 0,
            transitions: 0,
            error: 0.0,
            wider: false,
            observation: None,
            outcomes: Vec::new(),
            ladder: Vec::new(),
            reactions: ReactionGraph::default(),
            storylines: Vec::new(),
            expectations: Vec::new(),
            unused: Vec::new(),
        }
    }
}

/// A part of what was asked for that there are no answers for.
#[derive(Clone, Debug)]
pub struct Unanswered {
    /// The index of the reading in the model; `None` is the scenario as written.
    pub reading: Option<usize>,
    /// Why.
    pub failure: Failure,
}

impl Failure {
    /// What is said about it.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        match self {
            Self::Scenario(told) => told,
            Self::Limit(told) => std::slice::from_ref(told),
            Self::Stopped => &[],
        }
    }

    /// The same, which says of which reading it is so.
    #[must_use]
    pub fn in_reading(self, name: &str) -> Self {
        self.within(&format!("the reading `{name}`"))
    }

    /// The same, which says of which part of what was asked for it is so.
    #[must_use]
    pub fn within(self, part: &str) -> Self {
        let within = |mut one: Diagnostic| {
            one.message = format!("in {part}, {}", one.message);
            one
        };
        match self {
            Self::Scenario(told) => Self::Scenario(told.into_iter().map(within).collect()),
            Self::Limit(told) => Self::Limit(Box::new(within(*told))),
            Self::Stopped => Self::Stopped,
        }
    }

    /// Whether nothing is wrong but that it cannot come to what was observed.
    #[must_use]
    pub fn is_unobservable(&self) -> bool {
        match self {
            Self::Scenario(told) => told.iter().all(|one| one.code == IMPOSSIBLE),
            Self::Limit(_) | Self::Stopped => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Interval;

    #[test]
    fn the_interval_is_that_of_the_tables() {
        let found = Interval::of_runs(10, 100);
        assert!((found.low - 0.049_005).abs() < 1e-5, "{found:?}");
        assert!((found.high - 0.176_223).abs() < 1e-5, "{found:?}");
        assert!(Interval::of_runs(0, 50).low == 0.0 && Interval::of_runs(50, 50).high == 1.0);
    }
}
