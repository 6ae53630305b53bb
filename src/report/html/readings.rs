//! The readings side by side.

use super::bar::bar;
use super::escape::{escaped, worded};
use super::numbers::{interval, percent, points};
use super::page::Page;
use crate::analysis::Answers;
use crate::report::Report;
use crate::report::content::changes::changes;
use std::fmt::Write as _;

/// Writes the readings: who reads the facts so, what that changes, and what it comes to; nothing
/// where only one set of answers is reported.
pub fn write(page: &mut Page, report: &Report<'_>) {
    not_evaluated(page, report);
    let Some((baseline, others)) = report.results.split_first() else { return };
    if others.is_empty() {
        return;
    }
    page.section("readings", "Readings");
    let first = report.reading(baseline).map_or("as written", |reading| &reading.title);
    let difference = match report.reading(baseline) {
        Some(reading) => format!("“{}”", reading.title),
        None => "the scenario as written".to_owned(),
    };
    page.paragraph(
        "faint",
        &format!("The same facts read otherwise; in points: the difference to {difference}."),
    );
    let mut list = String::from("<dl class=\"readings\">\n");
    for reading in others.iter().filter_map(|answers| report.reading(answers)) {
        let _ = write!(
            list,
            "<div><dt>{} <code>{}</code></dt>",
            escaped(&reading.title),
            escaped(&reading.name)
        );
        for voice in &reading.voices {
            let _ = write!(list, "<dd>read so by {}</dd>", escaped(voice));
        }
        for because in &reading.because {
            let _ = write!(list, "<dd>{}</dd>", super::evidence::rationale(report.model, because));
        }
        let changes = changes(report.model, &reading.changes);
        let changes: Vec<String> = changes.iter().map(|change| escaped(change)).collect();
        let _ = writeln!(list, "<dd class=\"faint\">{}</dd></div>", changes.join("; "));
    }
    page.add(&(list + "</dl>"));
    let mut table = format!(
        "<div class=\"wide\"><table class=\"numbers equal\"><thead><tr><th scope=\"col\">outcome</th>\
         <th scope=\"col\">{}</th>",
        escaped(first)
    );
    for reading in others.iter().filter_map(|answers| report.reading(answers)) {
        let _ = write!(table, "<th scope=\"col\">{}</th>", escaped(&reading.title));
    }
    table.push_str("</tr></thead><tbody>\n");
    for (index, outcome) in report.model.outcomes.iter().enumerate() {
        let Some(base) = baseline.outcomes.get(index) else { continue };
        let _ = write!(table, "<tr><th scope=\"row\">{}</th>", escaped(&outcome.title));
        for answers in report.results {
            let Some(answer) = answers.outcomes.get(index) else { continue };
            let bounds = answer.both.or(answer.confidence);
            let difference = match answers.reading {
                Some(_) if !std::ptr::eq(answers, baseline) => {
                    format!(
                        " <span class=\"points\">{}</span>",
                        points(answer.estimate - base.estimate)
                    )
                }
                Some(_) | None => String::new(),
            };
            let _ = write!(
                table,
                "<td class=\"stack\"><span class=\"estimate\">{}</span>{difference}{}<span class=\"faint\">{}</span></td>",
                percent(answer.estimate),
                bar(answer.estimate, bounds),
                interval(bounds),
            );
        }
        table.push_str("</tr>\n");
    }
    table.push_str(&observed(report, baseline));
    page.add(&(table + "</tbody></table></div>"));
}

/// Writes which readings have no answers, and why.
fn not_evaluated(page: &mut Page, report: &Report<'_>) {
    if report.unanswered.is_empty() {
        return;
    }
    page.section("not-evaluated", "Not evaluated");
    page.paragraph("faint", "All else is told without it.");
    let mut list = String::from("<dl class=\"readings\">\n");
    for (name, why) in report.not_evaluated() {
        let _ = write!(list, "<div><dt><code>{}</code></dt>", escaped(name));
        why.iter().for_each(|one| _ = write!(list, "<dd>{}</dd>", worded(one)));
        list.push_str("</div>\n");
    }
    page.add(&(list + "</dl>"));
}

/// The row for how likely what was observed is in each reading: one under which it was more likely is
/// the one that it speaks for.
fn observed(report: &Report<'_>, baseline: &Answers) -> String {
    let Some(base) = baseline.observation else { return String::new() };
    let mut row = String::from("<tr><th scope=\"row\">(how likely what was observed was)</th>");
    for answers in report.results {
        let Some(answer) = answers.observation else { continue };
        let difference = match answers.reading {
            Some(_) if !std::ptr::eq(answers, baseline) => {
                let difference = points(answer.probability - base.probability);
                format!(" <span class=\"points\">{difference}</span>")
            }
            Some(_) | None => String::new(),
        };
        let _ = write!(
            row,
            "<td class=\"stack\"><span class=\"estimate\">{}</span>{difference} <span class=\"faint\">{}</span></td>",
            percent(answer.probability),
            interval(answer.bounds),
        );
    }
    row + "</tr>\n"
}
