//! The bars of a tornado: from what an outcome is now to what it would be.

use super::line::{Line, Paint};

/// A scale for the bars of one outcome.
#[derive(Clone, Copy, Debug)]
pub struct Tornado {
    now: f64,
    low: f64,
    high: f64,
}

impl Tornado {
    /// For an outcome that is now `now`, and bars with these ends.
    #[must_use]
    pub fn new(now: f64, bars: impl Iterator<Item = (f64, f64)>) -> Self {
        bars.fold(Self { now, low: now, high: now }, |scale, (one, other)| Self {
            now,
            low: scale.low.min(one).min(other),
            high: scale.high.max(one).max(other),
        })
    }

    /// The bar of this many columns, at least 3, of an outcome that is `at_low` with a likelihood at
    /// its low end and `at_high` at its high end: light towards the low end, solid towards the
    /// high end, dense where both lie on one side.
    #[must_use]
    pub fn bar(&self, columns: usize, at_low: f64, at_high: f64) -> Line {
        let middle = self.column(columns, self.now);
        let [low, high] = [at_low, at_high].map(|end| self.reach(columns, middle, end));
        let mut line = Line::new();
        for column in 0..columns {
            let covers = |end: usize| {
                (end < middle && (end..middle).contains(&column))
                    || (end > middle && (middle + 1..=end).contains(&column))
            };
            line = match (column == middle, covers(low), covers(high)) {
                (true, _, _) => line.strong("│"),
                (false, true, true) => line.then(Paint::Value, "▓"),
                (false, true, false) => line.then(Paint::Value, "░"),
                (false, false, true) => line.then(Paint::Value, "█"),
                (false, false, false) => line.faint(" "),
            };
        }
        line
    }

    /// The column of a value: those below the present one left of it, those above it right of it.
    fn column(&self, columns: usize, value: f64) -> usize {
        let width = self.high - self.low;
        let share = if width > 0.0 { (value - self.low) / width } else { 0.5 };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a bar has few columns and the share lies in 0..=1"
        )]
        let column = (share.clamp(0.0, 1.0) * (columns - 1) as f64 + 1e-6).round() as usize;
        column.min(columns - 1)
    }

    /// The column that a bar reaches: at least one beside the middle, where there is any difference
    /// worth a column, and room for it.
    fn reach(&self, columns: usize, middle: usize, value: f64) -> usize {
        const ALMOST: f64 = 1e-3;
        let column = self.column(columns, value);
        if column == middle && value > self.now + ALMOST {
            (middle + 1).min(columns - 1)
        } else if column == middle && value < self.now - ALMOST {
            middle.saturating_sub(1)
        } else {
            column
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Tornado;

    fn drawn(now: f64, bars: &[(f64, f64)]) -> Vec<String> {
        let tornado = Tornado::new(now, bars.iter().copied());
        bars.iter().map(|&(low, high)| tornado.bar(11, low, high).render(false)).collect()
    }

    #[test]
    fn bars_reach_from_now_to_both_ends() {
        let bars = [(0.0, 1.0), (0.7, 0.3), (0.6, 0.8), (0.501_5, 0.5)];
        assert_eq!(drawn(0.5, &bars), ["░░░░░│█████", "   ██│░░", "     │▓██", "     │░"]);
    }

    #[test]
    fn an_end_of_the_scale_has_no_room_beside_it() {
        assert_eq!(drawn(0.0, &[(0.0, 1.0)]), ["│██████████"]);
        assert_eq!(drawn(0.4, &[(0.4, 0.4)]), ["     │"]);
    }
}
