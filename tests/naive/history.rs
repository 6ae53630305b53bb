//! What follows from what: section 8 of the reference, on storylines with their history.
//!
//! A storyline is kept with the last turn in which each node happened and with the causes of what
//! is under way; storylines that agree in all of that are added up.

use super::chance::{Choice, estimate};
use super::fraction::{Fraction, whole};
use super::graph::{Graph, Trouble};
use super::turn::{Drawn, body};
use super::values::spread;
use escalade::analysis::{By, NodeKind, VariableChange};
use escalade::model::{Cond, Effect, Expr, Model, OutcomeId, Trigger};
use std::collections::{BTreeMap, BTreeSet};

/// An edge: cause, effect, what connects them, and the alternative's label.
pub type EdgeKey = (NodeKind, NodeKind, By, Option<String>);

/// What the storylines tell of nodes and edges, by the estimates.
#[derive(Debug, Default)]
pub struct Told {
    /// The expected number of times of each node that can happen.
    pub expected: BTreeMap<NodeKind, Fraction>,
    /// For each node that can happen: the turns in which it can happen for the first time, with
    /// the probability that it does.
    pub first: BTreeMap<NodeKind, BTreeMap<u32, Fraction>>,
    /// The expected number of times that each edge is taken.
    pub edges: BTreeMap<EdgeKey, Fraction>,
}

/// What of a storyline's past is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Past {
    last: BTreeMap<NodeKind, u32>,
    under_way: Vec<Pending>,
}

/// A draw that is yet to come, or comes in this turn.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Pending {
    due: u32,
    drawn_in: u32,
    rule: usize,
    choice: Choice,
    causes: BTreeSet<NodeKind>,
}

/// Follows all storylines, where that takes at most `limit` steps.
pub fn tell(graph: &Graph<'_>, limit: usize) -> Result<Told, Trouble> {
    let model = graph.model;
    let weights: Vec<Vec<Fraction>> = (0..model.rules.len())
        .map(|rule| spread(graph, rule, &estimate(&model.rules[rule])))
        .collect();
    let mut told = Told::default();
    let mut steps = 0;
    let mut past = Past::default();
    told.happen(model, 0, &graph.first, &mut past, &[], &whole(1));
    let mut now = BTreeMap::from([((0, past), whole(1))]);
    // A storyline counts as much as it is likely that it goes on to what was seen.
    let counts = |turn: usize, place: usize| match &graph.given {
        Some(given) => &given.rest[turn][place] / given.probability(),
        None => whole(1),
    };
    for (turn, points) in (0_u32..).zip(&graph.turns) {
        let mut later: BTreeMap<(usize, Past), Fraction> = BTreeMap::new();
        for ((place, past), probability) in now {
            let point = &points[place];
            steps += point.steps.len();
            if steps > limit {
                return Err(Trouble::TooLarge);
            }
            let causes: Vec<_> = point
                .chances
                .iter()
                .map(|&rule| trigger_causes(graph, rule, turn, place, &past))
                .collect();
            for (draws, step) in graph.combinations(&point.chances).iter().zip(&point.steps) {
                if !graph.is_left(turn as usize + 1, step.next) {
                    continue;
                }
                let weight = draws.iter().fold(probability.clone(), |product, drawn| {
                    let index = graph.draws[drawn.rule].iter().position(|(it, _)| it == drawn);
                    product * &weights[drawn.rule][index.unwrap()]
                });
                let mut past = past.clone();
                past.draw(turn, draws, &causes);
                let due = past.take_due(turn + 1);
                let counted = &weight * counts(turn as usize + 1, step.next);
                told.happen(model, turn + 1, &step.nodes, &mut past, &due, &counted);
                *later.entry((step.next, past)).or_insert_with(|| whole(0)) += weight;
            }
        }
        now = later;
    }
    Ok(told)
}

impl Told {
    /// Counts what happens in one turn of a storyline, and what it follows from.
    fn happen(
        &mut self,
        model: &Model,
        turn: u32,
        nodes: &BTreeSet<NodeKind>,
        past: &mut Past,
        due: &[Pending],
        weight: &Fraction,
    ) {
        for node in nodes {
            *self.expected.entry(*node).or_insert_with(|| whole(0)) += weight;
            if past.last.insert(*node, turn).is_none() {
                let first = self.first.entry(*node).or_default();
                *first.entry(turn).or_insert_with(|| whole(0)) += weight;
            }
        }
        let mut edge = |from: NodeKind, to: NodeKind, by: By, alternative: Option<String>| {
            *self.edges.entry((from, to, by, alternative)).or_insert_with(|| whole(0)) += weight;
        };
        for (index, inject) in model.injects.iter().enumerate().filter(|(_, it)| it.turn == turn) {
            for effect in targets(&inject.effects).intersection(nodes) {
                edge(NodeKind::Start, *effect, By::Inject(index), None);
            }
        }
        let mut settled = BTreeSet::new();
        for pending in due {
            let rule = &model.rules[pending.rule];
            let effects = &pending.choice.branch(rule).effects;
            let was_under_way = turn - pending.drawn_in > 1;
            let merges = was_under_way && !adds_up(effects);
            if merges && !settled.insert((pending.rule, pending.choice)) {
                continue;
            }
            for effect in targets(effects).intersection(nodes) {
                for cause in &pending.causes {
                    let by = By::Declaration(rule.declaration);
                    edge(*cause, *effect, by, label(model, pending.rule, pending.choice));
                }
            }
        }
        for node in nodes {
            if let NodeKind::Event(event) = node {
                for effect in targets(body(model, event)).intersection(nodes) {
                    edge(*node, *effect, By::Action(event.action), None);
                }
            }
            if let NodeKind::Outcome(outcome) = node {
                for cause in outcome_causes(model, *outcome, &past.last) {
                    edge(cause, *node, By::Outcome(*outcome), None);
                }
            }
        }
    }
}

