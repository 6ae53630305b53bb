//! Drawings and charts: well-formed, readable, and without anything of the scenario that is run.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod loading;

use assert_cmd::Command;
use escalade::analysis::{self, Answers};
use escalade::model::Model;
use escalade::report::drawing::{self, charts, svg};
use roxmltree::{Document, Node};
use std::path::Path;

const SMALL: &str = r#"
scenario "A border incident" { horizon 6 turns }
actor north "North"
actor south "South"
ladder "Steps" {
  rung words "Words"
  rung fire  "Fire"
  start at words
}
action shell   "Shell the border post" at fire
action protest "Protest at the United Nations" at words
inject turn 0 { north does shell }
rule south_answers { on north does shell  then unlikely { south does shell }  or likely { south does protest } }
rule north_again   { on south does shell  then roughly_even within 2 turns { north does shell } }
outcome exchange "Fire goes both ways" when south has done shell
outcome quiet    "It stays at that"    otherwise
"#;

/// A scenario at a short horizon, so that its graph is soon there.
fn evaluated(text: &str, horizon: Option<u32>) -> (Model, Answers) {
    let mut model = loading::model(text).unwrap();
    model.horizon = match (model.horizon, horizon) {
        (Some(own), Some(most)) => Some(own.min(most)),
        (own, _) => own,
    };
    let answers = analysis::evaluate(&model, None, &analysis::Options::default()).unwrap();
    (model, answers)
}

fn files(folder: &str) -> Vec<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> =
        entries.filter(|path| path.extension().is_some_and(|it| it == "esc")).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

fn classes<'a>(node: Node<'a, '_>) -> Vec<&'a str> {
    node.attribute("class").map(|it| it.split(' ').collect()).unwrap_or_default()
}

/// What every picture must be: its name and description come first, and nothing in it is run, looks
/// elsewhere, or needs more than the one style sheet.
fn check(text: &str) {
    let document = Document::parse(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    let names: Vec<&str> =
        root.children().filter(Node::is_element).map(|it| it.tag_name().name()).collect();
    assert_eq!(names[..3], ["title", "desc", "style"]);
    assert!(root.children().any(|it| it.text() == Some(svg::sheet().as_str())));
    for node in document.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        let known = ["svg", "title", "desc", "style", "g", "path", "rect", "text"];
        assert!(known.contains(&name), "<{name}>");
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(!name.starts_with("on") && !["style", "href", "id"].contains(&name), "{name}");
            assert!(!value.contains("NaN"), "{name}=\"{value}\"");
            assert!(name.starts_with("data-") || !value.contains("inf"), "{name}=\"{value}\"");
        }
    }
}

/// The labels of edges: none on another, and each as wide as its text at least.
fn check_labels(text: &str) -> usize {
    let document = Document::parse(text).unwrap();
    let number = |node: Node<'_, '_>, name: &str| -> f64 {
        node.attribute(name).and_then(|it| it.parse().ok()).unwrap_or_default()
    };
    let labels: Vec<[f64; 4]> = (document.descendants())
        .filter(|it| it.has_tag_name(("http://www.w3.org/2000/svg", "rect")))
        .filter(|it| it.parent().is_some_and(|it| classes(it).contains(&"edge")))
        .map(|it| [number(it, "x"), number(it, "y"), number(it, "width"), number(it, "height")])
        .collect();
    for (at, one) in labels.iter().enumerate() {
        for other in &labels[..at] {
            let apart = |axis: usize| {
                one[axis] + one[axis + 2] <= other[axis] + 0.11
                    || other[axis] + other[axis + 2] <= one[axis] + 0.11
            };
            assert!(apart(0) || apart(1), "{one:?} stands on {other:?}\n{text}");
        }
    }
    labels.len()
}

fn pictures(model: &Model, answers: &Answers) -> [String; 3] {
    [
        svg::reactions(model, answers, 0.0),
        charts::outcomes(model, answers),
        charts::rungs(model, answers),
    ]
}

#[test]
fn every_case_is_a_picture() {
    for folder in ["tests/conformance/named", "tests/conformance/random"] {
        for file in files(folder) {
            let (model, answers) = evaluated(&std::fs::read_to_string(&file).unwrap(), None);
            let all = pictures(&model, &answers);
            all.iter().for_each(|text| check(text));
            check_labels(&all[0]);
        }
    }
}

#[test]
fn shipped_scenarios_are_pictures() {
    for file in files("scenarios") {
        let (model, answers) = evaluated(&std::fs::read_to_string(&file).unwrap(), Some(6));
        let all = pictures(&model, &answers);
        all.iter().for_each(|text| check(text));
        assert!(check_labels(&all[0]) > 5, "{}", file.display());
        let document = Document::parse(&all[0]).unwrap();
        let of = |class| document.descendants().filter(|it| classes(*it).contains(&class)).count();
        assert_eq!(of("node"), answers.reactions.graph.node_count());
        assert_eq!(of("edge"), answers.reactions.graph.edge_count());
    }
}

#[test]
fn what_is_seldom_is_left_out() {
    let (model, answers) = evaluated(SMALL, None);
    let text = svg::reactions(&model, &answers, 0.5);
    check(&text);
    assert!(text.contains("data-node=\"south does protest\""));
    assert!(!text.contains("data-node=\"south does shell\""));
    assert!(text.contains("nodes less likely than 50% left out"));
}

#[test]
fn the_other_views_are_pictures() {
    let model = loading::model(SMALL).unwrap();
    let influence = drawing::influence(&model, &analysis::InfluenceGraph::new(&model));
    check(&svg::svg(&influence));
}

