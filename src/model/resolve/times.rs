//! Dates, lengths of time in turns, and whole numbers within limits.

use super::Builder;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::pages::warnings::BEYOND_HORIZON;
use crate::diagnostic::pages::{meaning, types};
use crate::model::{Delay, TimeUnit, TurnLength};
use crate::source::Span;
use crate::syntax::tree;
use jiff::civil::Date;

/// The longest delay, in turns.
const LONGEST_DELAY: u32 = 1000;

/// A length of time that does not hang on the calendar.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Length {
    Days(u64),
    Months(u64),
}

impl Length {
    fn new(count: u32, unit: TimeUnit) -> Self {
        let count = u64::from(count);
        match unit {
            TimeUnit::Day => Self::Days(count),
            TimeUnit::Week => Self::Days(count * 7),
            TimeUnit::Month => Self::Months(count),
            TimeUnit::Year => Self::Months(count * 12),
        }
    }

    /// This and another in the same unit, where they have one.
    fn beside(self, other: Self) -> Option<(u64, u64)> {
        match (self, other) {
            (Self::Days(one), Self::Days(other)) | (Self::Months(one), Self::Months(other)) => {
                Some((one, other))
            }
            (Self::Days(_), Self::Months(_)) | (Self::Months(_), Self::Days(_)) => None,
        }
    }
}

