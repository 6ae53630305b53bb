//! What things are called in reports: titles where the scenario gives them.

use crate::analysis::{By, NodeKind, ObservationAnswer, ReactionGraph, VariableChange};
use crate::model::{Model, Observation, RungEffect, TimeUnit, TurnLength};
use crate::report::percent::{number, percent};
use crate::report::text::interval;

/// The title of a node: `France: Float the idea of sending troops`.
#[must_use]
pub fn node(model: &Model, kind: &NodeKind) -> String {
    match *kind {
        NodeKind::Start => "start".to_owned(),
        NodeKind::Event(event) => model.event_title(&event),
        NodeKind::Change(variable, change) => {
            let title = &model.variables[variable.index()].title;
            match change {
                VariableChange::Becomes(value) => {
                    format!("{title} becomes {}", model.value_name(variable, value))
                }
                VariableChange::Raised => format!("{title} raised"),
                VariableChange::Lowered => format!("{title} lowered"),
            }
        }
        NodeKind::Outcome(outcome) => model.outcomes[outcome.index()].title.clone(),
    }
}

/// The title of the node of this id; the id itself where the graph does not have it.
#[must_use]
pub fn node_of_id(model: &Model, reactions: &ReactionGraph, id: &str) -> String {
    match reactions.find(id) {
        Some(index) => node(model, &reactions.graph[index].kind),
        None => id.to_owned(),
    }
}

/// What was observed, as written, with the turn's date or the date's turn.
#[must_use]
pub fn observation(model: &Model, seen: &Observation) -> String {
    let by_turn = seen.text.starts_with("turn");
    match model.date(seen.turn) {
        Some(date) if by_turn => format!("{} ({date})", seen.text),
        None if by_turn => seen.text.clone(),
        Some(_) | None => format!("{} (turn {})", seen.text, seen.turn),
    }
}

/// The title of what connects a cause and its effect; the name where no title is given.
#[must_use]
pub fn by_title(model: &Model, by: &By) -> String {
    match *by {
        By::Declaration(id) => model.declarations[id.index()].title.clone(),
        By::Inject(index) => model.injects[index].name.clone(),
        By::Action(id) => model.actions[id.index()].title.clone(),
        By::Outcome(id) => model.outcomes[id.index()].title.clone(),
    }
}

/// The name of the source that a rule or decision gives for its rationale.
#[must_use]
pub fn by_source(model: &Model, by: &By) -> Option<String> {
    let By::Declaration(id) = *by else { return None };
    let source = model.declarations[id.index()].because.as_ref()?.source?;
    Some(model.sources[source.index()].name.clone())
}

/// The name of the rung that an event's action names.
#[must_use]
pub fn rung<'a>(model: &'a Model, kind: &NodeKind) -> Option<&'a str> {
    let ladder = model.ladder.as_ref()?;
    Some(&ladder.rungs.get(rung_index(model, kind)?)?.name)
}

/// The index of the rung that an event's action names.
#[must_use]
pub fn rung_index(model: &Model, kind: &NodeKind) -> Option<usize> {
    let NodeKind::Event(event) = *kind else { return None };
    match model.actions[event.action.index()].rung? {
        RungEffect::At(rung) | RungEffect::To(rung) => usize::try_from(rung).ok(),
    }
}

/// A turn with its date, where it has one: `turn 3, 2024-04-08`.
#[must_use]
pub fn turn(model: &Model, turn: u32) -> String {
    match model.date(turn) {
        Some(date) => format!("turn {turn}, {date}"),
        None => format!("turn {turn}"),
    }
}

/// The length of a turn: `2 weeks`.
#[must_use]
pub fn turn_length(length: TurnLength) -> String {
    let unit = match length.unit {
        TimeUnit::Day => "day",
        TimeUnit::Week => "week",
        TimeUnit::Month => "month",
        TimeUnit::Year => "year",
    };
    counted(length.count as usize, unit)
}

/// A mean turn with the date nearest to it, where turns have dates: `turn 7.5, 2024-06-10`.
#[must_use]
pub fn mean_turn(model: &Model, turn: f64) -> String {
    match date(model, turn.round()) {
        Some(date) => format!("turn {}, {date}", number(turn)),
        None => format!("turn {}", number(turn)),
    }
}

/// How many of what: `1 rule`, `3 rules`.
#[must_use]
pub fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{} {what}s", grouped(count)) }
}

/// A whole number with its thousands apart: `1,234,567`.
#[must_use]
pub fn grouped(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The date of a turn that is a whole number, where turns have dates.
fn date(model: &Model, turn: f64) -> Option<jiff::civil::Date> {
    if !(0.0..=f64::from(u32::MAX)).contains(&turn) {
        return None;
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the value is whole and within the range of u32"
    )]
    model.date(turn as u32)
}

/// That a page is told given what was observed, with how likely that was.
#[must_use]
pub fn given(seen: ObservationAnswer) -> String {
    let (chance, bounds) = (percent(seen.probability), interval(seen.bounds));
    format!("All of this is given what was observed, which had a probability of {chance} {bounds}.")
}
