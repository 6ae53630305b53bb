//! Bars that show an estimate within its bounds.

use super::line::{Line, Paint};
use crate::analysis::Interval;

/// A bar of this many columns for 0 to 1: solid up to the low bound (or, where nothing is known of
/// the bounds, up to the estimate), dense up to the estimate, light up to the high bound.
#[must_use]
pub fn bar(columns: usize, estimate: f64, bounds: Option<Interval>) -> Line {
    let bounds = bounds.unwrap_or(Interval { low: estimate, high: estimate });
    let low = cells(columns, bounds.low.min(estimate));
    let middle = cells(columns, estimate).max(low);
    let high = cells(columns, bounds.high.max(estimate)).max(middle);
    Line::new()
        .value("█".repeat(low))
        .value("▓".repeat(middle - low))
        .then(Paint::Value, "░".repeat(high - middle))
        .faint("·".repeat(columns - high))
}

/// The columns that a probability fills: none only for almost nothing, all only for almost everything.
fn cells(columns: usize, probability: f64) -> usize {
    const ALMOST: f64 = 1e-3;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a bar has few columns and the probability lies in 0..=1"
    )]
    let cells = (probability.clamp(0.0, 1.0) * columns as f64 + 1e-6).round() as usize;
    let least = usize::from(probability >= ALMOST);
    let most = columns - usize::from(probability <= 1.0 - ALMOST);
    cells.clamp(least.min(most), most.max(least).min(columns))
}

#[cfg(test)]
mod tests {
    use super::bar;
    use crate::analysis::Interval;

    fn drawn(estimate: f64, bounds: Option<(f64, f64)>) -> String {
        bar(10, estimate, bounds.map(|(low, high)| Interval { low, high })).render(false)
    }

    #[test]
    fn shows_the_estimate_within_its_bounds() {
        assert_eq!(drawn(0.5, Some((0.2, 0.8))), "██▓▓▓░░░··");
        assert_eq!(drawn(0.0, Some((0.0, 0.0))), "··········");
        assert_eq!(drawn(1.0, None), "██████████");
        assert_eq!(drawn(0.999_5, None), "██████████");
        assert_eq!(drawn(0.98, None), "█████████·");
        assert_eq!(drawn(0.01, None), "█·········");
        assert_eq!(drawn(0.0, Some((0.0, 1.0))), "░░░░░░░░░░");
    }
}
