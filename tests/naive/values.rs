//! Probabilities, from the last turn back to the first.

use super::chance::{Choice, Distribution, Freedom, candidates, estimate};
use super::fraction::{Fraction, double, whole};
use super::given::Given;
use super::graph::{Graph, Point};
use super::situation::Situation;
use escalade::analysis::NodeKind;
use std::ops::{Add, Mul};

/// Says of a situation whether it settles a question, and how.
type Judge<'a> = Box<dyn Fn(&Situation) -> Option<bool> + 'a>;

/// Something that a storyline does or does not.
pub struct Question<'a> {
    /// Whether the situation settles it, and how.
    pub settled: Judge<'a>,
    /// It is settled with yes when this happens.
    pub node: Option<NodeKind>,
    /// What it is where the storyline ends unsettled.
    pub at_end: bool,
    /// What it is where the horizon cuts an unsettled storyline that would go on; `None`: as where it ends.
    pub at_cut: Option<bool>,
}

impl<'a> Question<'a> {
    /// Whether such a situation is ever reached.
    pub fn reach(reached: impl Fn(&Situation) -> bool + 'a) -> Self {
        Self {
            settled: Box::new(move |situation| reached(situation).then_some(true)),
            node: None,
            at_end: false,
            at_cut: None,
        }
    }

    /// Whether no such situation is ever reached.
    pub fn avoid(reached: impl Fn(&Situation) -> bool + 'a) -> Self {
        Self {
            settled: Box::new(move |situation| reached(situation).then_some(false)),
            node: None,
            at_end: true,
            at_cut: None,
        }
    }

    /// The same, with this answer where the horizon cuts a storyline that would go on.
    pub fn cut(mut self, at_cut: bool) -> Self {
        self.at_cut = Some(at_cut);
        self
    }

    /// Whether this ever happens.
    pub fn happens(node: NodeKind) -> Self {
        Self { settled: Box::new(|_| None), node: Some(node), at_end: false, at_cut: None }
    }
}

/// The estimated probability.
pub fn estimated(graph: &Graph<'_>, question: &Question<'_>) -> Fraction {
    let weights: Vec<Vec<Fraction>> = (0..graph.draws.len())
        .map(|rule| spread(graph, rule, &estimate(&graph.model.rules[rule])))
        .collect();
    let mean = |point: &Point, values| {
        let weights: Vec<_> =
            point.chances.iter().map(|&rule| vec![weights[rule].clone()]).collect();
        best(&weights, values, &|_, new| new)
    };
    match &graph.given {
        None => backward(graph, question, &whole(1), &whole(0), mean),
        Some(given) => {
            let both =
                given_backward(graph, given, question, [&whole(1), &whole(0)], &whole(0), mean);
            both / given.probability()
        }
    }
}

/// The lowest and the highest probability that this freedom allows, by trying every vertex of the
/// product of what the rules may do in every situation.
pub fn bounds(graph: &Graph<'_>, question: &Question<'_>, freedom: Freedom) -> (f64, f64) {
    let corners: Vec<Vec<Vec<f64>>> = (0..graph.draws.len())
        .map(|rule| {
            let corners = candidates(&graph.model.rules[rule], freedom);
            let spread = corners.iter().map(|corner| spread(graph, rule, corner));
            spread.map(|corner| corner.iter().map(double).collect()).collect()
        })
        .collect();
    let seen = |keep: fn(f64, f64) -> f64, ratio: f64| {
        let values = [&(1.0 - ratio), &-ratio];
        let given = graph.given.as_ref().unwrap();
        given_backward(graph, given, question, values, &0.0, |point, values: Vec<f64>| {
            let corners: Vec<_> = point.chances.iter().map(|&rule| corners[rule].clone()).collect();
            best(&corners, values, &keep)
        })
    };
    if graph.given.is_some() {
        return (
            bisect(|ratio| seen(f64::min, ratio) < -TINY),
            1.0 - bisect(|rest| seen(f64::max, 1.0 - rest) > TINY),
        );
    }
    let extreme = |keep: fn(f64, f64) -> f64| {
        backward(graph, question, &1.0, &0.0, |point, values: Vec<f64>| {
            let corners: Vec<_> = point.chances.iter().map(|&rule| corners[rule].clone()).collect();
            best(&corners, values, &keep)
        })
    };
    (extreme(f64::min), extreme(f64::max))
}

/// The greatest (or least) value of P(asked) - `ratio` P(seen) that this freedom allows, exactly: its sign
/// says on which side of the bound the ratio lies. Without observations P(seen) is 1.
pub fn beyond(
    graph: &Graph<'_>,
    question: &Question<'_>,
    freedom: Freedom,
    greatest: bool,
    ratio: &Fraction,
) -> Fraction {
    let corners: Vec<Vec<Vec<Fraction>>> = (0..graph.draws.len())
        .map(|rule| {
            let corners = candidates(&graph.model.rules[rule], freedom);
            corners.iter().map(|corner| spread(graph, rule, corner)).collect()
        })
        .collect();
    let keep = |one: Fraction, other: Fraction| {
        if (one > other) == greatest { one } else { other }
    };
    let value = |point: &Point, values| {
        let corners: Vec<_> = point.chances.iter().map(|&rule| corners[rule].clone()).collect();
        best(&corners, values, &keep)
    };
    let (yes, no) = (whole(1) - ratio, -ratio.clone());
    match &graph.given {
        None => backward(graph, question, &yes, &no, value),
        Some(given) => given_backward(graph, given, question, [&yes, &no], &whole(0), value),
    }
}

