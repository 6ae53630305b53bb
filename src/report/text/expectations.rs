//! What the author expects, and whether it holds.

use super::line::{Line, Paint};
use super::page::Page;
use super::storylines::steps;
use crate::analysis::{Answers, ExpectationAnswer};
use crate::model::{Expectation, Model};
use crate::report::percent::small;
use crate::report::remark::remark;
use crate::report::{Report, percent};

/// Writes the expectations; nothing where the scenario has none.
pub fn write(page: &mut Page, report: &Report<'_>) {
    let (model, Some(main)) = (report.model, report.main()) else { return };
    if model.expectations.is_empty() {
        return;
    }
    if main.expectations.is_empty() {
        page.section("Expectations", "not checked: a simulation proves none");
        return;
    }
    let holding = main.expectations.iter().filter(|answer| answer.holds).count();
    page.section("Expectations", &format!("{holding} of {} hold", model.expectations.len()));
    for (index, (expectation, answer)) in
        model.expectations.iter().zip(&main.expectations).enumerate()
    {
        one(page, 2, model, main, expectation, answer);
        for other in report.results.iter().skip(1) {
            elsewhere(page, report, other, index, answer.holds);
        }
    }
}

/// Writes one expectation, and where it fails the storyline that breaks it.
pub fn one(
    page: &mut Page,
    indent: usize,
    model: &Model,
    answers: &Answers,
    expectation: &Expectation,
    answer: &ExpectationAnswer,
) {
    let mark = if answer.holds {
        Line::new().then(Paint::Good, "✓ ")
    } else {
        Line::new().then(Paint::Bad, "✗ ")
    };
    let mut text = Line::new();
    if let Some(title) = &expectation.title {
        text = text.strong(title).plain(": ");
    }
    text = text.plain(&expectation.text);
    if let Some(actual) = answer.actual {
        text = text.plain("  ").value(format!("is {}", percent(actual)));
    }
    let first = Line::new().fill(indent).and(&mark);
    page.paragraph(&first, &Line::new().fill(indent + 4), &text);
    if let Some(remark) = remark(model, expectation, answer) {
        page.indented(indent + 4, &Line::new().then(Paint::Doubt, remark));
    }
    if let Some(storyline) = answer.storyline.as_ref().filter(|_| !answer.holds) {
        let chance = format!("broken by this storyline ({}):", small(storyline.probability));
        page.indented(indent + 4, &Line::new().then(Paint::Bad, chance));
        steps(page, indent + 6, model, answers, storyline);
    }
}

/// Says what becomes of an expectation in another reading, where that is not the same.
fn elsewhere(page: &mut Page, report: &Report<'_>, other: &Answers, index: usize, holds: bool) {
    let (Some(reading), Some(answer)) = (report.reading(other), other.expectations.get(index))
    else {
        return;
    };
    if answer.holds == holds {
        return;
    }
    let word = if answer.holds { "holds" } else { "does not hold" };
    let actual = answer.actual.map(|actual| format!(": {}", percent(actual))).unwrap_or_default();
    page.indented(6, &Line::new().faint(format!("{word} in reading {}{actual}", reading.name)));
}
