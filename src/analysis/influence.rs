//! What can influence what, read off the scenario without running it.

use crate::model::{Cond, DeclId, Effect, Event, Expr, Model, OutcomeId, VarId};
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{BTreeMap, BTreeSet};

/// Something that influences, or is influenced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Factor {
    /// What the author scripts: an index into the model's injects.
    Inject(usize),
    /// A rule or decision; with `for each` one factor for all choices of members.
    Declaration(DeclId),
    /// An actor doing an action.
    Event(Event),
    /// A variable.
    Variable(VarId),
    /// The level on the ladder.
    Level,
    /// An outcome.
    Outcome(OutcomeId),
}

/// How one factor influences another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Influence {
    /// The second looks at the first.
    IsReadBy,
    /// The first makes the second happen, or changes it.
    Writes,
}

/// Which factors a scenario has and which of them influence which, before anything runs: an edge says
/// what may happen by the text, not that it ever does.
#[derive(Clone, Debug, Default)]
pub struct InfluenceGraph {
    /// Nodes and edges in the order of [`Factor`] and [`Influence`].
    pub graph: DiGraph<Factor, Influence>,
}

impl InfluenceGraph {
    /// The graph of a scenario. Variables that nothing reads or writes are not in it.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        let mut links = Links { model, all: BTreeSet::new(), factors: BTreeSet::new() };
        links.injects();
        links.rules();
        links.events();
        links.outcomes();
        links.graph()
    }
}

struct Links<'a> {
    model: &'a Model,
    all: BTreeSet<(Factor, Factor, Influence)>,
    factors: BTreeSet<Factor>,
}

impl Links<'_> {
    fn injects(&mut self) {
        for (index, inject) in self.model.injects.iter().enumerate() {
            self.writes(Factor::Inject(index), &inject.effects);
        }
    }

    fn rules(&mut self) {
        for rule in &self.model.rules {
            let factor = Factor::Declaration(rule.declaration);
            self.factors.insert(factor);
            self.reads(factor, &rule.condition);
            if let Some(guard) = &rule.guard {
                self.reads(factor, guard);
            }
            for alternative in &rule.alternatives {
                self.writes(factor, &alternative.branch.effects);
            }
            self.writes(factor, &rule.otherwise.effects);
        }
    }

    fn events(&mut self) {
        for body in &self.model.events {
            let factor = Factor::Event(body.event);
            self.writes(factor, &body.effects);
            if self.model.actions[body.event.action.index()].rung.is_some() {
                self.link(factor, Factor::Level, Influence::Writes);
            }
        }
    }

    fn outcomes(&mut self) {
        for (index, outcome) in self.model.outcomes.iter().enumerate() {
            let factor = Factor::Outcome(OutcomeId::new(index));
            self.factors.insert(factor);
            if let Some(condition) = &outcome.condition {
                self.reads(factor, condition);
            }
        }
    }

    fn reads(&mut self, reader: Factor, condition: &Cond) {
        let model = self.model;
        condition.patterns(&mut |pattern, _| {
            for body in model.events.iter().filter(|body| pattern.matches(&body.event)) {
                self.link(Factor::Event(body.event), reader, Influence::IsReadBy);
            }
        });
        condition.leaves(&mut |leaf| match leaf {
            Expr::Var(variable) => {
                self.link(Factor::Variable(*variable), reader, Influence::IsReadBy);
            }
            Expr::Level | Expr::Peak => self.link(Factor::Level, reader, Influence::IsReadBy),
            Expr::Const(_) | Expr::Turn | Expr::Binary(..) => {}
        });
    }

    fn writes(&mut self, writer: Factor, effects: &[Effect]) {
        for effect in effects {
            let written = match *effect {
                Effect::Event(event) => Factor::Event(event),
                Effect::Assign(variable, _) | Effect::Step(variable, _) => {
                    Factor::Variable(variable)
                }
            };
            self.link(writer, written, Influence::Writes);
        }
    }

    fn link(&mut self, from: Factor, to: Factor, influence: Influence) {
        self.factors.insert(from);
        self.factors.insert(to);
        self.all.insert((from, to, influence));
    }

    fn graph(self) -> InfluenceGraph {
        let mut graph = DiGraph::new();
        let nodes: BTreeMap<Factor, NodeIndex> =
            self.factors.iter().map(|&factor| (factor, graph.add_node(factor))).collect();
        for (from, to, influence) in self.all {
            if let (Some(&from), Some(&to)) = (nodes.get(&from), nodes.get(&to)) {
                graph.add_edge(from, to, influence);
            }
        }
        InfluenceGraph { graph }
    }
}
