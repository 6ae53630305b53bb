//! A node as a card: what it is, how likely, and its mark.

use super::page::{rectangle, written};
use super::style;
use super::text::{bold_width, wrap};
use crate::report::drawing::layout::{Area, Size};
use crate::report::drawing::xml::{escaped, px, shown};
use crate::report::drawing::{Drawing, DrawnNode, Fact, Shape};
use std::fmt::Write as _;

const WIDTH: f64 = 186.0;
const MARK: f64 = 22.0;
const PAD: f64 = 7.0;
const SIZE: f64 = 11.0;
const LINE: f64 = 14.0;
const BAR: f64 = 4.0;
const MOST_LINES: usize = 4;
const MOST_PARTS: usize = 8;

/// A node that knows its size.
#[derive(Debug)]
pub struct Card<'a> {
    node: &'a DrawnNode,
    band: Option<(usize, usize)>,
    lines: Vec<String>,
    /// The line of figures below the label.
    figures: Option<String>,
    /// Its size.
    pub size: Size,
}

impl<'a> Card<'a> {
    /// The card of a node.
    #[must_use]
    pub fn new(drawing: &Drawing, node: &'a DrawnNode) -> Self {
        if node.shape == Shape::Start {
            let lines: Vec<String> =
                node.label.iter().take(1).flat_map(|line| wrap(line, SIZE, 120.0, 3)).collect();
            let wide = lines.iter().map(|line| bold_width(line, SIZE)).fold(0.0, f64::max);
            let size = Size { width: wide + 26.0, height: 14.0 + LINE * count(lines.len()) };
            return Self { node, band: None, lines, figures: None, size };
        }
        let (label, figures) = match (number(node, "probability"), node.label.split_last()) {
            (Some(_), Some((figures, label))) if !label.is_empty() => {
                (label, Some(figures.clone()))
            }
            _ => (node.label.as_slice(), None),
        };
        let room = WIDTH - MARK - 2.0 * PAD;
        let mut lines: Vec<String> = (label.iter().take(MOST_PARTS))
            .flat_map(|line| wrap(line, SIZE, room, MOST_LINES))
            .collect();
        if label.len() > MOST_PARTS {
            lines.push(format!("and {} more", label.len() - MOST_PARTS));
        }
        let mut height = 2.0 * PAD + LINE * count(lines.len());
        if figures.is_some() {
            height += LINE + BAR + 2.0;
        }
        let band = node.band.map(|band| (band, drawing.bands.len()));
        Self { node, band, lines, figures, size: Size { width: WIDTH, height } }
    }

    /// Writes the card into this place.
    pub fn write(&self, text: &mut String, area: Area) {
        let Area { x, y, size } = area;
        let node = self.node;
        let mut attributes =
            format!("class=\"node {}\" data-node=\"{}\"", kind(node.shape), escaped(&node.id));
        // Writing to a string cannot fail; so with every `write!` here.
        if let Some((band, _)) = self.band {
            let _ = write!(attributes, " data-rung=\"{band}\"");
        }
        if let Some(Fact::Text(actor)) = fact(node, "actor") {
            let _ = write!(attributes, " data-actor=\"{}\"", escaped(actor));
        }
        if let Some(probability) = number(node, "probability") {
            let _ = write!(attributes, " data-probability=\"{probability}\"");
        }
        let _ = writeln!(text, "<g {attributes}><title>{}</title>", shown(&node.label.join(" · ")));
        let _ = writeln!(text, "<path class=\"box\" d=\"{}\"/>", outline(node.shape, x, y, size));
        if node.shape == Shape::Start {
            for (at, line) in self.lines.iter().enumerate() {
                let y = y + 7.0 + LINE * (count(at) + 0.78);
                text.push_str(&written("strong middle-of", x + size.width / 2.0, y, line));
            }
        } else {
            self.mark(text, x, y);
            self.label(text, x + MARK + PAD, y + PAD);
        }
        text.push_str("</g>\n");
    }

