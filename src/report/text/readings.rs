//! The readings side by side.

use super::interval;
use super::line::{Line, Paint};
use super::page::Page;
use super::table::{Align, Table};
use crate::analysis::Answers;
use crate::model::{BASELINE, Reading};
use crate::report::content::changes::changes;
use crate::report::percent::points;
use crate::report::{Report, percent};

/// The least room for the titles of the outcomes.
const TITLES: usize = 22;

/// The row for how likely what was observed is in each reading.
const OBSERVED: &str = "(how likely what was observed was)";

/// Writes the readings: who reads the facts so and what that changes; nothing where only one set of
/// answers is reported.
pub fn write(page: &mut Page, report: &Report<'_>) {
    not_evaluated(page, report);
    let Some((baseline, others)) = report.results.split_first() else { return };
    if others.is_empty() {
        return;
    }
    let first = report.reading(baseline).map_or(BASELINE, |reading| &reading.name);
    page.section(
        "Readings",
        &format!("the same facts read otherwise; in points: the difference to {first}"),
    );
    for answers in others {
        if let Some(reading) = report.reading(answers) {
            about(page, report, reading);
        }
    }
    let baseline = column(report, baseline, None);
    let mut others: &[Answers] = others;
    while let Some(first) = others.first() {
        let mut columns = vec![baseline.clone(), column(report, first, report.main())];
        others = &others[1..];
        while let Some(next) = others.first() {
            let next = column(report, next, report.main());
            let width: usize = columns.iter().chain([&next]).map(|one| width(one) + 2).sum();
            if width + TITLES + 2 > page.width() {
                break;
            }
            columns.push(next);
            others = &others[1..];
        }
        page.blank();
        table(page, report, &columns);
    }
}

/// Writes which readings have no answers, and why.
fn not_evaluated(page: &mut Page, report: &Report<'_>) {
    if !report.unanswered.is_empty() {
        page.section("Not evaluated", "all else is told without it");
    }
    for (name, why) in report.not_evaluated() {
        page.indented(2, &Line::new().strong(name));
        for one in why {
            page.indented(4, &Line::new().then(Paint::Bad, one));
        }
    }
}

fn about(page: &mut Page, report: &Report<'_>, reading: &Reading) {
    let mut title = Line::new().strong(&reading.name);
    if reading.title != reading.name {
        title = title.plain("  ").plain(&reading.title);
    }
    page.indented(2, &title);
    for voice in &reading.voices {
        page.indented(4, &Line::new().plain(format!("read so by {voice}")));
    }
    for because in &reading.because {
        let source = because.source.map(|id| report.model.sources[id.index()].name.as_str());
        let source = source.map(|name| format!(" [{name}]")).unwrap_or_default();
        page.indented(4, &Line::new().plain(format!("because {}{source}", because.text)));
    }
    for change in changes(report.model, &reading.changes) {
        page.indented(4, &Line::new().faint(change));
    }
}

/// The texts below each other of one set of answers: whose they are, then for each outcome the
/// estimate, with its difference to the baseline, and the bounds.
fn column(report: &Report<'_>, answers: &Answers, baseline: Option<&Answers>) -> Vec<Line> {
    let reading = report.reading(answers);
    let mut column = vec![Line::new().faint(reading.map_or(BASELINE, |one| &one.name))];
    for (index, answer) in answers.outcomes.iter().enumerate() {
        let mut cell = Line::new().strong(percent(answer.estimate));
        if let Some(base) = baseline.and_then(|baseline| baseline.outcomes.get(index)) {
            let difference = points(answer.estimate - base.estimate);
            cell = cell.then(Paint::Doubt, format!(" ({difference})"));
        }
        column.push(cell);
        column.push(Line::new().plain(interval(answer.both.or(answer.confidence))));
    }
    // Readings under which what was seen was more likely are supported by it.
    if let Some(answer) = answers.observation {
        let mut cell = Line::new().strong(percent(answer.probability));
        if let Some(base) = baseline.and_then(|baseline| baseline.observation) {
            let difference = points(answer.probability - base.probability);
            cell = cell.then(Paint::Doubt, format!(" ({difference})"));
        }
        column.push(cell);
        column.push(Line::new().plain(interval(answer.bounds)));
    }
    column
}

fn width(column: &[Line]) -> usize {
    column.iter().map(Line::width).max().unwrap_or(0)
}

fn table(page: &mut Page, report: &Report<'_>, columns: &[Vec<Line>]) {
    let mut aligns = vec![Align::Left];
    aligns.extend(columns.iter().map(|_| Align::Right));
    let mut table = Table::new(2, &aligns);
    table.row(row(Line::new(), columns, 0));
    let numbers: usize = columns.iter().map(|column| width(column) + 2).sum();
    let room = page.width().saturating_sub(numbers + 2).max(TITLES);
    let mut titles: Vec<&str> = report.model.outcomes.iter().map(|it| it.title.as_str()).collect();
    titles.extend((!report.model.observations.is_empty()).then_some(OBSERVED));
    for (index, title) in titles.into_iter().enumerate() {
        // The title runs on beside the bounds, which stand below the estimates.
        let mut title = Line::new().plain(title).wrap(room).into_iter();
        for at in [2 * index + 1, 2 * index + 2] {
            table.row(row(title.next().unwrap_or_default(), columns, at));
        }
        title.for_each(|rest| table.row(vec![rest]));
    }
    table.write(page);
}

fn row(title: Line, columns: &[Vec<Line>], at: usize) -> Vec<Line> {
    let cells = columns.iter().map(|column| column.get(at).cloned().unwrap_or_default());
    std::iter::once(title).chain(cells).collect()
}
