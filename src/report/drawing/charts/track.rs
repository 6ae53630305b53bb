//! Bars along an axis of values.

use crate::analysis::Interval;
use crate::report::drawing::svg::{Page, bold_width, rectangle, wrap, written};
use crate::report::drawing::xml::px;
use crate::report::percent;
use std::fmt::Write as _;

/// The letters of labels.
pub const SIZE: f64 = 11.0;

/// The height of a line of a label.
pub const LINE: f64 = 14.0;

/// An axis from left to right, with room for labels before it and for numbers behind it.
#[derive(Clone, Copy, Debug)]
pub struct Track {
    /// Where it begins.
    pub left: f64,
    /// How long it is.
    pub length: f64,
    /// The value at its beginning.
    pub low: f64,
    /// The value at its end, above `low`.
    pub high: f64,
}

impl Track {
    /// The axis of probabilities, for a page of this width.
    #[must_use]
    pub fn probabilities(width: f64) -> Self {
        const LABELS: f64 = 220.0;
        const NUMBERS: f64 = 130.0;
        Self { left: LABELS, length: width - LABELS - NUMBERS, low: 0.0, high: 1.0 }
    }

    /// Where a value stands; values outside stand at the ends.
    #[must_use]
    pub fn at(&self, value: f64) -> f64 {
        let part = (value - self.low) / (self.high - self.low);
        self.left + self.length * part.clamp(0.0, 1.0)
    }

    /// The lines of the axis behind the bars, and their numbers above.
    pub fn grid(&self, page: &mut Page, height: f64, ticks: &[f64]) {
        self.scale(page, ticks);
        self.lines(page, height, ticks);
    }

    /// The numbers of the axis.
    pub fn scale(&self, page: &mut Page, ticks: &[f64]) {
        for &tick in ticks {
            page.text("faint small middle-of", self.at(tick), page.bottom() - 4.0, &percent(tick));
        }
    }

    /// The lines of the axis behind bars that take this height.
    pub fn lines(&self, page: &mut Page, height: f64, ticks: &[f64]) {
        let top = page.bottom();
        for &tick in ticks {
            let x = px(self.at(tick));
            page.raw(&format!(
                "<path class=\"grid line\" stroke-width=\"1\" d=\"M{x} {}v{}\"/>\n",
                px(top),
                px(height)
            ));
        }
    }

    /// A bar around this height: dark up to the low bound, paler up to the estimate, palest up to
    /// the high bound; a stroke at the estimate.
    #[must_use]
    pub fn bar(&self, y: f64, estimate: f64, bounds: Option<Interval>) -> String {
        const HALF: f64 = 7.0;
        let bounds = bounds.unwrap_or(Interval { low: estimate, high: estimate });
        let (low, high) = (bounds.low.min(estimate), bounds.high.max(estimate));
        let mut marks = String::new();
        for (class, from, to) in
            [("value", self.low, low), ("middle", low, estimate), ("bounds", estimate, high)]
        {
            let (from, to) = (self.at(from), self.at(to));
            if to > from {
                marks.push_str(&rectangle(class, from, y - HALF, to - from, 2.0 * HALF));
            }
        }
        let x = self.at(estimate);
        marks.push_str(&rectangle("ink", x - 1.0, y - HALF - 2.0, 2.0, 2.0 * HALF + 4.0));
        marks
    }

    /// The estimate and its bounds, behind the axis.
    #[must_use]
    pub fn numbers(&self, y: f64, estimate: f64, bounds: Option<Interval>) -> String {
        let x = self.left + self.length + 12.0;
        let strong = percent(estimate);
        let mut marks = written("strong", x, y + 4.0, &strong);
        if let Some(bounds) = bounds {
            let text = format!("[{}..{}]", percent(bounds.low), percent(bounds.high));
            marks += &written("faint small", x + bold_width(&strong, SIZE) + 6.0, y + 4.0, &text);
        }
        marks
    }

    /// A label before the axis, its lines around this height; it takes at most two.
    #[must_use]
    pub fn label(&self, y: f64, indent: f64, label: &str) -> String {
        let lines = wrap(label, SIZE, self.left - indent - 14.0, 2);
        let mut marks = String::new();
        let mut baseline = y + 4.0 - LINE * if lines.len() > 1 { 0.5 } else { 0.0 };
        for line in &lines {
            marks += &written("", indent, baseline, line);
            baseline += LINE;
        }
        marks
    }
}

/// What the shades of bars mean, under a chart.
pub fn legend(page: &mut Page) {
    let mut x = 0.0;
    page.grow(32.0);
    let y = page.bottom() - 6.0;
    for (class, text) in [
        ("value", "up to the lowest that is possible"),
        ("middle", "up to the estimate"),
        ("bounds", "up to the highest that is possible"),
    ] {
        page.raw(&rectangle(class, x, y - 9.0, 18.0, 10.0));
        page.text("faint", x + 24.0, y, text);
        x += 24.0 + crate::report::drawing::svg::width(text, SIZE) + 20.0;
    }
}

/// A group of marks with what is known of them; all texts already harmless.
#[must_use]
pub fn group(attributes: &str, tip: &str, marks: &str) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write!(text, "<g {attributes}><title>{tip}</title>\n{marks}</g>\n");
    text
}