impl Past {
    fn draw(&mut self, turn: u32, draws: &[Drawn], causes: &[BTreeSet<NodeKind>]) {
        for (drawn, causes) in draws.iter().zip(causes) {
            self.under_way.push(Pending {
                due: turn + drawn.delay,
                drawn_in: turn,
                rule: drawn.rule,
                choice: drawn.choice,
                causes: causes.clone(),
            });
        }
        self.under_way.sort();
    }

    /// Takes out what is due, the earlier drawn first.
    fn take_due(&mut self, turn: u32) -> Vec<Pending> {
        let (due, later) = self.under_way.drain(..).partition(|pending| pending.due == turn);
        self.under_way = later;
        due
    }
}

/// What an effect makes happen, if anything changes at all.
fn targets(effects: &[Effect]) -> BTreeSet<NodeKind> {
    let target = |effect: &Effect| match effect {
        Effect::Event(event) => NodeKind::Event(*event),
        Effect::Assign(variable, value) => {
            NodeKind::Change(*variable, VariableChange::Becomes(*value))
        }
        Effect::Step(variable, by) if *by >= 0 => {
            NodeKind::Change(*variable, VariableChange::Raised)
        }
        Effect::Step(variable, _) => NodeKind::Change(*variable, VariableChange::Lowered),
    };
    effects.iter().map(target).collect()
}

/// Whether being under way twice for one moment makes a difference.
fn adds_up(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::Step(..)))
}

/// What the alternative is called; nothing where there is only one.
fn label(model: &Model, rule: usize, choice: Choice) -> Option<String> {
    let declaration = &model.declarations[model.rules[rule].declaration.index()];
    match choice {
        Choice::Alternative(index) => declaration.alternatives[index].clone(),
        Choice::Else => Some("else".to_owned()),
    }
}

/// What a rule that draws in this situation reacts to.
fn trigger_causes(
    graph: &Graph<'_>,
    rule: usize,
    turn: u32,
    place: usize,
    past: &Past,
) -> BTreeSet<NodeKind> {
    let rule = &graph.model.rules[rule];
    match rule.trigger {
        Trigger::On => {
            let just = &graph.turns[turn as usize][place].situation.just;
            let matching = just.iter().filter(|event| {
                let mut matches = false;
                rule.condition.patterns(&mut |pattern, _| matches |= pattern.matches(event));
                matches
            });
            or_start(matching.copied().map(NodeKind::Event).collect())
        }
        Trigger::When | Trigger::While => last_causes(graph.model, &rule.condition, &past.last),
    }
}

fn outcome_causes(
    model: &Model,
    outcome: OutcomeId,
    last: &BTreeMap<NodeKind, u32>,
) -> BTreeSet<NodeKind> {
    let condition = model.outcomes[outcome.index()].condition.as_ref();
    condition.map_or_else(BTreeSet::new, |condition| last_causes(model, condition, last))
}

/// The nodes of the last turn that wrote something that the condition reads.
fn last_causes(
    model: &Model,
    condition: &Cond,
    last: &BTreeMap<NodeKind, u32>,
) -> BTreeSet<NodeKind> {
    let relevant = || last.iter().filter(|(node, _)| reads(model, condition, node));
    let turn = relevant().map(|(_, turn)| *turn).max();
    let latest = relevant().filter(|(_, it)| Some(**it) == turn);
    or_start(latest.map(|(node, _)| *node).collect())
}

/// Whether the condition reads what the node writes.
fn reads(model: &Model, condition: &Cond, node: &NodeKind) -> bool {
    let mut found = false;
    match node {
        NodeKind::Start | NodeKind::Outcome(_) => {}
        NodeKind::Event(event) => {
            condition.patterns(&mut |pattern, _| found |= pattern.matches(event));
            let climbs = model.actions[event.action.index()].rung.is_some();
            condition.leaves(&mut |leaf| {
                found |= climbs && matches!(leaf, Expr::Level | Expr::Peak);
            });
        }
        NodeKind::Change(variable, _) => {
            condition.leaves(&mut |leaf| found |= *leaf == Expr::Var(*variable));
        }
    }
    found
}

fn or_start(causes: BTreeSet<NodeKind>) -> BTreeSet<NodeKind> {
    if causes.is_empty() { BTreeSet::from([NodeKind::Start]) } else { causes }
}
