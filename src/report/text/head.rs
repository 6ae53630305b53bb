//! The head of a report: what it is about and over what time.

use super::line::{Line, Paint};
use super::page::Page;
use crate::model::{Declaration, DeclarationKind, Model};
use crate::report::Report;
use crate::report::content::labels;

/// Writes title, summary, span of time and, where it is about one reading, which.
pub fn write(page: &mut Page, report: &Report<'_>) {
    let model = report.model;
    opening(page, model);
    page.indented(0, &Line::new().faint(counts(model)));
    if let Some(reading) = report.main().and_then(|main| report.reading(main)) {
        let word = if report.unanswered.is_empty() { "In one reading only" } else { "As read by" };
        let mut line = Line::new().then(Paint::Doubt, format!("{word}: "));
        line = line.strong(&reading.title).plain(format!(" ({})", reading.name));
        page.blank();
        page.indented(0, &line);
    }
}

/// Title, summary and span of time.
pub(crate) fn opening(page: &mut Page, model: &Model) {
    page.paragraph(&Line::new(), &Line::new(), &Line::new().strong(&model.title));
    let width = Line::new().plain(&model.title).width().clamp(8, page.width());
    page.line(&Line::new().faint("─".repeat(width)));
    if let Some(summary) = &model.summary {
        page.indented(0, &Line::new().plain(summary));
        page.blank();
    }
    page.indented(0, &Line::new().plain(time(model)));
}

/// The span of time in words.
pub(crate) fn time(model: &Model) -> String {
    let start = model.start.map(|date| format!("Starts on {date}. "));
    let turn = model.turn.map(|turn| format!("One turn is {}. ", labels::turn_length(turn)));
    let end = match model.horizon {
        Some(horizon) => {
            let turns = labels::counted(horizon as usize, "turn");
            match model.date(horizon) {
                Some(date) => format!("Looks {turns} ahead, to {date}."),
                None => format!("Looks {turns} ahead."),
            }
        }
        None => "Looks ahead until nothing more can happen.".to_owned(),
    };
    format!("{}{}{end}", start.unwrap_or_default(), turn.unwrap_or_default())
}

/// What the scenario is made of.
pub(crate) fn counts(model: &Model) -> String {
    // A line that changes a position belongs to the position.
    let is_rule = |one: &&Declaration| one.kind != DeclarationKind::Becomes;
    let rules = model.declarations.iter().filter(is_rule).count();
    let counts = [
        (model.actors.len(), "actor"),
        (model.positions.len(), "position"),
        (rules, "rule or decision"),
        (model.sources.len(), "source"),
        (model.readings.len(), "reading"),
    ];
    let words: Vec<String> = (counts.iter().filter(|(count, _)| *count > 0))
        .map(|&(count, what)| match (what, count) {
            ("rule or decision", 1) => "1 rule or decision".to_owned(),
            ("rule or decision", _) => format!("{count} rules and decisions"),
            _ => labels::counted(count, what),
        })
        .collect();
    words.join(" · ")
}
