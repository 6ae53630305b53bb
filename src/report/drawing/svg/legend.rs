//! What the marks of a drawing mean.

use super::card::{number, sign, swatch};
use super::page::{Page, written};
use super::text::{shortened, width};
use crate::report::drawing::xml::px;
use crate::report::drawing::{Drawing, Shape};

const SIZE: f64 = 11.0;
const ROW: f64 = 22.0;
const MARK: f64 = 30.0;
const APART: f64 = 22.0;

/// What marks mean that do not mean the same in every view.
#[derive(Clone, Copy, Debug)]
struct Words {
    /// A node that is a change.
    change: &'static str,
    /// How wide a line is; empty where all are alike.
    width: &'static str,
    /// A broken line.
    broken: &'static str,
}

impl Words {
    /// The words for a view: of reactions, which have probabilities, of influence, which has rules,
    /// or of situations.
    fn new(drawing: &Drawing) -> Self {
        if drawing.nodes.iter().any(|node| number(node, "probability").is_some()) {
            return Self {
                change: "something changes",
                width: "as wide as it is frequent",
                broken: "follows of itself: what an action does, what an outcome needs",
            };
        }
        if drawing.edges.iter().any(|edge| !edge.label.is_empty()) {
            return Self { change: "a situation", width: "as wide as it is probable", broken: "" };
        }
        Self { change: "what changes, or can", width: "", broken: "is only read" }
    }
}

/// Writes the legend at the bottom of a page: rungs first, then the marks that occur.
pub fn write(page: &mut Page, drawing: &Drawing, back: bool) {
    let words = Words::new(drawing);
    let mut row = Row { x: 0.0 };
    page.grow(16.0);
    let count = drawing.bands.len();
    if count > 0 {
        row.title(page, "Rungs");
        for (band, one) in drawing.bands.iter().enumerate() {
            row.entry(page, &one.label, |x, y| {
                let outline = format!("M{} {}h22v16h-22z", px(x), px(y - 12.0));
                swatch(band, count, &outline, (x + 11.0, y))
            });
        }
        row.end(page);
    }
    row.title(page, "Marks");
    let occurs = |shape| drawing.nodes.iter().any(|node| node.shape == shape);
    for (shape, word) in [
        (Shape::Change, words.change),
        (Shape::Rule, "a rule or decision"),
        (Shape::Outcome, "an outcome, where it may end"),
    ] {
        if occurs(shape) {
            row.entry(page, word, |x, y| sign(shape, x + 12.0, y - 4.0));
        }
    }
    if !words.width.is_empty() {
        row.entry(page, words.width, |x, y| {
            line(x, y, 4.0, "", false) + &line(x, y + 5.0, 1.0, "", false)
        });
    }
    if drawing.edges.iter().any(|edge| edge.dashed) {
        row.entry(page, words.broken, |x, y| line(x, y, 2.0, " stroke-dasharray=\"5 3\"", false));
    }
    if back {
        row.entry(page, "leads back, in a circle", |x, y| line(x, y, 2.0, "", true));
    }
    row.end(page);
}

fn line(x: f64, y: f64, thick: f64, dashes: &str, back: bool) -> String {
    let y = y - 4.0;
    if back {
        return format!(
            "<g class=\"back\"><path class=\"line\" stroke-width=\"{thick}\" d=\"M{} {}h18\"/>\
             <path class=\"head\" d=\"M{} {}l8 -4v8z\"/></g>\n",
            px(x + 6.0),
            px(y),
            px(x),
            px(y)
        );
    }
    format!(
        "<path class=\"line\" stroke-width=\"{thick}\"{dashes} d=\"M{} {}h24\"/>\n",
        px(x),
        px(y)
    )
}

struct Row {
    x: f64,
}

impl Row {
    fn title(&mut self, page: &mut Page, title: &str) {
        page.text("strong", 0.0, page.bottom() + 12.0, title);
        self.x = 52.0;
    }

    fn entry(&mut self, page: &mut Page, word: &str, mark: impl Fn(f64, f64) -> String) {
        let room = page.width() - 52.0 - MARK;
        let word = shortened(word, SIZE, room);
        let wide = MARK + width(&word, SIZE);
        if self.x > 52.0 && self.x + wide > page.width() {
            self.end(page);
            self.x = 52.0;
        }
        let (x, y) = (self.x, page.bottom() + 12.0);
        page.raw(&mark(x, y));
        page.raw(&written("", x + MARK, y, &word));
        self.x += wide + APART;
    }

    fn end(&mut self, page: &mut Page) {
        page.grow(ROW);
    }
}