    /// The strip at the left: the number of the rung on its colour, or the sign of the kind.
    fn mark(&self, text: &mut String, x: f64, y: f64) {
        let height = self.size.height;
        let strip = strip(self.node.shape, x, y, height);
        let middle = (x + MARK / 2.0, y + height / 2.0 + 4.0);
        if let Some((band, count)) = self.band {
            text.push_str(&swatch(band, count, &strip, middle));
            return;
        }
        let _ = writeln!(text, "<path class=\"mark\" d=\"{strip}\"/>");
        text.push_str(&sign(self.node.shape, middle.0, middle.1 - 4.0));
    }

    fn label(&self, text: &mut String, x: f64, y: f64) {
        for (at, line) in self.lines.iter().enumerate() {
            text.push_str(&written("", x, y + LINE * (count(at) + 0.78), line));
        }
        let Some(figures) = &self.figures else { return };
        let y = y + LINE * count(self.lines.len());
        let (strong, rest) = match figures.split_once(' ') {
            Some((strong, rest)) => (strong, rest),
            None => (figures.as_str(), ""),
        };
        text.push_str(&written("strong", x, y + LINE * 0.78, strong));
        text.push_str(&written(
            "faint small",
            x + bold_width(strong, SIZE) + 6.0,
            y + LINE * 0.78,
            rest,
        ));
        self.bar(text, x, y + LINE + 2.0);
    }

    /// Solid up to the low bound, paler up to the estimate, palest up to the high bound.
    fn bar(&self, text: &mut String, x: f64, y: f64) {
        let estimate = number(self.node, "probability").unwrap_or(0.0);
        let low = number(self.node, "low").unwrap_or(estimate).min(estimate);
        let high = number(self.node, "high").unwrap_or(estimate).max(estimate);
        let room = WIDTH - MARK - 2.0 * PAD;
        let _ = writeln!(
            text,
            "<path class=\"grid line\" stroke-width=\"1\" d=\"M{} {}h{}\"/>",
            px(x),
            px(y + BAR - 0.5),
            px(room)
        );
        for (class, from, to) in
            [("value", 0.0, low), ("middle", low, estimate), ("bounds", estimate, high)]
        {
            if to > from {
                text.push_str(&rectangle(class, x + room * from, y, room * (to - from), BAR));
            }
        }
    }
}

/// The class of a node.
fn kind(shape: Shape) -> &'static str {
    match shape {
        Shape::Start => "kind-start",
        Shape::Event => "kind-event",
        Shape::Change => "kind-change",
        Shape::Rule => "kind-rule",
        Shape::Outcome => "kind-outcome",
    }
}

/// The colour of a rung with its number, from 1.
pub fn swatch(band: usize, count: usize, outline: &str, middle: (f64, f64)) -> String {
    let (colour, ink) = style::rung(band, count);
    let number = (band + 1).to_string();
    let number = written(&format!("strong middle-of {ink}"), middle.0, middle.1, &number);
    format!("<path d=\"{outline}\" fill=\"{colour}\"/>\n{number}")
}

/// The sign of a kind around this point.
pub fn sign(shape: Shape, x: f64, y: f64) -> String {
    let at = |dx: f64, dy: f64| format!("{} {}", px(x + dx), px(y + dy));
    match shape {
        Shape::Start | Shape::Event => String::new(),
        Shape::Change => format!(
            "<path class=\"axis line\" stroke-width=\"1.6\" d=\"M{}q2.5 -5 5 0t5 0\"/>\n",
            at(-5.0, 0.0)
        ),
        Shape::Rule => format!(
            "<path class=\"axis line\" stroke-width=\"1.6\" d=\"M{}h8M{}h8M{}h5\"/>\n",
            at(-4.0, -4.0),
            at(-4.0, 0.0),
            at(-4.0, 4.0)
        ),
        Shape::Outcome => {
            format!("<path class=\"ink\" d=\"M{}l5 5l-5 5l-5 -5z\"/>\n", at(0.0, -5.0))
        }
    }
}

