//! What stands between the lines: percentages behind likelihood words, dates behind turns, answers
//! above outcomes and expectations.

use super::answers::Answered;
use super::declared::{Kind, World};
use super::documents::Document;
use super::hover::bounds;
use super::occurrences::{Occurrence, Symbol};
use super::range_text;
use crate::model::{TimeUnit, TurnLength};
use crate::report::percent;
use crate::syntax::tree::{Inject, InjectTime, Item, ItemKind, ScenarioPart};
use jiff::civil::Date;
use lsp_types::{
    CodeLens, Command, InlayHint, InlayHintKind, InlayHintLabel, Position, Range, Uri,
};
use serde_json::json;

/// The hints within a range.
#[must_use]
pub fn inlay_hints(
    document: &Document,
    world: &World,
    found: &[Occurrence],
    range: Range,
) -> Vec<InlayHint> {
    let start = document.lines.offset(&document.text, range.start);
    let end = document.lines.offset(&document.text, range.end);
    let inside = |at: u32| start <= at as usize && at as usize <= end;
    let mut hints = Vec::new();
    for one in found.iter().filter(|one| !one.declares && inside(one.span.end)) {
        let Symbol::Named(name) = &one.symbol else { continue };
        let declared = world.get(name).map(|declared| declared.kind);
        if !matches!(declared, None | Some(Kind::Param | Kind::Word)) {
            continue;
        }
        if let Some((low, high)) = world.likelihood(name) {
            hints.push(hint(document, one.span.end, &range_text(low, high)));
        }
    }
    if let Some(dates) = Dates::of(document) {
        let turns = document.tree.items.iter().filter_map(turn);
        for (turn, end) in turns.filter(|(_, end)| inside(*end)) {
            let date = u32::try_from(turn).ok().and_then(|turn| dates.date(turn));
            hints.extend(date.map(|date| hint(document, end, &date.to_string())));
        }
    }
    hints.sort_by_key(|hint| (hint.position.line, hint.position.character));
    hints
}

/// The turn that a declaration names, and where the date of it is shown.
fn turn(item: &Item) -> Option<(i64, u32)> {
    match &item.kind {
        ItemKind::Inject(Inject { at: InjectTime::Turn(turn), .. }) => {
            Some((turn.value, turn.span.end))
        }
        ItemKind::Observe(observe) => match &observe.at {
            InjectTime::Turn(turn) => Some((turn.value, turn.span.end)),
            InjectTime::Date(_) => None,
        },
        ItemKind::Scenario(scenario) => scenario.parts.iter().find_map(|part| match part {
            ScenarioPart::Horizon(end) if end.unit.text.starts_with("turn") => {
                Some((end.count.value, end.unit.span.end))
            }
            _ => None,
        }),
        _ => None,
    }
}

fn hint(document: &Document, at: u32, label: &str) -> InlayHint {
    InlayHint {
        position: document.lines.position(&document.text, at as usize),
        label: InlayHintLabel::String(label.to_owned()),
        kind: Some(InlayHintKind::TYPE),
        text_edits: None,
        tooltip: None,
        padding_left: Some(true),
        padding_right: None,
        data: None,
    }
}

/// The calendar of a scenario, as far as its text tells it.
struct Dates {
    start: Date,
    turn: TurnLength,
}

impl Dates {
    fn of(document: &Document) -> Option<Self> {
        let scenario = document.tree.items.iter().find_map(|item| match &item.kind {
            ItemKind::Scenario(scenario) => Some(scenario),
            _ => None,
        })?;
        let (mut start, mut turn) = (None, None);
        for part in &scenario.parts {
            match part {
                ScenarioPart::Start(date) => start = date.written.parse().ok(),
                ScenarioPart::Turn(length) => {
                    let count = u32::try_from(length.count.value).ok()?;
                    turn = TimeUnit::of(&length.unit.text).map(|unit| TurnLength { count, unit });
                }
                ScenarioPart::Summary(_) | ScenarioPart::Horizon(_) => {}
            }
        }
        Some(Self { start: start?, turn: turn? })
    }

    fn date(&self, turn: u32) -> Option<Date> {
        self.turn.date(self.start, turn)
    }
}

/// What stands above outcomes and expectations, and above the scenario what can be done with it.
#[must_use]
pub fn lenses(document: &Document, uri: &Uri, answered: Option<&Answered>) -> Vec<CodeLens> {
    let mut lenses = Vec::new();
    let mut lens = |at: Position, title: String, command: &str| {
        let arguments = Some(vec![json!(uri.as_str())]).filter(|_| !command.is_empty());
        let command = Command { title, command: command.to_owned(), arguments };
        lenses.push(CodeLens {
            range: Range { start: at, end: at },
            command: Some(command),
            data: None,
        });
    };
    for item in &document.tree.items {
        let at = document.lines.position(&document.text, item.span.start as usize);
        match &item.kind {
            ItemKind::Scenario(_) => {
                lens(at, "Run".to_owned(), "escalade.run");
                lens(at, "Reaction graph".to_owned(), "escalade.showGraph");
                if let Some(limit) = answered.and_then(|answered| answered.limit.clone()) {
                    lens(at, format!("not evaluated here: {limit}"), "");
                }
            }
            ItemKind::Outcome(outcome) => {
                let known = answered
                    .and_then(|all| all.outcomes.iter().find(|it| it.name == outcome.name.text));
                if let Some(it) = known {
                    lens(at, format!("{}{}", percent(it.estimate), bounds(it.bounds)), "");
                }
            }
            ItemKind::Expect(_) => {
                let inside = |start: u32| item.span.start <= start && start < item.span.end;
                let known =
                    answered.and_then(|all| all.expectations.iter().find(|it| inside(it.start)));
                if let Some(it) = known {
                    let holds = if it.holds { "✓ holds" } else { "✗ fails" };
                    let actual = it.actual.map(|actual| format!(": {}", percent(actual)));
                    let remark = it.remark.as_ref();
                    let remark =
                        remark.map(|remark| format!(" ({})", remark.trim_start_matches("holds: ")));
                    let told = [actual, remark].map(Option::unwrap_or_default).concat();
                    lens(at, format!("{holds}{told}"), "");
                }
            }
            _ => {}
        }
    }
    lenses
}
