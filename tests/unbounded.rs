//! Scenarios without a horizon whose answers were found by hand.
//!
//! Each file under `tests/cases/unbounded` and `slow` has lines `//= outcome NAME: ...` and `//= node ID: ...`
//! with what is known: `estimate`, `likelihoods`, `decisions`, `both`, `mean`; for nodes
//! `probability`, `bounds`, `expected`, `earliest`, `mean`; and `//= edge ID -> ID: expected ...`,
//! of all edges between the two together. Numbers are written as fractions, bounds
//! as `LOW..HIGH`. Every expectation holds, but for those with `// fails` behind them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod loading;

use escalade::analysis::{self, Answers, Interval, Node, OutcomeAnswer};
use escalade::model::Model;
use std::path::Path;

/// What is promised without a horizon.
const TOLERANCE: f64 = 1e-8;

#[test]
fn answers_found_by_hand() {
    all_are_right("unbounded");
}

/// Storylines that stay for hundreds of thousands of turns.
#[test]
fn answers_where_storylines_stay_long() {
    all_are_right("slow");
}

fn all_are_right(folder: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(folder);
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut wrong = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let name = file.file_name().unwrap().display();
        wrong.extend(check(&text).into_iter().map(|it| format!("{name}: {it}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn check(text: &str) -> Vec<String> {
    let model = match loading::model(text) {
        Ok(model) => model,
        Err(message) => return vec![message],
    };
    let answers = analysis::evaluate(&model, None, &analysis::Options::default()).unwrap();
    let mut wrong = Vec::new();
    for line in text.lines().filter_map(|line| line.strip_prefix("//= ")) {
        let (what, known) = line.split_once(':').unwrap();
        for fact in known.split(',') {
            let (key, value) = fact.trim().split_once(' ').unwrap();
            if let Err(found) = compare(&model, &answers, what, key, value) {
                wrong.push(format!("{what}, {key} is {found}, but should be {value}"));
            }
        }
    }
    wrong.extend(expectations(text, &model, &answers));
    wrong
}

fn expectations(text: &str, model: &Model, answers: &Answers) -> Vec<String> {
    let stated = text.lines().filter(|line| line.starts_with("expect "));
    let known: Vec<bool> = stated.map(|line| !line.ends_with("// fails")).collect();
    assert_eq!(known.len(), answers.expectations.len());
    let pairs = known.into_iter().zip(&answers.expectations).zip(&model.expectations);
    pairs
        .filter(|((known, answer), _)| *known != answer.holds)
        .map(|((_, answer), declared)| format!("expect {}: {}", declared.text, answer.holds))
        .collect()
}

/// The value that was found, where it is not the known one.
fn compare(
    model: &Model,
    answers: &Answers,
    what: &str,
    key: &str,
    value: &str,
) -> Result<(), String> {
    let answer = match what.split_once(' ').unwrap() {
        ("outcome", name) => {
            let index = model.outcomes.iter().position(|outcome| outcome.name == name).unwrap();
            outcome_value(&answers.outcomes[index], key)
        }
        ("node", id) => match answers.reactions.find(id) {
            Some(index) => node_value(&answers.reactions.graph[index], key),
            None => return Err("missing".to_owned()),
        },
        ("edge", ends) => {
            assert_eq!(key, "expected");
            let find = |id| answers.reactions.find(id).ok_or(format!("no {id}"));
            let (from, to) = ends.split_once(" -> ").unwrap();
            let edges = answers.reactions.graph.edges_connecting(find(from)?, find(to)?);
            point(Some(edges.map(|edge| edge.weight().expected).sum()))
        }
        _ => panic!("{what}"),
    };
    let (low, high) = value.split_once("..").unwrap_or((value, value));
    let same = |found: f64, known: f64| {
        found == known || (found - known).abs() <= TOLERANCE * known.abs().max(1.0)
    };
    let right = answer.is_some_and(|it| same(it.low, number(low)) && same(it.high, number(high)));
    if right { Ok(()) } else { Err(format!("{answer:?}")) }
}

fn outcome_value(answer: &OutcomeAnswer, key: &str) -> Option<Interval> {
    match key {
        "estimate" => point(Some(answer.estimate)),
        "likelihoods" => answer.likelihoods,
        "decisions" => answer.decisions,
        "both" => answer.both,
        "mean" => point(answer.mean_turn),
        _ => panic!("{key}"),
    }
}

fn node_value(node: &Node, key: &str) -> Option<Interval> {
    match key {
        "probability" => point(Some(node.probability)),
        "bounds" => node.bounds,
        "expected" => point(Some(node.expected)),
        "earliest" => point(Some(f64::from(node.earliest_turn))),
        "mean" => point(node.mean_turn),
        _ => panic!("{key}"),
    }
}

fn point(value: Option<f64>) -> Option<Interval> {
    value.map(|value| Interval { low: value, high: value })
}

fn number(text: &str) -> f64 {
    match text.split_once('/') {
        Some((above, below)) => above.parse::<f64>().unwrap() / below.parse::<f64>().unwrap(),
        None => text.parse().unwrap(),
    }
}
