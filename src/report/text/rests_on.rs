//! What all this rests on.

use super::line::Line;
use super::page::Page;
use crate::model::Model;
use crate::report::counted;
use crate::report::rests_on::{RestsOn, UsedSource};

/// Writes the sources with their grades, and what has none.
pub fn write(page: &mut Page, model: &Model) {
    let rests_on = RestsOn::new(model);
    page.section("Rests on", "");
    for used in &rests_on.sources {
        source(page, used);
    }
    for text in without(&rests_on) {
        page.indented(2, &Line::new().plain(text));
    }
}

fn source(page: &mut Page, used: &UsedSource<'_>) {
    let mut line = Line::new().strong(&used.source.name).plain("  ").plain(&used.source.title);
    if let Some(by) = &used.source.by {
        line = line.plain(format!(", {by}"));
    }
    if let Some(date) = used.source.date {
        line = line.plain(format!(", {date}"));
    }
    if let Some(grade) = &used.source.grade {
        let words = used.grade_in_words().map(|words| format!(" ({words})")).unwrap_or_default();
        line = line.plain(format!("; grade {grade}{words}"));
    }
    if let Some(url) = &used.source.url {
        line = line.plain(format!(" {url}"));
    }
    line = line.faint(format!(" — {}", carries(used)));
    page.paragraph(&Line::new().fill(2), &Line::new().fill(4), &line);
}

/// How much rests on a source: `3 positions, 1 rule`.
pub(crate) fn carries(used: &UsedSource<'_>) -> String {
    let counts = [(used.positions, "position"), (used.rules, "rule"), (used.readings, "reading")];
    let words: Vec<String> = (counts.iter().filter(|(count, _)| *count > 0))
        .map(|&(count, what)| counted(count, what))
        .collect();
    words.join(", ")
}

/// What is the author's alone.
pub(crate) fn without(rests_on: &RestsOn<'_>) -> Vec<String> {
    let mut texts = Vec::new();
    let positions = rests_on.positions;
    if positions.without > 0 {
        let all = counted(positions.all, "position");
        texts.push(format!("{} of {all} without a source", positions.without));
    }
    let rules = rests_on.rules;
    if rules.without > 0 {
        texts.push(format!(
            "{} of {} and decisions without a rationale",
            rules.without,
            counted(rules.all, "rule")
        ));
    }
    texts
}
