//! What the outcomes hang on, as Markdown.

use super::{escaped, files};
use crate::analysis::Answers;
use crate::report::content::drivers::{
    DriversReport, LEGEND, NO_FLIP, SLOPES, edges, flip_percents, notes, slopes,
};
use crate::report::content::labels;
use crate::report::content::not_looked_for::{DRIVERS, not_here};
use crate::report::isolate::isolated;
use crate::report::percent::points;
use crate::report::{Report, percent};
use std::fmt::Write as _;

// Writing to a string cannot fail; so with every `write!` here.

/// The page of `drivers` as Markdown: tables with the numbers that the text page draws.
#[must_use]
pub fn drivers(report: &DriversReport<'_>) -> String {
    let model = isolated(report.model);
    let report = &DriversReport { model: &model, ..*report };
    let mut text = String::new();
    let _ = writeln!(text, "# What it hangs on: {}\n", escaped(&report.model.title));
    if let Some(reading) = report.reading() {
        let (title, name) = (escaped(&reading.title), escaped(&reading.name));
        let _ = writeln!(text, "In one reading only: **{title}** ({name})\n");
    }
    sections(&mut text, report, "##");
    repeat(&mut text, report);
    text
}

/// Writes into the report of `run` what the outcomes hang on.
pub fn write(text: &mut String, report: &Report<'_>, main: &Answers) {
    if report.model.outcomes.is_empty() {
        return;
    }
    text.push_str("\n## What it hangs on\n\n");
    match report.behind {
        Some(behind) => sections(text, &report.drivers(behind), "###"),
        None => {
            let _ = writeln!(text, "{}", not_here(main, DRIVERS));
        }
    }
}

fn sections(text: &mut String, report: &DriversReport<'_>, level: &str) {
    for note in notes(report) {
        let _ = writeln!(text, "{}\n", escaped(&note));
    }
    for at in report.leading() {
        tornado(text, report, at, level);
    }
    steepness(text, report, level);
    replacements(text, report, level);
    flips(text, report, level);
}

fn flips(text: &mut String, report: &DriversReport<'_>, level: &str) {
    let quote = |text: &str| format!("“{}”", escaped(text));
    let _ = writeln!(text, "\n{level} What would flip it\n");
    for flip in report.drivers.flips.iter().take(report.top) {
        let name = escaped(&report.likelihood_of(flip).name);
        let (to, from) = flip_percents(flip);
        let what = report.consequence(flip.what, &quote);
        let _ = writeln!(text, "- If **{name}** were **{to}** instead of {from}, {what}.");
    }
    for line in edges(report, &quote) {
        let _ = writeln!(text, "- {line}");
    }
    if report.drivers.flips.is_empty() && report.drivers.edges.is_empty() {
        let _ = writeln!(text, "{NO_FLIP}");
    }
}

fn tornado(text: &mut String, report: &DriversReport<'_>, at: usize, level: &str) {
    let (outcome, driven) = report.driven(at);
    let _ = writeln!(text, "{level} {}: {}\n", escaped(&outcome.title), percent(driven.estimate));
    let bars = report.tornado(at);
    if bars.is_empty() {
        text.push_str("No likelihood with a range moves it.\n\n");
        return;
    }
    let _ = writeln!(text, "Shown is {}.\n", escaped(LEGEND));
    text.push_str("| likelihood | range | at its low end | at its high end | swing |\n");
    text.push_str("| --- | --- | ---: | ---: | ---: |\n");
    for bar in bars.into_iter().take(report.top) {
        let (from, to) = (bar.swing.low, bar.swing.high);
        let [low, high] = bar.ends();
        let between = bar.between().map(|text| format!(" ({text})")).unwrap_or_default();
        let _ = writeln!(
            text,
            "| {} | {} to {} | {}{between} | {} | {} |",
            escaped(&bar.likelihood.name),
            percent(from),
            percent(to),
            percent(low),
            percent(high),
            bar.points(),
        );
    }
    text.push('\n');
}

fn steepness(text: &mut String, report: &DriversReport<'_>, level: &str) {
    let leading = report.leading();
    let steepest = report.steepest(&leading);
    if steepest.is_empty() {
        return;
    }
    let _ = writeln!(text, "{level} How steeply\n\nIn {}.\n", escaped(SLOPES));
    text.push_str("| likelihood | now |");
    for &at in &leading {
        let _ = write!(text, " {} |", escaped(&report.driven(at).0.name));
    }
    let _ = writeln!(text, "\n| --- | ---: |{}", " ---: |".repeat(leading.len()));
    for one in steepest.into_iter().take(report.top) {
        let _ = write!(text, "| {} | {} |", escaped(&one.name), percent(one.estimate));
        for &at in &leading {
            let _ = write!(text, " {} |", escaped(&slopes(one.slopes[at])));
        }
        text.push('\n');
    }
}

fn replacements(text: &mut String, report: &DriversReport<'_>, level: &str) {
    let leading = report.leading();
    let all = report.replaced(&leading);
    if all.is_empty() {
        return;
    }
    let _ = writeln!(
        text,
        "\n{level} One thing replaced\n\nChanges in points, everything else as it is.\n"
    );
    text.push_str("| what | is | would be |");
    for &at in &leading {
        let _ = write!(text, " {} |", escaped(&report.driven(at).0.name));
    }
    let _ = writeln!(text, "\n| --- | --- | --- |{}", " ---: |".repeat(leading.len()));
    for (one, others) in all.into_iter().take(report.top) {
        for other in others {
            let present = one.present.as_deref().unwrap_or("its policy");
            let _ = write!(
                text,
                "| {} | {} | {} |",
                escaped(&one.name),
                escaped(present),
                escaped(&other.values)
            );
            for &at in &leading {
                let estimate = report.driven(at).1.estimate;
                let cell = other.estimates.as_ref().map(|all| points(all[at] - estimate));
                let _ = write!(text, " {} |", cell.unwrap_or_else(|| "cannot run".to_owned()));
            }
            text.push('\n');
        }
    }
}

fn repeat(text: &mut String, report: &DriversReport<'_>) {
    let (repeat, options) = (report.repeat, &report.repeat.options);
    let situations = labels::counted(report.drivers.situations, "situation");
    let _ = writeln!(text, "\n## Method\n\nExact: {situations} were evaluated.\n");
    let _ = writeln!(text, "- escalade {}", repeat.version);
    let _ = writeln!(text, "- file {}, text hash {}", escaped(report.file), repeat.text_hash);
    let mut given = vec![format!("method {}", options.method)];
    given.extend(options.horizon.map(|turns| format!("horizon {turns}")));
    given.extend(options.reading.iter().map(|name| format!("reading {}", escaped(name))));
    given.extend(options.set.iter().map(|set| format!("set {}", escaped(set))));
    given.extend(report.asked.iter().map(|name| format!("outcome {}", escaped(name))));
    given.push(format!("at most {} situations", options.max_situations));
    let _ = writeln!(text, "- options: {}", given.join(", "));
    files(text, repeat);
}
