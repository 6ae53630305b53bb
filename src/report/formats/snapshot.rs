//! Snapshots: what lies beside a scenario as `NAME.esc.snap`, and how two of them differ.

use crate::analysis::{Answers, Interval, by_name};
use crate::model::Model;
use crate::report::clean::clean;
use petgraph::visit::EdgeRef;
use similar::TextDiff;
use std::fmt::Write as _;

/// The results of a scenario as text: outcomes, ladder, and the reaction graph, in the order of
/// the answers. Probabilities are rounded to four digits, turns and expected numbers to two.
#[must_use]
pub fn snapshot(model: &Model, answers: &Answers) -> String {
    let mut text = format!("escalade snapshot 1: {}\n", clean(&model.title));
    // Writing to a string cannot fail; so with every `write!` here.
    for seen in model.observations.iter().filter(|_| answers.observation.is_some()) {
        let _ = writeln!(text, "observed {}", clean(&seen.text));
    }
    outcomes(&mut text, model, answers);
    ladder(&mut text, model, answers);
    nodes(&mut text, answers);
    edges(&mut text, model, answers);
    text
}

/// What differs, as a unified diff without a head; empty where nothing does. Line ends do not count.
#[must_use]
pub fn difference(old: &str, new: &str) -> String {
    let old = old.replace("\r\n", "\n");
    TextDiff::from_lines(old.as_str(), new).unified_diff().context_radius(1).to_string()
}

fn outcomes(text: &mut String, model: &Model, answers: &Answers) {
    text.push_str("\noutcomes\n");
    for (outcome, answer) in model.outcomes.iter().zip(&answers.outcomes) {
        let estimate = probability(answer.estimate);
        let _ = write!(text, "  {}: {estimate}{}", outcome.name, bounds(answer.both));
        for (over, interval) in
            [("likelihoods", answer.likelihoods), ("decisions", answer.decisions)]
        {
            if interval.is_some() {
                let _ = write!(text, ", {over}{}", bounds(interval));
            }
        }
        text.push_str(&turn(answer.mean_turn));
        text.push('\n');
    }
}

fn ladder(text: &mut String, model: &Model, answers: &Answers) {
    let Some(ladder) = &model.ladder else { return };
    text.push_str("\nladder\n");
    for (rung, answer) in ladder.rungs.iter().zip(&answers.ladder) {
        let estimate = probability(answer.estimate);
        let _ = writeln!(text, "  {}: {estimate}{}", rung.name, bounds(answer.bounds));
    }
}

fn nodes(text: &mut String, answers: &Answers) {
    text.push_str("\nreactions\n");
    for node in answers.reactions.graph.node_weights() {
        let _ = writeln!(
            text,
            "  {}: {}{}, {} times, from turn {}{}",
            node.id,
            probability(node.probability),
            bounds(node.bounds),
            rounded(node.expected, 100.0, 2),
            node.earliest_turn,
            turn(node.mean_turn),
        );
    }
}

fn edges(text: &mut String, model: &Model, answers: &Answers) {
    text.push_str("\ncauses\n");
    let graph = &answers.reactions.graph;
    for edge in graph.edge_references() {
        let (from, to) = (&graph[edge.source()].id, &graph[edge.target()].id);
        let by = by_name(model, &edge.weight().by);
        let alternative = match &edge.weight().alternative {
            Some(alternative) => format!(" ({alternative})"),
            None => String::new(),
        };
        let expected = rounded(edge.weight().expected, 10_000.0, 4);
        let _ = writeln!(text, "  {from} -> {to} by {by}{alternative}: {expected}");
    }
}

fn bounds(interval: Option<Interval>) -> String {
    match interval {
        Some(interval) => {
            format!(" [{}..{}]", probability(interval.low), probability(interval.high))
        }
        None => String::new(),
    }
}

fn turn(mean: Option<f64>) -> String {
    mean.map(|turn| format!(", mean turn {}", rounded(turn, 100.0, 2))).unwrap_or_default()
}

fn probability(value: f64) -> String {
    rounded(value, 10_000.0, 4)
}

/// Rounds so that noise in the last digits changes nothing, also for values that lie on the edge
/// between two roundings: those always go up.
fn rounded(value: f64, scale: f64, digits: usize) -> String {
    if value.is_infinite() {
        return "infinite".to_owned();
    }
    let steps = (value * scale + 1e-4).round();
    format!("{:.digits$}", steps / scale)
}

#[cfg(test)]
mod tests {
    use super::{difference, probability};

    #[test]
    fn noise_on_an_edge_changes_nothing() {
        assert_eq!(probability(0.043_75 - 1e-13), "0.0438");
        assert_eq!(probability(0.043_75 + 1e-13), "0.0438");
        assert_eq!(probability(1.0), "1.0000");
        assert_eq!(probability(-0.0), "0.0000");
    }

    #[test]
    fn line_ends_do_not_count() {
        assert_eq!(difference("a\r\nb\r\n", "a\nb\n"), "");
        assert!(difference("a\nb\n", "a\nc\n").contains("-b\n+c\n"));
    }
}
