//! Numbers as they are written in markup: `<0.1%` has a sign that means something else there.

use super::escape::escaped;
use crate::analysis::Interval;
use crate::report;

/// A probability (0..=1) in percent.
#[must_use]
pub fn percent(probability: f64) -> String {
    escaped(&report::percent(probability))
}

/// The probability of one storyline among many, in percent.
#[must_use]
pub fn small(probability: f64) -> String {
    escaped(&report::percent::small(probability))
}

/// A difference of two probabilities in points.
#[must_use]
pub fn points(difference: f64) -> String {
    escaped(&report::percent::points(difference))
}

/// Bounds as they stand beside an estimate; nothing where they are not known.
#[must_use]
pub fn interval(interval: Option<Interval>) -> String {
    escaped(&report::text::interval(interval))
}
