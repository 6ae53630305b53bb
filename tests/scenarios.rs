//! The shipped scenarios: without doubts, their expectations hold, their reports are as reviewed.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

use assert_cmd::Command;

const SHIPPED: [&str; 4] =
    ["western-troops", "july-crisis-1914", "cuban-missiles-1962", "tariff-spiral"];

/// What the command writes, which must succeed without a word to standard error.
fn escalade(arguments: &[&str]) -> String {
    let output = Command::new(assert_cmd::cargo::cargo_bin!("escalade"))
        .args(arguments)
        .args(["--width", "80"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && said.is_empty(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn nothing_is_doubtful() {
    for name in SHIPPED {
        escalade(&["check", "--deny", "warnings", &format!("scenarios/{name}.esc")]);
    }
}

/// Also against the snapshots that lie beside the scenarios.
#[test]
fn expectations_hold() {
    insta::assert_snapshot!(escalade(&["test", "scenarios"]));
}

#[test]
fn every_scenario_is_shipped_and_told_in_a_page_of_facts() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in std::fs::read_dir(root.join("scenarios")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "esc") {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            assert!(SHIPPED.contains(&name.as_str()), "{name} is not tested");
            assert!(root.join(format!("seeds/{name}.md")).exists(), "{name} has no page of facts");
            assert!(
                root.join(format!("scenarios/{name}.esc.snap")).exists(),
                "{name}: no snapshot"
            );
        }
    }
}

#[test]
fn reports_are_as_reviewed() {
    for name in SHIPPED {
        let file = format!("scenarios/{name}.esc");
        insta::assert_snapshot!(format!("{name}_report"), escalade(&["run", &file]));
    }
}

#[test]
fn reaction_graphs_are_as_reviewed() {
    for name in SHIPPED {
        let file = format!("scenarios/{name}.esc");
        let graph = escalade(&["graph", &file, "--view", "reactions", "--format", "mermaid"]);
        insta::assert_snapshot!(format!("{name}_reactions"), graph);
    }
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    for options in [["--method", "exact"], ["--method", "simulate"]] {
        let run = |threads: &str| {
            let file = "scenarios/july-crisis-1914.esc";
            let mut arguments = vec!["run", file, "--format", "json", "--runs", "3000"];
            arguments.extend(options);
            arguments.extend(["--threads", threads]);
            escalade(&arguments)
        };
        assert_eq!(run("1"), run("3"));
    }
}

/// Estimates lie in the 99.9% interval (about 3.3 standard deviations) of 20,000 drawn storylines.
#[test]
fn simulation_agrees_with_the_exact_values() {
    let results = |options: &[&str]| -> Vec<(String, f64)> {
        let mut arguments = vec!["run", "scenarios/july-crisis-1914.esc", "--format", "json"];
        arguments.extend(options);
        let json: serde_json::Value = serde_json::from_str(&escalade(&arguments)).unwrap();
        let result = &json["results"][0];
        let list = |key: &str, name: &str, value: &str| -> Vec<(String, f64)> {
            let all = result[key].as_array().or(result["reactions"][key].as_array()).unwrap();
            all.iter()
                .map(|one| (one[name].as_str().unwrap().to_owned(), one[value].as_f64().unwrap()))
                .collect()
        };
        let mut all = list("outcomes", "name", "estimate");
        all.extend(list("ladder", "rung", "estimate"));
        all.extend(list("nodes", "id", "probability"));
        all
    };
    let exact = results(&[]);
    let drawn = results(&["--method", "simulate", "--runs", "20000", "--seed", "7"]);
    for (name, value) in &exact {
        let found = drawn.iter().find(|(other, _)| other == name).map_or(0.0, |(_, value)| *value);
        let deviation = (value * (1.0 - value) / 20_000.0).sqrt();
        assert!((found - value).abs() <= 4.0 * deviation + 1e-4, "{name}: {found}, not {value}");
    }
}
