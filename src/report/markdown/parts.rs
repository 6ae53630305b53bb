//! What the report is made from: positions, rules, texts, and how to repeat it.

use super::escaped;
use crate::analysis::Answers;
use crate::model::{DeclId, DeclarationKind, Likelihood, Model, Position, Quote};
use crate::report::content::matrix::{Cell, Matrix};
use crate::report::content::method::{OUTSIDE, accuracy, options};
use crate::report::record::short;
use crate::report::text::{JUDGEMENT, method};
use crate::report::{Repeat, Report, clean, percent, scenario_texts};
use crate::source::Span;
use std::fmt::Write as _;

// Writing to a string cannot fail; so with every `write!` here.

/// Writes the matrix of positions; nothing where none is stated.
pub fn positions(text: &mut String, report: &Report<'_>) {
    let matrix = Matrix::new(report.model);
    if matrix.rows.is_empty() {
        return;
    }
    text.push_str(
        "\n## Positions\n\nWhat each actor holds at the start, and what says so.\n\n| actor |",
    );
    for issue in &matrix.issues {
        let _ = write!(text, " {} |", escaped(&issue.title));
    }
    let _ = writeln!(text, "\n| --- |{}", " --- |".repeat(matrix.issues.len()));
    for (actor, cells) in &matrix.rows {
        let _ = write!(text, "| {} |", escaped(&actor.title));
        for one in cells {
            let _ = write!(text, " {} |", cell(report.model, one));
        }
        text.push('\n');
    }
}

fn cell(model: &Model, cell: &Cell<'_>) -> String {
    let Some((level, ..)) = &cell.level else { return String::new() };
    let mut parts = vec![format!("**{}**", escaped(level))];
    if cell.statements.is_empty() {
        parts.push("(not stated)".to_owned());
    }
    for position in &cell.statements {
        let stated = stated(model, position);
        match position.since {
            Some(since) => parts.push(format!("{} since {since}", escaped(&stated))),
            None if stated != *level => parts.push(format!("stated as {}", escaped(&stated))),
            None => {}
        }
        parts.extend(position.says.iter().chain(&position.because).map(|one| quoted(model, one)));
    }
    parts.join("<br>")
}

fn stated(model: &Model, position: &Position) -> String {
    let scale = &model.scales[model.issues[position.issue.index()].scale.index()];
    let level = usize::try_from(position.level).ok().and_then(|at| scale.levels.get(at));
    level.cloned().unwrap_or_else(|| position.level.to_string())
}

/// A text and the name of its source.
fn quoted(model: &Model, quote: &Quote) -> String {
    let source = quote.source.and_then(|id| model.sources.get(id.index()));
    let source = source.map(|source| format!(" ({})", escaped(&source.name)));
    format!("“{}”{}", escaped(&quote.text), source.unwrap_or_default())
}

/// Writes every rule and decision; nothing where there are none.
pub fn rules(text: &mut String, report: &Report<'_>) {
    let model = report.model;
    if model.declarations.is_empty() {
        return;
    }
    text.push_str("\n## Rules and decisions\n\n| rule | when | how likely | why | stands in |\n| --- | --- | --- | --- | --- |\n");
    for (at, one) in model.declarations.iter().enumerate() {
        let guard = one.guard_text.as_ref().map(|guard| format!(" if {guard}"));
        let when = format!("{}{}", one.trigger_text, guard.unwrap_or_default());
        let why = match &one.because {
            Some(because) => quoted(model, because),
            None if one.kind == DeclarationKind::Becomes => "see the position".to_owned(),
            None => "no rationale is given".to_owned(),
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {why} | {} |",
            escaped(&one.title),
            escaped(&when),
            likelihoods(model, DeclId::new(at)),
            place(report, one.span),
        );
    }
}

fn likelihoods(model: &Model, id: DeclId) -> String {
    let declaration = &model.declarations[id.index()];
    let Some(rule) = model.rules.iter().find(|rule| rule.declaration == id) else {
        return String::new();
    };
    let parts = rule.alternatives.iter().enumerate().map(|(at, alternative)| {
        let name = declaration.alternatives.get(at).cloned().flatten();
        let name = name.map(|name| format!("{}: ", escaped(&name))).unwrap_or_default();
        let likelihood = alternative.likelihood.as_ref();
        format!("{name}{}", likelihood.map_or_else(|| "the rest".to_owned(), told))
    });
    parts.collect::<Vec<_>>().join("<br>")
}

fn told(likelihood: &Likelihood) -> String {
    let (low, high) = (percent(likelihood.low), percent(likelihood.high));
    if likelihood.is_range() { format!("{low} to {high}") } else { low }
}

fn place(report: &Report<'_>, span: Span) -> String {
    let Some(file) = report.sources.files().get(span.file.0 as usize) else { return String::new() };
    format!("{}:{}", escaped(&file.path), file.place(span.start).line)
}

/// Writes the text of every file, folded away.
pub fn texts(text: &mut String, report: &Report<'_>) {
    text.push_str("\n## The scenario's text\n");
    // Observations of the command line are told where what was observed is.
    for file in scenario_texts(report.sources) {
        let longest = file.text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        let path = escaped(&file.path);
        let _ = writeln!(text, "\n<details><summary>{path}</summary>\n\n{fence}text");
        for (at, line) in file.text.lines().enumerate() {
            let _ = writeln!(text, "{:4} {}", at + 1, clean(line));
        }
        let _ = writeln!(text, "{fence}\n\n</details>");
    }
}

/// Writes every file that was read, with its hash, as points of a list.
pub fn files(text: &mut String, repeat: &Repeat) {
    text.push_str("- files read, each with the SHA-256 of its bytes:\n");
    for file in &repeat.files {
        let outside = if file.outside { format!(", {OUTSIDE}") } else { String::new() };
        let _ = writeln!(text, "  - {}: {}{outside}", escaped(&file.path), file.sha256);
    }
}

/// Writes the method, its accuracy, and what is needed to repeat it; also for `replay`.
pub fn repeat(text: &mut String, report: &Report<'_>, main: &Answers) {
    let repeat = report.repeat;
    let _ = writeln!(
        text,
        "\n## Method\n\n{} {} {JUDGEMENT}\n",
        method(main),
        accuracy(report.model, main)
    );
    let _ = writeln!(text, "- escalade {}", repeat.version);
    let _ = writeln!(text, "- file {}, text hash {}", escaped(report.file), repeat.text_hash);
    let _ = writeln!(text, "- options: {}", escaped(&options(repeat)));
    files(text, repeat);
    let _ = writeln!(
        text,
        "- `escalade replay` evaluates this again and compares the numbers\n\n<!-- escalade: {} -->",
        short(report)
    );
}
