//! Every report, from answers made by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

#[path = "report/fixture.rs"]
mod fixture;

use escalade::analysis::{InfluenceGraph, Interval, Method};
use escalade::report::formats::snapshot::snapshot;
use escalade::report::text::{Limits, Style};
use escalade::report::{drawing, json, markdown, text};
use fixture::Fixture;
use std::num::NonZeroU16;

const ALL: Limits = Limits { min_probability: 0.01, depth: 12 };

fn style(width: u16, colour: bool) -> Style {
    Style { width: NonZeroU16::new(width).unwrap(), colour }
}

fn page(fixture: &Fixture, width: u16) -> String {
    text::run(&fixture.report(), ALL, style(width, false))
}

#[test]
fn text_in_80_columns() {
    let page = page(&Fixture::new(), 80);
    for line in page.lines() {
        assert!(unicode_width::UnicodeWidthStr::width(line) <= 80, "too wide: {line}");
    }
    insta::assert_snapshot!(page);
}

#[test]
fn text_in_120_columns() {
    insta::assert_snapshot!(page(&Fixture::new(), 120));
}

#[test]
fn text_in_colour_says_the_same() {
    let fixture = Fixture::new();
    let painted = text::run(&fixture.report(), ALL, style(80, true));
    let plain: String = painted
        .split('\u{1b}')
        .enumerate()
        .map(|(at, piece)| if at == 0 { piece } else { piece.split_once('m').unwrap().1 })
        .collect();
    let plain: Vec<&str> = plain.lines().map(str::trim_end).collect();
    assert_eq!(plain.join("\n").trim_end(), page(&fixture, 80).trim_end());
}

#[test]
fn text_of_a_simulation_shows_confidence() {
    let mut fixture = Fixture::new();
    fixture.results.truncate(1);
    let answers = &mut fixture.results[0];
    answers.method = Method::Simulated { runs: 100_000, seed: 7 };
    for outcome in &mut answers.outcomes {
        outcome.confidence = Some(Interval { low: outcome.estimate * 0.9, high: outcome.estimate });
        (outcome.likelihoods, outcome.decisions, outcome.both) = (None, None, None);
    }
    answers.ladder.iter_mut().for_each(|rung| rung.bounds = None);
    let nodes = answers.reactions.graph.node_weights_mut();
    nodes.for_each(|node| node.bounds = None);
    insta::assert_snapshot!(page(&fixture, 80));
    insta::assert_snapshot!("json_of_a_simulation", json::run(&fixture.report()));
}

#[test]
fn the_tree_says_what_it_leaves_out() {
    let fixture = Fixture::new();
    let limits = Limits { min_probability: 0.5, depth: 2 };
    let page = text::run(&fixture.report(), limits, style(80, false));
    let tree = page.split("REACTIONS").nth(1).unwrap().split("STORYLINES").next().unwrap();
    insta::assert_snapshot!(tree);
}

#[test]
fn json_of_run() {
    insta::assert_snapshot!(json::run(&Fixture::new().report()));
}

#[test]
fn markdown_of_run() {
    insta::assert_snapshot!(markdown::run(&Fixture::with_behind().report(), ALL));
}

#[test]
fn snapshot_of_the_results() {
    let fixture = Fixture::new();
    insta::assert_snapshot!(snapshot(&fixture.model, &fixture.results[0]));
}

#[test]
fn drawings_of_the_reactions() {
    let fixture = Fixture::new();
    let drawing = drawing::reactions(&fixture.model, &fixture.results[0], 0.01);
    insta::assert_snapshot!("reactions_dot", drawing::dot(&drawing));
    insta::assert_snapshot!("reactions_mermaid", drawing::mermaid(&drawing));
    insta::assert_snapshot!("reactions_graphml", drawing::graphml(&drawing));
    insta::assert_snapshot!(
        "reactions_json",
        json::reactions(&fixture.report(), &fixture.results[0])
    );
}

#[test]
fn drawings_of_the_influences() {
    let fixture = Fixture::new();
    let graph = InfluenceGraph::new(&fixture.model);
    let drawing = drawing::influence(&fixture.model, &graph);
    insta::assert_snapshot!("influence_dot", drawing::dot(&drawing));
    insta::assert_snapshot!("influence_json", json::influence("a.esc", &fixture.model, &graph));
}

/// Titles with everything that some format could take for its own marks.
fn hostile() -> Fixture {
    let title = r#"N\u{1b}[31m\n| a \"] --> b <script>&amp; `x` {y} \\ %% #35; \u{202e}z"#;
    let text = include_str!("report/bridge.esc");
    let text = text.replace("actor north \"North\"", &format!("actor north \"{title}\""));
    let text = text.replace("\"Both forget what it was about\"", &format!("\"{title}\""));
    Fixture::of(&text.replace("scenario \"The bridge\"", &format!("scenario \"{title}\"")))
}

#[test]
fn hostile_titles_stay_text() {
    let fixture = hostile();
    let drawing = drawing::reactions(&fixture.model, &fixture.results[0], 0.0);
    let pages = [
        page(&fixture, 80),
        markdown::run(&fixture.report(), ALL),
        drawing::dot(&drawing),
        drawing::mermaid(&drawing),
        drawing::graphml(&drawing),
        snapshot(&fixture.model, &fixture.results[0]),
    ];
    for page in &pages {
        let steering = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        assert!(!page.contains(steering), "{page}");
    }
    let [_, markdown, dot, mermaid, graphml, _] = pages;
    // Every row of a table has the cells of its head, whatever stands in them.
    let bars = |row: &str| row.replace("\\|", "").matches('|').count();
    let mut head = None;
    for line in markdown.lines() {
        head = line.starts_with('|').then(|| head.unwrap_or_else(|| bars(line)));
        assert!(head.is_none_or(|head| bars(line) == head), "{line}");
    }
    assert!(markdown.lines().any(|line| line.starts_with("| N")));
    // The text itself stands between fences, where nothing is markup.
    let (before, rest) = markdown.split_once("\n## The scenario's text\n").unwrap();
    let (_, after) = rest.split_once("\n## Method\n").unwrap();
    assert!(![before, after, &graphml].iter().any(|text| text.contains("<script>")));
    assert!(!mermaid.contains("\"]  -->") && !mermaid.contains("<script>"), "{mermaid}");
    insta::assert_snapshot!("hostile_dot_node", line_with(&dot, "n2 [label"));
    insta::assert_snapshot!("hostile_mermaid_node", line_with(&mermaid, "  n2("));
    insta::assert_snapshot!("hostile_graphml_node", line_with(&graphml, "N"));
}

fn line_with<'a>(text: &'a str, part: &str) -> &'a str {
    text.lines().find(|line| line.contains(part)).unwrap()
}

#[test]
fn mermaid_draws_at_most_500_edges() {
    let fixture = Fixture::new();
    let mut drawing = drawing::reactions(&fixture.model, &fixture.results[0], 0.0);
    let edge = drawing.edges[0].clone();
    for at in 0..600_u32 {
        let mut edge = edge.clone();
        edge.weight = f64::from(at) / 1000.0;
        drawing.edges.push(edge);
    }
    let page = drawing::mermaid(&drawing);
    assert_eq!(page.lines().filter(|line| line.contains("->")).count(), 500);
    assert!(page.contains("%% only the 500 edges that count most of 608 are drawn"), "{page}");
}