/// Titles are data, wherever they stand.
#[test]
fn a_script_stays_text() {
    let attack = "<script>alert(1)</script>";
    let text =
        SMALL.replace("A border incident", attack).replace("\"North\"", &format!("\"{attack}\""));
    let text = text.replace("\"Words\"", "\"</style><script>alert(2)</script>\"");
    let text = text.replace("Fire goes both ways", "' onload=alert(3) ]]> &amp; --");
    let (model, answers) = evaluated(&text, None);
    for picture in pictures(&model, &answers) {
        check(&picture);
        assert!(!picture.contains("<script"), "{picture}");
    }
    let picture = svg::reactions(&model, &answers, 0.0);
    let document = Document::parse(&picture).unwrap();
    assert_eq!(document.root_element().attribute("aria-label"), Some(attack));
}

#[test]
fn a_small_picture_is_as_reviewed() {
    let (model, answers) = evaluated(SMALL, None);
    let text = svg::reactions(&model, &answers, 0.0).replace(&svg::sheet(), "(the style sheet)");
    insta::assert_snapshot!(text);
}

#[test]
fn a_ladder_rises_turn_by_turn() {
    let (model, answers) = evaluated(SMALL, None);
    let text = charts::rungs(&model, &answers).replace(&svg::sheet(), "(the style sheet)");
    insta::assert_snapshot!(text);
}

#[test]
fn a_tornado_says_both_ends() {
    let row = |label: &str, low, high| charts::TornadoRow {
        label: label.to_owned(),
        low,
        high,
        base: 0.4,
    };
    let text = charts::tornado(&[row("South & North", 0.25, 0.625), row("nothing", 0.4, 0.4)]);
    check(&text);
    for part in ["25%", "62.5%", "South &amp; North: 25% to 62.5%, as it is 40%"] {
        assert!(text.contains(part), "{part}");
    }
    check(&charts::tornado(&[]));
}

fn escalade(arguments: &[&str]) -> std::process::Output {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("escalade"));
    command.args(arguments).write_stdin(SMALL).output().unwrap()
}

#[test]
fn the_command_draws() {
    for view in ["reactions", "situations", "influence"] {
        let output = escalade(&["graph", "-", "--format", "svg", "--view", view]);
        assert!(output.status.success(), "{output:?}");
        let text = String::from_utf8(output.stdout).unwrap();
        check(&text);
        check_labels(&text);
    }
}

#[test]
fn the_command_makes_pixels_or_says_why_not() {
    let output = escalade(&["graph", "-", "--format", "png"]);
    if cfg!(feature = "png") {
        assert!(output.status.success(), "{output:?}");
        assert!(output.stdout.starts_with(b"\x89PNG\r\n"));
        // Text is drawn: a picture without letters would be far smaller.
        assert!(output.stdout.len() > 30_000, "{}", output.stdout.len());
    } else {
        assert_eq!(output.status.code(), Some(4));
        assert!(output.stdout.is_empty());
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains("--features png") && said.contains("--format svg"), "{said}");
    }
}

/// What the schema of GraphML asks for (<http://graphml.graphdrawing.org/xmlns/1.1/graphml.xsd>), as far as it
/// concerns what is written: which elements stand where in which order, which attributes they have, names without
/// spaces, keys that are declared once, and one value for each.
#[test]
fn graphml_is_valid() {
    let name = |value: &str| {
        !value.is_empty() && value.chars().all(|c| c.is_alphanumeric() || "._-:".contains(c))
    };
    for view in ["reactions", "situations", "influence"] {
        let output = escalade(&["graph", "-", "--format", "graphml", "--view", view]);
        let text = String::from_utf8(output.stdout).unwrap();
        let document = Document::parse(&text).unwrap();
        let order = |node: Node<'_, '_>| -> Vec<String> {
            let children = node.children().filter(Node::is_element);
            let mut names: Vec<String> =
                children.map(|it| it.tag_name().name().to_owned()).collect();
            names.dedup();
            names
        };
        let root = document.root_element();
        assert_eq!(root.tag_name().namespace(), Some("http://graphml.graphdrawing.org/xmlns"));
        assert_eq!(order(root), ["key", "graph"]);
        let graph = root
            .children()
            .find(|it| it.has_tag_name((root.tag_name().namespace().unwrap(), "graph")))
            .unwrap();
        assert_eq!(order(graph), ["desc", "node", "edge"], "{view}");
        let mut keys = std::collections::BTreeMap::new();
        for key in root.children().filter(|it| it.tag_name().name() == "key") {
            let what = (key.attribute("for").unwrap(), key.attribute("attr.type").unwrap());
            assert!(["node", "edge"].contains(&what.0) && ["string", "double"].contains(&what.1));
            assert!(keys.insert(key.attribute("id").unwrap(), what).is_none(), "{key:?}");
        }
        for node in document.descendants().filter(Node::is_element) {
            let known: &[&str] = match node.tag_name().name() {
                "graph" => &["id", "edgedefault"],
                "node" => &["id"],
                "edge" => &["source", "target"],
                "data" => &["key"],
                "key" => &["id", "for", "attr.name", "attr.type"],
                _ => &[],
            };
            for attribute in node.attributes() {
                assert!(
                    known.contains(&attribute.name()) && name(attribute.value()),
                    "{attribute:?}"
                );
            }
            let mut said = std::collections::BTreeSet::new();
            for data in node.children().filter(|it| it.tag_name().name() == "data") {
                let (of, kind) = keys[data.attribute("key").unwrap()];
                assert!(
                    of == node.tag_name().name() && said.insert(data.attribute("key")),
                    "{data:?}"
                );
                let value = data.text().unwrap_or_default();
                assert!(
                    kind == "string" || value == "INF" || value.parse::<f64>().is_ok(),
                    "{value}"
                );
            }
        }
    }
}