impl Builder<'_> {
    /// A day of the calendar; reported where there is no such day.
    pub(super) fn date(&mut self, date: &tree::Date) -> Option<Date> {
        let parsed = parse_date(&date.written);
        if parsed.is_none() {
            let message = format!("there is no day `{}`", date.written);
            self.report(
                Diagnostic::new(types::NOT_A_DATE, date.span, message)
                    .help("write a date as year, month and day: `2024-02-26`"),
            );
        }
        parsed
    }

    /// A whole number from `low` to `high`; reported where it lies outside.
    pub(super) fn count(
        &mut self,
        number: &tree::Integer,
        low: i64,
        high: i64,
        what: &str,
        place: Span,
    ) -> Option<u32> {
        let value = self.whole(number, low, high, what, place)?;
        u32::try_from(value).ok()
    }

    /// As [`Self::count`], also below zero.
    pub(super) fn whole(
        &mut self,
        number: &tree::Integer,
        low: i64,
        high: i64,
        what: &str,
        place: Span,
    ) -> Option<i64> {
        if (low..=high).contains(&number.value) {
            return Some(number.value);
        }
        let message = format!("{what} must be from {low} to {high}, not {}", number.written);
        self.report(Diagnostic::new(types::NUMBER_OUT_OF_RANGE, place, message));
        None
    }

    /// A length of time in turns, rounded up: a horizon, which may also be 0.
    pub(super) fn turns_up(
        &mut self,
        length: &tree::Duration,
        what: &str,
        most: u32,
    ) -> Option<u32> {
        let place = length.count.span.to(length.unit.span);
        let count = self.count(&length.count, 0, i64::from(most), &format!("the {what}"), place)?;
        if is_turns(&length.unit.text) {
            return Some(count);
        }
        let (turn, asked) = self.lengths(length, count, what)?;
        let turns = match (asked.beside(turn), self.model.start) {
            (Some((asked, turn)), _) => asked.div_ceil(turn),
            (None, Some(start)) => {
                let end = later(start, asked).and_then(|end| self.first_turn_at(end));
                // Beyond the calendar is beyond the limit.
                end.unwrap_or(u64::MAX)
            }
            (None, None) => {
                self.report_uneven(length, what, "give the scenario a start, or count in turns");
                return None;
            }
        };
        let turns = u32::try_from(turns).ok().filter(|turns| *turns <= most);
        if turns.is_none() {
            self.report_uneven(length, what, "take a shorter one");
        }
        turns
    }

    /// A length of time in turns that must come out even: a delay or a limit.
    pub(super) fn turns_even(
        &mut self,
        length: &tree::Duration,
        what: &str,
        (least, most): (u32, u32),
    ) -> Option<u32> {
        let place = length.count.span.to(length.unit.span);
        let (low, high) = (i64::from(least), i64::from(most));
        let count = self.count(&length.count, low, high, &format!("the {what}"), place)?;
        if is_turns(&length.unit.text) {
            return Some(count);
        }
        let (turn, asked) = self.lengths(length, count, what)?;
        match asked.beside(turn) {
            Some((asked, turn)) if asked % turn == 0 => u32::try_from(asked / turn).ok(),
            Some(_) | None => {
                self.report_uneven(
                    length,
                    what,
                    "count in turns, or take a whole multiple of a turn",
                );
                None
            }
        }
    }

    pub(super) fn delay(&mut self, delay: Option<&tree::Delay>) -> Option<Delay> {
        let Some(delay) = delay else { return Some(Delay::default()) };
        let turns = self.turns_even(&delay.time, "delay", (1, LONGEST_DELAY))?;
        if let Some(horizon) = self.model.horizon.filter(|&horizon| turns > horizon) {
            let some = if delay.within { "some of this" } else { "this" };
            let message = format!("{some} never arrives: the run ends with turn {horizon}");
            self.report(
                Diagnostic::new(BEYOND_HORIZON, delay.span, message)
                    .help("take a shorter delay, or a longer `horizon`"),
            );
        }
        Some(if delay.within { Delay::Within(turns) } else { Delay::After(turns) })
    }

    /// The length of a turn and of a duration in a unit of time.
    fn lengths(
        &mut self,
        length: &tree::Duration,
        count: u32,
        what: &str,
    ) -> Option<(Length, Length)> {
        let Some(unit) = TimeUnit::of(&length.unit.text) else {
            let message = format!("`{}` is no unit of time", length.unit.text);
            self.report(
                Diagnostic::new(types::DURATION, length.unit.span, message)
                    .help("the units are turns, days, weeks, months and years"),
            );
            return None;
        };
        let Some(TurnLength { count: turn, unit: turn_unit }) = self.model.turn else {
            if !self.broken.contains("scenario") {
                let message = format!(
                    "the {what} is told in {}s, but how long a turn is, is not said",
                    length.unit.text.trim_end_matches('s')
                );
                self.report(
                    Diagnostic::new(
                        types::DURATION,
                        length.count.span.to(length.unit.span),
                        message,
                    )
                    .help("say `turn 1 week` in `scenario`, or count in turns"),
                );
            }
            return None;
        };
        Some((Length::new(turn, turn_unit), Length::new(count, unit)))
    }

    fn report_uneven(&mut self, length: &tree::Duration, what: &str, help: &str) {
        let message = format!(
            "the {what} of {} {} is not a whole number of turns",
            length.count.written, length.unit.text
        );
        let place = length.count.span.to(length.unit.span);
        self.report(Diagnostic::new(types::DURATION, place, message).help(help));
    }

    /// The first turn that begins at or after a date.
    fn first_turn_at(&self, date: Date) -> Option<u64> {
        let turn = self.model.turn_of(date)?;
        let begins = self.model.date(turn)?;
        Some(u64::from(turn) + u64::from(begins < date))
    }

    /// The turn that contains a date; reported where the calendar does not say.
    pub(super) fn turn_of(&mut self, date: Date, place: Span) -> Option<u32> {
        if self.model.start.is_none() || self.model.turn.is_none() {
            if !self.broken.contains("scenario") {
                let missing = if self.model.start.is_none() { "start" } else { "length of a turn" };
                let message =
                    format!("the date {date} falls in no turn: the scenario has no {missing}");
                self.report(Diagnostic::new(meaning::NO_CALENDAR, place, message).help(
                    "say `start 2024-02-26` and `turn 2 weeks` in `scenario`, or use `turn N`",
                ));
            }
            return None;
        }
        match self.model.turn_of(date) {
            Some(turn) => Some(turn),
            None => {
                let start = self.model.start.map(|start| start.to_string()).unwrap_or_default();
                let message =
                    format!("the date {date} is before the start of the scenario, {start}");
                self.report(
                    Diagnostic::new(meaning::BEFORE_START, place, message)
                        .help("take a later date, or an earlier `start`"),
                );
                None
            }
        }
    }
}

fn is_turns(unit: &str) -> bool {
    matches!(unit, "turn" | "turns")
}

fn later(date: Date, length: Length) -> Option<Date> {
    let span = jiff::Span::new();
    let span = match length {
        Length::Days(days) => span.try_days(i64::try_from(days).ok()?),
        Length::Months(months) => span.try_months(i64::try_from(months).ok()?),
    };
    date.checked_add(span.ok()?).ok()
}

/// The day of a text like `2024-02-26`, where there is such a day.
fn parse_date(written: &str) -> Option<Date> {
    let mut parts = written.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}
