//! What has changed in a scenario that is being written, since it was last evaluated.

use super::results::{ExpectationChange, ResultChanges, ValueChange};
use super::text::{ladder, titled};
use super::{SideReport, words};
use crate::analysis::Answers;
use crate::diagnostic::{Diagnostic, render};
use crate::report::text::{Line, Page, Paint, Style};
use crate::report::{Report, counted};
use std::collections::BTreeMap;

/// What `watch` shows after a change: outcomes before and now, expectations that began or ceased to hold,
/// for the scenario as written and for each reading in which anything differs; doubts that are new or
/// mended.
#[must_use]
pub fn watched(before: &Report<'_>, after: &Report<'_>, style: Style) -> String {
    let mut page = Page::new(style);
    let mut changed = false;
    for now in after.results {
        let reading = name(after, now);
        let was = before.results.iter().find(|was| name(before, was) == reading);
        let new = [side(after, now), side(after, now)];
        let changes = match was {
            Some(was) => ResultChanges::new(&[side(before, was), side(after, now)]),
            None => without_before(ResultChanges::new(&new)),
        };
        changed |= results(&mut page, reading, was.is_none(), &changes);
    }
    for was in before.results {
        let Some(gone) = name(before, was) else { continue };
        if !after.model.readings.iter().any(|reading| reading.name == gone) {
            page.section("Reading", &format!("{gone} is gone"));
            changed = true;
        }
    }
    for part in after.unanswered {
        let reading = part.reading.and_then(|at| after.model.readings.get(at));
        let whose = reading.map_or("as written", |reading| &reading.name);
        page.section("Not evaluated", whose);
        changed = true;
        for one in part.failure.diagnostics() {
            page.indented(2, &Line::new().plain(format!("{}: {}", one.code, one.message)));
        }
    }
    if !changed {
        page.indented(2, &Line::new().plain("nothing changed in the results"));
    }
    doubts(&mut page, before, after);
    page.finish()
}

/// The name of the reading that answers belong to; `None` is the scenario as written.
fn name<'a>(report: &Report<'a>, answers: &Answers) -> Option<&'a str> {
    report.reading(answers).map(|reading| reading.name.as_str())
}

fn side<'a>(report: &Report<'a>, answers: &'a Answers) -> SideReport<'a> {
    SideReport { file: report.file, view: "", model: report.model, answers, failure: None }
}

/// The results of a reading that is new: all there is to tell of it.
fn without_before(mut changes: ResultChanges) -> ResultChanges {
    changes.outcomes.iter_mut().for_each(|one| one.before = None);
    changes
}

/// Writes what differs; `false` where nothing does.
fn results(page: &mut Page, name: Option<&str>, new: bool, changes: &ResultChanges) -> bool {
    // What is no longer expected, or only now, is told once, of the scenario as written.
    let told = |one: &&ExpectationChange| {
        flipped(one) && (name.is_none() || (one.before.is_some() && one.after.is_some()))
    };
    let flips: Vec<&ExpectationChange> = changes.expectations.iter().filter(told).collect();
    let moved: Vec<&ValueChange> = changes.outcomes.iter().filter(|one| one.is_moved()).collect();
    let rungs = changes.rungs.iter().any(ValueChange::is_moved);
    let reactions = reactions(changes);
    if moved.is_empty() && flips.is_empty() && !rungs && reactions.is_empty() && !new {
        return false;
    }
    match name {
        None => page.section("Outcomes", "before and now"),
        Some(name) if new => page.section("Reading", &format!("{name} is new")),
        Some(name) => page.section("Reading", name),
    }
    for one in &moved {
        titled(page, &one.title, &Line::new().value(words::estimates(one)));
        let around = Line::new().faint(words::around(one));
        page.line(&Line::new().fill(page.width().saturating_sub(around.width())).and(&around));
    }
    match (changes.outcomes.len(), moved.len()) {
        (0, _) => {}
        (_, 0) => page.indented(2, &Line::new().faint("all as before")),
        (all, moved) if all > moved => {
            let others = counted(all - moved, "other");
            page.indented(2, &Line::new().faint(format!("{others} as before")));
        }
        (_, _) => {}
    }
    if !reactions.is_empty() {
        page.indented(2, &Line::new().faint(format!("reactions: {}", reactions.join(", "))));
    }
    if name.is_none() {
        ladder(page, changes);
    }
    expectations(page, name, &flips);
    true
}

/// Whether an expectation began or ceased to hold, or to be expected.
fn flipped(one: &ExpectationChange) -> bool {
    one.before.map(|before| before.0) != one.after.map(|after| after.0)
}

/// How many reactions are gained, lost and otherwise likely.
fn reactions(changes: &ResultChanges) -> Vec<String> {
    let counts = [
        (changes.gained.len(), "gained"),
        (changes.lost.len(), "lost"),
        (changes.changed.len(), "more or less likely"),
        (changes.edges_gained.len(), "links gained"),
        (changes.edges_lost.len(), "links lost"),
    ];
    let some = counts.into_iter().filter(|(count, _)| *count > 0);
    some.map(|(count, what)| match count {
        1 => format!("1 {}", what.replacen("links", "link", 1)),
        _ => format!("{count} {what}"),
    })
    .collect()
}

fn expectations(page: &mut Page, reading: Option<&str>, flips: &[&ExpectationChange]) {
    if flips.is_empty() {
        return;
    }
    // Those of a reading stand below its results.
    if reading.is_none() {
        page.section("Expectations", "those that began or ceased to hold");
    }
    for one in flips {
        let (mark, paint) = match one.after {
            Some((true, _)) => ("✓ ", Paint::Good),
            Some((false, _)) => ("✗ ", Paint::Bad),
            None => ("- ", Paint::Faint),
        };
        let first = Line::new().fill(2).then(paint, mark);
        page.paragraph(&first, &Line::new().fill(6), &Line::new().plain(&one.text));
        page.indented(6, &Line::new().faint(words::expectation(one)));
    }
}

/// Writes the doubts that are new or mended. They are told apart by what they say, for lines move.
fn doubts(page: &mut Page, before: &Report<'_>, after: &Report<'_>) {
    let (mended, new) = (missing(before, after), missing(after, before));
    if mended.is_empty() && new.is_empty() {
        return;
    }
    page.section("Doubts", "new and mended");
    let lists = [(new, after, "+ ", Paint::Bad), (mended, before, "- ", Paint::Good)];
    for (list, report, sign, paint) in lists {
        let text = render::short(&list, report.sources);
        for line in text.lines() {
            let first = Line::new().fill(2).then(paint, sign);
            page.paragraph(&first, &Line::new().fill(6), &Line::new().plain(line));
        }
    }
}

/// The diagnostics of one report that another does not have.
fn missing(report: &Report<'_>, other: &Report<'_>) -> Vec<Diagnostic> {
    let key = |report: &Report<'_>, one: &Diagnostic| {
        let file = report.sources.file(one.primary.span.file).path.clone();
        (one.code, one.message.clone(), file)
    };
    let mut counts: BTreeMap<_, usize> = BTreeMap::new();
    for one in other.diagnostics {
        *counts.entry(key(other, one)).or_default() += 1;
    }
    let found = report.diagnostics.iter().filter(|one| {
        match counts.get_mut(&key(report, one)).filter(|count| **count > 0) {
            Some(count) => {
                *count -= 1;
                false
            }
            None => true,
        }
    });
    found.cloned().collect()
}
