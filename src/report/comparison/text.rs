//! A comparison for a terminal.

use super::results::{NodeChange, ResultChanges, ValueChange};
use super::{ComparisonReport, words};
use crate::model::Difference;
use crate::report::percent::points;
use crate::report::text::{Line, Page, Paint, Style};

/// So many reactions of each kind are shown.
const MOST: usize = 10;

/// The report of `compare` for a terminal.
#[must_use]
pub fn text(report: &ComparisonReport<'_>, style: Style) -> String {
    let mut page = Page::new(style);
    let results = ResultChanges::new(&report.sides);
    let right = &report.sides[1];
    page.paragraph(&Line::new(), &Line::new(), &Line::new().strong(&right.model.title));
    let (before, after) = words::heading(&report.sides);
    page.indented(0, &Line::new().plain("from  ").plain(before));
    page.indented(0, &Line::new().plain("to    ").plain(after));
    differences(&mut page, report);
    if report.differences.is_empty() {
        return page.finish();
    }
    not_evaluated(&mut page, report);
    outcomes(&mut page, report, &results);
    ladder(&mut page, &results);
    reactions(&mut page, &results);
    expectations(&mut page, &results);
    page.section("Method", "");
    for told in words::methods(&report.sides) {
        page.indented(2, &Line::new().plain(told));
    }
    if let Some(attribution) = report.attribution {
        page.indented(2, &Line::new().plain(words::method(attribution)));
    }
    page.finish()
}

fn not_evaluated(page: &mut Page, report: &ComparisonReport<'_>) {
    let told: Vec<String> = words::failures(&report.sides).collect();
    if !told.is_empty() {
        page.section("Not evaluated", "so there is nothing to compare the other side with");
    }
    for one in told {
        page.paragraph(&Line::new().fill(2), &Line::new().fill(4), &Line::new().plain(one));
    }
}

fn differences(page: &mut Page, report: &ComparisonReport<'_>) {
    page.section("What differs", &words::count(report.differences));
    for one in report.differences.iter().filter(|one| one.matters) {
        difference(page, report, one);
    }
    let mut others = report.differences.iter().filter(|one| !one.matters).peekable();
    if others.peek().is_some() && report.differences.iter().any(|one| one.matters) {
        page.indented(2, &Line::new().faint("without effect on results:"));
    }
    others.for_each(|one| difference(page, report, one));
}

fn difference(page: &mut Page, report: &ComparisonReport<'_>, one: &Difference) {
    use crate::model::Status;
    let paint = match one.status {
        Status::Added => Paint::Good,
        Status::Removed => Paint::Bad,
        Status::Changed => Paint::Doubt,
    };
    let place = words::place(one, report.sources);
    let place = if place.is_empty() { place } else { format!("  {place}") };
    let sign = words::sign(one.status).to_string();
    let line = Line::new().then(paint, sign).plain(" ").strong(&one.name).faint(place);
    page.paragraph(&Line::new().fill(2), &Line::new().fill(4), &line);
    if one.status == Status::Changed {
        for part in &one.parts {
            let text = Line::new().plain(words::part(part));
            page.paragraph(&Line::new().fill(6), &Line::new().fill(8), &text);
        }
    }
}

/// A title, and at the right what it is worth; on a line of its own where the title is too long.
pub(super) fn titled(page: &mut Page, title: &str, value: &Line) {
    let mut indent = 2;
    let width = page.width();
    let room = width.saturating_sub(indent + value.width() + 2);
    let mut lines = Line::new().plain(title).wrap(room.saturating_sub(2).max(20));
    let last = lines.pop().unwrap_or_default();
    for line in lines {
        page.line(&Line::new().fill(indent).and(&line));
        indent = 4;
    }
    let line = Line::new().fill(indent).and(&last);
    page.line(&line.fill(width.saturating_sub(value.width())).and(value));
}

fn outcomes(page: &mut Page, report: &ComparisonReport<'_>, results: &ResultChanges) {
    if results.outcomes.is_empty() {
        return;
    }
    let note = "estimates before and after, with the difference in points; their bounds; what the difference is due to";
    page.section("Outcomes", note);
    let mut attributed = 0;
    for one in &results.outcomes {
        titled(page, &one.title, &Line::new().value(words::estimates(one)));
        let around = Line::new().faint(words::around(one));
        page.line(&Line::new().fill(page.width().saturating_sub(around.width())).and(&around));
        if one.difference().is_none() {
            continue;
        }
        let parts = report.attribution.map(|it| words::shares(report, it, attributed));
        attributed += 1;
        for (share, name) in parts.unwrap_or_default() {
            let first = Line::new().fill(4).then(Paint::Doubt, format!("{:>6}", points(share)));
            let text = Line::new().plain(format!("by {name}"));
            page.paragraph(&first.plain("  "), &Line::new().fill(15), &text);
        }
    }
}

pub(super) fn ladder(page: &mut Page, results: &ResultChanges) {
    let moved = |one: &&ValueChange| one.difference().is_none_or(|it| it.abs() > 1e-8);
    let changed: Vec<&ValueChange> = results.rungs.iter().filter(moved).collect();
    if changed.is_empty() {
        return;
    }
    page.section("Ladder", "rungs that are reached more or less often");
    for one in changed.into_iter().rev() {
        titled(page, &one.title, &Line::new().value(words::estimates(one)));
    }
}

fn reactions(page: &mut Page, results: &ResultChanges) {
    let lists = [
        ("Reactions gained", &results.gained),
        ("Reactions lost", &results.lost),
        ("Reactions that changed most", &results.changed),
    ];
    for (title, nodes) in lists {
        list(page, title, nodes);
    }
    for (what, edges) in [("gained", &results.edges_gained), ("lost", &results.edges_lost)] {
        if edges.is_empty() {
            continue;
        }
        page.section(&format!("Links {what}"), "what follows from what, by which rule");
        for edge in edges.iter().take(MOST) {
            page.paragraph(&Line::new().fill(2), &Line::new().fill(4), &Line::new().plain(edge));
        }
        more(page, edges.len());
    }
}

fn list(page: &mut Page, title: &str, nodes: &[NodeChange]) {
    if nodes.is_empty() {
        return;
    }
    page.section(title, "");
    for node in nodes.iter().take(MOST) {
        let value = words::change(node.before, node.after);
        titled(page, &node.label, &Line::new().value(value));
    }
    more(page, nodes.len());
}

fn more(page: &mut Page, count: usize) {
    if count > MOST {
        page.indented(2, &Line::new().faint(format!("and {} more (--format json)", count - MOST)));
    }
}

fn expectations(page: &mut Page, results: &ResultChanges) {
    if results.expectations.is_empty() {
        return;
    }
    page.section("Expectations", "those that do not come to the same");
    for one in &results.expectations {
        titled(page, &one.text, &Line::new().plain(words::expectation(one)));
    }
}
