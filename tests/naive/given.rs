//! What has been seen: results are those of the storylines in which it came about.
//!
//! Where the reference is silent: a storyline that has ended stays as it ended, and nothing happens
//! in it any more; what is seen of later turns is seen of that.

use super::chance::estimate;
use super::fraction::{Fraction, whole};
use super::graph::{Graph, Point};
use super::situation::Situation;
use super::values::spread;
use std::collections::BTreeSet;

/// What is known of each situation of each turn.
#[derive(Debug)]
pub struct Given {
    /// Whether what was seen of it and of later turns can come about from there.
    pub possible: Vec<Vec<bool>>,
    /// Whether it is what was seen of its turn (and of later ones, where the storyline ends).
    pub fits: Vec<Vec<bool>>,
    /// The estimated probability that what was seen of it and of later turns comes about from there.
    pub rest: Vec<Vec<Fraction>>,
}

impl Given {
    /// What the observations of the scenario leave of a graph.
    pub fn new(graph: &Graph<'_>) -> Self {
        let weights: Vec<Vec<Fraction>> = (0..graph.draws.len())
            .map(|rule| spread(graph, rule, &estimate(&graph.model.rules[rule])))
            .collect();
        let mut given = Self { possible: Vec::new(), fits: Vec::new(), rest: Vec::new() };
        for points in graph.turns.iter().rev() {
            let fits: Vec<bool> = points.iter().map(|point| fits(graph, point)).collect();
            let mut possible = Vec::new();
            let mut rest = Vec::new();
            for (point, fits) in points.iter().zip(&fits) {
                let (mut can, mut sum) = (point.steps.is_empty(), whole(0));
                if can {
                    sum = whole(1);
                }
                for (draws, step) in graph.combinations(&point.chances).iter().zip(&point.steps) {
                    let weight = draws.iter().fold(whole(1), |product, drawn| {
                        let index = graph.draws[drawn.rule].iter().position(|(it, _)| it == drawn);
                        product * &weights[drawn.rule][index.unwrap()]
                    });
                    can |= given.possible[given.possible.len() - 1][step.next];
                    sum += weight * &given.rest[given.rest.len() - 1][step.next];
                }
                possible.push(*fits && can);
                rest.push(if *fits { sum } else { whole(0) });
            }
            given.fits.push(fits);
            given.possible.push(possible);
            given.rest.push(rest);
        }
        given.fits.reverse();
        given.possible.reverse();
        given.rest.reverse();
        given
    }

    /// The estimated probability of everything that was seen.
    pub fn probability(&self) -> &Fraction {
        &self.rest[0][0]
    }
}

fn fits(graph: &Graph<'_>, point: &Point) -> bool {
    graph.model.observations.iter().all(|seen| {
        let now = point.situation.turn == seen.turn && point.situation.holds(&seen.condition);
        let stays = point.situation.turn < seen.turn && point.steps.is_empty() && {
            let still =
                Situation { turn: seen.turn, just: BTreeSet::new(), ..point.situation.clone() };
            still.holds(&seen.condition)
        };
        let earlier = point.situation.turn > seen.turn;
        let open = point.situation.turn < seen.turn && !point.steps.is_empty();
        now || stays || earlier || open
    })
}
