//! What the author expects, and whether it holds.

use super::escape::{escaped, worded};
use super::numbers::{percent, small};
use super::page::Page;
use super::{places, storylines};
use crate::analysis::Answers;
use crate::report::Report;
use crate::report::remark::remark;
use std::fmt::Write as _;

/// Writes the expectations; nothing where the scenario has none.
pub fn write(page: &mut Page, report: &Report<'_>, main: &Answers) {
    let model = report.model;
    if model.expectations.is_empty() {
        return;
    }
    page.section("expectations", "Expectations");
    if main.expectations.is_empty() {
        page.paragraph("", "Not checked: a simulation proves none.");
        return;
    }
    let mut list = String::from("<ul class=\"checks\">\n");
    for (at, (expectation, answer)) in model.expectations.iter().zip(&main.expectations).enumerate()
    {
        let (class, word) =
            if answer.holds { ("holds", "holds") } else { ("fails", "does not hold") };
        let title = expectation.title.as_ref().map(|title| format!("{}: ", escaped(title)));
        let actual = answer.actual.map(|actual| format!(", is {}", percent(actual)));
        let remark = remark(model, expectation, answer)
            .map(|remark| format!("<br><strong class=\"remark\">{}</strong>", worded(&remark)));
        let _ = write!(
            list,
            "<li class=\"{class}\"><b>{word}</b> {}<code>{}</code>{} {}{}",
            title.unwrap_or_default(),
            escaped(&expectation.text),
            actual.unwrap_or_default(),
            places::link(report.sources, expectation.span),
            remark.unwrap_or_default(),
        );
        list.push_str(&elsewhere(report, at, answer.holds));
        if let Some(storyline) = answer.storyline.as_ref().filter(|_| !answer.holds) {
            let chance = small(storyline.probability);
            let steps = storylines::steps(model, main, storyline);
            let _ = write!(list, "<p>broken by this storyline ({chance}):</p>{steps}");
        }
        list.push_str("</li>\n");
    }
    page.add(&(list + "</ul>"));
}

/// What becomes of an expectation in other readings, where that is not the same.
fn elsewhere(report: &Report<'_>, index: usize, holds: bool) -> String {
    let others = report.results.iter().skip(1).filter_map(|other| {
        let (reading, answer) = (report.reading(other)?, other.expectations.get(index)?);
        (answer.holds != holds).then(|| {
            let actual = answer.actual.map(|actual| format!(" ({})", percent(actual)));
            format!("“{}”{}", escaped(&reading.title), actual.unwrap_or_default())
        })
    });
    let others: Vec<String> = others.collect();
    if others.is_empty() {
        return String::new();
    }
    let word = if holds { "does not hold" } else { "holds" };
    format!("<br><span class=\"faint\">{word} in the reading {}</span>", others.join(", "))
}
