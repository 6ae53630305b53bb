//! A comparison as Markdown, for a review comment.

use super::results::{NodeChange, ResultChanges};
use super::{ComparisonReport, SideReport, words};
use crate::model::{Difference, Status};
use crate::report::isolate::isolated;
use crate::report::markdown::{escaped, files};
use crate::report::percent::points;
use std::fmt::Write as _;

/// So many reactions of each kind are shown.
const MOST: usize = 10;

/// The report of `compare` as Markdown.
#[must_use]
pub fn markdown(report: &ComparisonReport<'_>) -> String {
    let models = report.sides.map(|side| isolated(side.model));
    let [first, second] = report.sides;
    let sides =
        [SideReport { model: &models[0], ..first }, SideReport { model: &models[1], ..second }];
    let report = &ComparisonReport { sides, ..*report };
    let mut text = String::new();
    let results = ResultChanges::new(&report.sides);
    let (before, after) = words::heading(&report.sides);
    let title = &report.sides[1].model.title;
    // Writing to a string cannot fail; so with every `write!` here.
    let _ = writeln!(text, "# {}\n", escaped(title));
    let _ = writeln!(
        text,
        "From {} to {}: {}.\n",
        escaped(&before),
        escaped(&after),
        words::count(report.differences)
    );
    for one in report.differences {
        difference(&mut text, report, one);
    }
    let failures: Vec<String> = words::failures(&report.sides).collect();
    if !failures.is_empty() {
        text.push_str("\n## Not evaluated\n\n");
        failures.iter().for_each(|one| _ = writeln!(text, "- {}", escaped(one)));
    }
    if !report.differences.is_empty() {
        outcomes(&mut text, report, &results);
        reactions(&mut text, &results);
        expectations(&mut text, &results);
        text.push_str("\n## Method\n\n");
        for told in words::methods(&report.sides) {
            let _ = writeln!(text, "{told}\n");
        }
        if let Some(attribution) = report.attribution {
            let _ = writeln!(text, "{}\n", words::method(attribution));
        }
    }
    let repeat = report.repeat;
    let _ = writeln!(text, "- escalade {}, text hash {}", repeat.version, repeat.text_hash);
    for side in &report.sides {
        let _ = writeln!(text, "- {}", escaped(&side.name()));
    }
    files(&mut text, repeat);
    text
}

fn difference(text: &mut String, report: &ComparisonReport<'_>, one: &Difference) {
    let what = match one.status {
        Status::Added => "new: ",
        Status::Removed => "gone: ",
        Status::Changed => "",
    };
    let effect = if one.matters { "" } else { " (no effect on results)" };
    let place = words::place(one, report.sources);
    let place = if place.is_empty() { place } else { format!(", {place}") };
    let _ = writeln!(text, "- {what}**{}**{place}{effect}", escaped(&one.name));
    if one.status == Status::Changed {
        for part in &one.parts {
            let _ = writeln!(text, "  - {}", escaped(&words::part(part)));
        }
    }
}

fn outcomes(text: &mut String, report: &ComparisonReport<'_>, results: &ResultChanges) {
    if results.outcomes.is_empty() {
        return;
    }
    text.push_str(
        "\n## Outcomes\n\n| outcome | estimate | bounds | by |\n| --- | --- | --- | --- |\n",
    );
    let mut attributed = 0;
    for one in &results.outcomes {
        let mut parts = Vec::new();
        if one.difference().is_some() {
            let found = report.attribution.map(|it| words::shares(report, it, attributed));
            attributed += 1;
            parts = found.unwrap_or_default();
        }
        let parts: Vec<String> = parts
            .into_iter()
            .map(|(share, name)| format!("{} {}", points(share), escaped(&name)))
            .collect();
        let _ = writeln!(
            text,
            "| {} | **{}** | {} | {} |",
            escaped(&one.title),
            words::estimates(one),
            words::around(one),
            parts.join("<br>")
        );
    }
    let rungs = || results.rungs.iter().rev();
    if rungs().any(|one| one.difference().is_none_or(|it| it.abs() > 1e-8)) {
        text.push_str("\n## Ladder\n\n| rung, from the highest | ever reached |\n| --- | --- |\n");
        for one in rungs() {
            let _ = writeln!(text, "| {} | {} |", escaped(&one.title), words::estimates(one));
        }
    }
}

fn reactions(text: &mut String, results: &ResultChanges) {
    let lists = [
        ("gained", &results.gained),
        ("lost", &results.lost),
        ("that changed most", &results.changed),
    ];
    for (what, nodes) in lists {
        if !nodes.is_empty() {
            let _ = writeln!(text, "\n## Reactions {what}\n");
            nodes.iter().take(MOST).for_each(|node| reaction(text, node));
            more(text, nodes.len());
        }
    }
    for (what, edges) in [("gained", &results.edges_gained), ("lost", &results.edges_lost)] {
        if !edges.is_empty() {
            let _ = writeln!(text, "\n## Links {what}\n");
            for edge in edges.iter().take(MOST) {
                let _ = writeln!(text, "- {}", escaped(edge));
            }
            more(text, edges.len());
        }
    }
}

fn reaction(text: &mut String, node: &NodeChange) {
    let value = words::change(node.before, node.after);
    let _ = writeln!(text, "- {}: {value}", escaped(&node.label));
}

fn more(text: &mut String, count: usize) {
    if count > MOST {
        let _ = writeln!(text, "- and {} more", count - MOST);
    }
}

fn expectations(text: &mut String, results: &ResultChanges) {
    if results.expectations.is_empty() {
        return;
    }
    text.push_str("\n## Expectations\n\n");
    for one in &results.expectations {
        let _ = writeln!(text, "- {}: {}", escaped(&one.text), words::expectation(one));
    }
}
