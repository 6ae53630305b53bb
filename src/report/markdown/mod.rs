//! Pages as Markdown: the report of `run`, with the reaction graph for Mermaid, and those of `why`,
//! `drivers` and `structure`.

mod drivers;
mod evidence;
mod parts;
mod structure;
mod why;

pub use drivers::drivers;
pub(crate) use parts::files;
pub use structure::structure;
pub use why::why;

use super::clean::clean;
use super::content::brief::brief;
use super::content::changes::changes;
use super::content::labels;
use super::content::why::capital;
use super::drawing;
use super::isolate::{isolated, isolated_evidence, with_isolates};
use super::percent::{points, small};
use super::remark::remark;
use super::text::{Limits, around, counts, how_likely, how_to_read, interval, time};
use crate::analysis::{Answers, Storyline};
use crate::model::{BASELINE, OutcomeId};
use crate::report::{Report, percent};
use std::fmt::Write as _;

/// The report of `run` as Markdown (with tables and Mermaid, as on GitHub).
#[must_use]
pub fn run(report: &Report<'_>, limits: Limits) -> String {
    let Some(main) = report.main() else { return String::new() };
    let mut text = String::new();
    let written = report;
    let (model, evidence) = (isolated(report.model), isolated_evidence(report.evidence));
    let report = &Report { model: &model, evidence: &evidence, ..*report };
    head(&mut text, report);
    in_words(&mut text, report);
    observed(&mut text, report, main);
    outcomes(&mut text, report, main);
    ladder(&mut text, report, main);
    reactions(&mut text, report, main, limits);
    storylines(&mut text, report, main);
    why::write(&mut text, report, main);
    drivers::write(&mut text, report, main);
    structure::write(&mut text, report, main);
    not_evaluated(&mut text, report);
    readings(&mut text, report);
    parts::positions(&mut text, report);
    parts::rules(&mut text, report);
    expectations(&mut text, report, main);
    evidence::write(&mut text, report, main);
    parts::texts(&mut text, report);
    parts::repeat(&mut text, written, main);
    text
}

// Writing to a string cannot fail; so with every `write!` here.

fn head(text: &mut String, report: &Report<'_>) {
    let model = report.model;
    let _ = writeln!(text, "# {}\n", escaped(&model.title));
    let _ = writeln!(text, "{}\n\n{}\n", time(model), counts(model));
    if let Some(reading) = report.main().and_then(|main| report.reading(main)) {
        let (title, name) = (escaped(&reading.title), escaped(&reading.name));
        let word = if report.unanswered.is_empty() { "In one reading only" } else { "As read by" };
        let _ = writeln!(text, "{word}: **{title}** ({name})\n");
    }
}

fn observed(text: &mut String, report: &Report<'_>, main: &Answers) {
    let Some(answer) = main.observation else { return };
    text.push_str("## Observed\n\nEverything below is told given this:\n\n");
    for seen in &report.model.observations {
        let _ = writeln!(text, "- {}", escaped(&labels::observation(report.model, seen)));
    }
    let likely = how_likely(main, answer).replace('[', "\\[");
    let _ = writeln!(text, "\n{likely}\n");
}

fn outcomes(text: &mut String, report: &Report<'_>, main: &Answers) {
    if report.model.outcomes.is_empty() {
        return;
    }
    let read = capital(how_to_read(main.method)).replace('[', "\\[");
    let _ = writeln!(text, "## Outcomes\n\n{read}.\n");
    let around = around(main.method);
    let _ = writeln!(
        text,
        "| outcome | estimate | {around} | over likelihoods | over decisions | mean turn |"
    );
    text.push_str("| --- | ---: | --- | --- | --- | --- |\n");
    for (outcome, answer) in report.model.outcomes.iter().zip(&main.outcomes) {
        let _ = writeln!(
            text,
            "| {}{} | **{}** | {} | {} | {} | {} |",
            escaped(&outcome.title),
            if outcome.ending { " (ends the storyline)" } else { "" },
            percent(answer.estimate),
            interval(answer.both.or(answer.confidence)),
            interval(answer.likelihoods),
            interval(answer.decisions),
            answer.mean_turn.map(|turn| labels::mean_turn(report.model, turn)).unwrap_or_default(),
        );
    }
}

fn ladder(text: &mut String, report: &Report<'_>, main: &Answers) {
    let Some(ladder) = &report.model.ladder else { return };
    let _ = writeln!(text, "\n## {}\n", escaped(&ladder.title));
    text.push_str("| rung, from the highest | ever reached | bounds |\n| --- | ---: | --- |\n");
    for (rung, answer) in ladder.rungs.iter().zip(&main.ladder).rev() {
        let bounds = interval(answer.bounds.or(answer.confidence));
        let estimate = percent(answer.estimate);
        let _ = writeln!(text, "| {} | **{estimate}** | {bounds} |", escaped(&rung.title));
    }
}

fn reactions(text: &mut String, report: &Report<'_>, main: &Answers, limits: Limits) {
    let drawing = drawing::reactions(report.model, main, limits.min_probability);
    text.push_str("\n## Reactions\n\n");
    for note in &drawing.notes {
        let _ = writeln!(text, "Drawn below: {}.\n", escaped(note));
    }
    let _ = writeln!(text, "```mermaid\n{}```\n", drawing::mermaid(&drawing));
    text.push_str(
        "| what happens | chance | bounds | mean turn of its first time |\n| --- | ---: | --- | --- |\n",
    );
    let nodes = main.reactions.graph.node_weights();
    for node in nodes.filter(|node| {
        node.probability >= limits.min_probability && node.kind != crate::analysis::NodeKind::Start
    }) {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} |",
            escaped(&labels::node(report.model, &node.kind)),
            percent(node.probability),
            interval(node.bounds.or(node.confidence)),
            node.mean_turn.map(|turn| labels::mean_turn(report.model, turn)).unwrap_or_default(),
        );
    }
}

