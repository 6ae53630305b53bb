//! Simulation: one run on its own, what is remembered, how near it comes, and what Ctrl-C leaves.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod loading;

use escalade::analysis::{self, Answers, Options, Progress, Simulation};
use escalade::model::Model;
use std::path::{Path, PathBuf};

fn simulate(model: &Model, simulation: Simulation, max_memory: usize) -> Answers {
    let simulate = Some(simulation);
    let options = Options { simulate, storylines: 1, max_memory, ..Options::default() };
    analysis::evaluate(model, None, &options).unwrap()
}

fn whole() -> Model {
    loading::model(loading::WHOLE).unwrap()
}

fn conformance() -> Vec<(PathBuf, Model)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
    let mut all = Vec::new();
    for kind in ["named", "random"] {
        for entry in std::fs::read_dir(folder.join(kind)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|it| it == "esc") {
                let model = loading::model(&std::fs::read_to_string(&path).unwrap()).unwrap();
                all.push((path, model));
            }
        }
    }
    assert!(all.len() > 50);
    all
}

#[test]
fn runs_alone_add_up_to_the_whole() {
    let count = 200;
    for model in [whole(), symmetric()] {
        let all = simulate(&model, Simulation { runs: count, seed: 7, only: None }, usize::MAX);
        let mut reached = vec![0.0; all.outcomes.len()];
        for run in 0..count {
            let only = Simulation { runs: 1, seed: 7, only: Some(run) };
            let alone = simulate(&model, only, usize::MAX);
            assert_eq!(alone.storylines.len(), 1);
            for (sum, outcome) in reached.iter_mut().zip(&alone.outcomes) {
                assert!(outcome.estimate == 0.0 || outcome.estimate == 1.0);
                *sum += outcome.estimate;
            }
        }
        for (sum, outcome) in reached.iter().zip(&all.outcomes) {
            assert!((sum / count as f64 - outcome.estimate).abs() < 1e-12);
        }
    }
}

