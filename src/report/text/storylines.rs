//! The most probable ways to each outcome.

use super::line::{Line, Paint};
use super::page::{Page, Style};
use crate::analysis::{Answers, ExpectationAnswer, NodeKind, Storyline};
use crate::model::{Model, OutcomeId};
use crate::report::content::labels;
use crate::report::percent::small;

/// Writes the storylines, grouped by outcome; nothing where there are none.
pub fn write(page: &mut Page, model: &Model, answers: &Answers) {
    if answers.storylines.is_empty() {
        return;
    }
    page.section("Storylines", "the most probable ways to each outcome, with their own chance");
    for (index, outcome) in model.outcomes.iter().enumerate() {
        let id = OutcomeId::new(index);
        let to_here = answers.storylines.iter().filter(|one| one.outcome == Some(id));
        for (at, storyline) in to_here.enumerate() {
            if at == 0 {
                page.indented(2, &Line::new().strong(&outcome.title));
            }
            let chance = format!("{}. {}", at + 1, small(storyline.probability));
            page.indented(4, &Line::new().value(chance));
            steps(page, 6, model, answers, storyline);
        }
    }
}

/// Writes what happens in a storyline, turn by turn.
pub fn steps(
    page: &mut Page,
    indent: usize,
    model: &Model,
    answers: &Answers,
    storyline: &Storyline,
) {
    let heads: Vec<String> = (storyline.steps.iter())
        .map(|step| match model.date(step.turn) {
            Some(date) => format!("turn {}, {date}", step.turn),
            None => format!("turn {}", step.turn),
        })
        .collect();
    let width = heads.iter().map(String::len).max().unwrap_or(0) + 2;
    for (step, head) in storyline.steps.iter().zip(&heads) {
        for (at, id) in step.nodes.iter().enumerate() {
            let head = if at == 0 { head.as_str() } else { "" };
            let first = Line::new().plain(" ".repeat(indent)).faint(head).fill(indent + width);
            let next = Line::new().fill(indent + width + 2);
            page.paragraph(&first, &next, &what(model, answers, id));
        }
    }
    if storyline.steps.is_empty() {
        page.indented(indent, &Line::new().faint("nothing happens"));
    }
}

/// The storyline that breaks an expectation, as a text of its own; empty where there is none.
#[must_use]
pub fn broken(
    model: &Model,
    answers: &Answers,
    answer: &ExpectationAnswer,
    style: Style,
) -> String {
    let Some(storyline) = &answer.storyline else { return String::new() };
    let mut page = Page::new(style);
    let chance = format!("broken by this storyline ({}):", small(storyline.probability));
    page.indented(0, &Line::new().plain(chance));
    steps(&mut page, 2, model, answers, storyline);
    page.finish()
}

/// What someone does, or, fainter, what that changes.
fn what(model: &Model, answers: &Answers, id: &str) -> Line {
    let Some(index) = answers.reactions.find(id) else { return Line::new().plain(id) };
    let kind = &answers.reactions.graph[index].kind;
    let label = labels::node(model, kind);
    match kind {
        NodeKind::Start | NodeKind::Event(_) => Line::new().plain(label),
        NodeKind::Change(..) => Line::new().faint("~ ").faint(label),
        NodeKind::Outcome(_) => Line::new().then(Paint::Doubt, "◆ ").strong(label),
    }
}
