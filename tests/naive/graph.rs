//! All situations that can be reached, by turn.

use super::chance::possible_choices;
use super::given::Given;
use super::situation::Situation;
use super::turn::{Conflict, Drawn, advance, begin};
use escalade::analysis::NodeKind;
use escalade::model::{Delay, Expr, Model};
use std::collections::{BTreeMap, BTreeSet};

/// All situations of a scenario up to its horizon.
#[derive(Debug)]
pub struct Graph<'m> {
    /// The scenario.
    pub model: &'m Model,
    /// What each rule can draw, with the part of the alternative's probability that it has.
    pub draws: Vec<Vec<(Drawn, i64)>>,
    /// What happened in turn 0.
    pub first: BTreeSet<NodeKind>,
    /// The situations of each turn, from 0 to the horizon.
    pub turns: Vec<Vec<Point>>,
    /// What has been seen, if anything has.
    pub given: Option<Given>,
}

/// A situation with all that can follow.
#[derive(Debug)]
pub struct Point {
    /// The situation.
    pub situation: Situation,
    /// The rules that have their chance.
    pub chances: Vec<usize>,
    /// Whether nothing can follow: an ending holds, or nothing can ever happen again.
    pub over: bool,
    /// One step for each combination of what these rules draw, the last rule's draws changing
    /// fastest. Empty where the storyline ends.
    pub steps: Vec<Step>,
}

/// One turn.
#[derive(Debug)]
pub struct Step {
    /// Where it leads: the index in the next turn.
    pub next: usize,
    /// What happens in it.
    pub nodes: BTreeSet<NodeKind>,
}

/// Why there is no graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Some storyline leads to a conflict of assignments.
    Conflict(Conflict),
    /// There are more combinations than was allowed.
    TooLarge,
}

impl<'m> Graph<'m> {
    /// Explores the scenario up to situation `horizon`, with at most `limit` combinations of draws.
    pub fn explore(model: &'m Model, horizon: u32, limit: usize) -> Result<Self, Trouble> {
        let draws: Vec<_> = (0..model.rules.len()).map(|rule| draws(model, rule)).collect();
        let beginning = begin(model).map_err(Trouble::Conflict)?;
        let mut graph =
            Self { model, draws, first: beginning.nodes, turns: Vec::new(), given: None };
        let mut situations = vec![beginning.situation];
        let mut combinations = 0;
        for turn in 0..=horizon {
            let mut places = BTreeMap::new();
            let mut points = Vec::new();
            for situation in situations {
                let ended = situation.ended(model);
                let last = turn == horizon || ended;
                let over = ended || last && settled(model, &situation);
                let chances = if last { Vec::new() } else { situation.chances(model) };
                let mut point = Point { situation, chances, over, steps: Vec::new() };
                if !last {
                    let size: usize =
                        point.chances.iter().map(|&rule| graph.draws[rule].len()).product();
                    combinations += size;
                    if combinations > limit {
                        return Err(Trouble::TooLarge);
                    }
                    for draws in graph.combinations(&point.chances) {
                        let arrived =
                            advance(model, &point.situation, &draws).map_err(Trouble::Conflict)?;
                        let fresh = places.len();
                        let next = *places.entry(arrived.situation).or_insert(fresh);
                        point.steps.push(Step { next, nodes: arrived.nodes });
                    }
                }
                points.push(point);
            }
            graph.turns.push(points);
            let mut sorted: Vec<_> = places.into_iter().collect();
            sorted.sort_by_key(|(_, place)| *place);
            situations = sorted.into_iter().map(|(situation, _)| situation).collect();
        }
        if !model.observations.is_empty() {
            graph.given = Some(Given::new(&graph));
        }
        Ok(graph)
    }

    /// Whether what has been seen leaves a situation, given by its turn and place.
    pub fn is_left(&self, turn: usize, place: usize) -> bool {
        self.given.as_ref().is_none_or(|given| given.possible[turn][place])
    }

    /// Every combination of what these rules can draw, the last rule's draws changing fastest.
    pub fn combinations(&self, chances: &[usize]) -> Vec<Vec<Drawn>> {
        let mut all = vec![Vec::new()];
        for &rule in chances {
            all = all
                .iter()
                .flat_map(|begun| {
                    self.draws[rule].iter().map(move |(drawn, _)| {
                        let mut longer: Vec<Drawn> = begun.clone();
                        longer.push(*drawn);
                        longer
                    })
                })
                .collect();
        }
        all
    }
}

/// Whether it is plain that nothing can ever happen again: nothing does, the next situation is the
/// same, and no time is awaited. Where it is not plain, storylines cut here are open.
fn settled(model: &Model, situation: &Situation) -> bool {
    let quiet = |situation: &Situation| {
        let now = Situation { turn: 0, ..situation.clone() };
        let awaited = model.injects.iter().any(|inject| inject.turn > situation.turn);
        let still = situation.chances(model).is_empty() && situation.under_way.is_empty();
        (still && !awaited && !reads_turn(model)).then_some(now)
    };
    let now = quiet(situation);
    now.is_some() && now == quiet(&advance(model, situation, &[]).unwrap().situation)
}

fn reads_turn(model: &Model) -> bool {
    let rules = model.rules.iter().flat_map(|rule| rule.guard.iter().chain([&rule.condition]));
    let outcomes = model.outcomes.iter().filter_map(|outcome| outcome.condition.as_ref());
    let mut found = false;
    for condition in rules.chain(outcomes) {
        condition.leaves(&mut |leaf| found |= *leaf == Expr::Turn);
    }
    found
}

/// What the rule can draw, and in how many equal parts its delay splits the alternative.
fn draws(model: &Model, rule: usize) -> Vec<(Drawn, i64)> {
    let mut all = Vec::new();
    for choice in possible_choices(&model.rules[rule]) {
        match choice.branch(&model.rules[rule]).delay {
            Delay::After(delay) => all.push((Drawn { rule, choice, delay }, 1)),
            Delay::Within(longest) => {
                all.extend(
                    (1..=longest).map(|delay| (Drawn { rule, choice, delay }, longest.into())),
                );
            }
        }
    }
    all
}
