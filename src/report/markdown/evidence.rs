//! What all this rests on, as Markdown.

use super::escaped;
use crate::analysis::Answers;
use crate::report::content::evidence::{
    carries, claim, grade, leading, leading_without, names, reasons, remarks, worst,
};
use crate::report::{Report, percent};
use std::fmt::Write as _;

/// Writes the sources with what they carry, and every claim with what is given for it.
pub fn write(text: &mut String, report: &Report<'_>, main: &Answers) {
    let evidence = report.evidence;
    if evidence.claims.is_empty() {
        return;
    }
    text.push_str("\n## Evidence\n\n");
    sources(text, report, main);
    // Writing to a string cannot fail.
    if let Some(without) = &evidence.worst {
        let _ = writeln!(text, "{}\n", escaped(&worst(report.model, main, without)));
    }
    for line in remarks(report.model, evidence) {
        let _ = writeln!(text, "{}\n", escaped(&line));
    }
    text.push_str("| line | claim | what is given for it | source | grade | date |\n");
    text.push_str("| ---: | --- | --- | --- | --- | --- |\n");
    for one in &evidence.claims {
        claims(text, report, one);
    }
}

fn sources(text: &mut String, report: &Report<'_>, main: &Answers) {
    let model = report.model;
    if report.evidence.sources.is_empty() {
        return;
    }
    let without = leading(main).map(|at| {
        let (title, estimate) = (&model.outcomes[at].title, percent(main.outcomes[at].estimate));
        format!("{} ({estimate}) without it", escaped(title))
    });
    let without = without.unwrap_or_default();
    let _ = writeln!(text, "| source | by | date | grade | carries | {without} |");
    text.push_str("| --- | --- | --- | --- | --- | ---: |\n");
    for used in &report.evidence.sources {
        let Some(source) = used.sources.first().map(|id| &model.sources[id.index()]) else {
            continue;
        };
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} |",
            escaped(&source.title),
            escaped(source.by.as_deref().unwrap_or_default()),
            source.date.map(|date| date.to_string()).unwrap_or_default(),
            escaped(&grade(source)),
            carries(used),
            leading_without(main, used),
        );
    }
    text.push('\n');
}

/// A row for each source of a claim; one where it has none.
fn claims(text: &mut String, report: &Report<'_>, one: &crate::analysis::Claim) {
    let line = report.sources.file(one.span.file).place(one.span.start).line;
    let mut said = escaped(&claim(one));
    if one.struck {
        said = format!("~~{said}~~ struck out");
    }
    let mut ids: Vec<_> = one.reasons.iter().map(|reason| reason.source).collect();
    ids.dedup();
    if ids.is_empty() {
        ids.push(None);
    }
    for id in ids {
        let given = reasons(one.reasons.iter().filter(|reason| reason.source == id));
        let source = id.map(|id| &report.model.sources[id.index()]);
        let name = id.map_or_else(|| "none".to_owned(), |id| names(report.model, &[id]));
        let grade = source.and_then(|source| source.grade.as_deref()).unwrap_or_default();
        let date = source.and_then(|source| source.date).map(|date| date.to_string());
        let _ = writeln!(
            text,
            "| {line} | {said} | {} | {} | {} | {} |",
            escaped(&given),
            escaped(&name),
            escaped(grade),
            date.unwrap_or_default(),
        );
    }
}
