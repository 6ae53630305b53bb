//! Answers are the same whether situations that make no difference are folded or not.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod loading;
#[path = "folding/written.rs"]
mod written;

use escalade::analysis::{self, Answers, Interval, Options};
use escalade::engine::{Kept, Program, Symmetry};
use escalade::model::Model;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[test]
fn conformance_cases() {
    let mut files = files("tests/conformance/named");
    files.extend(self::files("tests/conformance/random"));
    files.iter().for_each(|file| check(&model(file)));
}

#[test]
fn symmetric_scenarios() {
    for (name, order) in [("everyone", 24), ("pairs", 4), ("ring", 10)] {
        let model = model(&root().join(format!("tests/cases/symmetry/{name}.esc")));
        let symmetry =
            Symmetry::find(&model, &Program::new(&model, Kept::Written), &|_, _| 0).expect(name);
        assert_eq!(symmetry.order(), order, "{name}");
        check(&model);
        check(&Model { horizon: None, ..model });
    }
}

#[test]
fn symmetry_is_only_seen_where_it_is() {
    let base = std::fs::read_to_string(root().join("tests/cases/symmetry/everyone.esc")).unwrap();
    let order = |text: &str| {
        let model = loading::model(text).unwrap();
        Symmetry::find(&model, &Program::new(&model, Kept::Written), &|_, _| 0)
            .map_or(1, |symmetry| symmetry.order())
    };
    let broken = |more: &str| order(&format!("{base}\n{more}"));
    assert_eq!(broken("inject turn 2 { a does talk }"), 6);
    assert_eq!(broken("outcome first when a has done talk"), 6);
    assert_eq!(broken("expect never a.armed and b.mood = furious"), 2);
    assert_eq!(broken("rule r { on a does talk  then 10% { b does talk } }"), 2);
    assert_eq!(order(&base.replace("actor d", "actor d\nissue i\nposition c on i: supports")), 24);
    assert_eq!(
        broken(
            "issue i\nposition c on i: supports\nrule r for each p in everyone { while p on i >= supports then 10% { p does talk } }"
        ),
        6
    );
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join(folder)).unwrap().map(|it| it.unwrap().path());
    let mut files: Vec<_> =
        entries.filter(|it| it.extension().is_some_and(|it| it == "esc")).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

fn model(file: &Path) -> Model {
    loading::model(&std::fs::read_to_string(file).unwrap()).unwrap()
}

fn check(model: &Model) {
    let evaluate = |folded| {
        let options =
            Options { folded, storylines: 0, max_situations: 60_000, ..Options::default() };
        analysis::evaluate(model, None, &options)
    };
    let Ok(whole) = evaluate(false) else { return };
    let folded = evaluate(true).unwrap();
    assert!(folded.situations <= whole.situations);
    let (whole, folded) = (numbers(model, &whole), numbers(model, &folded));
    let names = |all: &BTreeMap<String, f64>| all.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&whole), names(&folded), "{}", model.title);
    for (name, one) in &whole {
        let other = folded[name];
        let near = (one - other).abs() <= 1e-9 * one.abs().max(1.0) || one == &other;
        assert!(near, "{}, {name}: {one} and folded {other}", model.title);
    }
}

/// Every number of the answers by a name.
fn numbers(model: &Model, answers: &Answers) -> BTreeMap<String, f64> {
    let mut all = BTreeMap::new();
    let mut put = |name: String, value: f64| {
        all.insert(name, value);
    };
    let mut interval = |name: &str, interval: Option<Interval>| {
        let interval = interval.unwrap();
        put(format!("{name} low"), interval.low);
        put(format!("{name} high"), interval.high);
    };
    for (outcome, answer) in model.outcomes.iter().zip(&answers.outcomes) {
        interval(&format!("{} likelihoods", outcome.name), answer.likelihoods);
        interval(&format!("{} decisions", outcome.name), answer.decisions);
        interval(&format!("{} both", outcome.name), answer.both);
    }
    for (at, rung) in answers.ladder.iter().enumerate() {
        interval(&format!("rung {at}"), rung.bounds);
    }
    let graph = &answers.reactions.graph;
    for node in graph.node_weights() {
        interval(&node.id, node.bounds);
    }
    for (outcome, answer) in model.outcomes.iter().zip(&answers.outcomes) {
        put(outcome.name.clone(), answer.estimate);
        put(format!("{} mean", outcome.name), answer.mean_turn.unwrap_or(-1.0));
    }
    for (at, rung) in answers.ladder.iter().enumerate() {
        put(format!("rung {at}"), rung.estimate);
    }
    for node in graph.node_weights() {
        put(node.id.clone(), node.probability);
        put(format!("{} expected", node.id), node.expected);
        put(format!("{} earliest", node.id), f64::from(node.earliest_turn));
        put(format!("{} mean", node.id), node.mean_turn.unwrap_or(-1.0));
    }
    for edge in graph.edge_indices() {
        let (from, to) = graph.edge_endpoints(edge).unwrap();
        let by = analysis::by_name(model, &graph[edge].by);
        let name =
            format!("{} > {} by {by} {:?}", graph[from].id, graph[to].id, graph[edge].alternative);
        put(name, graph[edge].expected);
    }
    for (at, expectation) in answers.expectations.iter().enumerate() {
        put(format!("expectation {at}"), f64::from(u8::from(expectation.holds)));
        put(format!("expectation {at} actual"), expectation.actual.unwrap_or(-1.0));
    }
    all
}
