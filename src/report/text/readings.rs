//! The readings side by side.

use super::interval;
use super::line::{Line, Paint};
use super::page::Page;
use super::table::{Align, Table};
use crate::analysis::Answers;
use crate::model::Reading;
use crate::report::changes::changes;
use crate::report::percent::points;
use crate::report::{Report, percent};

/// The room that one reading takes in the table.
const COLUMN: usize = 20;

/// Writes the readings: who reads the facts so and what that changes; nothing where only one set of
/// answers is reported.
pub fn write(page: &mut Page, report: &Report<'_>) {
    let Some((baseline, others)) = report.results.split_first() else { return };
    if others.is_empty() {
        return;
    }
    page.section(
        "Readings",
        "the same facts read otherwise; in points: the difference to baseline",
    );
    for answers in others {
        if let Some(reading) = report.reading(answers) {
            about(page, report, reading);
        }
    }
    page.blank();
    let at_once = (page.width().saturating_sub(30 + COLUMN) / COLUMN).max(1);
    for some in others.chunks(at_once) {
        table(page, report, baseline, some);
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

fn table(page: &mut Page, report: &Report<'_>, baseline: &Answers, others: &[Answers]) {
    let mut columns = vec![Align::Left, Align::Right];
    columns.extend(others.iter().map(|_| Align::Right));
    let mut table = Table::new(2, &columns);
    let mut head = vec![Line::new(), Line::new().faint("baseline")];
    for answers in others {
        let name = report.reading(answers).map(|reading| reading.name.as_str());
        head.push(Line::new().faint(name.unwrap_or("baseline")));
    }
    table.row(head);
    for (index, outcome) in report.model.outcomes.iter().enumerate() {
        let Some(base) = baseline.outcomes.get(index) else { continue };
        let mut estimates =
            vec![Line::new().plain(&outcome.title), Line::new().strong(percent(base.estimate))];
        let mut bounds =
            vec![Line::new(), Line::new().plain(interval(base.both.or(base.confidence)))];
        for answer in others.iter().filter_map(|answers| answers.outcomes.get(index)) {
            let difference = points(answer.estimate - base.estimate);
            let cell = Line::new().strong(percent(answer.estimate));
            estimates.push(cell.then(Paint::Doubt, format!(" ({difference})")));
            bounds.push(Line::new().plain(interval(answer.both.or(answer.confidence))));
        }
        table.row(estimates);
        table.row(bounds);
    }
    table.write(page);
}
