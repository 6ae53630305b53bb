//! What an answer hangs on.

use super::track::{Track, group};
use crate::report::drawing::svg::{Page, rectangle, width, written};
use crate::report::drawing::xml::{escaped, px, shown};
use crate::report::percent;

const WIDTH: f64 = 720.0;
const ROW: f64 = 32.0;
const NUMBER: f64 = 9.5;

/// One thing that an answer hangs on.
#[derive(Clone, Debug, PartialEq)]
pub struct TornadoRow {
    /// What is changed.
    pub label: String,
    /// The answer at one end of the change, a probability (0..=1).
    pub low: f64,
    /// The answer at its other end.
    pub high: f64,
    /// The answer as it is.
    pub base: f64,
}

/// How far an answer moves with each thing, in the order given: paler below what it is, darker
/// above. Each is a `<g class="row" data-label="LABEL">`.
#[must_use]
pub fn tornado(rows: &[TornadoRow]) -> String {
    let told: Vec<String> = (rows.iter())
        .map(|row| {
            format!(
                "{}: from {} to {}",
                row.label,
                percent(row.low.min(row.high)),
                percent(row.low.max(row.high))
            )
        })
        .collect();
    let under =
        "How far the probability moves when one thing changes and all else stays.".to_owned();
    let description = format!("{}.", told.join("; "));
    let mut page = Page::new("chart", "What it hangs on", &[under], &description, WIDTH);
    let track = track(rows);
    page.grow(14.0);
    let height: f64 = rows.iter().map(|_| ROW).sum();
    track.grid(&mut page, height, &[track.low, (track.low + track.high) / 2.0, track.high]);
    for row in rows {
        let y = page.bottom() + ROW / 2.0;
        let tip = format!(
            "{}: {} to {}, as it is {}",
            row.label,
            percent(row.low),
            percent(row.high),
            percent(row.base)
        );
        let attributes = format!("class=\"row\" data-label=\"{}\"", escaped(&row.label));
        let marks = track.label(y, 0.0, &row.label) + &bar(&track, y, row);
        page.raw(&group(&attributes, &shown(&tip), &marks));
        page.grow(ROW);
    }
    page.grow(8.0);
    page.finish()
}

/// An axis that holds all rows, with ends at whole twentieths.
fn track(rows: &[TornadoRow]) -> Track {
    const STEP: f64 = 0.05;
    let values = || rows.iter().flat_map(|row| [row.low, row.high, row.base]);
    let (mut low, mut high) = (values().fold(1.0, f64::min), values().fold(0.0, f64::max));
    low = (low / STEP).floor().clamp(0.0, 19.0) * STEP;
    high = ((high / STEP).ceil() * STEP).clamp(low + STEP, 1.0);
    // Room for the numbers at the ends of the bars.
    Track { left: 220.0 + 50.0, length: WIDTH - 220.0 - 50.0 - 60.0, low, high }
}

fn bar(track: &Track, y: f64, row: &TornadoRow) -> String {
    const HALF: f64 = 8.0;
    let (low, high) = (row.low.min(row.high), row.low.max(row.high));
    let (from, base, to) = (track.at(low), track.at(row.base), track.at(high));
    let mut marks = String::new();
    for (class, from, to) in [("bounds", from, base), ("middle", base, to)] {
        if to > from {
            marks += &rectangle(class, from, y - HALF, to - from, 2.0 * HALF);
        }
    }
    marks += &format!(
        "<path class=\"axis line\" stroke-width=\"1.5\" d=\"M{} {}v{}\"/>\n",
        px(base),
        px(y - HALF - 3.0),
        px(2.0 * HALF + 6.0)
    );
    let least = percent(low);
    marks += &written("small", from.min(base) - width(&least, NUMBER) - 4.0, y + 3.5, &least);
    marks + &written("small", to.max(base) + 4.0, y + 3.5, &percent(high))
}

#[cfg(test)]
mod tests {
    use super::{TornadoRow, track};

    #[test]
    fn the_axis_holds_every_row() {
        let row = |low, high, base| TornadoRow { label: String::new(), low, high, base };
        let found = track(&[row(0.31, 0.47, 0.4), row(0.52, 0.38, 0.4)]);
        assert!((found.low - 0.3).abs() < 1e-9 && (found.high - 0.55).abs() < 1e-9, "{found:?}");
        let all = track(&[row(1.0, 1.0, 1.0)]);
        assert!(all.high > all.low && all.high <= 1.0, "{all:?}");
        assert!(track(&[]).high > track(&[]).low);
    }
}