fn symmetric() -> Model {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/symmetry/everyone.esc");
    loading::model(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// With no room at all every turn is drawn from the rules; with a little, some are.
#[test]
fn what_is_remembered_changes_nothing() {
    let models = conformance().into_iter().map(|(_, model)| model).chain([whole(), symmetric()]);
    for model in models.filter(|model| model.horizon.is_some()) {
        let simulation = Simulation { runs: 1_500, seed: 3, only: None };
        let told = |room| format!("{:?}", simulate(&model, simulation, room));
        let (all, little, none) = (told(usize::MAX), told(4_000), told(0));
        assert!(all == none, "{}", model.title);
        assert!(all == little, "{}", model.title);
    }
}

/// More things than fit into one word may have been the last that happened: all that did are causes.
#[test]
fn one_thing_follows_from_many() {
    let mut text = "scenario \"Crowd\" { horizon 3 turns }\nmeter heat: 0..1 = 0\n".to_owned();
    for at in 0..150 {
        text += &format!("actor a{at}\nmeter m{at}: 0..1 = 0\n");
        text += &format!("rule r{at} {{ while m{at} = 0  then 50% {{ raise m{at} }} }}\n");
    }
    let any: Vec<String> = (0..150).map(|at| format!("m{at} = 1")).collect();
    text += &format!("rule last {{ when {}  then {{ raise heat }} }}\n", any.join(" or "));
    text += "ending hot when heat = 1\n";
    let runs = 4_000;
    let simulation = Simulation { runs, seed: 1, only: None };
    let drawn = simulate(&loading::model(&text).unwrap(), simulation, usize::MAX);
    let graph = &drawn.reactions.graph;
    let to = drawn.reactions.find("heat raised").unwrap();
    for at in 0..150 {
        let from = drawn.reactions.find(&format!("m{at} raised")).unwrap();
        let share = graph[graph.find_edge(from, to).unwrap()].expected;
        assert!((share - 0.5).abs() < 5.0 * (0.25 / runs as f64).sqrt(), "{at}: {share}");
    }
}

/// Five standard errors, for about two hundred numbers: the chance of a false alarm is 1 in 10,000.
#[test]
fn estimates_are_near_the_exact_values() {
    let runs = 20_000;
    let near = |one: f64, other: f64| {
        (one - other).abs() < 5.0 * (other * (1.0 - other) / runs as f64).sqrt() + 1e-9
    };
    let mut compared = 0;
    for (path, model) in conformance() {
        let exact = analysis::evaluate(&model, None, &Options::default()).unwrap();
        let drawn = simulate(&model, Simulation { runs, seed: 5, only: None }, usize::MAX);
        for (drawn, exact) in drawn.outcomes.iter().zip(&exact.outcomes) {
            let (one, other) = (drawn.estimate, exact.estimate);
            assert!(near(one, other), "{}: {one} {other}", path.display());
            compared += 1;
        }
        for node in exact.reactions.graph.node_weights() {
            let found = drawn.reactions.find(&node.id);
            let one = found.map_or(0.0, |at| drawn.reactions.graph[at].probability);
            let other = node.probability;
            assert!(near(one, other), "{}: {}: {one} {other}", path.display(), node.id);
        }
    }
    assert!(compared > 100);
}

#[test]
fn progress_tells_how_many_came_to_an_outcome() {
    let progress = Progress::default();
    assert_eq!(progress.drawn(), None);
    progress.begin_runs(1000, vec!["war".to_owned()]);
    progress.add_runs(vec![60, 4]);
    progress.add_runs(vec![40, 6]);
    let drawn = progress.drawn().unwrap();
    assert_eq!((drawn.wanted, drawn.drawn), (1000, 100));
    let (name, hits) = &drawn.outcomes[0];
    assert_eq!((&**name, *hits), ("war", 10));
}

#[test]
fn a_simulation_that_is_stopped_answers_from_what_was_drawn() {
    let progress = Progress::default();
    progress.stop();
    let simulate = Some(Simulation { runs: 1_000_000, seed: 0, only: None });
    let options = Options { simulate, progress, ..Options::default() };
    let answers = analysis::evaluate(&whole(), None, &options).unwrap();
    assert!(matches!(answers.method, analysis::Method::Simulated { runs: 0, seed: 0 }));
}

/// Ctrl-C in the middle: the report of what was drawn so far, whole, and status 130.
#[cfg(unix)]
#[test]
fn an_interrupted_simulation_reports_what_there_is() {
    use std::process::{Command, Stdio};
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.esc"), loading::WHOLE).unwrap();
    let child = Command::new(assert_cmd::cargo::cargo_bin!("escalade"))
        .args(["run", "a.esc", "--method", "simulate", "--runs", "10000000000"])
        .args(["--format", "json", "-o", "out.json"])
        .current_dir(folder.path())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_millis(1500));
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(130), "{said}");
    assert!(said.contains("interrupted after"), "{said}");
    let report = std::fs::read_to_string(folder.path().join("out.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let outcome = &report["results"][0]["outcomes"][0];
    assert!(outcome["estimate"].as_f64().unwrap() > 0.0, "{outcome}");
    assert!(outcome["confidence"].is_array());
}

/// The number of a draw hangs on the seed, the run, the turn and its rule's name: another rule, and
/// another order, leave every run as it was.
#[test]
fn other_rules_change_no_run() {
    let head = "scenario \"Runs\" { horizon 6 turns }\nactor south\nactor north\naction hit\naction look\nmeter heat: 0..3\n";
    let warms = "rule warms { while turn >= 0 then 40% { raise heat } or 30% { lower heat } }\n";
    let hits = "rule hits for each x in everyone { while heat >= 1 then 30% within 2 turns { x does hit } }\n";
    let decides = "decision dares by south { when heat >= 2 option yes_ { south does hit against north } option no_ }\n";
    let other = "rule looks for each x in everyone { while turn >= 1 then 50% { x does look } or 10% after 2 turns { x does look } }\n";
    let more = "actor east\n";
    let outcome = "outcome hot when heat = 3\n";
    let stories = |text: &str, max_memory: usize| -> Vec<Vec<(u32, Vec<String>)>> {
        let model = loading::model(text).unwrap();
        let story = |run: u64| {
            let only = Simulation { runs: 1, seed: 3, only: Some(run) };
            let found = simulate(&model, only, max_memory);
            let own = |id: &&String| !id.contains("look") && !id.contains("east");
            let steps = found.storylines[0].steps.iter();
            let steps = steps.map(|step| {
                (step.turn, step.nodes.iter().filter(own).cloned().collect::<Vec<_>>())
            });
            steps.filter(|step| !step.1.is_empty()).collect()
        };
        (0..40).map(story).collect()
    };
    let plain = stories(&[head, warms, hits, decides, outcome].concat(), usize::MAX);
    assert!(plain.iter().any(|story| *story != plain[0]));
    for text in [
        [head, outcome, decides, hits, warms].concat(),
        [head, other, warms, hits, decides, outcome].concat(),
        [head, warms, hits, other, decides, outcome, more].concat(),
    ] {
        assert!(stories(&text, usize::MAX) == plain, "{text}");
        assert!(stories(&text, 0) == plain, "{text}");
    }
    // Another name is another rule.
    let renamed = [head, &warms.replace("warms", "heats"), hits, decides, outcome].concat();
    assert!(stories(&renamed, usize::MAX) != plain);
    // Members and runs draw for themselves, and as often as they should.
    let model = loading::model(&[head, warms, hits, decides, outcome].concat()).unwrap();
    let all = simulate(&model, Simulation { runs: 50_000, seed: 3, only: None }, usize::MAX);
    let exact = analysis::evaluate(&model, None, &Options::default()).unwrap();
    for (index, node) in exact.reactions.graph.node_weights().enumerate() {
        let Some(found) = all.reactions.find(&node.id) else { panic!("{}", node.id) };
        let found = &all.reactions.graph[found];
        assert!((found.probability - node.probability).abs() < 0.01, "{index} {}", node.id);
        assert!((found.expected - node.expected).abs() < 0.03, "{index} {}", node.id);
    }
}