/// The outline of a node.
fn outline(shape: Shape, x: f64, y: f64, size: Size) -> String {
    let Size { width: w, height: h } = size;
    let rounded = |r: f64| {
        let (left, top, across, down) = (px(x + r), px(y), px(w - 2.0 * r), px(h - 2.0 * r));
        let r = px(r);
        format!(
            "M{left} {top}h{across}a{r} {r} 0 0 1 {r} {r}v{down}a{r} {r} 0 0 1 -{r} {r}h-{across}\
             a{r} {r} 0 0 1 -{r} -{r}v-{down}a{r} {r} 0 0 1 {r} -{r}z"
        )
    };
    match shape {
        Shape::Start => rounded(h.min(w) / 2.0),
        Shape::Event => rounded(6.0),
        Shape::Rule => rounded(12.0),
        Shape::Change => format!("M{} {}h{}v{}h-{}z", px(x), px(y), px(w), px(h), px(w)),
        Shape::Outcome => cut(x, y, w, h),
    }
}

/// A rectangle with its corners cut off.
fn cut(x: f64, y: f64, w: f64, h: f64) -> String {
    const C: f64 = 7.0;
    let (across, down) = (px(w - 2.0 * C), px(h - 2.0 * C));
    format!("M{} {}h{across}l7 7v{down}l-7 7h-{across}l-7 -7v-{down}z", px(x + C), px(y))
}

/// The strip at the left of a node.
fn strip(shape: Shape, x: f64, y: f64, h: f64) -> String {
    let (x, y, h) = (x + 0.5, y + 0.5, h - 1.0);
    let w = MARK - 0.5;
    match shape {
        Shape::Start | Shape::Change => {
            format!("M{} {}h{}v{}h-{}z", px(x), px(y), px(w), px(h), px(w))
        }
        Shape::Event => round_strip(x, y, w, h, 5.5),
        Shape::Rule => round_strip(x, y, w, h, 11.5),
        Shape::Outcome => {
            let (x, y, h, c) = (x + 0.5, y + 0.5, h - 1.0, 6.5);
            let (across, down) = (px(w - 0.5 - c), px(h - 2.0 * c));
            format!("M{} {}h{across}v{}h-{across}l-6.5 -6.5v-{down}z", px(x + c), px(y), px(h))
        }
    }
}

fn round_strip(x: f64, y: f64, w: f64, h: f64, r: f64) -> String {
    let (across, down) = (px(w - r), px(h - 2.0 * r));
    let corner = px(r);
    format!(
        "M{} {}h{across}v{}h-{across}a{corner} {corner} 0 0 1 -{corner} -{corner}v-{down}a{corner} {corner} 0 0 1 {corner} -{corner}z",
        px(x + r),
        px(y),
        px(h)
    )
}

fn fact<'a>(node: &'a DrawnNode, name: &str) -> Option<&'a Fact> {
    node.facts.iter().find(|(one, _)| *one == name).map(|(_, fact)| fact)
}

/// A number that is known of a node.
pub fn number(node: &DrawnNode, name: &str) -> Option<f64> {
    match fact(node, name)? {
        Fact::Number(number) => Some(*number),
        Fact::Text(_) => None,
    }
}

/// A small count as a length.
#[expect(clippy::cast_precision_loss, reason = "lines are few")]
pub fn count(lines: usize) -> f64 {
    lines as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::drawing::svg::text::width;

    #[test]
    fn no_line_leaves_its_card() {
        let node = DrawnNode {
            id: "a".to_owned(),
            label: vec![
                "A very long title of something that happens ".repeat(5),
                "99.9% [99.9%..99.9%]".to_owned(),
            ],
            shape: Shape::Event,
            band: None,
            facts: vec![("probability", Fact::Number(0.5))],
        };
        let card = Card::new(&Drawing::default(), &node);
        assert_eq!(card.lines.len(), MOST_LINES);
        assert!(card.lines.iter().all(|line| width(line, SIZE) <= WIDTH - MARK - 2.0 * PAD));
        assert!(
            bold_width("99.9%", SIZE) + 6.0 + width("[>99.9%..>99.9%]", 9.5)
                <= WIDTH - MARK - 2.0 * PAD
        );
    }
}
