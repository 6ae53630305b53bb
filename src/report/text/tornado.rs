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
    /// For an outcome that is now `now`, and bars between these least and greatest values.
    #[must_use]
    pub fn new(now: f64, bars: impl Iterator<Item = [f64; 2]>) -> Self {
        bars.fold(Self { now, low: now, high: now }, |scale, [least, most]| Self {
            now,
            low: scale.low.min(least),
            high: scale.high.max(most),
        })
    }

    /// The bar of this many columns, at least 3, of an outcome that is `ends` with a likelihood at its
    /// low and its high end: light towards the low end, solid towards the high end, dense where
    /// both lie on one side, grey as far as it goes beyond both in between.
    #[must_use]
    pub fn bar(&self, columns: usize, ends: [f64; 2], extremes: [f64; 2]) -> Line {
        let middle = self.column(columns, self.now);
        let reach = |end| self.reach(columns, middle, end);
        let ([low, high], [least, most]) = (ends.map(reach), extremes.map(reach));
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
                (false, false, false) if covers(least) || covers(most) => {
                    line.then(Paint::Value, "▒")
                }
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
        let extremes = |&(low, high): &(f64, f64)| [low.min(high), low.max(high)];
        let tornado = Tornado::new(now, bars.iter().map(extremes));
        let bar = |ends: &(f64, f64)| tornado.bar(11, [ends.0, ends.1], extremes(ends));
        bars.iter().map(|ends| bar(ends).render(false)).collect()
    }

    #[test]
    fn bars_reach_from_now_to_both_ends() {
        let bars = [(0.0, 1.0), (0.7, 0.3), (0.6, 0.8), (0.501_5, 0.5)];
        assert_eq!(drawn(0.5, &bars), ["░░░░░│█████", "   ██│░░", "     │▓██", "     │░"]);
    }

    #[test]
    fn what_lies_beyond_both_ends_is_shown() {
        let tornado = Tornado::new(0.25, [[0.0, 0.5]].into_iter());
        let bar = tornado.bar(11, [0.15, 0.2], [0.0, 0.5]);
        assert_eq!(bar.render(false), "▒▒▒░▓│▒▒▒▒▒");
    }

    #[test]
    fn an_end_of_the_scale_has_no_room_beside_it() {
        assert_eq!(drawn(0.0, &[(0.0, 1.0)]), ["│██████████"]);
        assert_eq!(drawn(0.4, &[(0.4, 0.4)]), ["     │"]);
    }
}
