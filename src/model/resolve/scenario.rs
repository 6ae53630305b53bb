//! `scenario`: the title, the calendar and the end of the run.

use super::{Builder, each_item, said};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::{meaning, types};
use crate::model::{MOST_TURNS, TimeUnit, TurnLength};
use crate::source::Span;
use crate::syntax::tree::{Duration, Scenario, ScenarioPart};

impl<'a> Builder<'a> {
    pub(super) fn build_scenario(&mut self) {
        let mut first: Option<Span> = None;
        for (item, tree) in each_item!(self.items, Scenario) {
            match first {
                None => self.build_one_scenario(tree),
                Some(first) => self.report_twice("scenario", item.span, first),
            }
            first.get_or_insert(item.span);
        }
    }

    pub(super) fn report_twice(&mut self, what: &str, again: Span, first: Span) {
        self.report_twice_as(&format!("`{what}`"), again, first);
    }

    /// Reports something that stands twice, by what it is called in the message.
    pub(super) fn report_twice_as(&mut self, what: &str, again: Span, first: Span) {
        let message = format!("{what} stands twice, but there is only one");
        self.report(
            Diagnostic::new(meaning::DECLARED_TWICE, again, message)
                .label("again here")
                .also(first, "first here")
                .help("keep one of the two"),
        );
    }

    fn build_one_scenario(&mut self, tree: &'a Scenario) {
        if let Some(title) = &tree.title {
            self.model.title = said(title).unwrap_or_default();
        }
        let mut seen: Vec<(&str, Span)> = Vec::new();
        let mut horizon = None;
        for part in &tree.parts {
            let (keyword, place) = match part {
                ScenarioPart::Summary(text) => ("summary", text.span),
                ScenarioPart::Start(date) => ("start", date.span),
                ScenarioPart::Turn(length) => ("turn", length.count.span.to(length.unit.span)),
                ScenarioPart::Horizon(length) => {
                    ("horizon", length.count.span.to(length.unit.span))
                }
            };
            if let Some((_, first)) = seen.iter().find(|(other, _)| *other == keyword) {
                self.report_twice(keyword, place, *first);
                continue;
            }
            seen.push((keyword, place));
            match part {
                ScenarioPart::Summary(text) => self.model.summary = said(text),
                ScenarioPart::Start(date) => {
                    self.model.start = self.date(date);
                    if self.model.start.is_none() {
                        self.broken.insert("scenario");
                    }
                }
                ScenarioPart::Turn(length) => {
                    self.model.turn = self.turn_length(length);
                    if self.model.turn.is_none() {
                        self.broken.insert("scenario");
                    }
                }
                // Its unit may need the start and the turn, which may follow.
                ScenarioPart::Horizon(length) => horizon = Some(length),
            }
        }
        if let Some(horizon) = horizon {
            self.model.horizon = self.turns_up(horizon, "horizon", MOST_TURNS);
        }
    }

    fn turn_length(&mut self, length: &Duration) -> Option<TurnLength> {
        let place = length.count.span.to(length.unit.span);
        let Some(unit) = TimeUnit::of(&length.unit.text) else {
            let message = format!("the length of a turn cannot be told in `{}`", length.unit.text);
            self.report(
                Diagnostic::new(types::DURATION, length.unit.span, message)
                    .help("give it in days, weeks, months or years: `turn 2 weeks`"),
            );
            return None;
        };
        let count = self.count(&length.count, 1, 10_000, "the length of a turn", place)?;
        Some(TurnLength { count, unit })
    }
}
