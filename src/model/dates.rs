//! The calendar of a scenario: which turn begins when.

use super::{Model, TimeUnit, TurnLength};
use jiff::civil::Date;

impl TimeUnit {
    /// The unit of this name, in singular or plural.
    #[must_use]
    pub fn of(name: &str) -> Option<Self> {
        match name {
            "day" | "days" => Some(Self::Day),
            "week" | "weeks" => Some(Self::Week),
            "month" | "months" => Some(Self::Month),
            "year" | "years" => Some(Self::Year),
            _ => None,
        }
    }
}

impl TurnLength {
    /// The date on which this turn begins where turn 0 does so on `start`. Months and years are
    /// calendar ones, clipped to the last day of a shorter month. `None` beyond the end of the calendar.
    #[must_use]
    pub fn date(self, start: Date, turn: u32) -> Option<Date> {
        let count = i64::from(turn).checked_mul(i64::from(self.count))?;
        let span = jiff::Span::new();
        let span = match self.unit {
            TimeUnit::Day => span.try_days(count),
            TimeUnit::Week => span.try_weeks(count),
            TimeUnit::Month => span.try_months(count),
            TimeUnit::Year => span.try_years(count),
        };
        start.checked_add(span.ok()?).ok()
    }
}

impl Model {
    /// The date on which this turn begins: the start and so many lengths of a turn. `None` without a
    /// start or a length, and beyond the end of the calendar.
    #[must_use]
    pub fn date(&self, turn: u32) -> Option<Date> {
        self.turn?.date(self.start?, turn)
    }

    /// The turn that contains a date: the last one that begins at or before it. `None` without a
    /// start or a length, and before the start.
    #[must_use]
    pub fn turn_of(&self, date: Date) -> Option<u32> {
        if self.turn.is_none() || date < self.start? {
            return None;
        }
        let begun = |turn: u32| self.date(turn).is_some_and(|begins| begins <= date);
        // No calendar has more days than this.
        let (mut low, mut high) = (0_u32, 8_000_000_u32);
        while low + 1 < high {
            let middle = low + (high - low) / 2;
            if begun(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        Some(low)
    }
}
