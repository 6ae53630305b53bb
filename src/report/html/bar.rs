//! A bar of how likely something is, with its bounds: for the eye only, the numbers stand beside it.

use crate::analysis::Interval;

/// The bar for narrow screens, where it stands below the name of what it is about.
#[must_use]
pub fn slim(estimate: f64, bounds: Option<Interval>) -> String {
    format!("<span class=\"slim\">{}</span>", bar(estimate, bounds))
}

/// The bar as a drawing: sure up to the lower bound, lighter up to the estimate, lightest up to the
/// upper bound, and a mark at the estimate.
#[must_use]
pub fn bar(estimate: f64, bounds: Option<Interval>) -> String {
    let at = |value: f64| (value.clamp(0.0, 1.0) * 1000.0).round() / 10.0;
    let (low, high) = bounds.map_or((estimate, estimate), |one| (one.low, one.high));
    let (low, mid, high) = (at(low), at(estimate), at(high));
    let rect = |class: &str, from: f64, to: f64| {
        let width = ((to - from).max(0.0) * 10.0).round() / 10.0;
        format!("<rect class=\"{class}\" x=\"{from}\" width=\"{width}\" y=\"1\" height=\"8\"/>")
    };
    let mark = (mid - 0.3).clamp(0.0, 99.4);
    let mark = (mark * 10.0).round() / 10.0;
    format!(
        "<svg class=\"bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <rect class=\"none\" width=\"100\" y=\"1\" height=\"8\"/>{}{}{}\
         <rect class=\"mark\" x=\"{mark}\" width=\"0.6\" height=\"10\"/></svg>",
        rect("high", mid, high),
        rect("mid", low, mid),
        rect("low", 0.0, low),
    )
}