/// What rounding makes of nothing.
const TINY: f64 = 1e-16;

/// The least number from 0 to 1 above which something holds.
fn bisect(holds: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..45 {
        let middle = (low + high) / 2.0;
        if holds(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    if holds(0.0) { 0.0 } else { (low + high) / 2.0 }
}

/// The value of storylines in which what was seen comes about, by whether they do what is asked or
/// not; the others are worth nothing.
fn given_backward<N: Clone>(
    graph: &Graph<'_>,
    given: &Given,
    question: &Question<'_>,
    [yes, no]: [&N; 2],
    nothing: &N,
    value: impl Fn(&Point, Vec<N>) -> N,
) -> N {
    let happens = |nodes: &std::collections::BTreeSet<NodeKind>| {
        question.node.as_ref().is_some_and(|node| nodes.contains(node))
    };
    // For each situation its value where the question is open, is settled with yes, with no.
    let mut later: Vec<[N; 3]> = Vec::new();
    for (points, fits) in graph.turns.iter().zip(&given.fits).rev() {
        let one = |(point, fits): (&Point, &bool)| {
            if !fits {
                return [nothing.clone(), nothing.clone(), nothing.clone()];
            }
            let settled = (question.settled)(&point.situation);
            let state = |so: usize| {
                let so = match settled {
                    Some(settled) if so == 0 => {
                        if settled {
                            1
                        } else {
                            2
                        }
                    }
                    _ => so,
                };
                if point.steps.is_empty() {
                    let yes_here = so == 1 || so == 0 && question.at_end;
                    return if yes_here { yes.clone() } else { no.clone() };
                }
                let behind = |step: &crate::naive::graph::Step| {
                    let so = if so == 0 && happens(&step.nodes) { 1 } else { so };
                    later[step.next][so].clone()
                };
                value(point, point.steps.iter().map(behind).collect())
            };
            [state(0), state(1), state(2)]
        };
        later = points.iter().zip(fits).map(one).collect();
    }
    later[0][usize::from(happens(&graph.first))].clone()
}

/// The probability of each of the rule's draws.
pub fn spread(graph: &Graph<'_>, rule: usize, distribution: &Distribution) -> Vec<Fraction> {
    let draws = graph.draws[rule].iter();
    draws.map(|(drawn, parts)| part(distribution, drawn.choice) / whole(*parts)).collect()
}

fn part(distribution: &Distribution, choice: Choice) -> &Fraction {
    match choice {
        Choice::Alternative(index) => &distribution[index],
        Choice::Else => &distribution[distribution.len() - 1],
    }
}

fn backward<N: Clone>(
    graph: &Graph<'_>,
    question: &Question<'_>,
    yes: &N,
    no: &N,
    value: impl Fn(&Point, Vec<N>) -> N,
) -> N {
    let answer = |settled: bool| if settled { yes.clone() } else { no.clone() };
    let happens = |nodes: &std::collections::BTreeSet<NodeKind>| {
        question.node.as_ref().is_some_and(|node| nodes.contains(node))
    };
    let mut later: Vec<N> = Vec::new();
    for points in graph.turns.iter().rev() {
        later = points
            .iter()
            .map(|point| match (question.settled)(&point.situation) {
                Some(settled) => answer(settled),
                None if point.steps.is_empty() => answer(match question.at_cut {
                    Some(at_cut) if !point.over => at_cut,
                    _ => question.at_end,
                }),
                None => {
                    let steps = point.steps.iter();
                    let values = steps.map(|step| {
                        if happens(&step.nodes) { yes.clone() } else { later[step.next].clone() }
                    });
                    value(point, values.collect())
                }
            })
            .collect();
    }
    if happens(&graph.first) { yes.clone() } else { later[0].clone() }
}

/// The value kept of all that the candidates give, one candidate taken for each rule; `values`
/// has one for each combination of draws, the last rule's changing fastest.
fn best<N: Clone + Add<Output = N> + Mul<Output = N>>(
    candidates: &[Vec<Vec<N>>],
    values: Vec<N>,
    keep: &impl Fn(N, N) -> N,
) -> N {
    let Some((first, rest)) = candidates.split_first() else { return values[0].clone() };
    let each = first.iter().map(|weights| best(rest, mixed(weights, &values), keep));
    each.reduce(keep).unwrap()
}

/// The mean over the draws of the first rule.
fn mixed<N: Clone + Add<Output = N> + Mul<Output = N>>(weights: &[N], values: &[N]) -> Vec<N> {
    let width = values.len() / weights.len();
    let at =
        |draw: usize, index: usize| weights[draw].clone() * values[draw * width + index].clone();
    (0..width)
        .map(|index| (0..weights.len()).map(|draw| at(draw, index)).reduce(Add::add).unwrap())
        .collect()
}
