//! What rules that have their chance in the same turn can do together.

use super::automata::chosen;
use super::expression::Expression;
use super::parts::Contributor;
use super::settlement::Drawn;
use super::source::Source;
use super::writers::{Cause, Writers};
use crate::engine::program::RuleAction;

/// One combination of results, with its probability.
#[derive(Clone, Debug)]
pub struct Way {
    /// The probability.
    pub probability: f64,
    /// What comes out.
    pub causes: Vec<Cause>,
}

/// What can come out once everything that is left open has been chosen.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// What can come out.
    pub ways: Vec<Way>,
    /// What was chosen.
    pub meaning: Vec<String>,
}

/// Everything that these contributors can do together; none where that is more than `most` ways.
#[must_use]
pub fn choices(source: &Source<'_>, active: &[Contributor], most: usize) -> Option<Vec<Chosen>> {
    let nothing = Way { probability: 1.0, causes: Vec::new() };
    let mut choices = vec![Chosen { ways: vec![nothing], meaning: Vec::new() }];
    for contributor in active {
        let cause = match *contributor {
            Contributor::Given(cause) => cause,
            Contributor::Rule(rule) => match source.program.rules[rule as usize].action {
                RuleAction::Sure(_) => Cause::Sure(rule),
                RuleAction::Draw(draw) => {
                    choices = drawn(source, draw, &choices);
                    if choices.iter().map(|chosen| chosen.ways.len()).sum::<usize>() > most {
                        return None;
                    }
                    continue;
                }
            },
        };
        for way in choices.iter_mut().flat_map(|chosen| &mut chosen.ways) {
            way.causes.push(cause);
        }
    }
    Some(choices)
}

/// Every choice so far with every corner of one more draw.
fn drawn(source: &Source<'_>, draw: u32, choices: &[Chosen]) -> Vec<Chosen> {
    let corners = source.program.draws[draw as usize].corners(source.freedom);
    let with = |before: &Chosen, corner: &[f64]| {
        let mut chosen = Chosen { ways: Vec::new(), meaning: before.meaning.clone() };
        if corners.len() > 1 {
            chosen.meaning.push(self::chosen(source, draw as usize, corner));
        }
        for way in &before.ways {
            for (result, share) in corner.iter().enumerate().filter(|(_, share)| **share > 0.0) {
                let mut causes = way.causes.clone();
                causes.push(Cause::Result(draw, result as u32));
                chosen.ways.push(Way { probability: way.probability * share, causes });
            }
        }
        chosen
    };
    let each = |before| corners.iter().map(move |corner| with(before, corner));
    choices.iter().flat_map(each).collect()
}

/// What is drawn in one way: everything is known.
pub struct Together<'a> {
    /// What writes what.
    pub writers: &'a Writers,
    /// What comes out.
    pub causes: &'a [Cause],
    /// The rules that have their chance.
    pub chances: &'a [u32],
}

impl Drawn for Together<'_> {
    fn holds(&self, cause: Cause) -> Expression {
        Expression::Truth(self.causes.contains(&cause))
    }

    fn happens(&self, event: u32) -> Expression {
        let causes = &self.writers.events[event as usize];
        Expression::Truth(causes.iter().any(|cause| self.causes.contains(cause)))
    }

    fn has_chance(&self, rule: u32) -> Expression {
        Expression::Truth(self.chances.contains(&rule))
    }
}
