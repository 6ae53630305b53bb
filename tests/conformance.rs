//! Scenarios whose answers are known: the engine and the naive evaluator both give these.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod agreement;
mod loading;
mod naive;

use agreement::TOLERANCE;
use escalade::analysis::{self, Answers, Interval, NodeKind};
use escalade::model::Model;
use naive::Results;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// How many combinations of draws the naive evaluator may have to look at.
const LIMIT: usize = 10_000_000;

#[test]
fn named_cases() {
    check_all("named");
}

#[test]
fn random_cases() {
    check_all("random");
}

fn check_all(folder: &str) {
    let mut wrong = Vec::new();
    for file in files(folder) {
        for (who, text) in check(&file) {
            wrong.push(format!("{}, {who}: {text}", file.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance").join(folder);
    let entries = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|it| it == "esc")).collect();
    files.sort();
    assert!(!files.is_empty(), "no cases in {}", folder.display());
    files
}

/// What differs from the known answers, and in whose.
fn check(file: &Path) -> Vec<(&'static str, String)> {
    let known: Value =
        serde_json::from_str(&std::fs::read_to_string(file.with_extension("json")).unwrap())
            .unwrap();
    let model = loading::model(&std::fs::read_to_string(file).unwrap()).unwrap();
    let answers = analysis::evaluate(&model, None, &analysis::Options::default()).unwrap();
    let results = naive::evaluate(&model, model.horizon.unwrap(), LIMIT).unwrap();
    let naive = told_by_naive(&model, &results);
    let engine = told_by_engine(&model, &answers);
    let differences = agreement::differences(&model, &answers, &results);
    let mut wrong: Vec<_> =
        differences.into_iter().map(|it| ("engine against naive", it)).collect();
    for (who, found) in [("naive", naive), ("engine", engine)] {
        for path in ["outcomes", "events", "rungs"] {
            compare(path, &known[path], &found[path], &mut |text| wrong.push((who, text)));
        }
    }
    wrong
}

/// Compares two trees of numbers.
fn compare(path: &str, known: &Value, found: &Value, wrong: &mut impl FnMut(String)) {
    match (known, found) {
        (Value::Number(known), Value::Number(found)) => {
            let (known, found) = (known.as_f64().unwrap(), found.as_f64().unwrap());
            if (known - found).abs() > TOLERANCE {
                wrong(format!("{path} is {found}, but should be {known}"));
            }
        }
        (Value::Array(known), Value::Array(found)) if known.len() == found.len() => {
            for (index, (known, found)) in known.iter().zip(found).enumerate() {
                compare(&format!("{path}[{index}]"), known, found, wrong);
            }
        }
        (Value::Object(known), Value::Object(found)) => {
            for (key, known) in known {
                let path = format!("{path}, {key}");
                match found.get(key) {
                    Some(found) => compare(&path, known, found, wrong),
                    None => wrong(format!("{path} is missing")),
                }
            }
            for key in found.keys().filter(|key| !known.contains_key(*key)) {
                wrong(format!("{path}, {key} should not be there"));
            }
        }
        _ => wrong(format!("{path} is {found}, but should be {known}")),
    }
}

fn told_by_naive(model: &Model, results: &Results) -> Value {
    let outcomes = model.outcomes.iter().zip(&results.outcomes).map(|(declared, it)| {
        (declared.name.clone(), outcome(it.estimate, it.likelihoods, it.decisions, it.both))
    });
    let events = results.nodes.iter().filter(|(node, _)| matches!(node, NodeKind::Event(_)));
    let events = events.map(|(node, it)| (agreement::id(model, node), json!(it.probability)));
    let rungs = model.ladder.iter().flat_map(|ladder| &ladder.rungs).zip(&results.rungs);
    let rungs = rungs.map(|(rung, it)| (rung.name.clone(), json!(it.estimate)));
    report(outcomes, events, rungs)
}

fn told_by_engine(model: &Model, answers: &Answers) -> Value {
    let pair = |interval: Option<Interval>| interval.map(|it| (it.low, it.high)).unwrap();
    let outcomes = model.outcomes.iter().zip(&answers.outcomes).map(|(declared, it)| {
        let (likelihoods, decisions) = (pair(it.likelihoods), pair(it.decisions));
        (declared.name.clone(), outcome(it.estimate, likelihoods, decisions, pair(it.both)))
    });
    let events = answers.reactions.graph.node_weights();
    let events = events.filter(|node| matches!(node.kind, NodeKind::Event(_)));
    let events = events.map(|node| (node.id.clone(), json!(node.probability)));
    let rungs = model.ladder.iter().flat_map(|ladder| &ladder.rungs).zip(&answers.ladder);
    let rungs = rungs.map(|(rung, it)| (rung.name.clone(), json!(it.estimate)));
    report(outcomes, events, rungs)
}

fn outcome(
    estimate: f64,
    likelihoods: (f64, f64),
    decisions: (f64, f64),
    both: (f64, f64),
) -> Value {
    let bounds = json!({ "likelihoods": likelihoods, "decisions": decisions, "both": both });
    json!({ "estimate": estimate, "bounds": bounds })
}

fn report(
    outcomes: impl Iterator<Item = (String, Value)>,
    events: impl Iterator<Item = (String, Value)>,
    rungs: impl Iterator<Item = (String, Value)>,
) -> Value {
    let object = |entries: Vec<(String, Value)>| Value::Object(entries.into_iter().collect());
    json!({
        "outcomes": object(outcomes.collect()),
        "events": object(events.collect()),
        "rungs": object(rungs.collect()),
    })
}
