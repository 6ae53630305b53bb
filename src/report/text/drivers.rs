//! What the outcomes hang on: a tornado for each, how steeply, what else could be replaced, and
//! what would flip it.

use super::Style;
use super::line::{Line, Paint};
use super::page::Page;
use super::table::{Align, Table};
use super::tornado::Tornado;
use crate::report::content::drivers::{
    Alike, Bar, DriversReport, LEGEND, NO_FLIP, SLOPES, edges, flip_percents, notes, slopes, title,
};
use crate::report::content::labels;
use crate::report::percent;
use crate::report::percent::points;

/// The room for names beside numbers.
const NAMES: usize = 26;

/// The page of `drivers` for a terminal.
#[must_use]
pub fn drivers(report: &DriversReport<'_>, style: Style) -> String {
    let mut page = Page::new(style);
    let heading = Line::new().plain("What it hangs on: ").strong(&report.model.title);
    page.paragraph(&Line::new(), &Line::new(), &heading);
    page.line(&Line::new().faint("─".repeat(heading.width().clamp(8, page.width()))));
    if let Some(reading) = report.reading() {
        let mut line = Line::new().then(Paint::Doubt, "In one reading only: ");
        line = line.strong(&reading.title).plain(format!(" ({})", reading.name));
        page.indented(0, &line);
    }
    for note in notes(report) {
        page.indented(0, &Line::new().faint(note));
    }
    swings(&mut page, report);
    steepness(&mut page, report);
    replacements(&mut page, report);
    flips(&mut page, report);
    let situations = labels::counted(report.drivers.situations, "situation");
    page.section("Method", "");
    let method = format!(
        "Exact: {situations} were evaluated, those included that only other likelihoods allow."
    );
    page.indented(2, &Line::new().plain(method));
    page.finish()
}

fn swings(page: &mut Page, report: &DriversReport<'_>) {
    page.section(
        "Swings",
        &format!("{LEGEND}; ░ towards the low end, █ the high end, ▒ in between, │ now"),
    );
    for at in report.leading() {
        let (outcome, driven) = report.driven(at);
        let bars = report.tornado(at);
        page.blank();
        let title = Line::new().strong(&outcome.title).faint(" · now ");
        page.indented(2, &title.then(Paint::Value, percent(driven.estimate)));
        if bars.is_empty() {
            page.indented(2, &Line::new().plain("No likelihood with a range moves it."));
            continue;
        }
        let shown = &bars[..bars.len().min(report.top)];
        let tornado = Tornado::new(driven.estimate, shown.iter().map(Bar::extremes));
        let mut table = Table::new(2, &[Align::Left, Align::Left, Align::Left, Align::Right]);
        let columns = page.width().saturating_sub(NAMES + 38).clamp(12, 50);
        for bar in shown {
            let path: Vec<String> = bar.path().into_iter().map(percent).collect();
            let (from, to) = (percent(bar.swing.low), percent(bar.swing.high));
            table.row(vec![
                Line::new().plain(&bar.likelihood.name),
                Line::new().faint(format!("{from}..{to}")),
                tornado.bar(columns, bar.ends(), bar.extremes()),
                Line::new().strong(path.join(" → ")),
            ]);
        }
        table.write(page);
        more(page, bars.len(), report.top, "likelihood");
    }
}

fn more(page: &mut Page, count: usize, top: usize, what: &str) {
    if count > top {
        let left = labels::counted(count - top, what);
        page.indented(2, &Line::new().faint(format!("{left} more: see `--top`")));
    }
}

fn steepness(page: &mut Page, report: &DriversReport<'_>) {
    let leading = report.leading();
    let steepest = report.steepest(&leading);
    if steepest.is_empty() {
        return;
    }
    page.section("How steeply", SLOPES);
    let mut table = headed(report, &leading, &["", "now"]);
    for one in steepest.iter().take(report.top) {
        let mut row = vec![Line::new().plain(&one.name), Line::new().faint(percent(one.estimate))];
        row.extend(leading.iter().map(|&at| Line::new().plain(slopes(one.slopes[at]))));
        table.row(row);
    }
    table.write(page);
    more(page, steepest.len(), report.top, "likelihood");
}

/// A table with a column for each outcome, by name.
fn headed(report: &DriversReport<'_>, leading: &[usize], first: &[&str]) -> Table {
    let mut aligns = vec![Align::Left; 1];
    aligns.resize(first.len() + leading.len(), Align::Right);
    let mut table = Table::new(2, &aligns);
    let mut head: Vec<Line> = first.iter().map(|text| Line::new().faint(text)).collect();
    head.extend(leading.iter().map(|&at| Line::new().faint(&report.driven(at).0.name)));
    table.row(head);
    table
}

fn replacements(page: &mut Page, report: &DriversReport<'_>) {
    let leading = report.leading();
    let all = report.replaced(&leading);
    if all.is_empty() {
        return;
    }
    page.section(
        "One thing replaced",
        "changes in points where a position, an initial value or a decision is another one, and all \
         else as it is",
    );
    let mut table = headed(report, &leading, &[""]);
    for (one, others) in all.iter().take(report.top) {
        let now = match &one.present {
            Some(present) => format!(" (now {present})"),
            None => " (now its policy)".to_owned(),
        };
        table.row(vec![Line::new().strong(&one.name).faint(now)]);
        others.iter().for_each(|other| table.row(alternate(report, &leading, other)));
    }
    table.write(page);
    more(page, all.len(), report.top, "thing");
}

fn alternate(report: &DriversReport<'_>, leading: &[usize], other: &Alike<'_>) -> Vec<Line> {
    let mut row = vec![Line::new().plain("  ").plain(&other.values)];
    match &other.estimates {
        Some(all) => row.extend(
            leading
                .iter()
                .map(|&at| Line::new().plain(points(all[at] - report.driven(at).1.estimate))),
        ),
        None => row.push(Line::new().then(Paint::Doubt, "cannot run")),
    }
    row
}

fn flips(page: &mut Page, report: &DriversReport<'_>) {
    page.section(
        "What would flip it",
        "the smallest change of one likelihood, all others at their estimates, that makes another \
         outcome the most probable or changes whether an expectation holds",
    );
    let quote = |text: &str| format!("“{text}”");
    let (bullet, next) = (Line::new().plain("  • "), Line::new().plain("    "));
    let all = &report.drivers.flips;
    for flip in all.iter().take(report.top) {
        let one = report.likelihood_of(flip);
        let mut line = Line::new().plain("if ").strong(&one.name).plain(" were ");
        let (to, from) = flip_percents(flip);
        line = line.then(Paint::Value, to).plain(format!(" instead of {from}"));
        if flip.others_give_way {
            line = line.faint(" (its other alternatives giving way in proportion)");
        }
        line = line.plain(format!(", {}", report.consequence(flip.what, &quote)));
        let about = title(report.model, one.what);
        if about != one.name {
            line = line.faint(format!(" [{about}]"));
        }
        page.paragraph(&bullet, &next, &line);
    }
    for line in edges(report, &quote) {
        page.paragraph(&bullet, &next, &Line::new().plain(line));
    }
    if all.is_empty() && report.drivers.edges.is_empty() {
        page.indented(2, &Line::new().plain(NO_FLIP));
    }
    more(page, all.len(), report.top, "flip");
}
