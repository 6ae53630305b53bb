//! Without a horizon: what the engine answers lies between what the naive evaluator finds where
//! storylines that go on past a horizon count as failing, and where they count as succeeding.

use super::{TOLERANCE, id};
use crate::naive::chance::Freedom;
use crate::naive::expectations::outcome_question;
use crate::naive::fraction::double;
use crate::naive::graph::{Graph, Trouble};
use crate::naive::has_reached;
use crate::naive::history::tell;
use crate::naive::values::{Question, bounds, estimated};
use escalade::analysis::{Answers, Interval};
use escalade::model::{Model, OutcomeId};

/// Everything that does not lie between, in words.
pub fn differences(
    model: &Model,
    answers: &Answers,
    horizon: u32,
    limit: usize,
) -> Result<Vec<String>, Trouble> {
    let graph = Graph::explore(model, horizon, limit)?;
    let told = tell(&graph, limit)?;
    let mut check = Check { graph: &graph, found: Vec::new() };
    for (index, outcome) in answers.outcomes.iter().enumerate() {
        let name = &model.outcomes[index].name;
        let question = || outcome_question(model, OutcomeId::new(index));
        check.estimate(name, outcome.estimate, &question);
        for (freedom, interval) in [
            (Freedom::Likelihoods, outcome.likelihoods),
            (Freedom::Decisions, outcome.decisions),
            (Freedom::Both, outcome.both),
        ] {
            check.bounds(&format!("{name}, {freedom:?}"), interval, freedom, &question);
        }
    }
    for (rung, answer) in answers.ladder.iter().enumerate() {
        let rung = i32::try_from(rung).unwrap();
        let question = || Question::reach(move |situation| has_reached(model, situation, rung));
        check.estimate(&format!("rung {rung}"), answer.estimate, &question);
        check.bounds(&format!("rung {rung}"), answer.bounds, Freedom::Both, &question);
    }
    let reactions = &answers.reactions;
    for (node, first) in &told.first {
        let name = id(model, node);
        let Some(index) = reactions.find(&name) else {
            check.found.push(format!("{name}: the node is missing"));
            continue;
        };
        let answer = &reactions.graph[index];
        check.estimate(&name, answer.probability, &|| Question::happens(*node));
        check.bounds(&name, answer.bounds, Freedom::Both, &|| Question::happens(*node));
        let times = double(&told.expected[node]);
        if answer.expected < times - TOLERANCE {
            check.found.push(format!("{name}, expected: {} is below {times}", answer.expected));
        }
        if first.keys().next() != Some(&answer.earliest_turn) {
            check.found.push(format!("{name}, earliest turn: {}", answer.earliest_turn));
        }
    }
    let found = check.found.into_iter();
    Ok(found.map(|text| format!("up to turn {horizon}, {text}")).collect())
}

struct Check<'g, 'm> {
    graph: &'g Graph<'m>,
    found: Vec<String>,
}

impl Check<'_, '_> {
    fn estimate<'q>(&mut self, what: &str, engine: f64, question: &dyn Fn() -> Question<'q>) {
        let [low, high] =
            [false, true].map(|cut| double(&estimated(self.graph, &question().cut(cut))));
        self.between(&format!("{what}, estimate"), engine, low, high);
    }

    fn bounds<'q>(
        &mut self,
        what: &str,
        engine: Option<Interval>,
        freedom: Freedom,
        question: &dyn Fn() -> Question<'q>,
    ) {
        let [fails, succeeds] =
            [false, true].map(|cut| bounds(self.graph, &question().cut(cut), freedom));
        match engine {
            Some(Interval { low, high }) => {
                self.between(&format!("{what}, low"), low, fails.0, succeeds.0);
                self.between(&format!("{what}, high"), high, fails.1, succeeds.1);
            }
            None => self.found.push(format!("{what}: no bounds")),
        }
    }

    fn between(&mut self, what: &str, engine: f64, low: f64, high: f64) {
        // Without a horizon the engine promises 1e-8.
        if !(low - 10.0 * TOLERANCE..=high + 10.0 * TOLERANCE).contains(&engine) {
            self.found.push(format!("{what}: {engine} is not in {low}..{high}"));
        }
    }
}