fn storylines(text: &mut String, report: &Report<'_>, main: &Answers) {
    if main.storylines.is_empty() {
        return;
    }
    text.push_str("\n## Storylines\n\nThe most probable ways to each outcome.\n");
    for (index, outcome) in report.model.outcomes.iter().enumerate() {
        let id = OutcomeId::new(index);
        for one in main.storylines.iter().filter(|one| one.outcome == Some(id)) {
            let _ =
                writeln!(text, "\n**{}**, {}:\n", escaped(&outcome.title), small(one.probability));
            steps(text, "", report, main, one);
        }
    }
}

fn steps(text: &mut String, indent: &str, report: &Report<'_>, main: &Answers, one: &Storyline) {
    for step in &one.steps {
        let date = report.model.date(step.turn).map(|date| format!(", {date}")).unwrap_or_default();
        let what: Vec<String> = (step.nodes.iter())
            .map(|id| escaped(&labels::node_of_id(report.model, &main.reactions, id)))
            .collect();
        let _ = writeln!(text, "{indent}- turn {}{date}: {}", step.turn, what.join("; "));
    }
}

fn not_evaluated(text: &mut String, report: &Report<'_>) {
    if !report.unanswered.is_empty() {
        text.push_str("\n## Not evaluated\n\n");
    }
    for (name, why) in report.not_evaluated() {
        for one in why {
            let _ = writeln!(text, "- **{}**: {}", escaped(name), escaped(&one));
        }
    }
}

fn readings(text: &mut String, report: &Report<'_>) {
    let Some((baseline, others)) = report.results.split_first() else { return };
    if others.is_empty() {
        return;
    }
    text.push_str("\n## Readings\n\n");
    for reading in others.iter().filter_map(|answers| report.reading(answers)) {
        let _ = write!(text, "- **{}**: {}", escaped(&reading.name), escaped(&reading.title));
        for voice in &reading.voices {
            let _ = write!(text, "; read so by {}", escaped(voice));
        }
        for change in changes(report.model, &reading.changes) {
            let _ = write!(text, "; {}", escaped(&change));
        }
        text.push('\n');
    }
    let first = report.reading(baseline).map_or(BASELINE, |reading| &reading.name);
    let _ = write!(text, "\n| outcome | {} |", escaped(first));
    for reading in others.iter().filter_map(|answers| report.reading(answers)) {
        let _ = write!(text, " {} |", escaped(&reading.name));
    }
    let _ = writeln!(text, "\n| --- | --- |{}", " --- |".repeat(others.len()));
    for (index, outcome) in report.model.outcomes.iter().enumerate() {
        let Some(base) = baseline.outcomes.get(index) else { continue };
        let bounds = interval(base.both.or(base.confidence));
        let _ = write!(
            text,
            "| {} | **{}** {bounds} |",
            escaped(&outcome.title),
            percent(base.estimate)
        );
        for answer in others.iter().filter_map(|answers| answers.outcomes.get(index)) {
            let difference = points(answer.estimate - base.estimate);
            let bounds = interval(answer.both.or(answer.confidence));
            let _ = write!(text, " **{}** ({difference}) {bounds} |", percent(answer.estimate));
        }
        text.push('\n');
    }
    if let Some(base) = baseline.observation {
        let chance = percent(base.probability);
        let _ = write!(
            text,
            "| how likely what was observed was | **{chance}** {} |",
            interval(base.bounds)
        );
        for answer in others.iter().filter_map(|answers| answers.observation) {
            let difference = points(answer.probability - base.probability);
            let chance = percent(answer.probability);
            let _ = write!(text, " **{chance}** ({difference}) {} |", interval(answer.bounds));
        }
        text.push('\n');
    }
}

fn expectations(text: &mut String, report: &Report<'_>, main: &Answers) {
    if report.model.expectations.is_empty() {
        return;
    }
    text.push_str("\n## Expectations\n\n");
    if main.expectations.is_empty() {
        text.push_str("Not checked: a simulation proves none.\n");
    }
    for (expectation, answer) in report.model.expectations.iter().zip(&main.expectations) {
        let mark = if answer.holds { "✓" } else { "✗" };
        let title = (expectation.title.as_ref())
            .map(|title| format!("{}: ", escaped(title)))
            .unwrap_or_default();
        let actual = answer.actual.map(|actual| format!(", is {}", percent(actual)));
        let remark = remark(report.model, expectation, answer);
        let _ = writeln!(
            text,
            "- {mark} {title}{}{}{}",
            escaped(&expectation.text),
            actual.unwrap_or_default(),
            remark.map(|remark| format!(" ({})", escaped(&remark))).unwrap_or_default()
        );
        if let Some(storyline) = answer.storyline.as_ref().filter(|_| !answer.holds) {
            let chance = small(storyline.probability);
            let _ = writeln!(text, "  - broken by this storyline ({chance}):");
            steps(text, "    ", report, main, storyline);
        }
    }
}

fn in_words(text: &mut String, report: &Report<'_>) {
    text.push_str("## In a few words\n\n");
    for (about, sentences) in brief(report) {
        let _ = writeln!(text, "- **{about}**: {}", escaped(&sentences));
    }
    text.push('\n');
}

/// The scenario's text with every mark that Markdown or HTML could take for its own made harmless.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in with_isolates(&clean(text)).chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '|' | '~' | '!' => {
                escaped.push('\\');
                escaped.push(c);
            }
            _ => escaped.push(c),
        }
    }
    escaped
}
